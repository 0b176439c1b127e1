//! A small desk to ask questions of: two agents, a queue, a client and one of its people.

use jiff::{SignedDuration, Timestamp};
use kept_domain::event::Event;
use kept_domain::ids::{ClientId, MessageId, PersonId, QueueId, TicketId};
use kept_domain::intake::MailKind;
use kept_domain::messages::{Audience, Channel};
use kept_domain::people::{Domain, EmailAddress, Role};
use kept_domain::queues::Chosen;
use kept_domain::tickets::{Kind, Priority, Ticket};
use kept_store::messages::Message;
use kept_store::people::NewPerson;
use kept_store::queues::QueueSettings;
use kept_store::{Store, StoreError, Tx, clients, messages, people, queues, tickets};

#[derive(Debug, Clone, Copy)]
pub struct Desk {
    pub ines: PersonId,
    pub noor: PersonId,
    pub support: QueueId,
    pub acme: ClientId,
    pub dana: PersonId,
}

pub fn write<T: Send + 'static>(
    store: &Store,
    closure: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    store.write_blocking(closure).expect("is written")
}

pub fn read<T: Send + 'static>(
    store: &Store,
    closure: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    store.read_blocking(closure).expect("is read")
}

/// Monday morning, and some minutes later.
pub fn at(minute: i64) -> Timestamp {
    let monday: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a time");
    monday + SignedDuration::from_mins(minute)
}

pub fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

pub fn domain(text: &str) -> Domain {
    Domain::parse(text).expect("a domain")
}

pub fn desk(store: &Store) -> Desk {
    write(store, |tx| {
        let ines = meet(
            tx,
            "Ines Moreau",
            "ines@desk.example",
            None,
            Some(Role::Admin),
        )?;
        let noor = meet(
            tx,
            "Noor Haddad",
            "noor@desk.example",
            None,
            Some(Role::Agent),
        )?;
        let acme = clients::insert(tx, "Acme", at(0))?;
        clients::set_domains(tx, acme, &[domain("acme.example")])?;
        let dana = meet(tx, "Dana Fox", "dana@acme.example", Some(acme), None)?;
        let support = queues::insert(tx, &settings("Support", "support@desk.example", ines, noor))?;
        Ok(Desk {
            ines,
            noor,
            support,
            acme,
            dana,
        })
    })
}

pub fn settings(name: &str, mail: &str, dispatcher: PersonId, member: PersonId) -> QueueSettings {
    QueueSettings {
        name: name.into(),
        addresses: vec![address(mail)],
        members: vec![(member, vec![])],
        dispatcher,
        zone: "Europe/Lisbon".into(),
        signature: "The desk".into(),
        sender: kept_domain::queues::Sender::default(),
    }
}

pub fn meet(
    tx: &mut Tx<'_>,
    name: &str,
    mail: &str,
    client: Option<ClientId>,
    role: Option<Role>,
) -> Result<PersonId, StoreError> {
    let person = NewPerson {
        name,
        address: &address(mail),
        client,
        role,
    };
    people::insert(tx, &person, at(0))
}

impl Desk {
    pub fn opening(&self, subject: &str) -> Event {
        Event::Opened {
            subject: subject.into(),
            kind: Kind::Request,
            priority: Priority::Normal,
            queue: self.support,
            requester: Some(self.dana),
            client: Some(self.acme),
            responsible: self.ines,
            chosen: Chosen::Member,
        }
    }

    pub fn open(&self, store: &Store, minute: i64, subject: &str) -> Ticket {
        let opening = self.opening(subject);
        write(store, move |tx| tickets::insert(tx, at(minute), &opening))
    }

    /// Says something on a ticket, as Dana.
    pub fn say(&self, store: &Store, ticket: TicketId, text: &str) -> MessageId {
        let message = Message {
            body: text.into(),
            ..self.message(ticket)
        };
        write(store, move |tx| messages::insert(tx, &message))
    }

    pub fn message(&self, ticket: TicketId) -> Message {
        Message {
            id: MessageId(0),
            ticket,
            audience: Audience::Client,
            channel: Channel::Mail,
            person: Some(self.dana),
            author_name: "Dana Fox".into(),
            author_address: "dana@acme.example".into(),
            at: at(1),
            claimed_at: Some(at(0)),
            subject: Some("Printer".into()),
            recipients: "{}".into(),
            body: "It smells.".into(),
            has_html: true,
            automatic: false,
            kind: Some(MailKind::Person),
            remark: Some("it came late".into()),
            message_ref: Some("1@acme.example".into()),
            raw_sha256: Some("ab".repeat(32)),
            raw_size_bytes: 412,
        }
    }
}

/// What a command does: the ticket as it is, an event, the ticket as it is then.
pub fn happen(store: &Store, ticket: TicketId, minute: i64, event: Event) -> Ticket {
    write(store, move |tx| {
        let before = tickets::find_to_change(tx, ticket)?.expect("the ticket is there");
        let mut after = before.clone();
        after.apply(at(minute), &event);
        tickets::save(tx, &before, &after)?;
        Ok(after)
    })
}
