//! Histories as they are recorded, read as facts and as turns (S2, S3, S8, S11, S19).

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::calls::{How as Spoke, Wanted};
use crate::clocks::lives::counted;
use crate::clocks::{
    Fact, How, Obligation, Outcome, Owed, Target, Terms, Whose, facts, run, turns,
};
use crate::delivery::Setback;
use crate::event::{Actor, Event, Recorded};
use crate::hours::Calendar;
use crate::ids::{EventId, MessageId, OutgoingId, PersonId, QueueId, TicketId};
use crate::intake::{HeaderName, Reason};
use crate::queues::Chosen;
use crate::tickets::{AndThen, Kind, Priority, Ticket, not_heard, reply, withdraw};
use crate::turn::Turn;
use crate::waits::Wait;

/// A ticket of which one line is written an hour, unless it says otherwise.
pub(super) struct Desk {
    ticket: TicketId,
    pub lines: Vec<Recorded>,
    next: i64,
    pub hour: i64,
}

impl Desk {
    /// Opened by a client's message, at `hour`.
    pub fn asked(ticket: i64, hour: i64) -> Self {
        let mut desk = Self {
            ticket: TicketId(ticket),
            lines: Vec::new(),
            next: ticket * 1000,
            hour,
        };
        desk.write(opened());
        desk.hour = hour;
        desk.write(said(ticket * 1000));
        desk
    }

    /// Opened by somebody who called, at midnight.
    pub fn opened_by_a_call(ticket: i64, call: Event) -> Self {
        let mut desk = Self {
            ticket: TicketId(ticket),
            lines: Vec::new(),
            next: ticket * 1000,
            hour: 0,
        };
        desk.write(opened());
        desk.hour = 0;
        desk.write(call);
        desk
    }

    pub fn write(&mut self, event: Event) {
        let at = clock(self.hour);
        self.write_at(at, event);
    }

    pub fn write_at(&mut self, at: Timestamp, event: Event) {
        self.lines.push(Recorded {
            id: EventId(self.next),
            ticket: self.ticket,
            at,
            by: Actor::Person(PersonId(1)),
            event,
        });
        (self.next, self.hour) = (self.next + 1, self.hour + 1);
    }

    pub fn stands(&self) -> Ticket {
        Ticket::from_history(self.ticket, &self.lines).expect("a history")
    }

    /// What a reply brings about, all in one hour.
    pub fn reply(&mut self, message: i64, then: AndThen) {
        let hour = self.hour;
        for event in reply(&self.stands(), MessageId(message), then).expect("allowed") {
            self.hour = hour;
            self.write(event);
        }
    }

    fn came_back(&mut self, message: i64) {
        let told = Event::CameBack {
            outgoing: OutgoingId(1),
            message: Some(MessageId(message)),
            to: "dana@example.com".into(),
            kind: Setback::Hard,
            status: None,
            reason: "nobody there".into(),
            unheard: true,
        };
        for event in not_heard(&self.stands(), told) {
            self.write(event);
        }
    }

    pub fn owed(&self, others: &[&[Recorded]], now: i64) -> Vec<Obligation> {
        run(&self.facts(others), clock(now))
    }

    pub fn facts(&self, others: &[&[Recorded]]) -> Vec<Fact> {
        facts(&self.lines, others, |_, _| terms())
    }
}

pub(super) fn clock(hour: i64) -> Timestamp {
    let start: Timestamp = "2026-11-23T00:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_hours(hour)
}

pub(super) fn terms() -> Arc<Terms> {
    let always = Arc::new(Calendar::around_the_clock());
    let hours = |hours: u32| Some(Target::business(hours * 60));
    Arc::new(Terms {
        first_response: hours(4),
        next_response: hours(3),
        next_update: hours(24),
        resolution: hours(48),
        answer: hours(72),
        confirmation: hours(72),
        ..Terms::none(always.clone(), always)
    })
}

fn opened() -> Event {
    Event::Opened {
        subject: "Printer".into(),
        kind: Kind::Incident,
        priority: Priority::Normal,
        queue: QueueId(1),
        requester: Some(PersonId(9)),
        client: None,
        responsible: PersonId(1),
        chosen: Chosen::OnDuty,
    }
}

pub(super) fn mail(message: i64, automatic: bool, thanks: bool) -> Event {
    Event::MessageReceived {
        message: MessageId(message),
        from: Some(PersonId(9)),
        automatic,
        thanks,
        reason: Reason::Referenced {
            header: HeaderName::InReplyTo,
            ticket: TicketId(1),
        },
    }
}

pub(super) fn said(message: i64) -> Event {
    mail(message, false, false)
}

