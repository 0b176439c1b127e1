//! The search language, asked of both databases: what is typed, and which tickets come back.

use jiff::tz::TimeZone;
use kept_domain::clocks::{Owed, Side};
use kept_domain::event::Event;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::search::{Asker, Facts, Known, Words, holds, parse};
use kept_domain::tickets::{AndThen, Kind, Priority, Tag};
use kept_store::fulltext::{self, Document};
use kept_store::messages::Message;
use kept_store::obligations::{Due, Next};
use kept_store::testing::both;
use kept_store::{
    Store, StoreError, Tx, clients, messages, obligations, participants, people, promises, search,
    tickets,
};

use crate::support::{Desk, at, desk, happen, meet, read, write};

/// What stands on each ticket, and what happened to it.
fn searched(store: &Store) -> Desk {
    let desk = desk(store);
    for (number, (subject, body)) in (1..).zip(SAID) {
        said(store, &desk, number, subject, body);
    }
    let asked = Event::Replied {
        message: kept_domain::ids::MessageId(1),
        then: AndThen::Ask,
    };
    happen(store, TicketId(2), 10, asked);
    happen(store, TicketId(3), 10, Event::Resolved);
    happen(store, TicketId(4), 10, Event::MarkedSpam);
    happen(
        store,
        TicketId(5),
        10,
        Event::MergedInto {
            ticket: TicketId(1),
        },
    );
    let urgent = Event::PriorityChanged {
        from: Priority::Normal,
        to: Priority::Urgent,
    };
    happen(store, TicketId(6), 10, urgent);
    let to_noor = Event::Assigned {
        from: desk.ines,
        to: desk.noor,
    };
    happen(store, TicketId(6), 11, to_noor);
    let vip = Tag::parse("vip").expect("a tag");
    happen(store, TicketId(2), 12, Event::TagAdded { tag: vip });
    let incident = Event::KindChanged {
        from: Kind::Request,
        to: Kind::Incident,
    };
    happen(store, TicketId(6), 13, incident);
    strangers(store);
    desk
}

/// Subject and first message of each ticket.
const SAID: [(&str, &str); 6] = [
    ("Printer on fire", "Smoke comes out of it, 100% sure."),
    ("Printer jam", "The toner is empty."),
    ("Invoice", "The printer was billed twice."),
    ("Win a printer", "Click here."),
    ("Printer again", "See the other one."),
    ("Wi-Fi", "It is slow."),
];
const PEOPLE: &str = "Dana Fox dana@acme.example";

/// The ticket opens on its number's day of December, at 23:30 UTC.
fn said(store: &Store, desk: &Desk, number: i64, subject: &'static str, body: &'static str) {
    let evening = (14 * 60 + 30) + 7 * 24 * 60;
    let ticket = desk.open(store, evening + number * 24 * 60, subject).id;
    assert_eq!(ticket, TicketId(number));
    let message = desk.say(store, ticket, body);
    write(store, move |tx| {
        let document = Document {
            message,
            ticket,
            subject,
            people: PEOPLE,
            body,
        };
        fulltext::index(tx, &document)
    });
}

/// The Wi-Fi ticket is somebody's without a client, whose name is full of wildcards.
fn strangers(store: &Store) {
    write(store, |tx| {
        let person = meet(tx, "100%_Bo\\", "bo@home.example", None, None)?;
        let sql = "UPDATE tickets SET requester_id = ?1, client_id = NULL WHERE id = 6";
        tx.exec(sql, &[person.0.into()])
    });
}

/// The minute that is asked at, and the tickets on which something is overdue then.
const NOW: i64 = 600;
const LATE: [i64; 3] = [2, 3, 4];

/// Gives every ticket a due time; those in [`LATE`] had it before [`NOW`].
fn due(store: &Store) {
    write(store, |tx| {
        for (number, _) in (1..).zip(SAID) {
            let late = LATE.contains(&number);
            let due = Due {
                at: at(if late { NOW - 1 } else { NOW }),
                owed: Owed::NextUpdate,
                side: Side::Desk,
            };
            let next = Next {
                due: Some(due),
                alarm: None,
            };
            obligations::set_next(tx, TicketId(number), &next)?;
        }
        Ok(())
    });
}

fn asker(me: Option<PersonId>, zone: &TimeZone) -> Asker<'_> {
    let now = at(NOW);
    Asker { me, now, zone }
}

