//! Coming in and going out.

use kept_app::domain::people::Role;
use kept_app::sign_in;

use crate::site::{PASSWORD, Site};

async fn try_to_sign_in(site: &Site, password: &str, next: &str) -> crate::site::Answer {
    let fields = [
        ("email", "Admin@desk.example".to_owned()),
        ("password", password.to_owned()),
        ("back", next.to_owned()),
    ];
    site.guest()
        .post_as_is("/session", &crate::site::form(&fields))
        .await
}

#[tokio::test]
async fn the_right_password_leads_to_the_page_asked_for() {
    let site = Site::open().await;
    let asked = site.guest().get("/inbox?view=mine").await;
    assert_eq!(asked.location(), "/sign-in?next=%2Finbox%3Fview%3Dmine");
    let form = site.guest().get(asked.location()).await.text();
    assert!(
        form.contains("name=\"back\" value=\"/inbox?view=mine\""),
        "{form}"
    );
    let answer = try_to_sign_in(&site, PASSWORD, "/inbox?view=mine").await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, "/inbox?view=mine")
    );
    let cookie = answer.header("set-cookie");
    for part in [
        "kept_session=",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=1209600",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn cookies_stay_on_tls_when_the_desk_is_reached_by_it() {
    let site = Site::empty(&[("KEPT_PUBLIC_URL", "https://help.desk.example")]).await;
    let link = sign_in::new_setup_link(&site.desk).await.unwrap();
    let fields = first_run(link.rsplit('/').next().unwrap());
    let answer = site
        .guest()
        .post_as_is("/setup", &crate::site::form(&fields))
        .await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.words());
    assert!(answer.header("set-cookie").contains("Secure"));
}

#[tokio::test]
async fn a_wrong_password_keeps_the_address_and_says_no_more() {
    let site = Site::open().await;
    let answer = try_to_sign_in(&site, "wrong", "/now").await;
    assert_eq!(answer.status.as_u16(), 422);
    assert!(
        answer
            .words()
            .contains("Address and password do not go together.")
    );
    assert!(answer.text().contains("value=\"Admin@desk.example\""));
    assert!(!answer.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let site = Site::open().await;
    for away in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        assert_eq!(
            try_to_sign_in(&site, PASSWORD, away).await.location(),
            "/now",
            "{away}"
        );
    }
}

