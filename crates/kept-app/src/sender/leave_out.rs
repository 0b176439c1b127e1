//! Leaves out whom mail came back from: they are skipped, and that is told where the mail came from.

use kept_mail::{Mailbox, OutgoingMail};
use kept_store::bounced::Bounced;

use crate::undelivered::{self, Loss, folded};
use crate::{Desk, Error};

/// The mail for those who are left; `None` when that is nobody.
pub(super) struct Left {
    pub mail: Option<OutgoingMail>,
    pub skipped: Vec<Loss>,
}

pub(super) async fn leave_out(desk: &Desk, mail: OutgoingMail) -> Result<Left, Error> {
    let all: Vec<String> = everybody(&mail).map(str::to_owned).collect();
    let marked = desk
        .store()
        .read(move |tx| undelivered::suppressed(tx, all.iter().map(String::as_str)))
        .await?;
    let skipped = marked.iter().map(undelivered::skipped).collect();
    let mail = without(mail, &marked);
    let mail = Some(mail).filter(|mail| everybody(mail).next().is_some());
    Ok(Left { mail, skipped })
}

fn everybody(mail: &OutgoingMail) -> impl Iterator<Item = &str> {
    let all = mail.to.iter().chain(&mail.cc);
    all.map(|mailbox| mailbox.address.as_str())
}

fn without(mut mail: OutgoingMail, marked: &[Bounced]) -> OutgoingMail {
    let stays = |mailbox: &Mailbox| {
        let address = folded(&mailbox.address);
        marked.iter().all(|mark| mark.address != address)
    };
    mail.to.retain(stays);
    mail.cc.retain(stays);
    mail
}
