//! The last changes this process heard of, so that a page can be told what it missed between being made and listening.
//! Changes are told on only after they are remembered, so that none falls between the two.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use kept_app::Desk;
use kept_app::store::Change;
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};

use crate::presence::Here;
use crate::presence::here::Word;

/// Changes remembered; who missed more is told to look again.
const MOST: usize = 512;

/// Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Recent(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    /// This process; another one counts for itself.
    name: String,
    heard: Mutex<Heard>,
    told: Sender<String>,
}

#[derive(Debug, Default)]
struct Heard {
    /// How many changes there were.
    count: u64,
    last: VecDeque<String>,
}

impl Recent {
    /// Remembers what `changes` tells from now on, until the store is closed.
    /// Who is where is taken note of and told on, and not remembered.
    pub fn listening(name: String, desk: &Desk, here: Here) -> Self {
        let recent = Self::named(name);
        let changes = desk.store().changes();
        tokio::spawn(recent.clone().remember(changes, desk.clone(), here));
        recent
    }

    fn named(name: String) -> Self {
        let (told, _) = broadcast::channel(MOST);
        Self(Arc::new(Parts {
            name,
            heard: Mutex::default(),
            told,
        }))
    }

    async fn remember(self, mut changes: Receiver<Change>, desk: Desk, here: Here) {
        loop {
            match changes.recv().await {
                Ok(Change { topic }) => match Word::heard(&topic) {
                    Some(word) if here.note(&word, desk.now()) => {
                        let _ = self.0.told.send(format!("presence:{}", word.ticket));
                    }
                    Some(_) => {}
                    None => self.add(topic),
                },
                Err(RecvError::Lagged(_)) => self.add(super::EVERYTHING.to_owned()),
                Err(RecvError::Closed) => return,
            }
        }
    }

    fn add(&self, topic: String) {
        let mut heard = self.heard();
        heard.count += 1;
        heard.last.push_back(topic.clone());
        if heard.last.len() > MOST {
            heard.last.pop_front();
        }
        // That nobody listens is fine.
        let _ = self.0.told.send(topic);
    }

    /// The topics of changes from now on.
    pub fn changes(&self) -> Receiver<String> {
        self.0.told.subscribe()
    }

    /// This moment, as a page carries it. Taken before the page reads anything.
    pub fn mark(&self) -> String {
        format!("{}.{}", self.0.name, self.heard().count)
    }

    /// Whether something with one of `topics` may have changed since `mark`.
    pub fn missed(&self, mark: &str, topics: &[String]) -> bool {
        let heard = self.heard();
        let count = mark
            .split_once('.')
            .filter(|(name, _)| *name == self.0.name);
        let since = count.and_then(|(_, count)| heard.count.checked_sub(count.parse().ok()?));
        let Some(since) = since.and_then(|since| usize::try_from(since).ok()) else {
            return true;
        };
        since > heard.last.len()
            || heard
                .last
                .iter()
                .rev()
                .take(since)
                .any(|topic| super::is_wanted(topic, topics))
    }

    /// A thread that broke off while it held the list can't have left it half changed in any way that matters here.
    fn heard(&self) -> std::sync::MutexGuard<'_, Heard> {
        self.0.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_learns_what_it_missed() {
        let recent = Recent::named("me".into());
        let topics = ["ticket:7".to_owned()];
        let first = recent.mark();
        assert!(!recent.missed(&first, &topics));
        recent.add("tickets".into());
        assert!(!recent.missed(&first, &topics));
        recent.add("ticket:7".into());
        assert!(recent.missed(&first, &topics));
        let second = recent.mark();
        assert!(!recent.missed(&second, &topics));
        for n in 0..=MOST {
            recent.add(format!("ticket:{}", n + 100));
        }
        assert!(recent.missed(&second, &topics), "too long ago to tell");
        for strange in ["", "other.0", "me.", "me.x", "me.999999"] {
            assert!(recent.missed(strange, &topics), "{strange}");
        }
    }
}
