//! One case told to the clocks: targets, what happened, and what is owed at given instants.
//!
//! A waiting state is with the client or parked; which of our words it gets changes no figure here, since a case says itself
//! what each state stops. Where an origin differs from the default rules
//! the answer is the rules', and what the origin says of itself is printed beside it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use kept_domain::clocks::{
    CountFrom, Fact, How, Obligation, Owed, Pauses, Side, Standing, Target, Terms, What, run,
};
use kept_domain::hours::Calendar;
use kept_domain::ids::EventId;
use serde_json::{Value, json};

use crate::Asked;
use crate::calendar::{instant, read, same};

const OBLIGATIONS: [(&str, Owed); 4] = [
    ("first_response", Owed::FirstResponse),
    ("next_response", Owed::NextResponse),
    ("next_update", Owed::NextUpdate),
    ("resolution", Owed::Resolution),
];

pub fn answer(line: &Value) -> Vec<Asked> {
    let id = line["id"].as_str().unwrap_or("?");
    let Some(facts) = facts(line) else {
        return vec![Asked {
            id: id.to_owned(),
            expected: json!("a case"),
            got: json!("unreadable"),
            met: false,
            argued: None,
        }];
    };
    let checks = line["expected"].as_array().into_iter().flatten();
    checks
        .filter_map(|check| one(id, line, &facts, check))
        .collect()
}

/// All that one check states, as one question.
fn one(id: &str, line: &Value, facts: &[Fact], check: &Value) -> Option<Asked> {
    let now = instant(&check["at_check"])?;
    let name = check["obligation"].as_str()?;
    let owed = OBLIGATIONS.iter().find(|(it, _)| *it == name)?.1;
    let all = run(facts, now);
    let runs: Vec<&Obligation> = all.iter().filter(|it| it.owed == owed).collect();
    let found = chosen(&runs, check, name);
    let (mut expected, mut got, mut met) = (json!({}), json!({}), true);
    for (key, stated) in check.as_object()? {
        let stated = check["reference"].get(key).unwrap_or(stated);
        let Some(answer) = figure(found, key, now) else {
            continue;
        };
        met &= same(stated, &answer);
        expected[key] = stated.clone();
        got[key] = answer;
    }
    let argued = check["reference"].as_object().map(|_| {
        let why = [&line["dispute"], &line["semantics"], &line["note"]];
        let why = why.iter().find_map(|it| it.as_str());
        why.unwrap_or("it says nothing").to_owned()
    });
    Some(Asked {
        id: format!("{id} {name} at {now}"),
        argued,
        expected,
        got,
        met,
    })
}

/// The run that is asked about, from the end when negative; else the one that stands last. An end asked for is that of the
/// last run that ended.
fn chosen<'a>(runs: &[&'a Obligation], check: &Value, name: &str) -> Option<&'a Obligation> {
    let figures = ["met_at", "consumed_minutes", "margin_minutes"];
    let about_an_end = figures.iter().any(|it| !check[*it].is_null());
    match check["run"].as_i64() {
        Some(run) if run < 0 => {
            let back = usize::try_from(-run).ok()?;
            runs.len().checked_sub(back).map(|at| runs[at])
        }
        Some(run) => usize::try_from(run)
            .ok()
            .and_then(|run| runs.get(run).copied()),
        None if about_an_end && name.starts_with("next") => {
            let ended = runs.iter().rev().find(|it| it.end.is_some());
            ended.or(runs.last()).copied()
        }
        None => runs.last().copied(),
    }
}

/// A figure of an obligation in the corpus' words; none for a key that is not one.
fn figure(found: Option<&Obligation>, key: &str, now: Timestamp) -> Option<Value> {
    let shown = |at: Option<Timestamp>| at.map_or(Value::Null, |at| json!(at.to_string()));
    let minutes = |it: Option<SignedDuration>| it.map_or(Value::Null, |it| json!(it.as_mins()));
    let until = |it: &Obligation| it.end.map_or(now, |end| end.at);
    let late = |it: &Obligation| it.due.is_some_and(|due| due < until(it));
    let live = found
        .filter(|it| it.end.is_none_or(|end| end.how == How::Done) || it.owed != Owed::NextUpdate);
    Some(match key {
        "owed" => json!(found.is_some_and(Obligation::is_owed)),
        "due" => shown(live.and_then(|it| it.due)),
        "due_if_resumed_now" => shown(live.and_then(|it| it.due_if_resumed)),
        "met_at" => {
            let end = found.and_then(|it| it.end);
            shown(end.filter(|end| end.how == How::Done).map(|end| end.at))
        }
        "breached" => json!(found.is_some_and(late)),
        "paused" => json!(found.is_some_and(Obligation::is_paused)),
        "warning" => json!(found.is_some_and(|it| it.warns(now))),
        "consumed_minutes" => minutes(found.map(|it| it.used)),
        "margin_minutes" => {
            let margin = |it: &Obligation| Some(it.allowed()?.as_mins() - it.used.as_mins());
            found.and_then(margin).map_or(Value::Null, |it| json!(it))
        }
        "remaining_minutes" => minutes(found.and_then(Obligation::left)),
        "consumed_seconds" => json!(found?.used.as_secs_f64()),
        "paused_seconds" => json!(found?.paused_for(now).as_secs_f64()),
        "late_seconds" => {
            let over = found.filter(|it| late(it)).and_then(Obligation::left);
            json!(over.map_or(0.0, |left| -left.as_secs_f64()))
        }
        _ => return None,
    })
}

