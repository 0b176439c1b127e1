//! Finding tickets and acting on what was found: completion, saved views, acts on many with the way back.

use kept_app::domain::people::Role;

use crate::sample;
use crate::site::letter;

#[tokio::test]
async fn the_box_offers_fields_values_and_names() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let mut offers = async |q: &str, at: usize| {
        let answer = admin
            .get(&format!("/search/completions?q={q}&at={at}"))
            .await;
        assert_eq!(answer.status.as_u16(), 200);
        answer.text()
    };
    let fields = offers("pri", 3).await;
    assert!(
        fields.contains(r#"data-search="priority:" data-caret="9""#),
        "{fields}"
    );
    assert!(fields.contains(r#"role="option""#) && fields.contains("how urgent it is"));
    let values = offers("priority:u%20x", 10).await;
    assert!(
        values.contains(r#"data-search="priority:urgent x" data-caret="16""#),
        "{values}"
    );
    let names = offers("queue:", 6).await;
    assert!(names.contains("data-search=\"queue:"), "{names}");
    assert_eq!(offers("%22phrase", 7).await, "");
    assert_eq!(offers("", 0).await.matches("<li").count(), 12);
}

#[tokio::test]
async fn the_palette_leads_to_tickets_clients_and_people() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let mut goals = async |q: &str| {
        let answer = admin.get(&format!("/search/goals?q={q}")).await;
        assert_eq!(answer.status.as_u16(), 200, "{q}");
        answer.text()
    };
    let all = goals("fox").await;
    assert!(all.contains(r#"data-href="/clients/"#), "{all}");
    assert!(
        all.contains("Fox &amp; Sons Tax") && all.contains("client"),
        "{all}"
    );
    let tickets = goals("client:fox").await;
    assert!(tickets.contains(r#"data-href="/tickets/"#), "{tickets}");
    for nothing in [
        "",
        "f",
        "client:",
        "%25%25",
        "is:nonsense",
        &"x".repeat(300),
    ] {
        assert_eq!(goals(nothing).await, "", "{nothing}");
    }
}

#[tokio::test]
async fn the_palette_offers_each_role_the_places_it_may_see() {
    let site = sample::site().await;
    let mut offered = Vec::new();
    for role in Role::ALL {
        let mut visitor = site.person(role).await;
        let list = visitor.get("/search/goals?places=yes").await.text();
        let all: Vec<String> = list
            .split("data-href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        let mut wrong = Vec::new();
        for path in &all {
            let status = visitor.get(path).await.status.as_u16();
            wrong.extend((status != 200).then_some((path, status)));
        }
        assert_eq!(wrong, [], "for {}", role.as_str());
        offered.push(all);
        if role == Role::Agent {
            assert!(!list.contains("/settings/rules"), "{list}");
            assert!(list.contains(r#"data-href="/now""#) && list.contains(r#"data-keys="g n""#));
        }
    }
    assert!(offered[0].len() < offered[1].len() && offered[1].len() < offered[2].len());
    let stranger = site.guest().get("/search/goals?places=yes").await;
    assert_eq!(stranger.status.as_u16(), 303);
}

#[tokio::test]
async fn a_search_becomes_a_view_with_its_columns_and_headings() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let begun = admin.get("/views/new?q=is:open").await.text();
    assert!(begun.contains(r#"value="is:open""#));
    assert!(begun.contains(r#"name="name" type="text" value="" required maxlength="40""#));
    let fields = [
        ("name", "Open <b>"),
        ("search", "is:open"),
        ("shared", "yes"),
        ("column", "status"),
        ("column", "due"),
        ("sort", "due"),
        ("grouping", "client"),
    ];
    let made = admin.post("/views", &fields).await;
    let path = made.location().to_owned();
    assert!(path.starts_with("/views/"), "{path}");
    let page = admin.get(&path).await.text();
    for part in [
        "Open &lt;b&gt;",
        "cell-status",
        "cell-due",
        "Fox &amp; Sons Tax",
        "is:open",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(
        page.contains(&format!(r#"<a href="{path}" aria-current="page">"#)),
        "it stands among the places"
    );
    let wrong = admin
        .post(&path, &[("name", "x"), ("search", "is:opne")])
        .await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.words().contains("Did you mean open?"));
    let nowhere = [("name", "x"), ("search", "is:open queue:foo")];
    let wrong = admin.post(&path, &nowhere).await;
    assert_eq!(wrong.status.as_u16(), 422);
    let says = "No queue’s name contains “foo”";
    assert!(wrong.words().contains(says), "{}", wrong.words());
    let copy = admin
        .get(&format!("/views/new?from={}", &path["/views/".len()..]))
        .await;
    assert!(copy.text().contains("Open &lt;b&gt; (copy)"));

    // Everybody sees it; nobody but its owner and dispatchers changes it.
    let mut agent = site.person(kept_app::domain::people::Role::Agent).await;
    assert_eq!(agent.get(&path).await.status.as_u16(), 200);
    assert_eq!(agent.post(&path, &fields).await.status.as_u16(), 403);

    let gone = admin.post(&format!("{path}/removal"), &[]).await;
    assert_eq!(gone.location(), "/inbox");
    assert_eq!(admin.get(&path).await.status.as_u16(), 404);
    let undo = format!("/undo/view-{}", &path["/views/".len()..]);
    assert_eq!(admin.post(&undo, &[]).await.location(), path);
    assert_eq!(admin.get(&path).await.status.as_u16(), 200);
}

#[tokio::test]
async fn all_that_a_search_finds_is_closed_after_a_look_and_put_back() {
    let site = sample::site().await;
    site.mail(&letter(7, "Toner", "It is empty")).await;
    site.mail(&letter(8, "Toner again", "Empty")).await;
    let mut admin = site.admin().await;
    let form = admin.get("/bulk?q=toner").await.words();
    assert!(form.contains("Act on many tickets") && !form.contains("will be"));
    let look = admin.get("/bulk?q=toner&act=close").await.words();
    assert!(look.contains("2 tickets will be closed."), "{look}");
    let open = admin.get("/search?q=toner%20is:open").await.words();
    assert!(open.contains("2 tickets"), "a look changes nothing");
    let begun = admin
        .post("/bulk", &[("q", "toner"), ("act", "close")])
        .await;
    let path = begun.location().to_owned();
    let page = admin.get(&path).await.words();
    assert!(page.contains("2 tickets were closed."), "{page}");
    let again = admin.get("/bulk?q=toner&act=close").await.words();
    assert!(
        again.contains("Nothing would change on these 2 tickets."),
        "{again}"
    );
    assert!(
        again.contains("2 cannot, because they have ended already"),
        "{again}"
    );
    admin.post(&format!("{path}/undoing"), &[]).await;
    let back = admin.get(&path).await.words();
    assert!(
        back.contains("2 tickets are as they were before."),
        "{back}"
    );
    for (act, says) in [
        ("", "Choose what to do"),
        ("tag", "a tag is a word"),
        ("assign-x", "Choose what to do"),
    ] {
        admin.post("/bulk", &[("q", "toner"), ("act", act)]).await;
        assert!(
            admin.get("/bulk?q=toner").await.words().contains(says),
            "{act}"
        );
    }
}

#[tokio::test]
async fn what_was_done_to_ticked_tickets_is_undone_with_one_press() {
    let site = sample::site().await;
    site.mail(&letter(7, "Toner", "It is empty")).await;
    let mut admin = site.admin().await;
    let fields = [
        ("act", "close"),
        ("ticket", "1"),
        ("ticket", "2"),
        ("back", "/inbox"),
    ];
    admin.post("/tickets/selection", &fields).await;
    let page = admin.get("/inbox").await.text();
    assert!(page.contains("2 tickets were closed.") && page.contains("/undo/bulk-1"));
    admin.post("/undo/bulk-1", &[]).await;
    let open = admin.get("/search?q=is:open").await.words();
    assert!(open.contains("2 tickets"), "{open}");
}
