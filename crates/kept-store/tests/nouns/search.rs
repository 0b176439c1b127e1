//! The search language, asked of both databases: what is typed, and which tickets come back.

use jiff::tz::TimeZone;
use kept_domain::assets::Draft;
use kept_domain::clocks::{Owed, Side};
use kept_domain::event::Event;
use kept_domain::fields::{Content, FieldKind, Held, Value};
use kept_domain::ids::{PersonId, PromiseId, TicketId};
use kept_domain::promises::{Promise, State};
use kept_domain::reports::{By, Cell, Report, Shape};
use kept_domain::search::{Asker, Facts, Known, KnownAsset, Query, Words, holds, parse};
use kept_domain::tickets::{AndThen, Kind, Priority, Tag};
use kept_domain::views::{Arranged, Grouping, Sort};
use kept_domain::waits::Wait;
use kept_store::fulltext::{self, Document};
use kept_store::messages::{Attachment, Message};
use kept_store::obligations::{Due, Next};
use kept_store::search::Names;
use kept_store::testing::both;
use kept_store::{
    Store, StoreError, Tx, assets, bonds, clients, fields, messages, obligations, participants,
    people, promises, search, tickets, watchers,
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

pub(crate) fn found(store: &Store, desk: &Desk, text: &str) -> Vec<i64> {
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
                watchers: watchers::of_ticket(tx, ticket.id)?
                    .iter()
                    .map(|(person, _)| known(tx, *person))
                    .collect::<Result<_, _>>()?,
                bonds: bonds::of_ticket(tx, ticket.id)?
                    .iter()
                    .flat_map(bonds::Bonded::known)
                    .collect(),
                due: obligations::next_of(tx, ticket.id)?.due.map(|due| due.at),
                has_files: messages::files_of_tickets(tx, &[ticket.id])?
                    .iter()
                    .any(|file| !file.minor),
                has_promise: promises::of_tickets(tx, &[ticket.id])?
                    .iter()
                    .any(|it| it.state.is_owed()),
                assets: assets::of_ticket(tx, ticket.id)?
                    .into_iter()
                    .map(|listed| KnownAsset {
                        id: listed.asset.id,
                        name: listed.asset.is.name,
                        identifier: listed.asset.is.identifier,
                    })
                    .collect(),
                fields: fields::of_ticket(tx, ticket.id)?
                    .into_iter()
                    .map(|(field, value)| Held {
                        slug: field.slug,
                        value,
                        person: Known::default(),
                    })
                    .collect(),
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
        // What is open first, then the newest. Spam and merged tickets are out of sight.
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
        // Fields, in the same order.
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
        check("turn:client", &[2, 3]);
        check("turn:desk", &[6, 1]);
        check("priority:urgent", &[6]);
        check("queue:supp", &[6, 2, 1, 3]);
        check("tag:VIP", &[2]);
        check("tag:#vip printer", &[2]);
        check("tag:vi", &[]);
        check("-tag:vip is:open", &[6, 1]);
        check("kind:incident", &[6]);
        check("kind:request -priority:urgent", &[2, 1, 3]);
        check("queue:sales", &[]);
        check("agent:me", &[6]);
        check("agent:ines", &[2, 1, 3]);
        check("agent:noor@desk.example", &[6]);
        // People and clients, by name or address, whatever the case.
        check("client:ACME", &[2, 1, 3]);
        check("from:fox", &[2, 1, 3]);
        check("from:@ACME.example", &[2, 1, 3]);
        check("from:bo@home", &[6]);
        // Whole names, and the clock on the wall: opened at 23:30 on the days from 1 December on, a Tuesday.
        check("client:\"=acme\"", &[2, 1, 3]);
        check("client:=acm", &[]);
        check("queue:\"=Support\"", &[6, 2, 1, 3]);
        check("agent:\"=Noor Haddad\"", &[6]);
        check("agent:=Noor", &[]);
        check("agent:=noor@desk.example", &[6]);
        check("from:\"=Dana Fox\"", &[2, 1, 3]);
        check("-client:\"=acme\"", &[6]);
        check("hour:23", &[6, 2, 1, 3]);
        check("hour:22", &[]);
        check("weekday:tue", &[1]);
        check("weekday:wed,sun", &[6, 2]);
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
        check(&format!("client:#{}", desk.acme), &[2, 1, 3]);
        check(&format!("from:#{}", desk.dana), &[2, 1, 3]);
        check("client:#4711", &[]);
        check("-from:fox", &[6]);
        check("-is:open", &[3]);
        check("-is:spam", &[6, 2, 1, 3]);
        check("-agent:me -status:waiting", &[1, 3]);
        // Together with words, in fields and without them.
        check("printer is:open", &[2, 1]);
        check("printer is:spam", &[4]);
        check("printer client:acme turn:client", &[2, 3]);
        check("printer is:open -toner", &[1]);
        check("is:open -toner", &[6, 1]);
        check("is:open -toner -slow", &[1]);
        check("is:open -nothing", &[6, 2, 1]);
    });
}

