//! The turns a ticket has been through, measured and put into words: the strip, the chip, the sums. Whose turn it is was
//! decided elsewhere.

use jiff::{SignedDuration, Timestamp};
use kept_app::domain::clocks::Side as Owing;
use kept_app::domain::turn::Turn as Side;
use kept_app::store::events::TurnChange;
use kept_app::store::obligations::Due;
use kept_app::store::tickets::Shelf;

use crate::parts::{Stretch, Strip, Turn, Whose, span};

/// Who has a ticket on this shelf, in a mark and a word; and by when, when what is due next is theirs to do.
pub(crate) fn turn(
    shelf: Shelf,
    side: Side,
    since: Timestamp,
    due: Option<Due>,
    now: Timestamp,
) -> Turn {
    let (whose, word) = match (shelf, side) {
        (Shelf::Open, Side::Desk) => (Whose::Desk, "Ours"),
        (Shelf::Open, Side::Client) => (Whose::Client, "Theirs"),
        (Shelf::Open, Side::ThirdParty) => (Whose::Third, "Third party"),
        (Shelf::Parked, _) => (Whose::Parked, "Parked"),
        (Shelf::Resolved, _) => (Whose::Resolved, "Resolved"),
        (Shelf::Spam, _) => (Whose::Spam, "Spam"),
        (Shelf::Merged, _) => (Whose::Closed, "Merged"),
        (Shelf::Closed, _) | (Shelf::Open, Side::Nobody) => (Whose::Closed, "Closed"),
    };
    let theirs = due.filter(|due| owes(side, due.side) && shelf == Shelf::Open);
    Turn {
        whose,
        word: word.to_owned(),
        since,
        due: theirs.map(|due| due.at),
        late: theirs.is_some_and(|due| due.at < now),
    }
}

/// Whether what a side owes is for whoever has the turn. While a third party has it the desk still owes news.
fn owes(turn: Side, side: Owing) -> bool {
    match turn {
        Side::Desk | Side::ThirdParty => side == Owing::Desk,
        Side::Client => side == Owing::Client,
        Side::Nobody => false,
    }
}

/// How long each side had the turn, oldest first, up to now. What comes after an end is nobody's and left out.
fn stretches(turns: &[TurnChange], now: Timestamp) -> impl Iterator<Item = (Side, SignedDuration)> {
    let ends = turns.iter().skip(1).map(|next| next.at).chain([now]);
    let lived = turns
        .iter()
        .zip(ends)
        .map(|(change, end)| (change.turn, end.duration_since(change.at)));
    lived.filter(|(side, _)| *side != Side::Nobody)
}

/// The strip of a ticket, in minutes.
pub(crate) fn strip(turns: &[TurnChange], now: Timestamp) -> Strip {
    let stretch = |(side, length): (Side, SignedDuration)| Stretch {
        whose: whose(side),
        late: false,
        length: u32::try_from(length.as_mins().max(1)).unwrap_or(u32::MAX),
        says: format!("{}, {}", word(side), long(length)),
    };
    let sums = sums(turns, now).join(", ");
    Strip {
        stretches: stretches(turns, now).map(stretch).collect(),
        marks: vec![],
        tail: 0,
        says: if sums.is_empty() {
            "No turns yet".to_owned()
        } else {
            format!("Turns so far: {sums}")
        },
    }
}

/// What each side took in all: `ours 64 min`, `theirs 2 h`.
pub(crate) fn sums(turns: &[TurnChange], now: Timestamp) -> Vec<String> {
    [Side::Desk, Side::Client, Side::ThirdParty]
        .into_iter()
        .filter_map(|side| {
            let lengths = stretches(turns, now).filter(|(whose, _)| *whose == side);
            let sum = lengths
                .map(|(_, length)| length)
                .reduce(|sum, length| sum.saturating_add(length))?;
            Some(format!("{} {}", word(side), long(sum)))
        })
        .collect()
}

/// A length in words; what is over in a moment took a minute.
fn long(length: SignedDuration) -> String {
    span(length.max(SignedDuration::from_mins(1)))
}

fn whose(side: Side) -> Whose {
    match side {
        Side::Desk => Whose::Desk,
        Side::Client => Whose::Client,
        Side::ThirdParty => Whose::Third,
        Side::Nobody => Whose::Closed,
    }
}

fn word(side: Side) -> &'static str {
    match side {
        Side::Desk => "ours",
        Side::Client => "theirs",
        Side::ThirdParty => "third party",
        Side::Nobody => "nobody’s",
    }
}

#[cfg(test)]
mod tests {
    use kept_app::domain::ids::TicketId;

    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + minute * 60).unwrap()
    }

    fn turns(changes: &[(i64, Side)]) -> Vec<TurnChange> {
        let change = |&(minute, turn)| TurnChange {
            ticket: TicketId(1),
            at: at(minute),
            turn,
        };
        changes.iter().map(change).collect()
    }

    fn check(changes: &[(i64, Side)], now: i64, lengths: &[u32], sums: &[&str]) {
        let strip = strip(&turns(changes), at(now));
        let drawn: Vec<u32> = strip.stretches.iter().map(|it| it.length).collect();
        assert_eq!(drawn, lengths);
        assert_eq!(super::sums(&turns(changes), at(now)), sums);
    }

    #[test]
    fn a_strip_runs_until_now_and_stops_at_the_end() {
        use Side::{Client, Desk, Nobody};
        check(&[(0, Desk)], 5, &[5], &["ours 5 min"]);
        check(
            &[(0, Desk), (22, Client), (60, Desk)],
            82,
            &[22, 38, 22],
            &["ours 44 min", "theirs 38 min"],
        );
        check(
            &[(0, Desk), (10, Client), (20, Nobody)],
            9_999,
            &[10, 10],
            &["ours 10 min", "theirs 10 min"],
        );
        check(&[(0, Desk)], 0, &[1], &["ours 1 min"]);
        check(&[], 5, &[], &[]);
    }
}
