//! Everything that can happen to a ticket, in the past tense.
//!
//! Events are append-only and the truth: status, turn and responsible agent are worked out from them.

mod sentence;

pub use sentence::{Names, came_back, line, sentence};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calls::{How, Wanted};
use crate::clocks::{Owed, Side, Target};
use crate::delivery::Setback;
use crate::fields::Value;
use crate::ids::{
    AgreementVersionId, AssetId, ClientId, DutyRunId, EventId, FieldId, MessageId, OutgoingId,
    PersonId, PromiseId, QueueId, RuleId, TicketId,
};
use crate::intake::{Reason, Silence};
use crate::messages::InvitationAnswer;
use crate::queues::Chosen;
use crate::snoozes::{Until, Why};
use crate::tickets::{AndThen, Bond, Delegation, Kind, Link, Priority, Standing, Status, Tag};
use crate::time_entries::{Details, Spent};
use crate::turn::Turn;
use crate::waits::Wait;

/// Who made it happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    Person(PersonId),
    /// A rule that the desk gave itself.
    Rule(RuleId),
    /// Kept itself.
    Kept,
}

/// One line of a ticket's history as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    pub id: EventId,
    pub ticket: TicketId,
    pub at: Timestamp,
    pub by: Actor,
    #[serde(flatten)]
    pub event: Event,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "snake_case"
)]
pub enum Event {
    Opened {
        subject: String,
        kind: Kind,
        priority: Priority,
        queue: QueueId,
        requester: Option<PersonId>,
        client: Option<ClientId>,
        responsible: PersonId,
        chosen: Chosen,
    },
    /// Something came in from outside the desk.
    MessageReceived {
        message: MessageId,
        from: Option<PersonId>,
        automatic: bool,
        /// A person's thanks and nothing else: it is heard, and it moves nothing.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        thanks: bool,
        reason: Reason,
    },
    /// The requester was told that the ticket exists and what happens next.
    Acknowledged {
        outgoing: OutgoingId,
        to: String,
    },
    Replied {
        message: MessageId,
        then: AndThen,
    },
    Noted {
        message: MessageId,
    },
    /// What was said was passed on to somebody outside the conversation; nobody in it reads that.
    Forwarded {
        message: MessageId,
        /// The message that was passed on; `None` for the whole conversation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<MessageId>,
        /// Their addresses.
        to: String,
    },
    /// Whoever it was passed on to answered, to the desk alone.
    ForwardAnswered {
        message: MessageId,
        from: Option<PersonId>,
        reason: Reason,
    },
    /// Something the desk wrote was taken back before it went out; the ticket stands as if it had not been said.
    Withdrawn {
        message: MessageId,
        status: Status,
        turn: Turn,
        resolved_at: Option<Timestamp>,
        closed_at: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wait: Option<Wait>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delegation: Option<Delegation>,
    },
    Assigned {
        from: PersonId,
        to: PersonId,
    },
    QueueChanged {
        from: QueueId,
        to: QueueId,
    },
    PriorityChanged {
        from: Priority,
        to: Priority,
    },
    KindChanged {
        from: Kind,
        to: Kind,
    },
    SubjectChanged {
        from: String,
        to: String,
    },
    TagAdded {
        tag: Tag,
    },
    TagRemoved {
        tag: Tag,
    },
    /// A rule answered the client with a text written beforehand. No person did, so the turn stays.
    AnsweredByRule {
        message: MessageId,
        outgoing: OutgoingId,
    },
    /// Somebody at the desk is told by mail.
    Notified {
        person: PersonId,
    },
    /// Another program is told; `host` is where.
    HookCalled {
        host: String,
    },
    /// A rule could not do one of its acts.
    RuleHeldBack {
        why: String,
    },
    Resolved,
    Reopened {
        why: Reopening,
    },
    Closed,
    /// Who ended it took that back: it stands as if it had not ended, and so does what ended with it.
    EndingTakenBack {
        /// When it was ended.
        ended_at: Timestamp,
        left: Standing,
    },
    MarkedSpam,
    UnmarkedSpam,
    /// This ticket's conversation is told on `ticket` from now on.
    MergedInto {
        ticket: TicketId,
    },
    MergeUndone {
        ticket: TicketId,
    },
    /// The other side of a merge: `ticket` is told here.
    Absorbed {
        ticket: TicketId,
        /// Whose turn it was there; `None` when it had ended or was parked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        turn: Option<Turn>,
        /// The third party that was waited for there, and is here from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wait: Option<Wait>,
    },
    Released {
        ticket: TicketId,
        /// How this ticket stands without it; `None` when it never moved the turn.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left: Option<Standing>,
    },
    /// A person said that these messages belong on `to`. The ticket stands as if they never were here.
    MovedOut {
        messages: Vec<MessageId>,
        to: TicketId,
        left: Standing,
    },
    /// The other side: their own lines stand before this one. `split` when the ticket was made of them.
    MovedIn {
        messages: Vec<MessageId>,
        from: TicketId,
        split: bool,
    },
    /// They were here before and are again.
    MovedBack {
        messages: Vec<MessageId>,
        from: TicketId,
        left: Standing,
    },
    /// Intake opened this ticket beside an older one.
    Linked {
        ticket: TicketId,
        link: Link,
    },
    /// The other side: `ticket` is the younger.
    LinkedFrom {
        ticket: TicketId,
        link: Link,
    },
    /// Somebody said what it is to another ticket, which says the same from its side.
    Related {
        bond: Bond,
        ticket: TicketId,
    },
    Unrelated {
        bond: Bond,
        ticket: TicketId,
    },
    /// Somebody of the desk hears from now on what is said here and how it ends, by their own wish or a colleague's.
    Watched {
        person: PersonId,
    },
    Unwatched {
        person: PersonId,
    },
    /// The mail it began with went to another queue as well; one ticket does for both.
    AlsoSentTo {
        queue: QueueId,
    },
    /// Somebody more takes part: they hear what is said and may answer.
    ParticipantAdded {
        person: PersonId,
        /// Where they hear it.
        address: String,
        /// The mail that named them; `None` when an agent added them.
        message: Option<MessageId>,
    },
    ParticipantRemoved {
        person: PersonId,
    },
    /// The ticket is somebody else's than it seemed; the client follows.
    RequesterChanged {
        from: Option<PersonId>,
        to: Option<PersonId>,
        client_from: Option<ClientId>,
        client_to: Option<ClientId>,
    },
    /// An agent left a forwarded mail with whoever forwarded it.
    ForwardLeft {
        message: MessageId,
    },
    /// The same taken back: the question stands again.
    ForwardAskedAgain {
        message: MessageId,
    },
    /// Our own relay refused it, or it could not be sent for days.
    DeliveryFailed {
        outgoing: OutgoingId,
        to: String,
        error: String,
        /// Nobody it was said to heard what a person said last.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unheard: bool,
    },
    /// A report came back about a mail of ours.
    CameBack {
        outgoing: OutgoingId,
        /// The message that mail carried; `None` for automatic mail.
        message: Option<MessageId>,
        to: String,
        kind: Setback,
        /// RFC 3463, such as `5.1.1`.
        status: Option<String>,
        /// Why, in words.
        reason: String,
        unheard: bool,
    },
    /// It was not sent to somebody, because mail to them came back before.
    NotSent {
        outgoing: OutgoingId,
        message: Option<MessageId>,
        to: String,
        /// Why mail came back, in words.
        reason: String,
        unheard: bool,
    },
    /// No automatic answer went out, because a budget against loops was spent.
    StayedSilent {
        why: Silence,
    },
    /// The organizer of a meeting was told whether the desk comes.
    InvitationAnswered {
        message: MessageId,
        /// Which meeting: the UID of its calendar object.
        uid: String,
        answer: InvitationAnswer,
        outgoing: OutgoingId,
        to: String,
    },
    /// An agent said whose turn it really is; the client can read why.
    TurnCorrected {
        to: Turn,
        why: String,
    },
    /// Somebody who is neither the desk nor the client has to do something first.
    WaitBegan {
        #[serde(flatten)]
        wait: Wait,
    },
    /// They said something new: another date, another number.
    WaitChanged {
        #[serde(flatten)]
        wait: Wait,
    },
    WaitEnded,
    /// `from` asks `to` to take the ticket, and stays responsible until they do.
    Delegated {
        from: PersonId,
        to: PersonId,
        /// When it goes back if it was not accepted.
        due: Timestamp,
        note: Option<String>,
    },
    /// Whoever was asked is responsible from now on.
    DelegationAccepted {
        from: PersonId,
        to: PersonId,
    },
    DelegationDeclined {
        from: PersonId,
        to: PersonId,
        why: String,
    },
    /// Nobody accepted in time; both are told.
    DelegationTimedOut {
        from: PersonId,
        to: PersonId,
    },
    /// The asker took it back.
    DelegationWithdrawn {
        from: PersonId,
        to: PersonId,
    },
    /// A word was given.
    Promised {
        promise: PromiseId,
        side: Side,
        promiser: PersonId,
        what: String,
        due: Timestamp,
        /// The message it was given in.
        message: Option<MessageId>,
    },
    /// Another time was agreed on, before the first was over and in a message that says so.
    PromiseMoved {
        promise: PromiseId,
        due: Timestamp,
        message: MessageId,
    },
    /// By a message marked as keeping it, or by what the other side saw. After the due time it is late.
    PromiseKept {
        promise: PromiseId,
        message: Option<MessageId>,
    },
    /// Its time came and it was not kept.
    PromiseBroken {
        promise: PromiseId,
    },
    /// Somebody else keeps it from now on.
    PromiseHandedOver {
        promise: PromiseId,
        to: PersonId,
    },
    /// The client owes a duty by the agreement, and was asked for it.
    DutyAsked {
        run: DutyRunId,
        /// The day it is for, which may have been a holiday.
        date: Date,
        what: String,
        /// Of the client's time, from now on.
        within: Target,
        /// An earlier time of the same duty, which this one takes the place of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<DutyRunId>,
        /// What they were written; `None` when nobody could be written to, and then the desk has the turn.
        message: Option<MessageId>,
        outgoing: Option<OutgoingId>,
    },
    DutyDone {
        run: DutyRunId,
    },
    DutyNotDone {
        run: DutyRunId,
        why: String,
    },
    /// What was said on the phone or in the hallway.
    Called {
        message: MessageId,
        wanted: Wanted,
        #[serde(default)]
        how: How,
        /// Who called, or was called.
        person: Option<PersonId>,
        /// The summary that asks them to confirm it.
        outgoing: Option<OutgoingId>,
    },
    /// They said that we understood.
    CallConfirmed {
        message: MessageId,
    },
    /// They said what they meant instead.
    CallCorrected {
        message: MessageId,
        wanted: Wanted,
        /// Their own words, as a message.
        correction: MessageId,
    },
    /// The client said that the end is an end.
    Confirmed,
    /// Most of the time for something is used up.
    Warned {
        owed: Owed,
        run: i64,
        to: PersonId,
    },
    /// The time for something is over and it was not done.
    Missed {
        owed: Owed,
        run: i64,
        due: Timestamp,
    },
    /// Somebody more was told that something is late.
    Escalated {
        owed: Owed,
        run: i64,
        step: u32,
        to: PersonId,
    },
    /// The client was reminded in writing that it is their turn.
    Reminded {
        owed: Owed,
        run: i64,
        step: u32,
        outgoing: Option<OutgoingId>,
    },
    /// The client stayed silent through all reminders. Any word of theirs wakes the ticket.
    Parked,
    /// It was parked for as long as was agreed.
    ClosedUnanswered,
    /// Another wording of an agreement holds for this ticket.
    AgreementChanged {
        version: AgreementVersionId,
        /// As if it had held since the ticket was opened.
        from_start: bool,
    },
    /// One more thing to do on it; its number is the ticket's own and never given out twice.
    StepAdded {
        step: u32,
        what: String,
        /// Whose task it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
    },
    StepChanged {
        step: u32,
        what: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
    },
    /// By one place.
    StepMoved {
        step: u32,
        up: bool,
    },
    StepRemoved {
        step: u32,
    },
    StepTicked {
        step: u32,
        /// What shows that it is done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<String>,
    },
    StepUnticked {
        step: u32,
    },
    /// It is about a thing that somebody uses.
    AssetLinked {
        asset: AssetId,
        /// What it was called then.
        name: String,
    },
    AssetUnlinked {
        asset: AssetId,
        name: String,
    },
    /// A field of the desk's own holds something else, or nothing.
    FieldFilled {
        field: FieldId,
        /// As it was called then.
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Value>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Value>,
    },
    /// Somebody worked on it; the number is the ticket's own and never given out twice.
    TimeLogged {
        entry: u32,
        /// Who worked.
        person: PersonId,
        /// What was written or said in that time; when that is taken back, this is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
        details: Details,
    },
    TimeChanged {
        entry: u32,
        from: Details,
        to: Details,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
    /// It counts no longer.
    TimeRemoved {
        entry: u32,
        spent: Spent,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
    TimeRestored {
        entry: u32,
        spent: Spent,
    },
    /// Whoever did this does not see it among their own until then.
    Snoozed {
        until: Until,
    },
    /// It is back for somebody who had put it off.
    Woken {
        person: PersonId,
        why: Why,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reopening {
    /// A message from the client's side came in.
    ClientWrote,
    /// An agent wrote again.
    DeskWrote,
    /// Somebody at the desk reopened it.
    ByHand,
    /// What ended it was taken back, and nobody had begun with it: it is new again.
    AsNew,
    /// What the desk said last reached nobody.
    NobodyHeard,
}

impl Event {
    /// The message that came with it and is shown in its place.
    pub fn brings(&self) -> Option<MessageId> {
        match self {
            Event::MessageReceived { message, .. }
            | Event::Replied { message, .. }
            | Event::AnsweredByRule { message, .. }
            | Event::DutyAsked {
                message: Some(message),
                ..
            }
            | Event::Called { message, .. }
            | Event::CallCorrected {
                correction: message,
                ..
            }
            | Event::Forwarded { message, .. }
            | Event::ForwardAnswered { message, .. }
            | Event::Noted { message } => Some(*message),
            _ => None,
        }
    }

    /// Whether it says that nobody heard what a person at the desk said last.
    pub fn says_unheard(&self) -> bool {
        matches!(
            self,
            Event::CameBack { unheard: true, .. }
                | Event::NotSent { unheard: true, .. }
                | Event::DeliveryFailed { unheard: true, .. }
        )
    }

    /// The event's name as stored and as the API gives it.
    pub fn name(&self) -> &'static str {
        match self {
            Event::Opened { .. } => "opened",
            Event::MessageReceived { .. } => "message-received",
            Event::Acknowledged { .. } => "acknowledged",
            Event::Replied { .. } => "replied",
            Event::Noted { .. } => "noted",
            Event::Forwarded { .. } => "forwarded",
            Event::ForwardAnswered { .. } => "forward-answered",
            Event::Withdrawn { .. } => "withdrawn",
            Event::Assigned { .. } => "assigned",
            Event::QueueChanged { .. } => "queue-changed",
            Event::PriorityChanged { .. } => "priority-changed",
            Event::KindChanged { .. } => "kind-changed",
            Event::SubjectChanged { .. } => "subject-changed",
            Event::TagAdded { .. } => "tag-added",
            Event::TagRemoved { .. } => "tag-removed",
            Event::AnsweredByRule { .. } => "answered-by-rule",
            Event::Notified { .. } => "notified",
            Event::HookCalled { .. } => "hook-called",
            Event::RuleHeldBack { .. } => "rule-held-back",
            Event::Resolved => "resolved",
            Event::Reopened { .. } => "reopened",
            Event::Closed => "closed",
            Event::EndingTakenBack { .. } => "ending-taken-back",
            Event::MarkedSpam => "marked-spam",
            Event::UnmarkedSpam => "unmarked-spam",
            Event::MergedInto { .. } => "merged-into",
            Event::MergeUndone { .. } => "merge-undone",
            Event::Absorbed { .. } => "absorbed",
            Event::Released { .. } => "released",
            Event::MovedOut { .. } => "moved-out",
            Event::MovedIn { .. } => "moved-in",
            Event::MovedBack { .. } => "moved-back",
            Event::Linked { .. } => "linked",
            Event::LinkedFrom { .. } => "linked-from",
            Event::Related { .. } => "related",
            Event::Unrelated { .. } => "unrelated",
            Event::Watched { .. } => "watched",
            Event::Unwatched { .. } => "unwatched",
            Event::AlsoSentTo { .. } => "also-sent-to",
            Event::ParticipantAdded { .. } => "participant-added",
            Event::ParticipantRemoved { .. } => "participant-removed",
            Event::RequesterChanged { .. } => "requester-changed",
            Event::ForwardLeft { .. } => "forward-left",
            Event::ForwardAskedAgain { .. } => "forward-asked-again",
            Event::DeliveryFailed { .. } => "delivery-failed",
            Event::InvitationAnswered { .. } => "invitation-answered",
            Event::CameBack { .. } => "came-back",
            Event::NotSent { .. } => "not-sent",
            Event::StayedSilent { .. } => "stayed-silent",
            Event::TurnCorrected { .. } => "turn-corrected",
            Event::WaitBegan { .. } => "wait-began",
            Event::WaitChanged { .. } => "wait-changed",
            Event::WaitEnded => "wait-ended",
            Event::Delegated { .. } => "delegated",
            Event::DelegationAccepted { .. } => "delegation-accepted",
            Event::DelegationDeclined { .. } => "delegation-declined",
            Event::DelegationTimedOut { .. } => "delegation-timed-out",
            Event::DelegationWithdrawn { .. } => "delegation-withdrawn",
            Event::Promised { .. } => "promised",
            Event::PromiseMoved { .. } => "promise-moved",
            Event::PromiseKept { .. } => "promise-kept",
            Event::PromiseBroken { .. } => "promise-broken",
            Event::PromiseHandedOver { .. } => "promise-handed-over",
            Event::DutyAsked { .. } => "duty-asked",
            Event::DutyDone { .. } => "duty-done",
            Event::DutyNotDone { .. } => "duty-not-done",
            Event::Called { .. } => "called",
            Event::CallConfirmed { .. } => "call-confirmed",
            Event::CallCorrected { .. } => "call-corrected",
            Event::Confirmed => "confirmed",
            Event::Warned { .. } => "warned",
            Event::Missed { .. } => "missed",
            Event::Escalated { .. } => "escalated",
            Event::Reminded { .. } => "reminded",
            Event::Parked => "parked",
            Event::ClosedUnanswered => "closed-unanswered",
            Event::AgreementChanged { .. } => "agreement-changed",
            Event::StepAdded { .. } => "step-added",
            Event::StepChanged { .. } => "step-changed",
            Event::StepMoved { .. } => "step-moved",
            Event::StepRemoved { .. } => "step-removed",
            Event::StepTicked { .. } => "step-ticked",
            Event::StepUnticked { .. } => "step-unticked",
            Event::AssetLinked { .. } => "asset-linked",
            Event::AssetUnlinked { .. } => "asset-unlinked",
            Event::FieldFilled { .. } => "field-filled",
            Event::TimeLogged { .. } => "time-logged",
            Event::TimeChanged { .. } => "time-changed",
            Event::TimeRemoved { .. } => "time-removed",
            Event::TimeRestored { .. } => "time-restored",
            Event::Snoozed { .. } => "snoozed",
            Event::Woken { .. } => "woken",
        }
    }
}
