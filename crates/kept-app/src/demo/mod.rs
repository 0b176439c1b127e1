//! Sample data: a small desk in the middle of its week. Everything goes in the way it does in real
//! life, as mail and as commands, on a clock that runs through the last days.

mod agreed;
mod mails;
mod many;
mod past;
mod script;
mod templates;
mod things;

pub use many::fill_many;

use std::time::Duration;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use kept_domain::access::Viewer;
use kept_domain::ids::{ClientId, PersonId, TicketId};
use kept_domain::intake::authentic::{Authentic, Verdict, Voucher};
use kept_domain::people::{Domain, EmailAddress, Role};
use kept_domain::rules::{Action, Occurrence, Rule};
use kept_domain::tickets::Tag;
use kept_domain::waits::NextDate;
use kept_store::outgoing::State;
use kept_store::queues::QueueSettings;
use kept_store::settings;

use crate::clock::StandingClock;
use crate::delegation::{self, NewOffer, OfferTo};
use crate::intake::{Envelope, Taken, Via};
use crate::people::ClientCard;
use crate::promises::{self, NewPromise};
use crate::rules::Draft;
use crate::settings::agents::{self, NewAgent};
use crate::tickets::{Change, NewWait, Note, Reply, Upload};
use crate::time_entries::NewEntry;
use crate::{Desk, Error, intake, rules, tickets, time_entries, worker};
use script::{Act, Story};

const DONE: &str = "demo.filled";

/// Whether the sample data is in this desk already.
///
/// # Errors
/// When the store can't answer.
pub async fn is_filled(desk: &Desk) -> Result<bool, Error> {
    Ok(desk
        .store()
        .read(|tx| settings::get(tx, DONE))
        .await?
        .is_some())
}

/// Who the sample sign-in link is for.
pub const AGENT: &str = "ines.moreau@desk.example";

/// How long before now the sample week begins.
pub const BEGINS_BEFORE: SignedDuration = SignedDuration::from_hours(4 * 24);

/// Fills the desk. `desk` runs on `clock`, which stands at the beginning of the sample week; when this
/// returns it stands close to `now`.
///
/// # Errors
/// When the store can't take it.
pub async fn fill(desk: &Desk, clock: &StandingClock, now: Timestamp) -> Result<(), Error> {
    let team = team(desk).await?;
    let agreed = clients(desk, &team[0]).await?;
    rule(desk, &team[0]).await?;
    let mut acts: Vec<(SignedDuration, usize, &Act)> = Vec::new();
    for (place, story) in script::STORIES.iter().enumerate() {
        acts.extend(story.acts.iter().map(|(hours_ago, act)| {
            (
                SignedDuration::from_secs((hours_ago * 3600.0) as i64),
                place,
                act,
            )
        }));
    }
    acts.sort_by_key(|(before, _, _)| std::cmp::Reverse(*before));
    let mut opened = vec![None; script::STORIES.len()];
    for (before, place, act) in acts {
        move_to(desk, clock, now - before);
        let story = &script::STORIES[place];
        opened[place] = play(desk, &team, story, opened[place], act)
            .await?
            .or(opened[place]);
        worker::run_due(desk).await?;
    }
    move_to(desk, clock, now);
    if let Some((client, name)) = agreed {
        agreed::with_duties(desk, &team[0], client, name).await?;
        worker::run_due(desk).await?;
    }
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let printer = opened.first().copied().flatten();
    things::write_down(desk, &team[0], printer, today).await?;
    templates::write(desk, &team[0]).await?;
    past::fill(desk, &team).await?;
    desk.store()
        .write(|tx| settings::set(tx, DONE, "yes"))
        .await?;
    Ok(())
}

fn move_to(desk: &Desk, clock: &StandingClock, at: Timestamp) {
    let ahead = at.duration_since(desk.now());
    clock.advance(Duration::try_from(ahead).unwrap_or_default());
}

async fn team(desk: &Desk) -> Result<Vec<Viewer>, Error> {
    let mut team = Vec::new();
    for (name, address, role) in script::TEAM {
        let new = NewAgent {
            name: name.into(),
            address: parse(address)?,
            role,
            password: desk.random().token()?,
        };
        let person = agents::add_as(desk, None, new).await?;
        team.push(Viewer {
            person,
            name: name.into(),
            role,
        });
    }
    support(desk, &team).await?;
    Ok(team)
}

