//! Signed marks that tie an answer to its ticket: in the reply address and in the body.
//!
//! Only the desk can make one, so a mail that carries one may join its ticket whatever its sender
//! stripped. It says nothing about who sent the mail.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of the signature kept: 80 bits, 16 letters.
const SIGNATURE_BYTES: usize = 10;
/// Letters of the signature.
const SIGNATURE_LETTERS: usize = SIGNATURE_BYTES * 8 / 5;
/// Base 32 without upper case: mail servers may change the case of an address (RFC 4648 §6).
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Marks looked at in one text, so that a text full of them costs little.
const MAX_CANDIDATES: usize = 100;

/// The desk's key for reply marks.
#[derive(Clone)]
pub struct ReplyKey(pub [u8; 32]);

impl std::fmt::Debug for ReplyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReplyKey(…)")
    }
}

/// The mark of a ticket, such as `k1042.abcdefghijklmnop`: lower case, safe in an address.
pub fn sign(key: &ReplyKey, ticket: i64) -> String {
    format!("k{ticket}.{}", letters(&signature(key, ticket)))
}

/// A word with the desk's signature behind it, such as `word.abcdefghijklmnop`, for a mail the desk sends itself.
/// No mark of a ticket can be taken for one.
pub fn sign_word(key: &ReplyKey, word: &str) -> String {
    let signature = word_mac(key, word).finalize().into_bytes();
    format!("{word}.{}", letters(&signature.into()))
}

/// Whether the desk signed this word.
pub fn is_signed_word(key: &ReplyKey, signed: &str) -> bool {
    let Some((word, letters)) = signed.rsplit_once('.') else {
        return false;
    };
    let claimed = bytes(letters).filter(|bytes| bytes.len() == SIGNATURE_BYTES);
    claimed.is_some_and(|claimed| word_mac(key, word).verify_truncated_left(&claimed).is_ok())
}

/// The ticket of the first valid mark in an address or a text; case does not matter.
pub fn find(key: &ReplyKey, text: &str) -> Option<i64> {
    candidates(text)
        .take(MAX_CANDIDATES)
        .find_map(|(ticket, letters)| verified(key, ticket, letters))
}

/// The address answers go to: `support@desk.example` becomes `support+k1042.…@desk.example`
/// (RFC 5233). `None` when `address` has no domain.
pub fn reply_address(key: &ReplyKey, address: &str, ticket: i64) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    Some(format!("{local}+{}@{domain}", sign(key, ticket)))
}

/// The mark as it stands in a text: `[kept:1042.…]`.
pub fn body_marker(key: &ReplyKey, ticket: i64) -> String {
    format!("[kept:{ticket}.{}]", letters(&signature(key, ticket)))
}

fn signature(key: &ReplyKey, ticket: i64) -> [u8; 32] {
    mac(key, ticket).finalize().into_bytes().into()
}

fn mac(key: &ReplyKey, ticket: i64) -> Hmac<Sha256> {
    let mut mac = keyed(key, b"kept reply ");
    mac.update(&ticket.to_be_bytes());
    mac
}

fn word_mac(key: &ReplyKey, word: &str) -> Hmac<Sha256> {
    let mut mac = keyed(key, b"kept word ");
    mac.update(word.as_bytes());
    mac
}

/// `purpose` keeps what is signed for one thing from being shown for another.
fn keyed(key: &ReplyKey, purpose: &[u8]) -> Hmac<Sha256> {
    let mut padded = [0; 64];
    padded[..32].copy_from_slice(&key.0);
    // HMAC pads a key with zeros to its block, so the padded key is the same key, without an error to hide.
    let mut mac = Hmac::<Sha256>::new(&padded.into());
    mac.update(purpose);
    mac
}

/// Compares in constant time.
fn verified(key: &ReplyKey, ticket: i64, letters: &str) -> Option<i64> {
    let claimed = bytes(letters)?;
    mac(key, ticket)
        .verify_truncated_left(&claimed)
        .is_ok()
        .then_some(ticket)
}