#[tokio::test]
async fn too_many_tries_must_wait() {
    let site = Site::open().await;
    for _ in 0..10 {
        assert_eq!(
            try_to_sign_in(&site, "wrong", "/now").await.status.as_u16(),
            422
        );
    }
    let answer = try_to_sign_in(&site, PASSWORD, "/now").await;
    assert_eq!(answer.status.as_u16(), 429);
    assert!(
        answer.words().contains("Too many tries; wait"),
        "{}",
        answer.words()
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_and_not_only_the_cookie() {
    let site = Site::open().await;
    let mut visitor = site.admin().await;
    let mut copy = visitor.clone();
    assert_eq!(
        visitor.post("/session/end", &[]).await.location(),
        "/sign-in"
    );
    assert!(!visitor.has_cookie("kept_session"));
    assert_eq!(copy.get("/now").await.location(), "/sign-in?next=%2Fnow");
}

#[tokio::test]
async fn a_session_ends_after_two_weeks() {
    let site = Site::open().await;
    let mut visitor = site.admin().await;
    site.clock
        .advance(std::time::Duration::from_secs(14 * 24 * 3600 - 1));
    assert_eq!(visitor.get("/now").await.status.as_u16(), 200);
    site.clock.advance(std::time::Duration::from_secs(2));
    assert_eq!(visitor.get("/now").await.status.as_u16(), 303);
}

/// Mail scanners open every link they see.
#[tokio::test]
async fn looking_at_a_one_time_link_does_not_use_it_up() {
    let site = Site::open().await;
    let person = kept_app::people::person_with(&site.desk, "agent@desk.example")
        .await
        .unwrap()
        .unwrap();
    let link = sign_in::new_link(&site.desk, person).await.unwrap();
    let path = format!("/sign-in/{}", link.rsplit('/').next().unwrap());
    for _ in 0..3 {
        assert_eq!(site.guest().get(&path).await.status.as_u16(), 200);
    }
    let mut visitor = site.guest();
    assert_eq!(visitor.post_as_is(&path, "").await.location(), "/now");
    assert!(visitor.get("/now").await.words().contains("Jonas"));
    let again = site.guest().post_as_is(&path, "").await;
    assert_eq!(again.status.as_u16(), 422);
    assert!(again.words().contains("used already"));
}

fn first_run(token: &str) -> Vec<(&'static str, String)> {
    [
        ("token", token),
        ("name", "Ines Moreau"),
        ("address", "ines@desk.example"),
        ("password", PASSWORD),
        ("intake", "help@desk.example"),
        ("zone", "Europe/Lisbon"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

#[tokio::test]
async fn the_first_admin_sets_the_desk_up_once() {
    let site = Site::empty(&[]).await;
    let link = sign_in::new_setup_link(&site.desk).await.unwrap();
    let token = link.rsplit('/').next().unwrap();
    let page = site.guest().get(&format!("/first-run/{token}")).await;
    assert!(
        page.words().contains("[intake: support@desk.example]"),
        "{}",
        page.words()
    );
    let mut visitor = site.guest();
    assert_eq!(
        visitor
            .post_as_is("/setup", &crate::site::form(&first_run(token)))
            .await
            .location(),
        "/now"
    );
    let queue = visitor.get("/settings/queues/1").await.words();
    assert!(
        queue.contains("help@desk.example\nsupport@desk.example")
            && queue.contains("[zone: Europe/Lisbon]"),
        "{queue}"
    );
    for again in [
        site.guest().get(&format!("/first-run/{token}")).await,
        site.guest()
            .post_as_is("/setup", &crate::site::form(&first_run(token)))
            .await,
    ] {
        assert_eq!(again.status.as_u16(), 409);
        assert!(
            again.words().contains("This link no longer works"),
            "{}",
            again.words()
        );
    }
}

#[tokio::test]
async fn a_mistake_on_the_first_page_stands_beside_its_field() {
    let site = Site::empty(&[]).await;
    let link = sign_in::new_setup_link(&site.desk).await.unwrap();
    let token = link.rsplit('/').next().unwrap();
    for (name, value, words) in [
        (
            "password",
            "short",
            "A password needs at least 10 characters",
        ),
        ("zone", "Lisbon", "“Lisbon” is not a time zone"),
        ("intake", "nobody", "“nobody” is not an e-mail address"),
    ] {
        let mut fields = first_run(token);
        fields
            .iter_mut()
            .filter(|(known, _)| *known == name)
            .for_each(|(_, it)| *it = value.to_owned());
        let answer = site
            .guest()
            .post_as_is("/setup", &crate::site::form(&fields))
            .await;
        assert_eq!(answer.status.as_u16(), 422, "{name}");
        let html = answer.text();
        assert!(
            html.contains(&format!("id=\"f-{name}-error\"")) && html.contains(words),
            "{name}: {html}"
        );
        assert!(html.contains("value=\"Ines Moreau\""), "{name}");
        assert!(!html.contains(PASSWORD), "a password is never sent back");
    }
    assert!(sign_in::is_needed(&site.desk).await.unwrap());
}

#[tokio::test]
async fn somebody_who_has_left_is_out_at_once() {
    let site = Site::open().await;
    let mut agent = site.person(Role::Agent).await;
    assert_eq!(agent.get("/now").await.status.as_u16(), 200);
    let answer = site
        .admin()
        .await
        .post("/settings/people/3/departure", &[])
        .await;
    assert_eq!(answer.location(), "/settings/people", "{}", answer.words());
    assert_eq!(agent.get("/now").await.status.as_u16(), 303);
}
