//! Checklists through the forms people use.

use kept_app::domain::people::Role;

use crate::sample;

const STEPS: [(&str, &str); 1] = [("steps", "Make the account\r\nOrder a phone\r\n")];

#[tokio::test]
async fn a_list_is_written_a_line_each_ticked_and_shown_in_rows() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let empty = admin.get("/tickets/1").await.text();
    assert!(empty.contains("Add a checklist"), "{empty}");
    assert!(!empty.contains("class=\"steps\""), "{empty}");
    admin.post("/tickets/1/steps", &STEPS).await;
    let evidence = [("evidence", "https://shop.example/7")];
    admin.post("/tickets/1/steps/2/completion", &evidence).await;
    let page = admin.get("/tickets/1").await.text();
    for said in [
        "1 of 2",
        "href=\"https://shop.example/7\"",
        "/undo/tick-1-2",
        "Add steps",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let row = admin.get("/inbox").await.text();
    assert!(row.contains("1 of 2 steps"), "{row}");
    admin.post("/undo/tick-1-2", &[]).await;
    admin.post("/tickets/1/steps/2/removal", &[]).await;
    let page = admin.get("/tickets/1").await.text();
    assert!(
        page.contains("0 of 1") && page.contains("/undo/step-1-2"),
        "{page}"
    );
    admin.post("/undo/step-1-2", &[]).await;
    let page = admin.get("/tickets/1").await.text();
    assert!(page.contains("0 of 2"), "{page}");
    admin
        .post("/tickets/1/steps/3/position", &[("up", "yes")])
        .await;
    let page = admin.get("/tickets/1").await.text();
    assert!(
        page.find("id=\"step-3\"") < page.find("id=\"step-1\""),
        "{page}"
    );
    let nothing = admin.post("/tickets/1/steps", &[("steps", " ")]).await;
    assert_eq!(nothing.status, 422);
}

#[tokio::test]
async fn what_shows_a_step_is_no_link_unless_it_is_one_to_the_web() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    admin.post("/tickets/1/steps", &STEPS).await;
    let evidence = [("evidence", "javascript:alert(1)")];
    admin.post("/tickets/1/steps/1/completion", &evidence).await;
    let page = admin.get("/tickets/1").await.text();
    assert!(page.contains("javascript:alert(1)"), "{page}");
    assert!(!page.contains("href=\"javascript"), "{page}");
}

#[tokio::test]
async fn a_task_stands_in_now_of_whose_it_is() {
    let site = sample::site().await;
    let (mut admin, mut jonas) = (site.admin().await, site.person(Role::Agent).await);
    admin.post("/tickets/1/steps", &STEPS).await;
    let him = kept_app::reading::agents(&site.desk, &sample::ines())
        .await
        .unwrap();
    let him = him
        .iter()
        .find(|agent| agent.name == "Jonas Petit")
        .unwrap()
        .id
        .to_string();
    let fields = [
        ("what", "Order two phones"),
        ("person", &*him),
        ("due", "2030-01-15"),
    ];
    admin.post("/tickets/1/steps/2", &fields).await;
    let now = jonas.get("/now").await.text();
    assert!(
        now.contains("Your tasks") && now.contains("Order two phones"),
        "{now}"
    );
    assert!(!now.contains("Nothing needs you"), "{now}");
    let mine = admin.get("/now").await.text();
    assert!(!mine.contains("Your tasks"), "{mine}");
    jonas.post("/tickets/1/steps/2/completion", &[]).await;
    let now = jonas.get("/now").await.text();
    assert!(!now.contains("Order two phones"), "{now}");
    let wrong = [("what", "Order"), ("due", "tomorrow")];
    assert_eq!(admin.post("/tickets/1/steps/1", &wrong).await.status, 422);
}

#[tokio::test]
async fn resolving_with_open_steps_asks_once_and_never_blocks() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    admin.post("/tickets/1/steps", &STEPS).await;
    let asked = admin.post("/tickets/1/resolution", &[]).await;
    assert_eq!(asked.status, 409);
    let page = asked.text();
    assert!(page.contains("2 steps are open: resolve anyway?"), "{page}");
    let mut reply = vec![
        ("kind", "reply"),
        ("to", "dana@fox.example"),
        ("text", "All is done."),
        ("then", "resolve"),
    ];
    let asked = admin.post("/tickets/1/messages", &reply).await;
    assert_eq!(asked.status, 409);
    let page = asked.text();
    assert!(
        page.contains("All is done.") && page.contains("name=\"anyway\""),
        "{page}"
    );
    reply.push(("anyway", "yes"));
    let sent = admin.post("/tickets/1/messages", &reply).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    admin.post("/tickets/1/reopening", &[]).await;
    let done = admin
        .post("/tickets/1/resolution", &[("anyway", "yes")])
        .await;
    assert_eq!(done.location(), "/tickets/1");
}
