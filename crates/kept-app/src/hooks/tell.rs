//! Tells one delivery: finds out where it goes now, tries once, and writes down how that ended. Never inside a transaction.

use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use kept_domain::ids::{MessageId, RuleId};
use kept_store::hooks::{self, Delivery, Hook, State};
use kept_store::jobs::{self, Job, LeaseError};
use kept_store::{Tx, rules};
use sha2::Sha256;

use super::post::{self, Asked};
use super::{Address, Ended, Reach, private_hosts_of};
use crate::{Desk, Error, alarms, notifications};

/// How long one try may take in all.
const PATIENCE: Duration = Duration::from_secs(10);

/// Carries one job out: one try to tell one program.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    let id = job.body.parse().unwrap_or(0);
    let found = desk.store().read(move |tx| hooks::find(tx, id)).await?;
    let Some(delivery) = found.filter(|delivery| delivery.state == State::Queued) else {
        let lease = job.lease.clone();
        return desk.store().write(move |tx| jobs::finish(tx, &lease)).await;
    };
    let ended = match aim(desk, &delivery).await? {
        Aim::At(address, reach) => attempt(desk, &delivery, &address, reach).await,
        Aim::Lost => Ended::from(post::never(UNREADABLE.to_owned())),
        Aim::Nowhere => return forget(desk, job, id).await,
    };
    let (at, lease, now) = (desk.clone(), job.lease.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            let (state, pause) = ended.next(delivery.attempts);
            if state == State::Failed {
                gave_up(tx, &at, &delivery, &ended, now)?;
            }
            hooks::tried(tx, id, state, ended.status, &ended.says, now)?;
            announce(tx, delivery.hook);
            match pause {
                Some(pause) => jobs::retry(tx, &lease, now + pause, &ended.says),
                None => jobs::finish(tx, &lease),
            }
        })
        .await?;
    desk.wake_worker();
    Ok(())
}

/// One try at once, for whoever waits to see how it ends.
pub(crate) async fn try_out(desk: &Desk, id: i64) -> Result<Ended, Error> {
    let found = desk.store().read(move |tx| hooks::find(tx, id)).await?;
    let delivery = found.ok_or_else(|| Error::not_found("delivery"))?;
    let ended = match aim(desk, &delivery).await? {
        Aim::At(address, reach) => attempt(desk, &delivery, &address, reach).await,
        Aim::Lost | Aim::Nowhere => Ended::from(post::never(UNREADABLE.to_owned())),
    };
    let (state, now, shown) = (once(&ended), desk.now(), ended.clone());
    desk.store()
        .write(move |tx| hooks::tried(tx, id, state, shown.status, &shown.says, now))
        .await?;
    Ok(ended)
}

fn once(ended: &Ended) -> State {
    match ended.delivered {
        true => State::Delivered,
        false => State::Failed,
    }
}

const UNREADABLE: &str = "its secret can't be opened with this data folder's key; write it again";

/// Where a delivery goes as things stand now.
enum Aim {
    At(Address, Reach),
    /// Nobody is there to be told any more, or need not be.
    Nowhere,
    /// It was sealed with another key.
    Lost,
}

async fn aim(desk: &Desk, delivery: &Delivery) -> Result<Aim, Error> {
    let (at, delivery) = (desk.clone(), delivery.clone());
    desk.store()
        .read(move |tx| match delivery.hook {
            Hook::Rule(rule) => of_rule(tx, &at, rule, delivery.url),
            Hook::Person(person) => {
                let sealed = notifications::hook::sealed_for(tx, person, delivery.notification)?;
                Ok(opened(&at, sealed, Reach::Public))
            }
            Hook::Alarms => Ok(opened(&at, alarms::hook::sealed(tx)?, Reach::Anywhere)),
        })
        .await
}

fn opened(desk: &Desk, sealed: Option<String>, reach: Reach) -> Aim {
    let Some(sealed) = sealed else {
        return Aim::Nowhere;
    };
    match Address::opened(desk, &sealed) {
        Some(address) => Aim::At(address, reach),
        None => Aim::Lost,
    }
}

/// A rule's delivery goes where the rule said when it fired.
fn of_rule(tx: &mut Tx<'_>, desk: &Desk, rule: RuleId, url: Option<String>) -> Result<Aim, Error> {
    let sealed = rules::find(tx, rule)?.and_then(|stored| stored.rule.secret());
    let secret = sealed.and_then(|sealed| desk.secret().open(&sealed));
    Ok(match (url, secret) {
        (Some(url), Some(secret)) => {
            let secret = Some(secret);
            Aim::At(Address { url, secret }, Reach::Public)
        }
        _ => Aim::Lost,
    })
}

async fn forget(desk: &Desk, job: &Job, id: i64) -> Result<(), LeaseError> {
    let lease = job.lease.clone();
    desk.store()
        .write(move |tx| {
            hooks::remove(tx, id)?;
            jobs::finish(tx, &lease)
        })
        .await
}

/// Whoever the hook belongs to learns that it does not work: a rule's page and the alarms' own mail say so already.
fn gave_up(
    tx: &mut Tx<'_>,
    desk: &Desk,
    delivery: &Delivery,
    ended: &Ended,
    now: Timestamp,
) -> Result<(), Error> {
    match delivery.hook {
        Hook::Person(person) => notifications::hook::gave_up(tx, desk, person, &ended.says, now),
        Hook::Rule(_) | Hook::Alarms => Ok(()),
    }
}

fn announce(tx: &mut Tx<'_>, hook: Hook) {
    match hook {
        Hook::Rule(_) => tx.announce("rules"),
        Hook::Person(person) => tx.announce(notifications::hook::topic(person)),
        Hook::Alarms => tx.announce("mailboxes"),
    }
}

async fn attempt(desk: &Desk, delivery: &Delivery, address: &Address, reach: Reach) -> Ended {
    match tell(desk, delivery, address, reach).await {
        Ok(status) => Ended::answered(status),
        Err(failure) => Ended::from(failure),
    }
}

async fn tell(
    desk: &Desk,
    delivery: &Delivery,
    address: &Address,
    reach: Reach,
) -> Result<u16, post::Failure> {
    let private = match reach {
        Reach::Public => desk.store().read(private_hosts_of).await,
        Reach::Anywhere => Ok(post::host(&address.url).into_iter().collect()),
    };
    let private = private.map_err(|e| post::later(e.to_string()))?;
    let body = with_link(desk, delivery);
    let mut headers = vec![("x-kept-delivery", delivery.id.to_string())];
    if let Some(secret) = &address.secret {
        headers.push(("x-kept-signature", signature(secret, desk.now(), &body)));
    }
    let asked = Asked {
        url: &address.url,
        headers: &headers,
        body,
        private_hosts: &private,
    };
    let answered = tokio::time::timeout(PATIENCE, post::send(asked)).await;
    answered.map_err(|_| post::later("does not answer in time".to_owned()))?
}

/// The body with its number and where the ticket is; both are the same at every try.
fn with_link(desk: &Desk, delivery: &Delivery) -> String {
    let mut told: serde_json::Value = serde_json::from_str(&delivery.body).unwrap_or_default();
    let message = told.get("message").and_then(serde_json::Value::as_i64);
    let place = message.map_or_else(String::new, |it| crate::reading::place(MessageId(it)));
    if let (Some(ticket), Some(number)) = (told.get_mut("ticket"), delivery.ticket) {
        ticket["link"] = format!("{}/tickets/{number}{place}", desk.config().public_url).into();
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
}