/// A file and a logo, somebody who takes part, a promise, a wait, an offer.
fn further(store: &Store, desk: &Desk) {
    let (ines, noor) = (desk.ines, desk.noor);
    let first = desk.message(TicketId(1));
    let third = desk.message(TicketId(3));
    write(store, move |tx| {
        for (message, minor) in [(first, false), (third, true)] {
            let file = Attachment {
                id: 0,
                message: messages::insert(tx, &message)?,
                filename: "a.png".into(),
                content_type: "image/png".into(),
                inline: minor,
                content_id: None,
                minor,
                size_bytes: 1,
                sha256: "ab".repeat(32),
            };
            messages::attach(tx, &file)?;
        }
        let promise = Promise {
            id: PromiseId(0),
            ticket: TicketId(2),
            side: Side::Desk,
            promiser: ines,
            what: "a call".into(),
            due: at(NOW),
            made_at: at(1),
            message: None,
            state: State::Open,
            kept_by: None,
        };
        promises::insert(tx, &promise)?;
        let joined = Event::ParticipantAdded {
            person: noor,
            address: "noor@desk.example".into(),
            message: None,
        };
        let copier = Draft {
            name: "Copier of Floor 2".into(),
            identifier: "SN-7%".into(),
            ..Draft::default()
        };
        let asset = assets::insert(tx, &copier, at(0))?;
        let linked = Event::AssetLinked {
            asset,
            name: copier.name,
        };
        assets::follow(tx, TicketId(1), &linked)?;
        participants::follow(tx, TicketId(3), at(1), &joined)
    });
    let wait = Wait {
        party: "Contoso".into(),
        what: "a part".into(),
        tracking: None,
        next: at(NOW),
    };
    happen(store, TicketId(1), 20, Event::WaitBegan { wait });
    let offer = Event::Delegated {
        from: ines,
        to: noor,
        due: at(NOW),
        note: None,
    };
    happen(store, TicketId(2), 20, offer);
}

