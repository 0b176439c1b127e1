//! Leaves out whom mail came back from: they are skipped, and that is told where the mail came from.

use kept_mail::OutgoingMail;

use crate::undelivered::{self, Loss, folded};
use crate::{Desk, Error};

/// Those who are left, as the mail names them, and those who are not.
pub(super) struct Left {
    pub to: Vec<String>,
    pub skipped: Vec<Loss>,
}

pub(super) async fn leave_out(desk: &Desk, mail: &OutgoingMail) -> Result<Left, Error> {
    let mut to: Vec<String> = everybody(mail).map(str::to_owned).collect();
    let asked = to.clone();
    let marked = desk
        .store()
        .read(move |tx| undelivered::suppressed(tx, asked.iter().map(String::as_str)))
        .await?;
    to.retain(|to| {
        let address = folded(to);
        marked.iter().all(|mark| mark.address != address)
    });
    let skipped = marked.iter().map(undelivered::skipped).collect();
    Ok(Left { to, skipped })
}

/// Everybody a mail is for, as their addresses were written.
pub(super) fn everybody(mail: &OutgoingMail) -> impl Iterator<Item = &str> {
    mail.everybody().map(|mailbox| mailbox.address.as_str())
}
