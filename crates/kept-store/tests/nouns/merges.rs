//! Cards told as one: whoever reads a number gets the card that stays, and taking it back restores what was.

use kept_domain::cards::{CardEvent, CardOf};
use kept_domain::event::Event;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::tickets::Partaking;
use kept_store::lists::{List, Whose};
use kept_store::testing::both;
use kept_store::{Store, Tx, cards, lists, merges, participants, people, search, tickets, trend};

use crate::support::{address, at, desk, meet, read, write};

fn merge(store: &Store, from: PersonId, into: PersonId, by: PersonId) -> i64 {
    write(store, move |tx| {
        merges::begin(tx, CardOf::Person(from), CardOf::Person(into), by, at(5))
    })
}

fn part(store: &Store, id: i64, by: PersonId) -> bool {
    write(store, move |tx| {
        let merge = merges::find(tx, id)?.expect("it holds");
        merges::end(tx, &merge, by, at(9))
    })
}

fn opens(
    tx: &mut Tx<'_>,
    desk: &crate::support::Desk,
    whose: PersonId,
) -> Result<TicketId, kept_store::StoreError> {
    let Event::Opened {
        subject,
        kind,
        priority,
        queue,
        client,
        responsible,
        chosen,
        ..
    } = desk.opening("Printer")
    else {
        unreachable!("an opening opens");
    };
    let opened = Event::Opened {
        subject,
        kind,
        priority,
        queue,
        requester: Some(whose),
        client,
        responsible,
        chosen,
    };
    tickets::insert(tx, at(1), &opened).map(|ticket| ticket.id)
}

fn everything(store: &Store, of: PersonId) -> (Vec<String>, Vec<i64>, i64) {
    read(store, move |tx| {
        let person = people::find(tx, of)?.expect("is there");
        let open = lists::page(tx, List::OpenOf(Whose::Person(person.id)), None, 50)?;
        let tally = trend::tally(tx, Whose::Person(person.id))?;
        let mut open: Vec<i64> = open.iter().map(|it| it.id.0).collect();
        open.sort_unstable();
        let addresses = person.addresses.iter().map(ToString::to_string).collect();
        Ok((addresses, open, tally.open))
    })
}

#[test]
fn two_people_are_told_as_one_and_stand_alone_again_with_what_came_meanwhile() {
    both(|store| {
        let desk = desk(&store);
        let (dana, other, first, second) = write(&store, move |tx| {
            let other = meet(tx, "D. Fox", "fox@home.example", None, None)?;
            let first = opens(tx, &desk, desk.dana)?;
            let second = opens(tx, &desk, other)?;
            Ok((desk.dana, other, first, second))
        });
        let before = (everything(&store, dana), everything(&store, other));
        let id = merge(&store, other, dana, desk.ines);
        let both = everything(&store, other);
        assert_eq!(both.0, ["dana@acme.example", "fox@home.example"]);
        assert_eq!(both.1, [first.0, second.0]);
        assert_eq!(both, everything(&store, dana));
        let (who, names, listed, requester, row) = read(&store, move |tx| {
            let who = people::who_has(tx, &address("fox@home.example"))?.expect("is known");
            let names = people::names(tx, &[other])?;
            let listed = people::list(tx, "home.example", None, PersonId(0), 9)?;
            let requester = tickets::find(tx, second)?.expect("is there").requester;
            let row = lists::by_ids(tx, &[second])?.remove(0).requester;
            Ok((who, names, listed, requester, row))
        });
        assert_eq!(
            (who.id, who.own, who.client),
            (dana, other, Some(desk.acme))
        );
        assert_eq!(names, [(other, "Dana Fox".to_owned())]);
        assert_eq!(listed.iter().map(|it| it.id).collect::<Vec<_>>(), [dana]);
        assert_eq!((requester, row.as_deref()), (Some(dana), Some("Dana Fox")));
        // Whatever is saved meanwhile keeps the number that was recorded.
        let third = write(&store, move |tx| {
            let before = tickets::find(tx, second)?.expect("is there");
            let mut after = before.clone();
            after.subject = "Printer of floor 2".into();
            tickets::save(tx, &before, &after)?;
            people::set_addresses(
                tx,
                dana,
                &["fox@home.example", "new@acme.example", "dana@acme.example"].map(address),
            )?;
            opens(tx, &desk, who.own)
        });
        assert!(part(&store, id, desk.ines));
        assert_eq!(
            everything(&store, other),
            (vec!["fox@home.example".into()], vec![second.0, third.0], 2)
        );
        let (addresses, open, many) = everything(&store, dana);
        assert_eq!(addresses, ["new@acme.example", "dana@acme.example"]);
        assert_eq!((open, many), (before.0.1, 1));
        let again = read(&store, move |tx| {
            Ok((merges::find(tx, id)?, merges::astray(tx)?))
        });
        assert_eq!(again, (None, vec![]));
    });
}

