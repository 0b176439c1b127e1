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

/// How long nothing is tried at a domain that said "not now" so often in a row before: an hour at most, for those who
/// are not the reason must not wait for days.
pub(super) fn of_domain(times: i64) -> SignedDuration {
    let minutes = PAUSES_MINUTES
        .get(usize::try_from(times).unwrap_or(usize::MAX))
        .map_or(LONGEST_OF_DOMAIN, |it| (*it).min(LONGEST_OF_DOMAIN));
    SignedDuration::from_mins(minutes)
}

const LONGEST_OF_DOMAIN: i64 = 60;

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

    #[test]
    fn a_domain_is_left_alone_for_an_hour_at_most() {
        let minutes: Vec<i64> = [0, 1, 4, 5, 6, 99, -1]
            .map(|it| of_domain(it).as_mins())
            .to_vec();
        assert_eq!(minutes, [1, 2, 30, 60, 60, 60, 60]);
    }
}
