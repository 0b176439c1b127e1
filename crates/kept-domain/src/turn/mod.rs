//! Whose turn it is: who must act next on a ticket.
//!
//! The turn follows from events alone. Automatic mail and notices never move it; a
//! bounce does only when nobody heard what a person at the desk said.

use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::messages::text_form;
use crate::tickets::AndThen;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    Desk,
    Client,
    ThirdParty,
    /// Nobody owes anything: the ticket is closed.
    Nobody,
}

text_form!(Turn {
    Turn::Desk => "desk",
    Turn::Client => "client",
    Turn::ThirdParty => "third-party",
    Turn::Nobody => "nobody",
});

/// The turn after `event`, given the turn before it.
///
/// Every event is named here, so that a new one makes its author decide.
pub fn after(before: Turn, event: &Event) -> Turn {
    match event {
        Event::Opened { .. } | Event::Reopened { .. } => Turn::Desk,
        Event::MessageReceived {
            automatic: false, ..
        } => Turn::Desk,
        Event::Replied {
            then: AndThen::Ask, ..
        } => Turn::Client,
        Event::Resolved => Turn::Client,
        Event::Closed => Turn::Nobody,
        Event::MovedOut { left, .. } | Event::MovedBack { left, .. } => left.turn,
        Event::Withdrawn { turn, .. } => *turn,
        // A ticket that had ended is reopened by the line that follows.
        told if told.says_unheard() && before != Turn::Nobody => Turn::Desk,
        Event::MessageReceived {
            automatic: true, ..
        }
        | Event::Replied {
            then: AndThen::Update | AndThen::Resolve,
            ..
        }
        | Event::Noted { .. }
        | Event::Acknowledged { .. }
        | Event::Assigned { .. }
        | Event::QueueChanged { .. }
        | Event::PriorityChanged { .. }
        | Event::KindChanged { .. }
        | Event::SubjectChanged { .. }
        | Event::TagAdded { .. }
        | Event::TagRemoved { .. }
        | Event::AnsweredByRule { .. }
        | Event::Notified { .. }
        | Event::HookCalled { .. }
        | Event::RuleHeldBack { .. }
        | Event::MarkedSpam
        | Event::UnmarkedSpam
        | Event::MergedInto { .. }
        | Event::MergeUndone { .. }
        | Event::Absorbed { .. }
        | Event::Released { .. }
        | Event::DeliveryFailed { .. }
        | Event::InvitationAnswered { .. }
        | Event::MovedIn { .. }
        | Event::Linked { .. }
        | Event::LinkedFrom { .. }
        | Event::AlsoSentTo { .. }
        | Event::CameBack { .. }
        | Event::NotSent { .. }
        | Event::StayedSilent { .. }
        | Event::RequesterChanged { .. }
        | Event::ParticipantAdded { .. }
        | Event::ParticipantRemoved { .. }
        | Event::ForwardLeft { .. }
        | Event::ForwardAskedAgain { .. } => before,
    }
}
