//! Contents by their SHA-256: raw mail and attachments. Small ones are rows, large ones files.
//! Never records a file that is not safely on disk, and never hands out bytes that don't match.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};

use crate::digest;
use crate::error::StoreError;
use crate::store::Store;
use crate::tx::Tx;

/// Contents up to this size are kept in the database, in the transaction that needs them.
pub const SMALL_BYTES: usize = 64 * 1024;

/// The folder of large contents.
#[derive(Clone)]
pub struct Blobs {
    files: Arc<dyn ObjectStore>,
}

/// Contents ready to be recorded: a large one is already a file, safely on disk.
#[derive(Debug, Clone)]
pub struct Prepared {
    sha256: String,
    size_bytes: usize,
    small: Option<Bytes>,
}

/// A large content in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// 64 hex characters, lower-case.
    pub sha256: String,
    pub size_bytes: usize,
}

impl Blobs {
    /// Opens the folder, which must be on a disk that keeps what it was told to sync.
    /// Makes it when it is not there.
    pub fn open(folder: &Path) -> Result<Blobs, StoreError> {
        let refused = |error: &dyn std::error::Error| StoreError::Unavailable {
            what: format!("the folder for attachments {}: {error}", folder.display()),
        };
        std::fs::create_dir_all(folder).map_err(|error| refused(&error))?;
        let files = LocalFileSystem::new_with_prefix(folder).map_err(|error| refused(&error))?;
        Ok(Blobs {
            files: Arc::new(files.with_fsync(true)),
        })
    }

    /// Readies contents for [`Prepared::record`]: writes a large one to the folder. What is never
    /// recorded stays there unused and harms nothing.
    pub async fn prepare(&self, bytes: impl Into<Bytes>) -> Result<Prepared, StoreError> {
        let bytes = bytes.into();
        if bytes.len() <= SMALL_BYTES {
            return Ok(Prepared::small(bytes));
        }
        let Stored { sha256, size_bytes } = self.put(bytes).await?;
        Ok(Prepared {
            sha256,
            size_bytes,
            small: None,
        })
    }

    /// Writes contents to the folder. The file and its name are on disk when this returns.
    /// Doing it twice is harmless and mends a damaged file.
    pub async fn put(&self, bytes: impl Into<Bytes>) -> Result<Stored, StoreError> {
        let bytes = bytes.into();
        let stored = Stored {
            sha256: digest::sha256(&bytes),
            size_bytes: bytes.len(),
        };
        self.files
            .put(&key(&stored.sha256), bytes.into())
            .await
            .map_err(|error| of_folder(&error))?;
        Ok(stored)
    }

    /// The contents with this SHA-256, checked against it; `None` when it was never recorded.
    /// Fails with [`StoreError::Corrupt`] when a file is gone or damaged.
    pub async fn get(&self, store: &Store, sha256: &str) -> Result<Option<Bytes>, StoreError> {
        let wanted = sha256.to_owned();
        let bytes = match store.read(move |tx| recorded(tx, &wanted)).await? {
            None => return Ok(None),
            Some(Recorded::Small(body)) => Bytes::from(body),
            Some(Recorded::Large) => self.file(sha256).await?,
        };
        if digest::sha256(&bytes) != sha256 {
            return Err(damaged(sha256, "does not match its checksum"));
        }
        Ok(Some(bytes))
    }

    /// [`Blobs::prepare`] for threads that may block; never for an async one.
    pub fn prepare_blocking(&self, bytes: impl Into<Bytes>) -> Result<Prepared, StoreError> {
        runtime()?.block_on(self.prepare(bytes))
    }

    /// [`Blobs::get`] for threads that may block; never for an async one.
    pub fn get_blocking(&self, store: &Store, sha256: &str) -> Result<Option<Bytes>, StoreError> {
        runtime()?.block_on(self.get(store, sha256))
    }

    async fn file(&self, sha256: &str) -> Result<Bytes, StoreError> {
        let found = async { self.files.get(&key(sha256)).await?.bytes().await };
        found.await.map_err(|error| match error {
            object_store::Error::NotFound { .. } => damaged(sha256, "is missing"),
            other => of_folder(&other),
        })
    }
}

impl Prepared {
    fn small(bytes: Bytes) -> Prepared {
        Prepared {
            sha256: digest::sha256(&bytes),
            size_bytes: bytes.len(),
            small: Some(bytes),
        }
    }

    /// The SHA-256 under which it can be read: 64 hex characters, lower-case.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    pub fn size_bytes(&self) -> usize {
        self.size_bytes
    }

    /// Makes the contents part of the caller's transaction. The same contents twice are one.
    pub fn record(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        tx.exec(
            "INSERT INTO blobs (sha256, size_bytes, body) VALUES (?1, ?2, ?3)
             ON CONFLICT (sha256) DO NOTHING",
            &[
                self.sha256.as_str().into(),
                self.size_bytes.into(),
                self.small.as_deref().into(),
            ],
        )?;
        Ok(())
    }
}

/// Keeps small contents in the caller's transaction without the folder, and says under which
/// SHA-256. For what Kept itself writes; check the size with [`SMALL_BYTES`] first.
pub fn keep_small(tx: &mut Tx<'_>, bytes: impl Into<Bytes>) -> Result<String, StoreError> {
    let prepared = Prepared::small(bytes.into());
    prepared.record(tx)?;
    Ok(prepared.sha256)
}

enum Recorded {
    Small(Vec<u8>),
    Large,
}

fn recorded(tx: &mut Tx<'_>, sha256: &str) -> Result<Option<Recorded>, StoreError> {
    let row = tx.one("SELECT body FROM blobs WHERE sha256 = ?1", &[sha256.into()])?;
    row.map(|row| {
        Ok(row
            .maybe_blob("body")?
            .map_or(Recorded::Large, Recorded::Small))
    })
    .transpose()
}

/// `ab/cd/abcd…`: two levels keep folders small.
fn key(sha256: &str) -> Key {
    let (first, second) = (sha256.get(..2), sha256.get(2..4));
    Key::from_iter(first.into_iter().chain(second).chain([sha256]))
}

fn damaged(sha256: &str, how: &str) -> StoreError {
    StoreError::Corrupt {
        what: format!("the stored content {sha256} {how}"),
    }
}

fn of_folder(error: &object_store::Error) -> StoreError {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<std::io::Error>()
            && matches!(io.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
        {
            return StoreError::Full;
        }
        cause = inner.source();
    }
    StoreError::Unavailable {
        what: format!("the folder for attachments: {error}"),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, StoreError> {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| StoreError::Unavailable {
            what: format!("the system refused a thread ({error})"),
        })
}
