//! The fields of a recurring ticket, and what was written into them.

use jiff::civil::{Date, Time};
use kept_app::Error;
use kept_app::domain::agreements::Every;
use kept_app::domain::ids::{ClientId, QueueId, TemplateId};
use kept_app::domain::recurring::Recurrence;

use crate::forms::Fields;
use crate::parts::Choice;

/// The rules with a name that is the same whatever the first day is.
const NAMED: [(&str, &str); 2] = [
    ("FREQ=DAILY", "Every day"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Monday to Friday"),
];

/// The choice for a rule without a name.
pub(super) const BY_RULE: &str = "rule";

pub(super) fn often() -> Vec<Choice> {
    let named = NAMED.map(|(rule, words)| Choice::new(rule, words));
    let every = Every::ALL.map(|it| Choice::new(it.as_str(), every(it)));
    let own = Choice::new(BY_RULE, "By a rule");
    named.into_iter().chain(every).chain([own]).collect()
}

fn every(it: Every) -> &'static str {
    match it {
        Every::Week => "Every week",
        Every::Month => "Every month",
        Every::Quarter => "Every quarter",
        Every::Year => "Every year",
    }
}

/// How often, in words; a rule without a name is shown as it is.
pub(super) fn words(it: &Recurrence) -> &str {
    let named = NAMED.iter().find(|(known, _)| *known == it.rule);
    let named = named.map(|(_, words)| *words);
    named
        .or_else(|| every_of(it).map(every))
        .unwrap_or(&it.rule)
}

fn every_of(it: &Recurrence) -> Option<Every> {
    Every::ALL
        .into_iter()
        .find(|every| every.rule(it.first) == it.rule)
}

/// What the fields hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Filled {
    pub name: String,
    pub template: String,
    /// Its name.
    pub client: String,
    pub queue: String,
    /// A rule with a name, or [`BY_RULE`].
    pub every: String,
    pub rule: String,
    pub first: String,
    pub time: String,
}

impl Filled {
    pub fn of(it: &Recurrence) -> Self {
        let named = NAMED.iter().find(|(rule, _)| *rule == it.rule);
        let every = every_of(it).map(Every::as_str);
        let (every, rule) = match named.map(|(rule, _)| *rule).or(every) {
            Some(named) => (named.to_owned(), String::new()),
            None => (BY_RULE.to_owned(), it.rule.clone()),
        };
        Self {
            name: it.name.clone(),
            template: it.template.to_string(),
            client: String::new(),
            queue: it.queue.map_or_else(String::new, |id| id.to_string()),
            every,
            rule,
            first: it.first.to_string(),
            time: it.time.strftime("%H:%M").to_string(),
        }
    }

    pub fn typed(fields: &Fields) -> Self {
        Self {
            name: fields.trimmed("name"),
            template: fields.trimmed("template"),
            client: fields.trimmed("client"),
            queue: fields.trimmed("queue"),
            every: fields.trimmed("every"),
            rule: fields.trimmed("rule"),
            first: fields.trimmed("first"),
            time: fields.trimmed("time"),
        }
    }
}

/// What was written, for days and times in `zone`; whose it is is looked up by whoever asks.
///
/// # Errors
/// When something is missing or is no day or time.
pub(super) fn read(
    fields: &Fields,
    client: Option<ClientId>,
    zone: &str,
) -> Result<Recurrence, Error> {
    let template = fields.number("template").map(TemplateId);
    let first: Option<Date> = fields.trimmed("first").parse().ok();
    let time: Option<Time> = fields.trimmed("time").parse().ok();
    let first = first.ok_or_else(|| Error::invalid("first", "Choose the first day"))?;
    let rule = match (fields.get("every"), Every::from_text(fields.get("every"))) {
        (_, Some(every)) => every.rule(first),
        (BY_RULE, None) => fields.trimmed("rule"),
        (named, None) => named.trim().to_owned(),
    };
    Ok(Recurrence {
        name: fields.trimmed("name"),
        template: template.ok_or_else(|| Error::invalid("template", "Choose a template"))?,
        client,
        queue: fields.number("queue").map(QueueId),
        rule,
        first,
        time: time.ok_or_else(|| Error::invalid("time", "Write a time, such as 08:00"))?,
        zone: zone.to_owned(),
    })
}
