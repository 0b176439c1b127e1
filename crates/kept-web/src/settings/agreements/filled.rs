//! The form of an agreement: what it holds, typed or stored, as texts. What they mean is decided in the domain.

use jiff::civil::Date;
use kept_app::Error;
use kept_app::agreements::{Draft, Mode};
use kept_app::domain::agreements::{
    ASKED, DAYS, Every, MOST_DUTIES, MOST_ROWS, Scope, Wording, Written, WrittenDuty, WrittenHours,
    WrittenRow, Wrong,
};
use kept_app::domain::clocks::Target;
use kept_app::domain::ids::{ClientId, QueueId};

use crate::forms::Fields;
use crate::numbers::number;

/// Rows for more priorities and kinds that every form ends with.
const BLANK_ROWS: usize = 2;

/// All fields of the form.
#[derive(Debug, Clone, Default)]
pub(super) struct Filled {
    pub name: String,
    /// A date; nothing: at once.
    pub from: String,
    pub mode: String,
    pub written: Written,
}

impl Filled {
    pub fn of(name: &str, wording: &Wording) -> Self {
        Self {
            name: name.to_owned(),
            mode: Mode::default().as_str().to_owned(),
            written: Written::of(wording),
            ..Self::default()
        }
    }

    pub fn typed(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).replace("\r\n", "\n").trim().to_owned();
        let targets = |row: &str| ASKED.map(|owed| text(&format!("{row}-{}", owed.as_str())));
        let hours = |side: &str| WrittenHours {
            zone: text(&format!("{side}-zone")),
            week: DAYS.map(|day| text(&format!("{side}-{day}"))),
            days: text(&format!("{side}-days")),
        };
        let row = |place: usize| WrittenRow {
            priority: text(&format!("row-{place}-priority")),
            kind: text(&format!("row-{place}-kind")),
            targets: targets(&format!("row-{place}")),
        };
        let duty = |place: usize| {
            let text = |field: &str| text(&format!("duty-{place}-{field}"));
            WrittenDuty {
                number: text("number"),
                what: text("what"),
                text: text("text"),
                every: text("every"),
                from: text("from"),
                rule: text("rule"),
                within: text("within"),
                who: text("who"),
                queue: text("queue"),
                gone: !text("gone").is_empty(),
            }
        };
        Self {
            name: text("name"),
            from: text("from"),
            mode: text("mode"),
            written: Written {
                desk: hours("desk"),
                client: hours("client"),
                rows: (0..MOST_ROWS).map(row).collect(),
                rest: targets("rest"),
                third_party_pauses: !fields.get("third-party-pauses").is_empty(),
                warn_percent: text("warn-percent"),
                escalate_after: text("escalate-after"),
                escalate_to: text("escalate-to"),
                reminders: text("reminders"),
                park_after: text("park-after"),
                close_after: text("close-after"),
                duties: (0..MOST_DUTIES).map(duty).collect(),
            },
        }
    }

    /// The rows the form shows: those that say something, and a few more to fill in.
    pub fn rows(&self) -> impl Iterator<Item = (usize, WrittenRow)> {
        let rows = &self.written.rows;
        let used = rows
            .iter()
            .rposition(|row| !row.is_empty())
            .map_or(0, |last| last + 1);
        let shown = (used + BLANK_ROWS).min(MOST_ROWS - 1);
        (0..shown).map(|place| (place, rows.get(place).cloned().unwrap_or_default()))
    }

    /// The duties the form shows: those that say something, and one more to fill in.
    pub fn duties(&self) -> impl Iterator<Item = (usize, WrittenDuty)> {
        let duties = &self.written.duties;
        let used = duties.iter().rposition(|it| it.gone || !it.is_empty());
        let shown = used.map_or(1, |last| last + 2).min(MOST_DUTIES);
        (0..shown).map(|place| {
            let known = duties.get(place).filter(|it| it.gone || !it.is_empty());
            (place, known.cloned().unwrap_or_else(blank_duty))
        })
    }

    /// What the form says, or everything that is wrong with it.
    pub fn draft(&self, scope: Scope) -> Result<Draft, Vec<Wrong>> {
        let from = match self.from.as_str() {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|_| Wrong {
                field: "from".to_owned(),
                problem: "write the day like 2026-12-24".to_owned(),
            }),
        };
        let wording = self.written.read();
        let name = match self.name.is_empty() {
            false => Ok(self.name.clone()),
            true => Err(Wrong {
                field: "name".to_owned(),
                problem: "give the agreement a name".to_owned(),
            }),
        };
        match (name, from, wording) {
            (Ok(name), Ok(from), Ok(wording)) => Ok(Draft {
                scope,
                name,
                wording,
                from,
                mode: Mode::from_text(&self.mode).unwrap_or_default(),
            }),
            (name, from, wording) => {
                let first = [name.err(), from.err()].into_iter().flatten();
                Err(first.chain(wording.err().unwrap_or_default()).collect())
            }
        }
    }
}

/// What most duties begin with.
fn blank_duty() -> WrittenDuty {
    WrittenDuty {
        every: Every::Month.as_str().to_owned(),
        within: Target::days(5).written(),
        ..WrittenDuty::default()
    }
}

/// An error of a command as one beside its field; one that is about no field stands above the form.
pub(super) fn wrong(error: &Error) -> Wrong {
    let field = match error {
        Error::Invalid { field, .. } => *field,
        _ => "",
    };
    Wrong {
        field: field.to_owned(),
        problem: error.to_string(),
    }
}

/// `client-3`, `queue-2`, `everybody`, as forms and addresses name whose an agreement is.
pub(super) fn scope_named(text: &str) -> Option<Scope> {
    if text == "everybody" {
        return Some(Scope::Everybody);
    }
    let (what, id) = text.split_once('-')?;
    match (what, number(id)?) {
        ("client", id) => Some(Scope::Client(ClientId(id))),
        ("queue", id) => Some(Scope::Queue(QueueId(id))),
        _ => None,
    }
}

pub(super) fn name_of(scope: Scope) -> String {
    match scope {
        Scope::Everybody => "everybody".to_owned(),
        Scope::Client(client) => format!("client-{client}"),
        Scope::Queue(queue) => format!("queue-{queue}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_it_is_survives_its_address() {
        for scope in [
            Scope::Everybody,
            Scope::Client(ClientId(3)),
            Scope::Queue(QueueId(2)),
        ] {
            assert_eq!(scope_named(&name_of(scope)), Some(scope));
        }
        for broken in ["", "client", "client-", "client-x", "person-3", "client--1"] {
            assert_eq!(scope_named(broken), None, "{broken}");
        }
    }
}
