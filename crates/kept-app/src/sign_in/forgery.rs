//! The token every form of a session carries, so that another site can't make a browser post for its reader.

use sha2::{Digest, Sha256};

/// What the forms of this session carry: made of the session's own token, which it doesn't give away.
pub fn forgery_token(session: &str) -> String {
    super::token_sha256(&format!("kept form {session}"))
}

/// Whether two secrets are the same. Takes as long for a near miss as for a wild guess: what is compared are
/// hashes, and where those differ first says nothing about the secrets.
pub fn is_same_secret(given: &str, right: &str) -> bool {
    Sha256::digest(given) == Sha256::digest(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_one_session_is_none_of_another() {
        assert_eq!(forgery_token("one"), forgery_token("one"));
        assert_ne!(forgery_token("one"), forgery_token("two"));
        assert!(!forgery_token("one").contains("one"));
    }

    #[test]
    fn secrets_are_the_same_only_to_the_letter() {
        assert!(is_same_secret("hush", "hush"));
        for other in ["", "hus", "hush ", "Hush"] {
            assert!(!is_same_secret(other, "hush"), "{other}");
        }
    }
}
