//! The form of one mailbox: what it holds, typed or stored, and what it says as settings.

use kept_app::Error;
use kept_app::domain::ids::{AccountId, QueueId};
use kept_app::mailboxes::imap::{Afterwards, BeginWith, Canary, Settings, SignIn};
use kept_app::settings::mailboxes::{GivenMailbox, GivenSignIn};
use kept_app::settings::relay::Security;
use kept_app::store::mailboxes::Mailbox;

use crate::forms::Fields;
use crate::numbers::number;
use crate::parts::{Choice, Field};

/// What the form holds.
pub(super) struct Filled {
    pub name: String,
    pub is_on: bool,
    pub canary: bool,
    server: String,
    port: String,
    security: String,
    user: String,
    sign_in: String,
    password: String,
    folder: String,
    queue: String,
    afterwards: String,
    move_to: String,
    begin_with: String,
    poll_seconds: String,
    canary_address: String,
    canary_hours: String,
    canary_minutes: String,
}

impl Default for Filled {
    fn default() -> Self {
        Self {
            name: String::new(),
            is_on: true,
            canary: false,
            server: String::new(),
            port: "993".into(),
            security: Security::Tls.as_str().into(),
            user: String::new(),
            sign_in: "password".into(),
            password: String::new(),
            folder: "INBOX".into(),
            queue: String::new(),
            afterwards: "keep".into(),
            move_to: String::new(),
            begin_with: BeginWith::Unread.as_str().into(),
            poll_seconds: "60".into(),
            canary_address: String::new(),
            canary_hours: "6".into(),
            canary_minutes: "15".into(),
        }
    }
}

impl Filled {
    /// What is left of a mailbox whose settings can't be read.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    pub fn of(mailbox: &Mailbox, it: &Settings) -> Self {
        let (afterwards, move_to) = match &it.afterwards {
            Afterwards::Keep => ("keep", ""),
            Afterwards::Move { folder } => ("move", folder.as_str()),
            Afterwards::Delete => ("delete", ""),
        };
        let filled = Self {
            name: mailbox.name.clone(),
            is_on: mailbox.is_on,
            server: it.server.clone(),
            port: it.port.to_string(),
            security: it.security.as_str().into(),
            user: it.user.clone(),
            sign_in: match it.sign_in {
                SignIn::Password { .. } => "password".into(),
                SignIn::Account(account) => account.to_string(),
            },
            folder: it.folder.clone(),
            queue: it.queue.map_or_else(String::new, |queue| queue.to_string()),
            afterwards: afterwards.into(),
            move_to: move_to.into(),
            begin_with: it.begin_with.as_str().into(),
            poll_seconds: it.poll_seconds.to_string(),
            ..Self::default()
        };
        match &it.canary {
            None => filled,
            Some(canary) => Self {
                canary: true,
                canary_address: canary.address.clone(),
                canary_hours: canary.every_hours.to_string(),
                canary_minutes: canary.within_minutes.to_string(),
                ..filled
            },
        }
    }

    pub fn typed(fields: &Fields) -> Self {
        let text = |name: &str| fields.trimmed(name);
        Self {
            name: text("name"),
            is_on: fields.get("is_on") == "on",
            canary: fields.get("canary") == "on",
            server: text("server"),
            port: text("port"),
            security: text("security"),
            user: text("user"),
            sign_in: text("sign_in"),
            password: fields.get("password").to_owned(),
            folder: text("folder"),
            queue: text("queue"),
            afterwards: text("afterwards"),
            move_to: text("move_to"),
            begin_with: text("begin_with"),
            poll_seconds: text("poll_seconds"),
            canary_address: text("canary_address"),
            canary_hours: text("canary_hours"),
            canary_minutes: text("canary_minutes"),
        }
    }

    /// What it says as settings.
    pub fn given(self) -> Result<GivenMailbox, Error> {
        let security = Security::from_text(&self.security).ok_or_else(|| choose("security"))?;
        let begin_with =
            BeginWith::from_text(&self.begin_with).ok_or_else(|| choose("begin_with"))?;
        Ok(GivenMailbox {
            security,
            begin_with,
            port: whole(&self.port, "port", "A port is a number from 1 to 65535")?,
            poll_seconds: whole(
                &self.poll_seconds,
                "poll_seconds",
                "Write a number of seconds",
            )?,
            sign_in: self.sign_in()?,
            queue: number(&self.queue).map(QueueId),
            afterwards: self.afterwards()?,
            canary: self.canary()?,
            name: self.name,
            is_on: self.is_on,
            server: self.server,
            user: self.user,
            folder: self.folder,
        })
    }

    fn sign_in(&self) -> Result<GivenSignIn, Error> {
        if self.sign_in == "password" {
            let typed = Some(self.password.clone()).filter(|it| !it.is_empty());
            return Ok(GivenSignIn::Password(typed));
        }
        let account = number(&self.sign_in).map(AccountId);
        account
            .map(GivenSignIn::Account)
            .ok_or_else(|| choose("sign_in"))
    }

    fn afterwards(&self) -> Result<Afterwards, Error> {
        match self.afterwards.as_str() {
            "keep" => Ok(Afterwards::Keep),
            "delete" => Ok(Afterwards::Delete),
            "move" => Ok(Afterwards::Move {
                folder: self.move_to.clone(),
            }),
            _ => Err(choose("afterwards")),
        }
    }

    fn canary(&self) -> Result<Option<Canary>, Error> {
        if !self.canary {
            return Ok(None);
        }
        Ok(Some(Canary {
            address: self.canary_address.clone(),
            every_hours: whole(
                &self.canary_hours,
                "canary_hours",
                "Write a number of hours",
            )?,
            within_minutes: whole(
                &self.canary_minutes,
                "canary_minutes",
                "Write a number of minutes",
            )?,
        }))
    }
}

