//! A ticket as the desk gives it, turned into its page.

use kept_app::domain::access::Viewer;
use kept_app::domain::event::Event;
use kept_app::domain::ids::TicketId;
use kept_app::domain::people::Person;
use kept_app::domain::queues::Chosen;
use kept_app::domain::tickets::{Kind, Priority, Status, Ticket};
use kept_app::domain::turn::Turn as Side;
use kept_app::mail::Mailbox;
use kept_app::reading::{Conversation, Listed};
use kept_app::store::links::Linked;
use kept_app::store::tickets::Shelf;
use kept_app::tickets::Readers;
use kept_app::time_entries::Sheet;

use super::activity::Choosing;
use super::composer::{Composer, Mode, Then, Unreachable};
use super::owed::Owed;
use super::panel::{Acts, Panel, Requester};
use super::views::{Life, TicketPage};
use super::waiting::WaitForm;
use super::watching::Watching;
use super::{handing_of, mailboxes, passing, speakers_of, told, writing};
use crate::bonds::views::{self as bonds, Links};
use crate::calls::form::CallForm;
use crate::inbox::listed;
use crate::inventory::on_ticket::OnTicket;
use crate::numbers::count;
use crate::parts::{Choice, Clock};

/// The whole page. `others` are the tickets of the same requester.
pub(super) fn page(
    conversation: &Conversation,
    life: Life,
    others: &[Listed],
    viewer: &Viewer,
    clock: &Clock,
) -> TicketPage {
    let ticket = &conversation.ticket;
    let set_aside = ticket.spam_since.is_some() || ticket.merged_into.is_some();
    TicketPage {
        number: count(ticket.id.0),
        subject: ticket.subject.clone(),
        life,
        choosing: Choosing::default(),
        entries: told::entries(conversation),
        others: vec![],
        composer: (!set_aside).then(|| composer(conversation)),
        panel: panel(conversation, others, viewer, clock),
        offered: None,
        offered_by_client: None,
        left_asking: None,
        asks_to_resolve: None,
    }
}

/// The shelf a ticket stands on.
pub(super) fn shelf(ticket: &Ticket) -> Shelf {
    match ticket.status {
        _ if ticket.merged_into.is_some() => Shelf::Merged,
        _ if ticket.spam_since.is_some() => Shelf::Spam,
        Status::New | Status::Open | Status::Waiting => Shelf::Open,
        Status::Parked => Shelf::Parked,
        Status::Resolved => Shelf::Resolved,
        Status::Closed => Shelf::Closed,
    }
}

fn composer(conversation: &Conversation) -> Composer {
    let addressees = &conversation.addressees;
    let first = addressees.to.first();
    let name = first.map(|mailbox| {
        mailbox
            .name
            .clone()
            .unwrap_or_else(|| mailbox.address.clone())
    });
    Composer {
        reply_to: name,
        to: mailboxes::written(&addressees.to),
        cc: writing::copies(&addressees.cc),
        more: String::new(),
        bcc: String::new(),
        passable: passing::passable(conversation),
        passing: None,
        client: conversation.client.as_ref().map(|it| it.name.clone()),
        readers: Readers::default(),
        mode: if first.is_some() {
            Mode::Reply
        } else {
            Mode::Note
        },
        text: String::new(),
        time: String::new(),
        time_by_hand: false,
        then: Then::Keep,
        wait: WaitForm::of(conversation.ticket.open_wait()),
        tells_wait: true,
        promises: vec![],
        call: call(conversation),
        draft: None,
        unsent: None,
        templates: vec![],
        anyway: false,
        attach_again: vec![],
        seen: newest(conversation),
        room_bytes: 0,
        error: None,
        unreachable: unreachable(conversation),
    }
}

fn newest(conversation: &Conversation) -> u64 {
    count(conversation.newest.map_or(0, |message| message.0))
}

/// Whoever takes part is suggested, the requester first.
fn call(conversation: &Conversation) -> CallForm {
    let mailbox = |name: &str, address: &str| {
        mailboxes::written(&[Mailbox {
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            address: address.to_owned(),
        }])
    };
    let requester = conversation.requester.iter().filter_map(|person| {
        let address = person.addresses.first()?;
        Some(mailbox(&person.name, address.as_str()))
    });
    let others = conversation.participants.iter();
    let others = others.map(|one| mailbox(&one.name, &one.address));
    let known: Vec<String> = requester.chain(others).collect();
    CallForm {
        caller: known.first().cloned().unwrap_or_default(),
        known,
        ..CallForm::default()
    }
}

fn unreachable(conversation: &Conversation) -> Vec<Unreachable> {
    let marked = conversation.unreachable.iter();
    let shown = marked.filter_map(|mark| {
        Some(Unreachable {
            address: mark.address.clone(),
            why: mark.reason.clone(),
            since: mark.suppressed_since?,
        })
    });
    shown.collect()
}

