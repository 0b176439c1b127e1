//! Signs a mail as it goes out. What is stored stays unsigned, so that a mail tried again after a key
//! was changed carries the new signature under the same Message-ID.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use kept_store::signing_keys::{self, SigningKey};
use mail_auth::common::crypto::{DkimKey, Ed25519Key, RsaKey};
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::DkimSigner;

use super::Algorithm;
use crate::{Desk, Error};

/// What the signature covers. A name that comes twice can't be added to (RFC 6376 §8.15); so can't
/// one that the mail does not have.
const COVERED: [&str; 15] = [
    "From",
    "From",
    "Subject",
    "Subject",
    "To",
    "Cc",
    "Reply-To",
    "Date",
    "Message-ID",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Auto-Submitted",
];

/// The same bytes with a signature before them for each key of the sender's domain that signs.
///
/// # Errors
/// When a key can't be opened: unsigned, the mail might be taken for forged, so it waits.
pub(crate) async fn sign(desk: &Desk, from: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    let domain = from.rsplit_once('@').map_or(from, |(_, domain)| domain);
    let domain = domain.to_ascii_lowercase();
    let keys = desk
        .store()
        .read(move |tx| Ok::<_, Error>(signing_keys::in_use(tx, &domain)?))
        .await?;
    let mut signatures = String::new();
    for key in &keys {
        signatures.push_str(&signature(desk, key, &bytes)?);
    }
    if signatures.is_empty() {
        return Ok(bytes);
    }
    Ok([signatures.into_bytes(), bytes].concat())
}

/// One `DKIM-Signature` header with its line end.
fn signature(desk: &Desk, key: &SigningKey, bytes: &[u8]) -> Result<String, Error> {
    let signer = DkimSigner::from_key(opened(desk, key)?)
        .domain(&key.domain)
        .selector(&key.selector)
        .headers(COVERED);
    let signature = signer.sign(bytes).map_err(|e| damaged(key, &e))?;
    Ok(signature.to_header())
}

fn opened(desk: &Desk, key: &SigningKey) -> Result<DkimKey, Error> {
    let private = desk.secret().open(&key.sealed_key);
    let private = private.and_then(|text| STANDARD_NO_PAD.decode(text).ok());
    let private = private.ok_or_else(|| {
        damaged(
            key,
            &"it was sealed with another key than this data folder's secret.key",
        )
    })?;
    match Algorithm::from_text(&key.algorithm) {
        Some(Algorithm::Ed25519) => Ed25519Key::from_pkcs8_der(&private)
            .map(DkimKey::Ed25519)
            .map_err(|e| damaged(key, &e)),
        _ => RsaKey::from_key_der(rustls::pki_types::PrivatePkcs1KeyDer::from(private).into())
            .map(DkimKey::Rsa)
            .map_err(|e| damaged(key, &e)),
    }
}

fn damaged(key: &SigningKey, why: &dyn std::fmt::Display) -> Error {
    Error::Outside(format!(
        "The signing key {} of {} can't be used: {why}. Make a new one in Settings, Trust.",
        key.selector, key.domain
    ))
}
