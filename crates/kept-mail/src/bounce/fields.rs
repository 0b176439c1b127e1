//! The fields of a delivery report by RFC 3464: one group of fields a recipient.
//!
//! It reads them from the part made for them, or from the text where some systems write them.

use super::notice::Notice;
use super::words::Command;
use super::{Action, Facts, MAX_RECIPIENTS, RecipientReport, one_line};
use crate::address;
use crate::mail::{Attachment, IncomingMail};

/// Bytes of fields that are read.
const MAX_BYTES: usize = 512 * 1024;

/// The fields of one recipient.
#[derive(Debug, Default)]
struct Group {
    last: Option<String>,
    original: Option<String>,
    actual: Option<String>,
    action: Option<Action>,
    status: Option<String>,
    diagnostic: String,
    /// What PowerMTA makes of it, in its own words such as `bad-mailbox`.
    category: String,
}

/// A judged report for each recipient the fields name; empty when there are no such fields.
pub fn reports(mail: &IncomingMail, notice: &Notice) -> Vec<RecipientReport> {
    let part = mail.attachments.iter().find(|part| is_status_part(part));
    let text = part.map(text_of).unwrap_or_default();
    let command = is_by_rule(&text).then_some(Command::Data);
    let groups = groups(&text);
    let groups = if groups.is_empty() {
        groups_in_text(&notice.text)
    } else {
        groups
    };
    let named = groups.into_iter();
    let named: Vec<(String, Group)> = named
        .filter_map(|group| Some((recipient(&group, notice)?, group)))
        .collect();
    let recipients: Vec<String> = named
        .iter()
        .map(|(recipient, _)| recipient.clone())
        .collect();
    let told = named.into_iter().zip(notice.about(&recipients));
    told.map(|((recipient, group), said)| facts(recipient, group, &said, command).judged())
        .collect()
}

/// Amazon's receiving service has no mailboxes: a rule of its owner's picks one of its answers, such as
/// "mailbox does not exist", when it has the mail already.
fn is_by_rule(text: &str) -> bool {
    let mut lines = text.lines().map(str::to_ascii_lowercase);
    lines.any(|line| {
        line.starts_with("reporting-mta:")
            && line.contains("inbound-smtp.")
            && line.trim_end().ends_with(".amazonaws.com")
    })
}

fn is_status_part(part: &Attachment) -> bool {
    matches!(
        part.content_type.as_str(),
        "message/delivery-status" | "message/global-delivery-status"
    )
}

/// The fields as text; some servers put headers and an encoding of their own inside the part.
fn text_of(part: &Attachment) -> String {
    let kept = part.content.get(..MAX_BYTES).unwrap_or(&part.content);
    let text = String::from_utf8_lossy(kept)
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    if text.to_ascii_lowercase().contains("-recipient:") {
        return text;
    }
    let inner = crate::parse::parse(kept);
    if inner.text.to_ascii_lowercase().contains("-recipient:") {
        inner.text
    } else {
        text
    }
}

fn groups_in_text(text: &str) -> Vec<Group> {
    if text.to_ascii_lowercase().contains("final-recipient:") {
        groups(text)
    } else {
        Vec::new()
    }
}

/// Groups are kept apart by blank lines, or by a field that comes a second time.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut group = Group::default();
    for (name, value) in fields(text) {
        let ends = match name.as_str() {
            "" => true,
            "final-recipient" => group.last.is_some(),
            "original-recipient" => group.original.is_some(),
            _ => false,
        };
        if ends && groups.len() < MAX_RECIPIENTS {
            groups.extend(group.finished());
            group = Group::default();
        }
        group.add(&name, &value);
    }
    groups.extend(group.finished());
    groups
}

/// Fields with their folded lines joined; a blank line is a field without a name.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        if line.trim().is_empty() {
            fields.push((String::new(), String::new()));
        } else if let Some((name, value)) = field(line) {
            fields.push((name, value.trim().to_owned()));
        } else if let Some((_, value)) = fields.last_mut() {
            value.push(' ');
            value.push_str(line.trim());
        }
    }
    fields
}

/// `Name: value` at the start of a line; the names of this format have letters and dashes only.
fn field(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(':')?;
    let plain = (1..=60).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && name.starts_with(|c: char| c.is_ascii_alphabetic());
    plain.then(|| (name.to_ascii_lowercase(), value))
}

impl Group {
    fn add(&mut self, name: &str, value: &str) {
        match name {
            "final-recipient" => self.last = typed(value),
            "original-recipient" => self.original = typed(value),
            "x-actual-recipient" => self.actual = typed(value),
            "action" => self.action = action(value),
            "status" => self.status = super::codes::said_status(value),
            "x-powermta-bouncecategory" => self.category = one_line(value),
            "diagnostic-code" => self.diagnostic = one_line(value),
            _ => {}
        }
    }

    fn finished(self) -> Option<Self> {
        (self.last.is_some() || self.original.is_some()).then_some(self)
    }
}

/// The address of `rfc822; dana@client.example`.
fn typed(value: &str) -> Option<String> {
    let address = value.split_once(';').map_or(value, |(_, address)| address);
    let address = address.split(" (").next().unwrap_or(address);
    let address = address::clean_address(address);
    // A source route (RFC 5321 appendix C): `@relay.example:dana@client.example`.
    let route = address
        .strip_prefix('@')
        .and_then(|rest| rest.rsplit_once(':'));
    let address = route.map(|(_, last)| last.to_owned()).unwrap_or(address);
    let within = address
        .split_whitespace()
        .find(|word| address::is_valid(word));
    let address = within.map(str::to_owned).unwrap_or(address);
    (!address.is_empty()).then_some(address)
}

fn action(value: &str) -> Option<Action> {
    let word = value.split([' ', ';', '(']).next()?.to_ascii_lowercase();
    match word.as_str() {
        "failed" | "failure" | "error" => Some(Action::Failed),
        "delayed" | "deferred" => Some(Action::Delayed),
        "delivered" | "deliverable" => Some(Action::Delivered),
        "relayed" => Some(Action::Relayed),
        "expanded" => Some(Action::Expanded),
        _ => None,
    }
}

/// The recipient is the last address of the way; a bare name there stands for the one before it.
fn recipient(group: &Group, notice: &Notice) -> Option<String> {
    valid(&group.last)
        .or_else(|| valid(&group.actual))
        .or_else(|| valid(&group.original))
        .or_else(|| notice.only_recipient())
        .or_else(|| group.last.clone())
        .or_else(|| group.original.clone())
}

fn valid(address: &Option<String>) -> Option<String> {
    address.clone().filter(|address| address::is_valid(address))
}

fn facts(recipient: String, group: Group, said: &str, command: Option<Command>) -> Facts {
    let differs = |original: &String| !address::is_same(original, &recipient);
    Facts {
        original_recipient: valid(&group.original).filter(differs),
        context: format!("{said} {}", group.category),
        recipient,
        action: group.action,
        status: group.status,
        diagnostic: group.diagnostic,
        command,
    }
}
