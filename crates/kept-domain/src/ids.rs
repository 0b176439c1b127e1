//! One type per kind of id, so that a ticket can never be mistaken for a person.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// An organisation that is served.
    ClientId,
    /// Anyone with an e-mail address, agents included.
    PersonId,
    /// A kind of work with an address of its own.
    QueueId,
    /// The number people see: `#1042` is `TicketId(1042)`.
    TicketId,
    /// Something said on a ticket.
    MessageId,
    /// One line of a ticket's history.
    EventId,
    /// A mail on its way out.
    OutgoingId,
    /// A mail that waits for a human eye.
    UnsortedId,
    /// What the desk does by itself when something happens.
    RuleId,
    /// A mailbox elsewhere that mail is fetched from.
    MailboxId,
    /// A sign-in at a provider that wants OAuth2.
    AccountId,
    /// A word given: who does what by when.
    PromiseId,
    /// What a client and the desk owe each other.
    AgreementId,
    /// One wording of an agreement; it never changes.
    AgreementVersionId,
    /// One time that a client was asked for a duty.
    DutyRunId,
    /// What a new ticket can begin with.
    TemplateId,
    /// A ticket that comes again.
    RecurrenceId,
    /// A link for somebody without a session.
    PrivateLinkId,
    /// Something a desk asks of its tickets besides what every ticket has.
    FieldId,
    /// A reply that is written again and again.
    ReplyTemplateId,
    /// A thing that somebody uses and the desk looks after.
    AssetId,
}
