//! Looks whether everything is whole: no ticket in a crack, stored columns as their events say, counts
//! as counted, every raw mail and file there. Reads only, unless asked to rebuild.

use jiff::Timestamp;
use kept_domain::cards::CardOf;
use kept_domain::event::Recorded;
use kept_domain::ids::{TicketId, UnsortedId};
use kept_domain::tickets::{Ticket, participants};
use kept_domain::turn::Turn;
use kept_store::counts::{self, Count};
use kept_store::tickets::Shelf;
use kept_store::{Tx, events, merges, messages, people, threads, tickets, unsorted};
use serde::Serialize;

use crate::mailboxes::imap;
use crate::{Desk, Error, clocks};

/// What was looked at and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub tickets: usize,
    pub messages: usize,
    pub events: usize,
    /// Mails as they came, files and further copies: everything that is there by its SHA-256.
    pub originals: usize,
    pub unsorted: usize,
    pub findings: Vec<String>,
}

impl Report {
    pub fn is_content(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Tickets looked at with one transaction.
const AT_ONCE: usize = 500;
/// More findings than this are counted only.
const MOST_FINDINGS: usize = 200;

/// Looks at everything.
///
/// # Errors
/// When the store can't answer.
pub async fn examine(desk: &Desk) -> Result<Report, Error> {
    let mut report = Report::default();
    let mut originals: Vec<(String, String)> = Vec::new();
    let mut after = TicketId(0);
    loop {
        let now = desk.now();
        let part = desk
            .store()
            .read(move |tx| examine_some(tx, after, now))
            .await?;
        let Some(last) = part.last else { break };
        after = last;
        report.tickets += part.tickets;
        report.messages += part.messages;
        report.events += part.events;
        part.findings
            .into_iter()
            .for_each(|finding| report.find(finding));
        originals.extend(part.originals);
    }
    examine_unsorted(desk, &mut report, &mut originals).await?;
    for (sha256, whose) in originals {
        report.originals += 1;
        match desk.blobs().get(desk.store(), &sha256).await {
            Ok(Some(_)) => {}
            Ok(None) => report.find(format!("{whose}: its content is missing")),
            Err(error) => report.find(format!("{whose}: {error}")),
        }
    }
    let differing = desk.store().read(examine_counts).await?;
    differing
        .into_iter()
        .for_each(|finding| report.find(finding));
    for stuck in [
        crate::handover::stuck,
        crate::bulk::stuck,
        crate::imports::stuck,
        astray,
    ] {
        let stuck = desk.store().read(stuck).await?;
        stuck.into_iter().for_each(|finding| report.find(finding));
    }
    examine_mailboxes(desk, &mut report).await?;
    let ailing = desk.store().read(crate::rules::ailing).await?;
    ailing.into_iter().for_each(|finding| report.find(finding));
    Ok(report)
}

/// A mailbox that has failed for so long that people were told is a crack for mail to fall through.
async fn examine_mailboxes(desk: &Desk, report: &mut Report) -> Result<(), Error> {
    for shown in imap::shown(desk).await? {
        let health = &shown.mailbox.health;
        let (Some(kind), Some(trouble)) = (shown.trouble, &health.trouble) else {
            continue;
        };
        if shown.mailbox.is_on && kind.is_due(trouble.since, desk.now()) {
            let name = &shown.mailbox.name;
            report.find(format!(
                "The mailbox {name}: {}: {}",
                kind.says(),
                trouble.words
            ));
        }
    }
    Ok(())
}

impl Report {
    fn find(&mut self, finding: String) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        }
    }
}

#[derive(Default)]
struct Part {
    last: Option<TicketId>,
    tickets: usize,
    messages: usize,
    events: usize,
    findings: Vec<String>,
    originals: Vec<(String, String)>,
}

