//! A mail understood and made durable as far as that is possible before the transaction.

use bytes::Bytes;
use jiff::Timestamp;
use kept_domain::intake::Reason;
use kept_domain::intake::authentic::{Authentic, Verdict, names_others};
use kept_mail::authentication::{self as shown, Covered};
use kept_mail::{Attachment, Bounce, Calendar, Forwarded, IncomingMail, Kind};
use kept_store::blobs::Prepared;
use sha2::{Digest, Sha256};

use super::Envelope;
use super::author::{self, Author};
use super::shown::Words;
use crate::desk::Identity;
use crate::{Desk, Error, authentic};

/// Everything about a mail that the transaction needs, worked out before it begins: there is one
/// writer, and it should only write.
pub(super) struct Arrival {
    pub mail: IncomingMail,
    pub envelope: Envelope,
    /// Its text as it is written down.
    pub words: Words,
    /// Whoever it claims to be from; `None` when no address of theirs can be used.
    pub author: Option<Author>,
    /// What is known about where it comes from, when anybody checked.
    pub authentic: Option<Authentic>,
    /// What of it nobody on its way can have changed.
    pub covered: Covered,
    /// The mail it passes on.
    pub forward: Option<Forwarded>,
    /// What it says became of a mail of ours, when it is a delivery report or a complaint.
    pub bounce: Option<Bounce>,
    /// The ids of the mails a bounce or a receipt reports on.
    pub reported: Vec<String>,
    /// The calendar object it carries.
    pub calendar: Option<Calendar>,
    pub raw: Prepared,
    pub files: Vec<File>,
    pub fingerprint: String,
    pub received_at: Timestamp,
    /// When it is decided about; later than receipt for what waited in Unsorted.
    pub handled_at: Timestamp,
    /// The ticket of a reply token of ours that verified.
    pub token: Option<i64>,
    /// A ticket number tagged in the subject.
    pub tag: Option<i64>,
    /// Ticket numbers of other desks in the subject.
    pub foreign_tags: Vec<String>,
    pub identity: Identity,
    /// For an acknowledgement, should one be due.
    pub answer_ref: String,
}

impl Arrival {
    /// Whether whom it names hears what is said where it came to for this reason.
    pub fn names_others(&self, reason: &Reason) -> bool {
        let verdict = self.authentic.as_ref().map(|it| &it.verdict);
        names_others(verdict, reason)
    }

    /// Whether it came to the address that a mail of ours gave servers for their reports.
    pub fn is_to_token(&self) -> bool {
        let to = self.envelope.to.iter().chain(&self.mail.delivered_to);
        let headers = self.mail.to.iter().map(|mailbox| &mailbox.address);
        let mut found = to.chain(headers);
        found.any(|text| kept_mail::token::find(&self.identity.reply_key, text).is_some())
    }

    /// Whether it is proven that the mail is from whoever it claims, well enough to act as them. What
    /// was proven must be the very address the mail is taken to be from.
    pub fn proves_its_author(&self) -> bool {
        let Some(Verdict::Aligned { domain, .. }) = self.authentic.as_ref().map(|a| &a.verdict)
        else {
            return false;
        };
        let proven = self
            .authentic
            .as_ref()
            .is_some_and(|a| a.verdict.proves_an_agent());
        let from = kept_mail::authentication::from_domain(&self.mail);
        let author = self.author.as_ref().map(|author| author.address.domain());
        let written_as = author.is_some_and(|author| author.as_str() == domain);
        proven && from.as_ref() == Some(domain) && written_as
    }
}

/// An attachment whose bytes are durable or small enough to go into the transaction.
pub(crate) struct File {
    pub filename: String,
    pub content_type: String,
    pub inline: bool,
    pub content_id: Option<String>,
    pub minor: bool,
    pub blob: Prepared,
}

/// Mails larger than this are read on a thread that may take its time.
const LARGE_BYTES: usize = 256 * 1024;