/// Everything that looks like a mark: a number after `k` or `kept:`, a dot, letters.
fn candidates(text: &str) -> impl Iterator<Item = (i64, &str)> {
    text.match_indices('.').filter_map(|(dot, _)| {
        let (before, after) = (text.get(..dot)?, text.get(dot + 1..)?);
        let digits = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (lead, number) = before.split_at(digits);
        let known = lead.ends_with(['k', 'K'])
            || lead
                .get(lead.len().checked_sub(5)?..)?
                .eq_ignore_ascii_case("kept:");
        let letters = after.get(..SIGNATURE_LETTERS)?;
        let next = after.as_bytes().get(SIGNATURE_LETTERS);
        let ends = !next.is_some_and(u8::is_ascii_alphanumeric);
        let ticket = number
            .parse()
            .ok()
            .filter(|_| known && ends && number.len() <= 18)?;
        Some((ticket, letters))
    })
}

fn letters(signature: &[u8; 32]) -> String {
    let mut text = String::with_capacity(SIGNATURE_LETTERS);
    for five in signature[..SIGNATURE_BYTES].chunks(5) {
        let bits = five
            .iter()
            .fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        text.extend(
            (0..8)
                .rev()
                .map(|at| char::from(ALPHABET[(bits >> (at * 5) & 31) as usize])),
        );
    }
    text
}

fn bytes(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(SIGNATURE_BYTES);
    for eight in letters.as_bytes().chunks(8) {
        let mut bits = 0u64;
        for letter in eight {
            let value = ALPHABET
                .iter()
                .position(|known| *known == letter.to_ascii_lowercase())?;
            bits = bits << 5 | value as u64;
        }
        bytes.extend(bits.to_be_bytes().get(3..)?);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> ReplyKey {
        ReplyKey([7; 32])
    }

    #[test]
    fn a_mark_is_short_lower_case_and_stable() {
        let mark = sign(&key(), 1042);
        assert_eq!(mark.len(), "k1042.".len() + 16);
        assert_eq!(mark, mark.to_lowercase());
        assert_eq!(mark, sign(&key(), 1042));
    }

    #[test]
    fn marks_are_found_wherever_they_stand() {
        let address =
            reply_address(&key(), "support@desk.example", 1042).expect("an address with a domain");
        let marker = body_marker(&key(), 1042);
        for text in [
            address.clone(),
            address.to_uppercase(),
            format!("Desk <{address}>, else@else.example"),
            format!("hello.\n> {marker}\nbye"),
            format!("k12.short k99.aaaaaaaaaaaaaaaa {marker}"),
        ] {
            assert_eq!(find(&key(), &text), Some(1042), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_a_mark() {
        let mark = sign(&key(), 1042);
        let other = mark.replace("k1042", "k1043");
        let longer = format!("{mark}a");
        for text in [
            "",
            ".",
            "k.",
            "k1042.",
            "[kept:1042]",
            "version 10.2 of k8.io",
            &other,
            &longer,
            &mark[1..],
        ] {
            assert_eq!(find(&key(), text), None, "{text}");
        }
        assert_eq!(find(&ReplyKey([8; 32]), &mark), None);
    }

    #[test]
    fn a_signed_word_is_no_mark_and_a_mark_no_signed_word() {
        let signed = sign_word(&key(), "abc");
        assert!(is_signed_word(&key(), &signed));
        assert!(!is_signed_word(&ReplyKey([8; 32]), &signed));
        let named_like_a_ticket = sign_word(&key(), "k1042");
        assert_eq!(find(&key(), &named_like_a_ticket), None);
        for text in [
            "",
            ".",
            "abc",
            "abc.",
            "abc.aaaaaaaa",
            &signed.replace("abc", "abd"),
            &sign(&key(), 1042),
        ] {
            assert!(!is_signed_word(&key(), text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_changed_mark_never_verifies(ticket in 0i64..1_000_000, at in 0usize..16, letter in 0usize..32) {
            let mark = sign(&key(), ticket);
            let start = mark.len() - 16;
            let mut changed = mark.clone().into_bytes();
            changed[start + at] = ALPHABET[letter];
            let changed = String::from_utf8(changed).expect("ASCII");
            prop_assert_eq!(find(&key(), &changed), (changed == mark).then_some(ticket));
        }

        #[test]
        fn any_text_is_searched_without_harm(text in ".{0,200}") {
            prop_assert_eq!(find(&key(), &text), None);
        }
    }
}
