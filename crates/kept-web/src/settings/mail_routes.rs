//! Mail settings: what is open, the relay, and its test.

use axum::extract::State;
use axum::response::Response;
use kept_app::settings::answers;
use kept_app::settings::forms;
use kept_app::settings::largest;
use kept_app::settings::relay::{self, GivenRelay, Security};
use kept_app::store::refused::Refused;
use kept_app::{Error, ErrorKind};

use super::answer_routes;
use super::mail::{self, Intake, MailPage, RefusedMail, Relay, RelayForm};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Fields, Posted, blame};
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::parts::{Choice, Field, Flash, Tone};
use crate::respond::{done, show, show_with, told};
use crate::session::SignedIn;
use crate::web::Web;

pub(super) const HERE: &str = "/settings/mail";

/// `GET /settings/mail`
pub(crate) async fn page(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let form = stored(&web).await?;
    let (shell, page) = load(&web, &who, form).await?;
    Ok(show(&shell, mail::mail(&page, &shell)))
}

pub(super) async fn load(
    web: &Web,
    who: &SignedIn,
    form: RelayForm,
) -> Result<(Shell, MailPage), Failure> {
    let configured = web.desk.config().relay.is_some();
    let known = forms::current(&web.desk, &who.viewer).await?;
    let largest = largest::largest_mb(&web.desk).await?;
    let refused = kept_app::reading::refused(&web.desk, &who.viewer).await?;
    let page = MailPage {
        largest: largest_field(largest.to_string()),
        answers: answer_routes::form(answer_routes::shown(answers::limits(&web.desk).await?)),
        return_path: return_path(answers::bounces_name_tickets(&web.desk).await?),
        forms: forms_field(&known.join("\n")),
        intakes: intakes(web),
        refused: refused.into_iter().map(refused_mail).collect(),
        can_test: configured || form.is_set,
        relay: if configured {
            Relay::Configured("The relay is set by the configuration (KEPT_RELAY or kept.toml) and can only be changed there.".to_owned())
        } else {
            Relay::Form(Box::new(form))
        },
    };
    let shell = who.shell(web, "Mail", Section::Settings).await?;
    Ok((shell, page))
}

fn return_path(named: bool) -> Field {
    let chosen = if named { "ticket" } else { "plain" };
    Field::new("return_path", "Bounces go to", chosen).help(
        "The first finds the ticket of any bounce. Choose the second when your mail server delivers no +details, or the relay lets you send under one address only.",
    )
}

fn refused_mail(mail: Refused) -> RefusedMail {
    RefusedMail {
        at: mail.at,
        from: mail.sender,
        why: mail.why,
        size_bytes: mail.size_bytes.map(count),
    }
}

fn largest_field(megabytes: String) -> Field {
    Field::new(
        "largest",
        "The largest mail that goes out, in MB",
        megabytes,
    )
    .kind("number")
    .required()
    .help("Agents are warned before they send more. Most servers take 20 MB or a little more.")
}

