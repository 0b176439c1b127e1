//! Web-hooks: what another program is told, as durable jobs with patience, and how it answered.

use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Event;
use kept_domain::rules::Occurrence;
use kept_domain::tickets::Ticket;
use kept_store::hooks::{self, Delivery, NewDelivery, State};
use kept_store::jobs::{self, Job, LeaseError, NewJob};
use kept_store::{Tx, audit, rules, settings};
use serde_json::json;
use sha2::Sha256;

use super::act::Doing;
use super::post::{self, Asked};
use super::{facts, reach, template};
use crate::{Desk, Error};

pub(crate) const JOB: &str = "web-hook";

/// How long one try may take in all.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pauses after a try that failed; then it is given up.
const PAUSES_MINUTES: [i64; 7] = [1, 5, 15, 60, 180, 360, 720];

/// Writes what is told and the job that tells it.
pub(super) fn queue(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    doing: &Doing<'_>,
    url: &str,
) -> Result<Vec<Event>, Error> {
    let body = body(tx, ticket, doing)?;
    let new = NewDelivery {
        rule: doing.ready.id,
        ticket: ticket.id,
        url,
        body: &body,
    };
    let id = hooks::insert(tx, &new, doing.now)?;
    let job = NewJob {
        kind: JOB,
        body: &id.to_string(),
        run_at: doing.now,
        created_at: doing.now,
        unique_key: None,
    };
    jobs::enqueue(tx, &job)?;
    let host = post::host(url).unwrap_or_default();
    Ok(vec![Event::HookCalled { host }])
}

/// What is told, as `docs/rules.md` describes it.
fn body(tx: &mut Tx<'_>, ticket: &Ticket, doing: &Doing<'_>) -> Result<String, Error> {
    let filled = template::filled(tx, ticket, &doing.ready.rule.name)?;
    let requester = ticket
        .requester
        .map(|who| facts::known(tx, who))
        .transpose()?;
    let because: Vec<&str> = doing
        .cause
        .occurrences
        .iter()
        .map(|it: &Occurrence| it.as_str())
        .collect();
    let told = json!({
        "rule": { "id": doing.ready.id.0, "name": filled.rule },
        "because": because,
        "at": doing.now.to_string(),
        "ticket": {
            "number": filled.number,
            "subject": filled.subject,
            "status": filled.status,
            "turn": ticket.turn().as_str(),
            "kind": filled.kind,
            "priority": filled.priority,
            "tags": filled.tags,
            "queue": filled.queue,
            "requester": requester.map(|who| json!({ "name": who.name, "addresses": who.addresses })),
            "client": Some(filled.client).filter(|name| !name.is_empty()),
            "responsible": filled.responsible,
            "opened_at": ticket.opened_at.to_string(),
        },
    });
    Ok(told.to_string())
}

/// Carries one job out: one try to tell one program.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    let id = job.body.parse().unwrap_or(0);
    let found = desk.store().read(move |tx| hooks::find(tx, id)).await?;
    let Some(delivery) = found.filter(|delivery| delivery.state == State::Queued) else {
        let lease = job.lease.clone();
        return desk.store().write(move |tx| jobs::finish(tx, &lease)).await;
    };
    let ended = attempt(desk, &delivery).await;
    let (lease, now) = (job.lease.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            tx.announce("rules");
            let pause = pause_after(delivery.attempts).filter(|_| ended.may_work_later);
            let state = match (ended.delivered, pause) {
                (true, _) => State::Delivered,
                (false, Some(_)) => State::Queued,
                (false, None) => State::Failed,
            };
            hooks::tried(tx, id, state, ended.status, &ended.says, now)?;
            match pause.filter(|_| !ended.delivered) {
                Some(pause) => jobs::retry(tx, &lease, now + pause, &ended.says),
                None => jobs::finish(tx, &lease),
            }
        })
        .await
}

fn pause_after(tries: i64) -> Option<SignedDuration> {
    let minutes = PAUSES_MINUTES.get(usize::try_from(tries).ok()?)?;
    Some(SignedDuration::from_mins(*minutes))
}

/// How one try ended.
struct Ended {
    delivered: bool,
    may_work_later: bool,
    status: Option<u16>,
    says: String,
}

async fn attempt(desk: &Desk, delivery: &Delivery) -> Ended {
    match tell(desk, delivery).await {
        Ok(answer) => judge(answer),
        Err((says, may_work_later)) => Ended {
            delivered: false,
            may_work_later,
            status: None,
            says,
        },
    }
}