#[test]
fn alternatives_times_and_what_stands_elsewhere_are_found_alike() {
    both(|store| {
        let desk = searched(&store);
        due(&store);
        further(&store, &desk);
        let check = |text: &str, expected: &[i64]| {
            let mut found = found(&store, &desk, text);
            assert_eq!(found, expected, "{text:?} on {:?}", store.database());
            found.sort_unstable();
            assert_eq!(held(&store, &desk, text), found, "{text:?} from the facts");
            let all = counted(&store, &desk, text);
            assert_eq!(all, found, "{text:?} counted and numbered");
        };
        check("priority:urgent or smoke", &[6, 1]);
        check("priority:urgent,low", &[6]);
        check("(printer or slow) is:open", &[6, 2, 1]);
        check("(printer or slow) -(tag:vip or smoke)", &[6, 3]);
        check("printer or wi-fi", &[6, 2, 1, 3]);
        check("-(printer toner)", &[6, 1, 3]);
        check("-(printer toner) -(-is:open)", &[6, 1]);
        // Who asks for what is hidden sees it there and nowhere else.
        check("#4 or smoke", &[1, 4]);
        check("#4 or printer", &[2, 1, 4, 3]);
        check("printer (is:spam or is:ended)", &[4, 3]);
        check("-(#4 or is:merged)", &[6, 2, 1, 3]);
        check("status:new,resolved", &[6, 3]);
        check("subject:PRINTER", &[2, 1]);
        check("subject:%", &[]);
        check("has:client", &[2, 1, 3]);
        check("client:none", &[6]);
        check("has:tag", &[2]);
        check("tag:none is:open", &[6, 1]);
        check("asset:COPIER", &[1]);
        check("asset:sn-7%", &[1]);
        check("asset:#1", &[1]);
        check("asset:#2", &[]);
        check("asset:laptop", &[]);
        check("has:asset is:open", &[1]);
        check("-has:asset client:acme is:open", &[2]);
        check("asset:none tag:vip", &[2]);
        check("has:attachment", &[1]);
        check("-has:attachment", &[6, 2, 3]);
        check("has:promise", &[2]);
        check("has:wait", &[1]);
        check("has:offer", &[2]);
        check("offered:me", &[2]);
        check("offered:ines", &[]);
        check("-offered:me", &[6, 1, 3]);
        check("with:me", &[3]);
        check("with:noor@desk", &[3]);
        check("-with:noor", &[6, 2, 1]);
        check("is:mine", &[6]);
        check("is:waiting", &[2, 1]);
        check("due:<1min", &[6, 2, 1, 3]);
        check("due:<=2026-11-22", &[]);
        check("due:today -is:late", &[6, 1, 3]);
        check("due:>1min", &[]);
        check("-due:today", &[]);
        check("resolved:today", &[3]);
        check("-resolved:today", &[6, 2, 1]);
        check("closed:2026", &[]);
        check("opened:2026-12-03", &[3]);
        check("opened:2026-12-02..2026-12-03", &[2, 3]);
        check("opened:next-month", &[6, 2, 1, 3]);
        check("changed:>2026-12-05", &[6]);
    });
}

fn counted(store: &Store, desk: &Desk, text: &str) -> Vec<i64> {
    let query = parse(text).unwrap_or_else(|bad| panic!("{text}: {bad}"));
    let (me, zone) = (desk.noor, TimeZone::get("Europe/Lisbon").expect("a zone"));
    read(store, move |tx| {
        let asker = asker(Some(me), &zone);
        let ids = search::ids(tx, &query, asker, 50)?;
        assert_eq!(search::count(tx, &query, asker, 50)?, ids.len());
        assert!(search::count(tx, &query, asker, 1)? <= 1);
        Ok(ids.iter().map(|id| id.0).collect())
    })
}

