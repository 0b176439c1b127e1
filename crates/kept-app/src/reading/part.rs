//! Which lines of a long conversation one page shows: its beginning, and some lines together; the rest is a link away.
//!
//! What is read never grows with the length of the ticket.

use std::collections::{BTreeMap, BTreeSet};

use kept_domain::event::Recorded;
use kept_domain::ids::{EventId, MessageId, TicketId};
use kept_store::Tx;
use kept_store::history::{self, Activity, From};

use crate::Error;

/// Where a reader wants to read, and what of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish {
    pub at: At,
    pub activity: Activity,
}

/// A place in a conversation.
#[derive(Debug, Clone, Copy, Default)]
pub enum At {
    #[default]
    Newest,
    Before(EventId),
    After(EventId),
    /// Where this was said; at the newest when it was not said here.
    Message(MessageId),
}

/// What is shown, and what is left out around it.
#[derive(Debug, Clone, Default)]
pub struct Part {
    pub activity: Activity,
    pub shown: BTreeSet<EventId>,
    /// Between the beginning and the lines shown.
    pub earlier: Option<Gap>,
    /// After them.
    pub later: Option<Gap>,
}

/// Lines that are left out, beside the line `edge` that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// What was said in them, counted no further than [`MOST_COUNTED`]; of events alone, how many.
    pub many: usize,
    pub edge: EventId,
}

/// Messages of one page, and lines when little is said in them.
const MESSAGES: usize = 30;
const LINES: usize = 120;
/// The newest page may be longer by so many messages, so that it does not begin elsewhere with each that comes.
const SLACK: usize = 15;
const STEP: i64 = 16;
/// Lines at the beginning that are always shown.
const HEAD: usize = 4;
/// Fewer lines than this are shown rather than left out.
const SMALL: usize = 20;
/// Lines left out are counted no further.
pub const MOST_COUNTED: usize = 5_000;

/// Lines from anywhere that what is shown is understood by: who has it since when, what was answered.
const LANDMARKS: [&str; 11] = [
    "opened",
    "assigned",
    "delegation-accepted",
    "delegated",
    "invitation-answered",
    "call-confirmed",
    "call-corrected",
    "forward-left",
    "forward-asked-again",
    "requester-changed",
    "agreement-changed",
];
const LANDMARKS_OF_A_KIND: usize = 20;

/// What follows a ticket's address to lead to something said on it, whatever page it stands on.
pub fn place(message: MessageId) -> String {
    format!("?at={message}#message-{message}")
}

/// The lines to know, oldest first, and which of them are to be shown.
pub(super) fn choose(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    wish: Wish,
) -> Result<(Vec<Recorded>, Part), Error> {
    let of = wish.activity;
    let head = match of {
        Activity::All | Activity::Words => {
            history::page(tx, tickets, From::After(EventId(0)), of, HEAD)?
        }
        Activity::Notes | Activity::Events => vec![],
    };
    let mut window = window(tx, tickets, wish)?;
    let head_ends = head.last().map_or(EventId(0), |line| line.id);
    if let Some(first) = window.first().map(|line| line.id) {
        window.extend(small_gap(tx, tickets, (head_ends, first), of)?);
    }
    let ids = |lines: &[Recorded]| lines.iter().map(|line| line.id).collect::<BTreeSet<_>>();
    let in_window = ids(&window);
    let (first, last) = (in_window.first().copied(), in_window.last().copied());
    let earlier = first.map_or(Ok(None), |edge| {
        gap(tx, tickets, (head_ends, edge), of, edge)
    });
    let later = last.map_or(Ok(None), |edge| {
        gap(tx, tickets, (edge, EventId(i64::MAX)), of, edge)
    });
    let part = Part {
        activity: of,
        shown: in_window.union(&ids(&head)).copied().collect(),
        earlier: earlier?,
        later: later?,
    };
    let landmarks = history::named(tx, tickets, &LANDMARKS, LANDMARKS_OF_A_KIND)?;
    let all = head.into_iter().chain(window).chain(landmarks);
    let all: BTreeMap<EventId, Recorded> = all.map(|line| (line.id, line)).collect();
    Ok((all.into_values().collect(), part))
}

fn window(tx: &mut Tx<'_>, tickets: &[TicketId], wish: Wish) -> Result<Vec<Recorded>, Error> {
    let mut page = |from, limit| history::page(tx, tickets, from, wish.activity, limit);
    let newest = |mut lines: Vec<Recorded>| {
        lines.truncate(newest_end(&lines));
        lines
    };
    let latest = From::Before(EventId(i64::MAX));
    Ok(match wish.at {
        At::Newest => newest(page(latest, LINES)?),
        At::Before(id) => cut(page(From::Before(id), LINES)?, MESSAGES),
        At::After(id) => cut(page(From::After(id), LINES)?, MESSAGES),
        At::Message(message) => {
            let lines = newest(page(latest, LINES)?);
            let is_there = |line: &Recorded| line.event.brings() == Some(message);
            if lines.iter().any(is_there) {
                return Ok(lines);
            }
            let Some(id) = history::of_message(tx, tickets, message)? else {
                return Ok(lines);
            };
            let mut page = |from| history::page(tx, tickets, from, wish.activity, LINES / 2);
            let mut around = cut(page(From::Before(id))?, MESSAGES / 2);
            around.extend(cut(page(From::After(EventId(id.0 - 1)))?, MESSAGES / 2));
            around
        }
    })
}

/// As many lines as hold so many messages.
fn cut(mut lines: Vec<Recorded>, messages: usize) -> Vec<Recorded> {
    let said = |(_, line): &(usize, &Recorded)| line.event.brings().is_some();
    let end = lines.iter().enumerate().filter(said).nth(messages);
    let end = end.map(|(at, _)| at);
    lines.truncate(end.unwrap_or(lines.len()));
    lines
}

/// Where the newest page ends, going back: at a message whose number is a round one, so that the page grows at its end
/// for a while before its beginning moves.
fn newest_end(lines: &[Recorded]) -> usize {
    let mut said = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some(message) = line.event.brings() else {
            continue;
        };
        said += 1;
        let is_round = said >= MESSAGES && message.0 % STEP == 0;
        if is_round || said >= MESSAGES + SLACK {
            return at + 1;
        }
    }
    lines.len()
}

/// The lines between two, when they are few.
fn small_gap(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    (after, before): (EventId, EventId),
    of: Activity,
) -> Result<Vec<Recorded>, Error> {
    let mut lines = history::page(tx, tickets, From::Before(before), of, SMALL + 1)?;
    lines.retain(|line| line.id > after);
    if lines.len() > SMALL {
        lines.clear();
    }
    Ok(lines)
}

fn gap(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    (after, before): (EventId, EventId),
    of: Activity,
    edge: EventId,
) -> Result<Option<Gap>, Error> {
    if history::between(tx, tickets, (after, before), of, 1)? == 0 {
        return Ok(None);
    }
    let counted = match of {
        Activity::All => Activity::Words,
        other => other,
    };
    let many = history::between(tx, tickets, (after, before), counted, MOST_COUNTED)?;
    Ok(Some(Gap { many, edge }))
}
