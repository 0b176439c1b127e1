//! How each mailbox does: written down after each look, told to the admins when a person must act, and
//! shown. Every trouble is told once, and once that it is over.

use jiff::{SignedDuration, Timestamp};
use kept_domain::ids::MailboxId;
use kept_domain::mailboxes::{History, Trouble};
use kept_store::mailboxes::health::Trouble as Stored;
use kept_store::mailboxes::{self, Mailbox, health, mails};
use kept_store::{StoreError, Tx};

use super::canary;
use super::look::Looked;
use super::problem::Problem;
use super::settings::Settings;
use crate::{Desk, Error, alarms};

/// A look has ended: writes down what came, sends the canary when it is time, and judges.
pub(super) async fn looked(
    desk: &Desk,
    id: MailboxId,
    settings: &Settings,
    looked: Looked,
) -> Result<(), Problem> {
    let (at_desk, settings, now) = (desk.clone(), settings.clone(), desk.now());
    let written = desk.store().write(move |tx| {
        let Some(mailbox) = mailboxes::find(tx, id)? else {
            return Ok(());
        };
        let mailbox = note_mail(tx, mailbox, looked.taken, now)?;
        let stuck = stuck(tx, id)?;
        let problem = looked
            .warning
            .or(stuck)
            .or_else(|| missing(&mailbox, &settings, now))
            .or_else(|| silent(&mailbox, now));
        if let Some(wanted) = &settings.canary
            && canary::is_due(wanted, &mailbox.health.canary, now)
        {
            canary::send(tx, &at_desk, id, wanted, now)?;
        }
        health::checked(tx, id, now)?;
        judge(tx, &at_desk, &mailbox, problem.as_ref(), None, now)
    });
    written.await.map_err(|error: Error| Problem::from(error))?;
    desk.wake_worker();
    Ok(())
}

/// A visit has failed.
pub(super) async fn failed(
    desk: &Desk,
    id: MailboxId,
    problem: &Problem,
    next_try: Option<SignedDuration>,
) -> Result<(), Error> {
    let (at_desk, problem, now) = (desk.clone(), problem.clone(), desk.now());
    tracing::warn!(mailbox = id.0, kind = problem.kind.as_str(), error = %problem, "a mailbox can't be fetched from");
    let next_try = next_try.map(|pause| now + pause);
    let written = desk.store().write(move |tx| {
        let Some(mailbox) = mailboxes::find(tx, id)? else {
            return Ok(());
        };
        judge(tx, &at_desk, &mailbox, Some(&problem), next_try, now)
    });
    written.await?;
    desk.wake_worker();
    Ok(())
}

/// A mail that can't be taken in is told when it stays so.
fn stuck(tx: &mut Tx<'_>, id: MailboxId) -> Result<Option<Problem>, StoreError> {
    let first = mails::stuck(tx, id, 1)?.pop();
    Ok(first.map(|mail| {
        let words = format!("mail {}: {}", mail.uid, mail.error);
        Problem::new(Trouble::Storage, words)
    }))
}

fn note_mail(
    tx: &mut Tx<'_>,
    mut mailbox: Mailbox,
    taken: usize,
    now: Timestamp,
) -> Result<Mailbox, StoreError> {
    if taken > 0 {
        let history = history(&mailbox).with(mailbox.health.received_at, now);
        mailbox.health.gaps = serde_json::to_string(&history).unwrap_or_else(|_| "[]".into());
        mailbox.health.received_at = Some(now);
        health::received(tx, mailbox.id, now, &mailbox.health.gaps)?;
    }
    Ok(mailbox)
}

fn history(mailbox: &Mailbox) -> History {
    serde_json::from_str(&mailbox.health.gaps).unwrap_or_default()
}

