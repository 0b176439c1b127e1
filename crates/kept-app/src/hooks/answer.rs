//! What an answer means: told, try again, or never; and how long until the next try.

use jiff::SignedDuration;
use kept_store::hooks::State;

use super::post::Failure;

/// Pauses after a try that failed; then it is given up.
const PAUSES_MINUTES: [i64; 7] = [1, 5, 15, 60, 180, 360, 720];

/// How one try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub delivered: bool,
    pub(super) may_work_later: bool,
    /// The HTTP status of the answer, when there was one.
    pub status: Option<u16>,
    /// In words, as they stand after the name of the host.
    pub says: String,
}

impl Ended {
    /// 2xx is delivered; what is busy or broken there may work later; the rest never will.
    pub(super) fn answered(status: u16) -> Self {
        let (delivered, may_work_later, says) = match status {
            200..=299 => (true, false, "taken".to_owned()),
            300..=399 => (
                false,
                false,
                "answers with a redirect, which is not followed".to_owned(),
            ),
            408 | 425 | 429 | 500..=599 => (false, true, format!("answers {status}")),
            _ => (false, false, format!("refuses it with {status}")),
        };
        Self {
            delivered,
            may_work_later,
            status: Some(status),
            says,
        }
    }

    /// What stands of the delivery after so many tries before this one, and the pause until the next.
    pub(super) fn next(&self, tries: i64) -> (State, Option<SignedDuration>) {
        if self.delivered {
            return (State::Delivered, None);
        }
        match pause_after(tries).filter(|_| self.may_work_later) {
            Some(pause) => (State::Queued, Some(pause)),
            None => (State::Failed, None),
        }
    }
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self {
            delivered: false,
            may_work_later: failure.may_work_later,
            status: None,
            says: failure.says,
        }
    }
}

fn pause_after(tries: i64) -> Option<SignedDuration> {
    let minutes = PAUSES_MINUTES.get(usize::try_from(tries).ok()?)?;
    Some(SignedDuration::from_mins(*minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_say_whether_to_try_again() {
        let check = |status: u16, delivered: bool, later: bool| {
            let ended = Ended::answered(status);
            assert_eq!(
                (ended.delivered, ended.may_work_later),
                (delivered, later),
                "{status}"
            );
        };
        check(204, true, false);
        check(302, false, false);
        check(404, false, false);
        check(429, false, true);
        check(503, false, true);
    }

    #[test]
    fn patience_grows_and_ends() {
        let busy = Ended::answered(503);
        let pauses: Vec<_> = (0..=7).map(|tries| busy.next(tries)).collect();
        let queued = |minutes| (State::Queued, Some(SignedDuration::from_mins(minutes)));
        let mut expected: Vec<_> = [1, 5, 15, 60, 180, 360, 720].map(queued).into();
        expected.push((State::Failed, None));
        assert_eq!(pauses, expected);
        assert_eq!(Ended::answered(410).next(0), (State::Failed, None));
        assert_eq!(Ended::answered(200).next(3), (State::Delivered, None));
    }
}
