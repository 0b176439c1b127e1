//! The page of a view: its name, its tickets under their headings, and what can be done with them.

use kept_app::domain::views::Column;
use kept_app::reading::Listed;
use kept_app::views::{MOST_COUNTED, Shown};
use maud::{Markup, html};

use super::rows::Columns;
use super::{groups, rows};
use crate::inbox::views::selection;
use crate::layout::Shell;
use crate::parts::{Choice, Clock, Empty, Icon, empty, icon};
use crate::respond::encoded;

/// What the page shows.
pub struct ViewPage {
    pub shown: Shown,
    /// From 0 on.
    pub page: usize,
    pub more: bool,
    pub agents: Vec<Choice>,
    pub may_change: bool,
}

pub fn view(page: &ViewPage, shell: &Shell) -> Markup {
    let wish = &page.shown.view.wish;
    let search = encoded(&wish.search);
    let id = page.shown.view.id;
    html! {
        header.page-head.with-acts {
            div { h1 { (wish.name) }
                p.says { a href={ "/search?q=" (search) } { code { (wish.search) } } " · " (many(page.shown.count)) @if wish.shared { " · everybody’s" } } }
            div.page-acts {
                a.btn.quiet href={ "/bulk?q=" (search) } { "Act on all" }
                a.btn.quiet href={ "/views/new?from=" (id) } { "Duplicate" }
                @if page.may_change { a.btn.quiet href={ "/views/" (id) "/edit" } data-key="edit" { (icon(Icon::Pencil)) "Change" } }
            }
        }
        @if page.shown.listed.is_empty() { (nothing(page)) } @else {
            row-selection {
                (groups_of(page, &shell.clock))
                (selection(&page.agents, shell))
            }
        }
        (pages(page))
    }
}

fn many(count: usize) -> String {
    match count {
        1 => "1 ticket".to_owned(),
        MOST_COUNTED.. => format!("{}+ tickets", MOST_COUNTED - 1),
        few => format!("{few} tickets"),
    }
}

fn groups_of(page: &ViewPage, clock: &Clock) -> Markup {
    let wish = &page.shown.view.wish;
    let columns = Columns {
        chosen: columns(&wish.columns),
        fields: &page.shown.fields,
        held: &page.shown.held,
    };
    let grouping = wish.arranged.grouping;
    let heading = |listed: &Listed| groups::heading(grouping, listed, clock);
    let together = |one: &Listed, other: &Listed| heading(one) == heading(other);
    html! {
        @for group in page.shown.listed.chunk_by(together) {
            @let title = heading(&group[0]);
            section.group {
                @if !title.is_empty() { h2.group-title { (title) " " span.count { (group.len()) } } }
                ul.rows { @for listed in group { (rows::arranged(listed, &columns, clock)) } }
            }
        }
    }
}

/// Where nobody chose any, whose turn it is says most.
fn columns(chosen: &[Column]) -> Vec<Column> {
    match chosen {
        [] => vec![Column::Turn],
        chosen => chosen.to_vec(),
    }
}

fn nothing(page: &ViewPage) -> Markup {
    let says = "This view finds no tickets now. They appear here by themselves as soon as the search holds for one.";
    let step = (
        "Change the view".to_owned(),
        format!("/views/{}/edit", page.shown.view.id),
    );
    empty(&Empty {
        icon: Icon::Search,
        title: "Nothing here".to_owned(),
        says: says.to_owned(),
        step: page.may_change.then_some((step.1, step.0)),
    })
}

fn pages(page: &ViewPage) -> Markup {
    let id = page.shown.view.id;
    html! {
        @if page.page > 0 || page.more {
            nav.pages aria-label="Pages" {
                @if page.page > 0 { a.btn href={ "/views/" (id) "?page=" (page.page - 1) } rel="prev" { "Previous page" } }
                @if page.more { a.btn href={ "/views/" (id) "?page=" (page.page + 1) } rel="next" { "Next page" } }
            }
        }
    }
}
