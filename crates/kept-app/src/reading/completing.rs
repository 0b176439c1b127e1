//! What the search box offers while somebody types: fields, their values, and names the desk knows.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::search::{Values, as_value, complete};
use kept_store::fields;
use kept_store::search::{self, Names};

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
