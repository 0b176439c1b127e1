//! Duties as people type them, and the way back. What is wrong is said for each field.

use jiff::civil::Date;

use super::{BadDuty, Duty, Every, Repeating, When, Wrong};
use crate::clocks::Target;
use crate::ids::{PersonId, QueueId};

/// All fields of a duty as texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenDuty {
    /// Nothing for a new one.
    pub number: String,
    pub what: String,
    pub text: String,
    /// `once`, the name of one of [`Every`], or `rule`.
    pub every: String,
    /// The first day.
    pub from: String,
    /// An RRULE, when `every` says so.
    pub rule: String,
    pub within: String,
    /// A person's number; nothing: whoever of the client has been with us the longest.
    pub who: String,
    /// A queue's number; nothing: the first.
    pub queue: String,
    /// Somebody wants it taken out.
    pub gone: bool,
}

pub const ONCE: &str = "once";
pub const BY_RULE: &str = "rule";

impl WrittenDuty {
    pub fn of(duty: &Duty) -> Self {
        let (every, rule) = match &duty.when {
            When::Once { .. } => (ONCE, ""),
            When::Again { from, rule } => match rule.named(*from) {
                Some(every) => (every.as_str(), ""),
                None => (BY_RULE, rule.as_str()),
            },
        };
        let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            number: duty.number.to_string(),
            what: duty.what.clone(),
            text: duty.text.clone(),
            every: every.to_owned(),
            from: duty.when.begins().to_string(),
            rule: rule.to_owned(),
            within: duty.within.written(),
            who: id(duty.who.map(|who| who.0)),
            queue: id(duty.queue.map(|queue| queue.0)),
            gone: false,
        }
    }

    /// Left alone, or to be taken out. What a form always sends counts for nothing.
    pub fn is_empty(&self) -> bool {
        let typed = [&self.what, &self.text, &self.from, &self.rule];
        self.gone || typed.iter().all(|text| text.trim().is_empty())
    }

    /// `place` is where it stands in the form: its fields are `duty-0-what`, `duty-0-from`, …
    ///
    /// # Errors
    /// Everything that can't be meant.
    pub fn read(&self, place: usize) -> Result<Duty, Vec<Wrong>> {
        let mut wrong = vec![];
        let mut blame = |field: &str, problem: String| {
            wrong.push(Wrong {
                field: format!("duty-{place}-{field}"),
                problem,
            });
        };
        let when = self.when();
        let within = Target::parse(&self.within);
        let (who, queue) = (number(&self.who), number(&self.queue));
        for field in [(&who, "who"), (&queue, "queue")] {
            if field.0.is_none() {
                blame(field.1, "choose one from the list".to_owned());
            }
        }
        let when = when.map_err(|(field, why)| blame(field, why)).ok();
        let within = within.map_err(|why| blame("within", why.to_string())).ok();
        let (Some(when), Some(within), Some(who), Some(queue)) = (when, within, who, queue) else {
            return Err(wrong);
        };
        let duty = Duty {
            number: self.number.trim().parse().unwrap_or_default(),
            what: self.what.split_whitespace().collect::<Vec<_>>().join(" "),
            text: self.text.trim().to_owned(),
            when,
            within,
            who: who.map(PersonId),
            queue: queue.map(QueueId),
        };
        match duty.check() {
            Ok(()) => Ok(duty),
            Err(why) => Err(vec![Wrong {
                field: format!("duty-{place}-{}", field_of(why)),
                problem: why.to_string(),
            }]),
        }
    }

    fn when(&self) -> Result<When, (&'static str, String)> {
        let day: Result<Date, _> = self.from.trim().parse();
        let from = day.map_err(|_| ("from", "write the day like 2026-12-24".to_owned()))?;
        let rule = match (self.every.trim(), Every::from_text(self.every.trim())) {
            (_, Some(every)) => every.rule(from),
            (ONCE, None) => return Ok(When::Once { on: from }),
            (BY_RULE, None) => self.rule.clone(),
            _ => return Err(("every", "choose how often".to_owned())),
        };
        let rule = Repeating::parse(&rule).map_err(|why| ("rule", why.to_string()))?;
        Ok(When::Again { from, rule })
    }
}

fn field_of(why: BadDuty) -> &'static str {
    match why {
        BadDuty::Nothing | BadDuty::TooLong => "what",
        BadDuty::TextTooLong => "text",
        BadDuty::Never => "from",
        BadDuty::Within(_) => "within",
    }
}

/// `Some(None)` for nothing chosen, `None` for what is no number.
fn number(text: &str) -> Option<Option<i64>> {
    match text.trim() {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    }
}