pub(super) fn one(all: &[Obligation], owed: Owed) -> Option<&Obligation> {
    all.iter().rfind(|it| it.owed == owed)
}

/// How the last of its kind stands, with the hour it is due.
pub(super) fn check(all: &[Obligation], owed: Owed, expected: Option<(Outcome, Option<i64>)>) {
    let found = one(all, owed).map(|it| (it.outcome(), it.due));
    let expected = expected.map(|(outcome, due)| (outcome, due.map(clock)));
    assert_eq!(found, expected, "{}", owed.as_str());
}

#[test]
fn s03_a_clients_word_ends_their_turn_when_it_was_received() {
    let mut desk = Desk::asked(1, 0);
    desk.reply(10, AndThen::Ask);
    desk.hour = 9;
    // It was received at six, and read in at nine.
    desk.write_at(clock(6), said(11));
    let all = desk.owed(&[], 10);
    let answer = one(&all, Owed::Answer).expect("an answer was owed");
    assert_eq!(
        answer.end.map(|end| (end.at, end.how)),
        Some((clock(6), How::Done))
    );
    check(&all, Owed::NextResponse, Some((Outcome::Missed, Some(9))));
    check(&all, Owed::Resolution, Some((Outcome::Owed, Some(53))));
}

#[test]
fn s03_automatic_mail_moves_nothing() {
    let mut desk = Desk::asked(1, 0);
    desk.reply(10, AndThen::Ask);
    let before = desk.owed(&[], 20);
    desk.write(mail(11, true, false));
    assert_eq!(desk.owed(&[], 20), before);
}

#[test]
fn s11_thanks_move_nothing() {
    let mut desk = Desk::asked(1, 0);
    desk.reply(10, AndThen::Resolve);
    let before = desk.owed(&[], 20);
    desk.write(mail(11, false, true));
    assert_eq!(desk.owed(&[], 20), before);
    check(&before, Owed::Confirmation, Some((Outcome::Owed, Some(73))));
}

#[test]
fn s08_an_answer_that_came_back_is_none() {
    let mut desk = Desk::asked(1, 0);
    desk.reply(10, AndThen::Ask);
    check(
        &desk.owed(&[], 2),
        Owed::FirstResponse,
        Some((Outcome::Met, Some(4))),
    );
    desk.came_back(10);
    let all = desk.owed(&[], 5);
    check(&all, Owed::FirstResponse, Some((Outcome::Missed, Some(4))));
    check(&all, Owed::Resolution, Some((Outcome::Owed, Some(48))));
    check(&all, Owed::Answer, None);
}

fn call(message: i64, wanted: Wanted, summary: bool) -> Event {
    Event::Called {
        message: MessageId(message),
        wanted,
        how: Spoke::WeCalled,
        person: Some(PersonId(9)),
        outgoing: summary.then_some(OutgoingId(1)),
    }
}

#[test]
fn s08_a_call_answers_only_when_its_summary_arrives() {
    let mut desk = Desk::asked(1, 0);
    desk.write(call(10, Wanted::Act, false));
    let all = desk.owed(&[], 2);
    check(&all, Owed::FirstResponse, Some((Outcome::Owed, Some(4))));
    desk.write(call(11, Wanted::Act, true));
    let all = desk.owed(&[], 4);
    check(&all, Owed::FirstResponse, Some((Outcome::Met, Some(4))));
    desk.came_back(11);
    let all = desk.owed(&[], 5);
    check(&all, Owed::FirstResponse, Some((Outcome::Missed, Some(4))));
    check(&all, Owed::Resolution, Some((Outcome::Owed, Some(48))));
}

#[test]
fn s04_a_call_to_know_owes_no_resolution_until_it_is_corrected() {
    let mut desk = Desk {
        ticket: TicketId(1),
        lines: Vec::new(),
        next: 1000,
        hour: 0,
    };
    desk.write(opened());
    desk.write_at(clock(0), call(10, Wanted::Know, true));
    check(&desk.owed(&[], 2), Owed::Resolution, None);
    desk.hour = 3;
    desk.write(Event::CallConfirmed {
        message: MessageId(10),
    });
    check(&desk.owed(&[], 4), Owed::Resolution, None);
    desk.hour = 5;
    desk.write(Event::CallCorrected {
        message: MessageId(10),
        wanted: Wanted::Act,
        correction: MessageId(11),
    });
    let all = desk.owed(&[], 6);
    check(&all, Owed::Resolution, Some((Outcome::Owed, Some(53))));
    check(&all, Owed::NextResponse, Some((Outcome::Owed, Some(8))));
}

