//! Mail that rules send: answers to clients, and notices to people of the desk. Each is a job, queued with what
//! caused it, so that the original mail can be looked at before a program answers it.

use jiff::{SignedDuration, Timestamp};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{PersonId, RuleId, TicketId};
use kept_domain::intake::budget::{Answered, one_more};
use kept_domain::messages::{Audience, Channel};
use kept_domain::people::EmailAddress;
use kept_domain::queues::Queue;
use kept_domain::tickets::Ticket;
use kept_mail::{AutoSubmitted, Kind, Mailbox, OutgoingMail, markdown};
use kept_store::jobs::{self, Job, LeaseError, NewJob};
use kept_store::messages::{self, Message};
use kept_store::threads::Leads;
use kept_store::{StoreError, Tx, events, queues, threads};
use serde::{Deserialize, Serialize};

use super::act::Doing;
use super::{facts, template};
use crate::consequences::write_down;
use crate::intake::{Recipients, budget};
use crate::notifications::letter::{self, Letter};
use crate::tickets::{Saying, Speaker, write_as};
use crate::{Desk, Error, sender};

pub(crate) const JOB: &str = "rule-letter";

/// One rule answers on one ticket once within this time, so that a robot hears nothing after its first answer.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
enum Written {
    Reply {
        rule: RuleId,
        name: String,
        ticket: TicketId,
        text: String,
    },
    Notice {
        name: String,
        ticket: TicketId,
        person: PersonId,
        /// `a ticket is opened`
        because: String,
    },
}

pub(super) fn queue_reply(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    doing: &Doing<'_>,
    text: &str,
) -> Result<(), Error> {
    let letter = Written::Reply {
        rule: doing.ready.id,
        name: doing.ready.rule.name.clone(),
        ticket: ticket.id,
        text: text.to_owned(),
    };
    queue(tx, &letter, doing.now)
}

pub(super) fn queue_notice(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    doing: &Doing<'_>,
    person: PersonId,
) -> Result<(), Error> {
    let because = doing
        .cause
        .occurrences
        .first()
        .map_or("", |first| first.words());
    let letter = Written::Notice {
        name: doing.ready.rule.name.clone(),
        ticket: ticket.id,
        person,
        because: because.to_owned(),
    };
    queue(tx, &letter, doing.now)
}

fn queue(tx: &mut Tx<'_>, letter: &Written, now: Timestamp) -> Result<(), Error> {
    let body = serde_json::to_string(letter)
        .map_err(|e| Error::Outside(format!("a letter can't be written down: {e}")))?;
    let job = NewJob {
        kind: JOB,
        body: &body,
        run_at: now,
        created_at: now,
        unique_key: None,
    };
    jobs::enqueue(tx, &job)?;
    Ok(())
}

/// Writes one letter and puts it into the outbox.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    let letter = serde_json::from_str::<Written>(&job.body).ok();
    let by_program = match &letter {
        Some(Written::Reply { ticket, .. }) => by_program(desk, *ticket).await?,
        _ => None,
    };
    let (desk_, lease, now) = (desk.clone(), job.lease.clone(), desk.now());
    let written = desk.store().write(move |tx| {
        if let Some(letter) = &letter {
            write(tx, &desk_, letter, by_program.as_deref(), now)?;
        }
        jobs::finish(tx, &lease)
    });
    written.await?;
    desk.wake_worker();
    Ok(())
}

/// Why the last mail of a ticket must not be answered by a program: another program wrote it, or it came
/// through a list. `None` when nothing speaks against it.
async fn by_program(desk: &Desk, ticket: TicketId) -> Result<Option<String>, LeaseError> {
    let last = desk.store().read(move |tx| last_mail(tx, ticket)).await?;
    let Some(last) = last else {
        return Ok(None);
    };
    if last.automatic {
        return Ok(Some("the last mail was written by a program".into()));
    }
    let Some(sha256) = &last.raw_sha256 else {
        return Ok(None);
    };
    let raw = desk.blobs().get(desk.store(), sha256).await?;
    let kind = raw.map(|raw| kept_mail::parse(&raw).kind);
    Ok(match kind {
        None => Some("the last mail can't be read".into()),
        Some(Kind::Person) => None,
        Some(kind) => Some(format!(
            "the last mail is not for answering: {}",
            kind.why()
        )),
    })
}

