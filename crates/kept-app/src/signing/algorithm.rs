//! The kinds of keys, and how their public half is written down for others.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::random::{KeyPair, NoRandomness};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// 2048 bits: every server can check it.
    Rsa,
    /// RFC 8463: short; to be used beside RSA, because some servers can't check it.
    Ed25519,
}

impl Algorithm {
    pub const ALL: [Algorithm; 2] = [Algorithm::Rsa, Algorithm::Ed25519];

    /// As it stands in the record (RFC 6376 §3.6.1, RFC 8463 §3).
    pub fn as_str(self) -> &'static str {
        match self {
            Algorithm::Rsa => "rsa",
            Algorithm::Ed25519 => "ed25519",
        }
    }

    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    pub(super) fn new_pair(self) -> Result<KeyPair, NoRandomness> {
        match self {
            Algorithm::Rsa => KeyPair::rsa(),
            Algorithm::Ed25519 => KeyPair::ed25519(),
        }
    }

    /// The public key in base64. Of RSA the form with its algorithm before it, which is what servers
    /// read, whatever RFC 6376 §3.6.1 says (erratum 3017).
    pub(super) fn published(self, public: &[u8]) -> String {
        match self {
            Algorithm::Rsa => STANDARD.encode(with_algorithm(public)),
            Algorithm::Ed25519 => STANDARD.encode(public),
        }
    }
}

/// SubjectPublicKeyInfo of an RSA key (RFC 5280 §4.1.2.7, RFC 3279 §2.3.1).
fn with_algorithm(rsa: &[u8]) -> Vec<u8> {
    const RSA_ENCRYPTION: [u8; 15] = [
        0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    let bits = [&[0][..], rsa].concat();
    let bits = der(0x03, &bits);
    der(0x30, &[&RSA_ENCRYPTION[..], &bits].concat())
}

/// One value in DER (X.690 §8.1): what it is, how long it is, itself.
fn der(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let first = length.iter().position(|byte| *byte != 0);
    let length = &length[first.unwrap_or(length.len() - 1)..];
    let mut out = vec![tag];
    if value.len() >= 0x80 {
        out.push(0x80 | length.len() as u8);
    }
    out.extend_from_slice(length);
    out.extend_from_slice(value);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_short_where_they_fit() {
        assert_eq!(der(4, &[7; 2]), [4, 2, 7, 7]);
        assert_eq!(der(4, &[7; 0x80])[..3], [4, 0x81, 0x80]);
        assert_eq!(der(4, &[7; 0x1234])[..4], [4, 0x82, 0x12, 0x34]);
    }
}
