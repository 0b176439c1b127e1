//! What people were told, how they chose to hear, and what web-hooks were told of it.

use kept_domain::ids::{MessageId, PersonId, TicketId};
use kept_domain::notifications::{How, Kind, Ways};
use kept_store::hooks::{self, Delivery, Hook, NewDelivery, State};
use kept_store::notifications::{self, New, Notification, Which};
use kept_store::testing::both;
use kept_store::{Store, StoreError, Tx};

use crate::support::{at, desk, read, write};

fn tell(store: &Store, person: PersonId, ticket: TicketId, kind: Kind, minute: i64) -> i64 {
    write(store, move |tx| {
        let new = New {
            person,
            ticket,
            message: Some(MessageId(7)),
            kind,
            words: "so",
            mail_at: Some(at(minute)),
            pop_up: kind == Kind::Mentioned,
        };
        notifications::insert(tx, new, at(minute))
    })
}

fn listed(store: &Store, person: PersonId, which: Which) -> Vec<i64> {
    let rows = read(store, move |tx| {
        notifications::of_person(tx, person, which, 10)
    });
    rows.into_iter().map(|it| it.id).collect()
}

const NEW: Which = Which {
    seen: false,
    only: None,
    before: None,
};

#[test]
fn notices_are_listed_by_whether_they_were_seen_by_kind_and_by_page() {
    both(|store| {
        let desk = desk(&store);
        let (one, other) = (
            desk.open(&store, 0, "Printer").id,
            desk.open(&store, 0, "Monitor").id,
        );
        let (noor, ines) = (desk.noor, desk.ines);
        let late = tell(&store, noor, one, Kind::Late, 0);
        let named = tell(&store, noor, other, Kind::Mentioned, 1);
        let again = tell(&store, noor, one, Kind::Late, 2);
        tell(&store, ines, one, Kind::Late, 2);
        assert_eq!(listed(&store, noor, NEW), [again, named, late]);
        let before = Some(again);
        assert_eq!(listed(&store, noor, Which { before, ..NEW }), [named, late]);
        let only = Some(Kind::Late);
        assert_eq!(listed(&store, noor, Which { only, ..NEW }), [again, late]);
        let mine = read(&store, move |tx| notifications::find(tx, noor, named));
        assert_eq!(mine.and_then(|it| it.message), Some(MessageId(7)));
        let theirs = read(&store, move |tx| notifications::find(tx, ines, named));
        assert_eq!(theirs, None);

        let see =
            move |tx: &mut Tx<'_>| notifications::see(tx, noor, (Some(one), only), late, at(3));
        assert!(write(&store, see));
        assert_eq!(listed(&store, noor, NEW), [again, named]);
        let see =
            move |tx: &mut Tx<'_>| notifications::see(tx, noor, (Some(other), only), 99, at(3));
        assert!(!write(&store, see), "that ticket's is of another kind");
        let see_one = move |tx: &mut Tx<'_>| notifications::see_one(tx, noor, again, at(4));
        assert!(write(&store, see_one));
        assert!(!write(&store, see_one), "it was read already");
        let see_one = move |tx: &mut Tx<'_>| notifications::see_one(tx, ines, named, at(4));
        assert!(!write(&store, see_one), "it is not theirs");
        let seen = Which { seen: true, ..NEW };
        assert_eq!(listed(&store, noor, seen), [again, late]);
        let mailed: Vec<Notification> =
            write(&store, |tx| notifications::take_to_mail(tx, at(9), 10));
        let mailed: Vec<i64> = mailed
            .iter()
            .filter(|it| it.person == noor)
            .map(|it| it.id)
            .collect();
        assert_eq!(mailed, [named], "what was seen needs no mail");
    });
}

