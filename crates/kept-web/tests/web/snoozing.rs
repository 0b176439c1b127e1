//! Putting a ticket off through the forms people use.

use crate::sample;

#[tokio::test]
async fn a_ticket_is_put_off_seen_in_its_tab_woken_and_put_off_again() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let plain = admin.get("/inbox").await.text();
    assert!(!plain.contains("view=snoozed"), "{plain}");
    let answer = admin
        .post("/tickets/1/snooze", &[("until", "tomorrow")])
        .await;
    assert_eq!(answer.location(), "/tickets/1");
    let page = admin.get("/tickets/1").await.text();
    for said in [
        "Snoozed until tomorrow",
        "/undo/snooze-1",
        "Wake now",
        "Snoozed for you until tomorrow",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let list = admin.get("/inbox").await.text();
    assert!(
        !list.contains("id=\"row-1\"") && list.contains("view=snoozed"),
        "{list}"
    );
    let tab = admin.get("/inbox?view=snoozed").await.text();
    assert!(
        tab.contains("id=\"row-1\"") && tab.contains("snoozed until tomorrow"),
        "{tab}"
    );
    admin.post("/undo/snooze-1", &[]).await;
    let list = admin.get("/inbox").await.text();
    assert!(list.contains("id=\"row-1\""), "{list}");
    admin
        .post("/tickets/1/snooze", &[("until", "client")])
        .await;
    let page = admin.get("/tickets/1").await.text();
    assert!(
        page.contains("Snoozed for you until the client writes"),
        "{page}"
    );
    admin.post("/tickets/1/snooze/end", &[]).await;
    let page = admin.get("/tickets/1").await.text();
    assert!(!page.contains("Wake now"), "{page}");
}

#[tokio::test]
async fn a_time_that_is_none_is_refused_with_words() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (at, says) in [
        ("", "Choose the day and the time"),
        ("2020-01-01T09:00", "That time is over"),
        ("2999-01-01T09:00", "choose an earlier day"),
    ] {
        let fields = [("until", "at"), ("at", at)];
        let refused = admin.post("/tickets/1/snooze", &fields).await;
        assert_eq!(refused.status, 422, "{at}");
        assert!(refused.text().contains(says), "{at}: {}", refused.text());
    }
}
