//! Mailboxes: the list, the forms, the test, and the web-hook for alarms.

use axum::extract::{Path, State as Given};
use axum::response::Response;
use kept_app::domain::ids::MailboxId;
use kept_app::mailboxes::imap::{self, Settings, Shown, SignIn};
use kept_app::settings::{accounts, mailboxes as commands};
use kept_app::{Error, ErrorKind, alarms, reading};

use super::mailbox_form::{self, Filled};
use super::mailboxes::{self, Canary, HERE, MailboxPage, MailboxRow, MailboxesPage, State};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Posted, blame};
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::parts::{Choice, Field, Flash, Tone};
use crate::respond::{done, show, show_with, told};
use crate::session::SignedIn;
use crate::web::Web;

/// `GET /settings/mailboxes`
pub(crate) async fn list(Given(web): Given<Web>, who: SignedIn) -> Result<Response, Failure> {
    let page = list_page(&web, &who, None).await?;
    let shell = shell(&web, &who).await?;
    Ok(show(&shell, mailboxes::mailboxes(&page, &shell)))
}

/// `written` is an address as somebody wrote it, which could not be taken.
async fn list_page(
    web: &Web,
    who: &SignedIn,
    written: Option<&str>,
) -> Result<MailboxesPage, Failure> {
    let all = imap::shown(&web.desk).await?;
    let set = alarms::hook::shown(&web.desk, &who.viewer).await?;
    let url = written.or(set.as_ref().map(|it| &*it.url));
    Ok(MailboxesPage {
        rows: all.iter().map(row).collect(),
        hook: Field::new("hook", "Web-hook", url.unwrap_or_default())
            .placeholder("https://alarm.example.com/kept")
            .help("Optional. Gets a POST with kind, subject, text and time."),
        set,
    })
}

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    who.shell(web, "Mailboxes", Section::Settings).await
}

fn row(shown: &Shown) -> MailboxRow {
    let (mailbox, health) = (&shown.mailbox, &shown.mailbox.health);
    let place = shown
        .settings
        .as_ref()
        .map(|it| format!("{} on {}, {}", it.user, it.server, it.folder));
    let canary = shown
        .settings
        .as_ref()
        .is_some_and(|it| it.canary.is_some());
    MailboxRow {
        id: count(mailbox.id.0),
        name: mailbox.name.clone(),
        place: place.unwrap_or_else(|| "its settings can't be read; save them again".into()),
        state: state(shown),
        received_at: health.received_at,
        checked_at: health.checked_at,
        next_try_at: health.next_try_at.filter(|_| mailbox.is_on),
        waiting: count(shown.waiting),
        stuck: shown.stuck.iter().map(|it| it.error.clone()).collect(),
        canary: health
            .canary
            .sent_at
            .filter(|_| canary)
            .map(|sent_at| Canary {
                sent_at,
                seen_at: health.canary.seen_at,
            }),
    }
}

fn state(shown: &Shown) -> State {
    let health = &shown.mailbox.health;
    match (&health.trouble, shown.trouble) {
        _ if !shown.mailbox.is_on => State::Off,
        (Some(trouble), kind) => State::Trouble {
            says: kind
                .map_or("Something is wrong", |kind| kind.says())
                .to_owned(),
            words: trouble.words.clone(),
            since: trouble.since,
        },
        _ if health.checked_at.is_none() => State::New,
        _ => State::Well,
    }
}

/// `GET /settings/mailboxes/new`
pub(crate) async fn new(Given(web): Given<Web>, who: SignedIn) -> Result<Response, Failure> {
    let (shell, page) = load(&web, &who, None, Filled::default()).await?;
    Ok(show(&shell, mailboxes::mailbox(&page, &shell)))
}

/// `GET /settings/mailboxes/{id}`
pub(crate) async fn page(
    Given(web): Given<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let shown = find(&web, id).await?;
    let filled = match &shown.settings {
        Some(settings) => Filled::of(&shown.mailbox, settings),
        None => Filled::named(&shown.mailbox.name),
    };
    let (shell, page) = load(&web, &who, Some(&shown), filled).await?;
    Ok(show(&shell, mailboxes::mailbox(&page, &shell)))
}

async fn find(web: &Web, id: i64) -> Result<Shown, Failure> {
    let all = imap::shown(&web.desk).await?;
    let found = all.into_iter().find(|shown| shown.mailbox.id.0 == id);
    Ok(found.ok_or_else(|| Error::not_found("mailbox"))?)
}

