//! What a server says, as far as fetching needs it, in plain values.

use async_imap::imap_proto::{
    AttributeValue, Capability, MailboxDatum, RequestId, Response, ResponseCode, Status,
};

/// One thing a server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Can(Vec<String>),
    /// It waits for us to go on.
    GoOn,
    /// The end of a command.
    Done {
        tag: RequestId,
        ok: bool,
        said: String,
    },
    Fine(Number),
    GoodBye(String),
    /// How many mails there are.
    Exists(u32),
    Found(Vec<u32>),
    Mail(Mail),
    Other,
}

/// A number that came with an untagged OK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    UidValidity(u32),
    UidNext(u32),
    None,
}

/// What was said about one mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mail {
    pub uid: Option<u32>,
    pub size: Option<u64>,
    pub date: Option<String>,
    pub body: Option<Vec<u8>>,
}

impl Answer {
    pub fn read(response: &Response<'_>) -> Answer {
        match response {
            Response::Capabilities(all) => Answer::Can(all.iter().filter_map(atom).collect()),
            Response::Continue(_) => Answer::GoOn,
            Response::Done {
                tag,
                status,
                outcome,
            } => Answer::Done {
                tag: tag.clone(),
                ok: *status == Status::Ok,
                said: said(outcome.information.as_deref()),
            },
            Response::Data {
                status: Status::Bye,
                outcome,
            } => Answer::GoodBye(said(outcome.information.as_deref())),
            Response::Data {
                status: Status::Ok | Status::PreAuth,
                outcome,
            } => Answer::Fine(match outcome.code {
                Some(ResponseCode::UidValidity(number)) => Number::UidValidity(number),
                Some(ResponseCode::UidNext(number)) => Number::UidNext(number),
                _ => Number::None,
            }),
            Response::MailboxData(MailboxDatum::Exists(mails)) => Answer::Exists(*mails),
            Response::MailboxData(MailboxDatum::Search(uids)) => Answer::Found(uids.clone()),
            Response::Fetch(_, attributes) => Answer::Mail(mail(attributes)),
            _ => Answer::Other,
        }
    }
}

fn atom(capability: &Capability<'_>) -> Option<String> {
    match capability {
        Capability::Atom(name) => Some(name.to_uppercase()),
        _ => None,
    }
}

fn said(words: Option<&str>) -> String {
    words.unwrap_or("it does not say why").to_owned()
}

fn mail(attributes: &[AttributeValue<'_>]) -> Mail {
    let mut mail = Mail::default();
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(uid) => mail.uid = Some(*uid),
            AttributeValue::Rfc822Size(size) => mail.size = Some(u64::from(*size)),
            AttributeValue::InternalDate(date) => mail.date = Some(date.to_string()),
            AttributeValue::BodySection { data, .. } => {
                mail.body = data.as_deref().map(<[u8]>::to_vec);
            }
            _ => {}
        }
    }
    mail
}
