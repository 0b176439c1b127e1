//! The places of the desk with what waits in each. On a phone the same list is a bar at the bottom. It links only to
//! what exists.

use kept_app::views::MOST_COUNTED;
use maud::{Markup, html};

use super::{Section, Shell, Theme};
use crate::parts::{Face, Icon, avatar, icon, post};

struct Entry {
    section: Section,
    href: &'static str,
    words: &'static str,
    icon: Icon,
    count: u64,
    key: &'static str,
    hot: bool,
}

/// The sidebar of the signed-in pages.
pub fn sidebar(shell: &Shell) -> Markup {
    html! {
        nav.side aria-label="Places" {
            a.logo href="/now" aria-label="Kept, to Now" { (mark()) span { "Kept" } }
            ul.side-work { @for entry in work(shell) { (link(shell, &entry)) } }
            (views(shell))
            ul.side-rest { @for entry in rest(shell) { (link(shell, &entry)) } }
            button.side-more type="button" popovertarget="me-menu" { (icon(Icon::Menu)) span { "More" } }
            (me(shell))
        }
        (menu(shell))
    }
}

/// The mark of Kept: a small turn strip.
pub fn mark() -> Markup {
    html! {
        svg.mark width="24" height="8" viewBox="0 0 24 8" aria-hidden="true" {
            rect.s-desk width="10.5" height="8" rx="2.5" {}
            rect.s-client x="11.5" width="5.5" height="8" rx="1.5" {}
            rect.s-desk x="18" width="6" height="8" rx="2.5" {}
        }
    }
}

fn work(shell: &Shell) -> [Entry; 4] {
    let counts = &shell.counts;
    [
        entry(Section::Now, "/now", "Now", Icon::Now, "now", counts.now),
        entry(
            Section::Inbox,
            "/inbox",
            "Inbox",
            Icon::Inbox,
            "inbox",
            counts.inbox,
        ),
        Entry {
            hot: true,
            ..entry(
                Section::Unsorted,
                "/unsorted",
                "Unsorted",
                Icon::Unsorted,
                "unsorted",
                counts.unsorted,
            )
        },
        Entry {
            hot: true,
            ..entry(
                Section::Outbox,
                "/outbox",
                "Outbox",
                Icon::Outbox,
                "outbox",
                counts.outbox_failed,
            )
        },
    ]
}

fn rest(shell: &Shell) -> Vec<Entry> {
    let mut places = vec![
        entry(
            Section::Promises,
            "/promises",
            "Promises",
            Icon::Clock,
            "promises",
            0,
        ),
        entry(
            Section::Scorecards,
            "/scorecards",
            "Scorecards",
            Icon::Sheet,
            "scorecards",
            0,
        ),
        entry(
            Section::Dashboards,
            "/dashboards",
            "Dashboards",
            Icon::Chart,
            "dashboards",
            0,
        ),
        entry(
            Section::Clients,
            "/clients",
            "Clients",
            Icon::Building,
            "clients",
            0,
        ),
        entry(
            Section::People,
            "/people",
            "People",
            Icon::People,
            "people",
            0,
        ),
        entry(
            Section::Assets,
            "/inventory",
            "Assets",
            Icon::Monitor,
            "assets",
            0,
        ),
    ];
    if shell.me.may_change_settings {
        places.push(entry(
            Section::Settings,
            "/settings",
            "Settings",
            Icon::Settings,
            "settings",
            0,
        ));
    } else if shell.me.may_see_rules {
        places.push(entry(
            Section::Settings,
            "/settings/rules",
            "Rules",
            Icon::Settings,
            "settings",
            0,
        ));
    }
    places
}

fn entry(
    section: Section,
    href: &'static str,
    words: &'static str,
    icon: Icon,
    key: &'static str,
    count: u64,
) -> Entry {
    Entry {
        section,
        href,
        words,
        icon,
        count,
        key,
        hot: false,
    }
}

fn link(shell: &Shell, entry: &Entry) -> Markup {
    let here = shell.section == entry.section;
    html! {
        li {
            a href=(entry.href) data-key=(entry.key) aria-current=[here.then_some("page")] {
                (icon(entry.icon)) span { (entry.words) }
                @if entry.count > 0 { b.count.hot[entry.hot] { (entry.count) } }
            }
        }
    }
}

/// Saved views with their counts, and where one makes another.
fn views(shell: &Shell) -> Markup {
    html! {
        @if !shell.views.is_empty() {
            ul.side-views aria-label="Views" { @for it in &shell.views { li {
                a href={ "/views/" (it.id) } aria-current=[(shell.section == Section::View(it.id)).then_some("page")] {
                    (icon(if it.shared { Icon::People } else { Icon::Search })) span { (it.name) }
                    @if it.count >= MOST_COUNTED { b.count { (MOST_COUNTED - 1) "+" } } @else if it.count > 0 { b.count { (it.count) } }
                }
            } } }
        }
    }
}

fn me(shell: &Shell) -> Markup {
    html! {
        button.me type="button" popovertarget="me-menu" {
            (avatar(&Face::of(&shell.me.name)))
            span.me-words { b { (shell.me.name) } small { (shell.me.says) } }
        }
    }
}

fn menu(shell: &Shell) -> Markup {
    html! {
        div.menu id="me-menu" popover {
            (views(shell))
            ul.menu-places { @for entry in rest(shell) { (link(shell, &entry)) } }
            (themes(shell))
            a.menu-item href="/you" { (icon(Icon::People)) "You: password, undo" }
            button.menu-item type="button" popovertarget="keys-help" data-act="Show the keys" { (icon(Icon::Keyboard)) "Keyboard" kbd { "?" } }
            (post("/session/end", &shell.csrf, html! { button.menu-item { (icon(Icon::SignOut)) "Sign out" } }))
        }
    }
}

fn themes(shell: &Shell) -> Markup {
    let offered = [
        (Theme::System, Icon::Monitor, "System"),
        (Theme::Light, Icon::Sun, "Light"),
        (Theme::Dark, Icon::Moon, "Dark"),
    ];
    post(
        "/settings/theme",
        &shell.csrf,
        html! {
            input type="hidden" name="back" value=(shell.path);
            div.seg role="group" aria-label="Theme" {
                @for (theme, mark, words) in offered {
                    button name="theme" value=(theme.word()) data-act={ "Colours: " (words) } aria-pressed=((shell.theme == theme)) { (icon(mark)) (words) }
                }
            }
        },
    )
}
