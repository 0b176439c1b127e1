//! Which queue a new ticket goes to: the first of our addresses it was sent to.

use crate::ids::QueueId;
use crate::intake::Facts;

pub fn choose(facts: &Facts) -> QueueId {
    facts.queues.first().copied().unwrap_or(facts.default_queue)
}
