//! Patience with the mail servers of others: where one said "not now", nothing is tried for a while, and mail to
//! everybody else goes out meanwhile.

use jiff::{SignedDuration, Timestamp};
use kept_domain::delivery::is_about_server;
use kept_mail::address::domain;
use kept_mail::bounce::of_refusal;
use kept_store::domain_pauses::{self, DomainPause};
use kept_store::outgoing::Outgoing;
use kept_store::{StoreError, Tx};

use super::pauses;
use crate::{Desk, Error};

/// A mail that is older is tried whatever its neighbours were told, so that it ends one way or the other.
const HELD_FOR: SignedDuration = SignedDuration::from_hours(48);
/// Who has said nothing for so long begins anew with short pauses.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Where nothing is tried now, of those this mail goes to.
pub(super) async fn held(
    desk: &Desk,
    mail: &Outgoing,
    to: &[String],
) -> Result<Vec<DomainPause>, Error> {
    let (now, asked) = (desk.now(), domains(to));
    if now.duration_since(mail.created_at) > HELD_FOR {
        return Ok(vec![]);
    }
    let known = desk
        .store()
        .read(move |tx| domain_pauses::of(tx, &asked))
        .await?;
    Ok(known.into_iter().filter(|it| it.until > now).collect())
}

/// The pause that holds mail to this address.
pub(super) fn of<'a>(held: &'a [DomainPause], address: &str) -> Option<&'a DomainPause> {
    let domain = domain(address)?;
    held.iter().find(|pause| pause.domain == domain)
}

/// Why a mail waits untried.
pub(super) fn words(held: &[DomainPause]) -> String {
    let each = held.iter().map(|pause| {
        let (domain, answer) = (&pause.domain, &pause.answer);
        format!("Waiting for {domain}, which said: {answer}")
    });
    each.collect::<Vec<_>>().join("; ")
}

/// A server said "not now" of this address: others there wait too, unless it was about this mailbox alone.
pub(super) fn ask_for_patience(
    tx: &mut Tx<'_>,
    address: &str,
    said: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let status = of_refusal(address, said).status;
    let Some(domain) = domain(address).filter(|_| is_about_server(status.as_deref())) else {
        return Ok(());
    };
    let known = domain_pauses::of(tx, std::slice::from_ref(&domain))?.pop();
    let recent = known.filter(|it| now.duration_since(it.until) < FORGOTTEN_AFTER);
    // Who was under way already when the pause began makes it no longer.
    if recent.as_ref().is_some_and(|it| it.until > now) {
        return Ok(());
    }
    let times = recent.map_or(0, |it| it.times);
    let pause = DomainPause {
        domain,
        times: times + 1,
        until: now + pauses::of_domain(times),
        answer: said.to_owned(),
    };
    domain_pauses::put(tx, &pause)
}

/// Mail was taken for these, or somebody wants it tried: nothing waits there any more.
pub(super) fn take_mail(tx: &mut Tx<'_>, to: &[String]) -> Result<(), StoreError> {
    domain_pauses::lift(tx, &domains(to))
}

fn domains(to: &[String]) -> Vec<String> {
    let mut all: Vec<String> = to.iter().filter_map(|address| domain(address)).collect();
    all.sort_unstable();
    all.dedup();
    all
}
