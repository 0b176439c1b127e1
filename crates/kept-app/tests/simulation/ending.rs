//! How a season ended: what must hold of every ticket, and what must be the same wherever it was played.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::{SignedDuration, Timestamp};
use kept_app::doctor;
use kept_app::domain::event::{Actor, Event, Recorded};
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{Status, Ticket};
use kept_app::domain::turn::Turn;
use kept_app::store::obligations::Stored;
use kept_app::store::turns::Turn as Stretch;
use kept_app::store::{StoreError, events, obligations, tickets, turns};

use super::cast::Cast;
use super::theatre::Theatre;

/// A line for each ticket, told without what differs between two databases.
pub struct Ending {
    lines: Vec<String>,
}

const AT_ONCE: usize = 200;

pub async fn look(theatre: Theatre, cast: &Cast) -> Ending {
    nothing_is_wrong(&theatre).await;
    work_out_anew(&theatre).await;
    nothing_is_wrong(&theatre).await;
    let now = theatre.now();
    let mut wrong = 0;
    let mut lines = Vec::new();
    let mut after = TicketId(0);
    loop {
        let part = theatre.desk.store().read(move |tx| told(tx, after));
        let part: Result<_, StoreError> = part.await;
        let part = part.expect("the tickets are read");
        let Some(last) = part.last() else { break };
        after = last.ticket.id;
        for told in &part {
            let line = told.line(cast);
            // Every ticket is looked at, so that one season tells of all that is wrong with it.
            let held = catch_unwind(AssertUnwindSafe(|| told.must_hold(now, &line)));
            wrong += usize::from(held.is_err());
            lines.push(line);
        }
    }
    theatre.desk.close().await;
    summary(&lines);
    assert_eq!(wrong, 0, "tickets that are not as they must be; see above");
    Ending { lines }
}

async fn nothing_is_wrong(theatre: &Theatre) {
    let report = doctor::examine(&theatre.desk).await;
    let report = report.expect("the doctor looks");
    assert!(report.is_content(), "{:#?}", report.findings);
}

/// Says how long it takes to work out every ticket from its history; it must change nothing.
#[allow(clippy::print_stdout, reason = "how long it takes is worth knowing")]
async fn work_out_anew(theatre: &Theatre) {
    #[expect(clippy::disallowed_methods, reason = "a stopwatch")]
    let start = std::time::Instant::now();
    let tickets = doctor::rebuild(&theatre.desk).await;
    let tickets = tickets.expect("it is worked out anew");
    println!(
        "{tickets} tickets worked out anew in {:.1} s",
        start.elapsed().as_secs_f64()
    );
}

/// One ticket with all that is stored of it.
struct Told {
    ticket: Ticket,
    history: Vec<Recorded>,
    /// The histories of those told on it.
    others: Vec<Vec<Recorded>>,
    owed: Vec<Stored>,
    turns: Vec<Stretch>,
}

fn told(tx: &mut kept_app::store::Tx<'_>, after: TicketId) -> Result<Vec<Told>, StoreError> {
    let ids = tickets::ids_after(tx, after, AT_ONCE)?;
    let mut all = Vec::new();
    for id in ids {
        let mut others = Vec::new();
        for other in tickets::merged_into(tx, id)? {
            others.push(events::of_ticket(tx, other)?);
        }
        all.push(Told {
            ticket: tickets::find(tx, id)?.expect("it is there"),
            history: events::of_ticket(tx, id)?,
            others,
            owed: obligations::of_tickets(tx, &[id])?,
            turns: turns::of_tickets(tx, &[id])?,
        });
    }
    Ok(all)
}

impl Told {
    fn must_hold(&self, now: Timestamp, line: &str) {
        self.every_step_once();
        self.turns_are_the_whole_time(now);
        self.nothing_rings_late(line);
    }

    fn every_step_once(&self) {
        let mut seen = BTreeSet::new();
        let mut parked = false;
        for line in &self.history {
            let step = match &line.event {
                Event::Warned { owed, run, .. } => format!("warned {} {run}", owed.as_str()),
                Event::Missed { owed, run, due } => format!("missed {} {run} {due}", owed.as_str()),
                Event::Escalated {
                    owed, run, step, ..
                } => format!("escalated {} {run} {step}", owed.as_str()),
                Event::Reminded {
                    owed, run, step, ..
                } => format!("reminded {} {run} {step}", owed.as_str()),
                Event::Parked => {
                    assert!(!parked, "parked twice: {}", self.in_words());
                    parked = true;
                    continue;
                }
                // What the client was asked on another ticket came here: they may fall silent on that as well.
                Event::Absorbed {
                    turn: Some(Turn::Client),
                    ..
                }
                | Event::MessageReceived { .. }
                | Event::Replied { .. }
                | Event::TurnCorrected { .. } => {
                    parked = false;
                    continue;
                }
                _ => continue,
            };
            assert!(
                seen.insert(step.clone()),
                "{step}, twice: {}",
                self.in_words()
            );
        }
    }

