//! Which obligations of a ticket a scorecard counts, and which another line tells already.

use crate::clocks::Obligation;
use crate::messages::text_form;

/// How an obligation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counting {
    Once,
    /// It went on after a reopening, and the later round tells how it ended (S12). Only a count of each round takes it.
    Earlier,
    /// Its ticket is spam, or told on another one, which tells this too.
    Never,
}

text_form!(Counting {
    Counting::Once => "once",
    Counting::Earlier => "earlier",
    Counting::Never => "never",
});

/// One for each of a ticket's obligations. `is_aside` says that the ticket is out of sight.
pub fn countings(all: &[Obligation], is_aside: bool) -> Vec<Counting> {
    let counting = |(place, it): (usize, &Obligation)| {
        let goes_on_later = all[place + 1..]
            .iter()
            .any(|later| later.goes_on && (later.owed, later.began_by) == (it.owed, it.began_by));
        match (is_aside, goes_on_later) {
            (true, _) => Counting::Never,
            (false, true) => Counting::Earlier,
            (false, false) => Counting::Once,
        }
    };
    all.iter().enumerate().map(counting).collect()
}
