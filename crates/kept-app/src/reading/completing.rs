//! What the search box offers while somebody types: fields, their values, and names the desk knows.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::fields::FieldKind;
use kept_domain::search::{Values, as_value, complete};
use kept_store::search::{self, Names};
use kept_store::{StoreError, Tx, fields};

use crate::{Desk, Error};

/// One thing the box offers: the whole search with it, and where one goes on typing, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// `client:`, `Acme`.
    pub says: String,
    pub meaning: String,
    pub search: String,
    pub caret: usize,
}

/// Longer texts are not completed.
const LONGEST: usize = 1_000;
/// Names offered at once.
const MOST_NAMES: usize = 8;

/// What fits at the place `caret` of `text`, in bytes.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn completions(
    desk: &Desk,
    viewer: &Viewer,
    text: &str,
    caret: usize,
) -> Result<Vec<Offer>, Error> {
    allow(viewer, Act::Read)?;
    let Some(it) = complete(text, caret).filter(|_| text.len() <= LONGEST) else {
        return Ok(vec![]);
    };
    let with = |word: &str, says: &str, meaning: &str| {
        // A field goes on with its value; a value is done.
        let goes_on = word.ends_with(':');
        let after = &text[it.to..];
        let space = if goes_on || after.starts_with(' ') {
            ""
        } else {
            " "
        };
        Offer {
            says: says.to_owned(),
            meaning: meaning.to_owned(),
            search: format!("{}{word}{space}{after}", &text[..it.from]),
            caret: it.from + word.len() + usize::from(!goes_on),
        }
    };
    let mut offers: Vec<Offer> = it
        .offers
        .iter()
        .map(|(word, meaning)| with(word, word, meaning))
        .collect();
    if let Some((Values::Own, typed)) = it.names.clone() {
        let own = desk
            .store()
            .read(move |tx| fields::named(tx, &typed, MOST_NAMES));
        for (slug, name) in own.await? {
            let word = format!("field.{slug}:");
            offers.push(with(&word, &word, &name));
        }
    }
    if let Some((slug, typed)) = it.own.clone() {
        let held = desk
            .store()
            .read(move |tx| held_by_own(tx, &slug, &typed))
            .await?;
        offers.extend(held.iter().map(|name| with(&as_value(name), name, "")));
    }
    if let Some((whose, typed)) = it
        .names
        .clone()
        .and_then(|(values, typed)| Some((names(values)?, typed)))
    {
        let found = desk
            .store()
            .read(move |tx| search::names(tx, whose, &typed, MOST_NAMES))
            .await?;
        let mut seen = Vec::new();
        for name in found {
            if !seen.contains(&name) {
                offers.push(with(&as_value(&name), &name, ""));
                seen.push(name);
            }
        }
    }
    Ok(offers)
}

/// What a field of the desk's own can hold: its choices, or people. Texts, numbers and days are not guessed.
fn held_by_own(tx: &mut Tx<'_>, slug: &str, typed: &str) -> Result<Vec<String>, StoreError> {
    let all = fields::all(tx)?;
    let Some(field) = all.into_iter().find(|field| field.slug == slug) else {
        return Ok(vec![]);
    };
    match field.kind {
        FieldKind::Choice => {
            let choices = field.content.choices.into_iter();
            let fits = choices.filter(|it| it.to_lowercase().starts_with(typed));
            Ok(fits.take(MOST_NAMES).collect())
        }
        FieldKind::Person => {
            let me = Some("me".to_owned()).filter(|me| me.starts_with(typed));
            let agents = search::names(tx, Names::Agents, typed, MOST_NAMES)?;
            let others = search::names(tx, Names::Requesters, typed, MOST_NAMES)?;
            Ok(me
                .into_iter()
                .chain(agents)
                .chain(others)
                .take(MOST_NAMES)
                .collect())
        }
        FieldKind::Text | FieldKind::Number | FieldKind::Date => Ok(vec![]),
    }
}

fn names(values: Values) -> Option<Names> {
    match values {
        Values::Clients => Some(Names::Clients),
        Values::Requesters => Some(Names::Requesters),
        Values::Agents => Some(Names::Agents),
        Values::Queues => Some(Names::Queues),
        Values::Assets => Some(Names::Assets),
        Values::Tags => Some(Names::Tags),
        Values::OneOf(_) | Values::Times | Values::Own | Values::Words => None,
    }
}
