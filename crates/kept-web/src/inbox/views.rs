//! The inbox page: tabs with counts, groups of rows, and what can be done with the ticked ones.

use maud::{Markup, html};

use super::row::{Group, groups};
use crate::layout::Shell;
use crate::parts::{Choice, Empty, Icon, Tab, choices, empty, icon, tabs};

/// What the inbox page shows. `older` is the address of the next page; `empty` is said when there are no rows.
#[derive(Debug, Clone)]
pub struct InboxPage {
    pub tabs: Vec<Tab>,
    pub groups: Vec<Group>,
    pub older: Option<String>,
    pub newest: Option<String>,
    pub agents: Vec<Choice>,
    pub empty: Empty,
}

/// The content of the inbox page.
pub fn inbox(page: &InboxPage, shell: &Shell) -> Markup {
    let nothing = page.groups.iter().all(|group| group.rows.is_empty());
    html! {
        h1.visually-hidden { "Inbox" }
        (tabs("Views of the inbox", &page.tabs))
        @if nothing { (empty(&page.empty)) } @else {
            row-selection {
                (groups(&page.groups, &shell.clock, true))
                (selection(&page.agents, shell))
            }
            (pages(page))
        }
    }
}

/// Shown by the stylesheet as soon as a row is ticked; the rows' boxes belong to this form by its id.
pub fn selection(agents: &[Choice], shell: &Shell) -> Markup {
    html! {
        form.selection id="selection" method="post" action="/tickets/selection" aria-label="With the selected tickets" {
            input type="hidden" name="csrf" value=(shell.csrf);
            input type="hidden" name="back" value=(shell.path);
            span.selection-count { "Selected" }
            label {
                span.visually-hidden { "Agent" }
                select name="responsible" { option value="" { "Assign to …" } (choices(agents, "")) }
            }
            button.btn name="act" value="assign" { "Assign" }
            button.btn name="act" value="resolve" { (icon(Icon::Check)) "Resolve" }
            button.btn name="act" value="close" { "Close" }
            button.btn name="act" value="merge" { (icon(Icon::Join)) "Merge" }
            button.btn name="act" value="spam" { (icon(Icon::Ban)) "Spam" }
        }
    }
}

fn pages(page: &InboxPage) -> Markup {
    html! {
        @if page.older.is_some() || page.newest.is_some() {
            nav.pages aria-label="Pages" {
                @if let Some(href) = &page.newest { a.btn href=(href) { "First page" } }
                @if let Some(href) = &page.older { a.btn href=(href) rel="next" { "Next page" } }
            }
        }
    }
}
