//! Links between tickets through the forms people use.

use crate::sample;
use crate::site::{Site, letter};

async fn site() -> Site {
    let site = sample::site().await;
    site.mail(&letter(7, "Toner", "It is empty")).await;
    site.mail(&letter(8, "Paper", "Out of it")).await;
    site
}

#[tokio::test]
async fn two_tickets_are_linked_told_on_both_and_taken_apart() {
    let site = site().await;
    let mut admin = site.admin().await;
    let fields = [("bond", "blocked-by"), ("other", "#3")];
    let linked = admin.post("/tickets/2/links", &fields).await;
    assert_eq!(linked.location(), "/tickets/2");
    let page = admin.get("/tickets/2").await.words();
    assert!(page.contains("#2 is blocked by #3."), "{page}");
    assert!(page.contains("Blocked by\n#3 Paper"), "{page}");
    let other = admin.get("/tickets/3").await.words();
    assert!(other.contains("Blocks\nOurs\nToner\n#2"), "{other}");
    let again = admin.post("/tickets/2/links", &fields).await;
    assert_eq!(again.status, 409, "{}", again.words());
    admin.post("/undo/related.blocked-by.2.3", &[]).await;
    let page = admin.get("/tickets/2").await.words();
    assert!(!page.contains("Blocked by"), "{page}");
    admin.post("/undo/unrelated.blocked-by.2.3", &[]).await;
    admin.post("/tickets/3/closing", &[]).await;
    admin.post("/tickets/3/resolution", &[]).await;
    let page = admin.get("/tickets/2").await.words();
    assert!(
        !page.contains("Blocked by"),
        "what is done is not in the way: {page}"
    );
    let removal = [("bond", "blocks"), ("other", "2")];
    let taken = admin.post("/tickets/3/links/removal", &removal).await;
    assert_eq!(taken.location(), "/tickets/3");
    let page = admin.get("/tickets/3").await.words();
    assert!(page.contains("Took the link to #2 off."), "{page}");
}

