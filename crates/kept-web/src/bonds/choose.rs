//! The page to choose the other ticket of a link, when words and no number were written.

use kept_app::domain::tickets::Bond;
use maud::{Markup, html};

use super::naming::offering;
use super::views::bonds;
use crate::layout::Shell;
use crate::parts::{choices, post_with};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ChoosePage {
    pub number: u64,
    pub subject: String,
    pub bond: Bond,
    pub words: String,
    /// What may be meant: number, subject, and whose it is.
    pub found: Vec<(u64, String, Option<String>)>,
}

/// The content of the page.
pub fn choose(page: &ChoosePage, shell: &Shell) -> Markup {
    let here = format!("/tickets/{}", page.number);
    html! {
        div.sheet-page {
            header.page-head {
                h1 { "Link #" (page.number) " to another ticket" }
                p.says { a href=(here) { (page.subject) } }
            }
            form.choose-ticket method="get" action={ (here) "/links/new" } {
                select name="bond" aria-label="How it is linked" { (choices(&bonds(), page.bond.as_str())) }
                (offering(page.number, "chosen-offers", html! {
                    input type="search" name="q" value=(page.words) maxlength="200" placeholder="#1038, or words of it" aria-label="Words of the other ticket" autofocus
                        role="combobox" aria-expanded="false" aria-controls="chosen-offers" aria-autocomplete="list" autocomplete="off";
                }))
                button.btn { "Look" }
            }
            @if page.found.is_empty() {
                p.dim { @if page.words.is_empty() { "Write a number, or words of the other ticket." } @else { "No ticket found for “" (page.words) "”. Try other words, or its number." } }
            } @else {
                (post_with(&format!("{here}/links"), &shell.csrf, "stack", html! {
                    input type="hidden" name="bond" value=(page.bond.as_str());
                    p { "#" (page.number) " " (page.bond.words()) " …" }
                    ul.found-tickets { @for (number, subject, whose) in &page.found {
                        li {
                            span { a href={ "/tickets/" (number) } { (subject) } " " span.dim { "#" (number) @if let Some(whose) = whose { " · " (whose) } } }
                            button.btn name="other" value={ "#" (number) } aria-label={ "Link to #" (number) } { "Link" }
                        }
                    } }
                }))
            }
        }
    }
}
