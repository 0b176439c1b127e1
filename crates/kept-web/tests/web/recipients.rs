//! A mail whose recipients fared differently says so, on its page and on the ticket.

use kept_app::domain::delivery::Standing;
use kept_app::domain::ids::{OutgoingId, TicketId};
use kept_app::reading;
use kept_app::store::StoreError;
use kept_app::store::deliveries::{self, Delivery};
use kept_app::store::outgoing;

use crate::sample::{self, ines};
use crate::site::Site;

/// The reply of the sample, as if it had reached one, been refused by one and been put off by one.
async fn told_apart(site: &Site) -> OutgoingId {
    let told = reading::conversation(&site.desk, &ines(), TicketId(1)).await;
    let mut said = told.unwrap().said.into_iter();
    let id = said.find_map(|said| said.outgoing).unwrap().id;
    let now = site.desk.now();
    let row = |recipient: &str, state, answer: &str| Delivery {
        outgoing: id,
        recipient: recipient.into(),
        state,
        tries: 1,
        answer: Some(answer.into()),
        changed_at: now,
        next_try: (state == Standing::Queued).then_some(now),
    };
    let rows = [
        row("dana@fox.example", Standing::Sent, "relay (250 taken)"),
        row(
            "lee@beta.example",
            Standing::Failed,
            "550 nobody of this name",
        ),
        row("max@gamma.example", Standing::Queued, "451 greylisted"),
    ];
    let written = site.desk.store().write(move |tx| {
        let all: Vec<String> = rows.iter().map(|row| row.recipient.clone()).collect();
        deliveries::begin(tx, id, &all, now)?;
        rows.iter()
            .try_for_each(|row| deliveries::update(tx, row))?;
        outgoing::mark_tried(tx, id, "Sent to 1 of 3")
    });
    let written: Result<(), StoreError> = written.await;
    written.unwrap();
    id
}

#[tokio::test]
async fn each_recipient_is_shown_with_what_became_of_the_mail() {
    let site = sample::site().await;
    let id = told_apart(&site).await;
    let mut admin = site.admin().await;
    for page in [format!("/outbox/{id}"), "/tickets/1".to_owned()] {
        let words = admin.get(&page).await.words();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        for said in [
            "Sent to 1 of 3",
            "Sent dana@fox.example",
            "Not delivered lee@beta.example",
            "550 nobody of this name",
            "Trying again max@gamma.example",
            "451 greylisted · next try",
        ] {
            assert!(words.contains(said), "{page}: {said}: {words}");
        }
        assert!(!words.contains("250 taken"), "{page}: {words}");
    }
}

const KIM: &str = "Dana’s boss <kim@bolt.example>";

#[tokio::test]
async fn the_composer_warns_of_whoever_is_not_of_the_client() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let page = admin.get("/tickets/1").await.words();
    assert!(!page.contains("should not read it"), "{page}");
    let typed = [
        ("to", "Dana Fox <dana@fox.example>"),
        ("cc", ""),
        ("cc", KIM),
        ("bcc", "ines@kept.example, leo@fox.example, nonsense"),
        ("text", ""),
    ];
    let asked = admin.post("/tickets/1/suggestion", &typed).await.words();
    let says = "kim@bolt.example is not of Fox & Sons Tax";
    assert!(asked.contains(says), "{asked}");
    assert!(!asked.contains("leo@fox.example is"), "{asked}");
    let counts = "Dana Fox and Dana’s boss will read this; 2 more get a hidden copy";
    assert!(asked.contains(counts), "{asked}");
}

#[tokio::test]
async fn a_refused_reply_says_again_who_would_read_it() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let typed = [
        ("kind", "reply"),
        ("to", "Dana Fox <dana@fox.example>"),
        ("cc", "kim@bolt.example, nonsense"),
        ("text", "Hello"),
    ];
    let refused = admin.upload("/tickets/1/messages", &typed, &[]).await;
    assert_eq!(refused.status, 422);
    let page = refused.words();
    assert!(page.contains("kim@bolt.example is not "), "{page}");
    assert!(
        page.contains("Dana Fox and kim@bolt.example will read this"),
        "{page}"
    );
}

#[tokio::test]
async fn a_refused_reply_says_which_files_have_to_be_attached_again() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let typed = [
        ("kind", "reply"),
        ("to", "Dana Fox <dana@fox.example>"),
        ("cc", "nonsense"),
        ("text", "Hello"),
    ];
    let files = [("a.txt", "text/plain", b"one".as_slice())];
    let refused = admin.upload("/tickets/1/messages", &typed, &files).await;
    assert_eq!(refused.status, 422);
    let page = refused.words();
    assert!(
        page.contains("Attach again what was not sent: a.txt"),
        "{page}"
    );
    let plain = admin.upload("/tickets/1/messages", &typed, &[]).await;
    assert!(!plain.words().contains("Attach again"));
}
