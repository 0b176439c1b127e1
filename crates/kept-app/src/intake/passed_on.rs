//! The text of a mail that passes another on: what was passed on is what it is about, so it is shown in
//! full and never folded away as a quote.

use kept_mail::{Body, Forwarded, IncomingMail, SegmentKind};

/// The mail's text in its pieces, the original in full.
pub(super) fn body(mail: &IncomingMail, forward: Option<&Forwarded>) -> Body {
    match forward {
        None => mail.body.clone(),
        Some(forward) if forward.part.is_some() => with_attached(mail, forward),
        Some(forward) => in_full(&mail.text, forward.remark.as_deref()),
    }
}

/// Splits only what the sender wrote above the original.
fn in_full(text: &str, remark: Option<&str>) -> Body {
    let end = remark.and_then(|remark| Some(text.find(remark)? + remark.len()));
    let (above, original) = text
        .split_at_checked(end.unwrap_or(0))
        .unwrap_or(("", text));
    let mut body = Body::split(above);
    body.push(SegmentKind::New, "\n\n");
    body.push(SegmentKind::New, original.trim_start_matches('\n'));
    body
}

/// Shows the words of an attached original below those it came with.
fn with_attached(mail: &IncomingMail, forward: &Forwarded) -> Body {
    let mut body = mail.body.clone();
    body.push(SegmentKind::New, "\n\n");
    for line in heading(forward) {
        body.push(SegmentKind::New, &format!("{line}\n"));
    }
    body.push(SegmentKind::New, &format!("\n{}\n", forward.body));
    body
}

fn heading(forward: &Forwarded) -> Vec<String> {
    let from = forward.from.as_ref().map(|from| match &from.name {
        Some(name) => format!("From: {name} <{}>", from.address),
        None => format!("From: {}", from.address),
    });
    let date = forward
        .date
        .map(|date| date.strftime("Date: %a, %d %b %Y %H:%M UTC").to_string());
    let subject = forward
        .subject
        .as_ref()
        .map(|subject| format!("Subject: {subject}"));
    let lines = [
        Some("-------- Forwarded message --------".to_owned()),
        from,
        date,
        subject,
    ];
    lines.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(subject: &str, text: &str) -> (String, String) {
        let raw = format!("From: a@b.example\nSubject: {subject}\n\n{text}\n");
        let mail = kept_mail::parse(raw.replace('\n', "\r\n").as_bytes());
        let forward = kept_mail::forward::read(&mail);
        let body = body(&mail, forward.as_ref());
        (body.new_text(), body.quoted() + &body.signature())
    }

    #[test]
    fn e19_a_forward_is_never_folded() {
        let block =
            "From: V <v@shop.example>\nSent: Monday\nTo: a@b.example\nSubject: Bill\n\nPay.";
        let (new, folded) = shown("Fwd: Bill", &format!("Is it real?\n\n{block}\n"));
        assert_eq!(new, format!("Is it real?\n\n{block}"));
        assert_eq!(folded, "");
        let (new, folded) = shown(
            "Fwd: Bill",
            &format!("Is it real?\n\n-- \nDana\n\n{block}\n"),
        );
        assert!(new.ends_with(block), "{new}");
        assert_eq!(folded, "-- \nDana");
    }

    #[test]
    fn an_answer_is_folded_as_before() {
        let (new, folded) = shown(
            "Re: Bill",
            "Yes.\n\nOn Monday, V <v@shop.example> wrote:\n> Pay.",
        );
        assert_eq!(new, "Yes.");
        assert!(folded.contains("> Pay."));
    }
}
