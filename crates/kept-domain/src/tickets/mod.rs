//! A ticket: one request, from first word to confirmed end, and what may be done with it.
//!
//! Each command is a function from the ticket as it stands to the events that follow, or a refusal.

pub(crate) mod bond;
mod close;
mod delegate;
mod edit;
mod ending;
mod forward;
mod invitation;
mod link;
pub(crate) mod merge;
pub(crate) mod moves;
mod not_heard;
mod open;
mod participants;
mod readers;
mod receive;
mod refused;
mod reply;
mod requester;
mod sorted;
mod spam;
mod state;
mod tags;
pub(crate) mod undone;
mod values;
mod wait;
mod watch;
pub(crate) mod withdraw;

pub use bond::{Bond, Circle, Known, MOST_BONDS, bonds, circle, relate, unrelate};
pub use close::{close, confirm, reopen, resolve};
pub use delegate::{Offer, accept, decline, delegate, time_out, withdraw_offer};
pub use edit::{
    LONGEST_SUBJECT, assign, change_kind, change_priority, change_queue, change_subject,
    clean_subject,
};
pub use ending::{ended_with, take_end_back};
pub use forward::{Answering, forward, is_private, receive_privately};
pub use invitation::answer_invitation;
pub use link::Link;
pub use merge::{merge, undo_merge};
pub use moves::{Line, Moved, Said, Standing, bring_in, came_from, move_back, move_out, then_of};
pub use not_heard::not_heard;
pub use open::{Opening, open};
pub use participants::{
    Partaking, add_participant, hears_after_merge, named_in_mail, participants, remove_participant,
};
pub use readers::{Reader, is_outside};
pub use receive::{Received, receive};
pub use refused::Refused;
pub use reply::{note, reply, reply_and_wait};
pub use requester::{
    ForwardQuestion, answer_forward, change_requester, forward_question, undo_requester,
};
pub use sorted::{Sorted, Stays, is_fresh_act_of, put_back};
pub use spam::{mark_spam, unmark_spam};
pub use state::{BrokenHistory, Delegation, Ticket};
pub use tags::{BadTag, Tag, tag, untag};
pub use values::{AndThen, Aside, Kind, Priority, Status};
pub use wait::{begin_wait, end_wait};
pub use watch::{MOST_WATCHERS, watch, watchers};
pub use withdraw::{wait_of, withdraw};

#[cfg(test)]
mod no_cracks;
#[cfg(test)]
pub(crate) mod samples;