#[tokio::test]
async fn the_field_for_the_other_ticket_offers_what_may_be_meant() {
    let site = site().await;
    let mut admin = site.admin().await;
    let mut offers = async |q: &str| {
        let answer = admin.get(&format!("/tickets/2/links/goals?q={q}")).await;
        assert_eq!(answer.status.as_u16(), 200, "{q}");
        answer.text()
    };
    for typed in ["pap", "3", "%233"] {
        let found = offers(typed).await;
        let paper = r##"data-search="#3" data-caret="2""##;
        assert!(
            found.contains(paper) && found.contains("Paper"),
            "{typed}: {found}"
        );
    }
    assert_eq!(
        offers("toner").await,
        "",
        "a ticket is not linked to itself"
    );
    assert_eq!(offers("").await, "");
    for path in ["/tickets/2", "/tickets/2/links/new"] {
        let page = admin.get(path).await.text();
        assert!(
            page.contains(r#"data-from="/tickets/2/links/goals""#),
            "{path}"
        );
    }
    let nowhere = admin.get("/tickets/99/links/goals?q=toner").await;
    assert_eq!(nowhere.status.as_u16(), 404);
}

#[tokio::test]
async fn a_ticket_is_watched_stands_in_its_view_and_is_let_go() {
    let site = site().await;
    let mut admin = site.admin().await;
    let empty = admin.get("/inbox?view=watching").await.words();
    assert!(empty.contains("You watch nothing"), "{empty}");
    let watched = admin.post("/tickets/2/watchers", &[]).await;
    assert_eq!(watched.location(), "/tickets/2");
    let page = admin.get("/tickets/2").await.words();
    assert!(
        page.contains("You are told what is said here") && page.contains("Stop watching"),
        "{page}"
    );
    let tabs = admin.get("/inbox").await.text();
    assert!(tabs.contains("view=watching"), "{tabs}");
    let view = admin.get("/inbox?view=watching").await.words();
    assert!(
        view.contains("Toner") && !view.contains("Out of it"),
        "{view}"
    );
    let mut jonas = site.person(kept_app::domain::people::Role::Agent).await;
    let his = jonas.get("/tickets/2").await;
    let words = his.words();
    assert!(
        words.contains("Watched by") && words.contains("Watch this ticket"),
        "{words}"
    );
    let removal = his.text();
    let removal = removal
        .split('"')
        .find(|it| it.starts_with("/tickets/2/watchers/") && it.ends_with("/removal"))
        .expect("he can take her off");
    let person = removal.split('/').nth(4).expect("her number");
    jonas.post(removal, &[]).await;
    let view = admin.get("/inbox?view=watching").await.words();
    assert!(view.contains("You watch nothing"), "{view}");
    jonas
        .post(&format!("/undo/unwatched-2-{person}"), &[])
        .await;
    let found = admin.get("/search?q=watching%3Ame").await.text();
    assert!(found.contains("/tickets/2"), "{found}");
    jonas.post(&format!("/undo/watched-2-{person}"), &[]).await;
    let found = admin.get("/search?q=watching%3Ame").await.text();
    assert!(!found.contains("/tickets/2"), "{found}");
    let asked = jonas
        .post("/tickets/3/watchers", &[("person", person)])
        .await;
    assert_eq!(asked.location(), "/tickets/3");
    let notices = admin.get("/notifications").await.words();
    assert!(notices.contains("asks you to watch it"), "{notices}");
    let nobody = jonas.post("/tickets/3/watchers", &[("person", "x")]).await;
    assert_eq!(nobody.status, 422, "{}", nobody.words());
    assert_eq!(admin.post("/tickets/99/watchers", &[]).await.status, 404);
    assert_eq!(admin.post("/undo/watched-2-99", &[]).await.status, 409);
}

#[tokio::test]
async fn ticked_messages_become_a_ticket_and_one_undo_brings_them_back() {
    let site = site().await;
    let mut admin = site.admin().await;
    let page = admin.get("/tickets/1/split").await.text();
    let ids: Vec<&str> = page
        .split("name=\"message\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(ids.len() > 1, "{page}");
    let nothing = [("queue", "1"), ("subject", "Rest")];
    let none = admin.post("/tickets/1/split", &nothing).await;
    assert_eq!(none.status, 422);
    assert!(none.words().contains("Tick the messages that go first"));
    assert!(
        none.text().contains("value=\"Rest\""),
        "what was typed stays"
    );
    let nowhere = [("queue", "99"), ("message", ids[0])];
    assert_eq!(admin.post("/tickets/1/split", &nowhere).await.status, 422);
    let mut all = vec![("queue", "1")];
    all.extend(ids.iter().map(|id| ("message", *id)));
    let everything = admin.post("/tickets/1/split", &all).await;
    assert_eq!(everything.status, 409, "{}", everything.words());
    assert!(everything.text().contains("checked"), "ticks stay");
    let one = [
        ("queue", "1"),
        ("subject", "On its own"),
        ("message", ids[0]),
    ];
    let made = admin.post("/tickets/1/split", &one).await;
    assert_eq!(made.location(), "/tickets/4", "{}", made.words());
    let words = admin.get("/tickets/4").await.words();
    assert!(words.contains("On its own"), "{words}");
    let back = admin.post(&format!("/undo/move-{}", ids[0]), &[]).await;
    assert!(
        back.location().starts_with("/tickets/1#"),
        "{}",
        back.words()
    );
    assert_eq!(admin.get("/tickets/99/split").await.status, 404);
    let older = admin
        .get(&format!("/tickets/1/split?before={}", ids[1]))
        .await;
    let second = format!("name=\"message\" value=\"{}\"", ids[1]);
    assert!(!older.text().contains(&second), "only what came before it");
}

#[tokio::test]
async fn words_lead_to_a_page_to_choose_the_other_one() {
    let site = site().await;
    let mut admin = site.admin().await;
    let fields = [("bond", "part-of"), ("other", "paper")];
    let asked = admin.post("/tickets/2/links", &fields).await;
    assert_eq!(
        asked.location(),
        "/tickets/2/links/new?bond=part-of&q=paper"
    );
    let page = admin.get(asked.location()).await.text();
    assert!(page.contains("value=\"#3\""), "{page}");
    let nothing = admin
        .get("/tickets/2/links/new?bond=x&q=zebra")
        .await
        .words();
    assert!(nothing.contains("No ticket found for “zebra”"), "{nothing}");
    assert_eq!(admin.get("/tickets/99/links/new").await.status, 404);
}

#[tokio::test]
async fn whoever_resolves_a_whole_hears_of_its_parts_and_a_duplicate_can_be_merged() {
    let site = site().await;
    let mut admin = site.admin().await;
    for (bond, other) in [("parent-of", "3"), ("duplicates", "1")] {
        admin
            .post("/tickets/2/links", &[("bond", bond), ("other", other)])
            .await;
    }
    let page = admin.get("/tickets/2").await.words();
    assert!(page.contains("Merge #2 into #1"), "{page}");
    admin.post("/tickets/2/resolution", &[]).await;
    let page = admin.get("/tickets/2").await.words();
    assert!(
        page.contains("Resolved #2. One of its parts is still open."),
        "{page}"
    );
    let itself = [("bond", "blocks"), ("other", "2")];
    let refused = admin.post("/tickets/2/links", &itself).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("can’t be linked to itself"));
    let strange = admin
        .post("/tickets/2/links", &[("bond", "likes"), ("other", "1")])
        .await;
    assert!(strange.words().contains("Choose how the two are linked"));
}

/// The part of a page from the form at `action` on.
fn form<'a>(page: &'a str, action: &str) -> &'a str {
    let after = page.split(&format!("action=\"{action}\"")).nth(1);
    let after = after.expect(action);
    after.split("</details>").next().unwrap_or(after)
}

