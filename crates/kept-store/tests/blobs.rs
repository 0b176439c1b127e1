//! Contents: small in the database, large in the folder, always what was put in.

use std::fs;
use std::path::PathBuf;

use kept_store::blobs::{Blobs, Prepared, SMALL_BYTES, keep_small};
use kept_store::testing::both;
use kept_store::{Store, StoreError};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

fn record(store: &Store, prepared: &Prepared) {
    let prepared = prepared.clone();
    store
        .write_blocking(move |tx| prepared.record(tx))
        .expect("records");
}

fn file_of(folder: &tempfile::TempDir, sha256: &str) -> PathBuf {
    folder
        .path()
        .join(&sha256[..2])
        .join(&sha256[2..4])
        .join(sha256)
}

#[test]
fn small_and_large_contents_come_back_as_they_went_in() {
    both(|store| {
        let folder = folder();
        let blobs = Blobs::open(folder.path()).expect("opens");
        for length in [0, 1, SMALL_BYTES, SMALL_BYTES + 1, 1_000_000] {
            let prepared = blobs.prepare_blocking(bytes(length)).expect("prepares");
            record(&store, &prepared);
            record(&store, &prepared);
            let found = blobs
                .get_blocking(&store, prepared.sha256())
                .expect("reads");
            assert_eq!(found.as_deref(), Some(bytes(length).as_slice()));
            assert_eq!(prepared.size_bytes(), length);
            let is_file = file_of(&folder, prepared.sha256()).exists();
            assert_eq!(is_file, length > SMALL_BYTES, "{length} bytes");
        }
    });
}

#[test]
fn what_was_not_recorded_is_not_there() {
    both(|store| {
        let folder = folder();
        let blobs = Blobs::open(folder.path()).expect("opens");
        let prepared = blobs.prepare_blocking(bytes(100_000)).expect("prepares");
        assert_eq!(blobs.get_blocking(&store, prepared.sha256()), Ok(None));
        assert_eq!(blobs.get_blocking(&store, "../../etc/passwd"), Ok(None));
        assert_eq!(blobs.get_blocking(&store, ""), Ok(None));
    });
}

#[test]
fn a_damaged_or_missing_content_is_noticed() {
    both(|store| {
        let folder = folder();
        let blobs = Blobs::open(folder.path()).expect("opens");
        let large = blobs.prepare_blocking(bytes(100_000)).expect("prepares");
        record(&store, &large);
        let file = file_of(&folder, large.sha256());
        let found = || blobs.get_blocking(&store, large.sha256());
        fs::write(&file, b"something else").expect("writes");
        assert!(matches!(found(), Err(StoreError::Corrupt { what }) if what.contains("checksum")));
        fs::remove_file(&file).expect("removes");
        assert!(matches!(found(), Err(StoreError::Corrupt { what }) if what.contains("missing")));
        blobs
            .prepare_blocking(bytes(100_000))
            .expect("prepares again");
        assert_eq!(
            found().expect("mended").map(|found| found.len()),
            Some(100_000)
        );
    });
}

#[test]
fn a_damaged_small_content_is_noticed() {
    both(|store| {
        let folder = folder();
        let blobs = Blobs::open(folder.path()).expect("opens");
        let sha256 = store
            .write_blocking(|tx| keep_small(tx, bytes(10)))
            .expect("keeps");
        store
            .write_blocking(|tx| tx.exec("UPDATE blobs SET body = ?1", &[bytes(9).into()]))
            .expect("damages");
        let found = blobs.get_blocking(&store, &sha256);
        assert!(matches!(found, Err(StoreError::Corrupt { .. })));
    });
}
