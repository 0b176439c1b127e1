//! The fields a search knows, in one table: what the parser reads, what the box completes and what the help says.

use super::query::{Condition, Has, Is};
use super::when::{Moment, When};
use super::{Day, nearest, when};
use crate::ids::TicketId;
use crate::tickets::{Bond, Kind, Priority, Status, Tag};
use crate::turn::Turn;

/// What may stand after the colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// One of these, or several with commas between.
    OneOf(&'static [&'static str]),
    /// A day, a period, or a length of time.
    Times,
    /// Names the desk knows.
    Clients,
    Requesters,
    Agents,
    Queues,
    Assets,
    Tags,
    /// The desk's own fields, by how their names begin.
    Own,
    /// Any words.
    Words,
}

/// One field of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    /// Other names that mean the same.
    pub also: &'static [&'static str],
    pub values: Values,
    /// What it means, in a few words.
    pub says: &'static str,
}

const fn field(name: &'static str, values: Values, says: &'static str) -> Field {
    let also = &[];
    Field {
        name,
        also,
        values,
        says,
    }
}

/// In the order in which the box offers them.
pub const FIELDS: &[Field] = &[
    field("client", Values::Clients, "the client’s name contains this"),
    Field {
        also: &["requester"],
        ..field(
            "from",
            Values::Requesters,
            "the requester’s name or address contains this",
        )
    },
    Field {
        also: &["responsible"],
        ..field(
            "agent",
            Values::Agents,
            "who is responsible: me, or part of a name",
        )
    },
    field(
        "is",
        Values::OneOf(&[
            "open", "ended", "late", "blocked", "new", "waiting", "parked", "mine", "spam",
            "merged",
        ]),
        "how it stands",
    ),
    field(
        "turn",
        Values::OneOf(&["desk", "client", "third-party", "nobody"]),
        "whose turn it is; ours and theirs work too",
    ),
    field(
        "status",
        Values::OneOf(&["new", "open", "waiting", "parked", "resolved", "closed"]),
        "its exact status",
    ),
    field(
        "priority",
        Values::OneOf(&["low", "normal", "high", "urgent"]),
        "how urgent it is",
    ),
    field(
        "kind",
        Values::OneOf(&["incident", "request", "question"]),
        "what kind of request it is",
    ),
    field("tag", Values::Tags, "tickets with this tag"),
    field("queue", Values::Queues, "the queue’s name contains this"),
    field(
        "asset",
        Values::Assets,
        "the name or identifier of a thing it is about contains this",
    ),
    field("subject", Values::Words, "the subject contains this"),
    field(
        "blocked",
        Values::OneOf(&["yes", "no"]),
        "something open blocks it; or by #12",
    ),
    field("blocks", Values::Words, "what blocks #12"),
    field("parent", Values::Words, "the parts of #12"),
    field("part", Values::Words, "what #12 is a part of"),
    field("duplicates", Values::Words, "what duplicates #12"),
    field("duplicated", Values::Words, "what #12 duplicates"),
    field("refers", Values::Words, "what refers to #12"),
    field("referred", Values::Words, "what #12 refers to"),
    field(
        "has",
        Values::OneOf(&[
            "attachment",
            "promise",
            "wait",
            "offer",
            "client",
            "asset",
            "tag",
            "links",
        ]),
        "a file, an open promise, a third party it waits for …",
    ),
    field(
        "with",
        Values::Requesters,
        "somebody who takes part, by name or address",
    ),
    field(
        "watching",
        Values::Agents,
        "who watches it: me, or part of a name",
    ),
    field(
        "offered",
        Values::Agents,
        "who was asked to take it: me, or part of a name",
    ),
    field(
        "due",
        Values::Times,
        "when something is due next, by either side",
    ),
    field("opened", Values::Times, "when it was opened"),
    Field {
        also: &["touched"],
        ..field("changed", Values::Times, "when something last happened")
    },
    field("resolved", Values::Times, "when it was resolved"),
    field("closed", Values::Times, "when it was closed"),
    field(
        "turned",
        Values::Times,
        "since when it is the turn of whoever has it",
    ),
    Field {
        also: &["since"],
        ..field("after", Values::Times, "opened on this day or later")
    },
    field("before", Values::Times, "opened before this day"),
    field(
        "weekday",
        Values::OneOf(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
        "opened on this day of the week",
    ),
    field(
        "hour",
        Values::OneOf(HOURS),
        "opened in this hour of the day",
    ),
];

const HOURS: &[&str] = &[
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23",
];

/// What the help shows: an example, and what it finds.
pub const HELP: &[(&str, &str)] = &[
    (
        "printer",
        "a word, or its beginning, in what was said, in subjects and names",
    ),
    ("\"paper jam\"", "these words side by side"),
    ("#1042", "the ticket of this number"),
    ("client:acme", "the client’s name contains this"),
    (
        "client:\"Fox & Sons\"",
        "a value with spaces stands in quotes",
    ),
    (
        "client:#12",
        "exactly the client of this number, as a card’s address has it; from:#12 and asset:#12 too",
    ),
    (
        "client:\"=Acme\"",
        "the name is just this; agent:, from: and queue: take it too",
    ),
    (
        "from:dana",
        "the requester’s name or address contains this; with: for others who take part",
    ),
    (
        "agent:me",
        "whose responsible agent is me, or a part of their name; offered: for who was asked to take it",
    ),
    (
        "watching:me",
        "what I watch; or a colleague, by part of their name",
    ),
    (
        "turn:ours",
        "whose turn it is: ours, theirs, third or nobody",
    ),
    (
        "is:open",
        "open, ended, late, blocked, new, waiting, parked, mine, spam or merged",
    ),
    (
        "status:waiting",
        "new, open, waiting, parked, resolved or closed",
    ),
    (
        "priority:high,urgent",
        "low, normal, high or urgent; one of several with a comma",
    ),
    ("kind:incident", "incident, request or question"),
    ("tag:vip", "tickets with this tag"),
    ("queue:support", "the queue’s name contains this"),
    (
        "asset:laptop",
        "about a thing whose name or identifier contains this",
    ),
    ("subject:invoice", "the subject contains this"),
    (
        "blocked:yes",
        "something open is in its way; blocked:#12 for what #12 blocks",
    ),
    (
        "part:#3",
        "what #3 is a part of; duplicated: and referred: ask the other way round too",
    ),
    (
        "parent:#12",
        "the parts of #12; blocks:, duplicates: and refers: take a number too",
    ),
    (
        "has:attachment",
        "attachment, promise, wait, offer, client, asset, tag or links",
    ),
    (
        "opened:today",
        "a day such as 2026-10-01, a month such as 2026-10, a year, or today, yesterday, this-week, last-month …",
    ),
    (
        "changed:<7d",
        "less than 7 days ago; > for longer; min, h, d, w, mo and y",
    ),
    (
        "due:<2d",
        "due within two days, or late already; due:tomorrow, due:this-week",
    ),
    (
        "closed:last-week",
        "resolved:, closed: and turned: (since when it is their turn) take the same",
    ),
    (
        "opened:2026-10-01..2026-10-15",
        "from one day to another; >= and <= work with days too",
    ),
    (
        "after:2026-10-01",
        "opened on this day or later; before: for earlier",
    ),
    (
        "field.cost:>100",
        "the desk’s own fields: words, numbers, days (<, >, 1..5), none or any",
    ),
    (
        "weekday:mon hour:9",
        "opened on a Monday between 9 and 10 o’clock",
    ),
    ("-toner", "without this word; works with fields too"),
    (
        "printer or scanner",
        "one of the two; parentheses keep things together: client:acme (is:late or due:today)",
    ),
];

/// The field of this name or one that means the same.
pub(super) fn named(name: &str) -> Option<&'static Field> {
    FIELDS
        .iter()
        .find(|field| field.name == name || field.also.contains(&name))
}

