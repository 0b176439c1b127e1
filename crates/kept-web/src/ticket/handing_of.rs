//! What the panel shows of turn, third party and offer, from the ticket as the desk gives it.

use kept_app::domain::access::Viewer;
use kept_app::domain::event::Event;
use kept_app::domain::ids::PersonId;
use kept_app::domain::people::Role;
use kept_app::domain::queues::{Queue, answer_by};
use kept_app::domain::turn::Turn;
use kept_app::reading::Conversation;

use super::handing::{Handing, Offer, People, Waiting};
use super::views::TicketPage;
use super::waiting::WaitForm;
use crate::parts::{Choice, Clock};

/// Nothing of it on a ticket that has ended or is set aside.
pub(super) fn of(conversation: &Conversation, viewer: &Viewer, clock: &Clock) -> Handing {
    let ticket = &conversation.ticket;
    if ticket.aside().is_some() {
        return Handing::default();
    }
    let people = Some(people(conversation, viewer, clock));
    if !ticket.is_open() {
        return Handing {
            people,
            ..Handing::default()
        };
    }
    let sides = [Turn::Desk, Turn::Client].into_iter();
    Handing {
        corrections: sides.filter(|side| *side != ticket.turn()).collect(),
        wait: ticket.open_wait().map(|wait| Waiting {
            party: wait.party.clone(),
            what: wait.what.clone(),
            tracking: wait.tracking.clone(),
            next: wait.next,
        }),
        form: Some(form(conversation, clock)),
        offer: offer(conversation, viewer),
        people,
    }
}

fn form(conversation: &Conversation, clock: &Clock) -> WaitForm {
    let wait = conversation.ticket.open_wait();
    let mut form = WaitForm::of(wait);
    if let Some(wait) = wait {
        let there = wait.next.to_zoned(clock.zone.clone());
        form.date = there.date().to_string();
    }
    form
}

fn people(conversation: &Conversation, viewer: &Viewer, clock: &Clock) -> People {
    let responsible = conversation.ticket.responsible;
    let queues = conversation.queues.iter();
    People {
        agents: conversation
            .agents
            .iter()
            .map(|agent| {
                let says = standing(agent.id, &conversation.queues, clock);
                Choice::new(agent.id.to_string(), format!("{}{says}", agent.name))
            })
            .collect(),
        queues: queues
            .map(|queue| Choice::new(format!("queue-{}", queue.id), &*queue.name))
            .collect(),
        responsible: responsible.to_string(),
        me: (responsible != viewer.person).then(|| viewer.person.to_string()),
        outright: viewer.role >= Role::Dispatcher,
        usual: String::new(),
    }
}

/// What whoever gives it away should know of somebody: ` · 7 open`, ` · 7 open, away until Mon 30 Nov`.
pub(super) fn standing(person: PersonId, queues: &[Queue], clock: &Clock) -> String {
    let mut members = queues.iter().flat_map(|queue| &queue.members);
    let Some(member) = members.find(|member| member.person == person) else {
        return String::new();
    };
    let away = member.away.iter().filter(|away| away.covers(clock.now));
    match away.map(|away| away.until).max() {
        Some(until) => {
            let back = until.to_zoned(clock.zone.clone());
            let back = back.strftime("%a %-d %b");
            format!(" · {} open, away until {back}", member.open_tickets)
        }
        None => format!(" · {} open", member.open_tickets),
    }
}

fn offer(conversation: &Conversation, viewer: &Viewer) -> Option<Offer> {
    let offered = conversation.ticket.delegation?;
    let made = conversation
        .happened
        .iter()
        .rev()
        .find_map(|it| match &it.recorded.event {
            Event::Delegated { note, .. } => Some((it.by.clone(), note.clone())),
            _ => None,
        });
    let (by, note) = made.unwrap_or_default();
    let known = conversation.agents.iter().find(|it| it.id == offered.to);
    Some(Offer {
        by,
        to: known.map_or_else(String::new, |agent| agent.name.clone()),
        to_me: offered.to == viewer.person,
        note,
        due: offered.due,
    })
}

/// Says until when an offer made now would stand, `minutes` of the queue's duty time.
pub(super) fn name_usual_time(
    page: &mut TicketPage,
    conversation: &Conversation,
    minutes: i64,
    clock: &Clock,
) {
    let due = answer_by(&conversation.queue, clock.now, minutes);
    if let Some(people) = &mut page.panel.handing.people {
        people.usual = clock.short(due);
    }
}
