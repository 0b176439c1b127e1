//! Whose words a mail brings: its sender's, or somebody else's whose mail was passed on.
//!
//! Somebody of the desk who forwards a client's mail hands it in: the ticket is the client's. Anybody
//! else who forwards something asks about it themselves: the ticket is theirs, and one click says otherwise.

use crate::intake::budget::Answered;
use crate::intake::{Facts, MailKind, Reason, Sender, is_meant};
use crate::people::EmailAddress;

/// The mail that another mail passes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forward {
    /// Whoever wrote it; `None` when it gives no usable address.
    pub writer: Option<Writer>,
    /// Nothing speaks against it: the forwarding program said so.
    pub sure: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    pub address: EmailAddress,
    /// A queue's address, or somebody who works here.
    pub is_ours: bool,
    pub is_noreply: bool,
    /// Automatic answers sent to this address before.
    pub answered: Answered,
}

/// Whose ticket a new thread becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// Whoever sent the mail.
    Sender,
    /// Whoever wrote the mail that was passed on.
    Writer,
    /// The sender, until a person has answered whether it is the writer's.
    AskWriter,
    /// The sender; a person who looks for it can make it the writer's.
    MayBeWriter,
}

/// Decides whose words a new thread begins with.
///
/// An address in the desk's own domain alone proves nothing: where the desk serves its own organisation,
/// everybody has one, and whoever forwards a strange mail to ask about it does not want its writer
/// answered. So only those who work here hand mail in without being asked, and only when it is proven
/// that they sent it, and sent it to us: what they say above it is written down as their note. Otherwise
/// it is their request as it stands, until somebody has answered whose it is.
pub fn speaker(facts: &Facts) -> Speaker {
    let Some((forward, writer, sender)) = passed_on(facts) else {
        return Speaker::Sender;
    };
    let told = forward.sure && !writer.is_noreply;
    let is_ours = sender.works_here || sender.is_our_queue;
    match (is_ours, told && is_meant(facts, &Reason::NewThread)) {
        (true, true) => Speaker::Writer,
        (true, false) => Speaker::AskWriter,
        (false, _) if sender.has_our_domain => Speaker::AskWriter,
        (false, _) => Speaker::MayBeWriter,
    }
}

/// The forward, its writer from outside, and a human sender who is somebody else.
fn passed_on(facts: &Facts) -> Option<(&Forward, &Writer, &Sender)> {
    let forward = facts.forward.as_ref()?;
    let writer = forward.writer.as_ref().filter(|writer| !writer.is_ours)?;
    let sender = facts.sender.as_ref()?;
    let other = sender.address.without_detail() != writer.address.without_detail();
    (other && facts.kind == MailKind::Person).then_some((forward, writer, sender))
}

/// What tells a web form's mail: it is sent by the site, for the person its Reply-To names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FormSigns {
    /// An admin said that this address is a web form's.
    pub is_known_form: bool,
    /// From is a queue's address, or says itself that nobody reads it.
    pub from_nobody: bool,
    /// Reply-To names somebody: an address that can be answered and is not ours.
    pub names_somebody: bool,
}

/// Whether the mail is the words of whoever its Reply-To names.
pub fn is_form(signs: FormSigns) -> bool {
    signs.names_somebody && (signs.is_known_form || signs.from_nobody)
}
