//! The form of a rule: every act has its field, so that it works without scripts.

use kept_app::Error;
use kept_app::domain::ids::{PersonId, QueueId};
use kept_app::domain::rules::{Action, Assignee, Occurrence, Rule, Whom};
use kept_app::domain::tickets::{Kind, Priority, Tag};
use kept_app::rules::Draft;

use crate::forms::{Fields, lines};
use crate::numbers::number;

/// What the form holds, typed or stored, as texts.
#[derive(Debug, Clone, Default)]
pub(super) struct Filled {
    pub name: String,
    pub on: bool,
    pub when: Vec<String>,
    pub condition: String,
    pub queue: String,
    pub priority: String,
    pub kind: String,
    pub assign: String,
    pub tag: String,
    pub untag: String,
    pub note: String,
    pub reply: String,
    pub notify: Vec<String>,
    pub hook: String,
    pub stops: bool,
}

impl Filled {
    pub fn typed(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).replace("\r\n", "\n").trim().to_owned();
        let all = |name| fields.all(name).map(str::to_owned).collect();
        Self {
            name: text("name"),
            on: !fields.get("on").is_empty(),
            when: all("when"),
            condition: text("if"),
            queue: text("queue"),
            priority: text("priority"),
            kind: text("kind"),
            assign: text("assign"),
            tag: text("tag"),
            untag: text("untag"),
            note: text("note"),
            reply: text("reply"),
            notify: all("notify"),
            hook: text("hook"),
            stops: !fields.get("stops").is_empty(),
        }
    }

    pub fn of(rule: &Rule) -> Self {
        let mut filled = Self {
            name: rule.name.clone(),
            on: rule.on,
            when: rule
                .when
                .iter()
                .map(|when| when.as_str().to_owned())
                .collect(),
            condition: rule.condition.clone(),
            stops: rule.stops,
            ..Self::default()
        };
        for action in &rule.then {
            filled.take(action);
        }
        filled
    }

    fn take(&mut self, action: &Action) {
        match action {
            Action::Queue { to } => self.queue = to.to_string(),
            Action::Priority { to } => self.priority = to.as_str().to_owned(),
            Action::Kind { to } => self.kind = to.as_str().to_owned(),
            Action::Assign { to } => {
                self.assign = match to {
                    Assignee::Person { person } => person.to_string(),
                    Assignee::OnDuty => ON_DUTY.to_owned(),
                    Assignee::Dispatcher => DISPATCHER.to_owned(),
                }
            }
            Action::Tag { tags } => self.tag = written(tags),
            Action::Untag { tags } => self.untag = written(tags),
            Action::Note { text } => self.note.clone_from(text),
            Action::Reply { text } => self.reply.clone_from(text),
            Action::Notify { whom } => {
                self.notify = whom
                    .iter()
                    .map(|whom| match whom {
                        Whom::Person { person } => person.to_string(),
                        Whom::Responsible => RESPONSIBLE.to_owned(),
                        Whom::Dispatcher => DISPATCHER.to_owned(),
                    })
                    .collect();
            }
            Action::Hook { url, .. } => self.hook.clone_from(url),
        }
    }
}

pub(super) const ON_DUTY: &str = "on-duty";
pub(super) const DISPATCHER: &str = "dispatcher";
pub(super) const RESPONSIBLE: &str = "responsible";

fn written(tags: &[Tag]) -> String {
    let words: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    words.join(", ")
}

/// The form as a rule, as far as it can be read.
pub(super) fn read(fields: &Fields) -> Result<Draft, Error> {
    let filled = Filled::typed(fields);
    let when = filled
        .when
        .iter()
        .filter_map(|when| Occurrence::from_text(when));
    let rule = Rule {
        when: when.collect(),
        then: actions(&filled)?,
        name: filled.name,
        on: filled.on,
        condition: filled.condition,
        stops: filled.stops,
    };
    let secret = fields.trimmed("secret");
    Ok(Draft {
        rule,
        secret: Some(secret).filter(|secret| !secret.is_empty()),
    })
}

/// In the order in which they stand in the form; texts come last, so that they speak of what was changed.
fn actions(filled: &Filled) -> Result<Vec<Action>, Error> {
    let mut then = Vec::new();
    then.extend(number(&filled.queue).map(|id| Action::Queue { to: QueueId(id) }));
    then.extend(Priority::from_text(&filled.priority).map(|to| Action::Priority { to }));
    then.extend(Kind::from_text(&filled.kind).map(|to| Action::Kind { to }));
    let assign = match filled.assign.as_str() {
        ON_DUTY => Some(Assignee::OnDuty),
        DISPATCHER => Some(Assignee::Dispatcher),
        other => number(other).map(|id| Assignee::Person {
            person: PersonId(id),
        }),
    };
    then.extend(assign.map(|to| Action::Assign { to }));
    let some = |tags: Vec<Tag>| Some(tags).filter(|tags| !tags.is_empty());
    then.extend(some(tags("tag", &filled.tag)?).map(|tags| Action::Tag { tags }));
    then.extend(some(tags("untag", &filled.untag)?).map(|tags| Action::Untag { tags }));
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    then.extend(text(&filled.note).map(|text| Action::Note { text }));
    then.extend(text(&filled.reply).map(|text| Action::Reply { text }));
    let whom: Vec<Whom> = filled
        .notify
        .iter()
        .filter_map(|whom| match whom.as_str() {
            RESPONSIBLE => Some(Whom::Responsible),
            DISPATCHER => Some(Whom::Dispatcher),
            other => number(other).map(|id| Whom::Person {
                person: PersonId(id),
            }),
        })
        .collect();
    then.extend(
        Some(whom)
            .filter(|whom| !whom.is_empty())
            .map(|whom| Action::Notify { whom }),
    );
    then.extend(text(&filled.hook).map(|url| Action::Hook {
        url,
        sealed_secret: String::new(),
    }));
    Ok(then)
}

fn tags(field: &'static str, text: &str) -> Result<Vec<Tag>, Error> {
    let tag = |text| Tag::parse(text).map_err(|problem| Error::invalid(field, problem.to_string()));
    lines(text).map(tag).collect()
}
