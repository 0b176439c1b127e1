//! The door: what commits, what does not, and what is said about it.

use std::fs;
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, Sender, channel};

use kept_store::testing::{self, both, options};
use kept_store::{Location, Options, Store, StoreError, Tx, Value};
use tokio::task::yield_now;

fn set(tx: &mut Tx<'_>, key: &str) -> Result<(), StoreError> {
    tx.exec(
        "INSERT INTO settings (key, value) VALUES (?1, 'set')",
        &[key.into()],
    )?;
    Ok(())
}

fn keys(store: &Store) -> Vec<String> {
    let rows = store.read_blocking(|tx| tx.rows("SELECT key FROM settings ORDER BY key", &[]));
    let rows = rows.expect("reads");
    rows.iter()
        .map(|row| row.text("key").expect("a key"))
        .collect()
}

/// One thread, so that what is spawned is in line after one `yield_now`.
fn in_line(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(test);
}

/// Occupies one writing thread until the sender is dropped; returns once it is occupied.
async fn occupy(store: &Store) -> (Sender<()>, tokio::task::JoinHandle<Result<(), StoreError>>) {
    let (release, released) = channel::<()>();
    let (started, start) = tokio::sync::oneshot::channel();
    let store = store.clone();
    let task = tokio::spawn(async move {
        store
            .write(move |_| {
                let _ = started.send(());
                wait(&released);
                Ok(())
            })
            .await
    });
    start.await.expect("it starts");
    (release, task)
}

fn wait(released: &Receiver<()>) {
    let _ = released.recv();
}

#[test]
fn what_is_written_is_there_after_closing_and_opening() {
    both(|store| {
        store.write_blocking(|tx| set(tx, "name")).expect("writes");
        store.close_blocking();
        let again = Store::open(store.location(), &options()).expect("opens");
        assert_eq!(keys(&again), ["name"]);
        again.close_blocking();
    });
}

