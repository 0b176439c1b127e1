//! What the admins are told, in words.

use super::Notice;
use crate::mailboxes::imap::Problem;

pub(crate) fn trouble(mailbox: &str, problem: &Problem) -> Notice {
    let kind = problem.kind;
    Notice {
        kind: kind.as_str(),
        subject: format!("Kept: {} ({mailbox})", lower(kind.says())),
        text: format!(
            "Mail from the mailbox “{mailbox}” does not come in as it should.\n\n{}: {}\n\nNothing is lost: mail stays in the mailbox until it is here. Kept tries again by itself, and tells you when it is well again.",
            kind.says(),
            problem.words
        ),
    }
}

pub(crate) fn over(mailbox: &str) -> Notice {
    Notice {
        kind: "over",
        subject: format!("Kept: mail comes in again ({mailbox})"),
        text: format!(
            "The trouble with the mailbox “{mailbox}” is over. What waited there is being taken in."
        ),
    }
}

pub(crate) fn too_large(mailbox: &str, size_bytes: u64, limit_bytes: u64) -> Notice {
    let size = megabytes(size_bytes);
    let limit = megabytes(limit_bytes);
    Notice {
        kind: "too-large",
        subject: format!("Kept: a mail of {size} MB was not fetched ({mailbox})"),
        text: format!(
            "A mail of {size} MB in the mailbox “{mailbox}” is larger than the {limit} MB taken in (largest_mail_mib). Its headers wait in Unsorted; the mail itself stays in the mailbox."
        ),
    }
}

/// Rounded up, so that what is too large never reads as equal to the limit.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}

fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kept_domain::mailboxes::Trouble;

    #[test]
    fn an_alarm_names_the_mailbox_and_what_is_wrong() {
        let problem = Problem::new(Trouble::SignIn, "the server refuses the sign-in: no");
        let notice = trouble("Support", &problem);
        assert_eq!(notice.subject, "Kept: the sign-in fails (Support)");
        assert!(notice.text.contains("refuses the sign-in: no"));
        let large = too_large("Support", 50 * 1024 * 1024 + 1, 50 * 1024 * 1024);
        assert!(large.subject.contains("51 MB"), "{large:?}");
    }
}
