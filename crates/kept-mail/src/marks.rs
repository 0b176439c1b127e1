//! What a reader should know about a mail before reading it: that it is signed, encrypted, or could not be taken
//! apart. It verifies no signature, and says so.

use crate::mail::{Attachment, IncomingMail, Problem};

/// The marks of a mail, each once. Most have none.
pub fn marks(mail: &IncomingMail) -> Vec<Problem> {
    let mut marks = Vec::new();
    let problem = |code: &str| mail.problems.iter().find(|problem| problem.code == code);
    if problem("signature-not-checked").is_some() || mail.attachments.iter().any(is_smime_signature)
    {
        marks.push(mark("signed-smime", "Signed (S/MIME), not verified"));
    }
    if mail.attachments.iter().any(is_pgp_signature) || is_clear_signed(mail) {
        marks.push(mark("signed-pgp", "Signed (PGP), not verified"));
    }
    for code in ["encrypted", "too-many-parts", "truncated", "tnef-text"] {
        marks.extend(problem(code).cloned());
    }
    marks
}

fn mark(code: &'static str, text: &str) -> Problem {
    Problem {
        code,
        text: text.to_owned(),
    }
}

/// A detached signature (RFC 8551 §3.5.3), by its type or, from careless programs, by its name.
fn is_smime_signature(file: &Attachment) -> bool {
    matches!(
        file.content_type.as_str(),
        "application/pkcs7-signature" | "application/x-pkcs7-signature"
    ) || file.name.eq_ignore_ascii_case("smime.p7s")
}

fn is_pgp_signature(file: &Attachment) -> bool {
    file.content_type == "application/pgp-signature"
}

fn is_clear_signed(mail: &IncomingMail) -> bool {
    let start = mail.text.trim_start();
    start.starts_with("-----BEGIN PGP SIGNED MESSAGE-----")
}
