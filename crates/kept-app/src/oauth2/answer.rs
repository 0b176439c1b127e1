//! What a token endpoint answers (RFC 6749 §5), asked once.

use std::time::Duration;

use serde::Deserialize;

use super::form;
use super::provider::AccountSettings;
use crate::{Desk, http};

const PATIENCE: Duration = Duration::from_secs(20);

/// Tokens as they come.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Granted {
    pub access_token: String,
    pub refresh_token: Option<String>,
    /// Seconds from now.
    pub expires_in: Option<Number>,
}

/// Some servers write numbers as text.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Number {
    Plain(i64),
    Text(String),
}

impl Number {
    pub fn value(&self) -> Option<i64> {
        match self {
            Number::Plain(number) => Some(*number),
            Number::Text(text) => text.parse().ok(),
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Refused {
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
}

/// Why there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotGranted {
    /// The provider says no: its code, and words.
    No { code: String, words: String },
    /// It could not be asked.
    NotNow(String),
}

/// Asks with these fields, our client's among them.
pub(super) async fn ask(
    desk: &Desk,
    settings: &AccountSettings,
    fields: &[(&str, &str)],
) -> Result<Granted, NotGranted> {
    let secret = secret(desk, settings)?;
    let mut all = vec![("client_id", settings.client_id.as_str())];
    if !secret.is_empty() {
        all.push(("client_secret", &secret));
    }
    all.extend_from_slice(fields);
    post(&settings.token_url(), &all).await
}

/// Posts a form and reads the answer as what is hoped for.
pub(super) async fn post<T: serde::de::DeserializeOwned>(
    url: &str,
    fields: &[(&str, &str)],
) -> Result<T, NotGranted> {
    const FORM: &str = "application/x-www-form-urlencoded";
    let answer = http::post(url, FORM, form(fields), PATIENCE).await;
    let answer = answer.map_err(NotGranted::NotNow)?;
    match answer.status {
        200..=299 => serde_json::from_slice(&answer.body).map_err(|_| {
            NotGranted::NotNow("the provider's answer can't be understood".to_owned())
        }),
        400 | 401 | 403 => Err(refused(&answer.body)),
        other => Err(NotGranted::NotNow(format!("the provider answered {other}"))),
    }
}

fn refused(body: &[u8]) -> NotGranted {
    /// Providers write long stories with ids of requests.
    const LONGEST: usize = 200;
    let said: Refused = serde_json::from_slice(body).unwrap_or_default();
    let words = match said.error_description.as_str() {
        "" => said.error.as_str(),
        words => words.lines().next().unwrap_or(words),
    };
    let plain = words.chars().filter(|c| !c.is_control());
    NotGranted::No {
        words: plain.take(LONGEST).collect(),
        code: said.error,
    }
}

fn secret(desk: &Desk, settings: &AccountSettings) -> Result<String, NotGranted> {
    if settings.sealed_secret.is_empty() {
        return Ok(String::new());
    }
    desk.secret()
        .open(&settings.sealed_secret)
        .ok_or_else(|| NotGranted::No {
            code: "sealed".into(),
            words: "the client secret was sealed with another key than this data folder's secret.key; type it again".into(),
        })
}
