//! Who is told of a change, here and on other nodes, and who is not.

use kept_store::testing::{both, options};
use kept_store::{Change, Database, Store, StoreError};
use tokio::sync::broadcast::Receiver;

fn announce(store: &Store, topic: &str) {
    let topic = topic.to_owned();
    store
        .write_blocking(move |tx| {
            tx.exec(
                "INSERT INTO settings (key, value) VALUES (?1, '')",
                &[topic.as_str().into()],
            )?;
            tx.announce(topic);
            Ok::<(), StoreError>(())
        })
        .expect("writes");
}

fn next(changes: &mut Receiver<Change>) -> String {
    changes.blocking_recv().expect("a change").topic
}

#[test]
fn a_kept_change_is_told_and_an_undone_one_is_not() {
    both(|store| {
        let mut changes = store.changes();
        let undone: Result<(), StoreError> = store.write_blocking(|tx| {
            tx.announce("undone");
            Err(StoreError::Conflict)
        });
        assert_eq!(undone, Err(StoreError::Conflict));
        announce(&store, "ticket:412");
        assert_eq!(next(&mut changes), "ticket:412");
    });
}

#[test]
fn a_topic_is_told_once_and_too_many_as_everything() {
    both(|store| {
        let mut changes = store.changes();
        store
            .write_blocking(|tx| {
                tx.announce("inbox");
                tx.announce("inbox");
                tx.announce("ticket:1");
                Ok::<(), StoreError>(())
            })
            .expect("writes");
        assert_eq!(
            [next(&mut changes), next(&mut changes)],
            ["inbox", "ticket:1"]
        );
        store
            .write_blocking(|tx| {
                (0..500).for_each(|at| tx.announce(format!("ticket:{at}")));
                Ok::<(), StoreError>(())
            })
            .expect("writes");
        assert_eq!(next(&mut changes), "*");
        store
            .write_blocking(|tx| {
                tx.announce("x".repeat(10_000));
                Ok::<(), StoreError>(())
            })
            .expect("writes");
        assert_eq!(next(&mut changes), "*");
    });
}

#[test]
fn another_node_hears_of_a_change() {
    both(|store| {
        let other = Store::open(store.location(), &options()).expect("a second node");
        let mut changes = store.changes();
        announce(&other, "ticket:412");
        let expected = match store.database() {
            Database::Sqlite => "*",
            Database::Postgres => "ticket:412",
        };
        assert_eq!(next(&mut changes), expected);
        other.close_blocking();
    });
}
