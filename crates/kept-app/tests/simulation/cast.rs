//! Who plays: twelve agents in three queues, forty clients in three zones with agreements, hours and holidays of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;
use kept_app::Desk;
use kept_app::agreements::{self, Draft, Mode};
use kept_app::domain::access::Viewer;
use kept_app::domain::agreements::{Scope, Silence, Wording, by_default};
use kept_app::domain::clocks::Target;
use kept_app::domain::hours::{Calendar, DayHours};
use kept_app::domain::ids::{ClientId, PersonId, QueueId};
use kept_app::domain::people::{Domain, EmailAddress, Role};
use kept_app::domain::queues::{Duty, Sender};
use kept_app::people::{ClientCard, add_client};
use kept_app::store::people::NewPerson;
use kept_app::store::queues::QueueSettings;
use kept_app::store::{Tx, people, queues};

struct Place {
    zone: &'static str,
    hours: &'static str,
    /// Month and day on which nobody works there.
    holidays: [(i8, i8); 3],
}

const PLACES: [Place; 3] = [
    Place {
        zone: "Europe/Berlin",
        hours: "09:00–12:30, 13:30–17:00",
        holidays: [(5, 1), (10, 3), (12, 25)],
    },
    Place {
        zone: "America/New_York",
        hours: "08:30–17:30",
        holidays: [(7, 4), (9, 7), (11, 26)],
    },
    Place {
        zone: "Australia/Adelaide",
        hours: "09:00–17:00",
        holidays: [(1, 26), (4, 25), (12, 28)],
    },
];
const AGENTS: [&str; 12] = [
    "Ada", "Ben", "Cleo", "Dov", "Edda", "Finn", "Gita", "Hugo", "Ida", "Jon", "Kaja", "Leo",
];
pub const CLIENTS: usize = 40;

pub struct Cast {
    pub admin: Viewer,
    pub agents: Vec<Viewer>,
    pub queues: Vec<QueueId>,
    pub clients: Vec<ClientId>,
}

impl Cast {
    pub fn viewer(&self, person: PersonId) -> &Viewer {
        let known = self.agents.iter().find(|agent| agent.person == person);
        known.unwrap_or(&self.admin)
    }

    pub fn name(&self, person: PersonId) -> &str {
        &self.viewer(person).name
    }
}

pub async fn hire(desk: &Desk) -> Cast {
    let now = desk.now();
    let hired = desk.store().write(move |tx| {
        let admin = people::first_admin(tx)?.expect("an admin");
        let mut agents = Vec::new();
        for name in AGENTS {
            agents.push((agent(tx, name, now)?, name));
        }
        let queues = queues_of(tx, admin, &agents)?;
        Ok::<_, kept_app::Error>((admin, agents, queues))
    });
    let (admin, agents, queues) = hired.await.expect("they are hired");
    let viewer = |(person, name): (PersonId, &str), role| Viewer {
        person,
        name: name.to_owned(),
        role,
    };
    let mut cast = Cast {
        admin: viewer((admin, "Admin"), Role::Admin),
        agents: agents
            .into_iter()
            .map(|it| viewer(it, Role::Agent))
            .collect(),
        queues,
        clients: Vec::new(),
    };
    for number in 0..CLIENTS {
        let client = sign(desk, &cast.admin, number).await;
        cast.clients.push(client);
    }
    cast
}

fn agent(tx: &mut Tx<'_>, name: &str, now: jiff::Timestamp) -> Result<PersonId, kept_app::Error> {
    let person = NewPerson {
        name,
        address: &address(&format!("{}@desk.example", name.to_lowercase())),
        client: None,
        role: Some(Role::Agent),
    };
    Ok(people::insert(tx, &person, now)?)
}

pub fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

