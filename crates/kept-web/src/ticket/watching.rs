//! Who of the desk watches a ticket, beside its conversation: the button for oneself, and whom else to ask.

use kept_app::domain::ids::PersonId;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::numbers::count;
use crate::parts::{Choice, Face, Icon, avatar, choices, icon, post, post_with};

/// Who watches.
#[derive(Debug, Clone, Default)]
pub struct Watching {
    /// The reader's number, and whether they do.
    pub me: u64,
    pub by_me: bool,
    /// The others: number and name.
    pub others: Vec<(u64, String)>,
    /// Colleagues who may be asked.
    pub may_be_asked: Vec<Choice>,
}

/// Made of who watches, number and name; `agents` are all who work here.
pub(super) fn of(all: Vec<(PersonId, String)>, me: PersonId, agents: &[Choice]) -> Watching {
    let watches = |value: &str| {
        let mut all = all.iter();
        all.any(|(person, _)| person.to_string() == value)
    };
    let may_be_asked = agents
        .iter()
        .filter(|it| it.value != me.to_string() && !watches(&it.value))
        .cloned()
        .collect();
    Watching {
        me: count(me.0),
        by_me: all.iter().any(|(person, _)| *person == me),
        may_be_asked,
        others: all
            .into_iter()
            .filter(|(person, _)| *person != me)
            .map(|(person, name)| (count(person.0), name))
            .collect(),
    }
}

/// At the end of who takes part in ticket `number`.
pub fn block(watching: &Watching, number: u64, shell: &Shell) -> Markup {
    let here = format!("/tickets/{number}/watchers");
    html! {
        @if !watching.others.is_empty() {
            h3.watchers { "Watched by" }
            ul { @for one in &watching.others { (other(one, &here, shell)) } }
        }
        (mine(watching, &here, shell))
        @if !watching.may_be_asked.is_empty() {
            details.act-more {
                summary.act data-act="Ask a colleague to watch…" { (icon(Icon::People)) "Ask a colleague to watch" }
                (post_with(&here, &shell.csrf, "inline-form", html! {
                    select name="person" aria-label="Who is to watch" { (choices(&watching.may_be_asked, "")) }
                    button.btn { "Ask" }
                }))
            }
        }
    }
}

fn other((id, name): &(u64, String), here: &str, shell: &Shell) -> Markup {
    html! {
        li {
            span.card-person { (avatar(&Face::of(name))) span.who { b { (name) } } }
            (post(&format!("{here}/{id}/removal"), &shell.csrf, html! {
                button.link aria-label={ "Take " (name) " off the watchers" } title="They are told no more" { "Take off" }
            }))
        }
    }
}

fn mine(watching: &Watching, here: &str, shell: &Shell) -> Markup {
    let (action, words) = match watching.by_me {
        true => (format!("{here}/{}/removal", watching.me), "Stop watching"),
        false => (here.to_owned(), "Watch this ticket"),
    };
    post(
        &action,
        &shell.csrf,
        html! { button.act data-key="watch" title="Be told what is said here and how it ends" { (icon(Icon::Eye)) (words) } },
    )
}
