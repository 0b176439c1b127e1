//! What agents do with tickets. One command a function, one transaction a command.

pub(crate) mod automatic;
mod by_mail;
mod change;
mod compose;
mod composed;
mod confirm;
mod correct;
mod ending;
mod forward;
mod hand_over;
mod invitation;
mod meanwhile;
mod merge;
mod moved_people;
mod note;
mod open;
mod participants;
mod readers;
mod reply;
mod requester;
mod say;
mod several;
mod sorted;
mod suggest;
mod turn;
mod waiting;
mod withdraw;

pub(crate) use by_mail::{ByMail, reply_by_mail};
pub use change::{Change, assigns_outright, change};
pub(crate) use change::{must_be_agent, must_be_queue};
pub use compose::{Addressees, addressees};
pub(crate) use compose::{
    Letter, PLAIN, RETURN_PATH, choose, sender, told_here, write as compose_letter,
};
pub use composed::Composed;
pub use confirm::{Ended, Resolution, confirm_by_link, resolution_by_link};
pub use correct::{Joined, Split, join_to, split_out, take_back};
pub use ending::{take_end_back, take_end_of_reply_back};
pub use forward::{Forward, can_be_forwarded, forward, is_forward};
pub(crate) use hand_over::hand_to_dispatchers;
pub use invitation::answer_invitation;
pub(crate) use merge::load_both;
pub use merge::{merge, undo_merge};
pub use note::{Note, note, note_as};
pub(crate) use open::begins_with;
pub use open::{NewTicket, open};
pub use participants::{add_participant, remove_participant, restore_participant};
pub use readers::{Outsider, Party, Readers, readers};
pub use reply::{Reply, reply, reply_as};
pub use requester::{ForwardAnswer, Whose, answer_forward, change_requester, undo_requester};
pub use say::Upload;
pub(crate) use say::{ReadyFile, Saying, Speaker, attach, prepare, write_as};
pub use several::{MOST_SPLIT, SplitLine, SplitWish, Splittable, split_several, splittable};
pub use sorted::put_back;
pub use suggest::{Foreseen, foresee, left_asking};
pub use turn::correct_turn;
pub use waiting::{NewWait, end_wait, wait_for};
pub use withdraw::{drop_draft, withdraw};

use kept_domain::ids::TicketId;
use kept_domain::tickets::Ticket;
use kept_store::Tx;

use crate::Error;

/// No message waits longer than this to be taken back.
pub const LONGEST_UNDO_SECONDS: i64 = 30;

/// The ticket, locked for a change.
pub(crate) fn load(tx: &mut Tx<'_>, id: TicketId) -> Result<Ticket, Error> {
    kept_store::tickets::find_to_change(tx, id)?
        .ok_or_else(|| Error::not_found(format!("ticket #{id}")))
}
