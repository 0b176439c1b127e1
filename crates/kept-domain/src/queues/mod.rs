//! A queue is a kind of work with an address, members and a rota of who is on duty.

mod rota;
mod sender;

pub use rota::{Chosen, Duty, Member, responsible_for_new};
pub use sender::{Sender, SenderStyle};

use crate::ids::{PersonId, QueueId};
use crate::people::EmailAddress;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub id: QueueId,
    pub name: String,
    /// Where people write to; the first is what replies are sent from.
    pub addresses: Vec<EmailAddress>,
    pub members: Vec<Member>,
    /// Holds every ticket nobody else can: the last line of the no-cracks rule.
    pub dispatcher: PersonId,
    /// IANA name of the zone the rota is written in.
    pub zone: String,
    pub sender: Sender,
}