pub(super) async fn understand(
    desk: &Desk,
    raw: Bytes,
    envelope: Envelope,
    checked: Option<Authentic>,
    received_at: Timestamp,
) -> Result<Arrival, Error> {
    let Read {
        mut mail,
        words,
        forward,
        nested,
    } = parse(raw.clone()).await?;
    let authentic = match checked {
        Some(checked) => Some(checked),
        None => authentic::told(desk, &mail).await?,
    };
    let covered = shown::covered(&mail, authentic.as_ref());
    let fingerprint = fingerprint(&mail, &raw, received_at);
    let token = token(&mail, &envelope, desk.identity());
    let tag = mail
        .subject
        .as_deref()
        .and_then(kept_mail::subject::ticket_number);
    // Both read the parts, whose contents are moved away below.
    let bounce = kept_mail::bounce::read(&mail);
    let subject = mail.subject.as_deref().unwrap_or_default();
    let foreign_tags = kept_mail::foreign_tag::tags(subject);
    let reported = reported(&mail);
    // Looks at the types of the attachments and reads nothing unless one is a calendar object.
    let calendar = kept_mail::calendar::read(&mail);
    let stored = desk.blobs().prepare(raw).await?;
    let mut files = files(desk, &mut mail).await?;
    files.extend(store(desk, nested).await?);
    Ok(Arrival {
        words,
        forward,
        author: author::of(&mail, &envelope),
        authentic,
        covered,
        bounce,
        reported,
        calendar,
        envelope,
        raw: stored,
        files,
        fingerprint,
        received_at,
        handled_at: desk.now(),
        token,
        tag,
        foreign_tags,
        identity: desk.identity().clone(),
        answer_ref: desk.new_message_ref()?,
        mail,
    })
}

struct Read {
    mail: IncomingMail,
    words: Words,
    forward: Option<Forwarded>,
    nested: Vec<Attachment>,
}

/// The mail, and the one it passes on: read now, because its attachments' bytes move out of it next.
async fn parse(raw: Bytes) -> Result<Read, Error> {
    let size = raw.len();
    let read = move || {
        let mail = kept_mail::parse(&raw);
        let forward = kept_mail::forward::read(&mail);
        let nested = nested(&mail, forward.as_ref());
        Read {
            words: Words::of(&mail, forward.as_ref()),
            mail,
            forward,
            nested,
        }
    };
    if size <= LARGE_BYTES {
        return Ok(read());
    }
    tokio::task::spawn_blocking(read)
        .await
        .map_err(|_| Error::Outside("this mail could not be read; it was not taken".into()))
}

/// A bounce brings back the mail it is about, whole or its headers only (RFC 3462 §2); so does a
/// complaint. A receipt names it.
fn reported(mail: &IncomingMail) -> Vec<String> {
    /// Where the headers of a returned mail end long before.
    const HEAD: usize = 64 * 1024;
    if let Some(id) = kept_mail::receipt::about(mail) {
        return vec![id];
    }
    if !matches!(mail.kind, Kind::Bounce { .. } | Kind::Report { .. }) {
        return vec![];
    }
    let returned = mail
        .attachments
        .iter()
        .filter(|file| file.is_message || file.content_type == "text/rfc822-headers");
    let heads = returned.map(|file| &file.content[..file.content.len().min(HEAD)]);
    heads
        .take(5)
        .filter_map(|head| kept_mail::parse(head).message_id)
        .collect()
}

/// Moves the attachments' bytes out of the mail, one after the other, so that a large mail is not
/// held twice.
async fn files(desk: &Desk, mail: &mut IncomingMail) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    for attachment in &mut mail.attachments {
        let content = std::mem::take(&mut attachment.content);
        files.push(File {
            filename: attachment.name.clone(),
            content_type: attachment.content_type.clone(),
            inline: attachment.within_text,
            content_id: attachment.content_id.clone(),
            minor: attachment.minor,
            blob: desk.blobs().prepare(content).await?,
        });
    }
    Ok(files)
}

