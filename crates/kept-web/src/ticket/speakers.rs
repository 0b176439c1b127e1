//! Who speaks on a ticket, as shown: whose words a message brings, who takes part, and the one-click answers about
//! both.

use maud::{Markup, html};

use super::watching::{self, Watching};
use crate::layout::Shell;
use crate::parts::{Face, Icon, avatar, icon, post, post_with};

/// Somebody who takes part beside the requester.
#[derive(Debug, Clone)]
pub struct Participant {
    pub id: u64,
    pub name: String,
    pub address: String,
    /// Their client, when it is another than the ticket's.
    pub other_client: Option<String>,
}

/// A forwarded mail that may be somebody else's ticket.
#[derive(Debug, Clone)]
pub struct Question {
    pub ticket: u64,
    pub message: u64,
    pub writer: String,
    pub sent_by: String,
}

/// Who takes part and who watches, with the means to add and take out.
pub fn participants(
    people: &[Participant],
    watching: &Watching,
    number: u64,
    shell: &Shell,
) -> Markup {
    html! {
        section.participants {
            h2 { "Also in the conversation" }
            ul { @for one in people { (participant(one, number, shell)) } }
            details.act-more {
                summary.act data-act="Add somebody to the conversation…" { (icon(Icon::Plus)) "Add somebody" }
                (post_with(&format!("/tickets/{number}/participants"), &shell.csrf, "inline-form", html! {
                    input type="text" name="who" required placeholder="Kim Lee <kim@example.com>" aria-label="Name and address";
                    button.btn { "Add" }
                }))
            }
            (watching::block(watching, number, shell))
        }
    }
}

fn participant(one: &Participant, number: u64, shell: &Shell) -> Markup {
    let removal = format!("/tickets/{number}/participants/{}/removal", one.id);
    html! {
        li {
            a.card-person href={ "/people/" (one.id) } {
                (avatar(&Face::of(&one.name)))
                span.who {
                    b { (one.name) } small { (one.address) }
                    @if let Some(client) = &one.other_client { small.is-other { (icon(Icon::Warning)) "of " (client) } }
                }
            }
            (post(&removal, &shell.csrf, html! {
                button.link aria-label={ "Take " (one.name) " out" } title="Take them out of the conversation" { "Take out" }
            }))
        }
    }
}

/// The form to say that the ticket is somebody else's.
pub fn wrong_person(number: u64, shell: &Shell) -> Markup {
    html! {
        details.act-more {
            summary.act data-act="Change the requester…" { (icon(Icon::People)) "Somebody else’s ticket" }
            (post_with(&format!("/tickets/{number}/requester"), &shell.csrf, "inline-form", html! {
                input type="text" name="who" required placeholder="Name, or address" aria-label="Whose ticket it is";
                button.btn { "Change" }
            }))
        }
    }
}

/// Whose ticket is it? Asked at the message that passes another on.
pub fn question(asked: &Question, shell: &Shell) -> Markup {
    html! {
        div.whose {
            p { (asked.sent_by) " passed this on. Is it " b { (asked.writer) } "’s ticket?" }
            (answer(asked, shell, "yes", html! { button.btn.btn-1 { "Make it " (asked.writer) "’s ticket" } }))
            (answer(asked, shell, "no", html! { button.btn { "Leave it" } }))
        }
    }
}

/// The same for the ticket's menu, where nobody asks.
pub fn offer(asked: &Question, shell: &Shell) -> Markup {
    answer(
        asked,
        shell,
        "yes",
        html! { button.act { (icon(Icon::People)) "This was written by " (asked.writer) } },
    )
}

fn answer(asked: &Question, shell: &Shell, says: &str, button: Markup) -> Markup {
    post(
        &format!("/tickets/{}/writer", asked.ticket),
        &shell.csrf,
        html! {
            input type="hidden" name="message" value=(asked.message);
            input type="hidden" name="writer" value=(says);
            (button)
        },
    )
}
