//! Passwords, as argon2id hashes (RFC 9106).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};

use crate::{Desk, Error};

const SHORTEST: usize = 10;
/// Longer texts only cost time.
const LONGEST: usize = 200;

/// # Errors
/// When the password is too short or too long.
pub(crate) async fn hash(desk: &Desk, password: &str) -> Result<String, Error> {
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        let problem =
            format!("A password needs at least {SHORTEST} characters; a short sentence is good");
        return Err(Error::invalid("password", problem));
    }
    let salt = desk.random().bytes::<16>()?;
    let password = password.to_owned();
    off_thread(move || {
        let failed = |_| Error::Outside("the password could not be hashed".into());
        let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        Ok(hash.map_err(failed)?.to_string())
    })
    .await?
}

/// Whether the password is the one that was hashed. Without a hash it takes as long and says no, so
/// that nobody learns who works here.
pub(super) async fn verify(password: &str, hash: Option<String>) -> Result<bool, Error> {
    /// Of a password nobody has.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    if password.len() > LONGEST * 4 {
        return Ok(false);
    }
    let password = password.to_owned();
    off_thread(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let right = PasswordHash::new(&hash).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        });
        right && known
    })
    .await
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Outside("Kept is stopping; try again soon".into()))
}
