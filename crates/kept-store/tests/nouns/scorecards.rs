//! What scorecards count: by whose, in which period, and the tickets behind each figure.

use kept_domain::clocks::{How, Outcome, Owed, Side, Whose};
use kept_domain::ids::{ClientId, TicketId};
use kept_domain::scorecards::{Counting, Fate, Of, Tally, Times, Used};
use kept_store::obligations::{self, Stored};
use kept_store::scorecards::{self, Asked, Wanted};
use kept_store::testing::both;
use kept_store::{Store, turns};

use crate::support::{Desk, at, desk, read, write};
use crate::turns::turn;

fn stored(desk: &Desk, ticket: TicketId, owed: Owed, run: i64) -> Stored {
    Stored {
        ticket,
        owed,
        run,
        side: owed.side(),
        began: at(0),
        due: Some(at(60)),
        warn_at: None,
        missed_at: None,
        ended: None,
        settled: None,
        client: Some(desk.acme),
        queue: desk.support,
        responsible: desk.ines,
        used_ms: None,
        counting: Counting::Once,
    }
}

/// Done at a minute, in time.
fn met(desk: &Desk, ticket: TicketId, owed: Owed, run: i64, minute: i64) -> Stored {
    Stored {
        ended: Some((at(minute), How::Done)),
        settled: Some((at(minute), Outcome::Met)),
        used_ms: Some(minute * 60_000),
        ..stored(desk, ticket, owed, run)
    }
}

/// Missed at a minute, and what became of it then.
fn missed(desk: &Desk, ticket: TicketId, owed: Owed, minute: i64, how: Option<How>) -> Stored {
    Stored {
        missed_at: Some(at(minute)),
        ended: how.map(|how| (at(minute + 10), how)),
        settled: Some((at(minute), Outcome::Missed)),
        used_ms: how.filter(|how| *how == How::Done).map(|_| 70 * 60_000),
        ..stored(desk, ticket, owed, 0)
    }
}

fn put(store: &Store, all: Vec<Stored>) {
    write(store, move |tx| {
        all.iter().try_for_each(|it| obligations::put(tx, it))
    });
}

fn asked(of: Of, from: i64, to: i64) -> Asked {
    Asked {
        of,
        from: at(from),
        to: at(to),
    }
}

fn sorted(mut all: Vec<Tally>) -> Vec<(Owed, Counting, Fate, i64)> {
    all.sort_by_key(|it| (it.owed.as_str(), it.counting.as_str(), it.fate.as_str()));
    all.iter()
        .map(|it| (it.owed, it.counting, it.fate, it.count))
        .collect()
}

#[test]
fn s20_each_end_is_counted_in_the_period_in_which_it_was_decided() {
    both(|store| {
        let desk = desk(&store);
        let [one, two, three] = [0, 1, 2].map(|n| desk.open(&store, n, "x").id);
        let dropped = Stored {
            ended: Some((at(20), How::Dropped)),
            settled: Some((at(20), Outcome::Dropped)),
            ..stored(&desk, one, Owed::NextUpdate, 0)
        };
        let earlier = Stored {
            counting: Counting::Earlier,
            ..met(&desk, one, Owed::Resolution, 0, 30)
        };
        let elsewhere = Stored {
            client: None,
            responsible: desk.noor,
            ..met(&desk, three, Owed::FirstResponse, 0, 40)
        };
        put(
            &store,
            vec![
                met(&desk, one, Owed::FirstResponse, 0, 10),
                met(&desk, two, Owed::FirstResponse, 0, 99),
                missed(&desk, one, Owed::Answer, 50, Some(How::Done)),
                missed(&desk, two, Owed::Answer, 55, Some(How::Dropped)),
                missed(&desk, three, Owed::Answer, 55, None),
                stored(&desk, one, Owed::Resolution, 1),
                earlier,
                dropped,
                elsewhere,
            ],
        );
        let check = |of, from, to, expected: &[(Owed, Counting, Fate, i64)]| {
            let asked = asked(of, from, to);
            let found = read(&store, move |tx| scorecards::tallies(tx, &asked));
            assert_eq!(sorted(found), expected, "{asked:?}");
        };
        use Counting::{Earlier, Once};
        let answers = [
            (Owed::Answer, Once, Fate::Late, 1),
            (Owed::Answer, Once, Fate::NotDone, 2),
            (Owed::Resolution, Earlier, Fate::Met, 1),
            (Owed::Resolution, Once, Fate::Owed, 1),
        ];
        let first = |many| (Owed::FirstResponse, Once, Fate::Met, many);
        let with = |many| [&answers[..2], &[first(many)], &answers[2..]].concat();
        check(Of::Desk, 0, 60, &with(2));
        check(Of::Queue(desk.support), 0, 100, &with(3));
        check(Of::Client(desk.acme), 0, 60, &with(1));
        check(Of::Client(ClientId(99)), 0, 60, &[]);
        check(Of::Agent(desk.noor), 0, 60, &[first(1)]);
        // The end of a period is not part of it.
        check(Of::Agent(desk.noor), 0, 40, &[]);
        check(Of::Agent(desk.noor), 40, 41, &[first(1)]);
    });
}

