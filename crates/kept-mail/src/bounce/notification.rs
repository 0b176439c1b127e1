//! Delivery notifications in JSON, as Amazon SES sends them by mail through its notification service.
//!
//! It reads the one object at the start of the text and looks nothing up.

use serde::Deserialize;

use super::{Action, Bounce, Facts, MAX_RECIPIENTS, Reason, RecipientReport, ReportKind, bounce};
use crate::mail::IncomingMail;

/// Bytes of text that are read.
const MAX_BYTES: usize = 256 * 1024;

/// The envelope the notification service may put around a notification.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "Message")]
    message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    #[serde(alias = "eventType")]
    notification_type: String,
    bounce: Option<Bounced>,
    complaint: Option<Complained>,
    delivery: Option<Delivered>,
    #[serde(default)]
    mail: About,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounced {
    bounced_recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complained {
    complained_recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Delivered {
    recipients: Vec<String>,
    #[serde(default)]
    smtp_response: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: String,
    status: Option<String>,
    #[serde(default)]
    diagnostic_code: String,
}

/// The mail a notification is about.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct About {
    #[serde(default)]
    headers: Vec<Header>,
    message_id: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

/// Whether the text begins as such a notification does; a cheap look.
pub fn is_one(mail: &IncomingMail) -> bool {
    const LOOKED_AT_BYTES: usize = 2_000;
    let text = mail.text.trim_start();
    let start = text
        .get(..text.floor_char_boundary(LOOKED_AT_BYTES))
        .unwrap_or_default();
    start.starts_with('{')
        && (start.contains("notificationType") || start.contains("eventType\":\"Bounce"))
}

/// What the notification says, if the mail is one and says it in full.
pub fn read(mail: &IncomingMail) -> Option<Bounce> {
    if !is_one(mail) {
        return None;
    }
    let kept = mail.text.floor_char_boundary(MAX_BYTES);
    // Long lines were folded on the way, inside strings too.
    let json = mail.text.get(..kept)?.replace('\n', "");
    let notification: Notification = match first::<Envelope>(&json) {
        Some(envelope) => first(&envelope.message)?,
        None => first(&json)?,
    };
    notification.told()
}

/// The first value in a text; what follows it does not matter.
fn first<'x, T: Deserialize<'x>>(json: &'x str) -> Option<T> {
    serde_json::Deserializer::from_str(json)
        .into_iter()
        .next()?
        .ok()
}

impl Notification {
    fn told(self) -> Option<Bounce> {
        let message_id = self.mail.id();
        match self.notification_type.as_str() {
            "Bounce" => {
                let recipients = self.bounce?.bounced_recipients.into_iter();
                let reports = recipients.take(MAX_RECIPIENTS).map(failed).collect();
                Some(bounce(reports, message_id))
            }
            "Complaint" => {
                let recipients = self.complaint?.complained_recipients.into_iter();
                let reports = recipients.take(MAX_RECIPIENTS).map(complained).collect();
                Some(Bounce {
                    kind: ReportKind::Complaint,
                    message_id,
                    reports,
                })
            }
            "Delivery" => {
                let delivery = self.delivery?;
                let recipients = delivery.recipients.into_iter().take(MAX_RECIPIENTS);
                let reports =
                    recipients.map(|recipient| delivered(recipient, &delivery.smtp_response));
                Some(bounce(reports.collect(), message_id))
            }
            _ => None,
        }
    }
}

impl About {
    /// The mail's own id; the service's when it kept no headers.
    fn id(self) -> Option<String> {
        let own = self
            .headers
            .into_iter()
            .find(|header| header.name.eq_ignore_ascii_case("message-id"));
        let id = own.map(|header| header.value).or(self.message_id)?;
        Some(id.trim_matches(['<', '>', ' ']).to_owned())
    }
}

fn failed(recipient: Recipient) -> RecipientReport {
    let facts = Facts {
        recipient: recipient.email_address,
        action: Some(Action::Failed),
        status: recipient.status,
        diagnostic: recipient.diagnostic_code,
        ..Facts::default()
    };
    facts.judged()
}

fn delivered(recipient: String, answer: &str) -> RecipientReport {
    let facts = Facts {
        recipient,
        action: Some(Action::Delivered),
        diagnostic: answer.to_owned(),
        ..Facts::default()
    };
    facts.judged()
}

fn complained(recipient: Recipient) -> RecipientReport {
    RecipientReport {
        action: Action::Complained,
        reason: Reason::Feedback,
        hard: false,
        ..failed(recipient)
    }
}
