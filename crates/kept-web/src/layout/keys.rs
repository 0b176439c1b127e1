//! The keys, written down once. The help dialog is made of this table and the script reads its bindings from the dialog,
//! so the two cannot differ.

use maud::{Markup, html};

use crate::parts::{Icon, icon};

/// What a key does on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Presses the first visible element with this `data-key`.
    Press(&'static str),
    /// Moves the mark in a list by this many rows.
    Move(i8),
    /// Opens the marked row.
    Open,
    /// Ticks the marked row.
    Select,
    /// Marks the marked row as read.
    MarkRead,
    /// Shows a dialog or the palette by its id.
    Show(&'static str),
    /// Formats what is being written, by the button of this name. In the composer it goes before another act of its key.
    Format(&'static str),
}

/// One line of the help: the keys (one after the other when there is a space), what it does in words, and the act.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub keys: &'static str,
    pub says: &'static str,
    pub act: Act,
}

const fn key(keys: &'static str, says: &'static str, act: Act) -> Key {
    Key { keys, says, act }
}

/// Every key, by group, in the order the help shows them.
pub const KEYS: &[(&str, &[Key])] = &[
    (
        "Anywhere",
        &[
            key("?", "Show this help", Act::Show("keys-help")),
            key("Ctrl k", "Go anywhere, do anything", Act::Show("palette")),
            key("/", "Search", Act::Press("search")),
            key("c", "New ticket", Act::Press("new")),
            key(
                "l",
                "Log a call; on a ticket in its composer",
                Act::Press("call"),
            ),
            key("u", "Undo what was just done", Act::Press("undo")),
            key("Ctrl z", "The same", Act::Press("undo")),
        ],
    ),
    (
        "Go to",
        &[
            key("g n", "Now", Act::Press("now")),
            key("g i", "Inbox", Act::Press("inbox")),
            key("g u", "Unsorted", Act::Press("unsorted")),
            key("g o", "Outbox", Act::Press("outbox")),
            key("g m", "Promises", Act::Press("promises")),
            key("g r", "Scorecards", Act::Press("scorecards")),
            key("g d", "Dashboards", Act::Press("dashboards")),
            key("g c", "Clients", Act::Press("clients")),
            key("g p", "People", Act::Press("people")),
            key("g a", "Assets", Act::Press("assets")),
            key("g b", "Notices, by the bell", Act::Press("notices")),
            key("g s", "Settings", Act::Press("settings")),
        ],
    ),
    (
        "In a list",
        &[
            key("j", "Next row", Act::Move(1)),
            key("k", "Previous row", Act::Move(-1)),
            key("Enter", "Open the row", Act::Open),
            key("x", "Select the row", Act::Select),
            key("m", "Mark the notice as read", Act::MarkRead),
        ],
    ),
    (
        "On a ticket",
        &[
            key("r", "Reply", Act::Press("reply")),
            key("n", "Note for the desk", Act::Press("note")),
            key("f", "Forward to somebody else", Act::Press("forward")),
            key("a", "Assign", Act::Press("assign")),
            key("w", "Wait for a third party", Act::Press("wait")),
            key("s", "Add steps to the checklist", Act::Press("step")),
            key("b", "Link it to another ticket", Act::Press("link")),
            key("o", "Watch it, or stop", Act::Press("watch")),
            key("h", "Log time on it", Act::Press("time")),
            key("z", "Snooze", Act::Press("snooze")),
            key(
                "t",
                "Take it, or what is offered to you",
                Act::Press("accept"),
            ),
            key("d", "Decline what is offered to you", Act::Press("decline")),
            key("p", "Promise something", Act::Press("new-promise")),
            key(
                "y",
                "Keep as a promise what reads like one",
                Act::Press("promise"),
            ),
            key("e", "Resolve", Act::Press("resolve")),
            key("[", "Previous ticket of the list", Act::Press("previous")),
            key("]", "Next ticket of the list", Act::Press("next")),
            key(
                "q",
                "Quote what is selected, or the last message",
                Act::Press("quote"),
            ),
        ],
    ),
    (
        "While you write",
        &[
            key("Ctrl Enter", "Send what you wrote", Act::Press("send")),
            key("Ctrl b", "Bold", Act::Format("md-bold")),
            key("Ctrl i", "Italic", Act::Format("md-italic")),
            key(
                "Ctrl k",
                "Make what is selected a link",
                Act::Format("md-link"),
            ),
        ],
    ),
];

/// The keys that press what is called so.
pub fn of(name: &str) -> Option<&'static str> {
    let mut all = KEYS.iter().flat_map(|(_, keys)| *keys);
    let key = all.find(|key| matches!(key.act, Act::Press(pressed) if pressed == name));
    key.map(|key| key.keys)
}

/// The help dialog, with the bindings for the script in its data attributes.
pub fn help() -> Markup {
    html! {
        key-map {
            div.keys id="keys-help" popover role="dialog" aria-label="Keyboard" {
                header { h2 { "Keyboard" } button.quiet type="button" popovertarget="keys-help" aria-label="Close" { (icon(Icon::Cross)) } }
                div.keys-groups { @for (group, keys) in KEYS { (section(group, keys)) } }
            }
        }
    }
}

fn section(group: &str, keys: &[Key]) -> Markup {
    html! {
        section {
            h3 { (group) }
            ul { @for key in keys { (line(key)) } }
        }
    }
}

/// Few nodes each: the help is on every page.
fn line(key: &Key) -> Markup {
    let (act, to) = data(key.act);
    html! {
        li data-keys=(key.keys) data-act=(act) data-to=(to) {
            (key.says) @for part in key.keys.split(' ') { kbd { (part) } }
        }
    }
}

fn data(act: Act) -> (&'static str, String) {
    match act {
        Act::Press(name) => ("press", name.to_owned()),
        Act::Move(by) => ("move", by.to_string()),
        Act::Open => ("open", String::new()),
        Act::Select => ("select", String::new()),
        Act::MarkRead => ("mark-read", String::new()),
        Act::Show(id) => ("show", id.to_owned()),
        Act::Format(button) => ("format", button.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_has_two_meanings() {
        let mut seen = HashSet::new();
        for key in KEYS.iter().flat_map(|(_, keys)| *keys) {
            let formats = matches!(key.act, Act::Format(_));
            let is_new = seen.insert((key.keys, formats));
            assert!(is_new, "{} is bound twice", key.keys);
        }
    }

    #[test]
    fn the_help_carries_every_binding() {
        let help = help().into_string();
        for key in KEYS.iter().flat_map(|(_, keys)| *keys) {
            assert!(
                help.contains(&format!("data-keys=\"{}\"", key.keys)),
                "{}",
                key.keys
            );
            assert!(help.contains(key.says), "{}", key.says);
        }
    }
}
