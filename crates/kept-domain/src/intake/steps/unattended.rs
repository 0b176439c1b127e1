//! Answers by programs that belong to no ticket: nobody waits for us, but nothing is dropped.
//!
//! Alerts and notices are different: they begin a ticket, because somebody may have to act.

use crate::intake::{Decision, Facts, MailKind, Unsorted};

pub fn decide(facts: &Facts) -> Option<Decision> {
    match facts.kind {
        MailKind::Bounce => Some(Decision::Unsorted(Unsorted::UnknownBounce)),
        MailKind::VacationReply
        | MailKind::InvitationAnswer { .. }
        | MailKind::Receipt
        | MailKind::Report => Some(Decision::Unsorted(Unsorted::UnknownAutomatic)),
        MailKind::Person | MailKind::MailingList | MailKind::Automatic => None,
    }
}
