//! Counts the automatic answers that the budgets against loops are made of.

use jiff::{SignedDuration, Timestamp};
use kept_domain::ids::OutgoingId;
use kept_domain::intake::budget::{Answered, Limits, PAUSE};
use kept_domain::people::EmailAddress;
use kept_store::answers::{self, Answer};
use kept_store::{Tx, settings};

use crate::Error;

const A_DAY: SignedDuration = SignedDuration::from_hours(24);
const AN_HOUR: SignedDuration = SignedDuration::from_hours(1);

/// JSON of [`Limits`]; what it leaves out is as built in.
pub(crate) const KEY: &str = "mail.answer-limits";
/// Letters of a subject that are compared.
const LONGEST_SUBJECT: usize = 200;

/// The limits in force.
pub(crate) fn limits(tx: &mut Tx<'_>) -> Result<Limits, Error> {
    let text = settings::get(tx, KEY)?;
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

/// What went out before to this address, its domain and everybody.
pub(crate) fn answered(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    subject: &str,
    now: Timestamp,
) -> Result<Answered, Error> {
    let to_address = answers::to_address(tx, address.without_detail().as_str(), now - A_DAY)?;
    let count = |answers: i64| u32::try_from(answers).unwrap_or(u32::MAX);
    let since = now - AN_HOUR;
    let domain = address.domain();
    let to_domain = answers::to_domain(tx, domain.as_str(), since)?;
    let subject = compared(subject);
    Ok(Answered {
        just_now: to_address.iter().any(|(at, _)| *at > now - PAUSE),
        // Who writes no subject says nothing about being a robot.
        same_subject: !subject.trim().is_empty()
            && to_address
                .iter()
                .any(|(_, about)| about.as_deref() == Some(&subject)),
        today: u32::try_from(to_address.len()).unwrap_or(u32::MAX),
        domain_hour: count(to_domain),
        desk_hour: count(answers::of_desk(tx, since)?),
    })
}

/// Remembers that one went out.
pub(crate) fn remember(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    subject: &str,
    outgoing: OutgoingId,
    now: Timestamp,
) -> Result<(), Error> {
    let (address, domain) = (address.without_detail(), address.domain());
    let answer = Answer {
        address: address.as_str(),
        domain: domain.as_str(),
        subject: &compared(subject),
        outgoing,
    };
    Ok(answers::insert(tx, answer, now)?)
}

/// A subject as it is compared: without prefixes, our numbers and the digits robots count with.
fn compared(subject: &str) -> String {
    let bare = kept_mail::subject::base(subject).to_lowercase();
    let letters = bare
        .chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_control());
    letters.take(LONGEST_SUBJECT).collect()
}

#[cfg(test)]
mod tests {
    use super::compared;

    #[test]
    fn a_robot_that_counts_says_the_same_each_time() {
        assert_eq!(compared("Re: AW: Case 1042 open"), compared("case 7 open"));
        assert_ne!(compared("Printer"), compared("Scanner"));
    }
}
