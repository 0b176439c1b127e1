//! The search: the language of `kept_domain::search` asked of the store.

use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::MessageId;
use kept_domain::search::parse;
use kept_store::messages;
use kept_store::search::{self, Hit};

use super::body::body_of;
use super::inbox::{Listed, with_turns};
use crate::{Desk, Error};

/// A ticket that was found, with the words that were looked for where they stand.
#[derive(Debug, Clone)]
pub struct Found {
    pub listed: Listed,
    /// The message text around the first match; empty for a search by fields alone.
    pub excerpt: String,
}

/// Most tickets one search shows.
const MOST: usize = 50;

/// Tickets that answer `text`, the best first. An empty search finds nothing.
///
/// # Errors
/// When the viewer may not, or the search can't be understood, with the place of the mistake.
pub async fn search(
    desk: &Desk,
    viewer: &Viewer,
    text: &str,
    zone: TimeZone,
) -> Result<Vec<Found>, Error> {
    allow(viewer, Act::Read)?;
    let query = parse(text)?;
    if query.is_empty() {
        return Ok(vec![]);
    }
    let (me, now) = (viewer.person, desk.now());
    desk.store()
        .read(move |tx| {
            let hits = search::tickets(tx, &query, Some(me), (&zone, now), MOST)?;
            let messages: Vec<MessageId> = hits.iter().filter_map(|hit| hit.message).collect();
            let messages = messages::by_ids(tx, &messages)?;
            let words: Vec<String> = query.words.iter().chain(&query.phrases).cloned().collect();
            let (tickets, found): (Vec<_>, Vec<_>) = hits
                .into_iter()
                .map(|Hit { ticket, message }| (ticket, message))
                .unzip();
            let excerpts = found.into_iter().map(|id| {
                let message = messages.iter().find(|message| Some(message.id) == id);
                message.map_or_else(String::new, |m| excerpt(&body_of(m).new_text(), &words))
            });
            let excerpts: Vec<String> = excerpts.collect();
            let listed = with_turns(tx, tickets)?;
            let found = listed.into_iter().zip(excerpts);
            Ok(found
                .map(|(listed, excerpt)| Found { listed, excerpt })
                .collect())
        })
        .await
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
    use super::excerpt;

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