/// Files of a forwarded mail that is taken out of it; more stay in it.
const MOST_NESTED: usize = 100;

/// The files within an attached original, which belong to its words as much as its text does.
fn nested(mail: &IncomingMail, forward: Option<&Forwarded>) -> Vec<Attachment> {
    let part = forward.and_then(|forward| forward.part);
    let part = part.and_then(|part| mail.attachments.iter().find(|file| file.part == part));
    let original = part.map(|part| kept_mail::parse(&part.content));
    let files = original.map_or_else(Vec::new, |original| original.attachments);
    files.into_iter().take(MOST_NESTED).collect()
}

async fn store(desk: &Desk, attachments: Vec<Attachment>) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    for attachment in attachments {
        files.push(File {
            filename: attachment.name,
            content_type: attachment.content_type,
            inline: false,
            minor: attachment.minor,
            content_id: attachment.content_id,
            blob: desk.blobs().prepare(attachment.content).await?,
        });
    }
    Ok(files)
}

/// What makes the same mail the same, whichever servers it passed: its id, who, when, what about,
/// and its body to the byte. Trace headers are left out.
///
/// A mail with neither Message-ID nor Date can't be told from the next one a script sends, so those
/// are only the same within one day of receipt.
fn fingerprint(mail: &IncomingMail, raw: &[u8], received_at: Timestamp) -> String {
    let header = |name: &str| mail.header(name).unwrap_or_default().to_owned();
    let dated = mail.message_id.is_some() || mail.header("date").is_some();
    let day = if dated {
        String::new()
    } else {
        received_at.strftime("%Y-%m-%d").to_string()
    };
    let mut hash = Sha256::new();
    let id = mail.message_id.clone().unwrap_or_default();
    for part in [id, header("from"), header("date"), header("subject"), day] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.update(body(raw));
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The bytes after the header block; all of them when there is none.
fn body(raw: &[u8]) -> &[u8] {
    /// Where header blocks end long before.
    const LONGEST_HEADERS: usize = 256 * 1024;
    let head = &raw[..raw.len().min(LONGEST_HEADERS)];
    let ends = [b"\r\n\r\n".as_slice(), b"\n\n", b"\r\r"];
    let starts = ends.iter().filter_map(|end| {
        head.windows(end.len())
            .position(|window| window == *end)
            .map(|at| at + end.len())
    });
    starts.min().map_or(raw, |start| &raw[start..])
}

/// Looks for our reply token where an answer carries it: the addresses it was sent to, the id that stands
/// for the ticket in our References, then its text.
fn token(mail: &IncomingMail, envelope: &Envelope, identity: &Identity) -> Option<i64> {
    let headers = mail
        .to
        .iter()
        .chain(&mail.cc)
        .map(|mailbox| mailbox.address.as_str());
    let addresses = envelope
        .to
        .iter()
        .chain(&mail.delivered_to)
        .map(String::as_str)
        .chain(headers);
    let key = &identity.reply_key;
    addresses
        .chain(mail.ancestors())
        .filter_map(|text| kept_mail::token::find(key, text))
        .next()
        .or_else(|| kept_mail::token::find(key, &mail.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_a_mail_took_does_not_make_it_another() {
        let at: Timestamp = "2026-11-23T09:00:00Z".parse().expect("time");
        let print =
            |text: &str| fingerprint(&kept_mail::parse(text.as_bytes()), text.as_bytes(), at);
        let mail = "From: a@b.example\r\nMessage-ID: <1@b>\r\nSubject: x\r\n\r\nHello\r\n";
        let again = format!("Received: from elsewhere\r\n{mail}");
        assert_eq!(print(mail), print(&again));
        assert_ne!(print(mail), print(&mail.replace("Hello", "Goodbye")));
        assert_ne!(print(mail), print(&mail.replace("<1@b>", "<2@b>")));
    }
}