/// A field somebody may have meant.
pub(super) fn like(name: &str) -> Option<&'static str> {
    let names = FIELDS
        .iter()
        .flat_map(|field| std::iter::once(field.name).chain(field.also.iter().copied()));
    nearest(name, names)
}

/// What is wrong with a value, and what was likely meant instead.
pub(super) struct BadValue {
    pub problem: String,
    pub instead: Option<String>,
}

/// Reads one value of a field. Texts are compared without regard to case.
pub(super) fn read(field: &Field, value: &str) -> Result<Condition, BadValue> {
    let folded = value.to_lowercase();
    let found = match field.name {
        "is" => is(&folded),
        "has" => Has::from_text(&folded).map(Condition::Has),
        "status" => Status::from_text(&folded).map(Condition::Status),
        "turn" => turn(&folded).map(Condition::Turn),
        "priority" => Priority::from_text(&folded).map(Condition::Priority),
        "kind" => Kind::from_text(&folded).map(Condition::Kind),
        "tag" if folded == "none" => Some(Condition::Has(Has::Tag).negated()),
        "tag" => return tag(value),
        "client" if folded == "none" => Some(Condition::Has(Has::Client).negated()),
        "client" => Some(Condition::Client(folded.clone())),
        "from" => Some(Condition::From(folded.clone())),
        "agent" => Some(Condition::Agent(folded.clone())),
        "offered" => Some(Condition::Offered(folded.clone())),
        "watching" => Some(Condition::Watching(folded.clone())),
        "with" => Some(Condition::With(folded.clone())),
        "asset" if folded == "none" => Some(Condition::Has(Has::Asset).negated()),
        "asset" => Some(Condition::Asset(folded.clone())),
        "blocked" if folded == "yes" => Some(Condition::Is(Is::Blocked)),
        "blocked" if folded == "no" => Some(Condition::Is(Is::Blocked).negated()),
        name if bond_named(name).is_some() => bond(name, &folded),
        "queue" => Some(Condition::Queue(folded.clone())),
        "subject" => Some(Condition::Subject(folded.clone())),
        "before" => time(&format!("<{folded}")),
        "after" => time(&format!(">={folded}")),
        "hour" if HOURS.contains(&&*folded) => folded.parse().ok().map(Condition::Hour),
        "weekday" => Day::from_text(&folded).map(Condition::Weekday),
        moment => Moment::from_text(moment)
            .and_then(|moment| Some(Condition::Time(moment, When::read(&folded)?))),
    };
    found.ok_or_else(|| wrong(field, value))
}