fn missing(mailbox: &Mailbox, settings: &Settings, now: Timestamp) -> Option<Problem> {
    let was_missed = mailbox
        .health
        .trouble
        .as_ref()
        .is_some_and(|trouble| trouble.kind == Trouble::Canary.as_str());
    let canary = settings.canary.as_ref()?;
    canary::missing(canary, &mailbox.health.canary, was_missed, now)
}

fn silent(mailbox: &Mailbox, now: Timestamp) -> Option<Problem> {
    let limit = history(mailbox).limit()?;
    let silence = now.duration_since(mailbox.health.received_at?);
    (silence > limit).then(|| {
        Problem::new(
            Trouble::Silent,
            format!(
                "no mail for {} hours; the longest usual silence is about {} hours",
                silence.as_hours(),
                limit.as_hours() * 2 / 3
            ),
        )
    })
}

/// Writes down how it stands and tells the admins what is news to them.
fn judge(
    tx: &mut Tx<'_>,
    desk: &Desk,
    mailbox: &Mailbox,
    problem: Option<&Problem>,
    next_try: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), Error> {
    let id = mailbox.id;
    let told = mailbox.health.alarmed.as_deref();
    let Some(problem) = problem else {
        health::well(tx, id)?;
        if told.is_some() && health::told(tx, id, told, None)? {
            alarms::queue(tx, desk, &alarms::over(&mailbox.name), now)?;
        }
        return Ok(());
    };
    let kind = problem.kind;
    let before = mailbox.health.trouble.as_ref();
    let since = before
        .filter(|before| before.kind == kind.as_str())
        .map_or(now, |before| before.since);
    let trouble = Stored {
        kind: kind.as_str().to_owned(),
        since,
        words: problem.words.clone(),
    };
    health::failed(tx, id, &trouble, next_try)?;
    let is_news = kind.is_due(since, now) && told != Some(kind.as_str());
    if is_news && health::told(tx, id, told, Some(kind.as_str()))? {
        alarms::queue(tx, desk, &alarms::trouble(&mailbox.name, problem), now)?;
    }
    Ok(())
}

/// A mailbox as pages, metrics and the doctor show it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub mailbox: Mailbox,
    /// `None` when the stored settings can't be read.
    pub settings: Option<Settings>,
    pub trouble: Option<Trouble>,
    /// Mails that wait to be taken in.
    pub waiting: i64,
    /// Of those, some that failed before.
    pub stuck: Vec<mails::Stuck>,
}

const MOST_STUCK: usize = 5;

/// All mailboxes with how they do.
///
/// # Errors
/// When the store can't answer.
pub async fn shown(desk: &Desk) -> Result<Vec<Shown>, Error> {
    desk.store()
        .read(|tx| {
            let all = mailboxes::all(tx)?;
            all.into_iter().map(|mailbox| show(tx, mailbox)).collect()
        })
        .await
}

fn show(tx: &mut Tx<'_>, mailbox: Mailbox) -> Result<Shown, Error> {
    let trouble = mailbox.health.trouble.as_ref();
    Ok(Shown {
        settings: serde_json::from_str(&mailbox.settings).ok(),
        trouble: trouble.and_then(|trouble| Trouble::from_text(&trouble.kind)),
        waiting: mails::count(tx, mailbox.id)?[0],
        stuck: mails::stuck(tx, mailbox.id, MOST_STUCK)?,
        mailbox,
    })
}

/// The mailboxes that have been in trouble for so long that people should know: name and kind.
///
/// # Errors
/// When the store can't answer.
pub async fn in_trouble(desk: &Desk) -> Result<Vec<(String, Trouble)>, Error> {
    let now = desk.now();
    let all = desk.store().read(mailboxes::all).await?;
    let troubled = all.into_iter().filter(|mailbox| mailbox.is_on);
    Ok(troubled
        .filter_map(|mailbox| {
            let trouble = mailbox.health.trouble?;
            let kind = Trouble::from_text(&trouble.kind)?;
            kind.is_due(trouble.since, now)
                .then_some((mailbox.name, kind))
        })
        .collect())
}
