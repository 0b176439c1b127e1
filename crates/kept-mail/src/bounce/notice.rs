//! The part of a report written for people, where older systems say everything.
//!
//! It sorts what is said by whom it is about; `recipients` finds whom it names.

use super::{Action, Facts, RecipientReport, one_line, recipients, returned};
use crate::mail::IncomingMail;

/// Bytes of a notice that are read; the longest honest ones have a few thousand.
const MAX_BYTES: usize = 64 * 1024;

/// Bytes of the words around a recipient that are searched for a reason.
const MAX_CONTEXT_BYTES: usize = 4 * 1024;

/// How a report says that it is not over yet.
const DELAYED: [&str; 52] = [
    "warning message only",
    "warning only",
    "still being retried",
    "will be retried",
    "will retry",
    "will continue to try",
    "will continue trying",
    "will keep trying",
    "has been delayed",
    "was delayed",
    "is delayed",
    "delivery delayed",
    "delayed mail",
    "not yet been delivered",
    "could not send message for past",
    "status notification (delay",
    "not been delivered yet",
    "hasn't been delivered yet",
    "zustellung verzögert",
    "ist verzögert",
    "wurde verzögert",
    "verzögerte zustellung",
    "noch nicht zugestellt",
    "est retardé",
    "a été retardé",
    "remise différée",
    "se ha retrasado",
    "está retrasad",
    "è stata ritardata",
    "in ritardo",
    "consegna ritardata",
    "está atrasad",
    "foi atrasad",
    "is vertraagd",
    "vertraagde",
    "fördröj",
    "försenad",
    "er forsinket",
    "viivästy",
    "opóźnion",
    "opóźnien",
    "zpožděn",
    "késik",
    "întârziat",
    "gecikti",
    "задержива",
    "задержк",
    "затрим",
    "遅延",
    "延迟",
    "延遲",
    "지연",
];

/// The notice without the mail returned below it.
pub struct Notice {
    pub text: String,
}

/// The notice of a report.
pub fn of(mail: &IncomingMail) -> Notice {
    let text = clipped(&mail.text, MAX_BYTES);
    let end = returned::begins_at(text).unwrap_or(text.len());
    Notice {
        text: text.get(..end).unwrap_or_default().to_owned(),
    }
}

impl Notice {
    /// The recipient, when the notice has exactly one on a line of its own.
    pub fn only_recipient(&self) -> Option<String> {
        let mut found = recipients::strong(&self.text, &[]);
        (found.len() == 1).then(|| found.pop()).flatten()
    }

    /// What the notice says about each of these recipients, in one look. Where it has one recipient all of
    /// it is about that one; what it says of nobody is left out otherwise.
    pub fn about(&self, recipients: &[String]) -> Vec<String> {
        let mut known = recipients.to_vec();
        for other in recipients::strong(&self.text, &[]) {
            recipients::add(&mut known, &other);
        }
        let whole = || clipped(&one_line(&self.text), MAX_CONTEXT_BYTES).to_owned();
        if known.len() == 1 {
            return vec![whole()];
        }
        let told = self.told(&known).about;
        let own = told.into_iter().take(recipients.len());
        own.map(|said| match said.is_empty() {
            true => whole(),
            false => said,
        })
        .collect()
    }

    /// A line belongs to the recipient it names, or else to the one named last.
    fn told(&self, known: &[String]) -> Told {
        let lower: Vec<String> = known.iter().map(|one| one.to_lowercase()).collect();
        let mut told = Told {
            about: vec![String::new(); known.len()],
            rest: String::new(),
        };
        let mut current: Option<usize> = None;
        for line in self.text.lines() {
            if line.contains('@') {
                let words = line.to_lowercase();
                let named = lower.iter().position(|one| words.contains(one.as_str()));
                current = named.or(current);
            }
            told.note(current, line);
            if is_verdict(line) {
                current = None;
            }
        }
        told
    }
}

/// What a notice says, by recipient, on one line each.
struct Told {
    about: Vec<String>,
    /// What it says of nobody.
    rest: String,
}

impl Told {
    fn note(&mut self, current: Option<usize>, line: &str) {
        let said = match current.and_then(|at| self.about.get_mut(at)) {
            Some(said) => said,
            None => &mut self.rest,
        };
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(&one_line(line));
    }
}

/// A judged report for each recipient a free-form notice names.
pub fn reports(mail: &IncomingMail, notice: &Notice) -> Vec<RecipientReport> {
    reports_on(recipients::of(mail, notice), mail, notice)
}

/// A judged report for each of these recipients, whom the notice need not name.
pub fn reports_on(
    recipients: Vec<String>,
    mail: &IncomingMail,
    notice: &Notice,
) -> Vec<RecipientReport> {
    let action = action(mail, notice);
    let told = notice.told(&recipients);
    let context = context(mail, notice, recipients.len(), &told);
    let whole = one_line(&notice.text);
    let facts = recipients.into_iter().zip(told.about);
    let facts = facts.map(|(recipient, said)| Facts {
        recipient,
        action,
        diagnostic: if said.is_empty() { whole.clone() } else { said },
        context: context.clone(),
        ..Facts::default()
    });
    facts.map(Facts::judged).collect()
}

/// What may tell the reason when the words about the recipient do not: the whole notice, but only
/// when there is nobody else it could be about.
fn context(mail: &IncomingMail, notice: &Notice, recipients: usize, told: &Told) -> String {
    let subject = mail.subject.as_deref().unwrap_or_default();
    let said = match recipients {
        1 => one_line(&notice.text),
        _ => told.rest.clone(),
    };
    clipped(&format!("{subject} {said}"), MAX_CONTEXT_BYTES).to_owned()
}

/// `554 <dana@client.example>... Host unknown`: Sendmail's last word on a recipient; what follows is
/// about the next one.
fn is_verdict(line: &str) -> bool {
    let line = line.trim();
    let coded = line.get(..4).is_some_and(|code| {
        code.ends_with(' ') && code.trim_end().bytes().all(|byte| byte.is_ascii_digit())
    });
    coded && line.contains(">... ")
}

fn action(mail: &IncomingMail, notice: &Notice) -> Option<Action> {
    let subject = mail.subject.as_deref().unwrap_or_default();
    let text = format!("{subject} {}", one_line(&notice.text)).to_lowercase();
    let delayed = DELAYED.iter().any(|words| text.contains(words));
    Some(if delayed {
        Action::Delayed
    } else {
        Action::Failed
    })
}

fn clipped(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes))
        .unwrap_or_default()
}
