//! Promises by their days: a month for the desk, and a private feed for each agent's own calendar.

use jiff::{SignedDuration, Timestamp};
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::PersonId;
use kept_domain::promises::State;
use kept_mail::calendar::{Entry, feed as written};
use kept_store::{people, promises};

use super::Listed;
use super::listed::listed;
use crate::private_links::{self, Link, Purpose};
use crate::{Desk, Error};

/// Promises of one month, and of one feed.
const MOST: usize = 1_000;
/// Days back that a feed still shows.
const DAYS_BACK: i64 = 60;

/// What is due from one moment until another, by due time; both sides' promises, kept ones too.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn month(
    desk: &Desk,
    viewer: &Viewer,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Listed>, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let found = promises::due_between(tx, from, until, MOST)?;
            listed(tx, found)
        })
        .await
}

/// A calendar as programs fetch it (RFC 5545).
#[derive(Debug, Clone)]
pub struct Feed {
    pub text: String,
}

/// The promises of whoever made this link.
///
/// # Errors
/// The same whatever is wrong with the link, or when they have left; [`Error::TooMany`] after many wrong ones.
pub async fn feed(desk: &Desk, token: &str, from: &str) -> Result<Feed, Error> {
    let link = private_links::enter(desk, Purpose::Calendar, token, from).await?;
    let (person, now) = (PersonId(link.about), desk.now());
    let since = now - SignedDuration::from_hours(DAYS_BACK * 24);
    let found = desk
        .store()
        .read(move |tx| {
            if !people::works_here(tx, person)? {
                return Err(Error::not_found("page"));
            }
            let found = promises::of_person_since(tx, person, since, MOST)?;
            listed(tx, found)
        })
        .await?;
    let entries: Vec<Entry> = found.iter().map(|it| entry(desk, it)).collect();
    Ok(Feed {
        text: written("Promises", &entries, now),
    })
}

fn entry(desk: &Desk, it: &Listed) -> Entry {
    let promise = &it.promise;
    let mark = match promise.state {
        State::Kept | State::Late => "✓ ",
        State::Broken => "! ",
        State::Open | State::Renegotiated | State::Dropped => "",
    };
    Entry {
        uid: format!("promise-{}@{}", promise.id, desk.identity().host),
        at: promise.due,
        summary: format!("{mark}{}", promise.what),
        description: format!("#{} {}", it.ticket, it.subject),
        url: format!("{}/tickets/{}", desk.config().public_url, it.ticket),
    }
}

/// The viewer's own link, if one holds.
///
/// # Errors
/// When the store can't answer.
pub async fn feed_links(desk: &Desk, viewer: &Viewer) -> Result<Option<Link>, Error> {
    allow(viewer, Act::Read)?;
    let (about, now) = (viewer.person.0, desk.now());
    let all = desk
        .store()
        .read(move |tx| private_links::of(tx, Purpose::Calendar, about))
        .await?;
    Ok(all.into_iter().rfind(|link| link.holds(now)))
}

/// A new address for the viewer's calendar; the one before stops. It is told this once.
///
/// # Errors
/// When the viewer may not, or the store can't take it.
pub async fn make_feed(desk: &Desk, viewer: &Viewer) -> Result<String, Error> {
    allow(viewer, Act::Read)?;
    let (by, now, random) = (viewer.person, desk.now(), desk.random().clone());
    let token = desk
        .store()
        .write(move |tx| {
            private_links::withdraw_all(tx, Purpose::Calendar, by.0, now)?;
            private_links::create(tx, &random, Purpose::Calendar, by.0, Some(by), now)
        })
        .await?;
    Ok(format!("{}/calendar/{token}.ics", desk.config().public_url))
}

/// Nobody reads it by its address any more.
///
/// # Errors
/// When the viewer may not, or the store can't take it.
pub async fn withdraw_feed(desk: &Desk, viewer: &Viewer) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    let (about, now) = (viewer.person.0, desk.now());
    desk.store()
        .write(move |tx| private_links::withdraw_all(tx, Purpose::Calendar, about, now))
        .await
}
