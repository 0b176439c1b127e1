//! Our three cookies: the session, the theme, and the word about the last act until it is shown.

use std::time::Duration;

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use kept_app::sign_in::LASTS;
use serde::{Deserialize, Serialize};

use crate::layout::Theme;
use crate::parts::{Flash, Tone, Undo};

const SESSION: &str = "kept_session";
const THEME: &str = "kept_theme";
const FLASH: &str = "kept_flash";

const YEAR_SECONDS: u64 = 365 * 24 * 3600;
/// A word nobody came to read in this time is forgotten.
const FLASH_SECONDS: u64 = 60;

fn cookie(name: &'static str, value: String, seconds: u64) -> Cookie<'static> {
    let lasts = Duration::from_secs(seconds).try_into();
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(lasts.unwrap_or_default())
        .build()
}

/// The cookie of a new session. `secure` when people reach us by TLS.
pub(crate) fn session_begun(token: String, secure: bool) -> CookieJar {
    let mut cookie = cookie(SESSION, token, LASTS.unsigned_abs().as_secs());
    cookie.set_secure(secure);
    CookieJar::new().add(cookie)
}

pub(super) fn session_ended() -> CookieJar {
    CookieJar::new().add(cookie(SESSION, String::new(), 0))
}

/// The token of the session somebody says they have.
pub(super) fn session_of(headers: &HeaderMap) -> Option<String> {
    value(headers, SESSION).filter(|token| !token.is_empty())
}

pub(super) fn theme_kept(theme: Theme) -> CookieJar {
    CookieJar::new().add(cookie(THEME, theme.word().to_owned(), YEAR_SECONDS))
}

/// Light or dark, as this browser was told before.
pub(crate) fn theme_of(headers: &HeaderMap) -> Theme {
    value(headers, THEME).map_or(Theme::System, |word| Theme::read(&word))
}

/// A flash on its way to the next page.
#[derive(Serialize, Deserialize)]
struct Kept {
    tone: char,
    says: String,
    undo: Option<String>,
}

/// Longest word kept, so that the cookie stays one a browser takes.
const LONGEST_WORD: usize = 600;

/// Keeps what was done for the page that is shown next.
pub(crate) fn flash_kept(flash: &Flash) -> CookieJar {
    let kept = Kept {
        tone: match flash.tone {
            Tone::Done => 'd',
            Tone::Plain => 'p',
            Tone::Wrong => 'w',
        },
        says: flash.says.chars().take(LONGEST_WORD).collect(),
        undo: flash.undo.as_ref().map(|undo| undo.action.clone()),
    };
    let value = serde_json::to_string(&kept).unwrap_or_default();
    CookieJar::new().add(cookie(FLASH, value, FLASH_SECONDS))
}

/// Forgets it once it was shown.
pub(crate) fn flash_shown() -> CookieJar {
    CookieJar::new().add(cookie(FLASH, String::new(), 0))
}

/// What is to be shown now. A page fetched ahead of a click shows nothing, or the word would be gone before it is read.
pub(super) fn flash_of(headers: &HeaderMap) -> Option<Flash> {
    let ahead = ["x-sec-purpose", "sec-purpose"].iter().any(|name| {
        headers
            .get(*name)
            .is_some_and(|value| value.as_bytes().starts_with(b"prefetch"))
    });
    if ahead {
        return None;
    }
    let kept: Kept = serde_json::from_str(&value(headers, FLASH)?).ok()?;
    Some(Flash {
        tone: match kept.tone {
            'd' => Tone::Done,
            'w' => Tone::Wrong,
            _ => Tone::Plain,
        },
        says: kept.says,
        undo: kept
            .undo
            .filter(|action| action.starts_with("/undo/"))
            .map(|action| Undo {
                action,
                until_seconds: None,
            }),
    })
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name).map(|cookie| cookie.value().to_owned())
}
