//! Setting mailboxes up that mail is fetched from: where, how to sign in, what happens to fetched mail.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{AccountId, MailboxId, QueueId};
use kept_domain::people::EmailAddress;
use kept_store::{Tx, accounts, audit, mailboxes, queues};

use crate::mailboxes::imap::{
    self, Afterwards, BeginWith, Canary, Found, MAILBOXES, Settings, SignIn,
};
use crate::sender::Security;
use crate::{Desk, Error, tls};

/// A mailbox as somebody typed it.
#[derive(Debug, Clone)]
pub struct GivenMailbox {
    pub name: String,
    pub is_on: bool,
    pub server: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
    pub sign_in: GivenSignIn,
    pub folder: String,
    pub queue: Option<QueueId>,
    pub afterwards: Afterwards,
    pub begin_with: BeginWith,
    pub poll_seconds: u32,
    pub canary: Option<Canary>,
}

#[derive(Debug, Clone)]
pub enum GivenSignIn {
    /// `None` keeps the password that is stored.
    Password(Option<String>),
    Account(AccountId),
}

/// # Errors
/// When the viewer may not, or a value can't be taken, naming it.
pub async fn add(desk: &Desk, viewer: &Viewer, given: GivenMailbox) -> Result<MailboxId, Error> {
    allow(viewer, Act::Administer)?;
    let settings = settings_of(desk, &given, None)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            check(tx, None, &given, &settings)?;
            let id = mailboxes::insert(tx, given.name.trim(), &json(&settings)?, given.is_on, now)?;
            tx.announce(MAILBOXES);
            let what = format!("Added the mailbox {}", given.name);
            audit::write(tx, Some(by), &what, now)?;
            Ok(id)
        })
        .await
}

