//! How large a mail may be that goes out: most servers take no more than some 20 to 35 MB, and what is too large comes
//! back hours later.

use kept_domain::access::{Act, Viewer, allow};
use kept_store::{Tx, audit, settings};

use crate::{Desk, Error};

const KEY: &str = "mail.largest-out-mb";
/// What nearly every server takes.
const USUAL_MB: u64 = 20;
/// Uploads themselves have a limit; more than this could never be attached.
const MOST_MB: u64 = 100;
const MB: u64 = 1_000_000;

/// The setting, in megabytes.
///
/// # Errors
/// When the store can't answer.
pub async fn largest_mb(desk: &Desk) -> Result<u64, Error> {
    desk.store().read(largest_mb_in).await
}

fn largest_mb_in(tx: &mut Tx<'_>) -> Result<u64, Error> {
    let text = settings::get(tx, KEY)?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(USUAL_MB))
}

/// # Errors
/// When the viewer may not, or it is not a sensible size.
pub async fn set_largest_mb(desk: &Desk, viewer: &Viewer, megabytes: u64) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    if !(1..=MOST_MB).contains(&megabytes) {
        let problem = format!("Write a number of megabytes from 1 to {MOST_MB}");
        return Err(Error::invalid("largest", problem));
    }
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            settings::set(tx, KEY, &megabytes.to_string())?;
            let what = format!("The largest mail that goes out is {megabytes} MB");
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

/// Bytes of files that fit into one mail: in a mail each three bytes become four characters, with two more at the end
/// of each line of 76 (RFC 2045 §6.8), and the words need room too.
///
/// # Errors
/// When the store can't answer.
pub async fn room_for_files(desk: &Desk) -> Result<u64, Error> {
    Ok(room_in(largest_mb(desk).await?))
}

fn room_in(megabytes: u64) -> u64 {
    const FOR_WORDS: u64 = 100_000;
    (megabytes * MB).saturating_sub(FOR_WORDS) * 57 / 78
}

/// # Errors
/// When files of this many bytes together make the mail too large to send.
pub(crate) fn must_fit(tx: &mut Tx<'_>, bytes: u64) -> Result<(), Error> {
    let megabytes = largest_mb_in(tx)?;
    let room = room_in(megabytes);
    if bytes <= room {
        return Ok(());
    }
    let problem = format!(
        "These files are too large to mail: {} MB together, where {} MB fit into a mail of {megabytes} MB. Leave some out, or put them where the client can fetch them",
        tenths(bytes.div_ceil(MB / 10)),
        tenths(room / (MB / 10)),
    );
    Err(Error::invalid("files", problem))
}

fn tenths(number: u64) -> String {
    format!("{}.{}", number / 10, number % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_below_the_limit_once_it_is_base64() {
        for megabytes in [1, 20, 35, 100] {
            let room = room_in(megabytes);
            let lines = room.div_ceil(57);
            let wire = lines * 78;
            assert!(wire < megabytes * MB, "{wire} bytes for {megabytes} MB");
            assert!(wire > megabytes * MB * 85 / 100, "{wire} wastes room");
        }
    }

    #[test]
    fn sizes_are_said_to_a_tenth() {
        assert_eq!([tenths(0), tenths(9), tenths(145)], ["0.0", "0.9", "14.5"]);
    }
}
