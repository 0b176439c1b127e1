//! Tables that are brought in: lines come in their order, and what becomes of each is written down.

use kept_domain::ids::PersonId;
use kept_domain::imports::{Column, Kind, Mapping, Outcome};
use kept_store::imports::{self, Fate, Import, State};
use kept_store::testing::both;

use crate::support::{at, desk, read, write};

fn import(by: PersonId) -> Import {
    Import {
        id: 0,
        by,
        kind: Kind::People,
        file_name: "people.csv".into(),
        headers: vec!["Mail".into(), "Name".into()],
        mapping: Mapping(vec![Some(Column::Email), None]),
        state: State::Mapping,
        began: at(0),
        ended: None,
    }
}

#[test]
fn lines_are_settled_one_by_one_and_begin_anew_with_another_mapping() {
    both(|store| {
        let desk = desk(&store);
        let lines: Vec<Vec<String>> = (2..=451).map(|n| vec![format!("{n}")]).collect();
        let id = write(&store, move |tx| {
            imports::insert(tx, &import(desk.ines), &lines)
        });
        let found = read(&store, move |tx| imports::find(tx, id)).expect("it is there");
        assert_eq!(
            found,
            Import {
                id,
                ..import(desk.ines)
            }
        );
        let waiting = move |after, limit| {
            read(&store, move |tx| {
                imports::lines(tx, id, &[Outcome::Waiting, Outcome::Make], after, limit)
            })
        };
        let last = waiting(400, 100);
        assert_eq!(last.len(), 51);
        assert_eq!(last[0].line, 401);
        assert_eq!(last[50].cells, ["451"]);
    });
    both(|store| {
        let desk = desk(&store);
        let lines = vec![vec!["a".to_owned()], vec!["a".to_owned()]];
        let id = write(&store, move |tx| {
            imports::insert(tx, &import(desk.ines), &lines)
        });
        let fate = Fate {
            outcome: Outcome::Make,
            says: String::new(),
            key: Some("a".into()),
            card: Some(7),
        };
        write(&store, move |tx| {
            imports::settle(tx, id, 2, &fate)?;
            imports::set_state(tx, id, State::Looking, None)
        });
        let earlier = |line| read(&store, move |tx| imports::earlier(tx, id, "a", line));
        assert_eq!(earlier(3), Some(2));
        assert_eq!(earlier(2), None);
        let outcomes = read(&store, move |tx| imports::outcomes(tx, id));
        assert_eq!(outcomes, [(Outcome::Make, 1), (Outcome::Waiting, 1)]);
        assert_eq!(read(&store, imports::under_way).len(), 1);
        let other = Mapping(vec![None, Some(Column::Email)]);
        write(&store, move |tx| {
            imports::set_mapping(tx, id, &other)?;
            imports::set_state(tx, id, State::Done, Some(at(3)))
        });
        assert_eq!(earlier(3), None);
        let latest = read(&store, |tx| imports::latest(tx, 9));
        assert_eq!(latest[0].state, State::Done);
        assert_eq!(latest[0].ended, Some(at(3)));
        assert!(read(&store, imports::under_way).is_empty());
    });
}
