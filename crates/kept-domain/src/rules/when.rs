//! What can begin a rule, in the words of the desk.

use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::messages::text_form;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occurrence {
    Opened,
    ClientWrote,
    DeskReplied,
    Noted,
    Assigned,
    QueueChanged,
    PriorityChanged,
    Tagged,
    Untagged,
    Resolved,
    Reopened,
    Closed,
    CameBack,
    Missed,
    PromiseBroken,
    Parked,
}

text_form!(Occurrence {
    Occurrence::Opened => "opened",
    Occurrence::ClientWrote => "client-wrote",
    Occurrence::DeskReplied => "desk-replied",
    Occurrence::Noted => "noted",
    Occurrence::Assigned => "assigned",
    Occurrence::QueueChanged => "queue-changed",
    Occurrence::PriorityChanged => "priority-changed",
    Occurrence::Tagged => "tagged",
    Occurrence::Untagged => "untagged",
    Occurrence::Resolved => "resolved",
    Occurrence::Reopened => "reopened",
    Occurrence::Closed => "closed",
    Occurrence::CameBack => "came-back",
    Occurrence::Missed => "missed",
    Occurrence::PromiseBroken => "promise-broken",
    Occurrence::Parked => "parked",
});

impl Occurrence {
    pub const ALL: [Occurrence; 16] = [
        Occurrence::Opened,
        Occurrence::ClientWrote,
        Occurrence::DeskReplied,
        Occurrence::Noted,
        Occurrence::Assigned,
        Occurrence::QueueChanged,
        Occurrence::PriorityChanged,
        Occurrence::Tagged,
        Occurrence::Untagged,
        Occurrence::Resolved,
        Occurrence::Reopened,
        Occurrence::Closed,
        Occurrence::CameBack,
        Occurrence::Missed,
        Occurrence::PromiseBroken,
        Occurrence::Parked,
    ];

    /// As it stands after “when”.
    pub fn words(self) -> &'static str {
        match self {
            Occurrence::Opened => "a ticket is opened",
            Occurrence::ClientWrote => "the client writes",
            Occurrence::DeskReplied => "the desk replies",
            Occurrence::Noted => "a note is added",
            Occurrence::Assigned => "somebody else is made responsible",
            Occurrence::QueueChanged => "the queue changes",
            Occurrence::PriorityChanged => "the priority changes",
            Occurrence::Tagged => "a tag is added",
            Occurrence::Untagged => "a tag is taken off",
            Occurrence::Resolved => "the ticket is resolved",
            Occurrence::Reopened => "the ticket is reopened",
            Occurrence::Closed => "the ticket is closed",
            Occurrence::CameBack => "a mail of ours does not arrive",
            Occurrence::Missed => "something owed is late",
            Occurrence::PromiseBroken => "a promise is broken",
            Occurrence::Parked => "the client stayed silent and the ticket is parked",
        }
    }

    /// What an event is to the rules; `None` for those that begin none. Automatic mail begins none: a rule
    /// that answered it could talk with another program for ever.
    pub fn of(event: &Event) -> Option<Occurrence> {
        match event {
            Event::Opened { .. } => Some(Occurrence::Opened),
            Event::MessageReceived {
                automatic: false, ..
            } => Some(Occurrence::ClientWrote),
            Event::Replied { .. } => Some(Occurrence::DeskReplied),
            Event::Noted { .. } => Some(Occurrence::Noted),
            Event::Assigned { .. } => Some(Occurrence::Assigned),
            Event::QueueChanged { .. } => Some(Occurrence::QueueChanged),
            Event::PriorityChanged { .. } => Some(Occurrence::PriorityChanged),
            Event::TagAdded { .. } => Some(Occurrence::Tagged),
            Event::TagRemoved { .. } => Some(Occurrence::Untagged),
            Event::Resolved => Some(Occurrence::Resolved),
            Event::Reopened { .. } => Some(Occurrence::Reopened),
            Event::Closed | Event::ClosedUnanswered => Some(Occurrence::Closed),
            Event::DelegationAccepted { .. } => Some(Occurrence::Assigned),
            Event::Missed { .. } => Some(Occurrence::Missed),
            Event::PromiseBroken { .. } => Some(Occurrence::PromiseBroken),
            Event::Parked => Some(Occurrence::Parked),
            Event::DeliveryFailed { .. } | Event::NotSent { .. } => Some(Occurrence::CameBack),
            Event::CameBack { kind, .. } => kind.is_lost().then_some(Occurrence::CameBack),
            Event::MessageReceived {
                automatic: true, ..
            }
            | Event::Acknowledged { .. }
            | Event::InvitationAnswered { .. }
            | Event::Forwarded { .. }
            | Event::ForwardAnswered { .. }
            | Event::KindChanged { .. }
            | Event::SubjectChanged { .. }
            | Event::AnsweredByRule { .. }
            | Event::Notified { .. }
            | Event::HookCalled { .. }
            | Event::RuleHeldBack { .. }
            | Event::EndingTakenBack { .. }
            | Event::MarkedSpam
            | Event::UnmarkedSpam
            | Event::MergedInto { .. }
            | Event::MergeUndone { .. }
            | Event::Absorbed { .. }
            | Event::Released { .. }
            | Event::MovedOut { .. }
            | Event::MovedIn { .. }
            | Event::MovedBack { .. }
            | Event::Linked { .. }
            | Event::LinkedFrom { .. }
            | Event::StayedSilent { .. }
            | Event::AlsoSentTo { .. }
            | Event::Withdrawn { .. }
            | Event::ParticipantAdded { .. }
            | Event::ParticipantRemoved { .. }
            | Event::RequesterChanged { .. }
            | Event::ForwardLeft { .. }
            | Event::ForwardAskedAgain { .. }
            | Event::TurnCorrected { .. }
            | Event::WaitBegan { .. }
            | Event::WaitChanged { .. }
            | Event::WaitEnded
            | Event::Delegated { .. }
            | Event::DelegationDeclined { .. }
            | Event::DelegationTimedOut { .. }
            | Event::DelegationWithdrawn { .. }
            | Event::Promised { .. }
            | Event::PromiseMoved { .. }
            | Event::PromiseKept { .. }
            | Event::PromiseHandedOver { .. }
            | Event::DutyAsked { .. }
            | Event::DutyDone { .. }
            | Event::DutyNotDone { .. }
            | Event::Called { .. }
            | Event::CallConfirmed { .. }
            | Event::CallCorrected { .. }
            | Event::Confirmed
            | Event::Warned { .. }
            | Event::Escalated { .. }
            | Event::Reminded { .. }
            | Event::AgreementChanged { .. }
            | Event::Related { .. }
            | Event::Unrelated { .. }
            | Event::Watched { .. }
            | Event::Unwatched { .. }
            | Event::AssetLinked { .. }
            | Event::AssetUnlinked { .. }
            | Event::StepAdded { .. }
            | Event::StepChanged { .. }
            | Event::StepMoved { .. }
            | Event::StepRemoved { .. }
            | Event::StepTicked { .. }
            | Event::StepUnticked { .. }
            | Event::FieldFilled { .. }
            | Event::TimeLogged { .. }
            | Event::TimeChanged { .. }
            | Event::TimeRemoved { .. }
            | Event::TimeRestored { .. }
            | Event::Snoozed { .. }
            | Event::Woken { .. } => None,
        }
    }
}
