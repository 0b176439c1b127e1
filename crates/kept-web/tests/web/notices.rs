//! What somebody is told stands under Notices until they have read it, and they choose what comes by mail.

use std::time::Duration;

use kept_app::clocks::ring_due;

use crate::site::{Site, letter};

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
    site.mail(&letter(1, "Printer", "It smells.")).await;
    site.clock.advance(Duration::from_secs(24 * 60 * 60));
    ring_due(&site.desk).await.unwrap();
    assert!(admin.get("/now").await.words().contains("new notices"));
    let page = admin.get("/notifications").await;
    assert!(
        page.words().contains("Late: a first response"),
        "{}",
        page.words()
    );
    assert!(page.text().contains("href=\"/tickets/1\""));
    let last = page
        .text()
        .split("name=\"last\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next().map(str::to_owned));
    admin
        .post("/notifications/seen", &[("last", &last.unwrap())])
        .await;
    assert!(!admin.get("/now").await.words().contains("new notice"));
    assert!(
        !admin
            .get("/notifications")
            .await
            .words()
            .contains("Mark all as read")
    );
}

#[tokio::test]
async fn each_chooses_what_comes_by_mail() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let chosen = |html: &str, how: &str| {
        let late = html
            .split("id=\"hear-late\"")
            .nth(1)
            .and_then(|rest| rest.split("</select>").next().map(str::to_owned));
        late.unwrap().contains(&format!("value=\"{how}\" selected"))
    };
    assert!(chosen(&admin.get("/you").await.text(), "at-once"));
    admin
        .post(
            "/you/notifications",
            &[("late", "page"), ("mentioned", "nonsense")],
        )
        .await;
    assert!(chosen(&admin.get("/you").await.text(), "page"));
}
