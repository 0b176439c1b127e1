//! Mail as other people's programs write it.

use bytes::Bytes;
use kept_app::intake::{Envelope, Via};

/// What the desk's server found of its own people's mail.
pub const PROVEN: &str =
    "mx.desk.example; dkim=pass header.d=desk.example; dmarc=pass header.from=desk.example";
/// A signature of the desk's own domain.
pub const SIGNED: &str =
    "v=1; d=desk.example; h=from:to:cc:subject:in-reply-to:references:message-id; b=x";

/// A mail being written. Without more words it goes to support@desk.example.
#[derive(Debug, Clone)]
pub struct Mail {
    headers: Vec<(String, String)>,
    body: String,
    from: Option<String>,
    to: Vec<String>,
}

/// `from` as it stands in the header: `Dana Fox <dana@acme.example>`.
pub fn mail(from: &str, subject: &str, body: &str) -> Mail {
    let bare = from
        .rsplit('<')
        .next()
        .unwrap_or(from)
        .trim_end_matches('>');
    Mail {
        headers: vec![],
        body: body.to_owned(),
        from: Some(bare.to_owned()),
        to: vec!["support@desk.example".into()],
    }
    .with("From", from)
    .with("To", "support@desk.example")
    .with("Subject", subject)
    .with("Date", "Mon, 23 Nov 2026 08:59:00 +0000")
}

impl Mail {
    /// Sets a header; one of the same name is replaced.
    pub fn with(mut self, name: &str, value: &str) -> Mail {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Signed by the desk's own domain, as its mail server found.
    pub fn proven(self) -> Mail {
        self.with("Authentication-Results", PROVEN)
            .with("DKIM-Signature", SIGNED)
    }

    pub fn without(mut self, name: &str) -> Mail {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// Puts one more line before all others, as servers on the way do.
    pub fn passed(mut self, server: &str) -> Mail {
        let line = ("Received".to_owned(), format!("from {server}"));
        self.headers.insert(0, line);
        self
    }

    pub fn id(self, id: &str) -> Mail {
        self.with("Message-ID", &format!("<{id}>"))
    }

    pub fn answering(self, id: &str) -> Mail {
        self.with("In-Reply-To", &format!("<{id}>"))
    }

    /// Who the mail goes to by its envelope, and who sent it.
    pub fn to(mut self, address: &str) -> Mail {
        self.to = vec![address.to_owned()];
        self
    }

    pub fn sent_by(mut self, address: Option<&str>) -> Mail {
        self.from = address.map(str::to_owned);
        self
    }

    pub fn bytes(&self) -> Bytes {
        let mut text: String = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        text.push_str("\r\n");
        text.push_str(&self.body.replace('\n', "\r\n"));
        text.push_str("\r\n");
        Bytes::from(text)
    }

    pub fn envelope(&self) -> Envelope {
        Envelope {
            from: self.from.clone(),
            to: self.to.clone(),
            via: Via::Smtp,
        }
    }
}
