//! What only a server can do to us: break connections, restart, end one of two that wait.

use std::sync::Barrier;

use kept_store::testing::{self, options};
use kept_store::{Store, StoreError, Tx};

fn set(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<u64, StoreError> {
    tx.exec(
        "INSERT INTO settings (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        &[key.into(), value.into()],
    )
}

fn count(store: &Store) -> Result<i64, StoreError> {
    store.read_blocking(|tx| {
        let row = tx.one("SELECT count(*) AS count FROM settings", &[])?;
        row.map_or(Ok(-1), |row| row.int("count"))
    })
}

/// Ends every connection to the database but the one that asks.
fn break_all_others(store: &Store) {
    store
        .write_blocking(|tx| {
            tx.rows(
                "SELECT pg_terminate_backend(pid, 10000) AS ended FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
                &[],
            )
        })
        .expect("breaks");
}

#[test]
fn after_a_restart_the_next_one_in_line_gets_a_new_connection() {
    let Some(temporary) = testing::postgres() else {
        return;
    };
    let store = temporary.store();
    let other = Store::open(store.location(), &options()).expect("opens");
    let mut changes = store.changes();
    for round in 0..4 {
        store
            .write_blocking(move |tx| set(tx, &format!("{round}"), ""))
            .expect("writes");
        count(&store).expect("reads");
        break_all_others(&other);
    }
    assert_eq!(count(&store), Ok(4));
    let heard =
        std::iter::from_fn(|| changes.blocking_recv().ok()).find(|change| change.topic == "*");
    assert!(
        heard.is_some(),
        "that it may have missed something was not said"
    );
    other.close_blocking();
}

#[test]
fn a_connection_that_breaks_half_way_is_reported_and_replaced() {
    let Some(temporary) = testing::postgres() else {
        return;
    };
    let store = temporary.store();
    let result = store.write_blocking(|tx| {
        set(tx, "half", "way")?;
        tx.rows(
            "SELECT pg_terminate_backend(pg_backend_pid()) AS ended",
            &[],
        )?;
        set(tx, "other", "half")
    });
    assert!(
        matches!(result, Err(StoreError::Unavailable { .. })),
        "{result:?}"
    );
    assert!(result.is_err_and(|error| error.is_temporary()));
    for at in 0..4 {
        store
            .write_blocking(move |tx| set(tx, &format!("{at}"), ""))
            .expect("a new connection");
    }
    assert_eq!(count(&store), Ok(4));
}

#[test]
fn of_two_that_wait_for_each_other_one_is_told_to_try_again() {
    let Some(temporary) = testing::postgres() else {
        return;
    };
    let store = temporary.store();
    store
        .write_blocking(|tx| {
            set(tx, "a", "")?
                .checked_add(set(tx, "b", "")?)
                .ok_or(StoreError::Busy)
        })
        .expect("writes");
    let both_hold_one = std::sync::Arc::new(Barrier::new(2));
    let cross = |first: &'static str, second: &'static str| {
        let (store, both_hold_one) = (store.clone(), both_hold_one.clone());
        std::thread::spawn(move || {
            store.write_blocking(move |tx| {
                set(tx, first, "mine")?;
                both_hold_one.wait();
                set(tx, second, "mine")
            })
        })
    };
    let [one, other] =
        [cross("a", "b"), cross("b", "a")].map(|thread| thread.join().expect("runs"));
    let lost = [one, other]
        .into_iter()
        .filter(|result| *result == Err(StoreError::Conflict))
        .count();
    assert_eq!(lost, 1);
}

#[test]
fn plans_from_before_a_migration_are_made_anew() {
    let Some(temporary) = testing::postgres() else {
        return;
    };
    let store = temporary.store();
    let other = Store::open(store.location(), &options()).expect("opens");
    let read = || {
        store.write_blocking(|tx| {
            tx.rows("SELECT value FROM settings", &[])
                .map(|rows| rows.len())
        })
    };
    for _ in 0..4 {
        read().expect("reads");
    }
    other
        .write_blocking(|tx| {
            tx.exec(
                "ALTER TABLE settings ALTER COLUMN value TYPE VARCHAR(100)",
                &[],
            )
        })
        .expect("alters");
    let outdated: Vec<_> = std::iter::from_fn(|| read().err()).collect();
    assert!(
        outdated.iter().all(StoreError::is_temporary),
        "{outdated:?}"
    );
    assert!(outdated.len() <= 2, "each of two workers may notice once");
    other.close_blocking();
}

#[test]
fn a_value_of_the_wrong_type_is_an_error_and_the_connection_lives() {
    let Some(temporary) = testing::postgres() else {
        return;
    };
    let store = temporary.store();
    let result = store.write_blocking(|tx| set_number(tx, "seven"));
    assert!(
        matches!(&result, Err(StoreError::Sql(why)) if why.contains("CAST")),
        "{result:?}"
    );
    assert_eq!(count(&store), Ok(0));
}

fn set_number(tx: &mut Tx<'_>, text: &str) -> Result<u64, StoreError> {
    tx.exec(
        "INSERT INTO blobs (sha256, size_bytes) VALUES ('a', ?1)",
        &[text.into()],
    )
}