#[test]
fn a_screen_shows_what_is_fresh_and_wanted_in_order() {
    both(|store| {
        let desk = desk(&store);
        let (one, noor) = (desk.open(&store, 0, "Printer").id, desk.noor);
        assert_eq!(read(&store, move |tx| notifications::newest(tx, noor)), 0);
        let first = tell(&store, noor, one, Kind::Mentioned, 0);
        let second = tell(&store, noor, one, Kind::Mentioned, 5);
        let third = tell(&store, noor, one, Kind::Mentioned, 6);
        let last = tell(&store, noor, one, Kind::Late, 6);
        let shown = |after: i64, since: i64, limit: usize| {
            let rows = read(&store, move |tx| {
                notifications::to_pop_up(tx, noor, (after, at(since)), limit)
            });
            rows.into_iter().map(|it| it.id).collect::<Vec<_>>()
        };
        assert_eq!(shown(0, 0, 10), [first, second, third]);
        assert_eq!(shown(first, 0, 10), [second, third]);
        assert_eq!(shown(0, 5, 1), [second]);
        write(&store, move |tx| {
            notifications::see_one(tx, noor, second, at(7))
        });
        assert_eq!(shown(0, 5, 10), [third]);
        assert_eq!(
            read(&store, move |tx| notifications::newest(tx, noor)),
            last
        );
    });
}

#[test]
fn who_never_chose_hears_as_built_in_and_a_choice_of_before_counts_for_mail_alone() {
    both(|store| {
        let noor = desk(&store).noor;
        let ways = |kind| read(&store, move |tx| notifications::ways(tx, noor, kind));
        assert_eq!(ways(Kind::Late), Kind::Late.by_default());
        write(&store, move |tx| {
            let sql = "INSERT INTO notification_choices (person_id, kind, how) VALUES (?1, 'late', 'page')";
            tx.exec(sql, &[noor.0.into()])
        });
        let by_mail = Ways {
            mail: How::Page,
            ..Kind::Late.by_default()
        };
        assert_eq!(ways(Kind::Late), by_mail);
        let chosen = Ways {
            mail: How::Digest,
            hook: false,
            pop_up: false,
        };
        for ways in [Kind::Late.by_default(), chosen] {
            write(&store, move |tx| {
                notifications::choose(tx, noor, Kind::Late, ways)
            });
        }
        assert_eq!(ways(Kind::Late), chosen);
    });
}

#[test]
fn a_hook_of_one_s_own_is_set_replaced_and_removed() {
    both(|store| {
        let (noor, ines) = {
            let desk = desk(&store);
            (desk.noor, desk.ines)
        };
        let hook = |person| read(&store, move |tx| notifications::hook(tx, person));
        for sealed in ["one", "two"] {
            write(&store, move |tx| {
                notifications::set_hook(tx, noor, Some(sealed), at(0))
            });
            assert_eq!(hook(noor).as_deref(), Some(sealed));
        }
        assert_eq!(hook(ines), None);
        write(&store, move |tx| {
            notifications::set_hook(tx, noor, None, at(0))
        });
        assert_eq!(hook(noor), None);
    });
}

#[test]
fn deliveries_belong_to_whose_hook_they_were_told() {
    both(|store| {
        let desk = desk(&store);
        let (noor, ines) = (desk.noor, desk.ines);
        let insert = |hook| {
            write(&store, move |tx| {
                let new = NewDelivery {
                    hook,
                    ticket: None,
                    notification: None,
                    url: None,
                    body: "{}",
                };
                hooks::insert(tx, &new, at(0))
            })
        };
        let mine = insert(Hook::Person(noor));
        let theirs = insert(Hook::Person(ines));
        let alarm = insert(Hook::Alarms);
        let told = |hook| {
            let rows: Result<Vec<Delivery>, StoreError> =
                store.read_blocking(move |tx| hooks::of(tx, hook, 10));
            let rows = rows.expect("are read");
            rows.into_iter()
                .map(|it| (it.id, it.hook))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(Hook::Person(noor)), [(mine, Hook::Person(noor))]);
        assert_eq!(told(Hook::Alarms), [(alarm, Hook::Alarms)]);
        write(&store, move |tx| {
            hooks::tried(tx, alarm, State::Failed, Some(410), "gone", at(1))
        });
        let found = read(&store, move |tx| hooks::find(tx, alarm));
        let found = found.expect("is there");
        assert_eq!(
            (found.state, found.attempts, found.status),
            (State::Failed, 1, Some(410))
        );
        write(&store, move |tx| hooks::remove(tx, mine));
        assert_eq!(told(Hook::Person(noor)), []);
        assert_eq!(told(Hook::Person(ines)).len(), 1);
        write(&store, |tx| hooks::forget(tx, at(1)));
        assert!(read(&store, move |tx| hooks::find(tx, theirs)).is_none());
    });
}
