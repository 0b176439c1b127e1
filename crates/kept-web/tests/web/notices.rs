//! What somebody is told stands under Notices until they have read it, rings the bell, and comes by the roads they chose.

use std::time::Duration;

use kept_app::clocks::ring_due;

use crate::site::{Site, Visitor, letter};

/// The values of a field of this name, as they stand in a page.
fn values(html: &str, name: &str) -> Vec<String> {
    let start = format!("name=\"{name}\" value=\"");
    let parts = html.split(&start).skip(1);
    parts
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect()
}

/// Where the buttons lead that open a notice.
fn ways(html: &str, end: &str) -> Vec<String> {
    let parts = html.split("action=\"").skip(1);
    let actions = parts.filter_map(|rest| rest.split('"').next());
    let mine = actions.filter(|it| it.starts_with("/notifications/") && it.ends_with(end));
    let mine = mine.filter(|it| *it != "/notifications/seen");
    mine.map(str::to_owned).collect()
}

async fn bell(visitor: &mut Visitor) -> String {
    let html = visitor.get("/you").await.text();
    let bell = html.split("data-key=\"notices\"").nth(1).unwrap();
    let label = bell.split("aria-label=\"").nth(1).unwrap();
    label.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_late_stands_under_notices_until_it_is_read() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    assert!(
        admin
            .get("/notifications")
            .await
            .words()
            .contains("Nothing to tell you")
    );
    assert_eq!(bell(&mut admin).await, "Notices");
    site.mail(&letter(1, "Printer", "It smells.")).await;
    site.clock.advance(Duration::from_secs(24 * 60 * 60));
    ring_due(&site.desk).await.unwrap();
    assert!(admin.get("/now").await.words().contains("new notices"));
    assert!(bell(&mut admin).await.ends_with(" new"));
    let page = admin.get("/notifications").await;
    assert!(
        page.words().contains("Late: a first response"),
        "{}",
        page.words()
    );
    assert!(page.text().contains("href=\"/tickets/1\""));
    let last = values(&page.text(), "last");
    admin
        .post("/notifications/seen", &[("last", &last[0])])
        .await;
    assert!(!admin.get("/now").await.words().contains("new notice"));
    assert_eq!(bell(&mut admin).await, "Notices");
    let page = admin.get("/notifications").await;
    assert!(!page.words().contains("Mark all as read"));
    assert!(page.words().contains("Late: a first response"));
}

#[tokio::test]
async fn one_notice_leads_to_its_message_and_is_read_by_that() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    // They are dealt out among those on duty.
    for number in 1..=4 {
        site.mail(&letter(number, "Printer", "It smells.")).await;
    }
    let opening = ways(&admin.get("/notifications").await.text(), "/opening");
    assert_eq!(opening.len(), 2);
    let opened = admin.post(&opening[0], &[]).await;
    assert_eq!(opened.location(), "/tickets/4");
    let seen = ways(&admin.get("/notifications").await.text(), "/seen");
    assert_eq!(seen.len(), 1, "the other one is new still");
    admin.post(&seen[0], &[]).await;
    assert_eq!(bell(&mut admin).await, "Notices");
    let gone = admin.post("/notifications/999/opening", &[]).await;
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn mentions_stand_alone_and_teach_when_there_are_none() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    site.mail(&letter(1, "Printer", "It smells.")).await;
    let words = admin.get("/notifications?only=mentioned").await.words();
    assert!(words.contains("Nobody has named you yet"), "{words}");
    let words = admin.get("/notifications?only=nonsense").await.words();
    assert!(words.contains("New, and yours"), "{words}");
}

#[tokio::test]
async fn the_bell_comes_alone_and_pop_ups_begin_where_somebody_switched_them_on() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    site.mail(&letter(1, "Printer", "It smells.")).await;
    let html = admin.get("/notifications/bell").await.text();
    assert!(
        html.starts_with("<a ") && html.contains("Notices, 1 new"),
        "{html}"
    );
    let first: serde_json::Value =
        serde_json::from_str(&admin.get("/notifications/pop-ups").await.text()).unwrap();
    assert_eq!(first["notices"].as_array().unwrap().len(), 0);
    // The first two are another's, for they are dealt out.
    for number in 2..=4 {
        site.mail(&letter(number, "Screen", "Dark.")).await;
    }
    let after = format!("/notifications/pop-ups?after={}", first["last"]);
    let second: serde_json::Value = serde_json::from_str(&admin.get(&after).await.text()).unwrap();
    assert_eq!(second["notices"][0]["title"], "New, and yours");
    assert_eq!(second["notices"][0]["says"], "#4 Screen");
}

#[tokio::test]
async fn each_chooses_the_roads_of_each_kind() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let chosen = |html: &str, how: &str, hook: bool, pop_up: bool| {
        let late = html
            .split("id=\"hear-late\"")
            .nth(1)
            .and_then(|rest| rest.split("hear-row").next().map(str::to_owned))
            .unwrap();
        let ticked =
            |name: &str| late.contains(&format!("name=\"late-{name}\" value=\"1\" checked"));
        late.contains(&format!("value=\"{how}\" selected"))
            && ticked("hook") == hook
            && ticked("pop-up") == pop_up
    };
    assert!(chosen(
        &admin.get("/you").await.text(),
        "at-once",
        true,
        true
    ));
    admin
        .post(
            "/you/notifications",
            &[
                ("late", "digest"),
                ("late-hook", "1"),
                ("mentioned", "nonsense"),
            ],
        )
        .await;
    assert!(chosen(
        &admin.get("/you").await.text(),
        "digest",
        true,
        false
    ));
    admin.post("/you/notifications", &[("late", "page")]).await;
    assert!(chosen(
        &admin.get("/you").await.text(),
        "page",
        false,
        false
    ));
}

#[tokio::test]
async fn a_web_hook_of_one_s_own_is_set_tried_and_removed() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let refused = admin.post("/you/hook", &[("hook", "chat")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("value=\"chat\""));
    let none = admin.post("/you/hook/trial", &[]).await;
    assert_eq!(none.status, 404);
    admin
        .post("/you/hook", &[("hook", "http://127.0.0.1:9/me")])
        .await;
    let page = admin.get("/you").await;
    assert!(page.words().contains("Saved. Try it"), "{}", page.words());
    assert!(page.text().contains("id=\"f-hook-secret\""));
    admin.post("/you/hook/trial", &[]).await;
    let words = admin.get("/you").await.words();
    let says = "127.0.0.1 is a private address";
    assert!(
        words.contains(&format!("Your web-hook was not told: {says}")),
        "{words}"
    );
    assert!(words.contains("given up"), "{words}");
    let told = admin.get("/notifications").await.words();
    assert!(told.contains(says) && told.contains("See to it"), "{told}");
    admin.post("/you/hook", &[("hook", "")]).await;
    let page = admin.get("/you").await;
    assert!(!page.text().contains("id=\"f-hook-secret\""));
    assert!(!admin.get("/notifications").await.words().contains(says));
}
