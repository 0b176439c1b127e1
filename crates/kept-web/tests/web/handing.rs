//! Turns, third parties and offers, through the forms people use.

use kept_app::domain::ids::{PersonId, TicketId};
use kept_app::domain::people::Role;
use kept_app::domain::turn::Turn;
use kept_app::reading::{self, Conversation};

use crate::sample::{self, ines};
use crate::site::{Site, Visitor};

async fn ticket(site: &Site, number: i64) -> Conversation {
    reading::conversation(&site.desk, &ines(), TicketId(number))
        .await
        .unwrap()
}

async fn id_of(site: &Site, name: &str) -> PersonId {
    let agents = reading::agents(&site.desk, &ines()).await.unwrap();
    agents.iter().find(|agent| agent.name == name).unwrap().id
}

async fn words(visitor: &mut Visitor, path: &str) -> String {
    visitor.get(path).await.words()
}

const CONTOSO: [(&str, &str); 4] = [
    ("party", "Contoso"),
    ("what", "a power supply"),
    ("tracking", "1Z 999"),
    ("next", "week"),
];

#[tokio::test]
async fn the_turn_is_corrected_with_a_reason_that_stands_in_the_conversation() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let fields = [("to", "desk"), ("why", "they answered by phone")];
    let answer = admin.post("/tickets/1/turn", &fields).await;
    assert_eq!(answer.location(), "/tickets/1");
    assert_eq!(ticket(&site, 1).await.ticket.turn(), Turn::Desk);
    let page = words(&mut admin, "/tickets/1").await;
    assert!(
        page.contains("said it is our turn: they answered by phone"),
        "{page}"
    );
    let silent = admin.post("/tickets/1/turn", &[("to", "client")]).await;
    assert_eq!(silent.status, 409);
    assert!(silent.words().contains("Write why"), "{}", silent.words());
}

#[tokio::test]
async fn a_third_party_is_named_beside_the_conversation_and_in_lists() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    admin.post("/tickets/1/wait", &CONTOSO).await;
    let page = words(&mut admin, "/tickets/1").await;
    for said in [
        "Waiting on Contoso since",
        "a power supply · 1Z 999",
        "It arrived",
    ] {
        let flat = page.replace('\n', " ");
        assert!(flat.contains(said), "{said}: {flat}");
    }
    let list = words(&mut admin, "/inbox?view=third-party").await;
    assert!(list.contains("waiting on Contoso"), "{list}");
    admin.post("/tickets/1/wait/end", &[]).await;
    assert_eq!(ticket(&site, 1).await.ticket.turn(), Turn::Desk);
}

#[tokio::test]
async fn a_reply_can_begin_a_wait_and_what_is_wrong_is_said_with_all_words_kept() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let mut fields = vec![
        ("kind", "reply"),
        ("to", "dana@fox.example"),
        ("text", "It is ordered."),
        ("then", "wait"),
    ];
    fields.extend([
        ("party", "Contoso"),
        ("next", "date"),
        ("date", "2026-12-04"),
    ]);
    let incomplete = admin.post("/tickets/1/messages", &fields).await;
    assert_eq!(incomplete.status, 422);
    let page = incomplete.text();
    assert!(page.contains("Write what they have to do"), "{page}");
    assert!(page.contains("value=\"Contoso\"") && page.contains("It is ordered."));
    fields.push(("what", "a power supply"));
    admin.post("/tickets/1/messages", &fields).await;
    let told = ticket(&site, 1).await;
    assert_eq!(told.ticket.turn(), Turn::ThirdParty);
    let wait = told.ticket.wait.unwrap();
    assert_eq!(wait.what, "a power supply");
    let message = told.said.last().unwrap().message.id;
    admin.post(&format!("/undo/message-{message}"), &[]).await;
    assert_eq!(ticket(&site, 1).await.ticket.wait, None);
    let again = admin.get("/tickets/1").await.text();
    assert!(again.contains("value=\"wait\" checked"), "{again}");
}

