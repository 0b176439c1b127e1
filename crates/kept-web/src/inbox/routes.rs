//! `GET /inbox`

use axum::extract::{Query, State};
use axum::response::Response;
use kept_app::domain::ids::PersonId;
use kept_app::reading::{self, Listed, Tally, View};
use kept_app::store::lists::Cursor;
use serde::Deserialize;

use super::listed;
use super::row::Group;
use super::views::{self, InboxPage};
use crate::errors::Failure;
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::parts::{Choice, Empty, Icon, Tab};
use crate::respond::show;
use crate::session::SignedIn;
use crate::turns;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    view: String,
    /// Where the page begins, as `older` wrote it.
    #[serde(default)]
    after: String,
}

pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let view = View::from_text(&wish.view).unwrap_or(View::All);
    let after = read_cursor(&wish.after);
    let (found, next) = reading::inbox(&web.desk, &who.viewer, view, after).await?;
    let tally = reading::tally(&web.desk, who.viewer.person).await?;
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let mut shell = who.shell(&web, "Inbox", Section::Inbox).await?;
    shell.live = Some("tickets".to_owned());
    let page = InboxPage {
        tabs: tabs(view, &tally),
        groups: groups(view, &found, &shell),
        older: next.map(|next| format!("/inbox?view={}&after={}", view.as_str(), written(next))),
        newest: after.map(|_| format!("/inbox?view={}", view.as_str())),
        agents: choices(
            agents
                .iter()
                .filter(|agent| !agent.has_left)
                .map(|agent| (agent.id, &*agent.name)),
        ),
        empty: empty(view),
    };
    Ok(show(&shell, views::inbox(&page, &shell)))
}

/// Agents as choices of a select.
pub(crate) fn choices<'a>(agents: impl Iterator<Item = (PersonId, &'a str)>) -> Vec<Choice> {
    agents
        .map(|(id, name)| Choice::new(id.to_string(), name))
        .collect()
}

fn tabs(chosen: View, tally: &Tally) -> Vec<Tab> {
    let tab = |view: View| {
        let (words, number) = words(view, tally);
        Tab {
            href: format!("/inbox?view={}", view.as_str()),
            words: words.to_owned(),
            count: count(number),
            chosen: view == chosen,
        }
    };
    // These tabs come with the first such ticket.
    let shown = View::ALL.into_iter().filter(|view| {
        *view == chosen
            || !matches!(
                view,
                View::Late | View::ThirdParty | View::Parked | View::Snoozed | View::Watching
            )
            || words(*view, tally).1 > 0
    });
    shown.map(tab).collect()
}

fn words(view: View, tally: &Tally) -> (&'static str, i64) {
    match view {
        View::All => ("All open", tally.open),
        View::Mine => ("Mine", tally.mine),
        View::Late => ("Late", tally.late),
        View::WaitingOnClient => ("Waiting on client", tally.client),
        View::ThirdParty => ("Third party", tally.third_party),
        View::Parked => ("Parked", tally.parked),
        View::Snoozed => ("Snoozed", tally.snoozed),
        View::Watching => ("Watching", tally.watching),
        View::Resolved => ("Resolved", tally.resolved),
        View::Closed => ("Closed", tally.closed),
        View::Spam => ("Spam", tally.spam),
    }
}

/// One group for each side, in the order of the list; what is late is one, what is put off, and what is watched.
fn groups(view: View, found: &[Listed], shell: &Shell) -> Vec<Group> {
    if view == View::Late && !found.is_empty() {
        return vec![Group {
            title: "Late".to_owned(),
            hot: true,
            rows: listed::rows_of(view, found, &shell.clock),
        }];
    }
    if view == View::Snoozed && !found.is_empty() {
        return vec![Group {
            title: "Snoozed by you, what comes back first at the top".to_owned(),
            hot: false,
            rows: listed::rows_of(view, found, &shell.clock),
        }];
    }
    if view == View::Watching && !found.is_empty() {
        return vec![Group {
            title: "Watched by you, what happened last at the top".to_owned(),
            hot: false,
            rows: listed::rows_of(view, found, &shell.clock),
        }];
    }
    let same_side = |one: &Listed, other: &Listed| {
        (one.ticket.shelf, one.ticket.turn) == (other.ticket.shelf, other.ticket.turn)
    };
    found
        .chunk_by(same_side)
        .map(|chunk| Group {
            title: heading(&chunk[0]),
            hot: false,
            rows: listed::rows_of(view, chunk, &shell.clock),
        })
        .collect()
}

fn heading(listed: &Listed) -> String {
    let ticket = &listed.ticket;
    let turn = turns::turn(
        ticket.shelf,
        ticket.turn,
        ticket.turn_since,
        None,
        ticket.turn_since,
    );
    match &*turn.word {
        "Ours" => "Our turn".to_owned(),
        "Theirs" => "Their turn".to_owned(),
        "Third party" => "A third party’s turn".to_owned(),
        other => other.to_owned(),
    }
}

fn empty(view: View) -> Empty {
    let (title, says) = match view {
        View::All => (
            "No open tickets",
            "Every mail to the desk becomes a ticket here by itself. Until one comes you can write down a call.",
        ),
        View::Mine => (
            "Nothing is yours",
            "Tickets you are responsible for stand here, ours first.",
        ),
        View::Late => (
            "Nothing is late",
            "Tickets on which somebody let a due time pass stand here, the longest overdue first.",
        ),
        View::WaitingOnClient => (
            "Nobody owes us an answer",
            "When a reply asks the client something, the ticket waits here until they answer.",
        ),
        View::ThirdParty => (
            "Nobody else is waited for",
            "Tickets that wait for a supplier or a courier stand here.",
        ),
        View::Parked => (
            "Nothing is parked",
            "Tickets whose client went silent stand here. Any answer wakes them.",
        ),
        View::Snoozed => (
            "Nothing is snoozed",
            "Tickets you put off (key z) stand here until their time comes. What is due soon comes back before.",
        ),
        View::Watching => (
            "You watch nothing",
            "Tickets of others that you watch (key o) stand here while they go on. You are told what is said on them and how they end.",
        ),
        View::Resolved => (
            "Nothing waits to be confirmed",
            "What the desk has resolved stands here until the client confirms or writes again.",
        ),
        View::Closed => (
            "Nothing is closed yet",
            "Tickets that have ended stay here and can be found again.",
        ),
        View::Spam => (
            "No spam",
            "What somebody marked as spam is kept here, in case it was none.",
        ),
    };
    Empty {
        icon: Icon::Inbox,
        title: title.to_owned(),
        says: says.to_owned(),
        step: (view == View::All).then(|| ("/tickets/new".to_owned(), "New ticket".to_owned())),
    }
}

/// A place in a list as the address of the next page has it.
fn written(cursor: Cursor) -> String {
    format!("{}.{}.{}", cursor.rank, cursor.at_ms, cursor.id)
}

fn read_cursor(text: &str) -> Option<Cursor> {
    let mut parts = text.splitn(3, '.').map(|part| part.parse().ok());
    Some(Cursor {
        rank: parts.next()??,
        at_ms: parts.next()??,
        id: parts.next()??,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_list_survives_the_address() {
        let cursor = Cursor {
            rank: 1,
            at_ms: 1_795_000_000_123,
            id: 42,
        };
        assert_eq!(read_cursor(&written(cursor)), Some(cursor));
        for broken in ["", "1.2", "a.b.c", "1.2.3.4"] {
            assert_eq!(read_cursor(broken), None, "{broken}");
        }
    }
}