#[test]
fn values_come_back_as_they_went_in() {
    both(|store| {
        let bytes: Vec<u8> = (0..=255).collect();
        let (number, text) = (i64::MIN, "Zoë — 会議 🙂 'quoted'");
        let sent: Vec<Value> = vec![number.into(), text.into(), bytes.into(), Value::Null];
        let params = sent.clone();
        let row = store
            .write_blocking(move |tx| {
                tx.one(
                    "INSERT INTO blobs (size_bytes, sha256, body) VALUES (?1, ?2, ?3)
                     RETURNING size_bytes AS a, sha256 AS b, body AS c, CAST(?4 AS BIGINT) AS d, 1 AS e",
                    &params,
                )
            })
            .expect("writes")
            .expect("a row");
        let found: Vec<Value> = (0..4)
            .map(|at| row.value(at).expect("there").clone())
            .collect();
        assert_eq!(found, sent);
        assert_eq!(row.flag("e"), Ok(true));
        assert_eq!(row.columns().collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
    });
}

#[test]
fn writers_at_once_are_all_kept_and_a_failing_one_harms_nobody() {
    both(|store| {
        in_line(async {
            let (release, _) = occupy(&store).await;
            let writers: Vec<_> = (0..32)
                .map(|at| tokio::spawn(write_numbered(store.clone(), at)))
                .collect();
            yield_now().await;
            drop(release);
            for (at, writer) in writers.into_iter().enumerate() {
                let expected = match at {
                    7 => Err(StoreError::Panicked),
                    9 => Err(StoreError::Conflict),
                    _ => Ok(()),
                };
                assert_eq!(writer.await.expect("answers"), expected, "writer {at}");
            }
        });
        store.close_blocking();
        let again = Store::open(store.location(), &options()).expect("opens");
        assert_eq!(keys(&again).len(), 30);
        again.close_blocking();
    });
}

/// Number 7 panics and number 9 fails, both after they wrote.
async fn write_numbered(store: Store, at: i32) -> Result<(), StoreError> {
    store
        .write(move |tx| {
            set(tx, &format!("key {at}"))?;
            assert!(at != 7, "number seven panics, as it should in this test");
            if at == 9 {
                Err(StoreError::Conflict)
            } else {
                Ok(())
            }
        })
        .await
}

#[test]
fn sqlite_writes_in_the_order_of_asking() {
    let temporary = testing::sqlite();
    let store = temporary.store();
    in_line(async {
        let (release, _) = occupy(&store).await;
        let writers: Vec<_> = (0..100)
            .map(|at| {
                let store = store.clone();
                tokio::spawn(async move { store.write(move |tx| count_and_set(tx, at)).await })
            })
            .collect();
        yield_now().await;
        drop(release);
        for (at, writer) in writers.into_iter().enumerate() {
            assert_eq!(writer.await.expect("answers"), Ok(at as i64));
        }
    });
}

fn count_and_set(tx: &mut Tx<'_>, at: i32) -> Result<i64, StoreError> {
    let row = tx.one("SELECT count(*) AS before FROM settings", &[])?;
    set(tx, &format!("key {at}"))?;
    row.map_or(Ok(-1), |row| row.int("before"))
}

#[test]
fn a_statement_that_failed_spoils_its_transaction_even_when_ignored() {
    both(|store| {
        let result = store.write_blocking(|tx| {
            set(tx, "before")?;
            let _ = tx.exec("INSERT INTO nowhere (a) VALUES (1)", &[]);
            assert!(set(tx, "after").is_err());
            Ok::<(), StoreError>(())
        });
        assert!(matches!(result, Err(StoreError::Sql(_))), "{result:?}");
        assert_eq!(keys(&store), [""; 0]);
    });
}

#[test]
fn a_duplicate_says_what_is_there_already() {
    both(|store| {
        let result = store.write_blocking(|tx| {
            set(tx, "name")?;
            set(tx, "name")
        });
        assert!(
            matches!(&result, Err(StoreError::Unique { constraint }) if constraint.contains("settings")),
            "{result:?}"
        );
    });
}

#[test]
fn a_read_can_not_write() {
    both(|store| {
        let result = store.read_blocking(|tx| set(tx, "name"));
        assert_eq!(result, Err(StoreError::ReadOnly));
        let result = store.read_blocking(|tx| {
            tx.rows(
                "INSERT INTO settings (key, value) VALUES ('a', 'b') RETURNING key",
                &[],
            )
        });
        assert_eq!(result.map(|rows| rows.len()), Err(StoreError::ReadOnly));
        assert_eq!(keys(&store), [""; 0]);
    });
}

#[test]
fn a_read_sees_one_unchanging_picture() {
    both(|store| {
        let (written, after) = channel::<()>();
        let (started, start) = channel();
        let reading = store.clone();
        let reader = std::thread::spawn(move || {
            reading.read_blocking(move |tx| {
                let sql = "SELECT count(*) AS count FROM settings";
                let first = tx.one(sql, &[])?.map(|row| row.int("count"));
                let _ = started.send(());
                wait(&after);
                let second = tx.one(sql, &[])?.map(|row| row.int("count"));
                Ok::<_, StoreError>((first, second))
            })
        });
        start.recv().expect("the reader has looked once");
        store.write_blocking(|tx| set(tx, "name")).expect("writes");
        drop(written);
        let seen = reader.join().expect("reads");
        assert_eq!(seen, Ok((Some(Ok(0)), Some(Ok(0)))));
    });
}

#[test]
fn a_full_line_answers_busy_at_once() {
    both(|migrated| {
        let narrow = Options {
            workers: 1,
            queue: 1,
            ..options()
        };
        let store = Store::open(migrated.location(), &narrow).expect("opens");
        in_line(async {
            let (release, occupier) = occupy(&store).await;
            let waiting = store.clone();
            let waiting = tokio::spawn(async move { waiting.write(|tx| set(tx, "waits")).await });
            yield_now().await;
            let refused = store.write(|tx| set(tx, "refused")).await;
            assert_eq!(refused, Err(StoreError::Busy));
            drop(release);
            assert_eq!(occupier.await.expect("answers"), Ok(()));
            assert_eq!(waiting.await.expect("answers"), Ok(()));
        });
        assert_eq!(keys(&store), ["waits"]);
        store.close_blocking();
    });
}

#[test]
fn a_caller_that_goes_away_does_not_stop_its_write() {
    both(|store| {
        in_line(async {
            let (release, _) = occupy(&store).await;
            let gone = store.clone();
            let caller = tokio::spawn(async move { gone.write(|tx| set(tx, "name")).await });
            yield_now().await;
            caller.abort();
            drop(release);
            store.close().await;
        });
        let again = Store::open(store.location(), &options()).expect("opens");
        assert_eq!(keys(&again), ["name"]);
        again.close_blocking();
    });
}

#[test]
fn a_closed_store_finishes_what_waits_and_takes_nothing_new() {
    both(|store| {
        in_line(async {
            let (release, _) = occupy(&store).await;
            let waiting = store.clone();
            let waiting = tokio::spawn(async move { waiting.write(|tx| set(tx, "waits")).await });
            yield_now().await;
            drop(release);
            store.close().await;
            assert_eq!(waiting.await.expect("answers"), Ok(()));
            let late = store.write(|tx| set(tx, "late")).await;
            assert!(matches!(late, Err(StoreError::Unavailable { .. })));
        });
        assert!(store.read_blocking(|tx| tx.rows("SELECT 1", &[])).is_err());
    });
}

#[test]
fn a_full_disk_is_said_and_survived() {
    let temporary = testing::sqlite();
    let store = temporary.store();
    limit_pages(&store, "PRAGMA max_page_count = 1");
    let large = "x".repeat(1_000_000);
    let result = store.write_blocking(move |tx| set(tx, &large));
    assert_eq!(result, Err(StoreError::Full));
    assert!(StoreError::Full.is_temporary());
    limit_pages(&store, "PRAGMA max_page_count = 1000000");
    store.write_blocking(|tx| set(tx, "name")).expect("goes on");
    assert_eq!(keys(&store), ["name"]);
}

/// SQLite takes the pages in use now when told fewer.
fn limit_pages(store: &Store, pragma: &'static str) {
    store
        .write_blocking(move |tx| tx.rows(pragma, &[]))
        .expect("limits");
}

#[test]
fn another_process_writing_the_file_is_waited_for() {
    let temporary = testing::sqlite();
    let stores = [temporary.store(), open_again(&temporary.store())];
    std::thread::scope(|scope| {
        for (name, store) in stores.iter().enumerate() {
            scope.spawn(move || {
                for at in 0..50 {
                    store
                        .write_blocking(move |tx| set(tx, &format!("{name} {at}")))
                        .expect("writes");
                }
            });
        }
    });
    assert_eq!(keys(&stores[0]).len(), 100);
    stores[1].close_blocking();
}

fn open_again(store: &Store) -> Store {
    Store::open(store.location(), &options()).expect("opens")
}

#[test]
fn a_file_that_is_no_database_is_said_to_be_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("kept.db");
    fs::write(
        &file,
        "something else, and longer than the header of a database ".repeat(100),
    )
    .expect("writes");
    let opened = Store::open(&Location::Sqlite(file), &options()).map(|_| ());
    assert!(
        matches!(opened, Err(StoreError::Corrupt { .. })),
        "{opened:?}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_unavailable() {
    let folder = tempfile::tempdir().expect("a folder");
    let location = Location::Sqlite(folder.path().join("missing/kept.db"));
    let opened = Store::open(&location, &options()).map(|_| ());
    assert!(
        matches!(opened, Err(StoreError::Unavailable { .. })),
        "{opened:?}"
    );
}

#[test]
fn a_server_that_is_not_there_is_unavailable() {
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|free| free.local_addr())
        .expect("a port")
        .port();
    let location = Location::Postgres(format!("postgres://kept@127.0.0.1:{port}/kept"));
    for watch in [true, false] {
        let opened = Store::open(&location, &Options { watch, ..options() }).map(|_| ());
        assert!(
            matches!(opened, Err(StoreError::Unavailable { .. })),
            "{opened:?}"
        );
    }
}
