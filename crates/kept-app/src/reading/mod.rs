//! What pages, the command line and the API show. Reads only.

mod body;
mod cards;
mod completing;
mod composing;
mod counts;
mod files;
mod frame;
mod inbox;
mod offers;
mod outbox;
mod owed;
mod people;
mod refused;
mod search;
mod ticket;
mod unsorted;

pub(crate) use body::{body_json, body_of, recipients_of};
pub use body::{raw_of_message, raw_of_unsorted, safe_html};
pub use cards::{Card, Invitation, Letter};
pub use completing::{Offer, completions};
pub use composing::{Draft, draft, fresh_note, held};
pub use counts::{Tally, tally, totals};
pub use files::{DEEPEST, Found as FoundFile, attachment, file_within, letter, ticket_of_file};
pub use frame::{Frame, frame, zone, zone_of};
pub(crate) use inbox::with_turns;
pub use inbox::{Listed, View, due, inbox, listed_of};
pub use offers::{Offered, Offers, offers};
pub use outbox::{OutgoingDetail, next_tries, outbox, outgoing};
pub use owed::{Obligations, Obliged, owed};
pub use people::{
    ClientCard, PersonCard, agents, client, client_names, clients, people, person, queues,
};
pub use refused::refused;
pub use search::{Found, MOST_COUNTED, Results, search};
pub use ticket::{
    Conversation, Happened, Question, Said, conversation, read as conversation_of, ticket_of,
};
pub use unsorted::{unsorted, unsorted_mail};
