//! Recurring tickets through Settings: dates shown before saving, saved, paused, removed and taken back.

use crate::sample;

fn fields(every: &'static str, rule: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "Daily backups"),
        ("template", "1"),
        ("client", "Fox & Sons Tax"),
        ("every", every),
        ("rule", rule),
        ("first", "2030-01-07"),
        ("time", "08:00"),
    ]
}

#[tokio::test]
async fn the_dates_are_seen_before_it_is_saved_and_it_can_pause_and_go() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let empty = admin.get("/settings/recurring").await.text();
    assert!(empty.contains("Write a template"), "{empty}");
    let template = [("name", "Backups"), ("subject", "Look at the backups")];
    admin.post("/settings/templates", &template).await;
    let mut preview = fields("rule", "FREQ=MONTHLY;BYDAY=1MO");
    preview.push(("act", "preview"));
    let shown = admin.post("/settings/recurring", &preview).await;
    assert_eq!(shown.status, 200);
    let page = shown.text();
    for day in [
        "Mon 7 January 2030",
        "Mon 4 February 2030",
        "Mon 6 May 2030",
    ] {
        assert!(page.contains(day), "{day}: {page}");
    }
    let list = admin.get("/settings/recurring").await.text();
    assert!(list.contains("Nothing recurs yet"), "{list}");
    let saved = admin
        .post("/settings/recurring", &fields("FREQ=DAILY", ""))
        .await;
    assert_eq!(saved.location(), "/settings/recurring/1");
    let page = admin.get("/settings/recurring/1").await.text();
    assert!(page.contains("value=\"Fox &amp; Sons Tax\""), "{page}");
    assert!(page.contains("Tue 8 January 2030"), "{page}");
    let list = admin.get("/settings/recurring").await.text();
    assert!(
        list.contains("Every day · next Mon 7 January 2030"),
        "{list}"
    );
    admin
        .post("/settings/recurring/1/pause", &[("paused", "yes")])
        .await;
    let list = admin.get("/settings/recurring").await.text();
    assert!(list.contains("Every day · pauses"), "{list}");
    admin.post("/settings/recurring/1/removal", &[]).await;
    let list = admin.get("/settings/recurring").await.text();
    assert!(
        list.contains("Nothing recurs yet") && list.contains("/undo/recurring-1"),
        "{list}"
    );
    admin.post("/undo/recurring-1", &[]).await;
    let list = admin.get("/settings/recurring").await.text();
    assert!(list.contains("Daily backups"), "{list}");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let template = [("name", "Backups"), ("subject", "Look at the backups")];
    admin.post("/settings/templates", &template).await;
    let mut nobody = fields("FREQ=DAILY", "");
    nobody[2] = ("client", "Nobody Ltd");
    let mut no_day = fields("FREQ=DAILY", "");
    no_day[5] = ("first", "soon");
    for (wrong, field) in [
        (fields("rule", "FREQ=HOURLY"), "f-rule-error"),
        (nobody, "f-client-error"),
        (no_day, "f-first-error"),
    ] {
        let answer = admin.post("/settings/recurring", &wrong).await;
        assert_eq!(answer.status, 422, "{field}");
        let page = answer.text();
        assert!(
            page.contains(field) && page.contains("Daily backups"),
            "{field}: {page}"
        );
    }
}
