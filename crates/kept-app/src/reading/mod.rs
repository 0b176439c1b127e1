//! What pages, the command line and the API show. Reads only.

mod body;
mod card_tickets;
mod cards;
mod completing;
mod composing;
mod counts;
mod files;
mod frame;
mod going;
mod happened;
mod inbox;
pub(crate) mod known;
mod offers;
mod outbox;
mod owed;
mod part;
mod people;
mod refused;
mod said;
mod search;
mod ticket;
mod unsorted;

pub(crate) use body::{body_json, body_of, recipients_of};
pub use body::{raw_of_message, raw_of_unsorted, safe_html, words_of};
pub(crate) use card_tickets::card_tickets;
pub use card_tickets::{CardTickets, Month};
pub use cards::{Card, Invitation, Letter};
pub use completing::{Offer, completions};
pub use composing::{Draft, draft, fresh_note, held};
pub use counts::{Tally, tally, totals};
pub use files::{DEEPEST, Found as FoundFile, attachment, file_within, letter, ticket_of_file};
pub use frame::{Frame, frame, zone, zone_of};
pub use going::{Goals, goals};
pub use happened::Happened;
pub(crate) use inbox::with_turns;
pub use inbox::{Listed, View, due, inbox, listed_of};
pub use kept_store::history::Activity;
pub use offers::{Offered, Offers, offers};
pub use outbox::{OutgoingDetail, next_tries, outbox, outgoing};
pub use owed::{Depth, Obligations, Obliged, owed};
pub use part::{At, Gap, MOST_COUNTED as MOST_LEFT_OUT, Part, Wish, place};
pub use people::{
    ClientCard, KnownClient, KnownPerson, Look, PersonCard, agents, client, client_card,
    client_names, clients, people, person, person_card, queues,
};
pub use refused::refused;
pub use said::Said;
pub use search::{Found, MOST_COUNTED, Results, search};
pub use ticket::{
    Conversation, Question, conversation, conversation_page, exists, read as conversation_of,
    subject, ticket_of,
};
pub use unsorted::{unsorted, unsorted_mail};
