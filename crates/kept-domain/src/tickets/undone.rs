//! A history without what was taken back: merges and ends.

use std::borrow::Cow;

use super::{AndThen, ending, merge};
use crate::event::{Event, Recorded};

/// What was told here for a while moved no turn, and what ended for a while did not end.
pub(crate) fn without_undone(history: &[Recorded]) -> Cow<'_, [Recorded]> {
    let mut undone = merge::undone(history);
    undone.extend(ending::undone(history));
    if undone.is_empty() {
        return Cow::Borrowed(history);
    }
    Cow::Owned(leave(history, &undone))
}

/// A history without the lines at these places. A reply that ended the ticket stays said; without the end it told the client
/// something.
pub(super) fn leave(history: &[Recorded], gone: &[usize]) -> Vec<Recorded> {
    let kept = history.iter().enumerate();
    let kept = kept.filter(|(place, _)| !gone.contains(place));
    kept.map(|(place, line)| {
        let mut line = line.clone();
        if let Event::Replied { then, .. } = &mut line.event
            && *then == AndThen::Resolve
            && gone.contains(&(place + 1))
        {
            *then = AndThen::Update;
        }
        line
    })
    .collect()
}
