//! Duties as pages show them: beside a ticket, and what a client owes with when it is asked next.

use jiff::Timestamp;
use jiff::civil::Date;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::agreements::{Duty, Scope, duty_at};
use kept_domain::ids::{AgreementId, ClientId, TicketId};
pub use kept_store::duties::Run;
use kept_store::{Tx, duties};

use super::plan::versions_of;
use crate::tickets::told_here;
use crate::{Desk, Error, agreements};

/// A duty of an agreement, and when the client is asked for it next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    pub duty: Duty,
    /// A day of the client's own.
    pub next: Option<Date>,
    /// The last time they were asked.
    pub last: Option<Run>,
}

/// What a client does by its agreement, and what it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfClient {
    pub agreement: Option<AgreementId>,
    /// By the version that is in force, or comes next.
    pub duties: Vec<Owed>,
    /// The latest first.
    pub asked: Vec<Run>,
}

/// Times listed for a client.
const MOST_ASKED: usize = 50;

/// What was asked for on a ticket and on the tickets told on it, in order.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of_ticket(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<Vec<Run>, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let here = told_here(tx, id)?;
            Ok(duties::of_tickets(tx, &here)?)
        })
        .await
}

/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of_client(desk: &Desk, viewer: &Viewer, client: ClientId) -> Result<OfClient, Error> {
    allow(viewer, Act::Read)?;
    let now = desk.now();
    desk.store().read(move |tx| read(tx, client, now)).await
}

fn read(tx: &mut Tx<'_>, client: ClientId, now: Timestamp) -> Result<OfClient, Error> {
    let asked = duties::of_client(tx, client, MOST_ASKED)?;
    let book = agreements::book(tx)?;
    let own = book
        .versions()
        .iter()
        .find(|it| it.scope == Scope::Client(client));
    let Some(agreement) = own.map(|it| it.agreement) else {
        return Ok(OfClient {
            asked,
            ..OfClient::default()
        });
    };
    let versions = versions_of(&book, agreement);
    let plans = duties::plans_of(tx, agreement)?;
    let mut all = vec![];
    for number in super::plan::numbers(&versions) {
        let next = plans.iter().find(|plan| plan.duty == number);
        let next = next.map(|plan| plan.at);
        let held = duty_at(&versions, number, now);
        let coming = next.and_then(|at| duty_at(&versions, number, at));
        if let Some(duty) = held.or(coming) {
            let zone = versions.last().map(|it| it.wording.client.zone().clone());
            let there = next.zip(zone).map(|(at, zone)| at.to_zoned(zone).date());
            all.push(Owed {
                duty: duty.clone(),
                next: there,
                last: duties::last(tx, agreement, number)?,
            });
        }
    }
    Ok(OfClient {
        agreement: Some(agreement),
        duties: all,
        asked,
    })
}
