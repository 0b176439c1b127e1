//! Agreements as pages show them.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::agreements::{Scope, Version};
use kept_domain::ids::AgreementId;
use kept_store::agreements::{self, Author};
use kept_store::{Tx, clients, queues};

use super::book;
use crate::{Desk, Error};

/// One agreement with all its versions.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: AgreementId,
    pub name: String,
    pub scope: Scope,
    /// `Everybody`, the client's or the queue's name.
    pub whose: String,
    /// From when on it is over.
    pub until: Option<Timestamp>,
    /// The newest first.
    pub versions: Vec<ShownVersion>,
}

#[derive(Debug, Clone)]
pub struct ShownVersion {
    pub version: Version,
    pub author: Option<Author>,
}

impl Shown {
    /// The version in force at a time, if any is.
    pub fn holds(&self, at: Timestamp) -> Option<&ShownVersion> {
        let newest = self.versions.iter().find(|it| it.version.from <= at)?;
        let until = newest.version.until;
        until.is_none_or(|until| at < until).then_some(newest)
    }

    /// The one that begins last, or has begun last.
    pub fn newest(&self) -> Option<&ShownVersion> {
        self.versions.first()
    }
}

/// All agreements: everybody's first, then by name.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn all(desk: &Desk, viewer: &Viewer) -> Result<Vec<Shown>, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(|tx| {
            let all = agreements::all(tx)?;
            all.into_iter().map(|it| shown(tx, it)).collect()
        })
        .await
}

/// # Errors
/// When the viewer may not, or there is no such agreement.
pub async fn one(desk: &Desk, viewer: &Viewer, id: AgreementId) -> Result<Shown, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let found = agreements::find(tx, id)?;
            shown(tx, found.ok_or_else(|| Error::not_found("agreement"))?)
        })
        .await
}

/// What holds for new tickets of a client or a queue now, to begin an agreement of its own from.
///
/// # Errors
/// When the viewer may not, or there is no such client or queue.
pub async fn starting(
    desk: &Desk,
    viewer: &Viewer,
    scope: Scope,
) -> Result<(String, Version), Error> {
    allow(viewer, Act::Read)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let whose = whose(tx, scope)?;
            let book = book(tx)?;
            let own = book.of(scope, now);
            let held = own.or_else(|| book.of(Scope::Everybody, now));
            let held = held.or(book.versions().last());
            let held = held.ok_or_else(|| Error::not_found("agreement"))?;
            Ok((whose, held.clone()))
        })
        .await
}

fn shown(tx: &mut Tx<'_>, it: agreements::Agreement) -> Result<Shown, Error> {
    let authors = agreements::authors(tx, it.id)?;
    let book = book(tx)?;
    let own = book
        .versions()
        .iter()
        .filter(|version| version.agreement == it.id);
    let versions = own.map(|version| ShownVersion {
        author: authors
            .iter()
            .find(|author| author.version == version.id)
            .cloned(),
        version: version.clone(),
    });
    Ok(Shown {
        versions: versions.collect(),
        whose: whose(tx, it.scope)?,
        id: it.id,
        name: it.name,
        scope: it.scope,
        until: it.until,
    })
}

fn whose(tx: &mut Tx<'_>, scope: Scope) -> Result<String, Error> {
    match scope {
        Scope::Everybody => Ok("Everybody".to_owned()),
        Scope::Client(client) => {
            let found = clients::find(tx, client)?;
            Ok(found.ok_or_else(|| Error::not_found("client"))?.name)
        }
        Scope::Queue(queue) => {
            let found = queues::all(tx)?.into_iter().find(|it| it.id == queue);
            Ok(found.ok_or_else(|| Error::not_found("queue"))?.name)
        }
    }
}
