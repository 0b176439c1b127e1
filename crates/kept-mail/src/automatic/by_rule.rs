//! A person's mail that a mailbox's rule passed on and marked as automatic on the way.
//!
//! Exchange writes `Auto-Submitted: auto-generated` into what an inbox rule forwards or redirects. A person
//! at a desk who sees a client's words does not care which server carried them, so such a mail stays a
//! person's: it opens a ticket and its clock runs. Whether it may be *answered* automatically is another
//! question, which the desk asks [`passed_on_by_rule`].
//!
//! It takes a sign of its own: the rule's header, `Resent-*`, a forwarded original, or the name of a program
//! people write with. `In-Reply-To` under a personal name is none: other desks' notices have both.

use super::machine::auto_submitted_value;
use crate::forward;
use crate::mail::IncomingMail;
use crate::subject;

/// Exchange's mark of mailboxes whose rule passed a mail on.
const RULES_LOOP: &str = "X-MS-Exchange-Inbox-Rules-Loop";

/// Programs people write mail with, as they name themselves.
const PEOPLES_PROGRAMS: [&str; 12] = [
    "thunderbird",
    "microsoft outlook",
    "apple mail",
    "iphone mail",
    "ipad mail",
    "k-9 mail",
    "evolution",
    "kmail",
    "mutt",
    "roundcube",
    "em client",
    "claws mail",
];

/// Whether its only mark of a program is the one a mailbox's rule leaves, and a person's words are in it.
pub fn passed_on_by_rule(mail: &IncomingMail) -> bool {
    auto_submitted_value(mail).as_deref() == Some("auto-generated")
        && (has_rules_mark(mail) || was_resent(mail) || forwards(mail) || by_peoples_program(mail))
}

fn has_rules_mark(mail: &IncomingMail) -> bool {
    mail.header(RULES_LOOP)
        .is_some_and(|value| !value.is_empty())
}

fn was_resent(mail: &IncomingMail) -> bool {
    !mail.resent_from.is_empty()
}

/// The subject and the text both say so; robots quote mails, too.
fn forwards(mail: &IncomingMail) -> bool {
    mail.subject.as_deref().is_some_and(subject::is_forward)
        && forward::original(mail).is_some_and(|original| original.sure)
}

fn by_peoples_program(mail: &IncomingMail) -> bool {
    let named = ["User-Agent", "X-Mailer"]
        .iter()
        .filter_map(|name| mail.header(name))
        .map(str::to_lowercase);
    let mut named = named;
    named.any(|name| PEOPLES_PROGRAMS.iter().any(|known| name.contains(known)))
}
