//! Trust: whose word about senders counts, and the keys that sign outgoing mail.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::authentic::{self, Checking};
use kept_app::signing::{self, Algorithm, Published};
use kept_app::{Error, ErrorKind};

use super::trust::{self, DomainKeys, KeyCard, Senders, Stage, TrustPage};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Posted, blame};
use crate::layout::{Section, Shell};
use crate::parts::{Choice, Field, Flash, Tone};
use crate::respond::{done, show, show_with, told};
use crate::session::SignedIn;
use crate::web::Web;

const HERE: &str = "/settings/trust";

/// `GET /settings/trust`
pub(crate) async fn page(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let stored = authentic::in_force(&web.desk).await?;
    let (shell, page) = load(&web, &who, &stored).await?;
    Ok(show(&shell, trust::trust(&page, &shell)))
}

async fn load(
    web: &Web,
    who: &SignedIn,
    checking: &Checking,
) -> Result<(Shell, TrustPage), Failure> {
    let domains = signing::domains(&web.desk, &who.viewer).await?;
    let page = TrustPage {
        senders: senders(web, checking),
        domains: domains.into_iter().map(keys).collect(),
        algorithms: Algorithm::ALL
            .map(|it| Choice::new(it.as_str(), kind(it)))
            .to_vec(),
    };
    let shell = who.shell(web, "Trust", Section::Settings).await?;
    Ok((shell, page))
}

fn senders(web: &Web, checking: &Checking) -> Senders {
    let config = web.desk.config();
    let configured = config.check_senders.is_some() || config.trusted_servers.is_some();
    let says = || {
        let directly = if checking.directly {
            "checks senders itself"
        } else {
            "does not check senders itself"
        };
        let servers = if checking.servers.is_empty() {
            "no server".to_owned()
        } else {
            checking.servers.join(", ")
        };
        format!(
            "Set by the configuration (KEPT_CHECK_SENDERS, KEPT_TRUSTED_SERVERS or kept.toml): Kept {directly} and trusts {servers}."
        )
    };
    Senders {
        directly: checking.directly,
        servers: Field::new("servers", "Mail servers in front of Kept whose word counts", checking.servers.join("\n"))
            .placeholder("mx.example.com")
            .help("What they call themselves in Authentication-Results, and the hosts or domains of their Received lines; one on each line. They must strip such lines from mail of others."),
        configured: configured.then(says),
    }
}

fn keys(domain: signing::Domain) -> DomainKeys {
    let card = |key: signing::Key| KeyCard {
        id: key.id,
        kind: kind(key.algorithm),
        stage: match key.stage {
            signing::Stage::New => Stage::New,
            signing::Stage::Signs { since } => Stage::Signs(since),
            signing::Stage::Old { until } => Stage::Old(until),
        },
        name: key.record.name,
        value: key.record.value,
    };
    DomainKeys {
        name: domain.name,
        keys: domain.keys.into_iter().map(card).collect(),
    }
}

fn kind(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Rsa => "RSA, 2048 bits: every server can check it",
        Algorithm::Ed25519 => "Ed25519, short: only beside RSA",
    }
}

/// `POST /settings/trust/senders`
pub(crate) async fn change(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let checking = Checking {
        directly: posted.fields.get("directly") == "yes",
        servers: authentic::names(posted.fields.get("servers")),
    };
    match authentic::change(&web.desk, &posted.who.viewer, checking.clone()).await {
        Ok(()) => Ok(done(HERE, "Saved.")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let (mut shell, mut page) = load(&web, &posted.who, &checking).await?;
            shell.flash = blame(&error, [&mut page.senders.servers]);
            Ok(show_with(
                status_of(&error),
                &shell,
                trust::trust(&page, &shell),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /settings/trust/keys`
pub(crate) async fn make(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let algorithm = Algorithm::from_text(posted.fields.get("algorithm"));
    let algorithm = algorithm.ok_or_else(|| Error::invalid("algorithm", "Choose a kind of key"))?;
    let domain = posted.fields.trimmed("domain");
    let made = signing::make(&web.desk, &posted.who.viewer, &domain, algorithm).await;
    answered(made.map(|_| "Made. Publish its record, then let it sign.".to_owned()))
}

/// `POST /settings/trust/keys/{id}/check`
pub(crate) async fn check(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let seen = signing::look(&web.desk, &posted.who.viewer, id).await?;
    let says = sentence(&seen.to_string());
    if seen == Published::Yes {
        return Ok(done(HERE, says));
    }
    Ok(wrong(says))
}

/// `POST /settings/trust/keys/{id}/use`
pub(crate) async fn begin(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let begun = signing::begin(&web.desk, &posted.who.viewer, id).await;
    answered(begun.map(|()| "Mail is signed with it from now on.".to_owned()))
}

/// `POST /settings/trust/keys/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let removed = signing::remove(&web.desk, &posted.who.viewer, id).await;
    answered(removed.map(|()| "Forgotten.".to_owned()))
}

/// Back to the page with what was done, or why not.
fn answered(result: Result<String, Error>) -> Result<Response, Failure> {
    match result {
        Ok(says) => Ok(done(HERE, says)),
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::Conflict | ErrorKind::Invalid | ErrorKind::Busy
            ) =>
        {
            Ok(wrong(sentence(&error.to_string())))
        }
        Err(error) => Err(error.into()),
    }
}

fn wrong(says: String) -> Response {
    let flash = Flash {
        tone: Tone::Wrong,
        says,
        undo: None,
    };
    told(HERE, flash)
}
