//! Tags: short words the desk sorts its tickets by. One spelling each, whoever typed it.

use serde::{Deserialize, Serialize};

use super::{Refused, Ticket};
use crate::event::Event;

/// Longest tag, in characters, and most tags on one ticket.
const LONGEST: usize = 40;
const MOST: usize = 20;

/// Lower-case letters, digits and `-_./`, without spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tag(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTag {
    #[error("a tag is a word such as vip or paper-jam")]
    Empty,
    #[error("a tag can have at most {LONGEST} characters")]
    TooLong,
    #[error("“{0}” can't be in a tag; use letters, digits and - _ . /")]
    Letter(char),
}

impl Tag {
    /// Reads a tag as people type it: `#VIP` and `Paper jam` become `vip` and `paper-jam`.
    ///
    /// # Errors
    /// When nothing is left, it is too long, or a character can't be in a tag.
    pub fn parse(text: &str) -> Result<Self, BadTag> {
        let words: Vec<&str> = text
            .trim()
            .trim_start_matches('#')
            .split_whitespace()
            .collect();
        let tag = words.join("-").to_lowercase();
        if !tag.chars().any(char::is_alphanumeric) {
            return Err(BadTag::Empty);
        }
        if tag.chars().count() > LONGEST {
            return Err(BadTag::TooLong);
        }
        match tag
            .chars()
            .find(|c| !c.is_alphanumeric() && !"-_./".contains(*c))
        {
            Some(letter) => Err(BadTag::Letter(letter)),
            None => Ok(Self(tag)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Puts a tag on a ticket; one that is there already changes nothing.
///
/// # Errors
/// When the ticket is set aside or has too many tags.
pub fn tag(ticket: &Ticket, tag: &Tag) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    if ticket.tags.contains(tag) {
        return Ok(vec![]);
    }
    if ticket.tags.len() >= MOST {
        return Err(Refused::TooManyTags(ticket.id, MOST));
    }
    Ok(vec![Event::TagAdded { tag: tag.clone() }])
}

/// Takes a tag off; one that is not there changes nothing.
///
/// # Errors
/// When the ticket is set aside.
pub fn untag(ticket: &Ticket, tag: &Tag) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    let there = ticket.tags.contains(tag);
    Ok(there
        .then(|| Event::TagRemoved { tag: tag.clone() })
        .into_iter()
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_one_spelling() {
        let check = |text: &str, expected: &str| {
            assert_eq!(
                Tag::parse(text).map(|tag| tag.to_string()),
                Ok(expected.to_owned())
            );
        };
        check("VIP", "vip");
        check(" #Paper  jam ", "paper-jam");
        check("Zürich/2.og_süd", "zürich/2.og_süd");
        assert_eq!(Tag::parse(" # "), Err(BadTag::Empty));
        assert_eq!(Tag::parse("--"), Err(BadTag::Empty));
        assert_eq!(Tag::parse("a,b"), Err(BadTag::Letter(',')));
        assert_eq!(Tag::parse(&"x".repeat(41)), Err(BadTag::TooLong));
    }
}