fn examine_some(tx: &mut Tx<'_>, after: TicketId, now: Timestamp) -> Result<Part, Error> {
    let ids = tickets::ids_after(tx, after, AT_ONCE)?;
    let mut part = Part {
        last: ids.last().copied(),
        tickets: ids.len(),
        ..Part::default()
    };
    if ids.is_empty() {
        return Ok(part);
    }
    let histories = events::of_tickets(tx, &ids)?;
    let agents: Vec<_> = people::agents(tx)?
        .into_iter()
        .filter(|a| !a.has_left)
        .map(|a| a.id)
        .collect();
    part.events = histories.len();
    let mut looked_at = Vec::with_capacity(ids.len());
    for id in &ids {
        let Some(stored) = tickets::find(tx, *id)? else {
            continue;
        };
        let history: Vec<Recorded> = histories
            .iter()
            .filter(|line| line.ticket == *id)
            .cloned()
            .collect();
        part.findings.extend(cracks(&stored, &agents));
        part.findings.extend(offer(tx, &stored, &agents)?);
        part.findings.extend(difference(tx, &stored, &history)?);
        part.findings.extend(other_participants(tx, *id, &history)?);
        part.findings
            .extend(crate::assets::differ(tx, *id, &history)?);
        part.findings
            .extend(crate::fields::differ(tx, *id, &history)?);
        part.findings
            .extend(crate::bonds::differ(tx, *id, &history)?);
        part.findings
            .extend(crate::watching::differ(tx, *id, &history)?);
        part.findings
            .extend(crate::time_entries::differ(tx, *id, &history)?);
        part.findings
            .extend(crate::promises::differences(tx, *id, &history)?);
        looked_at.push(stored);
    }
    part.findings
        .extend(clocks::differences(tx, &looked_at, &histories, now)?);
    part.findings.extend(misplaced(tx, &ids)?);
    let messages = messages::of_tickets(tx, &ids)?;
    part.messages = messages.len();
    part.originals = messages
        .into_iter()
        .filter_map(|m| Some((m.raw_sha256?, format!("message {} of #{}", m.id, m.ticket))))
        .collect();
    part.originals.extend(contents(tx, &ids)?);
    Ok(part)
}

/// What else is kept beside the messages: files, and the same mails as they came by other ways.
fn contents(tx: &mut Tx<'_>, ids: &[TicketId]) -> Result<Vec<(String, String)>, Error> {
    let files = messages::files_of_tickets(tx, ids)?;
    let files = files.into_iter().map(|file| {
        let whose = format!("the file “{}” of message {}", file.filename, file.message);
        (file.sha256, whose)
    });
    let copies = threads::copies_of_tickets(tx, ids)?;
    let copies = copies
        .into_iter()
        .map(|(_, sha256)| (sha256, "a further copy of a mail".to_owned()));
    Ok(files.chain(copies).collect())
}

/// Tickets that lists look for where they do not belong.
fn misplaced(tx: &mut Tx<'_>, ids: &[TicketId]) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for (id, shelf, turn) in tickets::placed(tx, ids)? {
        let belongs = tickets::find(tx, id)?.map(|ticket| (Shelf::of(&ticket), ticket.turn()));
        if belongs != Some((shelf, turn)) {
            found.push(format!("#{id} stands in the wrong list; rebuild it"));
        }
    }
    Ok(found)
}

/// The no-cracks rule on one ticket.
fn cracks(ticket: &Ticket, agents: &[kept_domain::ids::PersonId]) -> Vec<String> {
    let mut found = Vec::new();
    if ticket.is_open() && ticket.turn() == Turn::Nobody {
        found.push(format!("#{} is open, but it is nobody's turn", ticket.id));
    }
    if ticket.is_open() && !agents.contains(&ticket.responsible) {
        found.push(format!(
            "#{} is open, but its responsible agent no longer works here",
            ticket.id
        ));
    }
    if ticket.turn() == Turn::ThirdParty && ticket.open_wait().is_none() {
        found.push(format!(
            "#{} waits for a third party that nobody named",
            ticket.id
        ));
    }
    found
}

/// What is offered has a time at which it comes back, and somebody who can take it.
fn offer(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    agents: &[kept_domain::ids::PersonId],
) -> Result<Vec<String>, Error> {
    let Some(offer) = ticket.delegation else {
        return Ok(vec![]);
    };
    let mut found = Vec::new();
    if !agents.contains(&offer.to) {
        found.push(format!(
            "#{} is offered to somebody who no longer works here",
            ticket.id
        ));
    }
    if !crate::delegation::is_scheduled(tx, ticket.id)? {
        found.push(format!(
            "#{} is offered, but nothing will look when its time is over; offer it again",
            ticket.id
        ));
    }
    Ok(found)
}

fn difference(
    tx: &mut Tx<'_>,
    stored: &Ticket,
    history: &[Recorded],
) -> Result<Option<String>, Error> {
    Ok(match Ticket::from_history(stored.id, history) {
        Ok(told) if tickets::as_told(tx, &told)? == *stored => None,
        Ok(_) => Some(format!(
            "#{} differs from what its events say; rebuild it",
            stored.id
        )),
        Err(broken) => Some(broken.to_string()),
    })
}

