//! The door: what commits, what does not, and who notices.

use kept_store::testing::both;
use kept_store::{StoreError, Tx, Value};

fn set(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    tx.exec(
        "INSERT INTO settings (key, value) VALUES (?1, ?2)",
        &[key.into(), value.into()],
    )?;
    Ok(())
}

fn get(tx: &mut Tx<'_>, key: &str) -> Result<Option<String>, StoreError> {
    let row = tx.one("SELECT value FROM settings WHERE key = ?1", &[key.into()])?;
    row.map(|row| row.text("value")).transpose()
}

#[test]
fn what_is_written_can_be_read() {
    both(|store| {
        store
            .write_blocking(|tx| set(tx, "name", "Kept"))
            .expect("writes");
        let read = store.read_blocking(|tx| get(tx, "name"));
        assert_eq!(read, Ok(Some("Kept".to_owned())));
    });
}

#[test]
fn values_come_back_as_they_went_in() {
    both(|store| {
        let bytes: Vec<u8> = (0..=255).collect();
        let (number, text) = (i64::MIN, "Zoë — 会議 🙂 'quoted'");
        let sent: Vec<Value> = vec![
            number.into(),
            text.into(),
            bytes.into(),
            None::<i64>.into(),
            true.into(),
        ];
        let params = sent.clone();
        let row = store
            .read_blocking(move |tx| {
                tx.one(
                    "SELECT CAST(?1 AS BIGINT) AS a, CAST(?2 AS TEXT) AS b, ?3 AS c,
                            CAST(?4 AS BIGINT) AS d, CAST(?5 AS BIGINT) AS e
                     FROM blobs RIGHT JOIN (SELECT 1 AS one) AS single ON blobs.body = ?3",
                    &params,
                )
            })
            .expect("reads")
            .expect("a row");
        let found: Vec<Value> = (0..4)
            .map(|at| row.value(at).expect("there").clone())
            .collect();
        assert_eq!(found, sent[..4]);
        assert_eq!(row.flag("e"), Ok(true));
    });
}
