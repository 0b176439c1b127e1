//! The effective configuration and where each value came from.
//!
//! A flag wins over the environment, the environment over `kept.toml` in the data folder, that over
//! the default. Everything else is set in the program itself.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use kept_store::Location;
use serde::Deserialize;

/// Values as flags give them; what is missing is looked up elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Given {
    pub data: Option<PathBuf>,
    pub http: Option<String>,
    pub mail: Option<String>,
    pub database: Option<String>,
}

/// `kept.toml` in the data folder.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    http: Option<String>,
    mail: Option<String>,
    database: Option<String>,
    public_url: Option<String>,
    host_name: Option<String>,
    intake_token: Option<String>,
    relay: Option<String>,
    largest_mail_mib: Option<u64>,
    check_senders: Option<bool>,
    trusted_servers: Option<Vec<String>>,
    resolver: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Default,
    File(PathBuf),
    Environment(&'static str),
    Flag(&'static str),
}

/// One value with its origin, as `kept config` shows it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub name: &'static str,
    pub value: String,
    pub source: Source,
}

#[derive(Debug, Clone)]
pub struct Config {
    pub data: PathBuf,
    pub http: SocketAddr,
    pub mail: SocketAddr,
    pub database: Location,
    /// How people reach the web pages, without a slash at the end.
    pub public_url: String,
    /// This host's name in mail.
    pub host_name: String,
    /// What `POST /intake/mail` asks for; without one the route is closed.
    pub intake_token: Option<String>,
    /// The relay all mail leaves through, as `smtp://user:password@host:587?tls=required`. When it is
    /// not given here, it is what the settings page says.
    pub relay: Option<String>,
    pub largest_mail_bytes: usize,
    /// Whether Kept itself asks who may send for a domain. When it is not given here, it is what the
    /// settings page says.
    pub check_senders: Option<bool>,
    /// Servers whose word about senders counts; likewise.
    pub trusted_servers: Option<Vec<String>>,
    /// Who answers questions about names; the system's own when not given.
    pub resolver: Option<SocketAddr>,
    pub shown: Vec<Shown>,
}

/// What is wrong with the configuration, where, and what to do.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BadConfig {
    #[error("{}: {problem}", .path.display())]
    File { path: PathBuf, problem: String },
    #[error("{name} from {origin}: {problem}")]
    Value {
        name: &'static str,
        origin: String,
        problem: String,
    },
}

const DEFAULT_DATA: &str = "data";
const DEFAULT_HTTP: &str = "127.0.0.1:8080";
const DEFAULT_MAIL: &str = "127.0.0.1:2525";
const DEFAULT_LARGEST_MIB: u64 = 50;