fn panel(conversation: &Conversation, others: &[Listed], viewer: &Viewer, clock: &Clock) -> Panel {
    let ticket = &conversation.ticket;
    Panel {
        owed: Owed::default(),
        assets: OnTicket::default(),
        responsible: Some(conversation.responsible.clone()).filter(|name| !name.is_empty()),
        responsible_says: since_when(conversation, clock),
        handing: handing_of::of(conversation, viewer, clock),
        snooze: None,
        can_snooze: ticket.aside().is_none() && ticket.status.is_open(),
        steps: vec![],
        can_edit_steps: ticket.aside().is_none(),
        time: Sheet::default(),
        can_log_time: ticket.aside().is_none(),
        duties: vec![],
        promises: vec![],
        agents: conversation
            .agents
            .iter()
            .map(|agent| Choice::new(agent.id.to_string(), &*agent.name))
            .collect(),
        can_promise: ticket.is_open()
            && ticket.spam_since.is_none()
            && ticket.merged_into.is_none(),
        requester: conversation
            .requester
            .as_ref()
            .map(|person| requester(person, conversation)),
        participants: speakers_of::participants(conversation),
        watching: Watching::default(),
        offers: speakers_of::questions(conversation, false),
        queues: conversation
            .queues
            .iter()
            .map(|queue| Choice::new(queue.id.to_string(), &*queue.name))
            .collect(),
        queue: ticket.queue.to_string(),
        priorities: priorities(),
        priority: ticket.priority.as_str().to_owned(),
        kinds: kinds(),
        kind: ticket.kind.as_str().to_owned(),
        fields: vec![],
        tags: ticket.tags.iter().map(ToString::to_string).collect(),
        status: ticket.status.as_str().to_owned(),
        acts: acts(ticket),
        merge_not_done: None,
        links: Links {
            not_done: None,
            others: conversation
                .bonds
                .iter()
                .map(|it| bonds::other(it, clock))
                .collect(),
            kin: conversation.links.iter().map(link).collect(),
            can_change: ticket.aside().is_none(),
        },
        others: still_open(others, ticket.id, clock),
        sources: sources(conversation, clock),
    }
}

/// The priorities as choices, in words.
pub(crate) fn priorities() -> Vec<Choice> {
    let words = |priority| match priority {
        Priority::Low => "Low",
        Priority::Normal => "Normal",
        Priority::High => "High",
        Priority::Urgent => "Urgent",
    };
    Priority::ALL
        .into_iter()
        .map(|priority| Choice::new(priority.as_str(), words(priority)))
        .collect()
}

pub(crate) fn kinds() -> Vec<Choice> {
    let words = |kind| match kind {
        Kind::Incident => "Incident",
        Kind::Request => "Request",
        Kind::Question => "Question",
    };
    Kind::ALL
        .into_iter()
        .map(|kind| Choice::new(kind.as_str(), words(kind)))
        .collect()
}

fn link(linked: &Linked) -> (&'static str, u64, String) {
    let how = if linked.is_older {
        linked.link.of_older()
    } else {
        linked.link.of_younger()
    };
    (how, count(linked.ticket.0), linked.subject.clone())
}

/// How they came to be responsible.
fn since_when(conversation: &Conversation, clock: &Clock) -> String {
    let own = conversation
        .happened
        .iter()
        .filter(|it| it.recorded.ticket == conversation.ticket.id);
    let last = own.rev().find_map(|it| match &it.recorded.event {
        Event::Assigned { .. } | Event::DelegationAccepted { .. } => {
            Some(format!("since {}", clock.short(it.recorded.at)))
        }
        Event::Opened { chosen, .. } => Some(words_of(*chosen).to_owned()),
        _ => None,
    });
    let mut says = last.unwrap_or_default();
    if let Some(until) = away_until(conversation, clock) {
        let comma = if says.is_empty() { "" } else { ", " };
        says.push_str(&format!("{comma}away until {until}"));
    }
    says
}

/// When whoever is responsible is back, while they are not here.
fn away_until(conversation: &Conversation, clock: &Clock) -> Option<String> {
    let queues = conversation.queues.iter();
    let mut members = queues.flat_map(|queue| &queue.members);
    let member = members.find(|it| it.person == conversation.ticket.responsible)?;
    let away = member.away.iter().find(|away| away.covers(clock.now))?;
    Some(clock.short(away.until))
}

fn words_of(chosen: Chosen) -> &'static str {
    match chosen {
        Chosen::OnDuty => "on duty when it came",
        Chosen::Member => "had the fewest open tickets",
        Chosen::Dispatcher => "nobody was on duty when it came",
        Chosen::Opener => "opened and took it",
    }
}

fn requester(person: &Person, conversation: &Conversation) -> Requester {
    Requester {
        id: count(person.id.0),
        name: person.name.clone(),
        address: person
            .addresses
            .first()
            .map_or_else(String::new, ToString::to_string),
        client: conversation
            .client
            .as_ref()
            .map(|client| (count(client.id.0), client.name.clone())),
    }
}

fn acts(ticket: &Ticket) -> Acts {
    let merged = ticket.merged_into.is_some();
    let spam = ticket.spam_since.is_some();
    let in_sight = !merged && !spam;
    Acts {
        resolve: in_sight && ticket.status.is_open(),
        close: in_sight && ticket.status == Status::Resolved,
        reopen: in_sight && !ticket.status.is_open(),
        merge: in_sight,
        spam: (!merged).then_some(spam),
    }
}

/// Others shown beside a ticket at most.
const MOST_OTHERS: usize = 5;

fn still_open(
    others: &[Listed],
    this: TicketId,
    clock: &Clock,
) -> Vec<crate::inbox::row::TicketRow> {
    let open = others.iter().filter(|other| {
        other.ticket.id != this
            && other.ticket.shelf == Shelf::Open
            && other.ticket.turn != Side::Nobody
    });
    open.take(MOST_OTHERS)
        .map(|other| listed::row(other, clock))
        .collect()
}

fn sources(conversation: &Conversation, clock: &Clock) -> Vec<(String, String)> {
    let came = conversation
        .said
        .iter()
        .filter(|said| said.message.raw_sha256.is_some());
    let source = |said: &kept_app::reading::Said| {
        let message = &said.message;
        let size = crate::parts::size(count(message.raw_size_bytes));
        let who = if message.author_name.is_empty() {
            &message.author_address
        } else {
            &message.author_name
        };
        (
            format!("{}, from {who}, {size}", clock.short(message.at)),
            format!("/messages/{}/raw", message.id),
        )
    };
    came.map(source).collect()
}
