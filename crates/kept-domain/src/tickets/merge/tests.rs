use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::event::Actor;
use crate::ids::{EventId, MessageId, PersonId};
use crate::tickets::{AndThen, close, reply, reply_and_wait, resolve, samples};
use crate::turn::Turn;
use crate::waits::Wait;

/// A ticket that is played, one minute an act.
struct Played {
    ticket: Ticket,
    history: Vec<Recorded>,
    now: Timestamp,
}

impl Played {
    fn opened(id: i64) -> Self {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().expect("time");
        let opened = samples::opened();
        let ticket = Ticket::opened(TicketId(id), now, &opened).expect("opened");
        let mut played = Self {
            ticket,
            history: vec![],
            now,
        };
        played.write_down(opened);
        played
    }

    fn write_down(&mut self, event: Event) {
        self.history.push(Recorded {
            id: EventId(self.history.len() as i64),
            ticket: self.ticket.id,
            at: self.now,
            by: Actor::Person(PersonId(1)),
            event,
        });
    }

    fn act(&mut self, events: Vec<Event>) {
        self.now += SignedDuration::from_mins(1);
        for event in events {
            self.ticket.apply(self.now, &event);
            self.write_down(event);
        }
    }

    fn reply(&mut self, message: i64, then: AndThen) {
        let events = reply(&self.ticket, MessageId(message), then).expect("allowed");
        self.act(events);
    }

    fn absorbs(&mut self, other: &mut Self) {
        let (gone, taken) = merge(&other.ticket, &self.ticket).expect("allowed");
        other.act(gone);
        self.act(taken);
    }

    fn releases(&mut self, other: &mut Self) {
        let (back, released) = undo_merge(&other.ticket, &self.history).expect("allowed");
        other.act(back);
        self.act(released);
    }
}

/// As it stands, but for when something last happened.
fn stands(played: &Played) -> Ticket {
    Ticket {
        touched_at: Timestamp::UNIX_EPOCH,
        ..played.ticket.clone()
    }
}

fn quiet(how: &str) -> Played {
    let mut quiet = Played::opened(2);
    match how {
        "with the client" => quiet.reply(1, AndThen::Ask),
        "parked" => {
            quiet.reply(1, AndThen::Ask);
            quiet.act(vec![Event::Parked]);
        }
        "resolved" => quiet.act(resolve(&quiet.ticket).expect("allowed")),
        "closed" => quiet.act(close(&quiet.ticket).expect("allowed")),
        _ => {}
    }
    quiet
}

const HOW: [&str; 5] = ["new", "with the client", "parked", "resolved", "closed"];

#[test]
fn what_waits_for_the_desk_gives_its_turn_to_the_ticket_it_goes_into_and_takes_it_back() {
    for how in HOW {
        let (mut asks, mut quiet) = (Played::opened(1), quiet(how));
        let before = stands(&quiet);
        quiet.absorbs(&mut asks);
        let status = if how == "new" {
            Status::New
        } else {
            Status::Open
        };
        let now = (quiet.ticket.status, quiet.ticket.turn());
        assert_eq!(now, (status, Turn::Desk), "{how}");
        let ends = (quiet.ticket.resolved_at, quiet.ticket.closed_at);
        assert_eq!(ends, (None, None), "{how}");
        quiet.releases(&mut asks);
        assert_eq!(stands(&quiet), before, "{how}");
        let told = Ticket::from_history(TicketId(2), &quiet.history);
        assert_eq!(told, Ok(quiet.ticket), "{how}");
    }
}

#[test]
fn what_the_client_was_asked_wakes_only_what_was_parked() {
    for how in HOW {
        let (mut answered, mut quiet) = (Played::opened(1), quiet(how));
        answered.reply(9, AndThen::Ask);
        let before = stands(&quiet);
        quiet.absorbs(&mut answered);
        match how {
            "parked" => {
                let now = (quiet.ticket.status, quiet.ticket.turn());
                assert_eq!(now, (Status::Waiting, Turn::Client));
            }
            _ => assert_eq!(stands(&quiet), before, "{how}"),
        }
        quiet.releases(&mut answered);
        assert_eq!(stands(&quiet), before, "{how}");
    }
}

#[test]
fn what_a_third_party_has_to_do_is_waited_for_where_it_is_told() {
    let wait = Wait {
        party: "Contoso".into(),
        what: "a power supply".into(),
        tracking: None,
        next: "2026-11-25T09:00:00Z".parse().expect("time"),
    };
    for how in HOW {
        let (mut waits, mut quiet) = (Played::opened(1), quiet(how));
        let events = reply_and_wait(&waits.ticket, MessageId(9), wait.clone());
        waits.act(events.expect("allowed"));
        let before = stands(&quiet);
        quiet.absorbs(&mut waits);
        let turn = match how {
            "new" => Turn::Desk,
            _ => Turn::ThirdParty,
        };
        assert_eq!(
            (quiet.ticket.turn(), quiet.ticket.open_wait()),
            (turn, Some(&wait)),
            "{how}"
        );
        quiet.releases(&mut waits);
        assert_eq!(stands(&quiet), before, "{how}");
        assert_eq!(waits.ticket.open_wait(), Some(&wait));
    }
}

#[test]
fn what_is_parked_or_has_ended_wakes_nothing() {
    for ended in ["parked", "resolved", "closed"] {
        for how in HOW {
            let mut other = quiet(ended);
            let mut quiet = quiet(how);
            other.ticket.id = TicketId(1);
            let before = stands(&quiet);
            quiet.absorbs(&mut other);
            assert_eq!(stands(&quiet), before, "{ended} into {how}");
        }
    }
}

#[test]
fn what_was_said_since_stands_when_a_merge_is_taken_back() {
    for (then, expected) in [
        (AndThen::Ask, (Status::Waiting, Turn::Client)),
        (AndThen::Resolve, (Status::Resolved, Turn::Client)),
        // As if the question had never come: they were told something and still have the turn.
        (AndThen::Update, (Status::Open, Turn::Client)),
    ] {
        let (mut asks, mut parked) = (Played::opened(1), quiet("parked"));
        parked.absorbs(&mut asks);
        parked.reply(5, then);
        parked.releases(&mut asks);
        let now = (parked.ticket.status, parked.ticket.turn());
        assert_eq!(now, expected, "{then:?}");
    }
}

#[test]
fn of_two_that_wait_for_the_desk_one_goes_and_the_other_keeps_the_turn() {
    for order in [[0, 1], [1, 0]] {
        let mut asks = [Played::opened(1), Played::opened(3)];
        let mut parked = quiet("parked");
        let before = stands(&parked);
        for other in &mut asks {
            parked.absorbs(other);
        }
        parked.releases(&mut asks[order[0]]);
        assert_eq!(parked.ticket.turn(), Turn::Desk, "{order:?}");
        parked.releases(&mut asks[order[1]]);
        assert_eq!(stands(&parked), before, "{order:?}");
    }
}
