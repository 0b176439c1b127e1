//! Checks a mail where Kept itself receives it: SPF, DKIM, DMARC and ARC, within a few seconds in all.
//! Names that do not answer leave the verdict open.

use std::time::Duration;

use bytes::Bytes;
use kept_domain::intake::authentic::{Authentic, Checks, Outcome, Verdict, came_directly, judge};
use kept_mail::authentication;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    ArcOutput, AuthenticatedMessage, DkimOutput, DkimResult, DmarcOutput, DmarcResult,
    MessageAuthenticator, SpfOutput, SpfResult,
};

use super::{Checking, Peer};
use crate::{Desk, Error};

/// What all questions about one mail may take together.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// Signatures of one mail that are checked; each costs questions.
const MOST_SIGNATURES: usize = 10;

/// What is found out about a mail that `peer` handed us.
///
/// `None` when nothing can be said: then what a trusted server wrote may still count. Of a peer on the
/// internet there is always an answer, because nobody trusted stands before it. All questions together
/// may take `patience`.
pub async fn check(
    desk: &Desk,
    checking: &Checking,
    raw: Bytes,
    peer: Peer,
    patience: Duration,
) -> Option<Authentic> {
    let is_public = peer.is_public();
    let asking = Asking {
        raw,
        peer,
        servers: checking.servers.clone(),
        host: desk.identity().host.clone(),
    };
    let found = within(patience, desk, asking).await;
    let found = found.unwrap_or_else(|error| {
        tracing::info!(%error, "a mail's sender could not be checked");
        Authentic {
            checked_by: "Kept".into(),
            checks: vec![error.to_string()],
            ..Authentic::default()
        }
    });
    (is_public || found.verdict != Verdict::Unknown).then_some(found)
}

struct Asking {
    raw: Bytes,
    peer: Peer,
    servers: Vec<String>,
    host: String,
}

/// On a task of its own: whatever a strange mail does to a check, it does not do to the mail.
async fn within(patience: Duration, desk: &Desk, asking: Asking) -> Result<Authentic, Error> {
    let desk = desk.clone();
    let task = tokio::spawn(async move {
        let names = desk.names().asked_of(desk.config().resolver).await?;
        asking.run(names).await
    });
    let stop = task.abort_handle();
    match tokio::time::timeout(patience, task).await {
        Ok(Ok(found)) => found,
        Ok(Err(_)) => Err(Error::Outside("the check broke off".into())),
        Err(_) => {
            stop.abort();
            Err(Error::Outside("the names did not answer in time".into()))
        }
    }
}

impl Asking {
    async fn run(&self, names: &MessageAuthenticator) -> Result<Authentic, Error> {
        let message = AuthenticatedMessage::parse(&self.raw);
        let mut message = message.ok_or_else(|| Error::Outside("it has no headers".into()))?;
        message.dkim_headers.truncate(MOST_SIGNATURES);
        let from = from_domain(&message);
        let dkim = names.verify_dkim(&message).await;
        let spf = self.spf(names).await;
        let sender = self.peer.sender();
        let dmarc = DmarcParameters::new(&message, &dkim, domain_of(&sender), &spf);
        let dmarc = names.verify_dmarc(dmarc).await;
        let arc = names.verify_arc(&message).await;
        let checks = Checks {
            dmarc: ruled(&dmarc, self.peer.is_public()),
            dkim: dkim.iter().filter_map(signed).collect(),
            spf: sent(&spf),
            sealer: from.as_deref().and_then(|from| self.sealer(&arc, from)),
            from,
        };
        Ok(Authentic {
            verdict: judge(&checks),
            came_directly: came_directly(&checks),
            checked_by: "Kept".into(),
            checks: in_words(&checks),
        })
    }

    async fn spf(&self, names: &MessageAuthenticator) -> SpfOutput {
        let sender = self.peer.sender();
        let domain = domain_of(&sender).to_ascii_lowercase();
        if !self.peer.is_public() {
            return SpfOutput::new(domain);
        }
        let asked = SpfParameters::verify_mail_from(
            self.peer.ip.to_canonical(),
            &self.peer.helo,
            &self.host,
            &sender,
        );
        names.verify_spf(asked).await
    }

    /// Whoever handed the mail on last, when that is somebody trusted whose unbroken seal says that
    /// the mail was proven when it came to them.
    fn sealer(&self, arc: &ArcOutput<'_>, from: &str) -> Option<String> {
        let last = arc.sets().last()?;
        let sealer = last.seal.header.d.to_ascii_lowercase();
        let trusted = *arc.result() == DkimResult::Pass && self.servers.contains(&sealer);
        let saw = std::str::from_utf8(last.results.value).ok()?;
        let proven = authentication::judged(saw, from.to_owned());
        (trusted && matches!(proven, Verdict::Aligned { .. })).then_some(sealer)
    }
}

/// The domain of From, when From has exactly one address.
fn from_domain(message: &AuthenticatedMessage<'_>) -> Option<String> {
    let [from] = message.from.as_slice() else {
        return None;
    };
    let (_, domain) = from.rsplit_once('@')?;
    Some(domain.to_ascii_lowercase()).filter(|domain| !domain.is_empty())
}

fn domain_of(address: &str) -> &str {
    address
        .rsplit_once('@')
        .map_or(address, |(_, domain)| domain)
}

fn signed(output: &DkimOutput<'_>) -> Option<(String, Outcome)> {
    let outcome = match output.result() {
        DkimResult::Pass => Outcome::Pass,
        DkimResult::TempError(_) => Outcome::Unclear,
        DkimResult::Neutral(_) | DkimResult::Fail(_) | DkimResult::PermError(_) => Outcome::Fail,
        DkimResult::None => return None,
    };
    Some((output.signature()?.d.to_ascii_lowercase(), outcome))
}

fn sent(output: &SpfOutput) -> Option<(String, Outcome)> {
    let outcome = match output.result() {
        SpfResult::Pass => Outcome::Pass,
        SpfResult::Fail => Outcome::Fail,
        SpfResult::None => return None,
        _ => Outcome::Unclear,
    };
    Some((output.domain().to_ascii_lowercase(), outcome))
}

/// Without knowing which server sent it, a rule can be met but not broken.
fn ruled(output: &DmarcOutput, server_known: bool) -> Option<Outcome> {
    match output.result() {
        DmarcResult::Pass => Some(Outcome::Pass),
        DmarcResult::Fail(_) if server_known => Some(Outcome::Fail),
        DmarcResult::None => None,
        _ => Some(Outcome::Unclear),
    }
}

fn in_words(checks: &Checks) -> Vec<String> {
    let word = |outcome| match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Unclear => "unclear",
    };
    let from = checks.from.as_deref().unwrap_or_default();
    let dmarc = checks.dmarc.map(|o| format!("dmarc={} {from}", word(o)));
    let dkim = checks.dkim.iter();
    let dkim = dkim.map(|(by, o)| format!("dkim={} {by}", word(*o)));
    let spf = checks.spf.as_ref();
    let spf = spf.map(|(by, o)| format!("spf={} {by}", word(*o)));
    let arc = checks.sealer.as_ref().map(|by| format!("arc=pass {by}"));
    dmarc
        .into_iter()
        .chain(dkim)
        .chain(spf)
        .chain(arc)
        .collect()
}