#[test]
fn a_chain_of_merges_leads_to_its_end_and_comes_apart_link_by_link() {
    both(|store| {
        let desk = desk(&store);
        let (a, b, c) = write(&store, move |tx| {
            let a = meet(tx, "A", "a@acme.example", None, None)?;
            let b = meet(tx, "B", "b@acme.example", None, None)?;
            Ok((a, b, meet(tx, "C", "c@acme.example", None, None)?))
        });
        let leads = |wanted: [PersonId; 3]| {
            let found = read(&store, move |tx| {
                Ok([
                    merges::who(tx, a)?,
                    merges::who(tx, b)?,
                    merges::who(tx, c)?,
                ])
            });
            assert_eq!(found, wanted);
            assert_eq!(read(&store, merges::astray), []);
        };
        merge(&store, a, b, desk.ines);
        let second = merge(&store, b, c, desk.ines);
        leads([c, c, c]);
        let told = read(&store, move |tx| merges::into(tx, CardOf::Person(c)));
        assert_eq!(told.len(), 2, "both can be taken back");
        part(&store, second, desk.ines);
        leads([b, b, c]);
        let twice = store.write_blocking(move |tx| {
            merges::begin(tx, CardOf::Person(a), CardOf::Person(c), desk.ines, at(6))
        });
        assert!(
            matches!(twice, Err(kept_store::StoreError::Unique { .. })),
            "{twice:?}"
        );
    });
}

#[test]
fn whoever_takes_part_under_two_numbers_takes_part_once() {
    both(|store| {
        let desk = desk(&store);
        let (ticket, other) = write(&store, move |tx| {
            let other = meet(tx, "D. Fox", "fox@home.example", None, None)?;
            let ticket = opens(tx, &desk, desk.noor)?;
            for (person, mail) in [
                (desk.dana, "dana@acme.example"),
                (other, "fox@home.example"),
            ] {
                let named = Event::ParticipantAdded {
                    person,
                    address: mail.into(),
                    message: None,
                };
                participants::follow(tx, ticket, at(2), &named)?;
            }
            Ok((ticket, other))
        });
        let id = merge(&store, other, desk.dana, desk.ines);
        let heard = |store: &Store| {
            read(store, move |tx| {
                let all = participants::of_tickets(tx, &[ticket])?;
                Ok(all.into_iter().map(|it| it.address).collect::<Vec<_>>())
            })
        };
        assert_eq!(heard(&store), ["dana@acme.example"]);
        write(&store, move |tx| {
            let gone = Event::ParticipantRemoved { person: desk.dana };
            participants::follow(tx, ticket, at(3), &gone)
        });
        let standing = read(&store, move |tx| {
            participants::standing(tx, ticket, desk.dana)
        });
        assert_eq!(
            standing,
            Partaking::TakesPart,
            "the other number still does"
        );
        part(&store, id, desk.ines);
        assert_eq!(heard(&store), ["fox@home.example"]);
    });
}

#[test]
fn searches_find_both_by_number_name_and_address() {
    both(|store| {
        let desk = desk(&store);
        let other = write(&store, move |tx| {
            let other = meet(tx, "Vixen", "fox@home.example", None, None)?;
            opens(tx, &desk, desk.dana)?;
            opens(tx, &desk, other)?;
            Ok(other)
        });
        merge(&store, other, desk.dana, desk.ines);
        for typed in [
            format!("from:#{}", desk.dana),
            format!("from:#{other}"),
            "from:vixen".to_owned(),
            "from:\"Dana Fox\"".to_owned(),
            "from:fox@home.example".to_owned(),
        ] {
            let asked = typed.clone();
            let many = crate::search::found(&store, &desk, &asked).len();
            assert_eq!(many, 2, "{typed}");
        }
        let called = read(&store, |tx| search::called(tx, "vix", 5));
        assert_eq!(
            called,
            [search::Called::Person(
                desk.dana,
                "Dana Fox".into(),
                Some("Acme".into())
            )]
        );
    });
}

#[test]
fn the_card_that_stays_tells_both_histories_and_of_the_merge_once() {
    both(|store| {
        let desk = desk(&store);
        let (id, told) = write(&store, move |tx| {
            let other = meet(tx, "D. Fox", "fox@home.example", None, None)?;
            let (from, into) = (CardOf::Person(other), CardOf::Person(desk.dana));
            cards::append(tx, from, None, &[CardEvent::Added], at(1))?;
            let id = merges::begin(tx, from, into, desk.ines, at(5))?;
            let line = |number, name: &str| (number, name.to_owned());
            let (number, name) = line(desk.dana.0, "Dana Fox");
            cards::append(
                tx,
                from,
                None,
                &[CardEvent::MergedInto { number, name }],
                at(5),
            )?;
            let (number, name) = line(other.0, "D. Fox");
            cards::append(tx, into, None, &[CardEvent::Merged { number, name }], at(5))?;
            let last = cards::last(tx, into)?;
            let lines = cards::history(tx, into, None, 9)?;
            assert_eq!(lines.first().map(|it| it.id), Some(last));
            Ok((id, lines.into_iter().map(|it| it.event).collect::<Vec<_>>()))
        });
        assert!(matches!(
            told.as_slice(),
            [CardEvent::Merged { .. }, CardEvent::Added]
        ));
        let known = read(&store, move |tx| merges::find(tx, id)).expect("it holds");
        assert_eq!(known.by, "Ines Moreau");
    });
}
