//! A key that lives beside the database, never in it: what is sealed with it can't be read from a dump.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};

use crate::Error;
use crate::random::Random;

const FILE: &str = "secret.key";
const NONCE_BYTES: usize = 12;

/// Seals and opens small texts such as a relay's password.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// Reads the key of a data folder, or makes one for a new folder.
    ///
    /// # Errors
    /// When the file can't be read or written, or does not hold a key.
    pub fn of_folder(folder: &Path, random: &Random) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let outside = |what: &str, e: &dyn std::fmt::Display| {
            Error::Outside(format!("{} can't be {what}: {e}", path.display()))
        };
        match std::fs::read(&path) {
            Ok(bytes) => bytes.try_into().map(Self).map_err(|_| {
                outside(
                    "used",
                    &"it must hold exactly 32 bytes; restore it from a backup",
                )
            }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = random.bytes::<32>()?;
                match write_new(&path, &key) {
                    Ok(()) => Ok(Self(key)),
                    // Another process was quicker; its key is the one.
                    Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
                        Self::of_folder(folder, random)
                    }
                    Err(e) => Err(outside("written", &e)),
                }
            }
            Err(e) => Err(outside("read", &e)),
        }
    }

    /// # Errors
    /// When there is no randomness for a nonce.
    pub fn seal(&self, text: &str, random: &Random) -> Result<String, Error> {
        let nonce = random.bytes::<NONCE_BYTES>()?;
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), text.as_bytes());
        let sealed = sealed.map_err(|_| Error::Outside("a secret could not be sealed".into()))?;
        Ok(STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// The text again; `None` when it was sealed with another key or changed.
    pub fn open(&self, sealed: &str) -> Option<String> {
        let bytes = STANDARD_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let open = self.cipher().decrypt(&Nonce::from(nonce), sealed).ok()?;
        String::from_utf8(open).ok()
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&Key::from(self.0))
    }
}

/// Writes the whole file or nothing, and never over one that is there.
fn write_new(path: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    let unfinished = path.with_extension(format!("part-{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&unfinished)?;
    file.write_all(key)?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&unfinished, path);
    std::fs::remove_file(&unfinished)?;
    linked
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_with_its_own_key() {
        let folder = tempfile::tempdir().expect("folder");
        let random = Random::seeded(1);
        let secret = Secret::of_folder(folder.path(), &random).expect("new key");
        let sealed = secret.seal("hush", &random).expect("sealed");
        assert!(!sealed.contains("hush"));
        let again = Secret::of_folder(folder.path(), &random).expect("same key");
        assert_eq!(again.open(&sealed).as_deref(), Some("hush"));
        assert_eq!(Secret([7; 32]).open(&sealed), None);
        assert_eq!(secret.open("AAAA"), None);
    }
}
