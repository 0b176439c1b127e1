//! Duty on single dates: handed on, left to nobody, swapped, taken back; and new tickets follow it.

use jiff::civil::Date;
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::PersonId;
use kept_app::domain::queues::{Duty, Exception, Swap};
use kept_app::rota::{change, swap, take_back, weeks};
use kept_app::store::queues::{self, QueueSettings};
use kept_app::store::{StoreError, Tx, tickets};
use kept_app::{Error, ErrorKind};

use crate::support::{World, mail, on_both};

/// Ines and Noor both work Monday to Friday, the one mornings, the other afternoons. The world begins on a Monday morning.
async fn with_rota(world: &World) -> Viewer {
    let noor = world.agent("Noor Haddad", "noor@desk.example").await;
    let (queue, ines, other) = (world.queue().await, world.ines.person, noor.person);
    let week = |from: i16, to: i16| {
        let day = move |weekday| Duty {
            weekday,
            from_minute: from * 60,
            to_minute: to * 60,
        };
        (1..=5).map(day).collect::<Vec<_>>()
    };
    let set = world.desk.store().write(move |tx| {
        let known = queues::all(tx)?.into_iter().find(|it| it.id == queue);
        let mut settings = QueueSettings::of(known.expect("the queue"), String::new());
        settings.members = vec![(ines, week(0, 13)), (other, week(13, 24))];
        queues::update(tx, queue, &settings)
    });
    let set: Result<(), StoreError> = set.await;
    set.expect("is set");
    noor
}

fn on(date: &str, instead_of: Option<PersonId>, person: Option<PersonId>) -> Exception {
    Exception {
        date: day(date),
        instead_of,
        person,
    }
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// `2026-11-24 1→2`, by the numbers of people; nobody is 0.
async fn differs(world: &World) -> Vec<String> {
    let all = weeks(&world.desk, &world.ines).await.expect("the weeks");
    let number = |person: Option<PersonId>| person.map_or(0, |it| it.0);
    let exceptions = all[0].exceptions.iter().map(|it| it.exception);
    exceptions
        .map(|it| {
            format!(
                "{} {}→{}",
                it.date,
                number(it.instead_of),
                number(it.person)
            )
        })
        .collect()
}

async fn last_audit(world: &World) -> String {
    let last = world.desk.store().read(|tx: &mut Tx<'_>| {
        let row = tx.one("SELECT what FROM audit ORDER BY id DESC LIMIT 1", &[])?;
        row.map_or(Ok(String::new()), |row| row.text("what"))
    });
    let last: Result<String, StoreError> = last.await;
    last.expect("a line")
}

fn refused(done: Result<(), Error>, kind: ErrorKind, words: &str) {
    let error = done.expect_err(words);
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn a_duty_handed_on_for_a_date_brings_its_tickets_along() {
    on_both(|world| async {
        let noor = with_rota(&world).await;
        let (queue, ines) = (world.queue().await, world.ines.person);
        let first = world
            .opens(&mail("dana@fox.example", "Morning", "It smokes."))
            .await;
        let today = weeks(&world.desk, &noor).await.expect("weeks")[0].today;
        let today = today.to_string();
        let wanted = on(&today, Some(ines), Some(noor.person));
        let done = change(&world.desk, &world.ines, queue, wanted).await;
        done.expect("is changed");
        let what = last_audit(&world).await;
        assert!(
            what.starts_with("Duty of Ines Moreau in Support on 2026-"),
            "{what}"
        );
        assert!(what.ends_with(": Noor Haddad"), "{what}");
        let second = world
            .opens(&mail("dana@fox.example", "Later", "It burns."))
            .await;
        let holders = world.desk.store().read(move |tx| {
            let first = tickets::find(tx, first)?.map(|it| it.responsible);
            Ok::<_, StoreError>((first, tickets::find(tx, second)?.map(|it| it.responsible)))
        });
        let holders = holders.await.expect("tickets");
        assert_eq!(holders, (Some(ines), Some(noor.person)));
        // Back in her own hands nothing differs any more.
        let back = on(&today, Some(ines), Some(ines));
        let done = change(&world.desk, &world.ines, queue, back).await;
        done.expect("is changed");
        assert_eq!(differs(&world).await, Vec::<String>::new());
        world
    });
}

#[test]
fn agents_give_away_their_own_only_and_dispatchers_leave_it_to_nobody() {
    on_both(|world| async {
        let noor = with_rota(&world).await;
        let (queue, ines) = (world.queue().await, world.ines.person);
        let date = "2026-12-24";
        let theirs = on(date, Some(ines), Some(noor.person));
        let denied = ErrorKind::Denied;
        let done = change(&world.desk, &noor, queue, theirs).await;
        refused(done, denied, "only dispatchers and admins may do this");
        let nobody = on(date, Some(noor.person), None);
        refused(
            change(&world.desk, &noor, queue, nobody).await,
            denied,
            "dispatchers",
        );
        let all_free = on(date, None, None);
        let done = change(&world.desk, &world.ines, queue, all_free).await;
        done.expect("is changed");
        let own = on("2026-12-23", Some(noor.person), Some(ines));
        change(&world.desk, &noor, queue, own).await.expect("hers");
        let past = on("2020-01-01", Some(noor.person), Some(ines));
        let done = change(&world.desk, &noor, queue, past).await;
        refused(
            done,
            ErrorKind::Invalid,
            "choose today or a day within a year",
        );
        let (one, other) = (ines.0, noor.person.0);
        let both = [format!("2026-12-23 {other}→{one}"), format!("{date} 0→0")];
        assert_eq!(differs(&world).await, both);

        let all = weeks(&world.desk, &noor).await.expect("the weeks");
        let [hers, free] = all[0].exceptions.as_slice() else {
            panic!("{all:?}")
        };
        refused(
            take_back(&world.desk, &noor, queue, free.id).await,
            denied,
            "dispatchers",
        );
        let done = take_back(&world.desk, &noor, queue, hers.id).await;
        done.expect("is taken back");
        let again = take_back(&world.desk, &noor, queue, hers.id).await;
        refused(again, ErrorKind::NotFound, "there is no change of the rota");
        assert_eq!(differs(&world).await, [format!("{date} 0→0")]);
        world
    });
}

#[test]
fn two_swap_their_duties_and_a_second_word_replaces_the_first() {
    on_both(|world| async {
        let noor = with_rota(&world).await;
        let (queue, ines) = (world.queue().await, world.ines.person);
        let wanted = Swap {
            one: (day("2026-12-01"), noor.person),
            other: (day("2026-12-03"), ines),
        };
        swap(&world.desk, &noor, queue, wanted)
            .await
            .expect("swapped");
        let (one, other) = (ines.0, noor.person.0);
        let first = format!("2026-12-01 {other}→{one}");
        let both = [first, format!("2026-12-03 {one}→{other}")];
        assert_eq!(differs(&world).await, both);
        let nobody = on("2026-12-03", Some(ines), None);
        let done = change(&world.desk, &world.ines, queue, nobody).await;
        done.expect("is changed");
        let both = [both[0].clone(), format!("2026-12-03 {one}→0")];
        assert_eq!(differs(&world).await, both);
        world
    });
}
