//! How long to wait before a mail is tried again: soon at first, then ever less often, for two days.

use jiff::SignedDuration;

/// RFC 5321 §4.5.4.1 asks for at least half an hour between tries once the first ones failed, and not
/// to give up before some days; people waiting for an answer are told sooner.
const PAUSES_MINUTES: [i64; 11] = [1, 2, 5, 15, 30, 60, 120, 240, 480, 720, 1200];

/// The pause after `tries` earlier tries have failed; `None` when it is time to give up.
pub(super) fn before_next(tries: i64) -> Option<SignedDuration> {
    let minutes = PAUSES_MINUTES.get(usize::try_from(tries).ok()?)?;
    Some(SignedDuration::from_mins(*minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_for_two_days_and_ever_less_often() {
        let all: Vec<_> = (0..).map_while(before_next).collect();
        assert!(all.is_sorted());
        let together: i64 = all.iter().map(|pause| pause.as_mins()).sum();
        assert!(
            (40 * 60..=56 * 60).contains(&together),
            "{together} minutes"
        );
        assert_eq!(before_next(11), None);
        assert_eq!(before_next(-1), None);
    }
}