/// Cards that are told as one must lead to one that is there and stays, by a merge that holds.
fn astray(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let found = merges::astray(tx)?.into_iter();
    let says = |card: CardOf| {
        format!(
            "The {} {} is merged into a card that is not there or does not stay, or no merge says so",
            card.kind(),
            card.number()
        )
    };
    Ok(found.map(says).collect())
}

/// Participants that are not those of the events.
fn other_participants(
    tx: &mut Tx<'_>,
    id: TicketId,
    history: &[Recorded],
) -> Result<Option<String>, Error> {
    let mut told = participants(history);
    told.sort_by_key(|(person, ..)| *person);
    let same = kept_store::participants::all_of(tx, id)? == told;
    Ok((!same).then(|| format!("#{id} has other participants than its events say; rebuild it")))
}

async fn examine_unsorted(
    desk: &Desk,
    report: &mut Report,
    originals: &mut Vec<(String, String)>,
) -> Result<(), Error> {
    let mut after = UnsortedId(0);
    loop {
        let mails = desk
            .store()
            .read(move |tx| unsorted::all_after(tx, after, AT_ONCE))
            .await?;
        let Some(last) = mails.last() else {
            return Ok(());
        };
        after = last.id;
        report.unsorted += mails.len();
        originals.extend(
            mails
                .into_iter()
                .map(|m| (m.raw_sha256, format!("unsorted mail {}", m.id))),
        );
    }
}

fn examine_counts(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let key = |count: &Count| {
        (
            count.queue,
            count.responsible,
            count.shelf.as_str(),
            count.turn.as_str(),
            count.tickets,
        )
    };
    let mut kept: Vec<_> = counts::all(tx)?.iter().map(key).collect();
    let mut counted: Vec<_> = counts::counted(tx)?.iter().map(key).collect();
    kept.sort_unstable();
    counted.sort_unstable();
    Ok(if kept == counted {
        vec![]
    } else {
        vec!["The counts of the inbox are off; rebuild them".into()]
    })
}

/// Works every ticket's columns and all counts out again from the events; says how many tickets.
///
/// # Errors
/// When the store can't take it, or a history is broken.
pub async fn rebuild(desk: &Desk) -> Result<usize, Error> {
    let mut done = 0;
    let mut after = TicketId(0);
    loop {
        let now = desk.now();
        let ids = desk
            .store()
            .write(move |tx| rebuild_some(tx, after, now))
            .await?;
        done += ids.len();
        match ids.last() {
            Some(last) => after = *last,
            None => break,
        }
    }
    desk.store().write(counts::rebuild).await?;
    Ok(done)
}

fn rebuild_some(tx: &mut Tx<'_>, after: TicketId, now: Timestamp) -> Result<Vec<TicketId>, Error> {
    let ids = tickets::ids_after(tx, after, AT_ONCE)?;
    if ids.is_empty() {
        return Ok(ids);
    }
    let placed = tickets::placed(tx, &ids)?;
    for id in &ids {
        let history = events::of_ticket(tx, *id)?;
        let told = Ticket::from_history(*id, &history)
            .map_err(|broken| Error::Outside(broken.to_string()))?;
        let in_place = placed.contains(&(*id, Shelf::of(&told), told.turn()));
        let stored = tickets::find(tx, *id)?;
        let as_told = tickets::as_told(tx, &told)?;
        if !in_place || stored.is_some_and(|stored| stored != as_told) {
            tickets::rewrite(tx, &told)?;
        }
        if crate::assets::differ(tx, *id, &history)?.is_some() {
            kept_store::assets::forget(tx, *id)?;
            for line in &history {
                kept_store::assets::follow(tx, *id, &line.event)?;
            }
        }
        if crate::fields::differ(tx, *id, &history)?.is_some() {
            kept_store::fields::forget(tx, *id)?;
            for line in &history {
                kept_store::fields::follow(tx, *id, &line.event)?;
            }
        }
        crate::bonds::rebuild(tx, *id, &history)?;
        crate::watching::rebuild(tx, *id, &history)?;
        crate::time_entries::rebuild(tx, *id, &history)?;
        if other_participants(tx, *id, &history)?.is_some() {
            kept_store::participants::forget(tx, *id)?;
            for line in &history {
                kept_store::participants::follow(tx, *id, line.at, &line.event)?;
            }
        }
        crate::promises::rebuild(tx, *id, &history)?;
        clocks::refresh(tx, &told, now)?;
    }
    Ok(ids)
}