impl Config {
    /// Puts the configuration together. `environment` looks a variable up.
    ///
    /// # Errors
    /// When the file can't be read or a value can't be understood, naming it.
    pub fn gather(
        given: &Given,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Config, BadConfig> {
        let data = first(
            "data",
            given.data.as_ref().map(|p| p.display().to_string()),
            environment("KEPT_DATA"),
            (None, Path::new("")),
            DEFAULT_DATA,
        );
        let folder = PathBuf::from(&data.value);
        let path = folder.join("kept.toml");
        let file = read(&path)?;
        let pick =
            |name, flag: &Option<String>, variable, in_file: &Option<String>, default: &str| {
                first(
                    name,
                    flag.clone(),
                    environment(variable),
                    (in_file.clone(), &path),
                    default,
                )
            };
        let sqlite = folder.join("kept.sqlite").display().to_string();
        let http = pick("http", &given.http, "KEPT_HTTP", &file.http, DEFAULT_HTTP);
        let mail = pick("mail", &given.mail, "KEPT_MAIL", &file.mail, DEFAULT_MAIL);
        let database = pick(
            "database",
            &given.database,
            "KEPT_DATABASE",
            &file.database,
            &sqlite,
        );
        let default_url = format!("http://{}", http.value);
        let public_url = pick(
            "public_url",
            &None,
            "KEPT_PUBLIC_URL",
            &file.public_url,
            &default_url,
        );
        let host = gethostname::gethostname().to_string_lossy().to_lowercase();
        let host_name = pick("host_name", &None, "KEPT_HOST_NAME", &file.host_name, &host);
        let token = pick(
            "intake_token",
            &None,
            "KEPT_INTAKE_TOKEN",
            &file.intake_token,
            "",
        );
        let relay = pick("relay", &None, "KEPT_RELAY", &file.relay, "");
        let in_file = file.largest_mail_mib.map(|n| n.to_string());
        let largest = DEFAULT_LARGEST_MIB.to_string();
        let largest = pick(
            "largest_mail_mib",
            &None,
            "KEPT_LARGEST_MAIL_MIB",
            &in_file,
            &largest,
        );
        let in_file = file.check_senders.map(|on| on.to_string());
        let check = pick("check_senders", &None, "KEPT_CHECK_SENDERS", &in_file, "");
        let in_file = file.trusted_servers.map(|servers| servers.join(" "));
        let trusted = pick(
            "trusted_servers",
            &None,
            "KEPT_TRUSTED_SERVERS",
            &in_file,
            "",
        );
        let resolver = pick("resolver", &None, "KEPT_RESOLVER", &file.resolver, "");
        Ok(Config {
            check_senders: optional(&check, yes_or_no)?,
            trusted_servers: optional(&trusted, |shown| Ok(crate::authentic::names(&shown.value)))?,
            resolver: optional(&resolver, address)?,
            http: address(&http)?,
            mail: address(&mail)?,
            database: database.value.parse().map_err(|e| wrong(&database, &e))?,
            public_url: url(&public_url)?,
            host_name: host_name.value.clone(),
            intake_token: Some(token.value.clone()).filter(|t| !t.is_empty()),
            relay: Some(relay.value.clone()).filter(|r| !r.is_empty()),
            largest_mail_bytes: mebibytes(&largest)?,
            data: folder,
            shown: vec![
                data,
                http,
                mail,
                shown_location(database),
                public_url,
                host_name,
                hidden(token),
                hidden_password(relay),
                largest,
                check,
                trusted,
                resolver,
            ],
        })
    }
}

impl Config {
    /// Whether somebody said where the desk is, rather than leaving it to the default.
    pub fn is_named(&self) -> bool {
        let place = self
            .shown
            .iter()
            .filter(|shown| matches!(shown.name, "data" | "database"));
        place
            .into_iter()
            .any(|shown| shown.source != Source::Default)
    }
}

fn first(
    name: &'static str,
    flag: Option<String>,
    environment: Option<String>,
    (file, path): (Option<String>, &Path),
    default: &str,
) -> Shown {
    let flag_name = match name {
        "data" => "--data",
        "http" => "--http",
        "mail" => "--mail",
        _ => "--database",
    };
    let variable = match name {
        "data" => "KEPT_DATA",
        "http" => "KEPT_HTTP",
        "mail" => "KEPT_MAIL",
        "database" => "KEPT_DATABASE",
        "public_url" => "KEPT_PUBLIC_URL",
        "host_name" => "KEPT_HOST_NAME",
        "intake_token" => "KEPT_INTAKE_TOKEN",
        "relay" => "KEPT_RELAY",
        "check_senders" => "KEPT_CHECK_SENDERS",
        "trusted_servers" => "KEPT_TRUSTED_SERVERS",
        "resolver" => "KEPT_RESOLVER",
        _ => "KEPT_LARGEST_MAIL_MIB",
    };
    let (value, source) = flag
        .map(|value| (value, Source::Flag(flag_name)))
        .or_else(|| environment.map(|value| (value, Source::Environment(variable))))
        .or_else(|| file.map(|value| (value, Source::File(path.to_owned()))))
        .unwrap_or_else(|| (default.to_owned(), Source::Default));
    Shown {
        name,
        value,
        source,
    }
}

fn read(path: &Path) -> Result<File, BadConfig> {
    let problem = |problem: String| BadConfig::File {
        path: path.to_owned(),
        problem,
    };
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|e| problem(e.to_string().trim_end().to_owned())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(File::default()),
        // A folder that is no folder is told when the data folder is made.
        Err(e) if e.kind() == std::io::ErrorKind::NotADirectory => Ok(File::default()),
        Err(e) => Err(problem(format!("can't be read: {e}"))),
    }
}

fn address(shown: &Shown) -> Result<SocketAddr, BadConfig> {
    shown.value.parse().map_err(|_| {
        wrong(
            shown,
            &format!(
                "“{}” is not an address and port; write it like 127.0.0.1:8080",
                shown.value
            ),
        )
    })
}

/// A value that may be left out.
fn optional<T>(
    shown: &Shown,
    read: impl Fn(&Shown) -> Result<T, BadConfig>,
) -> Result<Option<T>, BadConfig> {
    if shown.value.is_empty() {
        return Ok(None);
    }
    read(shown).map(Some)
}

fn yes_or_no(shown: &Shown) -> Result<bool, BadConfig> {
    let problem = || format!("“{}” must be true or false", shown.value);
    shown.value.parse().map_err(|_| wrong(shown, &problem()))
}

fn url(shown: &Shown) -> Result<String, BadConfig> {
    let url = shown.value.trim_end_matches('/');
    if url.starts_with("http://") || url.starts_with("https://") {
        Ok(url.to_owned())
    } else {
        Err(wrong(
            shown,
            &format!("“{url}” must begin with http:// or https://"),
        ))
    }
}

/// Mails beyond this can't be held in memory sensibly.
const MOST_MIB: u64 = 512;

