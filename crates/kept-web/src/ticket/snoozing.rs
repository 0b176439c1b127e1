//! Putting a ticket off: what the panel says of it, and the small forms that begin and end it.

use kept_app::domain::snoozes::{Until, Why};
use kept_app::store::snoozes::Snooze;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Clock, Icon, icon, post, post_with};

/// Until when, in words that follow “Snoozed”.
pub(crate) fn until(snooze: &Snooze, clock: &Clock) -> String {
    match (snooze.until, snooze.wakes) {
        (Until::Time(_), Some((at, Why::DueSoon))) => {
            format!("until {}, before something is due", clock.short(at))
        }
        (Until::Time(at), _) => format!("until {}", clock.short(at)),
        (until, Some((at, _))) => format!(
            "until {}, at the latest {}, before something is due",
            happens(until),
            clock.short(at)
        ),
        (until, None) => format!("until {}", happens(until)),
    }
}

fn happens(until: Until) -> &'static str {
    match until {
        Until::ClientWrites => "the client writes",
        Until::AnythingHappens | Until::Time(_) => "something happens",
    }
}

/// What a row says of it: until when it sleeps, or why it is back.
pub(crate) fn hint(snooze: &Snooze, clock: &Clock) -> String {
    match snooze.woken {
        Some((_, why)) => format!("back: {}", why.words()),
        None => match snooze.wakes {
            Some((at, _)) => format!("snoozed until {}", clock.short(at)),
            None => format!("snoozed {}", until(snooze, clock)),
        },
    }
}

/// The section of the panel. Nothing where a ticket can't be put off.
pub(super) fn section(snooze: Option<&Snooze>, can: bool, number: u64, shell: &Shell) -> Markup {
    let asleep = snooze.filter(|it| it.woken.is_none());
    let back = snooze.and_then(|it| it.woken);
    html! {
        @if can || asleep.is_some() {
            section.snoozing {
                h2.visually-hidden { "Snooze" }
                @if let Some(it) = asleep { (sleeps(it, number, shell)) }
                @if let Some((at, why)) = back {
                    p.says { (icon(Icon::Clock)) "Back since " (shell.clock.at(at)) ": " (why.words()) }
                }
                @if can { (choose(asleep.is_some(), number, shell)) }
            }
        }
    }
}

fn sleeps(snooze: &Snooze, number: u64, shell: &Shell) -> Markup {
    html! {
        p.waits { (icon(Icon::Moon)) "Snoozed for you " (until(snooze, &shell.clock)) }
        (post(&format!("/tickets/{number}/snooze/end"), &shell.csrf, html! {
            button.btn { (icon(Icon::Sun)) "Wake now" }
        }))
    }
}

fn choose(asleep: bool, number: u64, shell: &Shell) -> Markup {
    let to = format!("/tickets/{number}/snooze");
    let button =
        |value: &str, words: &str| html! { button.btn name="until" value=(value) { (words) } };
    html! {
        details.act-more {
            summary.act data-key="snooze" data-act="Snooze…" { (icon(Icon::Moon)) @if asleep { "Snooze until something else" } @else { "Snooze" } }
            p.says { "Out of your Now and Inbox until then. It is back earlier when the client writes or something of ours is due." }
            (post_with(&to, &shell.csrf, "hand-buttons", html! {
                button.btn name="until" value="hours" data-first { "In 2 hours" }
                (button("tomorrow", "Tomorrow 9:00")) (button("monday", "Monday 9:00"))
                (button("client", "Until the client writes")) (button("anything", "Until something happens"))
            }))
            (post_with(&to, &shell.csrf, "inline-form", html! {
                input type="hidden" name="until" value="at";
                input type="datetime-local" name="at" required aria-label="Day and time";
                button.btn { "Until then" }
            }))
        }
    }
}