#[tokio::test]
async fn an_offer_is_seen_and_answered_by_whom_is_asked() {
    let site = sample::site().await;
    let (mut admin, mut jonas) = (site.admin().await, site.person(Role::Agent).await);
    let him = id_of(&site, "Jonas Petit").await.to_string();
    let fields = [
        ("agent", &*him),
        ("note", "you know this one"),
        ("until", "60"),
    ];
    admin.post("/tickets/1/delegation", &fields).await;
    let now = words(&mut jonas, "/now").await.replace('\n', " ");
    assert!(
        now.contains("Offered to you") && now.contains("you know this one"),
        "{now}"
    );
    let mine = words(&mut admin, "/now").await;
    assert!(mine.contains("You offered, not yet accepted"), "{mine}");
    let page = words(&mut jonas, "/tickets/1").await.replace('\n', " ");
    assert!(page.contains("asks you to take this ticket"), "{page}");
    let silent = jonas.post("/tickets/1/delegation/refusal", &[]).await;
    assert_eq!(silent.status, 409);
    jonas
        .post(
            "/tickets/1/delegation/refusal",
            &[("why", "on my way home")],
        )
        .await;
    let page = words(&mut admin, "/tickets/1").await;
    assert!(page.contains("did not take it: on my way home"), "{page}");
    admin.post("/tickets/1/delegation", &fields).await;
    jonas.post("/tickets/1/delegation/acceptance", &[]).await;
    assert_eq!(ticket(&site, 1).await.responsible, "Jonas Petit");
}

#[tokio::test]
async fn an_agent_who_assigns_asks_and_a_dispatcher_decides() {
    let site = sample::site().await;
    let (mut jonas, mut aki) = (
        site.person(Role::Agent).await,
        site.person(Role::Dispatcher).await,
    );
    let [him, her] = [
        id_of(&site, "Jonas Petit").await,
        id_of(&site, "Aki Korhonen").await,
    ];
    let (him, her) = (him.to_string(), her.to_string());
    jonas
        .post("/tickets/1/responsible", &[("agent", &*him)])
        .await;
    assert_eq!(ticket(&site, 1).await.responsible, "Jonas Petit");
    jonas
        .post("/tickets/1/responsible", &[("agent", &*her)])
        .await;
    let told = ticket(&site, 1).await;
    assert_eq!(told.responsible, "Jonas Petit");
    assert_eq!(
        told.ticket.delegation.map(|offer| offer.to.to_string()),
        Some(her.clone())
    );
    assert!(
        !jonas
            .get("/tickets/1")
            .await
            .text()
            .contains("Assign at once")
    );
    assert!(
        aki.get("/tickets/1")
            .await
            .text()
            .contains("Assign at once")
    );
    aki.post("/tickets/1/responsible", &[("agent", &*her)])
        .await;
    assert_eq!(ticket(&site, 1).await.responsible, "Aki Korhonen");
}

#[tokio::test]
async fn an_offer_is_taken_back_and_a_queue_is_asked_by_whom_is_on_duty() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    admin
        .post("/tickets/1/delegation", &[("agent", "queue-1")])
        .await;
    let asked = ticket(&site, 1).await.ticket.delegation;
    assert!(asked.is_some());
    admin.post("/tickets/1/delegation/withdrawal", &[]).await;
    assert_eq!(ticket(&site, 1).await.ticket.delegation, None);
    let nobody = admin
        .post("/tickets/1/delegation", &[("agent", "queue-x")])
        .await;
    assert_eq!(nobody.status, 422);
    let gone = admin.post("/tickets/1/delegation/withdrawal", &[]).await;
    assert_eq!(gone.status, 409);
}

#[tokio::test]
async fn everything_is_handed_over_on_one_page_which_shows_how_far_it_is() {
    let site = sample::site().await;
    let (mut admin, mut jonas) = (site.admin().await, site.person(Role::Agent).await);
    let him = id_of(&site, "Jonas Petit").await.to_string();
    let fields = [
        ("from", "1"),
        ("to", &*him),
        ("reason", "on holiday"),
        ("until", "2026-12-04"),
    ];
    let answer = admin.post("/handover", &fields).await;
    assert_eq!(answer.location(), "/handover");
    kept_app::worker::run_due(&site.desk).await.unwrap();
    let page = words(&mut admin, "/handover").await.replace('\n', " ");
    assert!(page.contains("1 of 1 offered"), "{page}");
    assert!(page.contains("Here after all"), "{page}");
    assert!(
        !jonas
            .get("/handover")
            .await
            .text()
            .contains("Here after all")
    );
    let not_his = jonas.post("/absences/1/removal", &[]).await;
    assert_eq!(not_his.status, 403);
    admin.post("/absences/1/removal", &[]).await;
    let page = words(&mut admin, "/handover").await;
    assert!(page.contains("Everybody is here."), "{page}");
    let nowhere = admin
        .post("/handover", &[("from", "1"), ("reason", "x")])
        .await;
    assert_eq!(nowhere.status, 422);
}
