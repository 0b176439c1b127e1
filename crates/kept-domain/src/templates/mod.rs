//! Templates for new tickets: what a kind of work is called, what is said about it, and the steps it takes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::checklists::{BadStep, MOST_STEPS, NewStep, wording};
use crate::ids::QueueId;
use crate::tickets::{Kind, Priority, Tag, clean_subject};

pub const LONGEST_NAME: usize = 80;
pub const LONGEST_TEXT: usize = 20_000;
pub const MOST_TAGS: usize = 20;

/// What a new ticket begins with; whoever opens it may say it otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// As people choose it.
    pub name: String,
    pub subject: String,
    /// For the desk; Markdown; may be empty.
    pub text: String,
    /// `None`: the first.
    pub queue: Option<QueueId>,
    pub kind: Kind,
    pub priority: Priority,
    pub tags: BTreeSet<Tag>,
    /// A step each.
    pub steps: Vec<String>,
}

/// Why a template can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTemplate {
    #[error("Give it a name, so that people find it")]
    NoName,
    #[error("A name has at most {LONGEST_NAME} characters")]
    LongName,
    #[error("Write the subject its tickets get")]
    NoSubject,
    #[error("A text has at most {LONGEST_TEXT} characters")]
    LongText,
    #[error("A ticket has at most {MOST_TAGS} tags")]
    ManyTags,
    #[error(transparent)]
    Step(BadStep),
}

impl BadTemplate {
    /// The field it is about.
    pub fn field(&self) -> &'static str {
        match self {
            BadTemplate::NoName | BadTemplate::LongName => "name",
            BadTemplate::NoSubject => "subject",
            BadTemplate::LongText => "text",
            BadTemplate::ManyTags => "tags",
            BadTemplate::Step(_) => "steps",
        }
    }
}

impl Template {
    /// The template as it is kept: without spaces around words and without empty steps.
    ///
    /// # Errors
    /// When something is missing, too long or too many.
    pub fn checked(self) -> Result<Self, BadTemplate> {
        let name = self.name.trim().to_owned();
        let subject = clean_subject(&self.subject).map_err(|_| BadTemplate::NoSubject)?;
        let steps = steps(&self.steps)?;
        match () {
            () if name.is_empty() => Err(BadTemplate::NoName),
            () if name.chars().count() > LONGEST_NAME => Err(BadTemplate::LongName),
            () if self.text.chars().count() > LONGEST_TEXT => Err(BadTemplate::LongText),
            () if self.tags.len() > MOST_TAGS => Err(BadTemplate::ManyTags),
            () => Ok(Self {
                name,
                subject,
                steps,
                ..self
            }),
        }
    }

    /// Its steps, as a ticket's checklist takes them.
    pub fn new_steps(&self) -> Vec<NewStep> {
        let step = |what: &String| NewStep {
            what: what.clone(),
            ..NewStep::default()
        };
        self.steps.iter().map(step).collect()
    }
}

fn steps(written: &[String]) -> Result<Vec<String>, BadTemplate> {
    let written = written.iter().filter(|step| !step.trim().is_empty());
    let steps: Result<Vec<String>, BadStep> = written.map(|step| wording(step)).collect();
    let steps = steps.map_err(BadTemplate::Step)?;
    match steps.len() > MOST_STEPS {
        true => Err(BadTemplate::Step(BadStep::TooMany)),
        false => Ok(steps),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template() -> Template {
        Template {
            name: " New colleague ".into(),
            subject: "New colleague:".into(),
            text: String::new(),
            queue: None,
            kind: Kind::Request,
            priority: Priority::Normal,
            tags: BTreeSet::new(),
            steps: vec![
                "  Make the   account".into(),
                " ".into(),
                "Order a phone".into(),
            ],
        }
    }

    #[test]
    fn a_template_is_kept_without_what_nobody_meant() {
        let kept = template().checked().expect("a template");
        assert_eq!(kept.name, "New colleague");
        assert_eq!(kept.steps, ["Make the account", "Order a phone"]);
        assert_eq!(kept.new_steps()[1].what, "Order a phone");
        assert_eq!(kept.clone().checked(), Ok(kept));
    }

    #[test]
    fn what_is_missing_or_too_much_is_said_beside_its_field() {
        let check = |wrong: Template, field: &str| {
            let problem = wrong.checked().expect_err("is refused");
            assert_eq!(problem.field(), field, "{problem}");
        };
        check(
            Template {
                name: " ".into(),
                ..template()
            },
            "name",
        );
        check(
            Template {
                name: "a".repeat(81),
                ..template()
            },
            "name",
        );
        check(
            Template {
                subject: " ".into(),
                ..template()
            },
            "subject",
        );
        check(
            Template {
                text: "a".repeat(20_001),
                ..template()
            },
            "text",
        );
        check(
            Template {
                steps: vec!["a".repeat(301)],
                ..template()
            },
            "steps",
        );
        check(
            Template {
                steps: vec!["a".into(); 101],
                ..template()
            },
            "steps",
        );
        let tags = (0..21).map(|n| Tag::parse(&format!("t{n}")).expect("a tag"));
        check(
            Template {
                tags: tags.collect(),
                ..template()
            },
            "tags",
        );
    }
}