fn mebibytes(shown: &Shown) -> Result<usize, BadConfig> {
    let mib = shown
        .value
        .parse::<u64>()
        .ok()
        .filter(|mib| (1..=MOST_MIB).contains(mib));
    let mib = mib.and_then(|mib| usize::try_from(mib * 1024 * 1024).ok());
    mib.ok_or_else(|| {
        wrong(
            shown,
            &format!(
                "“{}” must be a whole number from 1 to {MOST_MIB}",
                shown.value
            ),
        )
    })
}

fn wrong(shown: &Shown, problem: &impl ToString) -> BadConfig {
    BadConfig::Value {
        name: shown.name,
        origin: shown.source.to_string(),
        problem: problem.to_string(),
    }
}

fn hidden(shown: Shown) -> Shown {
    let value = if shown.value.is_empty() {
        "(none)"
    } else {
        "(set, not shown)"
    };
    Shown {
        value: value.to_owned(),
        ..shown
    }
}

/// A database's place in the form that never shows a password.
fn shown_location(shown: Shown) -> Shown {
    let value = shown
        .value
        .parse::<Location>()
        .map(|location| location.to_string());
    Shown {
        value: value.unwrap_or_else(|_| "(can't be read)".to_owned()),
        ..shown
    }
}

/// `smtp://kept:secret@host:587` is shown without the secret.
fn hidden_password(shown: Shown) -> Shown {
    if shown.value.is_empty() {
        return Shown {
            value: "(none)".to_owned(),
            ..shown
        };
    }
    let host = shown.value.rsplit_once('@').map(|(_, host)| host);
    let value = match (shown.value.split_once("://"), host) {
        (Some((scheme, _)), Some(host)) => format!("{scheme}://…@{host}"),
        (Some(_), None) => shown.value.clone(),
        (None, _) => "(set, not shown)".to_owned(),
    };
    Shown { value, ..shown }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Source::Default => f.write_str("default"),
            Source::File(path) => write!(f, "{}", path.display()),
            Source::Environment(name) => write!(f, "the environment, {name}"),
            Source::Flag(name) => write!(f, "the command line, {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gather(given: Given, variables: &[(&str, &str)], file: &str) -> Result<Config, BadConfig> {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("kept.toml"), file).expect("file");
        let given = Given {
            data: Some(folder.path().to_owned()),
            ..given
        };
        Config::gather(&given, &|name| {
            variables
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, v)| (*v).to_owned())
        })
    }

    #[test]
    fn flags_win_over_environment_over_file_over_default() {
        let file = "http = \"127.0.0.1:1\"\nmail = \"127.0.0.1:2\"\nlargest_mail_mib = 7\n";
        let given = Given {
            http: Some("127.0.0.1:3".into()),
            ..Given::default()
        };
        let config = gather(
            given,
            &[("KEPT_HTTP", "127.0.0.1:4"), ("KEPT_MAIL", "127.0.0.1:5")],
            file,
        )
        .expect("config");
        assert_eq!((config.http.port(), config.mail.port()), (3, 5));
        assert_eq!(config.largest_mail_bytes, 7 * 1024 * 1024);
        assert_eq!(config.public_url, "http://127.0.0.1:3");
    }

    #[test]
    fn mistakes_name_the_value_and_its_origin() {
        let check = |file: &str, hints: &[&str]| {
            let error = gather(Given::default(), &[], file)
                .expect_err(file)
                .to_string();
            assert!(hints.iter().all(|hint| error.contains(hint)), "{error}");
        };
        check("htpp = \"x\"", &["kept.toml", "htpp"]);
        check(
            "http = \"8080\"",
            &["http from", "kept.toml", "127.0.0.1:8080"],
        );
        check("largest_mail_mib = 0", &["largest_mail_mib", "1 to 512"]);
        check("public_url = \"desk.example\"", &["https://"]);
        check("resolver = \"dns\"", &["resolver", "address and port"]);
        let error = gather(Given::default(), &[("KEPT_CHECK_SENDERS", "maybe")], "");
        let error = error.expect_err("neither yes nor no").to_string();
        assert!(error.contains("KEPT_CHECK_SENDERS"), "{error}");
    }

    #[test]
    fn secrets_are_not_shown() {
        let file = "database = \"postgres://kept:hush@db/kept\"\nintake_token = \"hush\"";
        let config = gather(Given::default(), &[], file).expect("config");
        let all: String = config.shown.iter().map(|s| s.value.clone()).collect();
        assert!(!all.contains("hush"), "{all}");
        assert!(all.contains("PostgreSQL database kept on db"), "{all}");
        let relay = |url: &str| {
            let config = gather(Given::default(), &[("KEPT_RELAY", url)], "").expect("config");
            let shown = config.shown.into_iter().find(|shown| shown.name == "relay");
            shown.map(|shown| shown.value)
        };
        let shown = |text: &str| Some(text.to_owned());
        assert_eq!(
            relay("smtp://a:hush@mail.example:587"),
            shown("smtp://…@mail.example:587")
        );
        assert_eq!(relay("a:hush@mail.example:587"), shown("(set, not shown)"));
    }
}
