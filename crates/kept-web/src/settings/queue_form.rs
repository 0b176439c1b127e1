//! The form of a queue: what it holds, how it is read, and how mail would look with it. It saves nothing.

use kept_app::Error;
use kept_app::domain::ids::PersonId;
use kept_app::domain::people::EmailAddress;
use kept_app::domain::queues::{Duty, Queue, Sender, SenderStyle};
use kept_app::mail::markdown;
use kept_app::store::queues::QueueSettings;

use super::queues::Preview;
use crate::forms::{Fields, lines};
use crate::numbers::number;
use crate::parts::Choice;

/// What the form holds, typed or stored.
#[derive(Default)]
pub(crate) struct Filled {
    pub name: String,
    pub addresses: String,
    pub zone: String,
    pub dispatcher: String,
    pub signature: String,
    pub sender_style: String,
    pub sender_name: String,
    pub members: Vec<PersonId>,
}

impl Filled {
    pub fn of(queue: &Queue, signature: String) -> Self {
        let addresses: Vec<String> = queue.addresses.iter().map(ToString::to_string).collect();
        Self {
            name: queue.name.clone(),
            addresses: addresses.join("\n"),
            zone: queue.zone.clone(),
            dispatcher: queue.dispatcher.to_string(),
            signature,
            sender_style: queue.sender.style.as_str().to_owned(),
            sender_name: queue.sender.name.clone(),
            members: queue.members.iter().map(|member| member.person).collect(),
        }
    }

    pub fn typed(fields: &Fields) -> Self {
        Self {
            name: fields.trimmed("name"),
            addresses: fields.get("addresses").to_owned(),
            zone: fields.trimmed("zone"),
            dispatcher: fields.get("dispatcher").to_owned(),
            signature: fields.get("signature").replace("\r\n", "\n"),
            sender_style: fields.get("sender_style").to_owned(),
            sender_name: fields.trimmed("sender_name"),
            members: fields
                .all("member")
                .filter_map(number)
                .map(PersonId)
                .collect(),
        }
    }

    /// How mail of the queue as it stands here looks when `agent` writes it.
    pub fn preview(&self, agent: &str) -> Preview {
        let sender = self.sender();
        let first = lines(&self.addresses).next().unwrap_or_default();
        Preview {
            reply: sender.agent(agent, &self.name),
            automatic: sender.desk(&self.name).to_owned(),
            address: first.to_owned(),
            signature: markdown::to_html(self.signature.trim()),
        }
    }

    fn sender(&self) -> Sender {
        Sender {
            style: SenderStyle::parse(&self.sender_style).unwrap_or_default(),
            name: self.sender_name.clone(),
        }
    }
}

/// The form as settings; members keep the hours they had.
pub(crate) fn read(fields: &Fields, before: Option<&Queue>) -> Result<QueueSettings, Error> {
    let filled = Filled::typed(fields);
    let address = |line: &str| {
        EmailAddress::parse(line).map_err(|error| Error::invalid("addresses", error.to_string()))
    };
    let sender = filled.sender();
    let dispatcher = number(&filled.dispatcher).map(PersonId);
    Ok(QueueSettings {
        addresses: lines(&filled.addresses)
            .map(address)
            .collect::<Result<_, _>>()?,
        members: filled
            .members
            .into_iter()
            .map(|person| (person, duties_of(person, before)))
            .collect(),
        sender,
        dispatcher: dispatcher
            .ok_or_else(|| Error::invalid("dispatcher", "Choose a dispatcher"))?,
        name: filled.name,
        zone: filled.zone,
        signature: filled.signature,
    })
}

fn duties_of(person: PersonId, before: Option<&Queue>) -> Vec<Duty> {
    let members = before.map_or(&[][..], |queue| &queue.members);
    let known = members.iter().find(|member| member.person == person);
    known.map_or_else(Vec::new, |member| member.duties.clone())
}

/// What can stand in From, each with an example.
pub(crate) fn sender_styles() -> Vec<Choice> {
    let words = |style| match style {
        SenderStyle::AgentAtDesk => "The agent at the desk: Dana at Example IT",
        SenderStyle::Agent => "The agent alone: Dana",
        SenderStyle::Desk => "The desk alone: Example IT",
    };
    let choice = |style: SenderStyle| Choice::new(style.as_str(), words(style));
    SenderStyle::ALL.into_iter().map(choice).collect()
}