#[test]
fn what_is_found_stands_in_its_order_under_its_headings() {
    both(|store| {
        let desk = searched(&store);
        due(&store);
        let check = |sort: Sort, grouping: Grouping, expected: &[i64]| {
            let (me, zone) = (desk.noor, TimeZone::UTC);
            let pages = read(&store, move |tx| {
                let query = parse("is:open or is:ended").expect("a search");
                let (asker, arranged) = (asker(Some(me), &zone), Arranged { sort, grouping });
                let mut all = search::page(tx, &query, asker, arranged, (0, 3))?;
                all.extend(search::page(tx, &query, asker, arranged, (3, 3))?);
                Ok(all)
            });
            let found: Vec<i64> = pages.iter().map(|ticket| ticket.id.0).collect();
            assert_eq!(
                found,
                expected,
                "{sort:?} {grouping:?} on {:?}",
                store.database()
            );
        };
        check(Sort::Opened, Grouping::None, &[6, 3, 2, 1]);
        check(Sort::Oldest, Grouping::None, &[1, 2, 3, 6]);
        check(Sort::Changed, Grouping::None, &[6, 3, 2, 1]);
        check(Sort::Quiet, Grouping::None, &[1, 2, 3, 6]);
        check(Sort::Due, Grouping::None, &[2, 3, 1, 6]);
        check(Sort::Priority, Grouping::None, &[6, 3, 2, 1]);
        check(Sort::Oldest, Grouping::Turn, &[1, 6, 2, 3]);
        check(Sort::Oldest, Grouping::Client, &[1, 2, 3, 6]);
        check(Sort::Opened, Grouping::Agent, &[3, 2, 1, 6]);
        check(Sort::Oldest, Grouping::Status, &[1, 6, 2, 3]);
        check(Sort::Oldest, Grouping::Priority, &[6, 1, 2, 3]);
        check(Sort::Oldest, Grouping::Kind, &[6, 1, 2, 3]);
        check(Sort::Oldest, Grouping::Queue, &[1, 2, 3, 6]);
        check(Sort::Opened, Grouping::DueDay, &[3, 2, 6, 1]);
        check(Sort::Oldest, Grouping::OpenedDay, &[6, 3, 2, 1]);
    });
}

