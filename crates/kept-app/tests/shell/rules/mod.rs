//! The desk's own rules: what they do, what they never do, and how they are made.

mod acting;
mod hooks;
mod letters;
mod making;
mod trying;

use kept_app::domain::ids::{RuleId, TicketId};
use kept_app::domain::rules::{Action, Occurrence, Rule};
use kept_app::domain::tickets::{Priority, Tag};
use kept_app::rules::{Draft, add};

use crate::support::World;

pub fn vip() -> Tag {
    Tag::parse("vip").expect("a tag")
}

pub fn high() -> Action {
    Action::Priority { to: Priority::High }
}

pub fn tagged() -> Action {
    Action::Tag { tags: vec![vip()] }
}

pub fn rule(name: &str, when: Occurrence, condition: &str, then: &[Action]) -> Rule {
    Rule {
        name: name.into(),
        on: true,
        when: vec![when],
        condition: condition.into(),
        then: then.to_vec(),
        stops: false,
    }
}

pub async fn made(world: &World, rule: Rule) -> RuleId {
    let draft = Draft { rule, secret: None };
    add(&world.desk, &world.ines, draft)
        .await
        .expect("the rule is taken")
}

/// What rules did to a ticket, a line each: `Rule “VIP”: Tagged it vip`.
pub async fn done_by_rules(world: &World, ticket: TicketId) -> Vec<String> {
    let happened = world.conversation(ticket).await.happened;
    let by_rules = happened.iter().filter(|line| line.by.starts_with("Rule"));
    by_rules
        .map(|line| format!("{}: {}", line.by, line.sentence))
        .collect()
}
