//! The search: the language of `kept_domain::search` asked of the store.

use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::MessageId;
use kept_domain::search::{Asker, Condition, Meant, Query, nearest, negation, parse, split};
use kept_store::search::{self, Hit};
use kept_store::{Tx, messages};

use super::body::body_of;
use super::inbox::{Listed, with_turns};
use super::known;
use crate::{Desk, Error};

/// A ticket that was found, with the words that were looked for where they stand.
#[derive(Debug, Clone)]
pub struct Found {
    pub listed: Listed,
    /// The message that holds the words.
    pub message: Option<MessageId>,
    /// The message text around the first match; empty for a search by fields alone.
    pub excerpt: String,
}

/// What came of a search.
#[derive(Debug, Clone, Default)]
pub struct Results {
    pub found: Vec<Found>,
    /// How many there are in all, no more than [`MOST_COUNTED`].
    pub count: usize,
    /// Where nothing was found: the same search with words the desk knows, which does find something.
    pub instead: Option<String>,
    /// What `not` was likely meant to leave out, and how that is written.
    pub left_out: Option<Meant>,
}

/// Most tickets one search shows, and most that are counted.
const MOST: usize = 50;
pub const MOST_COUNTED: usize = 1_000;

/// Tickets that answer `text`, what is open first, then the newest. An empty search finds nothing.
///
/// # Errors
/// When the viewer may not, or the search can't be understood, with the place of the mistake.
pub async fn search(
    desk: &Desk,
    viewer: &Viewer,
    text: &str,
    zone: TimeZone,
) -> Result<Results, Error> {
    allow(viewer, Act::Read)?;
    let query = parse(text)?;
    if query.is_empty() {
        return Ok(Results::default());
    }
    let (me, now, text) = (viewer.person, desk.now(), text.to_owned());
    desk.store()
        .read(move |tx| {
            let asker = Asker {
                me: Some(me),
                now,
                zone: &zone,
            };
            known::has_its_fields(tx, &query, &text)?;
            let hits = search::tickets(tx, &query, asker, MOST)?;
            let count = match hits.len() {
                MOST => search::count(tx, &query, asker, MOST_COUNTED)?,
                few => few,
            };
            let not = negation(&text)
                .filter(|it| it.is_sure || hits.is_empty() || text.starts_with("not "));
            let instead = match hits.is_empty() && not.is_none() {
                true => instead(tx, &query, &text, asker)?,
                false => None,
            };
            if hits.is_empty() && instead.is_none() {
                known::can_be_found(tx, &query, &text)?;
            }
            let found = shown(tx, &query, hits)?;
            Ok(Results {
                found,
                count,
                instead,
                left_out: not.map(|it| it.meant),
            })
        })
        .await
}

fn shown(tx: &mut Tx<'_>, query: &Query, hits: Vec<Hit>) -> Result<Vec<Found>, Error> {
    let messages: Vec<MessageId> = hits.iter().filter_map(|hit| hit.message).collect();
    let messages = messages::by_ids(tx, &messages)?;
    let words = query.all_words();
    let (tickets, found): (Vec<_>, Vec<_>) = hits
        .into_iter()
        .map(|Hit { ticket, message }| (ticket, message))
        .unzip();
    let excerpts = found.into_iter().map(|id| {
        let message = messages.iter().find(|message| Some(message.id) == id);
        let excerpt = message.map(|m| excerpt(&body_of(m).new_text(), &words));
        (id, excerpt.unwrap_or_default())
    });
    let excerpts: Vec<_> = excerpts.collect();
    let listed = with_turns(tx, tickets)?.into_iter().zip(excerpts);
    Ok(listed
        .map(|(listed, (message, excerpt))| Found {
            listed,
            message,
            excerpt,
        })
        .collect())
}

/// Sees through slips of the finger: each word the desk does not know becomes the nearest one it does.
fn instead(
    tx: &mut Tx<'_>,
    query: &Query,
    text: &str,
    asker: Asker<'_>,
) -> Result<Option<String>, Error> {
    let known = search::vocabulary(tx)?;
    let mut better = text.to_owned();
    for word in looked_for(query) {
        let is_known = known
            .range(word.clone()..)
            .next()
            .is_some_and(|known| known.starts_with(&word));
        let near = nearest(&word, known.iter().map(String::as_str)).filter(|_| !is_known);
        if let Some(near) = near {
            better = replaced(&better, &word, near);
        }
    }
    if better == text {
        return Ok(None);
    }
    let Ok(query) = parse(&better) else {
        return Ok(None);
    };
    let finds = search::count(tx, &query, asker, 1)? > 0;
    Ok(finds.then_some(better))
}

/// The words of a search, in its texts and in the names it asks for.
fn looked_for(query: &Query) -> Vec<String> {
    const BYTES: usize = 200;
    let names = query.conditions.iter().filter_map(|it| match it {
        Condition::Client(text)
        | Condition::From(text)
        | Condition::Agent(text)
        | Condition::With(text)
        | Condition::Subject(text) => Some(text.clone()),
        _ => None,
    });
    let texts = query.all_words().into_iter().chain(names);
    texts.flat_map(|text| split(&text, BYTES)).collect()
}

/// The text with one of its words changed, wherever it stands and however it is written.
fn replaced(text: &str, word: &str, with: &str) -> String {
    let is_part = |letter: char| letter.is_alphanumeric();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begins) = rest.find(is_part) {
        let (before, from) = rest.split_at(begins);
        let ends = from.find(|c| !is_part(c)).unwrap_or(from.len());
        let (run, after) = from.split_at(ends);
        out.push_str(before);
        let is_it = split(run, run.len().max(1) * 4).concat() == word;
        out.push_str(if is_it { with } else { run });
        rest = after;
    }
    out + rest
}

/// Letters shown before the first match, and in all.
const BEFORE: usize = 40;
const ROOM: usize = 200;

/// The text around the first of the words that stands in it.
fn excerpt(text: &str, words: &[String]) -> String {
    let letters: Vec<char> = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .collect();
    let folded: String = letters
        .iter()
        .map(|c| c.to_lowercase().next().unwrap_or(*c))
        .collect();
    let found = words
        .iter()
        .filter_map(|word| folded.find(&word.to_lowercase()))
        .min();
    let at = found.map_or(0, |byte| folded[..byte].chars().count());
    let start = at.saturating_sub(BEFORE);
    let cut: String = letters.iter().skip(start).take(ROOM).collect();
    let (before, after) = (start > 0, letters.len() > start + ROOM);
    format!(
        "{}{cut}{}",
        if before { "…" } else { "" },
        if after { "…" } else { "" }
    )
}

#[cfg(test)]
mod tests {
    use super::{excerpt, replaced};

    #[test]
    fn only_the_word_itself_is_replaced() {
        let check = |text: &str, expected: &str| {
            assert_eq!(replaced(text, "pritner", "printer"), expected, "{text}");
        };
        check("Pritner client:acme", "printer client:acme");
        check("\"pritner jam\" -pritner2", "\"printer jam\" -pritner2");
        check("(is:open or pritner)", "(is:open or printer)");
        check("é", "é");
    }

    #[test]
    fn an_excerpt_shows_the_first_match() {
        let words = ["smells".to_owned()];
        assert_eq!(
            excerpt("Now it Smells, too.", &words),
            "Now it Smells, too."
        );
        let long = format!("{} it smells {}", "a ".repeat(100), "b ".repeat(200));
        let cut = excerpt(&long, &words);
        assert!(
            cut.starts_with('…') && cut.ends_with('…') && cut.contains("it smells"),
            "{cut}"
        );
        assert_eq!(excerpt("", &words), "");
    }
}
