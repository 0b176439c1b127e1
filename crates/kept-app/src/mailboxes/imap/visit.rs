//! One visit to a mailbox: sign in, look, wait for more, look again; until asked to stop or something
//! fails.

use std::time::Duration;

use kept_domain::ids::MailboxId;
use kept_domain::mailboxes::Trouble;
use kept_store::mailboxes::{self, Mailbox};
use tokio::sync::watch;

use super::connect::{Door, Key, connect};
use super::health;
use super::look::Look;
use super::problem::Problem;
use super::settings::{Settings, SignIn};
use super::talk::Talk;
use crate::{Desk, Error, oauth2};

/// The longest wait in one IDLE. Servers may hang up after 29 minutes (RFC 2177 §3); a shorter one
/// also finds out sooner that a connection is dead, and a mail at which the line broke is asked for again
/// only between two of them.
const LONGEST_IDLE: Duration = Duration::from_secs(30);
/// Pauses between two looks that can be set, in seconds.
const POLLS: std::ops::RangeInclusive<u32> = 10..=3600;

/// Visits until `stop` says so. `went_well` becomes true with the first look that ends.
pub(super) async fn stay(
    desk: &Desk,
    mailbox: &Mailbox,
    stop: &mut watch::Receiver<bool>,
    went_well: &mut bool,
) -> Result<(), Problem> {
    let settings = read(mailbox)?;
    let mut talk = enter(desk, &settings).await?;
    let mut look = Look::new(desk, mailbox, &settings, stop.clone());
    let poll = settings.poll_seconds.clamp(*POLLS.start(), *POLLS.end());
    let poll = Duration::from_secs(u64::from(poll));
    loop {
        let ended = look.through(&mut talk).await?;
        health::looked(desk, mailbox.id, &settings, ended).await?;
        *went_well = true;
        if *stop.borrow() {
            talk.leave().await;
            return Ok(());
        }
        if talk.can.idle {
            talk.idle(LONGEST_IDLE, stop).await?;
        } else {
            tokio::select! {
                () = tokio::time::sleep(poll) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        }
    }
}

/// Visits once: everything that is there is taken in. For the button, and for tests.
///
/// # Errors
/// When the mailbox does not exist or the store can't answer. Trouble with the mailbox is written down.
pub async fn once(desk: &Desk, id: MailboxId) -> Result<Option<Problem>, Error> {
    let found = desk.store().read(move |tx| mailboxes::find(tx, id)).await?;
    let mailbox = found.ok_or_else(|| Error::not_found("mailbox"))?;
    let (sender, mut stop) = watch::channel(false);
    let visit = async {
        let settings = read(&mailbox)?;
        let mut talk = enter(desk, &settings).await?;
        let mut look = Look::new(desk, &mailbox, &settings, stop.clone());
        let ended = look.through(&mut talk).await?;
        talk.leave().await;
        health::looked(desk, mailbox.id, &settings, ended).await
    };
    let ended = visit.await;
    drop(sender);
    let _ = stop.changed().await;
    if let Err(problem) = &ended {
        health::failed(desk, id, problem, None).await?;
    }
    Ok(ended.err())
}

/// What a test found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub mails: u32,
    pub unread: usize,
    pub tells_by_itself: bool,
}

/// Signs in and opens the folder; nothing is fetched or marked.
///
/// # Errors
/// What is wrong, in words.
pub async fn try_out(desk: &Desk, settings: &Settings) -> Result<Found, Problem> {
    let mut talk = enter(desk, settings).await?;
    let folder = talk.select(&settings.folder).await?;
    let unread = talk.search("UNSEEN").await?.len();
    let tells_by_itself = talk.can.idle;
    talk.leave().await;
    Ok(Found {
        mails: folder.mails,
        unread,
        tells_by_itself,
    })
}

fn read(mailbox: &Mailbox) -> Result<Settings, Problem> {
    serde_json::from_str(&mailbox.settings).map_err(|e| {
        Problem::new(
            Trouble::Folder,
            format!("its settings can't be read; save them again ({e})"),
        )
    })
}

async fn enter(desk: &Desk, settings: &Settings) -> Result<Talk, Problem> {
    let door = Door {
        server: &settings.server,
        port: settings.port,
        security: settings.security,
        user: &settings.user,
    };
    let key = key(desk, &settings.sign_in).await?;
    connect(&door, key).await
}

async fn key(desk: &Desk, sign_in: &SignIn) -> Result<Key, Problem> {
    match sign_in {
        SignIn::Password { sealed } => {
            let password = desk.secret().open(sealed);
            let password = password.ok_or_else(|| {
                Problem::new(
                    Trouble::SignIn,
                    "its password was sealed with another key than this data folder's secret.key; type it again",
                )
            })?;
            Ok(Key::Password(password))
        }
        SignIn::Account(account) => match oauth2::access_token(desk, *account).await {
            Ok(token) => Ok(Key::Token(token)),
            Err(oauth2::NoToken::Refused(words)) => Err(Problem::new(Trouble::SignIn, words)),
            Err(oauth2::NoToken::NotNow(words)) => Err(Problem::unreachable(words)),
            Err(oauth2::NoToken::Ours(error)) => Err(error.into()),
        },
    }
}
