//! What follows from what. A rule fires once in a chain, and a chain has an end: rules can't set each
//! other off for ever.

use std::collections::{BTreeSet, VecDeque};

use super::Occurrence;
use crate::event::Event;
use crate::ids::RuleId;

/// Rules that set off rules that set off rules: this many times, then it is enough.
const DEEPEST: u32 = 5;

/// Something that happened, for the rules to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub occurrences: Vec<Occurrence>,
    depth: u32,
}

/// Everything that follows from one act on one ticket.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    waiting: VecDeque<Link>,
    fired: BTreeSet<RuleId>,
}

impl Chain {
    /// Begins with what a person, a mail or Kept did.
    pub fn begin(events: &[Event]) -> Self {
        let mut chain = Self::default();
        chain.add(events, 0);
        chain
    }

    /// What the rules have not looked at yet, in the order in which it happened.
    pub fn next_link(&mut self) -> Option<Link> {
        self.waiting.pop_front()
    }

    pub fn may_fire(&self, rule: RuleId) -> bool {
        !self.fired.contains(&rule)
    }

    /// A rule fired because of `cause`, and did this.
    pub fn fired(&mut self, rule: RuleId, cause: &Link, did: &[Event]) {
        self.fired.insert(rule);
        self.add(did, cause.depth + 1);
    }

    fn add(&mut self, events: &[Event], depth: u32) {
        let occurrences: Vec<Occurrence> = events.iter().filter_map(Occurrence::of).collect();
        if !occurrences.is_empty() && depth < DEEPEST {
            self.waiting.push_back(Link { occurrences, depth });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::MessageId;
    use crate::tickets::Tag;

    fn tagged() -> Event {
        Event::TagAdded {
            tag: Tag::parse("vip").expect("a tag"),
        }
    }

    #[test]
    fn two_rules_that_set_each_other_off_come_to_rest() {
        let noted = Event::Noted {
            message: MessageId(1),
        };
        let mut chain = Chain::begin(&[tagged()]);
        let mut fired = Vec::new();
        while let Some(link) = chain.next_link() {
            for (rule, when, does) in [
                (RuleId(1), Occurrence::Tagged, &noted),
                (RuleId(2), Occurrence::Noted, &tagged()),
            ] {
                if link.occurrences.contains(&when) && chain.may_fire(rule) {
                    chain.fired(rule, &link, std::slice::from_ref(does));
                    fired.push(rule);
                }
            }
        }
        assert_eq!(fired, [RuleId(1), RuleId(2)]);
    }

    #[test]
    fn a_chain_is_no_longer_than_five() {
        let mut chain = Chain::begin(&[tagged()]);
        let mut fired = 0;
        while let Some(link) = chain.next_link() {
            fired += 1;
            chain.fired(RuleId(fired), &link, &[tagged()]);
        }
        assert_eq!(fired, 5);
    }

    #[test]
    fn what_begins_no_rule_makes_no_chain() {
        assert_eq!(Chain::begin(&[Event::MarkedSpam]).next_link(), None);
        assert_eq!(Chain::begin(&[]).next_link(), None);
    }
}
