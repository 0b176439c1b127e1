//! A mail forwarded as an attachment (`message/rfc822`).
//!
//! The first attached mail is the original; further ones stay attachments.

use super::Forwarded;
use crate::mail::{Attachment, IncomingMail};
use crate::parse::parse;
use crate::subject;

/// Bytes of an attached mail that is read; a bigger one stays an attachment.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The attached original, when the mail was written to pass it on.
pub fn read(mail: &IncomingMail) -> Option<Forwarded> {
    let part = mail.attachments.iter().find(|part| part.is_message)?;
    if part.content.len() > MAX_BYTES || mail.mime_type == "multipart/digest" {
        return None;
    }
    let original = parse(&part.content);
    original.from.first()?;
    let remark = remark(mail);
    let announced = mail.subject.as_deref().is_some_and(subject::is_forward);
    let answer = !announced && !mail.in_reply_to.is_empty();
    if answer {
        return None;
    }
    let alone = remark.is_none() || same_subject(mail, &original);
    Some(forwarded(original, part, remark, announced || alone))
}

fn remark(mail: &IncomingMail) -> Option<String> {
    let text = mail.text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn same_subject(mail: &IncomingMail, original: &IncomingMail) -> bool {
    let base = |mail: &IncomingMail| {
        mail.subject
            .as_deref()
            .map(|text| subject::base(text).to_owned())
    };
    base(mail).is_some_and(|own| Some(own) == base(original))
}

fn forwarded(
    original: IncomingMail,
    part: &Attachment,
    remark: Option<String>,
    sure: bool,
) -> Forwarded {
    let answered = original.ancestors().into_iter().map(str::to_owned);
    let message_ids = original
        .message_id
        .iter()
        .cloned()
        .chain(answered)
        .collect();
    Forwarded {
        message_ids,
        from: original.from.into_iter().next(),
        to: original.to,
        cc: original.cc,
        subject: original.subject,
        date_text: None,
        date: original.date,
        body: original.text.trim().to_owned(),
        remark,
        part: Some(part.part),
        sure,
    }
}
