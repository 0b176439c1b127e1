//! A year behind the sample week, so that reports and charts have something to say: tickets that were opened, resolved and
//! closed, fewer from month to month for one of the clients.

use jiff::{SignedDuration, Timestamp, ToSpan as _};
use kept_domain::access::Viewer;
use kept_domain::event::{Actor, Event};
use kept_domain::messages::Audience;
use kept_domain::queues::Chosen;
use kept_domain::tickets::{self as rules, Kind, Opening, Priority};
use kept_store::{Tx, clients, queues, tickets};

use super::script;
use crate::consequences::write_down;
use crate::tickets::{Saying, Speaker, write_as};
use crate::{Desk, Error};

/// What was asked for.
const ASKED: [(&str, Kind, Priority); 8] = [
    (
        "New laptop for a colleague",
        Kind::Request,
        Priority::Normal,
    ),
    ("Printer shows an error", Kind::Incident, Priority::Normal),
    ("Password does not work", Kind::Incident, Priority::High),
    ("How do I share a folder?", Kind::Question, Priority::Low),
    ("Mail comes late", Kind::Incident, Priority::Normal),
    ("Somebody leaves on Friday", Kind::Request, Priority::Normal),
    (
        "The scanner sends nothing",
        Kind::Incident,
        Priority::Normal,
    ),
    ("The shop is down", Kind::Incident, Priority::Urgent),
];

const TICKETS: i64 = 96;
/// How many days ago the first and the last were opened.
const FIRST_DAY: i64 = 360;
const LAST_DAY: i64 = 9;

/// Written down as it would have been; nobody is told of it now.
pub(super) async fn fill(desk: &Desk, team: &[Viewer]) -> Result<(), Error> {
    let (team, now) = (team.to_vec(), desk.now());
    desk.store()
        .write(move |tx| (0..TICKETS).try_for_each(|number| one(tx, &team, number, now)))
        .await
}

fn one(tx: &mut Tx<'_>, team: &[Viewer], number: i64, now: Timestamp) -> Result<(), Error> {
    let place = |many: usize| usize::try_from(number).unwrap_or(0) % many;
    let (subject, kind, priority) = ASKED[(place(ASKED.len()) * 3 + place(5)) % ASKED.len()];
    let agent = &team[place(team.len())];
    let name = client_of(number);
    let queue = queues::all(tx)?.into_iter().next();
    let opened = rules::open(Opening {
        subject: subject.to_owned(),
        kind,
        priority,
        queue: queue.ok_or_else(|| Error::not_found("queue"))?.id,
        requester: None,
        client: clients::find_by_name(tx, name)?,
        responsible: agent.person,
        chosen: Chosen::Opener,
    })?;
    let at = opened_at(number, now);
    let mut ticket = tickets::insert(tx, at, &opened)?;
    let saying = Saying {
        ticket: ticket.id,
        subject,
        audience: Audience::Desk,
        markdown: "Asked for by phone, and done.",
        added: "",
        recipients: "[]".into(),
        files: &[],
    };
    let speaker = Speaker {
        person: Some(agent.person),
        name: agent.name.clone(),
        address: String::new(),
    };
    let message = write_as(tx, &speaker, &saying, at)?;
    let by = Actor::Person(agent.person);
    write_down(tx, &mut ticket, at, by, &[opened, Event::Noted { message }])?;
    let took = SignedDuration::from_hours(2 + number * 7 % 60);
    write_down(tx, &mut ticket, at + took, by, &[Event::Resolved])?;
    let confirmed = at + took + SignedDuration::from_hours(48);
    write_down(tx, &mut ticket, confirmed, by, &[Event::Closed])?;
    tickets::set_last_words(
        tx,
        ticket.id,
        "Asked for by phone, and done.",
        Some(agent.person),
    )?;
    Ok(())
}

/// The first client asks less and less.
fn client_of(number: i64) -> &'static str {
    let early = number < TICKETS / 2;
    let place = match number % 5 {
        0 | 1 if early => 0,
        0 | 2 => 1,
        3 => 2,
        1 => 1,
        _ => 0,
    };
    script::CLIENTS[place].0
}

/// On workdays, within office hours.
fn opened_at(number: i64, now: Timestamp) -> Timestamp {
    let ago = FIRST_DAY - number * (FIRST_DAY - LAST_DAY) / TICKETS;
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = day.saturating_sub(ago.days());
    let weekend = i64::from(day.weekday().to_monday_zero_offset()) - 4;
    let day = day.saturating_sub(weekend.max(0).days());
    let (hour, minute) = (8 + number * 5 % 9, number * 17 % 60);
    let midnight = day.to_zoned(jiff::tz::TimeZone::UTC);
    let midnight = midnight.map_or(now, |day| day.timestamp());
    midnight + SignedDuration::from_mins(hour * 60 + minute)
}
