//! What was said on a ticket, who may read it, and how it came.

use serde::{Deserialize, Serialize};

/// Who may read a message. A note for the desk is never shown to a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    Client,
    Desk,
}

/// How a message came to the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Mail that came in.
    Mail,
    /// Written by an agent in Kept; a reply goes out by mail.
    Desk,
    /// Said on the phone or in person and written down by an agent, or what the caller meant instead.
    Call,
}

/// What the desk told the organizer of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvitationAnswer {
    Accepted,
    Tentative,
    Declined,
}

macro_rules! text_form {
    ($type:ty { $($variant:path => $text:literal),+ $(,)? }) => {
        impl $type {
            /// The one spelling used in the database, in JSON and in URLs.
            pub fn as_str(self) -> &'static str {
                match self { $($variant => $text),+ }
            }

            /// Reads that spelling back; `None` for anything else.
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some($variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use text_form;

text_form!(Audience { Audience::Client => "client", Audience::Desk => "desk" });
text_form!(InvitationAnswer {
    InvitationAnswer::Accepted => "accepted",
    InvitationAnswer::Tentative => "tentative",
    InvitationAnswer::Declined => "declined",
});
text_form!(Channel {
    Channel::Mail => "mail",
    Channel::Desk => "desk",
    Channel::Call => "call",
});
