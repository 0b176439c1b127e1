//! The links of a ticket beside its conversation, and the line in its head that says what is in its way.

use kept_app::bonds::Bonded;
use kept_app::domain::tickets::{Bond, MOST_BONDS};
use maud::{Markup, html};

use super::naming::offering;
use crate::layout::Shell;
use crate::numbers::count;
use crate::parts::{Choice, Clock, Icon, choices, icon, post, post_with, turn_mark};
use crate::ticket::not_done::{self, NotDone};
use crate::turns;

/// Another ticket, as the one that is looked at shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub bond: Bond,
    /// Which of the tickets told here says so, and of which.
    pub on: u64,
    pub of: u64,
    pub number: u64,
    pub subject: String,
    /// The class of its turn, and whose it is in a word.
    pub turn: (&'static str, String),
    pub is_open: bool,
}

/// What the section shows.
#[derive(Debug, Clone, Default)]
pub struct Links {
    pub others: Vec<Other>,
    /// Tickets it came out of or that came out of it: (how, number, subject).
    pub kin: Vec<(&'static str, u64, String)>,
    pub can_change: bool,
    /// What it was just said to be to another in vain.
    pub not_done: Option<(String, NotDone)>,
}

pub(crate) fn other(bonded: &Bonded, clock: &Clock) -> Other {
    let turn = turns::turn(
        bonded.shelf,
        bonded.turn,
        bonded.turn_since,
        None,
        clock.now,
    );
    Other {
        bond: bonded.bond,
        on: count(bonded.on.0),
        of: count(bonded.of.0),
        number: count(bonded.ticket.0),
        subject: bonded.subject.clone(),
        turn: (turn.class(), turn.word.clone()),
        is_open: bonded.is_open(),
    }
}

/// The section of ticket `number`.
pub fn section(links: &Links, number: u64, shell: &Shell) -> Markup {
    html! {
        section #links {
            h2 { "Links" }
            @for bond in Bond::ALL {
                @let of_it: Vec<&Other> = links.others.iter().filter(|it| it.bond == bond).collect();
                @if !of_it.is_empty() { (group(bond, &of_it, number, shell)) }
            }
            @if !links.kin.is_empty() {
                ul.others { @for (how, number, subject) in &links.kin {
                    li { span.dim { (how) " " } a href={ "/tickets/" (number) } { (subject) } " " span.dim { "#" (number) } }
                } }
            }
            @if links.can_change { (add(links, number, shell)) }
        }
    }
}

fn group(bond: Bond, others: &[&Other], number: u64, shell: &Shell) -> Markup {
    html! {
        h3.link-kind { (capital(bond.words())) }
        ul.others { @for it in others { (line(it, number, shell)) } }
    }
}

fn line(it: &Other, number: u64, shell: &Shell) -> Markup {
    let (class, word) = &it.turn;
    let told_elsewhere = it.of != it.number;
    html! {
        li.link-line {
            span {
                (turn_mark(class, word)) " "
                a href={ "/tickets/" (it.number) } { (it.subject) } " " span.dim { "#" (it.number) }
                @if told_elsewhere { " " span.dim { "(was #" (it.of) ")" } }
                (merge(it, number, shell))
            }
            (post(&format!("/tickets/{}/links/removal", it.on), &shell.csrf, html! {
                input type="hidden" name="bond" value=(it.bond.as_str());
                input type="hidden" name="other" value=(it.of);
                button.tag-off aria-label={ "Take off: " (it.bond.words()) " #" (it.of) } { (icon(Icon::Cross)) }
            }))
        }
    }
}

/// Two that are the same are best told as one.
fn merge(it: &Other, number: u64, shell: &Shell) -> Markup {
    let (from, into) = match it.bond {
        Bond::Duplicates => (number, it.number),
        Bond::DuplicatedBy => (it.number, number),
        _ => return html! {},
    };
    html! {
        (post_with(&format!("/tickets/{from}/merge"), &shell.csrf, "link-merge", html! {
            button.link name="into" value=(into) { "Merge #" (from) " into #" (into) }
        }))
    }
}

fn add(links: &Links, number: u64, shell: &Shell) -> Markup {
    let there = links.others.len();
    let not_done = links.not_done.as_ref().map(|(_, it)| it);
    let bond = links.not_done.as_ref().map(|(bond, _)| bond.as_str());
    if there >= MOST_BONDS {
        return html! { p.dim { "This is as many links as a ticket can have." } };
    }
    html! {
        details.act-more open[not_done.is_some()] {
            summary.act data-key="link" data-act="Link to another ticket…" { (icon(Icon::Link)) "Link to another ticket" }
            (post_with(&format!("/tickets/{number}/links"), &shell.csrf, "stack", html! {
                select name="bond" aria-label="How it is linked" { (choices(&bonds(), bond.unwrap_or(Bond::RefersTo.as_str()))) }
                div.inline-form {
                    (offering(number, "linked-offers", html! {
                        input type="text" name="other" required maxlength="200" data-first placeholder="#1038, or words of it" aria-label="The other ticket: its number or words of it"
                            role="combobox" aria-expanded="false" aria-controls="linked-offers" aria-autocomplete="list" autocomplete="off"
                            value=[not_done.map(|it| &it.typed)] autofocus[not_done.is_some()] aria-invalid=[not_done.map(|_| "true")] aria-describedby=[not_done.map(|_| "link-why")];
                    }))
                    button.btn { "Link" }
                }
                (not_done::why(not_done, "link"))
            }))
        }
    }
}

/// Everything it may be to another.
pub(crate) fn bonds() -> Vec<Choice> {
    let choice = |bond: Bond| Choice::new(bond.as_str(), format!("It {} …", bond.words()));
    Bond::ALL.into_iter().map(choice).collect()
}

/// In the head of a ticket, while what is in its way is open.
pub fn blocked(others: &[Other]) -> Markup {
    let mut seen = Vec::new();
    let mut open = others
        .iter()
        .filter(|it| it.bond == Bond::BlockedBy && it.is_open);
    let first: Vec<&Other> = open
        .by_ref()
        .filter(|it| {
            !seen.contains(&it.number) && {
                seen.push(it.number);
                true
            }
        })
        .take(3)
        .collect();
    let more = open.count();
    html! {
        @if !first.is_empty() {
            p.blocked { (icon(Icon::Ban)) b { "Blocked by" }
                @for it in &first { " " a href={ "/tickets/" (it.number) } { "#" (it.number) " " (it.subject) } }
                @if more > 0 { " and " (more) " more" }
            }
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
