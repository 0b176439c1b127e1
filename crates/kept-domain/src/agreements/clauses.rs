//! An agreement in words that both sides understand, and how two wordings differ.

use jiff::civil::Date;

use super::{Duty, Escalation, Row, Silence, When, Wording};
use crate::clocks::{Owed, Side, Target};
use crate::hours::Calendar;
use crate::ids::PersonId;
use crate::tickets::{Kind, Priority};

/// One sentence of it, spoken by the desk to the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    pub topic: Topic,
    /// What it is about, for telling wordings apart: `First response`, `2026-12-25`.
    pub about: String,
    pub says: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// What is asked for some tickets: `Urgent incidents`.
    Tickets(String),
    Hours,
    /// A day on which a side's hours differ.
    Days(Side),
    Rules,
    /// What the client does besides.
    Duties,
}

/// What differs between two wordings. One of the two is missing where something was added or taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub topic: Topic,
    pub about: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Topic {
    pub fn words(&self) -> &str {
        match self {
            Topic::Tickets(which) => which,
            Topic::Hours => "Hours",
            Topic::Days(Side::Desk) => "Our days",
            Topic::Days(Side::Client) => "Your days",
            Topic::Rules => "Also agreed",
            Topic::Duties => "Your duties",
        }
    }
}

impl Wording {
    /// All of it; `name` tells who is told when the desk stays late.
    pub fn clauses(&self, name: impl Fn(PersonId) -> String) -> Vec<Clause> {
        let alone = self.rows.len() == 1;
        let mut all: Vec<Clause> = self.rows.iter().flat_map(|row| asked(row, alone)).collect();
        all.extend(hours(Side::Desk, &self.desk));
        all.extend(hours(Side::Client, &self.client));
        all.extend(self.rules(name));
        all.extend(self.duties.iter().map(duty));
        all
    }

    fn rules(&self, name: impl Fn(PersonId) -> String) -> Vec<Clause> {
        let third = match self.third_party_pauses {
            true => {
                "While we wait for somebody else, such as a supplier, our time to resolve stands still. We keep you up to date."
            }
            false => {
                "While we wait for somebody else, such as a supplier, our time to resolve goes on."
            }
        };
        let rule = |about: &str, says: String| Clause {
            topic: Topic::Rules,
            about: about.to_owned(),
            says,
        };
        let percent = self.warn_percent;
        let mut rules = vec![
            rule(
                "Your turn",
                "While it is your turn, our time to resolve and for updates stands still."
                    .to_owned(),
            ),
            rule("Third parties", third.to_owned()),
            rule(
                "Warning",
                format!(
                    "Whoever owes something is warned when {percent} % of the time is used up."
                ),
            ),
        ];
        rules.extend(
            self.escalation
                .map(|it| rule("When we stay late", late(it, name))),
        );
        rules.push(rule("Silence", silence(&self.silence)));
        rules
    }
}

/// Everything in which two wordings differ, in the order of the later one; what was taken out comes last.
pub fn differences(before: &[Clause], after: &[Clause]) -> Vec<Difference> {
    let same = |one: &Clause, other: &Clause| one.topic == other.topic && one.about == other.about;
    let changed = after.iter().filter_map(|new| {
        let old = before.iter().find(|old| same(old, new));
        (old.map(|old| &old.says) != Some(&new.says)).then(|| difference(old, Some(new)))?
    });
    let gone = before
        .iter()
        .filter(|old| !after.iter().any(|new| same(old, new)));
    let gone = gone.filter_map(|old| difference(Some(old), None));
    changed.chain(gone).collect()
}

fn difference(before: Option<&Clause>, after: Option<&Clause>) -> Option<Difference> {
    let clause = after.or(before)?;
    Some(Difference {
        topic: clause.topic.clone(),
        about: clause.about.clone(),
        before: before.map(|it| it.says.clone()),
        after: after.map(|it| it.says.clone()),
    })
}

fn asked(row: &Row, alone: bool) -> Vec<Clause> {
    let topic = Topic::Tickets(tickets(row, alone));
    let clause = |(owed, target)| Clause {
        topic: topic.clone(),
        about: about(owed).to_owned(),
        says: says(owed, target),
    };
    row.targets.all().into_iter().map(clause).collect()
}

/// `Urgent incidents`, `Urgent tickets`, `Questions`, `Everything else`.
fn tickets(row: &Row, alone: bool) -> String {
    let kinds = |kind: Option<Kind>| match kind {
        None => "tickets",
        Some(Kind::Incident) => "incidents",
        Some(Kind::Request) => "requests",
        Some(Kind::Question) => "questions",
    };
    let how = row.priority.map(|priority| match priority {
        Priority::Urgent => "Urgent",
        Priority::High => "High-priority",
        Priority::Normal => "Normal",
        Priority::Low => "Low-priority",
    });
    match (how, row.kind) {
        (None, None) if alone => "Every ticket".to_owned(),
        (None, None) => "Everything else".to_owned(),
        (None, Some(Kind::Incident)) => "Incidents".to_owned(),
        (None, Some(Kind::Request)) => "Requests".to_owned(),
        (None, Some(Kind::Question)) => "Questions".to_owned(),
        (Some(how), kind) => format!("{how} {}", kinds(kind)),
    }
}

/// What an obligation is called above a column.
pub fn about(owed: Owed) -> &'static str {
    match owed {
        Owed::FirstResponse => "First response",
        Owed::NextResponse => "Next response",
        Owed::NextUpdate => "Next update",
        Owed::Resolution => "Resolution",
        Owed::Acceptance => "Acceptance",
        Owed::Answer => "Answer",
        Owed::Confirmation => "Confirmation",
        Owed::Approval => "Approval",
        Owed::Duty => "Duty",
        Owed::Promise => "Promise",
    }
}

