//! Why something can't be done with a ticket, in words for the person who tried.

use crate::ids::TicketId;
use crate::turn::LONGEST_REASON;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("#{0} was merged into #{1}; do this on #{1}, or take the merge back first")]
    Merged(TicketId, TicketId),
    #[error("#{0} is marked as spam; say it is not spam first")]
    IsSpam(TicketId),
    #[error("#{0} is not marked as spam")]
    NotSpam(TicketId),
    #[error("#{0} is not merged into another ticket")]
    NotMerged(TicketId),
    #[error("a ticket can't be merged into itself")]
    MergeIntoItself,
    #[error("nothing would be left on #{0}; join the whole ticket to another one instead")]
    NothingLeft(TicketId),
    #[error("only what came by mail can be made a ticket of its own")]
    NotAMail,
    #[error("a call stays on the ticket it was logged on; log it there too, if it concerns both")]
    CallStays,
    #[error("this message is on #{0} already")]
    AlreadyThere(TicketId),
    #[error("this message was never moved, so there is nothing to take back")]
    NeverMoved,
    #[error("the history of #{0} can't be read; see `kept doctor`")]
    NothingKnown(TicketId),
    #[error("#{0} is already resolved or closed")]
    AlreadyEnded(TicketId),
    #[error("#{0} is still worked on; there is nothing to confirm yet")]
    NotResolved(TicketId),
    #[error("#{0} is still open; there is nothing to reopen")]
    StillOpen(TicketId),
    #[error("#{0} was opened again since; there is no end to take back")]
    OpenAgain(TicketId),
    #[error(
        "#{0} was ended again since, or by somebody else; reopen it if there is still something to do"
    )]
    EndedByOthers(TicketId),
    #[error("#{0} has {1} tags already; take one off first")]
    TooManyTags(TicketId, usize),
    #[error("as many colleagues watch #{0} as can; somebody has to stop first")]
    TooManyWatchers(TicketId),
    #[error("they do not watch #{0}")]
    WatchesNot(TicketId),
    #[error("they take part in #{0} already")]
    TakesPartAlready(TicketId),
    #[error("they do not take part in #{0}")]
    TakesNoPart(TicketId),
    #[error("nobody changed whose ticket #{0} is")]
    RequesterUnchanged(TicketId),
    #[error("this message passes no other on")]
    NothingPassedOn,
    #[error("write something first; an empty message tells nobody anything")]
    EmptyMessage,
    #[error("a ticket needs a subject, so that people can find it again")]
    EmptySubject,
    #[error("write why, in a few words; everybody on the ticket reads it")]
    NoReason,
    #[error("that is too long for one line; {LONGEST_REASON} characters are the most")]
    ReasonTooLong,
    #[error("it is their turn on #{0} already")]
    TurnUnchanged(TicketId),
    #[error(
        "say whether it is the desk’s turn or the client’s; to wait for somebody else, say whom and for what"
    )]
    TurnOfNeither,
    #[error("#{0} waits for no third party")]
    NotWaiting(TicketId),
    #[error("they are responsible for #{0} already")]
    HoldsItAlready(TicketId),
    #[error("choose a time to come, within a month; until then the offer stands")]
    BadDue,
    #[error("#{0} is not offered to anybody (any more)")]
    NotOffered(TicketId),
    #[error("#{0} is offered to somebody else")]
    NotOfferedToYou(TicketId),
    #[error("a ticket can’t be linked to itself")]
    RelatesToItself,
    #[error("#{0} {1} #{2} already")]
    RelatedAlready(TicketId, &'static str, TicketId),
    #[error("it is not so that #{0} {1} #{2}")]
    NotRelated(TicketId, &'static str, TicketId),
    #[error("one of the two has {0} links already; take one off first")]
    TooManyBonds(usize),
    #[error(
        "that would go round in a circle: from #{2} links lead back to #{0} already, so it can’t be said that #{0} {1} #{2}"
    )]
    GoesInACircle(TicketId, &'static str, TicketId),
    #[error("more tickets hang together there than can be looked through; link to one nearer")]
    HangsTogetherTooFar,
    #[error("there is nothing of yours here that could still be taken back")]
    NothingToTakeBack,
}
