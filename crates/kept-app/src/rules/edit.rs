//! Making, changing, ordering and removing rules. Every change can be taken back.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::RuleId;
use kept_domain::rules::{Action, Rule, check};
use kept_store::rules::{self, Stored};
use kept_store::{Tx, audit, settings};

use super::in_force::{VERSION, version_of};
use super::listed::missing;
use super::template::{Filled, render};
use crate::{Desk, Error};

/// A rule as somebody wrote it. `secret` is the web-hook's; `None` keeps the one it has, or makes one.
#[derive(Debug, Clone)]
pub struct Draft {
    pub rule: Rule,
    pub secret: Option<String>,
}

/// Shortest secret somebody may choose, in bytes.
const SHORTEST_SECRET: usize = 16;

/// Adds a rule after all others.
///
/// # Errors
/// When the viewer may not or a value can't be taken, naming it.
pub async fn add(desk: &Desk, viewer: &Viewer, draft: Draft) -> Result<RuleId, Error> {
    allow(viewer, Act::Administer)?;
    let rule = sealed(desk, draft)?;
    change(desk, viewer, move |tx, by| {
        sound(tx, &rule)?;
        if rules::all(tx)?.len() >= rules::MOST {
            let problem = format!("A desk can have {} rules at most", rules::MOST);
            return Err(Error::Conflict(problem));
        }
        let id = rules::insert(tx, &with_secret(rule, None))?;
        by.write(tx, id, "Added it", None)?;
        Ok(id)
    })
    .await
}

/// Changes a rule; tells which change it was, for taking it back.
///
/// # Errors
/// When the viewer may not, there is no such rule, or a value can't be taken, naming it.
pub async fn edit(desk: &Desk, viewer: &Viewer, id: RuleId, draft: Draft) -> Result<i64, Error> {
    allow(viewer, Act::Administer)?;
    let keeps_secret = draft.secret.is_none();
    let rule = sealed(desk, draft)?;
    change(desk, viewer, move |tx, by| {
        let before = find(tx, id)?;
        sound(tx, &rule)?;
        let known = before.rule.secret().filter(|_| keeps_secret);
        let rule = with_secret(rule, known);
        rules::update(tx, id, &rule)?;
        by.write(tx, id, "Changed it", Some(&before))
    })
    .await
}

/// Switches a rule on or off.
///
/// # Errors
/// When the viewer may not or there is no such rule.
pub async fn switch(desk: &Desk, viewer: &Viewer, id: RuleId, on: bool) -> Result<i64, Error> {
    allow(viewer, Act::Administer)?;
    change(desk, viewer, move |tx, by| {
        let before = find(tx, id)?;
        let rule = Rule {
            on,
            ..before.rule.clone()
        };
        rules::update(tx, id, &rule)?;
        let what = if on {
            "Switched it on"
        } else {
            "Switched it off"
        };
        by.write(tx, id, what, Some(&before))
    })
    .await
}

/// Moves a rule one place up or down.
///
/// # Errors
/// When the viewer may not or there is no such rule.
pub async fn shift(desk: &Desk, viewer: &Viewer, id: RuleId, up: bool) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    change(desk, viewer, move |tx, by| {
        let mut all = rules::all(tx)?;
        let at = all.iter().position(|stored| stored.id == id);
        let at = at.ok_or_else(|| Error::not_found("rule"))?;
        let other = if up { at.checked_sub(1) } else { Some(at + 1) };
        if let Some(other) = other.filter(|other| *other < all.len()) {
            all.swap(at, other);
            for (position, stored) in (1..).zip(&all) {
                rules::set_position(tx, stored.id, position)?;
            }
            let way = if up { "up" } else { "down" };
            by.audit(
                tx,
                &format!("Moved the rule “{}” {way}", all[other].rule.name),
            )?;
        }
        Ok(())
    })
    .await
}

/// Removes a rule; its name stays in the history of tickets.
///
/// # Errors
/// When the viewer may not or there is no such rule.
pub async fn remove(desk: &Desk, viewer: &Viewer, id: RuleId) -> Result<i64, Error> {
    allow(viewer, Act::Administer)?;
    change(desk, viewer, move |tx, by| {
        let before = find(tx, id)?;
        rules::set_removed(tx, id, Some(by.now))?;
        by.write(tx, id, "Removed it", Some(&before))
    })
    .await
}

