//! Who a message was addressed to, as it is stored beside it.

use kept_mail::{IncomingMail, Mailbox};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recipients {
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    /// Of what the desk wrote: who got it too without standing in it. Nobody outside reads this.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bcc: Vec<Mailbox>,
    /// Where the sender wants answers, when that is not where the mail came from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reply_to: Vec<Mailbox>,
}

/// Addresses kept with one message; the raw mail has them all.
const MOST: usize = 200;

impl Recipients {
    pub fn of(mail: &IncomingMail) -> Self {
        let some = |list: &[Mailbox]| list.iter().take(MOST).cloned().collect::<Vec<_>>();
        let mut reply_to = some(&mail.reply_to);
        reply_to.retain(|mailbox| kept_mail::address::is_valid(&mailbox.address));
        Self {
            to: some(&mail.to),
            cc: some(&mail.cc),
            bcc: vec![],
            reply_to,
        }
    }

    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".into())
    }
}
