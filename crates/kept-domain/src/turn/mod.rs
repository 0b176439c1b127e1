//! Whose turn it is: who must act next on a ticket, and what that makes of its status.
//!
//! Both follow from events alone. Automatic mail and notices never move them; a bounce does only when
//! nobody heard what a person at the desk said.

mod correct;
mod suggest;

pub(crate) use correct::reason;
pub use correct::{LONGEST_REASON, correct};
pub use suggest::{Because, Suggestion, suggest};

use serde::{Deserialize, Serialize};

use crate::calls::Wanted;
use crate::event::{Event, Reopening};
use crate::messages::text_form;
use crate::tickets::{AndThen, Status};

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

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    pub status: Status,
    pub turn: Turn,
    /// Somebody who is neither the desk nor the client still has to do something.
    pub waits: bool,
}

impl Stand {
    fn is(self, status: Status, turn: Turn) -> Self {
        Self {
            status,
            turn,
            ..self
        }
    }

    /// The desk must act; whatever the ticket waited for is over.
    fn back_to_desk(self) -> Self {
        match self.status {
            Status::Waiting | Status::Parked => self.is(Status::Open, Turn::Desk),
            status => self.is(status, Turn::Desk),
        }
    }

    /// A ticket is told here on which it was `turn`'s turn: what the desk or a third party still has to do wakes what had
    /// ended, what the client was asked wakes what was parked.
    fn joined_by(self, turn: Turn) -> Self {
        let open = self.status.is_open();
        match (turn, self.turn) {
            (Turn::Desk, _) if open => self.back_to_desk(),
            (Turn::Desk, _) => self.is(Status::Open, Turn::Desk),
            (Turn::ThirdParty, Turn::Desk | Turn::ThirdParty) if open => self,
            (Turn::ThirdParty, _) => self.is(Status::Waiting, Turn::ThirdParty),
            (Turn::Client, _) if self.status == Status::Parked => {
                self.is(Status::Waiting, Turn::Client)
            }
            (Turn::Client | Turn::Nobody, _) => self,
        }
    }

    /// The client was told something. An open wait for a third party goes on.
    fn told(self) -> Self {
        match (self.status.is_open(), self.waits, self.turn) {
            (false, ..) => self,
            (true, true, Turn::Desk | Turn::ThirdParty) => {
                self.is(Status::Waiting, Turn::ThirdParty)
            }
            (true, _, turn) => self.is(Status::Open, turn),
        }
    }

    /// What somebody wants who called. To know of something hands nobody the turn.
    fn called(self, wanted: Wanted) -> Self {
        match wanted {
            Wanted::Act | Wanted::Decide => self.is(Status::Open, Turn::Desk),
            Wanted::Know if self.status == Status::New => self.is(Status::Open, self.turn),
            Wanted::Know => self,
        }
    }

    fn corrected(self, to: Turn) -> Self {
        match to {
            Turn::Desk => self.is(Status::Open, to),
            Turn::Client | Turn::ThirdParty => self.is(Status::Waiting, to),
            Turn::Nobody => self,
        }
    }
}

/// How a ticket stands after `event`, given how it stood before.
///
/// Every event is named here, so that a new one makes its author decide.
pub fn after(before: Stand, event: &Event) -> Stand {
    match event {
        Event::Opened { .. } => before.is(Status::New, Turn::Desk),
        Event::Reopened { why } => Stand {
            status: match why {
                Reopening::AsNew => Status::New,
                _ => Status::Open,
            },
            turn: Turn::Desk,
            waits: false,
        },
        Event::MessageReceived {
            automatic: false,
            thanks: false,
            ..
        } => before.back_to_desk(),
        Event::Replied {
            then: AndThen::Ask, ..
        } => before.is(Status::Waiting, Turn::Client),
        Event::Replied {
            then: AndThen::Update,
            ..
        } => before.told(),
        Event::Called { wanted, .. } => before.called(*wanted),
        Event::CallCorrected { .. } => before.back_to_desk(),
        Event::DutyAsked {
            outgoing: Some(_), ..
        } => before.is(Status::Waiting, Turn::Client),
        Event::DutyDone { .. } | Event::DutyNotDone { .. }
            if before.status.is_open() && before.turn == Turn::Client =>
        {
            before.back_to_desk()
        }
        Event::TurnCorrected { to, .. } => before.corrected(*to),
        Event::WaitBegan { .. } => Stand {
            status: Status::Waiting,
            turn: Turn::ThirdParty,
            waits: true,
        },
        Event::WaitEnded if before.turn == Turn::ThirdParty => Stand {
            status: Status::Open,
            turn: Turn::Desk,
            waits: false,
        },
        Event::WaitEnded => Stand {
            waits: false,
            ..before
        },
        Event::Parked => before.is(Status::Parked, Turn::Client),
        Event::Resolved => before.is(Status::Resolved, Turn::Client),
        Event::Closed | Event::ClosedUnanswered => before.is(Status::Closed, Turn::Nobody),
        Event::Absorbed {
            turn: Some(turn), ..
        } => before.joined_by(*turn),
        Event::EndingTakenBack { left, .. }
        | Event::MovedOut { left, .. }
        | Event::MovedBack { left, .. }
        | Event::Released {
            left: Some(left), ..
        } => before.is(left.status, left.turn),
        Event::Withdrawn { status, turn, .. } => before.is(*status, *turn),
        // A ticket that had ended is reopened by the line that follows.
        told if told.says_unheard() && before.turn != Turn::Nobody => before.back_to_desk(),
        Event::MessageReceived { .. }
        | Event::Replied {
            then: AndThen::Resolve,
            ..
        }
        | Event::Noted { .. }
        | Event::Forwarded { .. }
        | Event::ForwardAnswered { .. }
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
        | Event::Absorbed { turn: None, .. }
        | Event::Released { left: None, .. }
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
        | Event::ForwardAskedAgain { .. }
        | Event::WaitChanged { .. }
        | Event::Delegated { .. }
        | Event::DelegationAccepted { .. }
        | Event::DelegationDeclined { .. }
        | Event::DelegationTimedOut { .. }
        | Event::DelegationWithdrawn { .. }
        | Event::Promised { .. }
        | Event::PromiseMoved { .. }
        | Event::PromiseKept { .. }
        | Event::PromiseBroken { .. }
        | Event::PromiseHandedOver { .. }
        | Event::DutyAsked { outgoing: None, .. }
        | Event::DutyDone { .. }
        | Event::DutyNotDone { .. }
        | Event::CallConfirmed { .. }
        | Event::Confirmed
        | Event::Warned { .. }
        | Event::Missed { .. }
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
        | Event::Woken { .. } => before,
    }
}