async fn support(desk: &Desk, team: &[Viewer]) -> Result<(), Error> {
    let queues = crate::reading::queues(desk, &team[0]).await?;
    let (queue, _) = queues
        .into_iter()
        .next()
        .ok_or_else(|| Error::not_found("queue"))?;
    let members: Vec<(PersonId, Vec<_>)> = team.iter().map(|a| (a.person, vec![])).collect();
    let settings = QueueSettings {
        members,
        dispatcher: team[0].person,
        zone: "Europe/Lisbon".into(),
        signature: "Kept sample desk · support@desk.example".into(),
        ..QueueSettings::of(queue.clone(), String::new())
    };
    crate::settings::queues::edit(desk, &team[0], queue.id, settings).await
}

async fn rule(desk: &Desk, admin: &Viewer) -> Result<(), Error> {
    let tag = Tag::parse("vpn").map_err(|e| Error::invalid("then", e.to_string()))?;
    let rule = Rule {
        name: "VPN gets a tag".into(),
        on: true,
        when: vec![Occurrence::Opened],
        condition: "vpn".into(),
        then: vec![Action::Tag { tags: vec![tag] }],
        stops: false,
    };
    rules::add(desk, admin, Draft { rule, secret: None }).await?;
    Ok(())
}

/// Gives the one that has an agreement of its own.
async fn clients(desk: &Desk, admin: &Viewer) -> Result<Option<(ClientId, &'static str)>, Error> {
    let mut agreed = None;
    for (name, domain) in script::CLIENTS {
        let domain = Domain::parse(domain).map_err(|e| Error::invalid("domains", e.to_string()))?;
        let card = ClientCard {
            name: name.into(),
            domains: vec![domain],
            ..ClientCard::default()
        };
        let client = crate::people::add_client(desk, admin, card).await?;
        if name == script::ROUND_THE_CLOCK {
            agreed::write_down(desk, admin, client, name).await?;
            agreed = Some((client, name));
        }
    }
    Ok(agreed)
}

fn parse(address: &str) -> Result<EmailAddress, Error> {
    EmailAddress::parse(address).map_err(|e| Error::invalid("address", e.to_string()))
}

async fn play(
    desk: &Desk,
    team: &[Viewer],
    story: &Story,
    ticket: Option<TicketId>,
    act: &Act,
) -> Result<Option<TicketId>, Error> {
    let by = |place: usize| &team[place];
    match (act, ticket) {
        (Act::Mail(text), ticket) => mail(desk, Letter::of(story, PLAIN, text), ticket).await,
        (Act::Parts(content_type, text), ticket) => {
            mail(desk, Letter::of(story, content_type, text), ticket).await
        }
        (Act::HandIn(agent, text), _) => {
            let letter = Letter::of_agent(story, script::TEAM[*agent], text);
            mail(desk, letter, None).await
        }
        (Act::Bounce, Some(id)) => bounce(desk, story, id).await,
        (Act::Reply(agent, then, text), Some(id)) => {
            let reply = Reply {
                text: (*text).into(),
                then: *then,
                addressees: None,
                files: vec![],
            };
            tickets::reply(desk, by(*agent), id, reply).await?;
            Ok(None)
        }
        (Act::Note(agent, text), Some(id)) => {
            let files = Vec::<Upload>::new();
            tickets::note(
                desk,
                by(*agent),
                id,
                Note {
                    text: (*text).into(),
                    files,
                },
            )
            .await?;
            Ok(None)
        }
        (Act::Assign(agent), Some(id)) => {
            let change = Change::Assign(by(*agent).person);
            tickets::change(desk, by(0), id, change).await?;
            Ok(None)
        }
        (Act::Wait(agent, party, what, tracking), Some(id)) => {
            let wait = NewWait {
                party: (*party).into(),
                what: (*what).into(),
                tracking: (*tracking).into(),
                next: NextDate::InThreeWorkingDays,
            };
            tickets::wait_for(desk, by(*agent), id, wait).await?;
            Ok(None)
        }
        (Act::Offer(agent, to, note), Some(id)) => {
            let offer = NewOffer {
                to: OfferTo::Agent(by(*to).person),
                note: (*note).into(),
                due: None,
            };
            delegation::offer(desk, by(*agent), id, offer).await?;
            Ok(None)
        }
        (Act::Decline(agent, why), Some(id)) => {
            delegation::decline(desk, by(*agent), id, (*why).into()).await?;
            Ok(None)
        }
        (Act::Promise(agent, hours, what), Some(id)) => {
            let promise = NewPromise {
                what: (*what).into(),
                due: desk.now() + SignedDuration::from_hours(*hours),
                message: None,
            };
            promises::make(desk, by(*agent), id, promise).await?;
            Ok(None)
        }
        (Act::Keep(agent), Some(id)) => {
            for promise in promises::of_ticket(desk, by(*agent), id).await? {
                promises::keep(desk, by(*agent), promise.promise.id).await?;
            }
            Ok(None)
        }
        (Act::Time(agent, line), Some(id)) => {
            let (new, zone) = (NewEntry::of_line(line)?, jiff::tz::TimeZone::UTC);
            time_entries::log(desk, by(*agent), id, new, zone).await?;
            Ok(None)
        }
        (Act::Urgent(agent), Some(id)) => {
            let change = Change::Priority(kept_domain::tickets::Priority::Urgent);
            tickets::change(desk, by(*agent), id, change).await?;
            Ok(None)
        }
        (Act::Spam(agent), Some(id)) => {
            tickets::change(desk, by(*agent), id, Change::MarkSpam).await?;
            Ok(None)
        }
        (_, None) => Ok(None),
    }
}

