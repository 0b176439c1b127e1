//! Mails people of the desk what they chose to hear by mail: several things at once are one mail.

use jiff::Timestamp;
use kept_store::notifications::{self, Notification};
use kept_store::{Tx, tickets};

use super::letter::{self, Letter};
use crate::{Desk, Error};

/// Told in one transaction at most.
const AT_ONCE: usize = 200;

/// Puts what is to be mailed by now into the outbox; says how many things were told.
///
/// # Errors
/// When the store can't answer.
pub(crate) async fn mail_due(desk: &Desk) -> Result<usize, Error> {
    let now = desk.now();
    let next = desk
        .store()
        .read(|tx| Ok::<_, Error>(notifications::next_mail(tx)?))
        .await?;
    if next.is_none_or(|next| next > now) {
        return Ok(0);
    }
    let held = desk.clone();
    let told = desk.store().write(move |tx| {
        let taken = notifications::take_to_mail(tx, now, AT_ONCE)?;
        for together in taken.chunk_by(|a, b| a.person == b.person) {
            mail(tx, &held, together, now)?;
        }
        Ok::<_, Error>(taken.len())
    });
    let told = told.await?;
    desk.wake_worker();
    Ok(told)
}

fn mail(
    tx: &mut Tx<'_>,
    desk: &Desk,
    together: &[Notification],
    now: Timestamp,
) -> Result<(), Error> {
    let Some(first) = together.first() else {
        return Ok(());
    };
    let mut lines = Vec::with_capacity(together.len());
    for told in together {
        let subject = tickets::find(tx, told.ticket)?.map_or_else(String::new, |it| it.subject);
        let place = told.message.map(crate::reading::place);
        let link = format!(
            "{}/tickets/{}{}",
            desk.config().public_url,
            told.ticket,
            place.unwrap_or_default()
        );
        lines.push((format!("#{} {subject}: {}", told.ticket, told.words), link));
    }
    let subject = match lines.as_slice() {
        [(only, _)] => only.clone(),
        many => format!("{} things on your tickets", many.len()),
    };
    let text: String = lines
        .iter()
        .map(|(line, link)| format!("{line}\n{link}\n\n"))
        .collect();
    let text = format!(
        "{text}You choose what you hear by mail under {}/you.\n",
        desk.config().public_url
    );
    let letter = Letter {
        subject: &subject,
        text: &text,
        queue: None,
    };
    letter::send(tx, desk, first.person, &letter, now)
}
