//! Takes one mail in. When this says that it is taken, it is durable here.

use bytes::Bytes;
use kept_domain::ids::QueueId;
use kept_store::queues;

use super::canary;
use super::look::Look;
use super::problem::Problem;
use super::talk::Talk;
use crate::intake::{self, Envelope, Taken, Via};
use crate::{Error, alarms};

/// What became of a mail in a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Became {
    Taken,
    /// It is our own test mail.
    Canary,
    /// Only its headers were taken in; the mail stays where it is.
    TooLarge,
    /// It is not there any more.
    Gone,
    /// It could not be taken now, and why.
    Later(String),
}

/// Headers that are read of a mail that is too large.
const HEADERS_BYTES: usize = 256 * 1024;

pub(super) async fn one(
    look: &Look<'_>,
    talk: &mut Talk,
    uid: u32,
    size: u64,
) -> Result<Became, Problem> {
    let limit = look.desk.config().largest_mail_bytes;
    if size > limit as u64 {
        return headers_only(look, talk, uid, size).await;
    }
    let raw = match talk.mail(uid, size).await? {
        Ok(raw) => raw,
        Err(refused) => return Ok(Became::Later(refused)),
    };
    // Some servers only guess a size.
    if raw.len() > limit {
        return headers_only(look, talk, uid, raw.len() as u64).await;
    }
    if let Some(word) = canary::word_of(&raw, look.desk.identity()) {
        canary::came_back(look.desk, look.mailbox.id, word).await?;
        return Ok(Became::Canary);
    }
    let envelope = envelope(look).await?;
    let desk = look.desk.clone();
    // In a task of its own: a mail that we fail on must not take the others' fetching along.
    let taking = async move { intake::take_in(&desk, Bytes::from(raw), envelope).await };
    Ok(match tokio::spawn(taking).await {
        Ok(Ok(_)) => Became::Taken,
        Ok(Err(error)) => later(look, uid, &error),
        Err(_) => later(look, uid, &Error::Outside("this mail can't be read".into())),
    })
}

/// A mail that can't be had whole is shown by its headers, and the admins are told of it once.
async fn headers_only(
    look: &Look<'_>,
    talk: &mut Talk,
    uid: u32,
    size: u64,
) -> Result<Became, Problem> {
    let head = match talk.headers(uid, HEADERS_BYTES).await? {
        Ok(head) => head,
        Err(refused) => return Ok(Became::Later(refused)),
    };
    let envelope = envelope(look).await?;
    match intake::take_in_headers(look.desk, Bytes::from(head), envelope).await {
        Ok(Taken::Unsorted(_)) => {
            let limit = look.desk.config().largest_mail_bytes as u64;
            let notice = alarms::too_large(&look.mailbox.name, size, limit);
            alarms::tell(look.desk, notice).await?;
            Ok(Became::TooLarge)
        }
        Ok(_) => Ok(Became::TooLarge),
        Err(error) => Ok(later(look, uid, &error)),
    }
}

fn later(look: &Look<'_>, uid: u32, error: &Error) -> Became {
    let mailbox = look.mailbox.id.0;
    tracing::warn!(mailbox, uid, %error, "a mail could not be taken in; trying again later");
    Became::Later(error.to_string())
}

/// A mailbox has no envelope; the mail's own headers say whom it was delivered to.
async fn envelope(look: &Look<'_>) -> Result<Envelope, Problem> {
    let queue = match look.settings.queue {
        Some(queue) => queue,
        None => first_queue(look).await?,
    };
    Ok(Envelope {
        from: None,
        to: vec![],
        via: Via::Mailbox(queue),
    })
}

async fn first_queue(look: &Look<'_>) -> Result<QueueId, Problem> {
    Ok(look.desk.store().read(queues::first).await?)
}
