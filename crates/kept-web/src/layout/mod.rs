//! The frame around every page: head, sidebar, top bar, toasts and the help on keys. It shows what it is given and never
//! asks who is signed in.

pub mod bell;
mod front;
mod head;
pub mod keys;
mod sidebar;
mod topbar;

use kept_app::views::Counted;
use maud::{DOCTYPE, Markup, html};

pub use self::bell::Bell;
pub use self::front::front;
use crate::parts::{Clock, Flash, Icon, flash, icon};

/// Everything the frame shows around a page.
#[derive(Debug, Clone)]
pub struct Shell {
    pub title: String,
    pub section: Section,
    pub me: Me,
    pub counts: Counts,
    pub bell: Bell,
    pub theme: Theme,
    pub flash: Option<Flash>,
    /// The forgery token of this session, put into every form.
    pub csrf: String,
    /// Where the reader is, to come back to after changing the theme: path and query.
    pub path: String,
    pub clock: Clock,
    /// What stands in the search box.
    pub query: String,
    /// The live topic of this page: `inbox`, `ticket:1042`. When absent only the bell listens.
    pub live: Option<String>,
    /// The moment this page was made, by which the server knows what it missed since.
    pub mark: String,
    /// `2 of 31` and its neighbours, when the page is one of a list.
    pub place: Option<Place>,
    /// The saved views this reader sees.
    pub views: Vec<Counted>,
    /// What an admin should see to, whatever page they are on.
    pub notice: Option<Notice>,
}

/// Something that is wrong with the desk itself, and the page to mend it.
#[derive(Debug, Clone)]
pub struct Notice {
    pub says: String,
    pub href: &'static str,
}

/// The place of a page in the list it was opened from. Links are absent at either end.
#[derive(Debug, Clone)]
pub struct Place {
    pub says: String,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// The one who is signed in.
#[derive(Debug, Clone)]
pub struct Me {
    pub name: String,
    /// `admin`, `dispatcher`, or `on duty until 14:00`.
    pub says: String,
    pub may_change_settings: bool,
    pub may_see_rules: bool,
}

/// What the sidebar counts. Zero is shown as nothing.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    pub now: u64,
    pub inbox: u64,
    pub unsorted: u64,
    pub outbox_failed: u64,
}

/// The place in the sidebar a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Now,
    Inbox,
    Unsorted,
    Outbox,
    Promises,
    Scorecards,
    Dashboards,
    Clients,
    People,
    Assets,
    Settings,
    /// A saved view, by its number.
    View(i64),
    Elsewhere,
}

/// Light or dark, as the reader chose; `System` follows the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// The word used in the cookie and in `<html data-theme>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads a cookie or form value; anything unknown follows the device.
    pub fn read(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// A whole page for someone who is signed in.
pub fn page(shell: &Shell, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" data-theme=(shell.theme.word()) {
            (head::head(&shell.title, true))
            body.app {
                a.skip href="#main" { "Skip to the page" }
                (sidebar::sidebar(shell))
                div.stage {
                    (topbar::topbar(shell))
                    @if let Some(it) = &shell.notice { a.notice href=(it.href) { (icon(Icon::Warning)) span { (it.says) } } }
                    main id="main" tabindex="-1" { (content) }
                }
                (flash(shell.flash.as_ref(), &shell.csrf))
                (live(shell))
                (bell::pop_ups(shell))
                (keys::help())
                (palette(&shell.bell.topic))
            }
        }
    }
}

/// Without scripts this is an empty element: the page is then simply reloaded by hand.
fn live(shell: &Shell) -> Markup {
    let topic = shell.live.as_deref().unwrap_or_default();
    html! {
        live-page data-topic=(topic) data-bell=(shell.bell.topic) data-since=(shell.mark) {
            button.btn type="button" hidden { "New activity: show it" }
        }
    }
}

/// The palette is filled by its script: acts from the buttons of the page, so that nothing is named twice; places, tickets and
/// people it asks for, the places once for each reader.
fn palette(reader: &str) -> Markup {
    html! {
        command-palette data-from="/search/goals" data-reader=(reader) {
            dialog.palette id="palette" aria-label="Go to a place or do something" {
                input type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" autocomplete="off"
                    aria-label="A place, an action, a ticket, a client or a person" placeholder="Go to a place, a ticket or a person, or do something";
                ul id="palette-list" role="listbox" aria-label="Places and actions" {}
            }
        }
    }
}
