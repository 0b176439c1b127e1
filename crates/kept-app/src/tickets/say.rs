//! What writing a reply and writing a note have in common: files, the message row, the search index.

use bytes::Bytes;
use jiff::Timestamp;
use kept_domain::access::Viewer;
use kept_domain::ids::{MessageId, PersonId, TicketId};
use kept_domain::messages::{Audience, Channel};
use kept_mail::{Body, SegmentKind};
use kept_store::blobs::Prepared;
use kept_store::messages::{Attachment, Message};
use kept_store::{Tx, fulltext, messages, people, tickets};

use crate::{Desk, Error};

/// A file somebody attached.
#[derive(Debug, Clone)]
pub struct Upload {
    pub filename: String,
    pub content_type: String,
    pub content: Bytes,
}

/// Files in one message, and bytes in all of them together: what mail servers commonly take.
const MOST_FILES: usize = 50;
const MOST_BYTES: usize = 25 * 1024 * 1024;

/// A file whose bytes are durable and only need their row.
#[derive(Debug, Clone)]
pub(crate) struct ReadyFile {
    pub filename: String,
    pub content_type: String,
    content: Content,
}

/// Where the bytes are.
#[derive(Debug, Clone)]
enum Content {
    /// Just uploaded.
    New(Prepared),
    /// Here already, with a message that was taken back.
    Known { sha256: String, size_bytes: usize },
}

impl ReadyFile {
    /// A file that came by mail.
    pub fn of(filename: &str, content_type: &str, blob: &Prepared) -> Self {
        Self {
            filename: filename.to_owned(),
            content_type: content_type.to_owned(),
            content: Content::New(blob.clone()),
        }
    }

    /// The file of a message that was taken back, for the one that is written in its place.
    pub fn again(file: &Attachment) -> Self {
        Self {
            filename: file.filename.clone(),
            content_type: file.content_type.clone(),
            content: Content::Known {
                sha256: file.sha256.clone(),
                size_bytes: usize::try_from(file.size_bytes).unwrap_or(usize::MAX),
            },
        }
    }

    pub fn sha256(&self) -> &str {
        match &self.content {
            Content::New(blob) => blob.sha256(),
            Content::Known { sha256, .. } => sha256,
        }
    }

    pub fn size_bytes(&self) -> usize {
        match &self.content {
            Content::New(blob) => blob.size_bytes(),
            Content::Known { size_bytes, .. } => *size_bytes,
        }
    }
}

/// Stores what was attached, before the transaction begins.
pub(crate) async fn prepare(desk: &Desk, files: Vec<Upload>) -> Result<Vec<ReadyFile>, Error> {
    let bytes: usize = files.iter().map(|file| file.content.len()).sum();
    if files.len() > MOST_FILES || bytes > MOST_BYTES {
        let problem =
            "These files are too many or too large to mail: at most 50 files and 25 MB together";
        return Err(Error::invalid("files", problem));
    }
    let mut ready = Vec::new();
    for file in files {
        let blob = desk.blobs().prepare(file.content).await?;
        let filename = kept_mail::address::clean_name(&file.filename);
        ready.push(ReadyFile {
            filename,
            content_type: file.content_type,
            content: Content::New(blob),
        });
    }
    Ok(ready)
}

/// Something an agent says on a ticket.
pub(crate) struct Saying<'a> {
    pub ticket: TicketId,
    /// Words of the ticket's subject to be found by; empty when an earlier message carries them.
    pub subject: &'a str,
    pub audience: Audience,
    pub markdown: &'a str,
    /// What the program puts below it; may be empty.
    pub added: &'a str,
    pub recipients: String,
    pub files: &'a [ReadyFile],
}

/// Who says it: an agent, or a rule under a name.
pub(crate) struct Speaker {
    pub person: Option<PersonId>,
    pub name: String,
    pub address: String,
}

/// Writes the message with its files and makes it findable.
pub(super) fn write(
    tx: &mut Tx<'_>,
    by: &Viewer,
    saying: &Saying<'_>,
    now: Timestamp,
) -> Result<MessageId, Error> {
    let address = people::addresses(tx, by.person)?.into_iter().next();
    let speaker = Speaker {
        person: Some(by.person),
        name: by.name.clone(),
        address: address.map_or_else(String::new, |a| a.to_string()),
    };
    write_as(tx, &speaker, saying, now)
}

/// The same for somebody who is perhaps nobody. What nobody says to a client is automatic.
pub(crate) fn write_as(
    tx: &mut Tx<'_>,
    by: &Speaker,
    saying: &Saying<'_>,
    now: Timestamp,
) -> Result<MessageId, Error> {
    let mut body = Body::default();
    body.push(SegmentKind::New, saying.markdown);
    body.push(SegmentKind::Added, saying.added);
    let message = Message {
        id: MessageId(0),
        ticket: saying.ticket,
        audience: saying.audience,
        channel: Channel::Desk,
        person: by.person,
        author_name: by.name.clone(),
        author_address: by.address.clone(),
        at: now,
        claimed_at: None,
        subject: Some(saying.subject.to_owned()).filter(|subject| !subject.is_empty()),
        recipients: saying.recipients.clone(),
        body: crate::reading::body_json(&body),
        has_html: false,
        automatic: by.person.is_none() && saying.audience == Audience::Client,
        kind: None,
        remark: None,
        message_ref: None,
        raw_sha256: None,
        raw_size_bytes: 0,
    };
    let id = messages::insert(tx, &message)?;
    for file in saying.files {
        attach(tx, id, file)?;
    }
    let document = fulltext::Document {
        message: id,
        ticket: saying.ticket,
        subject: saying.subject,
        people: &by.name,
        body: saying.markdown,
    };
    fulltext::index(tx, &document)?;
    if saying.audience == Audience::Client && by.person.is_some() {
        let words = crate::intake::last_words(saying.markdown);
        tickets::set_last_words(tx, saying.ticket, &words, by.person)?;
    }
    Ok(id)
}

/// Puts a file to a message.
pub(crate) fn attach(tx: &mut Tx<'_>, message: MessageId, file: &ReadyFile) -> Result<(), Error> {
    if let Content::New(blob) = &file.content {
        blob.record(tx)?;
    }
    let row = Attachment {
        id: 0,
        message,
        filename: file.filename.clone(),
        content_type: file.content_type.clone(),
        inline: false,
        minor: false,
        content_id: None,
        size_bytes: i64::try_from(file.size_bytes()).unwrap_or(i64::MAX),
        sha256: file.sha256().to_owned(),
    };
    Ok(messages::attach(tx, &row)?)
}
