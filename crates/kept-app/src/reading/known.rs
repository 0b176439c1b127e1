//! Whether a search can find anything at all: what it asks for by name must be there.

use std::cell::RefCell;

use kept_domain::fields::{Asked, Compared, Field, FieldKind};
use kept_domain::search::{
    BadQuery, Condition, Meant, Negation, Query, mistaken, nearest, negation, whole_name,
};
use kept_store::search::{self, Names};
use kept_store::{Tx, fields};

use crate::Error;

/// A field of the desk's own that there is none of is a mistake, not a search without an answer.
pub(crate) fn has_its_fields(tx: &mut Tx<'_>, query: &Query, text: &str) -> Result<(), Error> {
    let asked = RefCell::new(Vec::new());
    query.any(&|it| {
        if let Condition::Field(it) = it {
            asked.borrow_mut().push(it.slug.clone());
        }
        false
    });
    let asked = asked.into_inner();
    if asked.is_empty() {
        return Ok(());
    }
    let known: Vec<String> = fields::all(tx)?.into_iter().map(|it| it.slug).collect();
    let Some(wrong) = asked.iter().find(|slug| !known.contains(slug)) else {
        return Ok(());
    };
    let name = format!("field.{wrong}");
    let at = text.to_lowercase().find(&name).unwrap_or_default();
    let like = nearest(wrong, known.iter().map(String::as_str));
    let meant = like.map(|like| {
        let like = format!("field.{like}");
        let end = (at + name.len()).min(text.len());
        let instead = match (text.get(..at), text.get(end..)) {
            (Some(before), Some(after)) => format!("{before}{like}{after}"),
            _ => like.clone(),
        };
        Box::new(Meant { like, instead })
    });
    Err(Error::Search(BadQuery {
        at,
        problem: format!("This desk has no field “{wrong}”; Settings, Custom fields has all"),
        meant,
    }))
}

/// What asks for something by a name that nobody and nothing has is a mistake as well.
pub(crate) fn can_be_found(tx: &mut Tx<'_>, query: &Query, text: &str) -> Result<(), Error> {
    match impossible(tx, query)? {
        Some(it) => Err(Error::Search(it.told(text))),
        None => Ok(()),
    }
}

/// For a search that is kept: what is not there yet may come, unless it looks like a slip or is chosen from a list.
pub(crate) fn may_be_found(tx: &mut Tx<'_>, query: &Query, text: &str) -> Result<(), Error> {
    has_its_fields(tx, query, text)?;
    if let Some(not) = negation(text).filter(|it| it.is_sure) {
        return Err(Error::Search(left_out(not)));
    }
    match impossible(tx, query)? {
        Some(it) if it.like.is_some() || it.is_of_few => Err(Error::Search(it.told(text))),
        _ => Ok(()),
    }
}

/// How something is left out, said as a mistake.
pub(crate) fn left_out(not: Negation) -> BadQuery {
    BadQuery {
        at: not.at,
        problem: "“not” is a word like any other; a minus leaves something out".to_owned(),
        meant: Some(Box::new(not.meant)),
    }
}

/// What nothing can fulfil.
struct Impossible {
    asked: Condition,
    problem: String,
    like: Option<String>,
    /// What there is was decided by the desk, and not by who writes to it.
    is_of_few: bool,
}

impl Impossible {
    fn told(self, text: &str) -> BadQuery {
        mistaken(text, &self.asked, self.problem, self.like.as_deref())
    }
}

/// The first of what must hold that can't.
fn impossible(tx: &mut Tx<'_>, query: &Query) -> Result<Option<Impossible>, Error> {
    for asked in &query.conditions {
        let found = match asked {
            Condition::Any(queries) => none_of(tx, queries)?,
            Condition::Field(it) => no_choice(tx, it)?,
            plain => no_such(tx, plain)?,
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Of alternatives all must be impossible.
fn none_of(tx: &mut Tx<'_>, queries: &[Query]) -> Result<Option<Impossible>, Error> {
    let mut first = None;
    for query in queries {
        let Some(found) = impossible(tx, query)? else {
            return Ok(None);
        };
        first.get_or_insert(found);
    }
    Ok(first)
}

/// Names compared, to find the one that was meant.
const NAMES: usize = 4_000;
/// So few are named all.
const FEW: usize = 6;

fn no_such(tx: &mut Tx<'_>, asked: &Condition) -> Result<Option<Impossible>, Error> {
    let (whose, text) = match asked {
        Condition::Tag(tag) => (Names::Tags, tag.as_str()),
        Condition::Client(text) => (Names::Clients, text.as_str()),
        Condition::Queue(text) => (Names::Queues, text.as_str()),
        Condition::Asset(text) => (Names::Assets, text.as_str()),
        Condition::From(text) | Condition::With(text) => (Names::Requesters, text.as_str()),
        Condition::Agent(text) | Condition::Offered(text) | Condition::Watching(text) => {
            (Names::Agents, text.as_str())
        }
        _ => return Ok(None),
    };
    if text == "me" || text.starts_with('#') || search::is_called(tx, whose, text)? {
        return Ok(None);
    }
    let text = whole_name(text).unwrap_or(text);
    let names = search::names(tx, whose, "", NAMES)?;
    let there = match whose {
        Names::Queues if names.len() <= FEW => format!("; there are {}", names.join(", ")),
        _ => String::new(),
    };
    let problem = match whose {
        Names::Tags => format!("No ticket has the tag “{text}”"),
        Names::Clients => format!("No client’s name contains “{text}”"),
        Names::Queues => format!("No queue’s name contains “{text}”{there}"),
        Names::Assets => format!("No asset’s name or identifier contains “{text}”"),
        Names::Requesters => format!("Nobody’s name or address contains “{text}”"),
        Names::Agents => format!("Nobody at the desk is called “{text}”"),
    };
    Ok(Some(Impossible {
        asked: asked.clone(),
        problem,
        like: like(text, &names),
        is_of_few: matches!(whose, Names::Queues | Names::Agents),
    }))
}

fn no_choice(tx: &mut Tx<'_>, asked: &Asked) -> Result<Option<Impossible>, Error> {
    let Compared::Is(text) = &asked.compared else {
        return Ok(None);
    };
    let all = fields::all(tx)?;
    let is_it = |it: &&Field| it.slug == asked.slug && it.kind == FieldKind::Choice;
    let Some(field) = all.iter().find(is_it) else {
        return Ok(None);
    };
    let choices = &field.content.choices;
    if choices.iter().any(|it| it.to_lowercase().contains(text)) {
        return Ok(None);
    }
    let (name, there) = (&field.content.name, choices.join(", "));
    Ok(Some(Impossible {
        asked: Condition::Field(asked.clone()),
        problem: format!("“{text}” can’t be chosen for {name}; there are {there}"),
        like: like(text, choices),
        is_of_few: true,
    }))
}

/// The name, or the word of one, that is nearest.
fn like(text: &str, names: &[String]) -> Option<String> {
    let whole = nearest(text, names.iter().map(String::as_str));
    let words = || nearest(text, names.iter().flat_map(|name| name.split_whitespace()));
    whole.or_else(words).map(str::to_owned)
}
