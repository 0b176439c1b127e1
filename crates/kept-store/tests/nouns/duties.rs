//! Duties: each day is asked for once, and what comes next is found by its time.

use jiff::civil::Date;
use kept_domain::agreements::{Scope, by_default};
use kept_domain::duties::{State, Told};
use kept_domain::ids::{AgreementId, DutyRunId, TicketId};
use kept_store::Store;
use kept_store::agreements::{self, NewVersion};
use kept_store::duties::{self, Plan, Run};
use kept_store::testing::both;

use crate::support::{Desk, at, desk, read, write};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn agreed(store: &Store, desk: &Desk) -> AgreementId {
    let (acme, ines) = (desk.acme, desk.ines);
    write(store, move |tx| {
        let id = agreements::insert(tx, "Acme", Scope::Client(acme), at(0))?;
        let wording = by_default("UTC").expect("a zone");
        let first = NewVersion {
            agreement: id,
            from: at(0),
            wording: &wording,
            by: Some(ines),
        };
        agreements::add_version(tx, first, at(0))?;
        Ok(id)
    })
}

fn run(desk: &Desk, agreement: AgreementId, day: &str) -> Run {
    Run {
        id: DutyRunId(0),
        agreement,
        duty: 1,
        date: date(day),
        client: desk.acme,
        what: "Send the list".into(),
        asked_at: at(5),
        ticket: None,
        state: State::Asked,
        due: None,
        ended: None,
    }
}

#[test]
fn a_day_is_asked_for_once_and_reads_back_as_it_became() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Send the list").id;
        let agreement = agreed(&store, &desk);
        let new = run(&desk, agreement, "2026-12-01");
        let again = new.clone();
        let id = write(&store, move |tx| duties::insert(tx, &new)).expect("a number");
        assert_eq!(write(&store, move |tx| duties::insert(tx, &again)), None);
        let other = Run {
            duty: 2,
            asked_at: at(6),
            ..run(&desk, agreement, "2026-12-01")
        };
        let second = write(&store, move |tx| duties::insert(tx, &other)).expect("a number");
        write(&store, move |tx| {
            duties::set_ticket(tx, id, ticket)?;
            let told = Told {
                run: id,
                state: State::DoneLate,
                due: Some(at(7)),
                ended: Some(at(9)),
            };
            duties::set_told(tx, &told)
        });
        let expected = Run {
            id,
            ticket: Some(ticket),
            state: State::DoneLate,
            due: Some(at(7)),
            ended: Some(at(9)),
            ..run(&desk, agreement, "2026-12-01")
        };
        let found = read(&store, move |tx| duties::find(tx, id));
        assert_eq!(found.as_ref(), Some(&expected));
        let here = read(&store, move |tx| duties::of_tickets(tx, &[ticket]));
        assert_eq!(here, [expected]);
        let none = read(&store, |tx| duties::of_tickets(tx, &[TicketId(99)]));
        assert!(none.is_empty());
        let acme = desk.acme;
        let all = read(&store, move |tx| duties::of_client(tx, acme, 10));
        let all: Vec<DutyRunId> = all.iter().map(|run| run.id).collect();
        assert_eq!(all, [second, id], "the latest first");
    });
}

#[test]
fn the_last_day_of_a_duty_is_found_whichever_was_written_last() {
    both(|store| {
        let desk = desk(&store);
        let agreement = agreed(&store, &desk);
        for day in ["2026-12-01", "2027-01-01", "2026-09-01"] {
            let new = run(&desk, agreement, day);
            write(&store, move |tx| duties::insert(tx, &new)).expect("a number");
        }
        let last = read(&store, move |tx| duties::last(tx, agreement, 1));
        assert_eq!(last.map(|run| run.date), Some(date("2027-01-01")));
        let none = read(&store, move |tx| duties::last(tx, agreement, 2));
        assert_eq!(none, None);
    });
}

#[test]
fn what_is_planned_is_found_when_its_time_has_come() {
    both(|store| {
        let desk = desk(&store);
        let agreement = agreed(&store, &desk);
        assert_eq!(read(&store, duties::next_due), None);
        let plan = move |duty, minute| Plan {
            agreement,
            duty,
            date: date("2026-12-01"),
            at: at(minute),
        };
        write(&store, move |tx| {
            duties::plan(tx, &plan(1, 20))?;
            duties::plan(tx, &plan(2, 10))?;
            duties::plan(tx, &plan(3, 30))?;
            // Written over.
            duties::plan(tx, &plan(3, 15))
        });
        assert_eq!(read(&store, duties::next_due), Some(at(10)));
        let due = read(&store, |tx| duties::due(tx, at(15), 10));
        assert_eq!(due, [plan(2, 10), plan(3, 15)]);
        let one = read(&store, |tx| duties::due(tx, at(15), 1));
        assert_eq!(one, [plan(2, 10)]);
        write(&store, move |tx| duties::forget_plan(tx, agreement, 2));
        let all = read(&store, move |tx| duties::plans_of(tx, agreement));
        assert_eq!(all, [plan(1, 20), plan(3, 15)]);
    });
}
