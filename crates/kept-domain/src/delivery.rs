//! What became of a mail of ours that did not simply arrive, and whether anybody heard what it said.
//!
//! It knows no mail and no server; what they said is read elsewhere.

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

/// What came back about one recipient of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setback {
    /// The address is dead: writing to it again is in vain.
    Hard,
    /// Not delivered this time; the next mail may be.
    Soft,
    /// Their server still tries.
    Delayed,
    /// The mail was refused for what it is or whose it is, not for the address.
    Refused,
    /// It arrived, and was called unwanted.
    Complaint,
    /// We did not even try: mail to this address came back before.
    Skipped,
}

text_form!(Setback {
    Setback::Hard => "hard",
    Setback::Soft => "soft",
    Setback::Delayed => "delayed",
    Setback::Refused => "refused",
    Setback::Complaint => "complaint",
    Setback::Skipped => "skipped",
});

impl Setback {
    /// Whether saying the same again in the same way would be in vain. A full mailbox may have room
    /// tomorrow; the mark on the message is enough then, and the turn stays.
    pub fn is_final(self) -> bool {
        matches!(self, Setback::Hard | Setback::Refused | Setback::Skipped)
    }

    /// Whether the mail did not arrive and will not.
    pub fn is_lost(self) -> bool {
        self.is_final() || self == Setback::Soft
    }

    /// Whether the address gets no more mail until somebody says otherwise.
    pub fn suppresses(self) -> bool {
        matches!(self, Setback::Hard | Setback::Complaint)
    }
}

/// How a mail stands with one of its recipients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is still to be sent there.
    Queued,
    Sent,
    /// It was refused for good, or could not be sent for days.
    Failed,
    /// Not even tried: mail to this address came back before.
    Skipped,
}

text_form!(Standing {
    Standing::Queued => "queued",
    Standing::Sent => "sent",
    Standing::Failed => "failed",
    Standing::Skipped => "skipped",
});

/// How a mail stands as a whole: it waits while one recipient does, and is sent when everybody it was
/// tried for has got it. Having reached nobody, or not all, it has failed, so that somebody looks.
pub fn altogether(each: &[Standing]) -> Standing {
    let any = |state| each.contains(&state);
    match (
        any(Standing::Queued),
        any(Standing::Failed),
        any(Standing::Sent),
    ) {
        (true, ..) => Standing::Queued,
        (_, false, true) => Standing::Sent,
        _ => Standing::Failed,
    }
}

/// Whether a "not now" with this status (RFC 3463) is about the server rather than one mailbox: then
/// others there need not be tried either. A full or unknown mailbox says nothing of its neighbours;
/// `4.2.0` is what greylisting says.
pub fn is_about_server(status: Option<&str>) -> bool {
    let about_mailbox = |status: &str| {
        status.starts_with("4.1.") || (status.starts_with("4.2.") && status != "4.2.0")
    };
    !status.is_some_and(about_mailbox)
}

/// A mail of ours as far as it matters when it did not arrive. Addresses compare as they are given.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// A person wrote it to the client; nobody waits for what a program says.
    pub by_person: bool,
    /// Nobody has said anything to the client or heard from them since.
    pub last_word: bool,
    /// Whom it was written to; copies are for information.
    pub to: &'a [String],
    /// Those it finally did not reach.
    pub lost: &'a [String],
}

/// Whether what a person said last was heard by nobody it was said to: then it must be said again.
pub fn nobody_heard(told: Told<'_>) -> bool {
    told.by_person
        && told.last_word
        && !told.to.is_empty()
        && told.to.iter().all(|address| told.lost.contains(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_heard_the_last_word_when_it_reached_nobody_it_was_for() {
        let check = |by_person, last_word, to: &[&str], lost: &[&str], expected| {
            let owned = |list: &[&str]| list.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>();
            let told = Told {
                by_person,
                last_word,
                to: &owned(to),
                lost: &owned(lost),
            };
            assert_eq!(nobody_heard(told), expected, "{told:?}");
        };
        check(true, true, &["dana"], &["dana"], true);
        check(true, true, &["dana", "lee"], &["dana"], false);
        check(true, true, &["dana", "lee"], &["lee", "dana"], true);
        check(true, true, &["dana"], &["a copy"], false);
        check(false, true, &["dana"], &["dana"], false);
        check(true, false, &["dana"], &["dana"], false);
        check(true, true, &[], &[], false);
    }

    #[test]
    fn a_mail_waits_for_the_last_of_its_recipients_and_fails_when_one_is_not_reached() {
        use Standing::{Failed, Queued, Sent, Skipped};
        let check =
            |each: &[Standing], expected| assert_eq!(altogether(each), expected, "{each:?}");
        check(&[Sent, Sent], Sent);
        check(&[Sent, Queued], Queued);
        check(&[Failed, Queued], Queued);
        check(&[Sent, Failed], Failed);
        check(&[Sent, Skipped], Sent);
        check(&[Skipped, Skipped], Failed);
        check(&[], Failed);
    }

    #[test]
    fn a_full_mailbox_says_nothing_of_its_neighbours() {
        for (status, about_server) in [
            (None, true),
            (Some("4.7.1"), true),
            (Some("4.2.0"), true),
            (Some("4.3.2"), true),
            (Some("4.2.2"), false),
            (Some("4.1.1"), false),
        ] {
            assert_eq!(is_about_server(status), about_server, "{status:?}");
        }
    }
}