fn found(store: &Store, desk: &Desk, text: &str) -> Vec<i64> {
    let query = parse(text).unwrap_or_else(|bad| panic!("{text}: {bad}"));
    let (me, zone) = (desk.noor, TimeZone::get("Europe/Lisbon").expect("a zone"));
    let hits = read(store, move |tx| {
        search::tickets(tx, &query, asker(Some(me), &zone), 50)
    });
    hits.iter().map(|hit| hit.ticket.id.0).collect()
}

/// The same by the rules' own reading of a search, from the facts of each ticket.
fn held(store: &Store, desk: &Desk, text: &str) -> Vec<i64> {
    let query = parse(text).unwrap_or_else(|bad| panic!("{text}: {bad}"));
    let (me, zone) = (desk.noor, TimeZone::get("Europe/Lisbon").expect("a zone"));
    read(store, move |tx| {
        let mut held = Vec::new();
        for (number, (subject, body)) in (1..).zip(SAID) {
            let ticket = tickets::find(tx, TicketId(number))?.expect("the ticket");
            let client = ticket.client.map(|client| clients::find(tx, client));
            let facts = Facts {
                client: client.transpose()?.flatten().map(|client| client.name),
                requester: ticket.requester.map(|who| known(tx, who)).transpose()?,
                responsible: known(tx, ticket.responsible)?,
                queue: "Support".into(),
                is_late: LATE.contains(&number),
                offered_to: ticket.delegation.map(|it| known(tx, it.to)).transpose()?,
                with: participants::of_tickets(tx, &[ticket.id])?
                    .iter()
                    .map(|one| known(tx, one.person))
                    .collect::<Result<_, _>>()?,
                due: obligations::next_of(tx, ticket.id)?.due.map(|due| due.at),
                has_files: !messages::files_of_tickets(tx, &[ticket.id])?.is_empty(),
                has_promise: promises::of_tickets(tx, &[ticket.id])?
                    .iter()
                    .any(|it| it.state.is_owed()),
                said: vec![Words::of(subject, PEOPLE, body)],
            };
            if holds(&query, &ticket, &facts, asker(Some(me), &zone)) {
                held.push(number);
            }
        }
        Ok(held)
    })
}

fn known(tx: &mut Tx<'_>, person: PersonId) -> Result<Known, StoreError> {
    let addresses = people::addresses(tx, person)?;
    Ok(Known {
        id: Some(person),
        name: people::find(tx, person)?.expect("somebody").name,
        addresses: addresses.iter().map(ToString::to_string).collect(),
    })
}

#[test]
fn what_is_typed_finds_these_tickets() {
    both(|store| {
        let desk = searched(&store);
        let check = |text: &str, expected: &[i64]| {
            let found = found(&store, &desk, text);
            assert_eq!(found, expected, "{text:?} on {:?}", store.database());
            let (mut found, held) = (found, held(&store, &desk, text));
            found.sort_unstable();
            assert_eq!(held, found, "{text:?} from the facts of each ticket");
        };
        due(&store);
        // Words alone: by where they stand. Spam and merged tickets are out of sight.
        check("printer", &[2, 1, 3]);
        check("printer smoke", &[1]);
        check("print", &[2, 1, 3]);
        check("print smoke", &[]);
        check("\"comes out\" \"100 sure\"", &[1]);
        check("\"fire dana\"", &[]);
        check("dana@acme.example sm", &[]);
        check("dana@acme.example smo", &[1]);
        check("\"was billed\"", &[3]);
        check("printer -toner", &[1, 3]);
        check("nothing", &[]);
        // Fields, the newest first.
        check("is:open", &[6, 2, 1]);
        check("is:ended", &[3]);
        // Resolved and spam is not late, whatever was due.
        check("is:late", &[2]);
        check("is:late turn:desk", &[]);
        check("-is:late is:open", &[6, 1]);
        check("is:spam", &[4]);
        check("is:merged", &[5]);
        check("#4", &[4]);
        check("#5", &[5]);
        check("#4711", &[]);
        check("status:waiting", &[2]);
        check("turn:client", &[3, 2]);
        check("turn:desk", &[6, 1]);
        check("priority:urgent", &[6]);
        check("queue:supp", &[6, 3, 2, 1]);
        check("tag:VIP", &[2]);
        check("tag:#vip printer", &[2]);
        check("tag:vi", &[]);
        check("-tag:vip is:open", &[6, 1]);
        check("kind:incident", &[6]);
        check("kind:request -priority:urgent", &[3, 2, 1]);
        check("queue:sales", &[]);
        check("agent:me", &[6]);
        check("agent:ines", &[3, 2, 1]);
        check("agent:noor@desk.example", &[6]);
        // People and clients, by name or address, whatever the case.
        check("client:ACME", &[3, 2, 1]);
        check("from:fox", &[3, 2, 1]);
        check("from:@ACME.example", &[3, 2, 1]);
        check("from:bo@home", &[6]);
        // What is typed is never a pattern.
        check("from:%", &[6]);
        check("from:_", &[6]);
        check("from:\\", &[6]);
        check("from:100%_bo", &[6]);
        check("client:%", &[]);
        check("queue:_", &[]);
        check("from:o'neil", &[]);
        // The other way round.
        check("-client:acme", &[6]);
        check("-from:fox", &[6]);
        check("-is:open", &[3]);
        check("-is:spam", &[6, 3, 2, 1]);
        check("-agent:me -status:waiting", &[3, 1]);
        // Together with words, in fields and without them.
        check("printer is:open", &[2, 1]);
        check("printer is:spam", &[4]);
        check("printer client:acme turn:client", &[3, 2]);
        check("printer is:open -toner", &[1]);
        check("is:open -toner", &[6, 1]);
        check("is:open -toner -slow", &[1]);
        check("is:open -nothing", &[6, 2, 1]);
    });
}

