//! Tickets with thousands of messages: each page shows some of them, and all of them can be reached.

use jiff::ToSpan as _;
use kept_app::domain::event::{Actor, Event};
use kept_app::domain::ids::{MessageId, PersonId, TicketId};
use kept_app::domain::intake::Reason;
use kept_app::domain::messages::{Audience, Channel};
use kept_app::domain::people::Role;
use kept_app::domain::turn::Turn;
use kept_app::store::messages::{self, Message};
use kept_app::store::{events, fulltext};

use crate::sample;
use crate::site::{Site, monday};

const MESSAGES: i64 = 2_000;
/// Of one page, whatever the length of its ticket.
const MOST_BYTES: usize = 200_000;
const MOST_NODES: usize = 3_500;

/// Ticket 1 of the sample with two thousand words more, a note every tenth, and a change of hands in between.
async fn long() -> (Site, i64) {
    let site = sample::site().await;
    let first = site.desk.store().write(|tx| {
        let mut first = None;
        for n in 0..MESSAGES {
            let id = say(tx, n)?;
            first.get_or_insert(id.0);
        }
        Ok::<_, kept_app::Error>(first.unwrap_or_default())
    });
    let first = first.await.unwrap();
    (site, first)
}

fn say(tx: &mut kept_app::store::Tx<'_>, n: i64) -> Result<MessageId, kept_app::Error> {
    let is_note = n % 10 == 9;
    let at = monday() + n.seconds();
    let text = format!("Word number {n} about roller{n}.");
    let message = Message {
        id: MessageId(0),
        ticket: TicketId(1),
        audience: if is_note {
            Audience::Desk
        } else {
            Audience::Client
        },
        channel: if is_note {
            Channel::Desk
        } else {
            Channel::Mail
        },
        person: Some(PersonId(if is_note { 1 } else { 4 })),
        author_name: "Dana Fox".to_owned(),
        author_address: "dana@fox.example".to_owned(),
        at,
        claimed_at: None,
        subject: None,
        recipients: "{}".to_owned(),
        body: format!(r#"{{"segments":[{{"kind":"new","text":"{text}"}}]}}"#),
        has_html: false,
        automatic: false,
        kind: None,
        remark: None,
        message_ref: None,
        raw_sha256: None,
        raw_size_bytes: 0,
    };
    let id = messages::insert(tx, &message)?;
    let event = match is_note {
        true => Event::Noted { message: id },
        false => Event::MessageReceived {
            message: id,
            from: Some(PersonId(4)),
            automatic: false,
            thanks: false,
            reason: Reason::MovedFrom {
                ticket: TicketId(2),
            },
        },
    };
    let by = Actor::Person(PersonId(4));
    events::append(tx, TicketId(1), at, by, &event, Turn::Desk)?;
    let document = fulltext::Document {
        message: id,
        ticket: TicketId(1),
        subject: "",
        people: "Dana Fox",
        body: &text,
    };
    fulltext::index(tx, &document)?;
    Ok(id)
}

fn nodes(page: &str) -> usize {
    let opens = |pair: &[u8]| pair[0] == b'<' && pair[1].is_ascii_alphabetic();
    page.as_bytes()
        .windows(2)
        .filter(|pair| opens(pair))
        .count()
}

/// The address behind a link with these words.
fn link<'a>(page: &'a str, words: &str) -> &'a str {
    let end = page.find(&format!("\">{words}</a>")).expect(words);
    let begins = page[..end].rfind("href=\"").unwrap() + 6;
    &page[begins..end]
}