#[test]
fn s08_a_resolution_nobody_heard_of_is_none() {
    let mut desk = Desk::asked(1, 0);
    desk.reply(10, AndThen::Resolve);
    desk.came_back(10);
    let all = desk.owed(&[], 5);
    check(&all, Owed::Resolution, Some((Outcome::Owed, Some(48))));
    check(&all, Owed::Confirmation, None);
}

#[test]
fn s11_what_was_taken_back_was_never_said() {
    let mut desk = Desk::asked(1, 0);
    let before = desk.owed(&[], 3);
    desk.reply(10, AndThen::Ask);
    let taken = withdraw(&desk.lines, MessageId(10)).expect("allowed");
    desk.write(taken);
    assert_eq!(desk.owed(&[], 3), before);
}

#[test]
fn s19_of_merged_tickets_the_earliest_start_wins_and_undoing_it_is_exact() {
    let first = Desk::asked(1, 0);
    let mut second = Desk::asked(2, 2);
    let alone = second.owed(&[&first.lines], 20);
    check(
        &alone,
        Owed::FirstResponse,
        Some((Outcome::Missed, Some(6))),
    );
    second.write(absorbed(1));
    let merged = second.owed(&[&first.lines], 20);
    check(
        &merged,
        Owed::FirstResponse,
        Some((Outcome::Missed, Some(4))),
    );
    check(&merged, Owed::Resolution, Some((Outcome::Owed, Some(48))));
    second.write(released(1));
    assert_eq!(second.owed(&[&first.lines], 20), alone);
}

#[test]
fn s19_what_waited_for_the_desk_waits_for_it_where_it_is_told() {
    for ends in [Event::Parked, Event::Resolved, Event::Closed] {
        let mut asks = Desk::asked(1, 2);
        asks.hour = 5;
        asks.write(Event::MergedInto {
            ticket: TicketId(2),
        });
        let mut quiet = Desk::asked(2, 0);
        quiet.reply(10, AndThen::Ask);
        quiet.write(ends.clone());
        let alone = quiet.owed(&[], 20);
        quiet.hour = 5;
        quiet.write(absorbed(1));
        let strip = turns(&quiet.facts(&[&asks.lines]), clock(20));
        let last = strip.last().map(|it| (it.whose, it.from));
        // Intervals are unioned: it waited since it was asked, wherever it was told.
        assert_eq!(last, Some((Whose::Desk, clock(2))), "{ends:?}");
        quiet.reply(11, AndThen::Ask);
        let strip = turns(&quiet.facts(&[&asks.lines]), clock(20));
        assert_eq!(strip.last().map(|it| it.whose), Some(Whose::Client));
        quiet.lines.pop();
        quiet.write(released(1));
        assert_eq!(quiet.owed(&[&asks.lines], 20), alone, "{ends:?}");
    }
}

#[test]
fn s19_what_a_third_party_has_to_do_is_looked_after_once_and_where_it_is_told() {
    let wait = Wait {
        party: "Contoso".into(),
        what: "a power supply".into(),
        tracking: None,
        next: clock(22),
    };
    let mut waits = Desk::asked(1, 0);
    waits.write(Event::WaitBegan { wait: wait.clone() });
    waits.hour = 5;
    waits.write(Event::MergedInto {
        ticket: TicketId(2),
    });
    let mut other = Desk::asked(2, 2);
    other.reply(10, AndThen::Update);
    other.hour = 5;
    other.write(Event::Absorbed {
        ticket: TicketId(1),
        turn: Some(Turn::ThirdParty),
        wait: Some(wait),
    });
    let updates = |desk: &Desk| {
        let all = desk.owed(&[&waits.lines], 20);
        let owed = all
            .iter()
            .filter(|it| it.owed == Owed::NextUpdate && it.is_owed());
        owed.map(|it| it.due).collect::<Vec<_>>()
    };
    assert_eq!(updates(&other), [Some(clock(22))]);
    other.write(Event::WaitEnded);
    assert_ne!(updates(&other), [Some(clock(22))]);
}

#[test]
fn s19_the_ticket_that_went_owes_nothing_until_it_is_back() {
    let mut desk = Desk::asked(1, 0);
    desk.write(Event::MergedInto {
        ticket: TicketId(2),
    });
    check(
        &desk.owed(&[], 2),
        Owed::Resolution,
        Some((Outcome::Dropped, Some(48))),
    );
    desk.hour = 11;
    desk.write(Event::MergeUndone {
        ticket: TicketId(2),
    });
    check(
        &desk.owed(&[], 12),
        Owed::Resolution,
        Some((Outcome::Owed, Some(58))),
    );
}

