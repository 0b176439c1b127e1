//! The home page of an agent: what needs me, most pressing first, then what waits on others, folded.

use jiff::Timestamp;
use kept_app::checklists::Task;
use kept_app::store::unsent::Listed as Draft;
use maud::{Markup, html};

use crate::checklists::tasks;
use crate::drafts::views::list as drafts;
use crate::inbox::row::{Group, TicketRow, groups, row, rows};
use crate::layout::Shell;
use crate::parts::{Empty, Icon, empty, icon};
use crate::ticket::handing::answers;

/// What Now shows. `waiting` is folded under the rest.
#[derive(Debug, Clone)]
pub struct NowPage {
    /// `Good morning, Ines`.
    pub greeting: String,
    /// `3 tickets wait for you`.
    pub says: String,
    /// What the reader is asked to take, the soonest due first.
    pub offered: Vec<Offer>,
    /// What the reader holds and asks others to take.
    pub asked: Group,
    /// Steps of tickets that are the reader’s to do, by their day.
    pub tasks: Vec<Task>,
    pub groups: Vec<Group>,
    pub waiting: Group,
    /// What the reader began to write and did not send.
    pub drafts: Vec<Draft>,
    /// Where the rest is, when there is more than fits here.
    pub more: Option<String>,
    /// Mail that did not go out and mail nobody has looked at: (words, address).
    pub troubles: Vec<(String, String)>,
    /// How many notices were not read yet, in words.
    pub notices: Option<String>,
    pub on_duty: Vec<Duty>,
}

/// A ticket somebody asks the reader to take.
#[derive(Debug, Clone)]
pub struct Offer {
    pub row: TicketRow,
    pub by: String,
    pub note: Option<String>,
    pub due: Timestamp,
}

/// Who gets the next ticket of a queue; `on_duty` when the rota says so.
#[derive(Debug, Clone)]
pub struct Duty {
    pub queue: String,
    pub agent: String,
    pub on_duty: bool,
}

/// The content of Now.
pub fn now(page: &NowPage, shell: &Shell) -> Markup {
    let nothing = page.groups.iter().all(|group| group.rows.is_empty());
    html! {
        header.page-head.now-head {
            div { h1 { (page.greeting) } p.says { (page.says) @if let Some(words) = &page.notices { " " a href="/notifications" { (words) } } } }
            (duties(page))
        }
        @for (words, href) in &page.troubles { (trouble(words, href)) }
        @if !page.offered.is_empty() { (offered(&page.offered, shell)) }
        (tasks::section(&page.tasks, shell))
        @if nothing && page.offered.is_empty() && page.tasks.is_empty() { (all_done()) } @else { (groups(&page.groups, &shell.clock, false)) }
        (folded(&page.asked, shell))
        (folded(&page.waiting, shell))
        (drafts(&page.drafts, shell))
        p.says.now-foot { "Going on holiday, or home? " a href="/handover" { "Hand over what you hold" } ", or " a href="/rota" { "a duty of yours" } "." }
        @if let Some(href) = &page.more { nav.pages aria-label="Pages" { a.btn href=(href) { "All that is mine" } } }
    }
}

fn duties(page: &NowPage) -> Markup {
    html! {
        @if !page.on_duty.is_empty() {
            ul.duties aria-label="Who gets new tickets" {
                @for duty in &page.on_duty {
                    li { span.dim { (duty.queue) } " " b { (duty.agent) } span.dim { @if duty.on_duty { " on duty" } @else { " is next" } } }
                }
            }
        }
    }
}

fn trouble(words: &str, href: &str) -> Markup {
    html! { a.trouble href=(href) { (icon(Icon::Warning)) span { (words) } (icon(Icon::Chevron)) } }
}

fn all_done() -> Markup {
    empty(&Empty {
        icon: Icon::Check,
        title: "Nothing needs you".to_owned(),
        says: "Whatever comes next appears here by itself: tickets that are yours and whose turn is ours, the longest waiting first.".to_owned(),
        step: Some(("/inbox".to_owned(), "Look at the inbox".to_owned())),
    })
}

fn offered(offers: &[Offer], shell: &Shell) -> Markup {
    html! {
        section.group {
            h2.group-title { "Offered to you" " " span.count { (offers.len()) } }
            ul.offers { @for offer in offers { li {
                ul.rows { (row(&offer.row, &shell.clock, false)) }
                div.offer-line {
                    p { b { (offer.by) } " asks you to take it" @if let Some(note) = &offer.note { ": " (note) }
                        span.dim { " until " (shell.clock.at(offer.due)) } }
                    (answers(offer.row.number, false, shell))
                }
            } } }
        }
    }
}

fn folded(group: &Group, shell: &Shell) -> Markup {
    html! {
        @if !group.rows.is_empty() {
            details.fold-group {
                summary { (icon(Icon::Chevron)) (group.title) " " span.count { (group.rows.len()) } }
                (rows(&group.rows, &shell.clock, false))
            }
        }
    }
}
