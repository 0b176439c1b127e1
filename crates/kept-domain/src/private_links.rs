//! Links for people without a session: what each is for, and whether it still holds. Nothing here knows a token.

use jiff::{SignedDuration, Timestamp};

use crate::ids::{PersonId, PrivateLinkId};
use crate::messages::text_form;

/// What a link leads to, and so what its `about` is the number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A client's scorecard, for their manager.
    Scorecard,
    /// A call that was logged, for its caller to confirm: the number of its message.
    Call,
    /// The calendar of an agent's promises.
    Calendar,
    /// A ticket that was resolved, for the client to confirm.
    Confirmation,
}

text_form!(Purpose {
    Purpose::Scorecard => "scorecard",
    Purpose::Call => "call",
    Purpose::Calendar => "calendar",
    Purpose::Confirmation => "confirmation",
});

/// A link, without its token, which nobody keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub id: PrivateLinkId,
    pub purpose: Purpose,
    /// The number of what it is about, as its purpose says.
    pub about: i64,
    /// `None` when Kept made it.
    pub made_by: Option<PersonId>,
    pub made_at: Timestamp,
    /// When it stops by itself; `None` for never.
    pub until: Option<Timestamp>,
    /// When somebody last came by it, to the hour.
    pub used_at: Option<Timestamp>,
    pub withdrawn_at: Option<Timestamp>,
}

/// Uses are written down no more often: to look at a page costs no write.
const NOTED_EVERY: SignedDuration = SignedDuration::from_hours(1);

impl Link {
    /// Whether whoever has it may still come in.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.withdrawn_at.is_none() && self.until.is_none_or(|until| now < until)
    }

    /// Whether a use now is worth writing down.
    pub fn is_news(&self, now: Timestamp) -> bool {
        self.used_at
            .is_none_or(|used| now.duration_since(used) >= NOTED_EVERY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    fn link() -> Link {
        Link {
            id: PrivateLinkId(1),
            purpose: Purpose::Scorecard,
            about: 7,
            made_by: None,
            made_at: at(0),
            until: None,
            used_at: None,
            withdrawn_at: None,
        }
    }

    #[test]
    fn a_link_holds_until_it_is_over_or_withdrawn() {
        assert!(link().holds(at(9_999_999)));
        let until = Some(at(60));
        let short = Link { until, ..link() };
        assert!(short.holds(at(59)));
        assert!(!short.holds(at(60)));
        let withdrawn_at = Some(at(1));
        let gone = Link {
            withdrawn_at,
            ..link()
        };
        assert!(!gone.holds(at(2)));
    }

    #[test]
    fn a_use_is_news_once_an_hour() {
        assert!(link().is_news(at(0)));
        let used_at = Some(at(10));
        let used = Link { used_at, ..link() };
        assert!(!used.is_news(at(69)));
        assert!(used.is_news(at(70)));
    }
}
