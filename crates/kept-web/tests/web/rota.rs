//! Who is on duty in the coming weeks, as a browser without scripts uses the page.

use kept_app::domain::people::Role;

use crate::sample;

#[tokio::test]
async fn a_day_is_changed_shown_and_taken_back() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let none = admin.get("/rota").await;
    assert_eq!(none.status, 200);
    assert!(none.words().contains("No rota yet"), "{}", none.words());
    let shift = [
        ("agent", "1"),
        ("from", "09:00"),
        ("to", "17:00"),
        ("day", "mon"),
        ("day", "thu"),
    ];
    let added = admin.post("/settings/queues/1/rota", &shift).await;
    assert_eq!(added.status, 303, "{}", added.words());
    let page = admin.get("/rota").await.words();
    assert!(page.contains("09:00–17:00"), "{page}");

    let wanted = [
        ("date", "2026-12-24"),
        ("instead_of", "all"),
        ("person", "nobody"),
    ];
    let done = admin.post("/rota/1/changes", &wanted).await;
    assert_eq!(done.status, 303, "{}", done.words());
    assert_eq!(done.location(), "/rota#queue-1");
    let page = admin.get("/rota").await;
    let words = page.words().replace('\n', " ");
    assert!(words.contains("nobody for everybody"), "{words}");
    assert!(page.text().contains("/rota/1/changes/1/removal"));
    let wrong = [
        ("date", "2026-12-25"),
        ("instead_of", "1"),
        ("person", "nobody"),
    ];
    let refused = admin.post("/rota/1/changes", &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("They have no duty on this date"));
    let nonsense = admin.post("/rota/1/changes", &[("date", "soon")]).await;
    assert_eq!(nonsense.status, 422);

    let back = admin.post("/rota/1/changes/1/removal", &[]).await;
    assert_eq!(back.status, 303);
    let words = admin.get("/rota").await.words();
    assert!(!words.contains("nobody for everybody"), "{words}");
}

#[tokio::test]
async fn agents_look_but_are_offered_only_what_is_theirs() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let shift = [
        ("agent", "1"),
        ("from", "09:00"),
        ("to", "17:00"),
        ("day", "mon"),
    ];
    admin.post("/settings/queues/1/rota", &shift).await;
    let mut agent = site.person(Role::Agent).await;
    let words = agent.get("/rota").await.words();
    assert!(words.contains("09:00–17:00"), "{words}");
    assert!(!words.contains("Change a day"), "{words}");
    let wanted = [
        ("date", "2026-11-30"),
        ("instead_of", "1"),
        ("person", "nobody"),
    ];
    let denied = agent.post("/rota/1/changes", &wanted).await;
    assert_eq!(denied.status, 403);
}

#[tokio::test]
async fn how_long_offers_stand_is_a_setting() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let page = admin.get("/settings/queues").await.text();
    assert!(
        page.contains("name=\"hours\" type=\"text\" value=\"4\""),
        "{page}"
    );
    let saved = admin
        .post("/settings/queues/offers", &[("hours", "1,5")])
        .await;
    assert_eq!(saved.status, 303);
    let page = admin.get("/settings/queues").await.text();
    assert!(page.contains("value=\"1.5\""), "{page}");
    for wrong in ["", "soon", "1000"] {
        let refused = admin
            .post("/settings/queues/offers", &[("hours", wrong)])
            .await;
        assert_eq!(refused.status, 422, "{wrong}");
        assert!(
            refused
                .words()
                .contains("Write a number of hours from 1 to 168")
        );
    }
}