/// 2xx is delivered; what is busy or broken there may work later; the rest never will.
fn judge(status: u16) -> Ended {
    let (delivered, may_work_later, says) = match status {
        200..=299 => (true, false, "taken".to_owned()),
        300..=399 => (
            false,
            false,
            "answers with a redirect, which is not followed".to_owned(),
        ),
        408 | 425 | 429 | 500..=599 => (false, true, format!("answers {status}; trying again")),
        _ => (false, false, format!("refuses it with {status}")),
    };
    Ended {
        delivered,
        may_work_later,
        status: Some(status),
        says,
    }
}

async fn tell(desk: &Desk, delivery: &Delivery) -> Result<u16, (String, bool)> {
    let rule = delivery.rule;
    let looked = desk.store().read(move |tx| {
        let stored = rules::find(tx, rule)?;
        Ok::<_, Error>((stored.and_then(|stored| stored.rule.secret()), hosts(tx)?))
    });
    let (sealed, private) = looked.await.map_err(|e| (e.to_string(), true))?;
    let secret = sealed.and_then(|sealed| desk.secret().open(&sealed));
    let secret = secret.ok_or_else(|| {
        (
            "its secret can't be opened with this data folder's key; write it again".to_owned(),
            false,
        )
    })?;
    let body = with_link(desk, delivery);
    let headers = [
        ("x-kept-delivery", delivery.id.to_string()),
        ("x-kept-signature", signature(&secret, desk.now(), &body)),
    ];
    let asked = Asked {
        url: &delivery.url,
        headers: &headers,
        body,
        private_hosts: &private,
    };
    let answered = tokio::time::timeout(PATIENCE, post::send(asked)).await;
    let answered = answered.map_err(|_| ("does not answer in time".to_owned(), true))?;
    answered.map_err(|failure| (failure.says, failure.may_work_later))
}

/// The body with its number and where the ticket is; both are the same at every try.
fn with_link(desk: &Desk, delivery: &Delivery) -> String {
    let mut told: serde_json::Value = serde_json::from_str(&delivery.body).unwrap_or_default();
    if let Some(ticket) = told.get_mut("ticket") {
        ticket["link"] = format!("{}/tickets/{}", desk.config().public_url, delivery.ticket).into();
    }
    told["delivery"] = delivery.id.into();
    told.to_string()
}

/// `t=1795424400,v1=…`: HMAC-SHA256 of the time in seconds, a full stop and the body, in hexadecimal.
fn signature(secret: &str, now: Timestamp, body: &str) -> String {
    let at = now.as_second();
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(format!("{at}.{body}").as_bytes());
    let sum = mac.finalize().into_bytes();
    let hex: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at},v1={hex}")
}

const PRIVATE_HOSTS: &str = "rules.private-hosts";

pub(crate) fn hosts(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let text = settings::get(tx, PRIVATE_HOSTS)?.unwrap_or_default();
    Ok(text.split_whitespace().map(str::to_owned).collect())
}

/// Hosts that web-hooks may call although they are not on the public internet.
///
/// # Errors
/// When the viewer may not look.
pub async fn private_hosts(desk: &Desk, viewer: &Viewer) -> Result<Vec<String>, Error> {
    allow(viewer, Act::SeeRules)?;
    desk.store().read(hosts).await
}

/// # Errors
/// When the viewer may not, or a host can't be one.
pub async fn change_private_hosts(
    desk: &Desk,
    viewer: &Viewer,
    given: Vec<String>,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    if let Some(bad) = given.iter().find(|host| !reach::is_host(host)) {
        let problem = format!("“{bad}” is not a host; write it like chat.internal or 10.0.0.7");
        return Err(Error::invalid("hosts", problem));
    }
    let (by, now) = (viewer.person, desk.now());
    let text = given.join("\n").to_lowercase();
    desk.store()
        .write(move |tx| {
            settings::set(tx, PRIVATE_HOSTS, &text)?;
            let what = "Changed which private hosts web-hooks may call";
            Ok(audit::write(tx, Some(by), what, now)?)
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_can_be_checked_by_others() {
        let at: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a time");
        // printf '1795424400.{}' | openssl dgst -sha256 -hmac 0123456789abcdef
        assert_eq!(signature("0123456789abcdef", at, "{}"), SIGNED);
    }

    const SIGNED: &str =
        "t=1795424400,v1=020c3a2cc0f502df5201ec93384e8b9fbad080cf5f220fe1f8736b33818a484c";

    #[test]
    fn answers_say_whether_to_try_again() {
        let check = |status: u16, delivered: bool, later: bool| {
            let ended = judge(status);
            assert_eq!(
                (ended.delivered, ended.may_work_later),
                (delivered, later),
                "{status}"
            );
        };
        check(204, true, false);
        check(302, false, false);
        check(404, false, false);
        check(429, false, true);
        check(503, false, true);
    }
}