/// The desk's own queue and two more, four agents each, with shifts in their zone.
fn queues_of(
    tx: &mut Tx<'_>,
    admin: PersonId,
    agents: &[(PersonId, &str)],
) -> Result<Vec<QueueId>, kept_app::Error> {
    let mut all = Vec::new();
    for (nth, place) in PLACES.iter().enumerate() {
        let four = agents.iter().skip(nth * 4).take(4).enumerate();
        let members = four.map(|(seat, (person, _))| (*person, shifts(seat)));
        let settings = QueueSettings {
            name: format!("Queue {nth}"),
            addresses: vec![address(&format!("queue{nth}@desk.example"))],
            members: members.collect(),
            dispatcher: admin,
            zone: place.zone.to_owned(),
            signature: String::new(),
            sender: Sender::default(),
        };
        all.push(queues::insert(tx, &settings)?);
    }
    Ok(all)
}

/// Two share the mornings and two the afternoons.
fn shifts(seat: usize) -> Vec<Duty> {
    let (from_minute, to_minute) = if seat < 2 {
        (8 * 60, 13 * 60)
    } else {
        (13 * 60, 18 * 60)
    };
    let days = 1..=5_i8;
    days.filter(|day| usize::from(day.unsigned_abs()) % 2 == seat % 2 || seat > 1)
        .map(|weekday| Duty {
            weekday,
            from_minute,
            to_minute,
        })
        .collect()
}

async fn sign(desk: &Desk, admin: &Viewer, number: usize) -> ClientId {
    let domain = Domain::parse(&format!("client{number}.example")).expect("a domain");
    let card = ClientCard {
        name: format!("Client {number}"),
        domains: vec![domain],
        ..ClientCard::default()
    };
    let client = add_client(desk, admin, card).await.expect("a client");
    // A quarter of them never agreed on anything.
    if number % 4 < 3 {
        agree(desk, admin, client, number, Mode::NewTickets, 1).await;
    }
    client
}

/// A version of a client's agreement; `round` makes each differ from the one before.
pub async fn agree(
    desk: &Desk,
    admin: &Viewer,
    client: ClientId,
    number: usize,
    mode: Mode,
    round: u32,
) {
    let draft = Draft {
        scope: Scope::Client(client),
        name: format!("Client {number}"),
        wording: wording(number, round),
        from: None,
        mode,
    };
    agreements::write(desk, admin, draft)
        .await
        .expect("they agree");
}

fn wording(number: usize, round: u32) -> Wording {
    let desk = Arc::new(calendar(number % 3));
    let mut wording = by_default("Europe/Berlin").expect("the usual wording");
    wording.desk = desk;
    wording.client = Arc::new(calendar((number / 3) % 3));
    wording.third_party_pauses = number.is_multiple_of(2);
    wording.warn_percent = if number.is_multiple_of(5) { 50 } else { 75 };
    for row in &mut wording.rows {
        row.targets.resolution =
            Target::business(24 * 60 / round + 60 * u32::try_from(number).unwrap_or(0));
    }
    if number.is_multiple_of(7) {
        wording.escalation = None;
    }
    if number.is_multiple_of(6) {
        wording.silence = Silence {
            reminders: vec![Target::business(6 * 60), Target::days(2), Target::days(3)],
            park_after: Some(Target::days(4)),
            close_after: (!number.is_multiple_of(12)).then(|| Target::days(9)),
        };
    }
    wording
}

fn calendar(place: usize) -> Calendar {
    let place = &PLACES[place % PLACES.len()];
    let open = DayHours::parse(place.hours).expect("hours");
    let week = std::array::from_fn(|day| {
        if day < 5 {
            open.clone()
        } else {
            DayHours::closed()
        }
    });
    let closed = place
        .holidays
        .map(|(month, day)| (date(2026, month, day), DayHours::closed()));
    let mut days: BTreeMap<_, _> = closed.into_iter().collect();
    let half = DayHours::parse("09:00–12:00").expect("hours");
    days.insert(date(2026, 12, 24), half);
    Calendar::new(place.zone, week, days).expect("a calendar")
}
