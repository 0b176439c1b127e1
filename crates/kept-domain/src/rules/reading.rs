//! Says a rule as a person would: when, if, then.

use super::action::and;
use super::{Occurrence, Rule};
use crate::event::Names;

/// A rule in three parts, each without its first word and without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// `a ticket is opened or the client writes`
    pub when: String,
    /// The search as it is written; `None` for always.
    pub condition: Option<String>,
    /// `set the priority to high and tag it vip`
    pub then: String,
    pub stops: bool,
}

pub fn reading(rule: &Rule, names: &dyn Names) -> Reading {
    let then: Vec<String> = rule.then.iter().map(|action| action.words(names)).collect();
    let condition = rule.condition.trim();
    Reading {
        when: or(&rule.when),
        condition: Some(condition.to_owned()).filter(|text| !text.is_empty()),
        then: and(&then),
        stops: rule.stops,
    }
}

fn or(when: &[Occurrence]) -> String {
    let words: Vec<&str> = when.iter().map(|occurrence| occurrence.words()).collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

impl std::fmt::Display for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "When {}, ", self.when)?;
        if let Some(condition) = &self.condition {
            write!(f, "if {condition}, ")?;
        }
        write!(f, "then {}", self.then)?;
        if self.stops {
            write!(f, ", and ask no later rule")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{PersonId, QueueId};
    use crate::rules::{Action, Assignee, Whom};
    use crate::tickets::{Kind, Priority, Tag};

    struct Two;

    impl Names for Two {
        fn person(&self, _: PersonId) -> String {
            "Ines Moreau".into()
        }

        fn queue(&self, _: QueueId) -> String {
            "Sales".into()
        }
    }

    fn check(when: &[Occurrence], condition: &str, then: &[Action], expected: &str) {
        let rule = Rule {
            name: "Printers".into(),
            on: true,
            when: when.to_vec(),
            condition: condition.into(),
            then: then.to_vec(),
            stops: condition.contains("urgent"),
        };
        assert_eq!(reading(&rule, &Two).to_string(), expected);
    }

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let vip = || vec![Tag::parse("vip").expect("a tag")];
        let ines = PersonId(1);
        check(
            &[Occurrence::Opened],
            "printer",
            &[Action::Assign {
                to: Assignee::Person { person: ines },
            }],
            "When a ticket is opened, if printer, then make Ines Moreau responsible",
        );
        check(
            &[
                Occurrence::Opened,
                Occurrence::ClientWrote,
                Occurrence::Reopened,
            ],
            "",
            &[
                Action::Queue { to: QueueId(2) },
                Action::Priority { to: Priority::High },
                Action::Kind { to: Kind::Incident },
                Action::Tag { tags: vip() },
            ],
            "When a ticket is opened, the client writes or the ticket is reopened, then move it to Sales, \
             set the priority to high, make it an incident and tag it vip",
        );
        check(
            &[Occurrence::CameBack],
            "priority:urgent",
            &[
                Action::Untag { tags: vip() },
                Action::Note { text: "x".into() },
                Action::Reply { text: "x".into() },
                Action::Notify {
                    whom: vec![Whom::Person { person: ines }, Whom::Dispatcher],
                },
                Action::Hook {
                    url: "https://chat.example/hooks/1".into(),
                    sealed_secret: String::new(),
                },
            ],
            "When a mail of ours does not arrive, if priority:urgent, then take vip off, write a note, answer \
             the client with a text written beforehand, tell Ines Moreau and the queue’s dispatcher by mail \
             and tell chat.example, and ask no later rule",
        );
    }

    #[test]
    fn a_rule_comes_back_from_json_as_it_was() {
        let text = r#"{"name":"VIP","on":true,"when":["client-wrote"],"if":"client:acme","then":[{"do":"priority","to":"high"},{"do":"assign","to":{"who":"on-duty"}},{"do":"tag","tags":["vip"]}],"stops":false}"#;
        let rule: Rule = serde_json::from_str(text).expect("a rule");
        assert_eq!(serde_json::to_string(&rule).expect("JSON"), text);
    }
}
