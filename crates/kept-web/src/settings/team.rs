//! People who work at the desk and what they may do.

use jiff::Timestamp;
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
}

/// One agent. `mine` is the reader, who cannot take away their own role.
#[derive(Debug, Clone)]
pub struct Agent {
    pub id: u64,
    pub name: String,
    pub address: String,
    pub role: String,
    pub last_seen: Option<Timestamp>,
    pub mine: bool,
    pub active: bool,
}

/// The content of the page of people and roles.
pub fn team(page: &TeamPage, shell: &Shell) -> Markup {
    let content = html! {
        table.list {
            thead { tr { th { "Agent" } th { "Address" } th { "Role" } th.num { "Last seen" } } }
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
            td { @if agent.mine { (role_words(agent, page)) } @else { (role(agent, page, shell)) } }
            td.num.dim { @if let Some(at) = agent.last_seen { (shell.clock.ago(at)) } @else { "never" } }
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