#[test]
fn names_and_words_that_the_desk_knows() {
    both(|store| {
        let desk = searched(&store);
        assert_eq!(desk.noor, PersonId(2));
        let names = |whose: Names, text: &'static str| {
            read(&store, move |tx| search::names(tx, whose, text, 3))
        };
        assert_eq!(names(Names::Clients, "AC"), ["Acme"]);
        assert_eq!(names(Names::Clients, "_"), [""; 0]);
        assert_eq!(names(Names::Requesters, "o"), ["100%_Bo\\", "Dana Fox"]);
        assert_eq!(names(Names::Requesters, "%"), ["100%_Bo\\"]);
        assert_eq!(names(Names::Agents, "or"), ["Ines Moreau", "Noor Haddad"]);
        assert_eq!(names(Names::Agents, "n"), ["Noor Haddad", "Ines Moreau"]);
        assert_eq!(names(Names::Queues, ""), ["Support"]);
        assert_eq!(names(Names::Tags, "v"), ["vip"]);
        let words = read(&store, search::vocabulary);
        for word in ["printer", "jam", "acme", "moreau"] {
            assert!(words.contains(word), "{word}");
        }
        assert!(!words.contains("win"), "spam teaches no words");
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
fn what_is_open_comes_first_however_much_has_ended_since() {
    both(|store| {
        let desk = searched(&store);
        let opening = desk.opening("Another printer");
        write(&store, move |tx| {
            for _ in 0..1_000 {
                let before = tickets::insert(tx, at(1), &opening)?;
                let mut ended = before.clone();
                ended.apply(at(1), &Event::Resolved);
                tickets::save(tx, &before, &ended)?;
            }
            Ok(())
        });
        let check = |text: &str, first: &[i64]| {
            let found = found(&store, &desk, text);
            let database = store.database();
            assert_eq!(found[..first.len()], *first, "{text} on {database:?}");
        };
        check("opened:2026", &[6, 2, 1, 1006, 1005]);
        check("subject:printer", &[2, 1, 1006]);
        check("-tag:vip", &[6, 1, 1006]);
        check("is:ended", &[1006, 1005]);
        check("is:open", &[6, 2, 1]);
    });
}

#[test]
fn words_find_what_is_open_before_what_has_ended() {
    both(|store| {
        let desk = searched(&store);
        let opening = desk.opening("Printer");
        let message = desk.message(TicketId(0));
        write(&store, move |tx| {
            for _ in 0..60 {
                let before = tickets::insert(tx, at(1), &opening)?;
                let mut ended = before.clone();
                ended.apply(at(1), &Event::Resolved);
                tickets::save(tx, &before, &ended)?;
                let message = Message {
                    ticket: ended.id,
                    ..message.clone()
                };
                let document = Document {
                    message: messages::insert(tx, &message)?,
                    ticket: ended.id,
                    subject: "Printer",
                    people: "",
                    body: "",
                };
                fulltext::index(tx, &document)?;
            }
            Ok(())
        });
        let all = found(&store, &desk, "printer");
        assert_eq!((all.len(), &all[..4]), (50, &[2, 1, 66, 65][..]));
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

#[test]
fn what_own_fields_hold_is_found_alike() {
    both(|store| {
        let desk = searched(&store);
        write(&store, |tx| {
            let content = Content::default();
            let room = fields::insert(tx, "room", FieldKind::Text, &content)?;
            let cost = fields::insert(tx, "cost", FieldKind::Number, &content)?;
            let until = fields::insert(tx, "until", FieldKind::Date, &content)?;
            let blue = Value::Text("Blue 5".to_owned());
            fields::set(tx, TicketId(1), room, Some(&blue))?;
            fields::set(tx, TicketId(1), cost, Some(&Value::Number(125_000)))?;
            fields::set(tx, TicketId(2), cost, Some(&Value::Number(-10_000)))?;
            let day = Value::Date(jiff::civil::date(2026, 10, 1));
            fields::set(tx, TicketId(2), until, Some(&day))?;
            fields::set(tx, TicketId(6), room, Some(&blue))?;
            fields::set(tx, TicketId(6), room, None)
        });
        let check = |text: &str, expected: &[i64]| {
            let mut found = found(&store, &desk, text);
            found.sort_unstable();
            assert_eq!(found, expected, "{text:?} on {:?}", store.database());
            assert_eq!(held(&store, &desk, text), found, "{text:?} by facts");
        };
        check("field.room:blue", &[1]);
        check("field.room:5", &[1]);
        check("field.room:\"blue 5\"", &[1]);
        check("is:open field.room:none", &[2, 6]);
        check("field.cost:any", &[1, 2]);
        check("field.cost:12.5", &[1]);
        check("field.cost:<0", &[2]);
        check("field.cost:>=12.5", &[1]);
        check("field.cost:>2026-01-01", &[]);
        check("field.until:2026-10-01", &[2]);
        check("field.until:..2026-09-30", &[]);
        check("field.nowhere:x", &[]);
        check("-field.nowhere:x is:open", &[1, 2, 6]);
    });
}

/// Every figure of a report, and the tickets found by the search it leads to.
fn check_report(store: &Store, desk: &Desk, (text, by): (&str, &[By]), expected: &[(&str, i64)]) {
    let report = Report {
        search: text.to_owned(),
        by: by.to_vec(),
        shape: Shape::Table,
    };
    let (report, query) = report.checked().expect("it reads");
    let (me, zone, by) = (
        desk.noor,
        TimeZone::get("Europe/Lisbon").expect("a zone"),
        by.to_vec(),
    );
    let table = read(store, move |tx| {
        search::grouped(tx, &query, asker(Some(me), &zone), &by, 100)
    });
    let mut figures = Vec::new();
    for line in &table.lines {
        let cells: Vec<Cell> = table
            .by
            .iter()
            .zip(&line.keys)
            .map(|(by, key)| Cell::of(*by, key))
            .collect();
        let labels: Vec<&str> = cells.iter().map(|cell| &*cell.label).collect();
        figures.push((labels.join(", "), line.tickets));
        let conditions: Vec<String> = cells.iter().map(|cell| cell.condition.clone()).collect();
        let search = report.search_with(&conditions);
        let behind = found(store, desk, &search);
        assert_eq!(
            behind.len() as i64,
            line.tickets,
            "{search} on {:?}",
            store.database()
        );
    }
    let expected: Vec<(String, i64)> = expected
        .iter()
        .map(|(name, n)| ((*name).to_owned(), *n))
        .collect();
    assert_eq!(figures, expected, "{text} on {:?}", store.database());
    assert_eq!(table.more, 0);
}

#[test]
fn each_figure_of_a_report_opens_its_tickets() {
    both(|store| {
        let desk = searched(&store);
        due(&store);
        let check = |text: &str, by: &[By], expected: &[(&str, i64)]| {
            check_report(&store, &desk, (text, by), expected);
        };
        check("is:open", &[By::Client], &[("Acme", 2), ("No client", 1)]);
        check("", &[By::Client], &[("Acme", 3), ("No client", 1)]);
        check(
            "is:open or is:ended",
            &[By::Agent],
            &[("Ines Moreau", 3), ("Noor Haddad", 1)],
        );
        check("is:open", &[By::Turn], &[("Ours", 2), ("The client’s", 1)]);
        check(
            "is:open",
            &[By::Priority, By::Kind],
            &[("Urgent, Incident", 1), ("Normal, Request", 2)],
        );
        check("-toner", &[By::Status], &[("New", 2), ("Resolved", 1)]);
        check("is:open", &[By::Tag], &[("No tag", 2), ("vip", 1)]);
        check(
            "",
            &[By::Queue, By::OpenedMonth, By::Weekday],
            &[
                ("Support, Dec 2026, Tuesday", 1),
                ("Support, Dec 2026, Wednesday", 1),
                ("Support, Dec 2026, Thursday", 1),
                ("Support, Dec 2026, Sunday", 1),
            ],
        );
        check("", &[By::OpenedWeek], &[("30 Nov", 4)]);
        check(
            "",
            &[By::OpenedDay, By::Hour],
            &[
                ("Tue 1 Dec, 23 h", 1),
                ("Wed 2 Dec, 23 h", 1),
                ("Thu 3 Dec, 23 h", 1),
                ("Sun 6 Dec, 23 h", 1),
            ],
        );
        check(
            "",
            &[By::ResolvedMonth],
            &[("Nov 2026", 1), ("Not resolved", 3)],
        );
        check("", &[By::Age], &[("Under a day", 4)]);
    });
}

#[test]
fn a_report_with_too_many_lines_says_how_many_are_missing() {
    both(|store| {
        let desk = searched(&store);
        let zone = TimeZone::UTC;
        let table = read(&store, move |tx| {
            search::grouped(
                tx,
                &Query::default(),
                asker(Some(desk.noor), &zone),
                &[By::OpenedDay],
                2,
            )
        });
        assert_eq!((table.lines.len(), table.more, table.tickets), (2, 2, 4));
        let labels: Vec<String> = table.axis().into_iter().map(|it| it.label).collect();
        assert_eq!(labels, ["Thu 3 Dec", "Fri 4 Dec", "Sat 5 Dec", "Sun 6 Dec"]);
    });
}

#[test]
fn days_end_where_whoever_asks_lives_also_when_the_clocks_change() {
    both(|store| {
        let desk = desk(&store);
        // 2026-10-24T23:30Z and a day later: half past midnight in Lisbon, where the clocks go back on the 25th.
        for minute in [-29 * 24 * 60 - 570, -28 * 24 * 60 - 570] {
            desk.open(&store, minute, "Night shift");
        }
        let check = |zone: &str, expected: &[(&str, i64)]| {
            let zone = TimeZone::get(zone).expect("a zone");
            let by = [By::OpenedDay];
            let table = read(&store, move |tx| {
                search::grouped(tx, &Query::default(), asker(None, &zone), &by, 100)
            });
            let found: Vec<(String, i64)> = table
                .axis()
                .iter()
                .map(|it| (it.label.clone(), table.at(&it.key, None)))
                .collect();
            let found: Vec<(&str, i64)> = found.iter().map(|(day, n)| (&**day, *n)).collect();
            assert_eq!(found, expected, "{:?}", store.database());
        };
        check("UTC", &[("Sat 24 Oct", 1), ("Sun 25 Oct", 1)]);
        check("Europe/Lisbon", &[("Sun 25 Oct", 2)]);
        check("Pacific/Auckland", &[("Sun 25 Oct", 1), ("Mon 26 Oct", 1)]);
    });
}
