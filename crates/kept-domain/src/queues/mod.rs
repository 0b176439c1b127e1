//! A queue is a kind of work with an address, members and a rota of who is on duty.

mod duty_time;
mod exception;
mod exchange;
mod rota;
mod sender;
mod shift;
mod weeks;

pub use duty_time::{DELEGATION_MINUTES, answer_by, duty_calendar};
pub use exception::{Away, Exception};
pub use exchange::{Asker, CannotStandIn, Swap, may_take_back, stand_in, swap};
pub use rota::{Chosen, Duty, Member, responsible_besides, responsible_for_new};
pub use sender::{Sender, SenderStyle};
pub use shift::{OnDuty, on_duty, on_duty_next};
pub use weeks::{DutyDay, DutyOfDay, duty_days};

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
    /// Dates on which the rota differs.
    pub exceptions: Vec<Exception>,
}