#[tokio::test]
async fn a_number_that_will_not_do_is_said_where_it_was_typed() {
    let site = site().await;
    let mut admin = site.admin().await;
    let page = admin.get("/tickets/1").await.text();
    let message = page.split("/messages/").nth(1).expect("a message");
    let message: String = message.chars().take_while(char::is_ascii_digit).collect();
    let join = format!("/messages/{message}/join");
    let link = [("bond", "blocks")];
    for (action, field, others) in [
        ("/tickets/1/merge", "into", &[] as &[_]),
        ("/tickets/1/links", "other", &link),
        (&*join, "number", &[]),
    ] {
        for (typed, why) in [
            ("#4711", "There is no ticket #4711 here (any more)"),
            ("#1", ""),
        ] {
            let fields: Vec<_> = others.iter().copied().chain([(field, typed)]).collect();
            let answer = admin.post(action, &fields).await;
            assert_eq!(answer.status, 422, "{action} {typed}: {}", answer.words());
            let page = answer.text();
            let form = form(&page, action);
            assert!(form.contains(&format!("value=\"{typed}\"")), "{form}");
            assert!(form.contains("aria-invalid=\"true\""), "{form}");
            assert!(
                form.contains("role=\"alert\"") && form.contains(why),
                "{form}"
            );
            assert!(!page.contains("<undo-toast"), "it is said once");
        }
    }
    let linked = admin
        .post("/tickets/1/links", &[("bond", "blocks"), ("other", "#99")])
        .await
        .text();
    let form = form(&linked, "/tickets/1/links");
    assert!(form.contains("value=\"blocks\" selected"), "{form}");
    let nothing = admin.post("/tickets/1/merge", &[("into", "two")]).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("value=\"two\""));
    let nowhere = admin.post("/tickets/4711/merge", &[("into", "1")]).await;
    assert_eq!(nowhere.status, 404);
    let nowhere = admin.post("/messages/4711/join", &[("number", "1")]).await;
    assert_eq!(nowhere.status, 404);
}
