//! A client's scorecard for their manager: a private link, made by hand, that shows it without a session. One holds at a time.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{ClientId, PersonId, PrivateLinkId};
use kept_domain::scorecards::{Fate, Of, Period};
use kept_store::scorecards::{self as stored, Behind, Wanted};
use kept_store::{audit, clients, people};

use super::{MOST_SHOWN, Scorecard};
use crate::private_links::{self, Link, Purpose};
use crate::{Desk, Error};

/// What a link shows. Who was responsible is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    pub scorecard: Scorecard,
    /// What was missed, on either side.
    pub missed: Vec<Behind>,
}

/// Makes a link to a client's scorecard and gives its address, which is never told again. Earlier ones stop.
///
/// # Errors
/// When the viewer may not, or there is no such client.
pub async fn share(desk: &Desk, viewer: &Viewer, client: ClientId) -> Result<String, Error> {
    allow(viewer, Act::ShareScorecards)?;
    let (held, by, now) = (desk.clone(), viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let name = clients::find(tx, client)?.ok_or_else(|| Error::not_found("client"))?;
            let (purpose, about) = (Purpose::Scorecard, client.0);
            private_links::withdraw_all(tx, purpose, about, now)?;
            let token = private_links::create(tx, held.random(), purpose, about, Some(by), now)?;
            let what = format!("Made a link to the scorecard of {}", name.name);
            audit::write(tx, Some(by), &what, now)?;
            Ok(format!("{}/scorecard/{token}", held.config().public_url))
        })
        .await
}

/// The links to a client's scorecard that still hold, with who made each.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn links(
    desk: &Desk,
    viewer: &Viewer,
    client: ClientId,
) -> Result<Vec<(Link, String)>, Error> {
    allow(viewer, Act::ShareScorecards)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let mut found = private_links::of(tx, Purpose::Scorecard, client.0)?;
            found.retain(|link| link.holds(now));
            let makers: Vec<PersonId> = found.iter().filter_map(|link| link.made_by).collect();
            let names = people::names(tx, &makers)?;
            let named = |link: Link| {
                let maker = names.iter().find(|(id, _)| Some(*id) == link.made_by);
                let maker = maker.map_or_else(|| "Kept".to_owned(), |(_, name)| name.clone());
                (link, maker)
            };
            Ok(found.into_iter().map(named).collect())
        })
        .await
}

/// Nobody comes in by that link any more.
///
/// # Errors
/// When the viewer may not, or it is no link to this client's scorecard.
pub async fn withdraw(
    desk: &Desk,
    viewer: &Viewer,
    client: ClientId,
    link: PrivateLinkId,
) -> Result<(), Error> {
    allow(viewer, Act::ShareScorecards)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let all = private_links::of(tx, Purpose::Scorecard, client.0)?;
            if !all.iter().any(|it| it.id == link) {
                return Err(Error::not_found("link"));
            }
            private_links::withdraw(tx, link, now)?;
            let what = "Withdrew a link to a scorecard";
            Ok(audit::write(tx, Some(by), what, now)?)
        })
        .await
}

/// What whoever has the link sees: this client's scorecard and nothing else.
///
/// # Errors
/// The same one whatever is wrong with the token; when somebody tried too many.
pub async fn shared(desk: &Desk, token: &str, from: &str, period: Period) -> Result<Shared, Error> {
    let link = private_links::enter(desk, Purpose::Scorecard, token, from).await?;
    let of = Of::Client(ClientId(link.about));
    let now: Timestamp = desk.now();
    desk.store()
        .read(move |tx| {
            let scorecard = super::read(tx, of, period, now)?;
            let wanted = Wanted {
                fates: vec![Fate::Late, Fate::NotDone],
                ..Wanted::default()
            };
            let asked = super::asked(of, scorecard.within, now);
            let mut missed = stored::behind(tx, &asked, &wanted, MOST_SHOWN)?;
            for one in &mut missed {
                one.responsible.clear();
            }
            Ok(Shared { scorecard, missed })
        })
        .await
}