/// Changes it; it is tried at once. Another server, user or folder begins anew.
///
/// # Errors
/// When the viewer may not, it does not exist, or a value can't be taken, naming it.
pub async fn edit(
    desk: &Desk,
    viewer: &Viewer,
    id: MailboxId,
    given: GivenMailbox,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let before = stored(desk, id).await?;
    let settings = settings_of(desk, &given, before.as_ref())?;
    let moved = before.is_none_or(|before| settings.is_elsewhere(&before));
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            check(tx, Some(id), &given, &settings)?;
            mailboxes::update(tx, id, given.name.trim(), &json(&settings)?, given.is_on)?;
            if moved {
                mailboxes::begin_anew(tx, id)?;
            }
            tx.announce(MAILBOXES);
            let what = format!("Changed the mailbox {}", given.name);
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

/// Removes it. Mail it brought stays, and mail in it stays where it is.
///
/// # Errors
/// When the viewer may not, or it does not exist.
pub async fn remove(desk: &Desk, viewer: &Viewer, id: MailboxId) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let known = mailboxes::find(tx, id)?.ok_or_else(|| Error::not_found("mailbox"))?;
            mailboxes::remove(tx, id)?;
            tx.announce(MAILBOXES);
            let what = format!("Removed the mailbox {}", known.name);
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

/// Signs in as it is saved and says what is there. Nothing is fetched or marked.
///
/// # Errors
/// When the viewer may not, it does not exist, or does not work, in words.
pub async fn test(desk: &Desk, viewer: &Viewer, id: MailboxId) -> Result<String, Error> {
    allow(viewer, Act::Administer)?;
    let settings = stored(desk, id)
        .await?
        .ok_or_else(|| Error::Conflict("Its settings can't be read; save them again".into()))?;
    let found = imap::try_out(desk, &settings).await;
    let found = found
        .map_err(|problem| Error::Outside(format!("{}: {}", problem.kind.says(), problem.words)))?;
    Ok(words(&settings, &found))
}

fn words(settings: &Settings, found: &Found) -> String {
    let tells = match found.tells_by_itself {
        true => "The server tells at once when mail comes.".to_owned(),
        false => format!(
            "The server does not tell when mail comes; Kept looks every {} s.",
            settings.poll_seconds
        ),
    };
    format!(
        "Signed in as {}. {} holds {} mails, {} unread. {tells}",
        settings.user, settings.folder, found.mails, found.unread
    )
}

async fn stored(desk: &Desk, id: MailboxId) -> Result<Option<Settings>, Error> {
    let found = desk.store().read(move |tx| mailboxes::find(tx, id)).await?;
    let found = found.ok_or_else(|| Error::not_found("mailbox"))?;
    Ok(serde_json::from_str(&found.settings).ok())
}

fn settings_of(
    desk: &Desk,
    given: &GivenMailbox,
    before: Option<&Settings>,
) -> Result<Settings, Error> {
    Ok(Settings {
        server: given.server.trim().to_owned(),
        port: given.port,
        security: given.security,
        user: given.user.trim().to_owned(),
        sign_in: sign_in(desk, &given.sign_in, before)?,
        folder: given.folder.trim().to_owned(),
        queue: given.queue,
        afterwards: given.afterwards.clone(),
        begin_with: given.begin_with,
        poll_seconds: given.poll_seconds,
        canary: given.canary.clone(),
    })
}

fn sign_in(desk: &Desk, given: &GivenSignIn, before: Option<&Settings>) -> Result<SignIn, Error> {
    match given {
        GivenSignIn::Account(account) => Ok(SignIn::Account(*account)),
        GivenSignIn::Password(Some(password)) => Ok(SignIn::Password {
            sealed: desk.secret().seal(password, desk.random())?,
        }),
        GivenSignIn::Password(None) => match before.map(|before| &before.sign_in) {
            Some(known @ SignIn::Password { .. }) => Ok(known.clone()),
            _ => Err(Error::invalid("password", "Type the mailbox's password")),
        },
    }
}

fn check(
    tx: &mut Tx<'_>,
    id: Option<MailboxId>,
    given: &GivenMailbox,
    settings: &Settings,
) -> Result<(), Error> {
    check_place(given, settings)?;
    check_afterwards(settings)?;
    check_canary(settings)?;
    if let SignIn::Account(account) = settings.sign_in
        && accounts::find(tx, account)?.is_none()
    {
        return Err(Error::invalid(
            "account",
            "Choose a sign-in account from the list",
        ));
    }
    if let Some(queue) = settings.queue
        && !queues::all(tx)?.iter().any(|known| known.id == queue)
    {
        return Err(Error::invalid("queue", "Choose a queue from the list"));
    }
    let twin = mailboxes::all(tx)?.into_iter().find(|other| {
        let theirs: Option<Settings> = serde_json::from_str(&other.settings).ok();
        Some(other.id) != id && theirs.is_some_and(|theirs| !settings.is_elsewhere(&theirs))
    });
    match twin {
        Some(twin) => Err(Error::invalid(
            "folder",
            format!("“{}” fetches from this folder already", twin.name),
        )),
        None => Ok(()),
    }
}

/// Longest names, in bytes; servers take no longer ones either.
const LONGEST: usize = 250;

fn check_place(given: &GivenMailbox, settings: &Settings) -> Result<(), Error> {
    crate::people::clean(&given.name)
        .ok_or_else(|| Error::invalid("name", "Give the mailbox a name"))?;
    let is_name = |text: &str| {
        !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control)
    };
    let is_host = |text: &str| is_name(text) && !text.contains([' ', '/', '@', '"']);
    if !is_host(&settings.server) {
        let example = "Write the server's name, like imap.example.com";
        return Err(Error::invalid("server", example));
    }
    if settings.security == Security::None && !tls::is_here(&settings.server) {
        let problem = "Without encryption the password could be read on its way; this is only for a server on this machine";
        return Err(Error::invalid("security", problem));
    }
    if !is_name(&settings.user) {
        return Err(Error::invalid(
            "user",
            "Write the user, often the mail address",
        ));
    }
    if !is_name(&settings.folder) {
        return Err(Error::invalid("folder", "Write the folder, commonly INBOX"));
    }
    if !(10..=3600).contains(&settings.poll_seconds) {
        let problem = "Write a number of seconds from 10 to 3600";
        return Err(Error::invalid("poll_seconds", problem));
    }
    Ok(())
}

fn check_afterwards(settings: &Settings) -> Result<(), Error> {
    let Afterwards::Move { folder } = &settings.afterwards else {
        return Ok(());
    };
    if folder.trim().is_empty() || folder.len() > LONGEST {
        return Err(Error::invalid(
            "move_to",
            "Write the folder fetched mail moves to",
        ));
    }
    match folder.eq_ignore_ascii_case(&settings.folder) {
        true => Err(Error::invalid(
            "move_to",
            "Choose another folder than the one that is fetched from",
        )),
        false => Ok(()),
    }
}

fn check_canary(settings: &Settings) -> Result<(), Error> {
    let Some(canary) = &settings.canary else {
        return Ok(());
    };
    EmailAddress::parse(&canary.address)
        .map_err(|error| Error::invalid("canary_address", error.to_string()))?;
    if !(1..=168).contains(&canary.every_hours) {
        return Err(Error::invalid(
            "canary_hours",
            "Write a number of hours from 1 to 168",
        ));
    }
    match (1..=24 * 60).contains(&canary.within_minutes) {
        true => Ok(()),
        false => Err(Error::invalid(
            "canary_minutes",
            "Write a number of minutes from 1 to 1440",
        )),
    }
}

fn json(settings: &Settings) -> Result<String, Error> {
    serde_json::to_string(settings)
        .map_err(|e| Error::Outside(format!("a mailbox can't be written down: {e}")))
}
