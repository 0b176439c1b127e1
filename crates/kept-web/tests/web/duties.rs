//! Duties through pages: written into an agreement, seen beside their ticket and on the client's page, ended by an agent.

use kept_app::domain::people::Role;
use kept_app::worker;

use crate::agreements::{form, post, with};
use crate::sample;
use crate::site::{Site, Visitor};

const HERE: &str = "/settings/agreements";

/// The agreement of Dana's company with one duty; the client's hours are never over.
fn with_duty(site: &Site) -> Vec<(String, String)> {
    let today = site.desk.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut form = form();
    for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
        form = with(form, &format!("client-{day}"), "all day");
    }
    let duty = [
        ("client-zone", "UTC"),
        ("client-days", ""),
        ("duty-0-number", ""),
        ("duty-0-what", "Send us the list of users"),
        ("duty-0-text", "Names and addresses."),
        ("duty-0-every", "month"),
        ("duty-0-rule", ""),
        ("duty-0-within", "5 d"),
        ("duty-0-who", ""),
    ];
    form = with(form, "duty-0-from", &today.to_string());
    duty.into_iter()
        .fold(form, |form, (name, value)| with(form, name, value))
}

/// Writes it and lets the worker ask; gives the address of the ticket.
async fn asked(site: &Site, admin: &mut Visitor) -> String {
    let answer = post(admin, HERE, &with_duty(site)).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    worker::run_due(&site.desk).await.unwrap();
    let page = admin.get("/clients/1").await.text();
    let (before, _) = page.split_once("asked for, by").expect("it was asked for");
    let (_, address) = before.rsplit_once("href=\"").unwrap();
    address.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_agreement_says_what_the_client_does_and_shows_the_coming_days() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let empty = admin.get("/settings/agreements/new?whose=client-1").await;
    assert!(empty.words().contains("What they do"), "{}", empty.words());
    let others = admin.get("/settings/agreements/new?whose=queue-1").await;
    assert!(!others.words().contains("What they do"));
    let form = with(with_duty(&site), "duty-0-from", "2031-01-31");
    let preview = with(form.clone(), "act", "preview");
    let shown = post(&mut admin, HERE, &preview).await.words();
    let days = "Next: Fri 31 January 2031 · Fri 28 February 2031 · Mon 31 March 2031 · Wed 30 April 2031 · Sat 31 May 2031 …";
    assert!(shown.replace('\n', " ").contains(days), "{shown}");
    let wrong = with(form.clone(), "duty-0-every", "rule");
    let refused = post(&mut admin, HERE, &with(wrong, "duty-0-rule", "FREQ=HOURLY")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("“HOURLY” is too often"));
    let written = post(&mut admin, HERE, &form).await;
    assert_eq!(written.status, 303, "{}", written.words());
    let page = written.location().to_owned();
    let mut agent = site.person(Role::Agent).await;
    let words = agent.get(&page).await.words();
    let says = "Every month from 31 January 2031 on we ask you for it";
    assert!(words.contains(says), "{words}");
    let again = admin.get(&format!("{page}/edit")).await.text();
    for part in [
        "value=\"Send us the list of users\"",
        "name=\"duty-0-gone\"",
        "name=\"duty-1-what\"",
    ] {
        assert!(again.contains(part), "{part}");
    }
    // Taken out again.
    let gone = with(with(form, "duty-0-number", "1"), "duty-0-gone", "yes");
    post(&mut admin, &page, &gone).await;
    let words = admin.get(&format!("{page}?version=2")).await.words();
    assert!(!words.contains("Your duties\n"), "{words}");
}

#[tokio::test]
async fn a_duty_is_seen_where_it_is_asked_for_and_an_agent_says_what_became_of_it() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let ticket = asked(&site, &mut admin).await;
    let card = admin.get("/clients/1").await.words();
    for part in [
        "What they do by the agreement",
        "Send us the list of users",
        "Asked for next",
    ] {
        assert!(card.contains(part), "{part}: {card}");
    }
    let mut agent = site.person(Role::Agent).await;
    let page = agent.get(&ticket).await;
    let words = page.words();
    for part in [
        "What they do by the agreement",
        "It is done",
        "Names and addresses.",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let fields = [("outcome", "not-done"), ("why", " ")];
    let refused = agent.post("/duties/1/outcome", &fields).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.words().contains("Write why it was not done"),
        "{}",
        refused.words()
    );
    assert_eq!(agent.post("/duties/1/outcome", &[]).await.status, 422);
    let done = [("outcome", "done"), ("close", "yes")];
    let answer = agent.post("/duties/1/outcome", &done).await;
    assert_eq!(answer.location(), ticket);
    let words = agent.get(&ticket).await.words();
    assert!(!words.contains("It is done"), "{words}");
    assert!(
        words.contains("said that the client did what they agreed to"),
        "{words}"
    );
    let twice = agent.post("/duties/1/outcome", &done).await;
    assert_eq!(twice.status, 409);
    assert_eq!(agent.post("/duties/99/outcome", &done).await.status, 404);
}

#[tokio::test]
async fn what_was_not_done_says_why() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let ticket = asked(&site, &mut admin).await;
    let fields = [("outcome", "not-done"), ("why", "They <b>keep</b> none.")];
    admin.post("/duties/1/outcome", &fields).await;
    let page = admin.get(&ticket).await;
    assert!(!page.text().contains("<b>keep</b>"));
    assert!(
        page.words()
            .contains("did not do what they agreed to: They <b>keep</b> none."),
        "{}",
        page.words()
    );
    assert!(admin.get("/clients/1").await.words().contains("not done"));
}