/// `POST /settings/mail/largest`
pub(crate) async fn set_largest(
    State(web): State<Web>,
    posted: Posted,
) -> Result<Response, Failure> {
    let typed = posted.fields.trimmed("largest");
    let megabytes = typed.parse().unwrap_or(0);
    match largest::set_largest_mb(&web.desk, &posted.who.viewer, megabytes).await {
        Ok(()) => Ok(done(HERE, "Saved.")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let form = stored(&web).await?;
            let (mut shell, mut page) = load(&web, &posted.who, form).await?;
            page.largest = largest_field(typed);
            shell.flash = blame(&error, [&mut page.largest]);
            Ok(show_with(
                status_of(&error),
                &shell,
                mail::mail(&page, &shell),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

fn forms_field(typed: &str) -> Field {
    Field::new("forms", "Mail from these addresses is a web form", typed)
        .placeholder("form@example.com")
        .help("One on each line. The Reply-To of their mail is the client; both are shown on the ticket.")
}

/// The page again with the web forms as they were typed, and what was wrong with them.
pub(super) async fn with_forms(
    web: &Web,
    who: &SignedIn,
    typed: &str,
    error: &Error,
) -> Result<Response, Failure> {
    let (mut shell, mut page) = load(web, who, stored(web).await?).await?;
    page.forms = forms_field(typed);
    shell.flash = blame(error, [&mut page.forms]);
    Ok(show_with(
        status_of(error),
        &shell,
        mail::mail(&page, &shell),
    ))
}

fn intakes(web: &Web) -> Vec<Intake> {
    let config = web.desk.config();
    let has_token = config.intake_token.is_some();
    vec![
        Intake {
            how: format!("SMTP and LMTP on {}", config.mail),
            says: "for the mail server in front of Kept; it takes mail for the addresses of the queues".to_owned(),
            open: true,
        },
        Intake {
            how: "kept mail".to_owned(),
            says: "for an alias of a mail server on this machine: one mail on standard input".to_owned(),
            open: true,
        },
        Intake {
            how: "POST /intake/mail".to_owned(),
            says: if has_token { "for programs that have the intake token" } else { "opens when an intake token is set (KEPT_INTAKE_TOKEN or kept.toml)" }.to_owned(),
            open: has_token,
        },
    ]
}

pub(super) async fn stored(web: &Web) -> Result<RelayForm, Failure> {
    let known = relay::shown(&web.desk).await?;
    Ok(match &known {
        Some(known) => form(
            &known.host,
            &known.port.to_string(),
            known.security.as_str(),
            &known.user,
            true,
        ),
        None => form("", "587", Security::StartTls.as_str(), "", false),
    })
}

fn form(host: &str, port: &str, security: &str, user: &str, is_set: bool) -> RelayForm {
    let words = |security| match security {
        Security::StartTls => "STARTTLS, commonly port 587",
        Security::Tls => "TLS, commonly port 465",
        Security::None => "None: only on this machine",
    };
    let password = Field::new("password", "Password", "")
        .kind("password")
        .autocomplete("off");
    RelayForm {
        host: Field::new("host", "Relay", host)
            .placeholder("smtp.example.com")
            .required(),
        port: Field::new("port", "Port", port).kind("number").required(),
        security: Field::new("security", "Encryption", security),
        securities: Security::ALL
            .iter()
            .map(|it| Choice::new(it.as_str(), words(*it)))
            .collect(),
        user: Field::new("user", "User", user).autocomplete("off"),
        password: if is_set {
            password.help("Leave it empty to keep the stored one.")
        } else {
            password
        },
        is_set,
    }
}

/// `POST /settings/mail/relay`
pub(crate) async fn change(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let given = match posted.fields.get("act") {
        "remove" => Ok(None),
        _ => read(&posted.fields).map(Some),
    };
    let changed = match given {
        Ok(given) => relay::change(&web.desk, &posted.who.viewer, given).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(done(HERE, "Saved.")),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            again(&web, &posted, &error).await
        }
        Err(error) => Err(error.into()),
    }
}

fn read(fields: &Fields) -> Result<GivenRelay, Error> {
    let port = fields.get("port").trim().parse();
    let security = Security::from_text(fields.get("security"));
    Ok(GivenRelay {
        host: fields.trimmed("host"),
        port: port.map_err(|_| Error::invalid("port", "A port is a number from 1 to 65535"))?,
        security: security.ok_or_else(|| Error::invalid("security", "Choose one from the list"))?,
        user: fields.trimmed("user"),
        password: Some(fields.get("password").to_owned()).filter(|password| !password.is_empty()),
    })
}

async fn again(web: &Web, posted: &Posted, error: &Error) -> Result<Response, Failure> {
    let typed = &posted.fields;
    let is_set = relay::shown(&web.desk).await?.is_some();
    let mut form = form(
        typed.get("host"),
        typed.get("port"),
        typed.get("security"),
        typed.get("user"),
        is_set,
    );
    let fields = [
        &mut form.host,
        &mut form.port,
        &mut form.security,
        &mut form.user,
        &mut form.password,
    ];
    let flash = blame(error, fields);
    let (mut shell, page) = load(web, &posted.who, form).await?;
    shell.flash = flash;
    Ok(show_with(
        status_of(error),
        &shell,
        mail::mail(&page, &shell),
    ))
}

/// `POST /settings/mail/relay/test`
pub(crate) async fn test(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    match relay::test(&web.desk, &posted.who.viewer).await {
        Ok(says) => Ok(done(HERE, sentence(&says))),
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::Busy | ErrorKind::Conflict | ErrorKind::Invalid
            ) =>
        {
            let flash = Flash {
                tone: Tone::Wrong,
                says: sentence(&error.to_string()),
                undo: None,
            };
            Ok(told(HERE, flash))
        }
        Err(error) => Err(error.into()),
    }
}
