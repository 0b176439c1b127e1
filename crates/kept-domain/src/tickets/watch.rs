//! Watching a ticket that is not one's own: whoever does hears what is said on it and how it ends.

use super::Refused;
use crate::event::Event;
use crate::ids::{PersonId, TicketId};

/// So many of the desk watch one ticket at most.
pub const MOST_WATCHERS: usize = 100;

/// Lets somebody watch a ticket that `watchers` watch; nothing happens when they do already.
///
/// # Errors
/// When as many watch as can.
pub fn watch(
    ticket: TicketId,
    watchers: &[PersonId],
    person: PersonId,
) -> Result<Option<Event>, Refused> {
    if watchers.contains(&person) {
        return Ok(None);
    }
    match watchers.len() < MOST_WATCHERS {
        true => Ok(Some(Event::Watched { person })),
        false => Err(Refused::TooManyWatchers(ticket)),
    }
}

/// Who watches by what happened, by number.
pub fn watchers<'a>(happened: impl Iterator<Item = &'a Event>) -> Vec<PersonId> {
    let mut watchers = std::collections::BTreeSet::new();
    for event in happened {
        match event {
            Event::Watched { person } => watchers.insert(*person),
            Event::Unwatched { person } => watchers.remove(person),
            _ => false,
        };
    }
    watchers.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_watches_watches_once_and_no_more_than_so_many() {
        let (id, noor) = (TicketId(7), PersonId(2));
        let watched = Event::Watched { person: noor };
        assert_eq!(watch(id, &[], noor), Ok(Some(watched)));
        assert_eq!(watch(id, &[noor], noor), Ok(None));
        let crowd: Vec<PersonId> = (10..).take(MOST_WATCHERS).map(PersonId).collect();
        assert_eq!(watch(id, &crowd, noor), Err(Refused::TooManyWatchers(id)));
    }

    #[test]
    fn the_last_word_says_who_watches() {
        let watched = |id| Event::Watched {
            person: PersonId(id),
        };
        let left = Event::Unwatched {
            person: PersonId(2),
        };
        let told = [watched(3), watched(2), left, watched(1)];
        assert_eq!(watchers(told.iter()), [PersonId(1), PersonId(3)]);
    }
}