/// A mail as it is handed in.
struct Letter<'a> {
    from: String,
    /// Empty for what a mail server reports.
    sender: &'a str,
    subject: &'a str,
    headers: &'a str,
    content_type: &'a str,
    text: &'a str,
    /// What a trusted server found of it.
    checked: Option<Authentic>,
}

const PLAIN: &str = "text/plain; charset=utf-8";

impl<'a> Letter<'a> {
    fn of(story: &'a Story, content_type: &'a str, text: &'a str) -> Self {
        let from = match story.name {
            "" => story.address.into(),
            name => format!("{name} <{}>", story.address),
        };
        Letter {
            from,
            sender: story.address,
            subject: story.subject,
            headers: story.headers,
            content_type,
            text,
            checked: None,
        }
    }

    /// As one of us sends it, from our own server.
    fn of_agent(
        story: &'a Story,
        (name, address, _): (&str, &'a str, Role),
        text: &'a str,
    ) -> Self {
        let domain = || "desk.example".to_owned();
        let checked = Authentic {
            verdict: Verdict::Aligned {
                domain: domain(),
                by: Voucher::Dmarc(domain()),
            },
            came_directly: true,
            checked_by: "mx.desk.example".into(),
            checks: vec!["dmarc=pass desk.example".into()],
        };
        Letter {
            from: format!("{name} <{address}>"),
            sender: address,
            checked: Some(checked),
            ..Letter::of(story, PLAIN, text)
        }
    }
}

async fn bounce(desk: &Desk, story: &Story, id: TicketId) -> Result<Option<TicketId>, Error> {
    let Some(returned) = last_ref(desk, id).await? else {
        return Ok(None);
    };
    let text = mails::bounce(story.address, &returned);
    let letter = Letter {
        from: "Mail Delivery System <mailer-daemon@harbour.example>".into(),
        sender: "",
        subject: "Undelivered Mail Returned to Sender",
        headers: "Auto-Submitted: auto-replied\r\n",
        ..Letter::of(story, mails::BOUNCE_TYPE, &text)
    };
    mail(desk, letter, None).await
}

async fn mail(
    desk: &Desk,
    letter: Letter<'_>,
    ticket: Option<TicketId>,
) -> Result<Option<TicketId>, Error> {
    let answered = match ticket {
        Some(id) => last_ref(desk, id).await?,
        None => None,
    };
    let threading = answered.map_or_else(String::new, |id| format!("In-Reply-To: <{id}>\r\n"));
    let re = if ticket.is_some() { "Re: " } else { "" };
    let now = desk.now();
    let day = now + SignedDuration::from_hours(48);
    let day = day.strftime("%Y%m%d").to_string();
    let date = now.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    let text = letter.text.replace("{DAY}", &day).replace("{DATE}", &date);
    let raw = format!(
        "From: {}\r\nTo: support@localhost\r\nSubject: {re}{}\r\nDate: {date}\r\nMessage-ID: <{}@sample.example>\r\n{threading}MIME-Version: 1.0\r\nContent-Type: {}\r\nContent-Transfer-Encoding: 8bit\r\n{}\r\n{}\r\n",
        letter.from,
        letter.subject,
        desk.random().word()?,
        letter.content_type,
        letter.headers,
        text.replace('\n', "\r\n"),
    );
    let envelope = Envelope {
        from: Some(letter.sender.into()),
        to: vec!["support@localhost".into()],
        via: Via::Smtp,
    };
    let taken = intake::take_in_checked(desk, Bytes::from(raw), envelope, letter.checked);
    Ok(match taken.await? {
        Taken::Opened(id) | Taken::Joined(id) => Some(id),
        Taken::Unsorted(_) | Taken::Duplicate => None,
    })
}

/// The Message-ID of the last mail we sent on a ticket.
async fn last_ref(desk: &Desk, id: TicketId) -> Result<Option<String>, Error> {
    let mails = desk
        .store()
        .read(move |tx| kept_store::outgoing::of_tickets(tx, &[id]))
        .await?;
    let sent = mails
        .into_iter()
        .rev()
        .find(|mail| mail.state != State::Failed);
    Ok(sent.map(|mail| mail.message_ref))
}