fn last_mail(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Option<Message>, StoreError> {
    /// A mail further back was answered long ago.
    const RECENT: usize = 50;
    let recent = messages::latest(tx, ticket, RECENT)?;
    Ok(recent
        .into_iter()
        .find(|message| message.channel == Channel::Mail))
}

fn write(
    tx: &mut Tx<'_>,
    desk: &Desk,
    letter: &Written,
    by_program: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    match letter {
        Written::Reply {
            rule,
            name,
            ticket,
            text,
        } => {
            let mut ticket = crate::tickets::load(tx, *ticket)?;
            let answer = match by_program {
                Some(why) => Err(Error::Conflict(why.to_owned())),
                None => fresh(tx, &ticket, *rule, now)
                    .and_then(|()| answer(tx, desk, &ticket, name, text, now)),
            };
            let event = match answer {
                Ok(event) => event,
                Err(error @ (Error::Store(_) | Error::Random(_))) => return Err(error),
                Err(why) => Event::RuleHeldBack {
                    why: format!("no automatic answer, {why}"),
                },
            };
            write_down(tx, &mut ticket, now, Actor::Rule(*rule), &[event])?;
            Ok(())
        }
        Written::Notice {
            name,
            ticket,
            person,
            because,
        } => notice(tx, desk, *ticket, *person, name, because, now),
    }
}

fn fresh(tx: &mut Tx<'_>, ticket: &Ticket, rule: RuleId, now: Timestamp) -> Result<(), Error> {
    let history = events::of_ticket(tx, ticket.id)?;
    let since = now.saturating_sub(A_DAY).unwrap_or(now);
    let answered = history.iter().any(|line| {
        line.by == Actor::Rule(rule)
            && line.at > since
            && matches!(line.event, Event::AnsweredByRule { .. })
    });
    match answered {
        true => Err(Error::Conflict("it answered here within a day".into())),
        false => Ok(()),
    }
}

fn answer(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    rule: &str,
    text: &str,
    now: Timestamp,
) -> Result<Event, Error> {
    let last = last_mail(tx, ticket.id)?;
    let to = addressee(tx, ticket, last.as_ref())?;
    let address = EmailAddress::parse(&to.address)
        .map_err(|_| Error::Conflict("there is no address it could go to".into()))?;
    may_answer(tx, &address, now)?;
    let filled = template::filled(tx, ticket, rule)?;
    let text = template::render(text, &filled)?;
    let queue = facts::queue_of(tx, ticket)?;
    let recipients = Recipients {
        to: vec![to.clone()],
        ..Recipients::default()
    };
    let saying = Saying {
        ticket: ticket.id,
        subject: "",
        audience: Audience::Client,
        markdown: &text,
        added: "",
        recipients: recipients.json(),
        files: &[],
    };
    let speaker = Speaker {
        person: None,
        name: queue.name.clone(),
        address: String::new(),
    };
    let message = write_as(tx, &speaker, &saying, now)?;
    let mail = mail(desk, ticket, &queue, last.as_ref(), to, &text, now)?;
    messages::set_message_ref(tx, message, &mail.message_id)?;
    let leads = Leads {
        answers: last.as_ref().map(|last| last.id),
        ..Leads::to(ticket.id, message)
    };
    threads::remember_own(tx, &mail.message_id, leads)?;
    let outgoing = sender::queue(tx, &mail, Some(ticket.id), Some(message), now)?;
    budget::remember(tx, &address, &ticket.subject, outgoing, now)?;
    Ok(Event::AnsweredByRule { message, outgoing })
}

/// Whoever wrote last, else the requester.
fn addressee(tx: &mut Tx<'_>, ticket: &Ticket, last: Option<&Message>) -> Result<Mailbox, Error> {
    let some = |name: String| Some(name).filter(|name| !name.is_empty());
    if let Some(last) = last.filter(|last| !last.author_address.is_empty()) {
        return Ok(Mailbox {
            name: some(last.author_name.clone()),
            address: last.author_address.clone(),
        });
    }
    let known = ticket
        .requester
        .map(|who| facts::known(tx, who))
        .transpose()?;
    let known = known.unwrap_or_default();
    let address = known.addresses.into_iter().next();
    let nobody = || Error::Conflict("there is nobody it could go to".into());
    Ok(Mailbox {
        name: some(known.name),
        address: address.ok_or_else(nobody)?,
    })
}

/// Never to ourselves, to addresses nobody reads, or more often than the budget allows.
fn may_answer(tx: &mut Tx<'_>, to: &EmailAddress, now: Timestamp) -> Result<(), Error> {
    let bare = to.without_detail();
    if !queues::of_addresses(tx, &[to.clone(), bare.clone()])?.is_empty() {
        return Err(Error::Conflict(format!("{to} is one of our own addresses")));
    }
    if kept_mail::address::is_noreply(to.as_str()) {
        return Err(Error::Conflict(format!("nobody reads {to}")));
    }
    let limits = budget::limits(tx)?;
    let answered = Answered {
        // The acknowledgement of the same mail went out just now, and that is as it should be.
        just_now: false,
        same_subject: false,
        ..budget::answered(tx, to, "", now)?
    };
    one_more(answered, limits).map_err(|_| Error::Conflict("too many went out already".into()))?;
    Ok(())
}

fn mail(
    desk: &Desk,
    ticket: &Ticket,
    queue: &Queue,
    last: Option<&Message>,
    to: Mailbox,
    text: &str,
    now: Timestamp,
) -> Result<OutgoingMail, Error> {
    let identity = desk.identity();
    let marker = kept_mail::token::body_marker(&identity.reply_key, ticket.id.0);
    let answers = last.and_then(|last| last.message_ref.clone());
    Ok(OutgoingMail {
        message_id: desk.new_message_ref()?,
        from: crate::tickets::sender(Some(queue), identity, queue.name_in_mail()),
        reply_to: None,
        to: vec![to],
        cc: vec![],
        bcc: vec![],
        subject: kept_mail::reply_subject(&ticket.subject, ticket.id.0),
        date: now,
        references: answers.iter().cloned().collect(),
        in_reply_to: answers,
        text: format!("{}\n\n{marker}", markdown::to_plain(text)),
        html: Some(format!(
            "{}\n<p><small>{marker}</small></p>",
            markdown::to_html(text)
        )),
        attachments: vec![],
        calendar: None,
        return_path: None,
        automatic: Some(AutoSubmitted::AutoReplied),
        ticket: Some(ticket.id.0),
        desk: identity.mark.clone(),
    })
}

/// Tells somebody of the desk.
fn notice(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: TicketId,
    person: PersonId,
    rule: &str,
    because: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let ticket = crate::tickets::load(tx, ticket)?;
    let filled = template::filled(tx, &ticket, rule)?;
    let link = format!("{}/tickets/{}", desk.config().public_url, ticket.id);
    let who = if filled.client.is_empty() {
        filled.name.clone()
    } else {
        format!("{}, {}", filled.name, filled.client)
    };
    let text = format!(
        "#{} {}\n{who}\n\nPriority {}, {}, responsible: {}\n{link}\n\nThe rule “{rule}” sends you this when {because}.\n",
        ticket.id, ticket.subject, filled.priority, filled.status, filled.responsible
    );
    let letter = Letter {
        subject: &format!("{rule}: #{} {}", ticket.id, ticket.subject),
        text: &text,
        queue: Some(ticket.queue),
    };
    letter::send(tx, desk, person, &letter, now)
}
