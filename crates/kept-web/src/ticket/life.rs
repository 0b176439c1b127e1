//! What the head of a ticket's page says of its life: the strip with everything on it, and the same in words.

use jiff::Timestamp;
use kept_app::domain::clocks::{Owed, Side};
use kept_app::domain::promises::State;
use kept_app::promises::Listed;
use kept_app::reading::{Conversation, Obligations, Obliged};

use super::show::shelf;
use super::views::Life;
use crate::parts::{Clock, MarkKind, Whose};
use crate::turns::{self, Happened};

pub(super) fn of(
    conversation: &Conversation,
    owed: &Obligations,
    promised: &[Listed],
    clock: &Clock,
) -> Life {
    let ticket = &conversation.ticket;
    let turn = turns::turn(
        shelf(ticket),
        ticket.turn(),
        ticket.turn_since,
        owed.next,
        clock.now,
    );
    let mut happened = messages(conversation, clock);
    happened.extend(promised.iter().map(|it| promise(it, clock)));
    happened.extend(owed.all.iter().filter_map(|it| missed(it, clock)));
    let due = owed.next.map(|due| due.at);
    let sums = turns::sums(&owed.turns, &owed.hours, clock.now);
    Life {
        told: told(owed, &happened, clock),
        strip: turns::strip(&owed.turns, happened, due, &owed.hours, clock),
        class: turn.class(),
        says: says(conversation, turn.whose, clock),
        facts: match sums.is_empty() {
            true => vec![],
            false => vec![format!("in desk hours: {}", sums.join(" · "))],
        },
    }
}

fn says(conversation: &Conversation, whose: Whose, clock: &Clock) -> String {
    let ticket = &conversation.ticket;
    let since = |words: &str| format!("{words} since {}", clock.short(ticket.turn_since));
    match (ticket.merged_into, whose) {
        (Some(into), _) => format!("Merged into #{into}: the conversation goes on there"),
        (_, Whose::Desk) => since("Our turn"),
        (_, Whose::Client) => since("Their turn"),
        (_, Whose::Third) => match ticket.open_wait() {
            Some(wait) => since(&format!("Waiting on {}", wait.party)),
            None => since("A third party’s turn"),
        },
        (_, Whose::Resolved) => {
            "Resolved; the client can confirm, or write again to reopen it".to_owned()
        }
        (_, Whose::Closed) => "Closed".to_owned(),
        (_, Whose::Parked) => since("Parked"),
        (_, Whose::Spam) => "Marked as spam".to_owned(),
    }
}

fn messages(conversation: &Conversation, clock: &Clock) -> Vec<Happened> {
    let dot = |(at, who): &(Timestamp, String)| {
        let says = format!("{who} wrote, {}", clock.short(*at));
        (*at, (MarkKind::Message, says))
    };
    conversation.spoken.iter().map(dot).collect()
}

/// A promise stands where it was kept, else where it was or is due.
fn promise(listed: &Listed, clock: &Clock) -> Happened {
    let it = &listed.promise;
    let (at, stands) = match it.state {
        State::Open | State::Renegotiated => (it.due, format!("due {}", clock.short(it.due))),
        State::Kept => (it.due, "kept".to_owned()),
        State::Late => (
            it.due,
            format!("kept late, was due {}", clock.short(it.due)),
        ),
        State::Broken => (it.due, format!("broken, was due {}", clock.short(it.due))),
        State::Dropped => (it.due, "dropped with the ticket’s end".to_owned()),
    };
    let says = format!("{} promised “{}”: {stands}", listed.name, it.what);
    (at, (MarkKind::Promise, says))
}

fn missed(it: &Obliged, clock: &Clock) -> Option<Happened> {
    let at = it.missed_at?;
    let side = match it.side {
        Side::Desk => "The desk",
        Side::Client => "The client",
    };
    let what = match it.owed {
        Owed::Promise => "to keep a promise",
        owed => owed.words(),
    };
    let says = format!("{side} missed {what}, due {}", clock.short(at));
    Some((at, (MarkKind::Missed, says)))
}

/// Everything the strip shows, in order, a line each.
fn told(owed: &Obligations, happened: &[Happened], clock: &Clock) -> Vec<String> {
    let turns = owed.turns.iter().map(|it| {
        let says = turns::told(it.whose, it.from, it.to, &owed.hours, clock);
        (it.from, 0, says)
    });
    let marks = happened
        .iter()
        .map(|(at, (_, says))| (*at, 1, says.clone()));
    let mut lines: Vec<(Timestamp, u8, String)> = turns.chain(marks).collect();
    lines.extend(owed.next.filter(|due| due.at > clock.now).map(|due| {
        let says = format!("Next due: {}, {}", due.owed.words(), clock.short(due.at));
        (due.at, 2, says)
    }));
    lines.sort();
    lines.into_iter().map(|(_, _, says)| says).collect()
}
