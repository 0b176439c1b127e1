//! The rules as the desk looks at them: in their order, read aloud, how often they fired, what ails them.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Names;
use kept_domain::ids::{PersonId, QueueId, RuleId};
use kept_domain::rules::{Reading, Rule, check, reading};
use kept_store::hooks::{self, Delivery, Hook};
use kept_store::rules::{self, Changed, Stored};
use kept_store::{Tx, people, queues};

use crate::{Desk, Error};

/// One rule in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    pub id: RuleId,
    pub rule: Rule,
    pub reading: Reading,
    /// What keeps it from working, in words.
    pub problems: Vec<String>,
    /// How often it fired in the last 30 days.
    pub times: i64,
    pub last: Option<Timestamp>,
}

/// One rule with how it came to be so.
#[derive(Debug, Clone)]
pub struct Detail {
    pub listed: Listed,
    /// The latest first, with the name of who did it.
    pub changes: Vec<(Changed, String)>,
    /// What its web-hook was told lately.
    pub deliveries: Vec<Delivery>,
    /// What its web-hook signs with.
    pub secret: Option<String>,
}

const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Changes and deliveries shown with one rule.
const MOST_LINES: usize = 20;

/// Every rule, in the order in which they run.
///
/// # Errors
/// When the viewer may not look.
pub async fn list(desk: &Desk, viewer: &Viewer) -> Result<Vec<Listed>, Error> {
    allow(viewer, Act::SeeRules)?;
    let since = desk.now().saturating_sub(MONTH).unwrap_or(Timestamp::MIN);
    desk.store().read(move |tx| listed(tx, since)).await
}

fn listed(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<Listed>, Error> {
    let known = Known::look(tx)?;
    let firings = rules::firings(tx, since)?;
    let all = rules::readable(tx)?;
    let one = |Stored { id, rule, .. }| {
        let fired = firings.iter().find(|fired| fired.rule == id);
        Listed {
            id,
            reading: reading(&rule, &known),
            problems: known.problems(&rule),
            times: fired.map_or(0, |fired| fired.times),
            last: fired.map(|fired| fired.last),
            rule,
        }
    };
    Ok(all.into_iter().map(one).collect())
}

/// One rule with its history.
///
/// # Errors
/// When the viewer may not look or there is no such rule.
pub async fn one(desk: &Desk, viewer: &Viewer, id: RuleId) -> Result<Detail, Error> {
    allow(viewer, Act::SeeRules)?;
    let may_see_secret = allow(viewer, Act::Administer).is_ok();
    let since = desk.now().saturating_sub(MONTH).unwrap_or(Timestamp::MIN);
    let desk_ = desk.clone();
    desk.store()
        .read(move |tx| {
            let found = listed(tx, since)?
                .into_iter()
                .find(|listed| listed.id == id);
            let listed = found.ok_or_else(|| Error::not_found("rule"))?;
            let changes = rules::changes(tx, id, MOST_LINES)?;
            let by: Vec<PersonId> = changes.iter().filter_map(|change| change.by).collect();
            let names: HashMap<PersonId, String> = people::names(tx, &by)?.into_iter().collect();
            let name = |by: Option<PersonId>| {
                by.and_then(|by| names.get(&by).cloned())
                    .unwrap_or_else(|| "Somebody".into())
            };
            let sealed = listed.rule.secret().filter(|_| may_see_secret);
            Ok(Detail {
                changes: changes
                    .into_iter()
                    .map(|change| (change.clone(), name(change.by)))
                    .collect(),
                deliveries: hooks::of(tx, Hook::Rule(id), MOST_LINES)?,
                secret: sealed.and_then(|sealed| desk_.secret().open(&sealed)),
                listed,
            })
        })
        .await
}

/// How a rule that is being written reads, and what ails it.
///
/// # Errors
/// When the viewer may not look.
pub async fn problems(
    desk: &Desk,
    viewer: &Viewer,
    rule: Rule,
) -> Result<(Reading, Vec<String>), Error> {
    allow(viewer, Act::SeeRules)?;
    desk.store()
        .read(move |tx| {
            let known = Known::look(tx)?;
            Ok((reading(&rule, &known), known.problems(&rule)))
        })
        .await
}

/// For the doctor: a line for each rule that is on and can't do all it says.
pub(crate) fn ailing(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let known = Known::look(tx)?;
    let all = rules::readable(tx)?
        .into_iter()
        .filter(|stored| stored.rule.on);
    let lines = all.flat_map(|stored| {
        let problems = known.problems(&stored.rule).into_iter();
        let name = stored.rule.name;
        problems.map(move |problem| format!("the rule “{name}” can't do all it says: {problem}"))
    });
    Ok(lines.collect())
}

/// People and queues that a rule needs and that are gone.
pub(super) fn missing(tx: &mut Tx<'_>, rule: &Rule) -> Result<Vec<String>, Error> {
    Ok(Known::look(tx)?.missing(rule))
}

/// Firings are kept for a good year, deliveries of web-hooks for a month.
const FIRINGS: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Forgets what is old.
pub(crate) fn tidy(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), kept_store::StoreError> {
    let before = |age| now.saturating_sub(age).unwrap_or(Timestamp::MIN);
    rules::forget_firings(tx, before(FIRINGS))?;
    hooks::forget(tx, before(MONTH))
}

/// The people and queues there are.
pub(super) struct Known {
    /// With whether they work here.
    people: HashMap<PersonId, (String, bool)>,
    queues: HashMap<QueueId, String>,
}

impl Known {
    pub(super) fn look(tx: &mut Tx<'_>) -> Result<Self, Error> {
        let agents = people::agents(tx)?.into_iter();
        let queues = queues::all(tx)?.into_iter();
        Ok(Self {
            people: agents
                .map(|agent| (agent.id, (agent.name, !agent.has_left)))
                .collect(),
            queues: queues.map(|queue| (queue.id, queue.name)).collect(),
        })
    }

    fn problems(&self, rule: &Rule) -> Vec<String> {
        let bad = check(rule).err().map(|bad| bad.problem);
        bad.into_iter().chain(self.missing(rule)).collect()
    }

    fn missing(&self, rule: &Rule) -> Vec<String> {
        let (people, queues) = rule.needs();
        let people = people
            .into_iter()
            .filter_map(|person| match self.people.get(&person) {
                Some((_, true)) => None,
                Some((name, false)) => Some(format!("{name} no longer works here")),
                None => Some("somebody it names is not of this desk".to_owned()),
            });
        let queues = queues
            .into_iter()
            .filter(|queue| !self.queues.contains_key(queue));
        let queues = queues.map(|_| "the queue it moves tickets to is gone".to_owned());
        people.chain(queues).collect()
    }
}

impl Names for Known {
    fn person(&self, id: PersonId) -> String {
        self.people
            .get(&id)
            .map_or_else(|| "somebody".into(), |(name, _)| name.clone())
    }

    fn queue(&self, id: QueueId) -> String {
        self.queues
            .get(&id)
            .cloned()
            .unwrap_or_else(|| "a queue".into())
    }
}
