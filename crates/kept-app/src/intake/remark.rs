//! What a person should know before believing a mail, in a sentence beside it.

use kept_store::people::Who;

use super::arrival::Arrival;

/// What a person should know before believing the mail.
pub(super) fn of(arrival: &Arrival, author: Option<&Who>) -> Option<String> {
    let kind = &arrival.mail.kind;
    if kind.is_automatic() {
        return Some(kind.why().to_owned());
    }
    let works_here = author.filter(|who| who.role.is_some())?;
    if arrival.proves_its_author() {
        return None;
    }
    let name = &works_here.name;
    Some(format!(
        "It says it is from {name}, who works here; mail alone is no proof of that"
    ))
}

/// Of a mail that is proven to be from somebody who works here.
pub(super) const REPLAYED: &str = "Its signature is real, but does not cover that it was written to here; \
    whoever has the mail can send it again, so it was not taken as the desk’s word";
