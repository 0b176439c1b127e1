//! The same mail twice makes one ticket, however often a server delivers it.

use crate::intake::{Decision, Facts};

pub fn decide(facts: &Facts) -> Option<Decision> {
    facts.seen.map(|of| Decision::Duplicate { of })
}