/// Two words that this field takes as one: `last week`, `7 days`.
pub(super) fn period(field: &Field, first: &str, second: &str) -> Option<String> {
    let (first, second) = (first.to_lowercase(), second.to_lowercase());
    let unit = match second.trim_end_matches('s') {
        "min" | "minute" => "min",
        "hour" => "h",
        "day" => "d",
        "week" => "w",
        "month" => "mo",
        "year" => "y",
        _ => "",
    };
    let one = [format!("{first}-{second}"), format!("{first}{unit}")];
    one.into_iter().find(|word| read(field, word).is_ok())
}

fn time(text: &str) -> Option<Condition> {
    When::read(text).map(|when| Condition::Time(Moment::Opened, when))
}

/// How the fields are called that ask what a ticket is to the one of a number.
const BONDS: [(&str, Bond); 8] = [
    ("blocks", Bond::Blocks),
    ("blocked", Bond::BlockedBy),
    ("parent", Bond::PartOf),
    ("part", Bond::ParentOf),
    ("duplicates", Bond::Duplicates),
    ("duplicated", Bond::DuplicatedBy),
    ("refers", Bond::RefersTo),
    ("referred", Bond::ReferredToBy),
];

fn bond_named(name: &str) -> Option<Bond> {
    let found = BONDS.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, bond)| bond)
}

/// The field that asks for it.
pub(super) fn of_bond(bond: Bond) -> &'static str {
    let found = BONDS.into_iter().find(|(_, known)| *known == bond);
    found.map_or("", |(name, _)| name)
}

/// The hash before a number may be left out.
fn bond(name: &str, text: &str) -> Option<Condition> {
    let number = text.strip_prefix('#').unwrap_or(text).parse().ok()?;
    Some(Condition::Bond(bond_named(name)?, TicketId(number)))
}

fn is(text: &str) -> Option<Condition> {
    match text {
        "closed" | "resolved" => Some(Condition::Is(Is::Ended)),
        "mine" => Some(Condition::Agent("me".to_owned())),
        "new" => Some(Condition::Status(Status::New)),
        "waiting" => Some(Condition::Status(Status::Waiting)),
        "parked" => Some(Condition::Status(Status::Parked)),
        other => Is::from_text(other).map(Condition::Is),
    }
}

fn turn(text: &str) -> Option<Turn> {
    match text {
        "ours" | "us" => Some(Turn::Desk),
        "theirs" | "them" => Some(Turn::Client),
        "third" => Some(Turn::ThirdParty),
        _ => Turn::from_text(text),
    }
}

fn tag(value: &str) -> Result<Condition, BadValue> {
    Tag::parse(value)
        .map(Condition::Tag)
        .map_err(|problem| BadValue {
            problem: format!("tag: {problem}"),
            instead: None,
        })
}

fn wrong(field: &Field, value: &str) -> BadValue {
    let (takes, instead) = match field.values {
        Values::Words => ("the number of a ticket, like #12".to_owned(), None),
        Values::OneOf(values) => (one_of(values), nearest(value, values.iter().copied())),
        _ => {
            let periods = when::PERIODS.iter().map(|(name, ..)| *name);
            let takes =
                "a day like 2026-10-01, a word like today or last-week, or a length like <7d";
            (takes.to_owned(), nearest(value, periods))
        }
    };
    BadValue {
        problem: format!("{}: needs {takes}, not “{value}”", field.name),
        instead: instead.map(str::to_owned),
    }
}

fn one_of(values: &[&str]) -> String {
    match values {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => values.concat(),
    }
}