fn says(owed: Owed, target: Target) -> String {
    let time = time(target, owed.side());
    match owed {
        Owed::FirstResponse => format!("We answer within {time}."),
        Owed::NextResponse => format!("We answer each further message within {time}."),
        Owed::NextUpdate => format!("You hear from us at least every {time} while it is open."),
        Owed::Resolution => format!("We resolve it within {time}."),
        Owed::Answer => format!("You answer our questions within {time}."),
        Owed::Confirmation => {
            format!("You tell us within {time} whether what we resolved is done.")
        }
        Owed::Acceptance | Owed::Approval | Owed::Duty | Owed::Promise => {
            format!("{} within {time}.", about(owed))
        }
    }
}

/// `30 min of our business time`, `2 of your working days`, `1 h around the clock`.
fn time(target: Target, side: Side) -> String {
    let whose = match side {
        Side::Desk => "our",
        Side::Client => "your",
    };
    let days = match target.business_days {
        0 => None,
        1 => Some(format!("one of {whose} working days")),
        days => Some(format!("{days} of {whose} working days")),
    };
    let only = |business, real| {
        let target = Target {
            business_minutes: business,
            real_minutes: real,
            ..Target::default()
        };
        (business + real > 0).then(|| target.written())
    };
    let business = |minutes| only(minutes, 0).map(|it| format!("{it} of {whose} business time"));
    let parts = [
        days,
        business(target.business_minutes),
        only(0, target.real_minutes),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let text = parts.join(", then ");
    let more = target
        .out_of_hours
        .map(|it| [business(it.business_minutes), only(0, it.real_minutes)]);
    let more: Vec<String> = more.into_iter().flatten().flatten().collect();
    match more.is_empty() {
        true => text,
        false => format!(
            "{text}, and {} more when it begins out of hours",
            more.join(" and ")
        ),
    }
}

fn hours(side: Side, calendar: &Calendar) -> Vec<Clause> {
    let who = match side {
        Side::Desk => "We work",
        Side::Client => "You work",
    };
    let about = match side {
        Side::Desk => "Ours",
        Side::Client => "Yours",
    };
    let week = Clause {
        topic: Topic::Hours,
        about: about.to_owned(),
        says: format!(
            "{who} {}, by the clock of {}.",
            week(calendar),
            calendar.zone_name()
        ),
    };
    let day = |day: crate::hours::Day| Clause {
        topic: Topic::Days(side),
        about: day.date.to_string(),
        says: match day.name.is_empty() {
            true => day.hours.to_string(),
            false => format!("{} ({})", day.hours, day.name),
        },
    };
    let days = calendar.days().into_iter().map(day);
    std::iter::once(week).chain(days).collect()
}

fn duty(duty: &Duty) -> Clause {
    let day = |date: Date| date.strftime("%-d %B %Y").to_string();
    let when = match &duty.when {
        When::Once { on } => format!("Once, on {}", day(*on)),
        When::Again { from, rule } => match rule.named(*from) {
            Some(every) => format!("Every {} from {} on", every.as_str(), day(*from)),
            None => format!("From {} on by the rule {}", day(*from), rule.as_str()),
        },
    };
    Clause {
        topic: Topic::Duties,
        about: duty.what.clone(),
        says: format!(
            "{when} we ask you for it; you do it within {}.",
            time(duty.within, Side::Client)
        ),
    }
}

/// `Mon–Fri 09:00–17:00 and Sat 10:00–12:00`, `around the clock`.
fn week(calendar: &Calendar) -> String {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let mut runs: Vec<(usize, usize, String)> = Vec::new();
    for (day, hours) in calendar.week().iter().enumerate() {
        let text = hours.to_string();
        match runs.last_mut() {
            Some((_, last, known)) if *known == text => *last = day,
            _ => runs.push((day, day, text)),
        }
    }
    if let [(_, _, all)] = runs.as_slice()
        && all == "00:00–24:00"
    {
        return "around the clock".to_owned();
    }
    let open = runs.iter().filter(|(_, _, hours)| hours != "closed");
    let words = open.map(|(first, last, hours)| match first == last {
        true => format!("{} {hours}", NAMES[*first]),
        false => format!("{}–{} {hours}", NAMES[*first], NAMES[*last]),
    });
    let words: Vec<String> = words.collect();
    match words.is_empty() {
        true => "on the days listed only".to_owned(),
        false => words.join(" and "),
    }
}

fn late(escalation: Escalation, name: impl Fn(PersonId) -> String) -> String {
    let who = escalation.to.map_or_else(|| "our admins".to_owned(), name);
    let after = time(escalation.after, Side::Desk);
    format!("When we are late, our dispatcher is told at once, and {who} after {after} more.")
}

fn silence(silence: &Silence) -> String {
    let each = |target: &Target| time(*target, Side::Client);
    let mut says = match silence.reminders.as_slice() {
        [] => "When you are silent, the ticket waits".to_owned(),
        reminders => {
            let times: Vec<String> = reminders.iter().map(each).collect();
            format!(
                "When you are silent, we remind you after {}",
                times.join(" and after ")
            )
        }
    };
    if let Some(after) = &silence.park_after {
        says.push_str(&format!("; we put the ticket aside after {}", each(after)));
    }
    if let Some(after) = &silence.close_after {
        says.push_str(&format!("; we close it after {}", each(after)));
    }
    says.push_str(". Any word of yours wakes it.");
    says
}
