//! A ticket as it stands: its history folded into what must be known to act on it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Aside, Kind, Priority, Standing, Status, Tag};
use crate::event::{Event, Recorded};
use crate::ids::{ClientId, PersonId, QueueId, TicketId};
use crate::turn::{self, Stand, Turn};
use crate::waits::Wait;

/// The stored columns of a ticket are a cache of this value, and [`Ticket::from_history`] rebuilds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ticket {
    pub id: TicketId,
    pub subject: String,
    pub kind: Kind,
    pub priority: Priority,
    pub queue: QueueId,
    pub requester: Option<PersonId>,
    pub client: Option<ClientId>,
    pub responsible: PersonId,
    pub status: Status,
    /// Whose turn it would be were the ticket not set aside; see [`Ticket::turn`].
    #[serde(rename = "turn")]
    pub base_turn: Turn,
    pub turn_since: Timestamp,
    pub opened_at: Timestamp,
    pub resolved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub spam_since: Option<Timestamp>,
    pub merged_into: Option<TicketId>,
    pub tags: BTreeSet<Tag>,
    /// The third party that has to do something first.
    pub wait: Option<Wait>,
    /// Who was asked to take it and has not answered.
    pub delegation: Option<Delegation>,
    /// When something last happened.
    pub touched_at: Timestamp,
}

/// A ticket offered to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    pub to: PersonId,
    /// When it goes back to whoever offered it.
    pub due: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrokenHistory {
    #[error("ticket #{0} has no history")]
    Empty(TicketId),
    #[error("the history of ticket #{0} does not begin with its opening")]
    NotOpened(TicketId),
}

impl Ticket {
    /// The ticket that an `Opened` event makes; `None` for any other event.
    pub fn opened(id: TicketId, at: Timestamp, event: &Event) -> Option<Self> {
        let Event::Opened {
            subject,
            kind,
            priority,
            queue,
            requester,
            client,
            responsible,
            ..
        } = event
        else {
            return None;
        };
        Some(Self {
            id,
            subject: subject.clone(),
            kind: *kind,
            priority: *priority,
            queue: *queue,
            requester: *requester,
            client: *client,
            responsible: *responsible,
            status: Status::New,
            base_turn: Turn::Desk,
            turn_since: at,
            opened_at: at,
            resolved_at: None,
            closed_at: None,
            spam_since: None,
            merged_into: None,
            tags: BTreeSet::new(),
            wait: None,
            delegation: None,
            touched_at: at,
        })
    }

    /// Works the ticket out from its whole history, oldest first.
    ///
    /// # Errors
    /// When there is no history or it does not begin with the opening.
    pub fn from_history(id: TicketId, history: &[Recorded]) -> Result<Self, BrokenHistory> {
        let (first, rest) = history.split_first().ok_or(BrokenHistory::Empty(id))?;
        let mut ticket =
            Self::opened(id, first.at, &first.event).ok_or(BrokenHistory::NotOpened(id))?;
        for line in rest {
            ticket.apply(line.at, &line.event);
        }
        Ok(ticket)
    }

    /// Takes one more event into account.
    pub fn apply(&mut self, at: Timestamp, event: &Event) {
        self.touched_at = self.touched_at.max(at);
        self.apply_turn(at, event);
        self.apply_values(at, event);
        self.settle();
    }

    /// What has ended waits for nobody; what has ended or is set aside is offered to nobody.
    fn settle(&mut self) {
        if !self.status.is_open() {
            self.wait = None;
        }
        if !self.is_open() {
            self.delegation = None;
        }
    }

    /// What an event says of the ticket besides turn and status; [`turn::after`] names every event.
    fn apply_values(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::Assigned { to, .. } | Event::DelegationAccepted { to, .. } => {
                (self.responsible, self.delegation) = (*to, None);
            }
            Event::Delegated { to, due, .. } => {
                self.delegation = Some(Delegation { to: *to, due: *due });
            }
            Event::DelegationDeclined { .. }
            | Event::DelegationTimedOut { .. }
            | Event::DelegationWithdrawn { .. } => self.delegation = None,
            Event::WaitBegan { wait } | Event::WaitChanged { wait } => {
                self.wait = Some(wait.clone());
            }
            Event::WaitEnded => self.wait = None,
            Event::QueueChanged { to, .. } => self.queue = *to,
            Event::PriorityChanged { to, .. } => self.priority = *to,
            Event::KindChanged { to, .. } => self.kind = *to,
            Event::SubjectChanged { to, .. } => self.subject.clone_from(to),
            Event::TagAdded { tag } => {
                self.tags.insert(tag.clone());
            }
            Event::TagRemoved { tag } => {
                self.tags.remove(tag);
            }
            Event::Resolved => self.resolved_at = Some(at),
            Event::Closed | Event::ClosedUnanswered => self.closed_at = Some(at),
            Event::Reopened { .. } => {
                (self.resolved_at, self.closed_at, self.wait) = (None, None, None);
            }
            Event::MarkedSpam => self.spam_since = Some(at),
            Event::UnmarkedSpam => self.spam_since = None,
            Event::Withdrawn {
                resolved_at,
                closed_at,
                wait,
                delegation,
                ..
            } => {
                (self.resolved_at, self.closed_at) = (*resolved_at, *closed_at);
                (self.wait, self.delegation) = (wait.clone(), *delegation);
            }
            Event::MergedInto { ticket } => self.merged_into = Some(*ticket),
            Event::MergeUndone { .. } => self.merged_into = None,
            Event::Absorbed { wait, .. } => {
                if self.status.is_open() {
                    (self.resolved_at, self.closed_at) = (None, None);
                }
                self.wait = self.wait.take().or_else(|| wait.clone());
            }
            Event::EndingTakenBack { left, .. }
            | Event::MovedOut { left, .. }
            | Event::MovedBack { left, .. }
            | Event::Released {
                left: Some(left), ..
            } => self.stand(left),
            Event::RequesterChanged { to, client_to, .. } => {
                (self.requester, self.client) = (*to, *client_to);
            }
            _ => {}
        }
    }

    /// What the rule worked out when messages went or came back.
    fn stand(&mut self, left: &Standing) {
        (self.status, self.base_turn) = (left.status, left.turn);
        self.turn_since = left.turn_since;
        (self.resolved_at, self.closed_at) = (left.resolved_at, left.closed_at);
        (self.wait, self.delegation) = (left.wait.clone(), left.delegation);
    }

    fn apply_turn(&mut self, at: Timestamp, event: &Event) {
        let before = Stand {
            status: self.status,
            turn: self.base_turn,
            waits: self.wait.is_some(),
        };
        let next = turn::after(before, event);
        if next.turn != before.turn {
            (self.base_turn, self.turn_since) = (next.turn, at);
        }
        self.status = next.status;
    }

    /// Who must act next; nobody while the ticket is spam or told elsewhere.
    pub fn turn(&self) -> Turn {
        if self.aside().is_some() {
            Turn::Nobody
        } else {
            self.base_turn
        }
    }

    /// The third party that is waited for, as people see it: not while the ticket is set aside.
    pub fn open_wait(&self) -> Option<&Wait> {
        self.wait.as_ref().filter(|_| self.is_open())
    }

    /// Whether and why the ticket is out of sight. Merged wins: its target is where it is told.
    pub fn aside(&self) -> Option<Aside> {
        let merged = self.merged_into.map(|_| Aside::Merged);
        merged.or(self.spam_since.map(|_| Aside::Spam))
    }

    /// Whether somebody still owes work on it.
    pub fn is_open(&self) -> bool {
        self.aside().is_none() && self.status.is_open()
    }
}
