//! Which agreement holds, and which wordings are refused, as tables.

use std::sync::Arc;

use super::*;
use crate::clocks::{Owed, Target};
use crate::event::Event;
use crate::ids::{AgreementId, AgreementVersionId, ClientId, PersonId, QueueId, TicketId};
use crate::queues;
use crate::tickets::{Kind, Priority, Ticket};

fn ticket(client: Option<i64>, queue: i64, opened: &str) -> Ticket {
    let opening = Event::Opened {
        subject: "Printer".into(),
        kind: Kind::Incident,
        priority: Priority::Normal,
        queue: QueueId(queue),
        requester: Some(PersonId(7)),
        client: client.map(ClientId),
        responsible: PersonId(1),
        chosen: queues::Chosen::OnDuty,
    };
    Ticket::opened(TicketId(1), opened.parse().expect("time"), &opening).expect("opened")
}

fn version(id: i64, scope: Scope, from: &str, until: Option<&str>) -> Version {
    Version {
        id: AgreementVersionId(id),
        agreement: AgreementId(id),
        number: id,
        scope,
        name: "Agreement".into(),
        from: from.parse().expect("time"),
        until: until.map(|it| it.parse().expect("time")),
        wording: Arc::new(by_default("UTC").expect("a zone")),
    }
}

#[test]
fn s13_the_clients_agreement_comes_first_then_the_queues_then_everybodys() {
    let book = Book::new(vec![
        version(1, Scope::Everybody, "2026-01-01T00:00:00Z", None),
        version(2, Scope::Queue(QueueId(5)), "2026-01-01T00:00:00Z", None),
        version(3, Scope::Client(ClientId(9)), "2026-02-01T00:00:00Z", None),
        version(
            4,
            Scope::Client(ClientId(9)),
            "2026-06-01T00:00:00Z",
            Some("2026-09-01T00:00:00Z"),
        ),
    ])
    .expect("one for everybody");
    let check = |client: Option<i64>, queue: i64, opened: &str, expected: i64| {
        let ticket = ticket(client, queue, opened);
        assert_eq!(
            book.choose(&ticket, None).version.id.0,
            expected,
            "{client:?} {queue} {opened}"
        );
    };
    check(None, 1, "2026-03-01T00:00:00Z", 1);
    check(None, 5, "2026-03-01T00:00:00Z", 2);
    check(Some(9), 5, "2026-01-31T00:00:00Z", 2);
    check(Some(9), 5, "2026-02-01T00:00:00Z", 3);
    check(Some(9), 1, "2026-06-01T00:00:00Z", 4);
    // It was ended; the one before it does not come back.
    check(Some(9), 1, "2026-09-01T00:00:00Z", 1);
    // Before anything was agreed: what was agreed first for everybody.
    check(None, 1, "2020-01-01T00:00:00Z", 1);
    let bound = book.choose(
        &ticket(Some(9), 5, "2026-02-01T00:00:00Z"),
        Some(AgreementVersionId(4)),
    );
    assert_eq!(bound.version.id.0, 4);
}

#[test]
fn s13_the_first_row_that_fits_counts() {
    let wording = by_default("Europe/Berlin").expect("a zone");
    let check = |priority, minutes| {
        let (terms, _) = wording.terms(priority, Kind::Incident);
        assert_eq!(
            terms.first_response,
            Some(Target::business(minutes)),
            "{priority:?}"
        );
        assert!(terms.always_owe(), "{priority:?}");
    };
    check(Priority::Urgent, 30);
    check(Priority::High, 60);
    check(Priority::Normal, 240);
    check(Priority::Low, 480);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let good = || by_default("UTC").expect("a zone");
    assert_eq!(good().check(), Ok(()));
    let check = |change: fn(&mut Wording), why: BadWording| {
        let mut wording = good();
        change(&mut wording);
        assert_eq!(wording.check(), Err(why));
    };
    check(|it| it.rows.clear(), BadWording::NoCatchAll);
    check(|it| it.rows.truncate(2), BadWording::NoCatchAll);
    check(|it| it.rows.reverse(), BadWording::NoCatchAll);
    check(
        |it| it.rows.insert(1, it.rows[3]),
        BadWording::NeverReached(3),
    );
    check(|it| it.warn_percent = 0, BadWording::Percent);
    check(|it| it.warn_percent = 100, BadWording::Percent);
    let nothing = BadWording::Target {
        owed: Owed::Answer,
        why: crate::clocks::BadTarget::Nothing,
    };
    check(|it| it.rows[0].targets.answer = Target::default(), nothing);
    check(
        |it| it.silence.reminders.reverse(),
        BadSilence::NotInOrder.into(),
    );
    check(
        |it| it.silence.reminders.clear(),
        BadSilence::ParkedUnreminded.into(),
    );
    check(
        |it| it.silence.park_after = None,
        BadSilence::ClosedUnparked.into(),
    );
}

#[test]
fn a_wording_is_stored_and_read_back() {
    let wording = by_default("Europe/Lisbon").expect("a zone");
    let text = serde_json::to_string(&wording).expect("plain data");
    let back: Wording = serde_json::from_str(&text).expect("the same");
    assert_eq!(back, wording);
}
