//! Who a mail claims to be from, and at which address they can be answered.

use kept_domain::people::EmailAddress;
use kept_mail::{IncomingMail, Mailbox};

use super::Envelope;

/// Whoever a mail names as its writer.
#[derive(Debug, Clone)]
pub(super) struct Author {
    /// Empty when none is given.
    pub name: String,
    pub address: EmailAddress,
}

impl Author {
    /// `None` when the address can't be used.
    pub fn of_mailbox(mailbox: &Mailbox) -> Option<Self> {
        Some(Self {
            name: mailbox.name.clone().unwrap_or_default(),
            address: EmailAddress::parse(&mailbox.address).ok()?,
        })
    }

    pub fn mailbox(&self) -> Mailbox {
        Mailbox {
            name: Some(self.name.clone()).filter(|name| !name.is_empty()),
            address: self.address.to_string(),
        }
    }
}

/// The first usable address of From, else Sender, else Reply-To, else the envelope; `None` when there is none.
pub(super) fn of(mail: &IncomingMail, envelope: &Envelope) -> Option<Author> {
    let by_envelope = envelope.from.as_deref().map(Mailbox::bare);
    let claims = mail.from.iter().chain(&mail.sender);
    let claims = claims.chain(&mail.reply_to).chain(&by_envelope);
    let (mailbox, address) = claims
        .filter_map(|mailbox| Some((mailbox, EmailAddress::parse(&mailbox.address).ok()?)))
        .min_by_key(|(mailbox, _)| !kept_mail::address::is_valid(&mailbox.address))?;
    let name = mailbox.name.clone().or_else(|| written(mail));
    Some(Author {
        name: name.unwrap_or_default(),
        address,
    })
}

/// What From says about its writer when it gives no address: a name, or something like one.
pub(super) fn written(mail: &IncomingMail) -> Option<String> {
    let from = mail.from.first()?;
    if EmailAddress::parse(&from.address).is_ok() {
        return from.name.clone();
    }
    crate::people::clean(kept_mail::address::shown(from))
}