#[test]
fn s07_promises_of_a_history_are_kept_or_broken() {
    use crate::clocks::Side;
    use crate::ids::PromiseId;
    let mut desk = Desk::asked(1, 0);
    let promise = PromiseId(5);
    desk.write(Event::Promised {
        promise,
        side: Side::Client,
        promiser: PersonId(9),
        what: "bring it in".into(),
        due: clock(10),
        message: None,
    });
    check(
        &desk.owed(&[], 10),
        Owed::Promise,
        Some((Outcome::Owed, Some(10))),
    );
    check(
        &desk.owed(&[], 11),
        Owed::Promise,
        Some((Outcome::Missed, Some(10))),
    );
    desk.write(Event::PromiseKept {
        promise,
        message: None,
    });
    check(
        &desk.owed(&[], 11),
        Owed::Promise,
        Some((Outcome::Met, Some(10))),
    );
}

#[test]
fn s20_the_turns_of_a_ticket_touch_until_it_is_closed() {
    let mut desk = Desk::asked(1, 0);
    desk.reply(10, AndThen::Ask);
    desk.hour = 5;
    desk.write(said(11));
    desk.reply(12, AndThen::Resolve);
    desk.write(Event::Closed);
    let strip = turns(&desk.facts(&[]), clock(9));
    let told: Vec<(Whose, i64)> = strip
        .iter()
        .map(|it| (it.whose, it.length(clock(9)).as_hours()))
        .collect();
    let expected = [
        (Whose::Desk, 1),
        (Whose::Client, 4),
        (Whose::Desk, 1),
        (Whose::Resolved, 1),
    ];
    assert_eq!(told, expected);
}

fn absorbed(ticket: i64) -> Event {
    Event::Absorbed {
        ticket: TicketId(ticket),
        turn: Some(Turn::Desk),
        wait: None,
    }
}

fn released(ticket: i64) -> Event {
    Event::Released {
        ticket: TicketId(ticket),
        left: None,
    }
}

fn any_event() -> impl Strategy<Value = Event> {
    let then = prop::sample::select(vec![AndThen::Ask, AndThen::Update, AndThen::Resolve]);
    let turn = prop::sample::select(vec![Turn::Desk, Turn::Client, Turn::ThirdParty]);
    prop_oneof![
        (20..30_i64).prop_map(said),
        (30..40_i64, then).prop_map(|(message, then)| Event::Replied {
            message: MessageId(message),
            then
        }),
        turn.prop_map(|to| Event::TurnCorrected {
            to,
            why: "so it is".into()
        }),
        prop::sample::select(vec![
            Event::Resolved,
            Event::Closed,
            Event::Parked,
            Event::ClosedUnanswered,
            Event::Confirmed,
            Event::WaitEnded,
            Event::MarkedSpam,
            Event::UnmarkedSpam,
            absorbed(2),
            Event::Absorbed {
                ticket: TicketId(2),
                turn: None,
                wait: None,
            },
            released(2),
            Event::PriorityChanged {
                from: Priority::Normal,
                to: Priority::Urgent
            },
        ]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn s20_the_turns_sum_to_the_whole_time(events in prop::collection::vec((0..200_i64, any_event()), 0..20), now in 0..300_i64) {
        let mut desk = Desk::asked(1, 0);
        for (hour, event) in events {
            desk.write_at(clock(hour), event);
        }
        let other = Desk::asked(2, 3);
        let facts = desk.facts(&[&other.lines]);
        let strip = turns(&facts, clock(now));
        prop_assert!(strip.windows(2).all(|two| two[0].to == Some(two[1].from) && two[0].whose != two[1].whose));
        prop_assert!(strip.iter().all(|it| it.to.is_none_or(|to| it.from <= to)));
        let (Some(first), Some(last)) = (strip.first(), strip.last()) else { return Ok(()) };
        let until = last.to.unwrap_or(clock(now));
        let sum: SignedDuration = strip.iter().map(|it| it.length(clock(now))).fold(SignedDuration::ZERO, |sum, it| sum + it);
        prop_assert_eq!(sum, until.duration_since(first.from));
    }

    /// Section 4 of the product, from the history on.
    #[test]
    fn s04_an_open_ticket_always_owes_something_with_a_due_time(events in prop::collection::vec((0..200_i64, any_event()), 0..20)) {
        let mut desk = Desk::asked(1, 0);
        for (hour, event) in events {
            desk.write_at(clock(hour), event);
        }
        let all = desk.owed(&[], 250);
        let lines = counted(&desk.lines);
        let ticket = Ticket::from_history(desk.ticket, &lines).expect("a history");
        if ticket.is_open() {
            prop_assert!(all.iter().any(|it| it.is_owed() && it.due.is_some()), "{ticket:#?}");
        }
    }
}
