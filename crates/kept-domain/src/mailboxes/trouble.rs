//! What can be wrong with a mailbox, when people are told, and how soon it is tried again.

use jiff::{SignedDuration, Timestamp};

/// Kinds of trouble, each with a word of its own in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The server does not let us in.
    SignIn,
    /// The server can't be reached, or breaks off.
    Unreachable,
    /// The folder is not there or can't be opened.
    Folder,
    /// What should happen to fetched mail there does not work.
    Afterwards,
    /// A mail can't be taken in: the server does not give it, or we can't store it.
    Storage,
    /// No mail for much longer than usual.
    Silent,
    /// Our own mail did not come back in time.
    Canary,
}

impl Trouble {
    pub const ALL: [Trouble; 7] = [
        Trouble::SignIn,
        Trouble::Unreachable,
        Trouble::Folder,
        Trouble::Afterwards,
        Trouble::Storage,
        Trouble::Silent,
        Trouble::Canary,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Trouble::SignIn => "sign-in",
            Trouble::Unreachable => "unreachable",
            Trouble::Folder => "folder",
            Trouble::Afterwards => "afterwards",
            Trouble::Storage => "storage",
            Trouble::Silent => "silent",
            Trouble::Canary => "canary",
        }
    }

    pub fn from_text(text: &str) -> Option<Trouble> {
        Trouble::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// What it is, as the beginning of a sentence.
    pub fn says(self) -> &'static str {
        match self {
            Trouble::SignIn => "The sign-in fails",
            Trouble::Unreachable => "The server can't be reached",
            Trouble::Folder => "The folder can't be opened",
            Trouble::Afterwards => "Fetched mail can't be marked, moved or deleted",
            Trouble::Storage => "A mail can't be taken in",
            Trouble::Silent => "No mail for much longer than usual",
            Trouble::Canary => "Our own test mail did not come back",
        }
    }

    /// Whether it is time that people hear of it. What heals by itself gets a while for it.
    pub fn is_due(self, since: Timestamp, now: Timestamp) -> bool {
        now.duration_since(since) >= SignedDuration::from_mins(self.patience_minutes())
    }

    fn patience_minutes(self) -> i64 {
        match self {
            // Nobody but a person mends a password or a folder.
            Trouble::SignIn | Trouble::Folder | Trouble::Silent | Trouble::Canary => 0,
            Trouble::Unreachable | Trouble::Afterwards | Trouble::Storage => 15,
        }
    }

    /// The pause after so many failures in a row. `die` (0 to 255) spreads many clients that failed
    /// together by a quarter either way.
    pub fn pause(self, failures: u32, die: u8) -> SignedDuration {
        let steps: &[i64] = match self {
            // Too many wrong passwords lock an account.
            Trouble::SignIn => &[60, 120, 300, 600],
            _ => &[2, 5, 15, 30, 60, 120, 300],
        };
        let step = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
        let seconds = steps.get(step).or(steps.last()).copied().unwrap_or(60);
        let spread = seconds * 500 * i64::from(die) / 255;
        SignedDuration::from_millis(seconds * 750 + spread)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_word() {
        for kind in Trouble::ALL {
            assert_eq!(Trouble::from_text(kind.as_str()), Some(kind));
        }
        assert_eq!(Trouble::from_text("well"), None);
    }

    #[test]
    fn people_hear_of_a_wrong_password_at_once_and_of_an_outage_after_a_while() {
        let since: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a time");
        let check = |kind: Trouble, minutes: i64, due: bool| {
            let now = since + SignedDuration::from_mins(minutes);
            assert_eq!(kind.is_due(since, now), due, "{kind:?} after {minutes} min");
        };
        check(Trouble::SignIn, 0, true);
        check(Trouble::Canary, 0, true);
        check(Trouble::Unreachable, 14, false);
        check(Trouble::Unreachable, 15, true);
    }

    #[test]
    fn pauses_grow_to_an_end_and_are_spread_by_a_quarter() {
        let seconds = |kind: Trouble, failures, die| kind.pause(failures, die).as_secs_f64();
        assert_eq!(seconds(Trouble::Unreachable, 1, 0), 1.5);
        assert_eq!(seconds(Trouble::Unreachable, 1, 255), 2.5);
        assert_eq!(seconds(Trouble::Unreachable, 99, 255), 375.0);
        assert_eq!(seconds(Trouble::SignIn, 1, 0), 45.0);
        assert_eq!(seconds(Trouble::SignIn, u32::MAX, 0), 450.0);
    }
}
