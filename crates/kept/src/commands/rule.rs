//! `kept rule`: the rules in their order, and a dry run of one.

use kept_app::config::Given;
use kept_app::domain::ids::RuleId;
use kept_app::rules::{self, Listed, Scope, Trial};
use serde::Serialize;

use super::{everybody, print, print_json, with_existing_desk};
use crate::command_line::RuleTask;
use crate::failure::Failure;

pub fn run(given: &Given, task: RuleTask) -> Result<(), Failure> {
    match task {
        RuleTask::List { json } => list(given, json),
        RuleTask::Try {
            number,
            tickets,
            days,
            json,
        } => dry_run(given, RuleId(number), Scope { tickets, days }, json),
    }
}

#[derive(Serialize)]
struct RuleLine {
    number: i64,
    name: String,
    enabled: bool,
    when: String,
    condition: Option<String>,
    then: String,
    stops: bool,
    fired_30_days: i64,
    last_fired: Option<jiff::Timestamp>,
    problems: Vec<String>,
}

impl RuleLine {
    fn of(listed: Listed) -> Self {
        let reading = listed.reading;
        Self {
            number: listed.id.0,
            name: listed.rule.name,
            enabled: listed.rule.on,
            when: reading.when,
            condition: reading.condition,
            then: reading.then,
            stops: reading.stops,
            fired_30_days: listed.times,
            last_fired: listed.last,
            problems: listed.problems,
        }
    }
}

impl std::fmt::Display for RuleLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let off = if self.enabled { "" } else { " (off)" };
        write!(f, "{}  {}{off}: when {}", self.number, self.name, self.when)?;
        if let Some(condition) = &self.condition {
            write!(f, ", if {condition}")?;
        }
        write!(
            f,
            ", {}; fired {} times in 30 days",
            self.then, self.fired_30_days
        )?;
        self.problems
            .iter()
            .try_for_each(|problem| write!(f, "\n   ! {problem}"))
    }
}

fn list(given: &Given, json: bool) -> Result<(), Failure> {
    with_existing_desk(given, async |desk| {
        let all = rules::list(&desk, &everybody()).await?;
        let lines: Vec<RuleLine> = all.into_iter().map(RuleLine::of).collect();
        if json {
            return print_json(&lines);
        }
        lines.iter().try_for_each(|line| print(&line.to_string()))
    })
}

fn dry_run(given: &Given, id: RuleId, scope: Scope, json: bool) -> Result<(), Failure> {
    with_existing_desk(given, async |desk| {
        let viewer = everybody();
        let rule = rules::one(&desk, &viewer, id).await?.listed.rule;
        let trial = rules::try_rule(&desk, &viewer, rule, Some(id), scope).await?;
        if json {
            return print_json(&trial);
        }
        print(&words(&trial))
    })
}

fn words(trial: &Trial) -> String {
    let mut lines = vec![format!(
        "It would have fired {} times on {} tickets.",
        trial.fired, trial.tickets
    )];
    for would in &trial.rows {
        let acts = match would.acts.is_empty() {
            true => "nothing to change".to_owned(),
            false => would.acts.join("; "),
        };
        lines.push(format!(
            "  {:.0}  #{} {}: {}, {acts}",
            would.at, would.ticket, would.subject, would.because
        ));
    }
    lines.join("\n")
}