    /// The ticket's history, for whoever has to find out what happened.
    fn in_words(&self) -> String {
        let line = |line: &Recorded| format!("\n  {} {:?} {:?}", line.at, line.by, line.event);
        let lines: String = self.history.iter().map(line).collect();
        format!("#{}{lines}", self.ticket.id)
    }

    /// Where the time went sums to the time from its opening to its end or to now, to the millisecond (S20).
    fn turns_are_the_whole_time(&self, now: Timestamp) {
        let (Some(first), Some(last)) = (self.turns.first(), self.turns.last()) else {
            assert!(self.ticket.aside().is_some(), "#{}", self.ticket.id);
            return;
        };
        let lengths = self.turns.iter().map(|turn| {
            let to = turn.to.unwrap_or(now);
            to.duration_since(turn.from)
        });
        let sum = lengths.fold(SignedDuration::ZERO, |sum, length| sum + length);
        let end = last.to.unwrap_or(now);
        assert_eq!(sum, end.duration_since(first.from), "#{}", self.ticket.id);
        assert!(first.from <= self.ticket.opened_at);
        let has_ended = self.ticket.status == Status::Closed;
        assert_eq!(last.to.is_some(), has_ended, "#{}", self.ticket.id);
    }

    /// What was found missed was found as soon as it was: the program wakes for it.
    fn nothing_rings_late(&self, said: &str) {
        let changed = self.history.iter().any(|line| {
            matches!(
                line.event,
                Event::AgreementChanged { .. }
                    | Event::PriorityChanged { .. }
                    | Event::KindChanged { .. }
                    // What was told on another ticket for a while is looked at when it stands by itself again.
                    | Event::Absorbed { .. }
                    | Event::Released { .. }
            )
        });
        let alone = self.others.is_empty()
            && self.ticket.merged_into.is_none()
            && self.ticket.aside().is_none();
        for line in self.history.iter().filter(|_| alone && !changed) {
            if let Event::Missed { due, .. } = line.event {
                // A person stopped the clock in its last instant: that is found out when it goes on.
                let stops = |other: &&Recorded| matches!(other.by, Actor::Person(_));
                if self
                    .history
                    .iter()
                    .filter(stops)
                    .any(|other| other.at == due)
                {
                    continue;
                }
                let late = line.at.duration_since(due);
                // A due time may lie between two milliseconds, and it is late a whole one after it.
                assert!(
                    late < SignedDuration::from_millis(2),
                    "#{}: missed at {due}, found at {}: {said}",
                    self.ticket.id,
                    line.at
                );
            }
        }
    }

    fn line(&self, cast: &Cast) -> String {
        let ticket = &self.ticket;
        let mut line = format!(
            "{} {} {} {}",
            ticket.subject,
            ticket.status.as_str(),
            ticket.turn().as_str(),
            cast.name(ticket.responsible)
        );
        for owed in &self.owed {
            let outcome = owed
                .settled
                .map(|(at, outcome)| format!("{} {at}", outcome.as_str()));
            line += &format!(
                "\n  {} {} {} from {} due {:?} missed {:?} {outcome:?}",
                owed.side.as_str(),
                owed.owed.as_str(),
                owed.run,
                owed.began,
                owed.due,
                owed.missed_at
            );
        }
        for recorded in &self.history {
            line += &format!("\n  {} {}", recorded.at, recorded.event.name());
        }
        line
    }
}

#[allow(clippy::print_stdout, reason = "what was played is worth knowing")]
fn summary(lines: &[String]) {
    let count = |word: &str| -> usize { lines.iter().map(|line| line.matches(word).count()).sum() };
    println!(
        "{} tickets, {} events; {} warned, {} missed, {} escalated, {} reminded, {} parked, {} closed for silence, {} promises, {} agreements changed",
        lines.len(),
        count("Z "),
        count(" warned"),
        count("Z missed"),
        count(" escalated"),
        count(" reminded"),
        count("Z parked"),
        count(" closed-unanswered"),
        count(" promised"),
        count(" agreement-changed"),
    );
}

pub fn must_be_the_same(one: &Ending, other: &Ending) {
    for (one, other) in one.lines.iter().zip(&other.lines) {
        assert_eq!(one, other, "a ticket ended otherwise on the other database");
    }
    assert_eq!(one.lines.len(), other.lines.len());
}