#[test]
fn days_begin_and_end_where_the_searcher_is() {
    both(|store| {
        let desk = searched(&store);
        let check = |text: &str, expected: &[i64]| {
            let mut found = found(&store, &desk, text);
            assert_eq!(found, expected, "{text:?}");
            found.sort_unstable();
            assert_eq!(held(&store, &desk, text), found, "{text:?} from the facts");
        };
        // Number n opened on day n of December at 23:30 in Lisbon.
        check("before:2026-12-01", &[]);
        check("before:2026-12-02", &[1]);
        check("after:2026-12-03", &[6, 3]);
        check("since:2026-12-02 before:2026-12-03", &[2]);
        check("-after:2026-12-02", &[1]);
        let query = parse("before:2026-12-02 after:2026-12-01").expect("a search");
        let zone = TimeZone::get("Asia/Tokyo").expect("a zone");
        let there = read(&store, move |tx| {
            search::tickets(tx, &query, asker(None, &zone), 50)
        });
        assert_eq!(there.len(), 0, "in Tokyo it was the 2nd already");
    });
}

#[test]
fn a_hit_names_the_message_that_holds_the_words() {
    both(|store| {
        let desk = searched(&store);
        let query = parse("smoke").expect("a search");
        let zone = TimeZone::UTC;
        let hits = read(&store, move |tx| {
            search::tickets(tx, &query, asker(Some(desk.ines), &zone), 5)
        });
        let message = hits[0].message.expect("the message");
        let body = read(&store, move |tx| kept_store::messages::find(tx, message));
        assert!(body.is_some_and(|m| m.body.contains("Smoke")));
    });
}

#[test]
fn no_more_are_found_than_asked_for_and_nobody_has_no_tickets() {
    both(|store| {
        searched(&store);
        let count = |text: &str, limit| {
            let query = parse(text).expect("a search");
            read(&store, move |tx| {
                search::tickets(tx, &query, asker(None, &TimeZone::UTC), limit)
            })
            .len()
        };
        assert_eq!(count("printer", 2), 2);
        assert_eq!(count("is:open", 2), 2);
        assert_eq!(count("agent:me", 50), 0);
    });
}

#[test]
fn a_flood_of_spam_hides_nothing() {
    both(|store| {
        let desk = desk(&store);
        said(&store, &desk, 1, "Printer", "It smells.");
        let opening = desk.opening("Win a printer");
        let message = desk.message(TicketId(0));
        write(&store, move |tx| {
            for _ in 0..100 {
                let before = tickets::insert(tx, at(1), &opening)?;
                let mut spam = before.clone();
                spam.apply(at(1), &Event::MarkedSpam);
                tickets::save(tx, &before, &spam)?;
                let message = Message {
                    ticket: spam.id,
                    ..message.clone()
                };
                let document = Document {
                    message: messages::insert(tx, &message)?,
                    ticket: spam.id,
                    subject: "Win a printer",
                    people: "",
                    body: "",
                };
                fulltext::index(tx, &document)?;
            }
            Ok(())
        });
        let query = parse("printer").expect("a search");
        let hits = read(&store, move |tx| {
            search::tickets(tx, &query, asker(None, &TimeZone::UTC), 2)
        });
        let found: Vec<TicketId> = hits.iter().map(|hit| hit.ticket.id).collect();
        assert_eq!(found, [TicketId(1)]);
    });
}
