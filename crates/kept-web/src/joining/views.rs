//! The page that finds the other card, and the one that says what comes together before anything happens.

use kept_app::people::{Preview, Side};
use maud::{Markup, html};

use crate::layout::Shell;
use crate::numbers::count;
use crate::parts::{Icon, icon, post};

/// A card one can choose.
pub(super) struct Choice {
    pub number: i64,
    pub name: String,
    /// Address, client, domains: what tells it from others.
    pub beside: String,
}

/// Which card is merged, with its page, and what is looked for.
pub(super) struct Finding {
    /// `/people/7`
    pub here: String,
    pub name: String,
    pub typed: String,
    pub found: Vec<Choice>,
}

pub(super) fn find(page: &Finding) -> Markup {
    let action = format!("{}/merge", page.here);
    html! {
        div.sheet-page {
            header.page-head { p.crumbs { a href=(page.here) { (page.name) } } h1 { "Merge with…" } }
            p.says { "Find the other card of " (page.name) ". You see what comes together before anything happens, and it can be undone." }
            form.filter.join-find action=(action) {
                input type="search" name="q" value=(page.typed) placeholder="Name, address or domain" aria-label="Find the other card" autofocus;
                button.btn { (icon(Icon::Search)) "Find" }
            }
            @if page.found.is_empty() { p.says { @if page.typed.is_empty() { "Nothing looks like it. Type a name." } @else { "Nothing is called “" (page.typed) "”." } } }
            @else { ul.plain-list.join-found { @for it in &page.found { li {
                a href={ (action) "?with=" (it.number) } { (it.name) }
                @if !it.beside.is_empty() { span.mut { " · " (it.beside) } }
            } } } }
        }
    }
}

/// What comes together. `here` is the page of the card that stays.
pub(super) fn preview(it: &Preview, here: &str, there: &str, shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head { p.crumbs { a href=(here) { (it.stays.name) } } h1 { "Merge two cards" } }
            div.join-sides { (side(&it.stays, "Stays", here)) (side(&it.goes, "Is told as the other", there)) }
            (differences(it))
            (agreements(it))
            p.says { "Nothing is rewritten: when you undo it, each card has its own again, also what came meanwhile." }
            div.form-foot {
                (post(&format!("{here}/merges"), &shell.csrf, html! {
                    input type="hidden" name="with" value=(it.goes.card.number());
                    button.btn.btn-1 data-key="send" { "Merge " (it.goes.name) " into " (it.stays.name) }
                }))
                a.btn href={ (there) "/merge?with=" (it.stays.card.number()) } { "Let the other stay" }
                a.btn.quiet href=(here) { "Leave it" }
            }
        }
    }
}

fn side(it: &Side, says: &str, page: &str) -> Markup {
    let tickets = count(it.tickets.open) + count(it.tickets.ended);
    html! {
        section.glance {
            h2 { (says) }
            p { b { a href=(page) { (it.name) } } @if !it.client.is_empty() { " · " (it.client) } }
            @for reach in &it.reached { span.line { (reach) } }
            p.says { (many(tickets, "ticket")) ", " (count(it.tickets.open)) " open"
                @if it.people > 0 { " · " (people(count(it.people))) }
                @if it.assets > 0 { " · " (many(u64::try_from(it.assets).unwrap_or(0), "asset")) } }
        }
    }
}

fn many(number: u64, word: &str) -> String {
    match number {
        0 => format!("No {word}s"),
        1 => format!("1 {word}"),
        more => format!("{more} {word}s"),
    }
}

fn people(number: u64) -> String {
    match number {
        1 => "1 person".to_owned(),
        more => format!("{more} people"),
    }
}

fn differences(it: &Preview) -> Markup {
    html! {
        @if !it.differs.is_empty() {
            table.join-differs {
                caption { "What they say differently" }
                thead { tr { th { "What" } th { "Stays" } th { "Is not shown meanwhile" } } }
                tbody { @for (field, stays, goes) in &it.differs { tr {
                    th scope="row" { (capital(field.words())) }
                    td { @if stays.is_empty() { span.dim { "nothing" } } @else { (short(stays)) } }
                    td { (short(goes)) }
                } } }
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Letters of notes that are shown beside each other.
const MOST_LETTERS: usize = 160;

fn short(text: &str) -> String {
    match text.char_indices().nth(MOST_LETTERS) {
        Some((at, _)) => format!("{} …", &text[..at]),
        None => text.to_owned(),
    }
}

fn agreements(it: &Preview) -> Markup {
    let stays = it.stays.agreement.as_deref();
    let goes = it.goes.agreement.as_deref();
    html! {
        @match (stays, goes) {
            (Some(stays), Some(goes)) => p.warning { (icon(Icon::Warning)) span { "Both have an agreement. New tickets are under “" (stays) "”; clocks and promises of tickets there already keep to “" (goes) "”." } },
            (None, Some(goes)) => p.warning { (icon(Icon::Warning)) span { "Only the card that goes has an agreement, “" (goes) "”. Its tickets keep to it; new ones are not under it. Let the other stay, if they should be." } },
            (Some(stays), None) => p.says { "New tickets of both are under the agreement “" (stays) "”." },
            (None, None) => {},
        }
    }
}
