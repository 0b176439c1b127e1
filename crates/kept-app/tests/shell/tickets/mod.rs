//! What agents do with tickets: each command from the outside, with all that must follow from it.

mod changes;
mod corrections;
mod delegation;
mod ending;
mod forwards;
mod from;
mod letters;
mod merging;
mod replies;
mod sorted;
mod together;
mod turns;