/// Takes a change back: the rule is as it was before, also when it was removed.
///
/// # Errors
/// When the viewer may not, or the rule was changed again since.
pub async fn undo(desk: &Desk, viewer: &Viewer, id: i64) -> Result<RuleId, Error> {
    allow(viewer, Act::Administer)?;
    change(desk, viewer, move |tx, by| {
        let taken_back = rules::change(tx, id)?.ok_or_else(|| Error::not_found("change"))?;
        let rule = taken_back.rule;
        let last = rules::changes(tx, rule, 1)?.pop();
        if last.is_none_or(|last| last.id != id) {
            let problem = "This rule was changed again since; look at it as it is now";
            return Err(Error::Conflict(problem.into()));
        }
        let now = rules::find(tx, rule)?.ok_or_else(|| Error::not_found("rule"))?;
        if let Some(before) = &taken_back.before {
            rules::update(tx, rule, before)?;
        }
        let is_gone = taken_back.before.is_none() || taken_back.was_removed;
        rules::set_removed(tx, rule, is_gone.then_some(by.now))?;
        by.write(tx, rule, "Took the last change back", Some(&now))?;
        Ok(rule)
    })
    .await
}

/// Who changes a rule, and when.
struct By {
    viewer: Viewer,
    now: Timestamp,
}

impl By {
    fn write(
        &self,
        tx: &mut Tx<'_>,
        id: RuleId,
        what: &str,
        before: Option<&Stored>,
    ) -> Result<i64, Error> {
        let name = rules::find(tx, id)?.map_or_else(String::new, |stored| stored.rule.name);
        self.audit(tx, &format!("Rule “{name}”: {}", what.to_lowercase()))?;
        let person = self.viewer.person;
        Ok(rules::changed(tx, id, person, what, before, self.now)?)
    }

    fn audit(&self, tx: &mut Tx<'_>, what: &str) -> Result<(), Error> {
        Ok(audit::write(tx, Some(self.viewer.person), what, self.now)?)
    }
}

/// The topic under which the rules are watched.
const RULES: &str = "rules";

/// Changes rules and says which they are now, so that every node reads them anew. The version is taken first: of
/// two who change rules at once the second waits and sees what the first did.
async fn change<T: Send + 'static>(
    desk: &Desk,
    viewer: &Viewer,
    work: impl FnOnce(&mut Tx<'_>, &By) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let by = By {
        viewer: viewer.clone(),
        now: desk.now(),
    };
    desk.store()
        .write(move |tx| {
            settings::set(tx, VERSION, "changing")?;
            let done = work(tx, &by)?;
            let version = version_of(&rules::readable(tx)?)?;
            settings::set(tx, VERSION, &version)?;
            tx.announce(RULES);
            Ok(done)
        })
        .await
}

fn find(tx: &mut Tx<'_>, id: RuleId) -> Result<Stored, Error> {
    let found = rules::find(tx, id)?.filter(|stored| stored.removed_at.is_none());
    found.ok_or_else(|| Error::not_found("rule"))
}

/// The rule with its name trimmed and its web-hook's secret sealed; a new secret where none is given.
fn sealed(desk: &Desk, draft: Draft) -> Result<Rule, Error> {
    let Draft { mut rule, secret } = draft;
    rule.name = rule.name.trim().to_owned();
    if secret
        .as_ref()
        .is_some_and(|secret| secret.len() < SHORTEST_SECRET)
    {
        let problem = format!("A secret needs at least {SHORTEST_SECRET} characters");
        return Err(Error::invalid("secret", problem));
    }
    for action in &mut rule.then {
        if let Action::Hook { url, sealed_secret } = action {
            crate::hooks::check(url).map_err(|problem| Error::invalid("hook", problem))?;
            let secret = match &secret {
                Some(secret) => secret.clone(),
                None => desk.random().word()?,
            };
            *sealed_secret = desk.secret().seal(&secret, desk.random())?;
        }
    }
    Ok(rule)
}

/// The rule with the secret it had, where there is one.
fn with_secret(mut rule: Rule, known: Option<String>) -> Rule {
    for action in &mut rule.then {
        if let (Action::Hook { sealed_secret, .. }, Some(known)) = (action, &known) {
            sealed_secret.clone_from(known);
        }
    }
    rule
}

/// Whether the rule can be taken, as far as only the database and the texts can tell.
pub(super) fn sound(tx: &mut Tx<'_>, rule: &Rule) -> Result<(), Error> {
    check(rule).map_err(|bad| Error::invalid(bad.field, bad.problem))?;
    for action in &rule.then {
        let (field, text) = match action {
            Action::Note { text } => ("note", text),
            Action::Reply { text } => ("reply", text),
            _ => continue,
        };
        render(text, &Filled::sample()).map_err(|e| Error::invalid(field, e.to_string()))?;
    }
    match missing(tx, rule)?.pop() {
        Some(problem) => Err(Error::invalid("then", problem)),
        None => Ok(()),
    }
}