fn facts(line: &Value) -> Option<Vec<Fact>> {
    let calendar = Arc::new(read(line).ok()?);
    let states = States::of(line);
    let pauses = states.pauses(line);
    let agreed = |targets: &Value| What::Terms {
        terms: Arc::new(terms(targets, line, &calendar, &pauses)),
        from: CountFrom::Start,
    };
    let mut facts = Vec::new();
    for (place, event) in line["events"].as_array()?.iter().enumerate() {
        let (at, id) = (instant(&event["at"])?, EventId(i64::try_from(place).ok()?));
        let mut say = |what| facts.push(Fact { at, line: id, what });
        if place == 0 {
            say(agreed(&line["targets"]));
        }
        let client = event["who"] == "client" && event["owner_is_client"] != true;
        match event["what"].as_str()? {
            "created" if client => say(What::Opened { by: Side::Client }),
            "created" => say(What::Opened { by: Side::Desk }),
            "message" => say(What::ClientSaid),
            "reply" | "call" => say(What::DeskSaid),
            "targets" => say(agreed(&event["targets"])),
            _ => {}
        }
        if let Some(state) = event["state"].as_str() {
            say(What::Standing(states.standing(state)));
        }
    }
    Some(facts)
}

fn terms(targets: &Value, line: &Value, calendar: &Arc<Calendar>, pauses: &Pauses) -> Terms {
    let target = |name: &str| {
        let asked = targets.get(name)?;
        let number =
            |key: &str| u32::try_from(asked[key].as_u64().unwrap_or(0)).unwrap_or(u32::MAX);
        Some(Target {
            business_days: number("business_days"),
            business_minutes: number("business_minutes"),
            real_minutes: number("real_minutes"),
            out_of_hours: None,
        })
    };
    let each = targets.as_object().into_iter().flat_map(|it| it.values());
    let warns = each.filter_map(|it| it["warn_percent"].as_u64()).next();
    let warns = warns.or(line["warn_percent"].as_u64());
    let none = Terms::none(calendar.clone(), calendar.clone());
    Terms {
        first_response: target("first_response"),
        next_response: target("next_response"),
        next_update: target("next_update"),
        resolution: target("resolution"),
        pauses: pauses.clone(),
        warn_percent: warns
            .and_then(|it| u8::try_from(it).ok())
            .unwrap_or(none.warn_percent),
        ..none
    }
}

/// The waiting states of a case, told apart by what they stop.
struct States(Vec<String>);

impl States {
    fn of(line: &Value) -> Self {
        let events = line["events"].as_array().into_iter().flatten();
        let mut waiting: Vec<String> = Vec::new();
        for state in events.filter_map(|event| event["state"].as_str()) {
            let known = matches!(state, "open" | "new" | "resolved" | "closed");
            if !known && !waiting.iter().any(|it| it == state) {
                waiting.push(state.to_owned());
            }
        }
        Self(waiting)
    }

    fn standing(&self, state: &str) -> Standing {
        let place = self.0.iter().position(|it| it == state);
        match (state, place) {
            ("resolved", _) => Standing::Resolved,
            ("closed", _) => Standing::Closed,
            (_, None) => Standing::Open,
            (_, Some(0)) => Standing::WithClient,
            (_, Some(1)) => Standing::Parked,
            (_, Some(_)) => Standing::WithThirdParty,
        }
    }

    fn pauses(&self, line: &Value) -> Pauses {
        let each = line["pause_on"].as_array().into_iter().flatten();
        let each = each.filter_map(|it| it.as_str()?.split_once(':'));
        each.fold(Pauses::none(), |pauses, (name, state)| {
            let owed = OBLIGATIONS.iter().find(|(it, _)| *it == name);
            let met = self.0.iter().any(|it| it == state)
                || matches!(state, "resolved" | "closed" | "open");
            match owed {
                Some((_, owed)) if met => pauses.stop(*owed, &[self.standing(state)]),
                _ => pauses,
            }
        })
    }
}
