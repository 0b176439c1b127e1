//! People who work at the desk and what they may do.

use maud::{Markup, html};

use super::frame::framed;
use crate::layout::Shell;
use crate::parts::{Choice, Face, Field, avatar, choices, post_with, select_field, text_field};

/// The agents and the form for a new one.
#[derive(Debug, Clone)]
pub struct TeamPage {
    pub agents: Vec<Agent>,
    pub roles: Vec<Choice>,
    pub name: Field,
    pub address: Field,
    pub password: Field,
    pub role: Field,
    /// A sign-in link that was just made: whose, and the link. It is shown once.
    pub link: Option<(String, String)>,
}

/// One agent. `mine` is the reader, who cannot take away their own role.
#[derive(Debug, Clone)]
pub struct Agent {
    pub id: u64,
    pub name: String,
    pub address: String,
    pub role: String,
    pub mine: bool,
    pub active: bool,
}

/// The content of the page of people and roles.
pub fn team(page: &TeamPage, shell: &Shell) -> Markup {
    let content = html! {
        @if let Some((name, link)) = &page.link { (sign_in_link(name, link)) }
        table.list {
            thead { tr { th { "Agent" } th { "Address" } th { "Role" } th { span.visually-hidden { "Acts" } } } }
            tbody { @for agent in &page.agents { (line(agent, page, shell)) } }
        }
        section.block { h2 { "Someone new" } (new(page, shell)) }
    };
    framed(
        "/settings/people",
        "People and roles",
        "Agents work on tickets; dispatchers also hold what nobody else does; admins also change settings.",
        content,
    )
}

fn line(agent: &Agent, page: &TeamPage, shell: &Shell) -> Markup {
    html! {
        tr.is-off[!agent.active] {
            td.with-face { (avatar(&Face::of(&agent.name))) span { (agent.name) } @if agent.mine { span.badge { "you" } } @if !agent.active { span.badge { "has left" } } }
            td.mut { (agent.address) }
            td { @if agent.mine || !agent.active { (role_words(agent, page)) } @else { (role(agent, page, shell)) } }
            td.num { @if agent.active { (acts(agent, shell)) } }
        }
    }
}

/// The link goes into the page and nowhere else, so the answer is loaded as a plain page.
fn acts(agent: &Agent, shell: &Shell) -> Markup {
    let at = |noun: &str| format!("/settings/people/{}/{noun}", agent.id);
    html! {
        div.line-acts {
            form method="post" action=(at("link")) data-turbo="false" {
                input type="hidden" name="csrf" value=(shell.csrf);
                button.link aria-label={ "Make a sign-in link for " (agent.name) } { "Sign-in link" }
            }
            @if !agent.mine {
                details.leave {
                    summary aria-label={ (agent.name) " leaves" } { "Leaves" }
                    (post_with(&at("departure"), &shell.csrf, "stack", html! {
                        p { "Signs them out everywhere and gives their tickets to the dispatchers of their queues. What they wrote stays." }
                        button.btn { (agent.name) " no longer works here" }
                    }))
                }
            }
        }
    }
}

fn sign_in_link(name: &str, link: &str) -> Markup {
    html! {
        section.block.made-link role="status" {
            h2 { "A sign-in link for " (name) }
            p { "It works once, within a day. Give it to them in a way only they can read; it is not shown again." }
            input type="text" readonly value=(link) aria-label="The sign-in link";
        }
    }
}

fn role_words<'a>(agent: &Agent, page: &'a TeamPage) -> &'a str {
    page.roles
        .iter()
        .find(|role| role.value == agent.role)
        .map_or("", |role| &role.words)
}

fn role(agent: &Agent, page: &TeamPage, shell: &Shell) -> Markup {
    post_with(
        &format!("/settings/people/{}", agent.id),
        &shell.csrf,
        "pick-inline",
        html! { send-on-change { select name="role" aria-label={ "Role of " (agent.name) } { (choices(&page.roles, &agent.role)) } button.btn { "Set" } } },
    )
}

fn new(page: &TeamPage, shell: &Shell) -> Markup {
    post_with(
        "/settings/people",
        &shell.csrf,
        "form",
        html! {
            div.field-row { (text_field(&page.name)) (text_field(&page.address)) }
            div.field-row { (text_field(&page.password)) (select_field(&page.role, &page.roles)) }
            div.form-foot { button.btn.btn-1 { "Add" } }
        },
    )
}
