//! What this process knows of who is where.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use kept_app::domain::ids::{PersonId, TicketId};

/// A page says every 20 seconds that it is still open; who missed two of them is gone.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_secs(50);
/// Tickets times people; more than any desk has open at once.
const MOST: usize = 20_000;
/// Letters of a name that are told on.
const LONGEST_NAME: usize = 40;

/// What somebody does on a ticket's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    Writing,
    Looking,
    Gone,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Writing => "writing",
            State::Looking => "looking",
            State::Gone => "gone",
        }
    }

    pub fn from_text(text: &str) -> Option<State> {
        [State::Writing, State::Looking, State::Gone]
            .into_iter()
            .find(|it| it.as_str() == text)
    }
}

/// Who does what on which ticket, as one process tells it the others: `presence:1042:7:writing:Jonas Petit`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub ticket: TicketId,
    pub person: PersonId,
    pub state: State,
    pub name: String,
}

impl Word {
    /// The topic by which it travels.
    pub fn topic(&self) -> String {
        let name: String = self.name.chars().take(LONGEST_NAME).collect();
        let (ticket, person) = (self.ticket, self.person);
        format!("presence:{ticket}:{person}:{}:{name}", self.state.as_str())
    }

    /// `None` for every other topic.
    pub fn heard(topic: &str) -> Option<Word> {
        let mut parts = topic.strip_prefix("presence:")?.splitn(4, ':');
        Some(Word {
            ticket: TicketId(parts.next()?.parse().ok()?),
            person: PersonId(parts.next()?.parse().ok()?),
            state: State::from_text(parts.next()?)?,
            name: parts.next()?.to_owned(),
        })
    }
}

#[derive(Debug)]
struct Seen {
    state: State,
    name: String,
    at: Timestamp,
}

/// Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Here(Arc<Mutex<HashMap<(TicketId, PersonId), Seen>>>);

impl Here {
    /// Takes in what was told; whether anything a reader sees changed by it.
    pub fn note(&self, word: &Word, now: Timestamp) -> bool {
        let mut all = self.all();
        let key = (word.ticket, word.person);
        let before = all
            .get(&key)
            .filter(|seen| is_here(seen, now))
            .map(|seen| seen.state);
        if word.state == State::Gone {
            all.remove(&key);
            return before.is_some();
        }
        if all.len() >= MOST {
            all.retain(|_, seen| is_here(seen, now));
        }
        if all.len() < MOST {
            let seen = Seen {
                state: word.state,
                name: word.name.clone(),
                at: now,
            };
            all.insert(key, seen);
        }
        before != Some(word.state)
    }

    /// Whether saying the same again would tell nobody anything for now.
    pub fn is_known(
        &self,
        ticket: TicketId,
        person: PersonId,
        state: State,
        now: Timestamp,
    ) -> bool {
        let all = self.all();
        match all.get(&(ticket, person)) {
            Some(seen) => seen.state == state && now - FORGOTTEN_AFTER / 3 < seen.at,
            None => state == State::Gone,
        }
    }

    /// The others on a ticket, who writes first, then by name.
    pub fn others(&self, ticket: TicketId, me: PersonId, now: Timestamp) -> Vec<(State, String)> {
        let all = self.all();
        let there = all
            .iter()
            .filter(|((of, person), seen)| *of == ticket && *person != me && is_here(seen, now));
        let mut others: Vec<(State, String)> = there
            .map(|(_, seen)| (seen.state, seen.name.clone()))
            .collect();
        others.sort();
        others
    }

    /// A thread that broke off while it held the map can't have left it half changed in any way that matters here.
    fn all(&self) -> MutexGuard<'_, HashMap<(TicketId, PersonId), Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_here(seen: &Seen, now: Timestamp) -> bool {
    now < seen.at + FORGOTTEN_AFTER
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn word(person: i64, state: State) -> Word {
        Word {
            ticket: TicketId(7),
            person: PersonId(person),
            state,
            name: format!("Agent {person}: second"),
        }
    }

    fn after(seconds: i64) -> Timestamp {
        NOW + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn a_word_travels_as_a_topic() {
        for state in [State::Writing, State::Looking, State::Gone] {
            let sent = word(1, state);
            assert_eq!(Word::heard(&sent.topic()), Some(sent));
        }
        for other in [
            "ticket:7",
            "presence:7",
            "presence:x:1:gone:A",
            "presence:7:1:asleep:A",
        ] {
            assert_eq!(Word::heard(other), None, "{other}");
        }
    }

    #[test]
    fn a_reader_sees_the_others_who_write_first() {
        let here = Here::default();
        assert!(here.note(&word(1, State::Looking), NOW));
        assert!(!here.note(&word(1, State::Looking), after(1)), "no news");
        assert!(here.note(&word(2, State::Writing), NOW));
        let seen = here.others(TicketId(7), PersonId(3), NOW);
        let states: Vec<State> = seen.iter().map(|it| it.0).collect();
        assert_eq!(states, [State::Writing, State::Looking]);
        assert_eq!(here.others(TicketId(7), PersonId(2), NOW).len(), 1);
        assert!(here.others(TicketId(8), PersonId(3), NOW).is_empty());
        assert!(here.note(&word(2, State::Gone), NOW));
        assert_eq!(here.others(TicketId(7), PersonId(3), NOW).len(), 1);
    }

    #[test]
    fn who_says_nothing_more_is_forgotten() {
        let here = Here::default();
        here.note(&word(1, State::Writing), NOW);
        assert!(here.is_known(TicketId(7), PersonId(1), State::Writing, after(5)));
        assert!(!here.is_known(TicketId(7), PersonId(1), State::Looking, after(5)));
        assert!(!here.is_known(TicketId(7), PersonId(1), State::Writing, after(20)));
        assert!(here.others(TicketId(7), PersonId(3), after(51)).is_empty());
        assert!(!here.note(&word(1, State::Gone), after(51)), "gone already");
    }
}
