//! The one place where randomness comes from.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mail_auth::dkim::generate::DkimKeyPair;
use sha2::{Digest, Sha256};

type Fill = dyn Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync;

/// Gives random bytes, from the operating system or, in tests, from a seed.
#[derive(Clone)]
pub struct Random(Arc<Fill>);

#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the operating system gave no random numbers; without them nothing can be signed")]
pub struct NoRandomness;

impl Random {
    pub fn system() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is where randomness comes from"
        )]
        Self(Arc::new(|bytes| {
            getrandom::fill(bytes).map_err(|_| NoRandomness)
        }))
    }

    /// The same bytes in every run; never for anything a stranger may meet.
    pub fn seeded(seed: u64) -> Self {
        let count = AtomicU64::new(0);
        Self(Arc::new(move |bytes| {
            for chunk in bytes.chunks_mut(32) {
                let step = count.fetch_add(1, Ordering::SeqCst);
                let block = Sha256::digest([seed.to_le_bytes(), step.to_le_bytes()].concat());
                chunk.copy_from_slice(&block[..chunk.len()]);
            }
            Ok(())
        }))
    }

    /// # Errors
    /// When the operating system gives none.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], NoRandomness> {
        let mut bytes = [0; N];
        (self.0)(&mut bytes).map(|()| bytes)
    }

    /// 256 bits in a form that fits cookies and URLs.
    ///
    /// # Errors
    /// When the operating system gives none.
    pub fn token(&self) -> Result<String, NoRandomness> {
        self.bytes::<32>()
            .map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
    }

    /// A short word of lower-case letters and digits, for Message-IDs: 80 bits.
    ///
    /// # Errors
    /// When the operating system gives none.
    pub fn word(&self) -> Result<String, NoRandomness> {
        const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let bytes = self.bytes::<16>()?;
        Ok(bytes
            .iter()
            .map(|b| char::from(LETTERS[usize::from(b % 32)]))
            .collect())
    }
}

/// A key pair that signs mail.
pub struct KeyPair {
    /// DER: PKCS#1 for RSA, PKCS#8 for Ed25519.
    pub private: Vec<u8>,
    /// PKCS#1 DER for RSA, the bare 32 bytes for Ed25519.
    pub public: Vec<u8>,
}

/// RFC 8301 §3.2 asks for 2048; longer ones don't fit what many publish names with.
const RSA_BITS: usize = 2048;

impl KeyPair {
    /// A new RSA key, which every server can check. Always from the operating system, never from a
    /// seed; it takes a second of a processor.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn rsa() -> Result<Self, NoRandomness> {
        Self::of(DkimKeyPair::generate_rsa(RSA_BITS))
    }

    /// A new Ed25519 key (RFC 8463), small and quick; some servers can't check it yet.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn ed25519() -> Result<Self, NoRandomness> {
        Self::of(DkimKeyPair::generate_ed25519())
    }

    fn of(made: mail_auth::Result<DkimKeyPair>) -> Result<Self, NoRandomness> {
        let (private, public) = made.map_err(|_| NoRandomness)?.into_inner();
        Ok(Self { private, public })
    }
}

impl std::fmt::Debug for Random {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Random")
    }
}
