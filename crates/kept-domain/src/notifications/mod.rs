//! What people of the desk are told about tickets, and how each of them wants to hear it.

mod mentions;
mod news;
mod watched;

pub use mentions::{Nameable, mentioned};
pub use news::{News, news};
pub use watched::watched;

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

/// Why somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something is due soon.
    DueSoon,
    /// Something is late.
    Late,
    /// Something stays late, and somebody higher up should know.
    Escalated,
    /// A ticket is offered to them.
    Offered,
    /// What became of a ticket they offered.
    OfferAnswered,
    /// A ticket, or a promise on one, became theirs.
    Assigned,
    /// A colleague named them.
    Mentioned,
    /// A promise of theirs is broken.
    PromiseBroken,
    /// The client answered on a ticket of theirs.
    ClientWrote,
    /// What was in the way of a ticket of theirs is done.
    Unblocked,
    /// Something was said on a ticket they watch, or it ended.
    Watched,
}

text_form!(Kind {
    Kind::DueSoon => "due-soon",
    Kind::Late => "late",
    Kind::Escalated => "escalated",
    Kind::Offered => "offered",
    Kind::OfferAnswered => "offer-answered",
    Kind::Assigned => "assigned",
    Kind::Mentioned => "mentioned",
    Kind::PromiseBroken => "promise-broken",
    Kind::ClientWrote => "client-wrote",
    Kind::Unblocked => "unblocked",
    Kind::Watched => "watched",
});

/// How somebody hears of a kind by mail. They always find it on their page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// On their page only.
    Page,
    /// Collected, in one mail at the beginning of their next working day.
    Digest,
    /// By mail, in their hours.
    AtOnce,
}

text_form!(How {
    How::Page => "page",
    How::Digest => "digest",
    How::AtOnce => "at-once",
});

/// By which roads somebody hears of a kind, besides their page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    pub mail: How,
    /// By their own web-hook, once they have one.
    pub hook: bool,
    /// Shown by itself on the computers where they switched that on.
    pub pop_up: bool,
}

impl Ways {
    /// On their page and nowhere else.
    pub const PAGE: Ways = Ways {
        mail: How::Page,
        hook: false,
        pop_up: false,
    };

    /// Whether any of them goes out to somebody, so that their hours count.
    pub fn reach_out(self) -> bool {
        self != Ways::PAGE
    }
}

impl Kind {
    pub const ALL: [Kind; 11] = [
        Kind::DueSoon,
        Kind::Late,
        Kind::Escalated,
        Kind::Offered,
        Kind::OfferAnswered,
        Kind::Assigned,
        Kind::Mentioned,
        Kind::PromiseBroken,
        Kind::ClientWrote,
        Kind::Unblocked,
        Kind::Watched,
    ];

    /// As it stands after “When”.
    pub fn words(self) -> &'static str {
        match self {
            Kind::DueSoon => "something of mine is due soon",
            Kind::Late => "something I answer for is late",
            Kind::Escalated => "something stays late and is brought before me",
            Kind::Offered => "a ticket is offered to me",
            Kind::OfferAnswered => "a ticket I offered is taken, declined or comes back",
            Kind::Assigned => "a ticket or a promise is made mine",
            Kind::Mentioned => "a colleague names me in a note",
            Kind::PromiseBroken => "a promise of mine is broken",
            Kind::ClientWrote => "a client writes on a ticket of mine",
            Kind::Unblocked => "what blocks a ticket of mine is done",
            Kind::Watched => "something is said on a ticket I watch, or it ends",
        }
    }

    /// For those who never chose: what can't wait comes by mail and by web-hook.
    pub fn by_default(self) -> Ways {
        let mail = match self {
            Kind::Late | Kind::Escalated | Kind::Offered | Kind::Mentioned => How::AtOnce,
            Kind::PromiseBroken | Kind::OfferAnswered => How::AtOnce,
            Kind::DueSoon | Kind::Assigned | Kind::ClientWrote => How::Page,
            Kind::Unblocked | Kind::Watched => How::Page,
        };
        Ways {
            mail,
            hook: mail == How::AtOnce,
            pop_up: self != Kind::Watched,
        }
    }
}