#[test]
fn s20_median_and_ninth_decile_are_of_what_was_done() {
    both(|store| {
        let desk = desk(&store);
        let tickets: Vec<TicketId> = (0..10).map(|n| desk.open(&store, n, "x").id).collect();
        let minutes = [5, 1, 9, 3, 7, 2, 8, 4, 6, 50];
        let mut all: Vec<Stored> = tickets
            .iter()
            .zip(minutes)
            .map(|(ticket, minute)| met(&desk, *ticket, Owed::FirstResponse, 0, minute))
            .collect();
        all.push(met(&desk, tickets[0], Owed::Answer, 0, 30));
        all.push(missed(&desk, tickets[1], Owed::Answer, 40, None));
        all.push(Stored {
            counting: Counting::Never,
            ..met(&desk, tickets[2], Owed::Answer, 0, 44)
        });
        put(&store, all);
        let whole = asked(Of::Client(desk.acme), 0, 60);
        let mut used = read(&store, move |tx| scorecards::used(tx, &whole));
        used.sort_by_key(|it| it.owed);
        let of = |owed: Owed, median: i64, most: i64| Used {
            side: owed.side(),
            owed,
            median_ms: median * 60_000,
            most_ms: most * 60_000,
        };
        let expected = [of(Owed::FirstResponse, 5, 9), of(Owed::Answer, 30, 30)];
        assert_eq!(used, expected);
    });
}

#[test]
fn s20_only_the_time_within_the_period_counts_and_it_leads_to_its_tickets() {
    both(|store| {
        let desk = desk(&store);
        let [one, two] = [0, 1].map(|n| desk.open(&store, n, "Printer").id);
        let first = [
            turn(&desk, one, Whose::Desk, 0, Some(20)),
            turn(&desk, one, Whose::Client, 20, Some(50)),
            turn(&desk, one, Whose::Desk, 50, Some(70)),
        ];
        let second = [turn(&desk, two, Whose::Desk, 30, None)];
        write(&store, move |tx| {
            turns::replace(tx, one, &[], &first)?;
            turns::replace(tx, two, &[], &second)
        });
        let check = |of, from, to, desks: i64, clients: i64| {
            let asked = asked(of, from, to);
            let times = read(&store, move |tx| scorecards::times(tx, &asked));
            let minutes = |minutes: i64| minutes * 60_000;
            let expected = [
                (Whose::Desk, minutes(desks)),
                (Whose::Client, minutes(clients)),
            ];
            assert_eq!(times, Times::of(expected), "{asked:?}");
        };
        check(Of::Desk, 0, 100, 20 + 20 + 70, 30);
        check(Of::Client(desk.acme), 10, 40, 10 + 10, 20);
        check(Of::Agent(desk.ines), 60, 80, 10 + 20, 0);
        check(Of::Queue(desk.support), 70, 80, 10, 0);
        check(Of::Agent(desk.noor), 0, 100, 0, 0);
        let whole = asked(Of::Client(desk.acme), 10, 100);
        let held = read(&store, move |tx| {
            scorecards::held(tx, &whole, Whose::Desk, 9)
        });
        let found: Vec<(TicketId, i64)> =
            held.iter().map(|it| (it.ticket, it.ms / 60_000)).collect();
        assert_eq!(found, [(two, 70), (one, 30)]);
        assert_eq!(
            (held[0].subject.as_str(), held[0].client.as_deref()),
            ("Printer", Some("Acme"))
        );
    });
}

#[test]
fn every_figure_leads_to_what_it_counted() {
    both(|store| {
        let desk = desk(&store);
        let [one, two] = [0, 1].map(|n| desk.open(&store, n, "Printer").id);
        let never = Stored {
            counting: Counting::Never,
            ..met(&desk, two, Owed::Resolution, 0, 20)
        };
        put(
            &store,
            vec![
                met(&desk, one, Owed::FirstResponse, 0, 10),
                missed(&desk, two, Owed::FirstResponse, 15, Some(How::Done)),
                missed(&desk, one, Owed::Answer, 50, None),
                stored(&desk, two, Owed::Answer, 0),
                never,
            ],
        );
        let behind = |wanted: Wanted, limit: usize| {
            let whole = asked(Of::Client(desk.acme), 0, 60);
            let found = read(&store, move |tx| {
                scorecards::behind(tx, &whole, &wanted, limit)
            });
            let told = found.iter().map(|it| (it.ticket, it.owed, it.fate));
            (told.collect::<Vec<_>>(), found)
        };
        let all = [
            (one, Owed::Answer, Fate::NotDone),
            (two, Owed::FirstResponse, Fate::Late),
            (one, Owed::FirstResponse, Fate::Met),
            (two, Owed::Answer, Fate::Owed),
        ];
        assert_eq!(behind(Wanted::default(), 9).0, all);
        assert_eq!(behind(Wanted::default(), 2).0, all[..2]);
        let theirs = Wanted {
            side: Some(Side::Client),
            ..Wanted::default()
        };
        assert_eq!(behind(theirs, 9).0, [all[0], all[3]]);
        let missed_first = Wanted {
            side: Some(Side::Desk),
            owed: Some(Owed::FirstResponse),
            fates: vec![Fate::Late, Fate::NotDone],
        };
        let (told, found) = behind(missed_first, 9);
        assert_eq!(told, [all[1]]);
        let late = &found[0];
        assert_eq!((late.due, late.done), (Some(at(15)), Some(at(25))));
        assert_eq!(
            (late.responsible.as_str(), late.used_ms),
            ("Ines Moreau", Some(4_200_000))
        );
        let open = Wanted {
            fates: vec![Fate::Owed],
            ..Wanted::default()
        };
        let (told, found) = behind(open, 9);
        assert_eq!(told, [all[3]]);
        assert_eq!((found[0].due, found[0].done), (Some(at(60)), None));
    });
}