async fn load(
    web: &Web,
    who: &SignedIn,
    shown: Option<&Shown>,
    filled: Filled,
) -> Result<(Shell, MailboxPage), Failure> {
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let first = [Choice::new("", "The first queue")];
    let queues = queues
        .iter()
        .map(|(queue, _)| Choice::new(queue.id.to_string(), &queue.name));
    let password = [Choice::new("password", "A password")];
    let accounts = accounts::shown(&web.desk).await?;
    let accounts = accounts.iter().map(|account| {
        let name = match account.is_connected {
            true => account.name.clone(),
            false => format!("{} (nobody has signed in yet)", account.name),
        };
        Choice::new(account.id.to_string(), name)
    });
    let settings = shown.and_then(|shown| shown.settings.as_ref());
    let has_password = settings.is_some_and(is_by_password);
    let page = MailboxPage {
        id: shown.map(|shown| count(shown.mailbox.id.0)),
        row: shown.map(row),
        is_on: filled.is_on,
        canary: filled.canary,
        fields: mailbox_form::fields(&filled, has_password),
        securities: mailbox_form::securities(),
        sign_ins: password.into_iter().chain(accounts).collect(),
        queues: first.into_iter().chain(queues).collect(),
        afterwards: mailbox_form::afterwards(),
        begin_with: mailbox_form::begin_with(),
    };
    Ok((shell(web, who).await?, page))
}

fn is_by_password(settings: &Settings) -> bool {
    matches!(settings.sign_in, SignIn::Password { .. })
}

/// `POST /settings/mailboxes`
pub(crate) async fn create(Given(web): Given<Web>, posted: Posted) -> Result<Response, Failure> {
    let added = match Filled::typed(&posted.fields).given() {
        Ok(given) => commands::add(&web.desk, &posted.who.viewer, given).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(done(
            &format!("{HERE}/{id}"),
            "Added the mailbox. Test it here; fetching begins by itself.",
        )),
        Err(error) => again(&web, &posted, None, error).await,
    }
}

/// `POST /settings/mailboxes/{id}`
pub(crate) async fn update(
    Given(web): Given<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let shown = find(&web, id).await?;
    let saved = match Filled::typed(&posted.fields).given() {
        Ok(given) => commands::edit(&web.desk, &posted.who.viewer, shown.mailbox.id, given).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(done(&format!("{HERE}/{id}"), "Saved.")),
        Err(error) => again(&web, &posted, Some(&shown), error).await,
    }
}

/// The form as it was sent, with what was wrong.
async fn again(
    web: &Web,
    posted: &Posted,
    shown: Option<&Shown>,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let filled = Filled::typed(&posted.fields);
    let (mut shell, mut page) = load(web, &posted.who, shown, filled).await?;
    shell.flash = blame(&error, &mut page.fields);
    let content = mailboxes::mailbox(&page, &shell);
    Ok(show_with(status_of(&error), &shell, content))
}

/// `POST /settings/mailboxes/{id}/test`
pub(crate) async fn test(
    Given(web): Given<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let here = format!("{HERE}/{id}");
    match commands::test(&web.desk, &posted.who.viewer, MailboxId(id)).await {
        Ok(says) => Ok(done(&here, says)),
        Err(error) if matches!(error.kind(), ErrorKind::Busy | ErrorKind::Conflict) => {
            let flash = Flash {
                tone: Tone::Wrong,
                says: sentence(&error.to_string()),
                undo: None,
            };
            Ok(told(&here, flash))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /settings/mailboxes/{id}/removal`
pub(crate) async fn remove(
    Given(web): Given<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    commands::remove(&web.desk, &posted.who.viewer, MailboxId(id)).await?;
    Ok(done(
        HERE,
        "Removed the mailbox. Its mail stays here and there.",
    ))
}

/// `POST /settings/mailboxes/alarm`
pub(crate) async fn alarm(Given(web): Given<Web>, posted: Posted) -> Result<Response, Failure> {
    let url = posted.fields.trimmed("hook");
    match alarms::hook::change(&web.desk, &posted.who.viewer, &url).await {
        Ok(()) => Ok(done(HERE, "Saved.")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let mut page = list_page(&web, &posted.who, Some(&url)).await?;
            let mut shell = shell(&web, &posted.who).await?;
            shell.flash = blame(&error, [&mut page.hook]);
            let content = mailboxes::mailboxes(&page, &shell);
            Ok(show_with(status_of(&error), &shell, content))
        }
        Err(error) => Err(error.into()),
    }
}
