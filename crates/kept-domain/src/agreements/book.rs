//! All agreements of the desk, and which of them holds for a ticket.

use std::sync::Arc;

use jiff::Timestamp;

use super::Wording;
use crate::clocks::Terms;
use crate::ids::{AgreementId, AgreementVersionId, ClientId, QueueId};
use crate::tickets::Ticket;

/// Whose tickets an agreement is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    Client(ClientId),
    Queue(QueueId),
    /// For everybody without one of their own.
    Everybody,
}

/// One wording and when it came into force. Never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub id: AgreementVersionId,
    pub agreement: AgreementId,
    /// Counted from 1 within its agreement.
    pub number: i64,
    pub scope: Scope,
    pub name: String,
    /// From when on it is in force, until the next version of the same agreement is.
    pub from: Timestamp,
    /// From when on the agreement as a whole is over.
    pub until: Option<Timestamp>,
    pub wording: Arc<Wording>,
}

/// The agreements as they are known; at least one holds for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// By scope and then from the newest to the oldest.
    versions: Vec<Version>,
    fallback: Version,
}

/// Which version holds for a ticket, which of its rows, and what that asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen<'a> {
    pub version: &'a Version,
    /// From 0.
    pub row: usize,
    pub terms: Arc<Terms>,
}

impl Book {
    /// `None` when nothing holds for everybody.
    pub fn new(mut versions: Vec<Version>) -> Option<Self> {
        versions.sort_by_key(|it| std::cmp::Reverse((it.from, it.number)));
        let for_all = |it: &&Version| it.scope == Scope::Everybody;
        let fallback = versions.iter().rev().find(for_all)?.clone();
        Some(Self { versions, fallback })
    }

    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    pub fn version(&self, id: AgreementVersionId) -> Option<&Version> {
        self.versions.iter().find(|it| it.id == id)
    }

    /// The client's own agreement, else the queue's, else everybody's (S13): the first that was in force when the ticket was
    /// opened. `bound` is the version its history names instead.
    pub fn choose(&self, ticket: &Ticket, bound: Option<AgreementVersionId>) -> Chosen<'_> {
        let named = bound.and_then(|id| self.version(id));
        let version = named.unwrap_or_else(|| self.in_force(ticket));
        let (terms, row) = version.wording.terms(ticket.priority, ticket.kind);
        Chosen {
            version,
            row,
            terms: Arc::new(terms),
        }
    }

    fn in_force(&self, ticket: &Ticket) -> &Version {
        self.for_new(ticket.client, ticket.queue, ticket.opened_at)
    }

    /// What holds for a ticket of this client in this queue that is opened then.
    pub fn for_new(&self, client: Option<ClientId>, queue: QueueId, at: Timestamp) -> &Version {
        let own = client.and_then(|client| self.of(Scope::Client(client), at));
        own.or_else(|| self.of(Scope::Queue(queue), at))
            .or_else(|| self.of(Scope::Everybody, at))
            .unwrap_or(&self.fallback)
    }

    /// The version of the agreement with this scope that is in force at a time.
    pub fn of(&self, scope: Scope, at: Timestamp) -> Option<&Version> {
        let latest = self
            .versions
            .iter()
            .find(|it| it.scope == scope && it.from <= at)?;
        latest
            .until
            .is_none_or(|until| at < until)
            .then_some(latest)
    }
}