fn numbers(page: &str) -> Vec<i64> {
    let all = page.split("Word number ").skip(1);
    let mut all: Vec<i64> = all
        .filter_map(|rest| rest.split(' ').next()?.parse().ok())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[tokio::test]
async fn a_ticket_of_two_thousand_messages_has_a_small_page() {
    let (site, _) = long().await;
    let mut ines = site.person(Role::Admin).await;
    let page = ines.get("/tickets/1").await.text();
    assert!(page.len() < MOST_BYTES, "{} bytes", page.len());
    assert!(nodes(&page) < MOST_NODES, "{} nodes", nodes(&page));
    assert!(page.contains("smokes"), "its first words are there");
    assert_eq!(numbers(&page).last(), Some(&(MESSAGES - 1)));
    assert!(numbers(&page).len() <= 45);
    assert!(page.contains("messages left out here"));
}

#[tokio::test]
async fn every_message_is_reached_by_links_from_page_to_page() {
    let (site, _) = long().await;
    let mut ines = site.person(Role::Admin).await;
    let mut seen = std::collections::BTreeSet::new();
    let mut page = ines.get("/tickets/1").await.text();
    let mut pages = 1;
    loop {
        seen.extend(numbers(&page));
        assert!(page.len() < MOST_BYTES && nodes(&page) < MOST_NODES);
        if !page.contains(">Show those before</a>") {
            break;
        }
        let before = link(&page, "Show those before").replace("&amp;", "&");
        page = ines.get(&before).await.text();
        pages += 1;
        assert!(pages < 100, "it never ends");
    }
    assert_eq!(seen.len(), usize::try_from(MESSAGES).unwrap());
    let after = link(&page, "Show those after").replace("&amp;", "&");
    assert!(!numbers(&ines.get(&after).await.text()).is_empty());
    let newest = link(&page, "To the newest").replace("&amp;", "&");
    assert!(numbers(&ines.get(&newest).await.text()).contains(&(MESSAGES - 1)));
}

#[tokio::test]
async fn a_message_named_in_an_address_is_on_its_page_and_search_leads_there() {
    let (site, first) = long().await;
    let mut ines = site.person(Role::Admin).await;
    let wanted = first + 700;
    let found = ines.get("/search?q=roller700").await.text();
    let address = format!("/tickets/1?at={wanted}#message-{wanted}");
    assert!(found.contains(&address), "{found}");
    let page = ines.get(&format!("/tickets/1?at={wanted}")).await.text();
    assert!(page.contains(&format!("id=\"message-{wanted}\"")));
    assert!(page.contains("Show those after") && page.contains("Show those before"));
    let elsewhere = ines.get("/tickets/1?at=999999").await.text();
    assert!(numbers(&elsewhere).contains(&(MESSAGES - 1)), "the newest");
}

#[tokio::test]
async fn one_more_word_leaves_where_the_page_begins_mostly_alone() {
    let (site, _) = long().await;
    let mut ines = site.person(Role::Admin).await;
    let mut begins = vec![];
    for n in MESSAGES..MESSAGES + 14 {
        begins.push(numbers(&ines.get("/tickets/1").await.text())[0]);
        let more = site.desk.store().write(move |tx| say(tx, n));
        more.await.unwrap();
    }
    begins.dedup();
    assert!(begins.len() <= 2, "{begins:?}");
}

#[tokio::test]
async fn only_words_notes_or_events_are_shown_and_the_choice_is_remembered() {
    let (site, _) = long().await;
    let mut ines = site.person(Role::Admin).await;
    let notes = ines.get("/tickets/1?show=notes").await.text();
    assert!(numbers(&notes).iter().all(|n| n % 10 == 9));
    assert!(!numbers(&notes).is_empty());
    let events = ines.get("/tickets/1?show=events").await.text();
    assert!(numbers(&events).is_empty());
    assert!(events.contains("New ticket"), "{events}");
    let words = ines.get("/tickets/1?show=words").await.text();
    assert!(!words.contains("class=\"event\""));
    let fields = [("show", "notes")];
    ines.post("/tickets/1/activity", &fields).await;
    let notes = ines.get("/tickets/1").await.text();
    assert!(numbers(&notes).iter().all(|n| n % 10 == 9));
    let jonas = site.person(Role::Agent).await.get("/tickets/1").await;
    assert!(
        jonas.text().contains("smokes"),
        "somebody else chose nothing"
    );
}

#[tokio::test]
async fn a_long_life_is_told_in_brief_and_in_whole_on_request() {
    let (site, _) = long().await;
    let mut ines = site.person(Role::Admin).await;
    let brief = ines.get("/tickets/1").await.text();
    assert!(brief.contains("/tickets/1?owed=all#owed"));
    let whole = ines.get("/tickets/1?owed=all").await.text();
    assert!(!whole.contains("/tickets/1?owed=all#owed"));
    assert!(whole.contains("class=\"why\""));
}