fn choose(field: &'static str) -> Error {
    Error::invalid(field, "Choose one from the list")
}

fn whole<T: std::str::FromStr>(text: &str, field: &'static str, problem: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::invalid(field, problem))
}

/// The fields with what they hold. A stored password is never shown.
pub(super) fn fields(it: &Filled, has_password: bool) -> Vec<Field> {
    let keep = if has_password {
        "Leave it empty to keep the stored one."
    } else {
        "Often one made for an app, not the one people type."
    };
    let password = Field::new("password", "Password", "")
        .kind("password")
        .autocomplete("off");
    let number =
        |name: &str, label: &str, value: &str| Field::new(name, label, value).kind("number");
    vec![
        Field::new("name", "Name", &it.name)
            .required()
            .placeholder("Support"),
        Field::new("server", "Server", &it.server)
            .required()
            .placeholder("imap.example.com"),
        number("port", "Port", &it.port).required(),
        Field::new("security", "Encryption", &it.security),
        Field::new("folder", "Folder", &it.folder).required(),
        Field::new("user", "User", &it.user)
            .required()
            .autocomplete("off")
            .placeholder("support@example.com"),
        Field::new("sign_in", "Sign in with", &it.sign_in),
        password.help(keep),
        Field::new("queue", "Queue", &it.queue)
            .help("For mail that is addressed to no queue's address."),
        Field::new("begin_with", "Begin with", &it.begin_with)
            .help("What is there already when fetching begins."),
        Field::new("afterwards", "Fetched mail", &it.afterwards),
        Field::new("move_to", "Move to folder", &it.move_to)
            .placeholder("Kept")
            .help("Made when it is missing."),
        number("poll_seconds", "Look every … seconds", &it.poll_seconds)
            .help("Only for servers that do not tell by themselves when mail comes."),
        Field::new(
            "canary_address",
            "To this mailbox’s address",
            &it.canary_address,
        )
        .kind("email")
        .placeholder("support@example.com"),
        number("canary_hours", "Every … hours", &it.canary_hours),
        number(
            "canary_minutes",
            "Expected within … minutes",
            &it.canary_minutes,
        ),
    ]
}

pub(super) fn securities() -> Vec<Choice> {
    let words = |security| match security {
        Security::StartTls => "STARTTLS, commonly port 143",
        Security::Tls => "TLS, commonly port 993",
        Security::None => "None: only on this machine",
    };
    [Security::Tls, Security::StartTls, Security::None]
        .iter()
        .map(|it| Choice::new(it.as_str(), words(*it)))
        .collect()
}

pub(super) fn afterwards() -> Vec<Choice> {
    vec![
        Choice::new("keep", "stays, marked as read"),
        Choice::new("move", "moves to a folder"),
        Choice::new("delete", "is deleted there"),
    ]
}

pub(super) fn begin_with() -> Vec<Choice> {
    let words = |begin| match begin {
        BeginWith::New => "new mail from now on",
        BeginWith::Unread => "everything unread",
        BeginWith::Everything => "everything",
    };
    BeginWith::ALL
        .iter()
        .map(|it| Choice::new(it.as_str(), words(*it)))
        .collect()
}
