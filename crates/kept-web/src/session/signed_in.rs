//! The one who asks, known by their session and allowed here by the table of routes.

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use jiff::Timestamp;
use kept_app::domain::access::{Act, Viewer, allow};
use kept_app::domain::ids::TicketId;
use kept_app::domain::people::Role;
use kept_app::mailboxes::imap;
use kept_app::{Desk, notifications, reading, sign_in};

use super::cookies;
use crate::errors::Failure;
use crate::layout::{Bell, Counts, Me, Notice, Section, Shell, Theme};
use crate::numbers::count;
use crate::parts::{Clock, Flash};
use crate::routes;
use crate::web::Web;

/// Somebody with a session that runs.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub viewer: Viewer,
    /// The session's own token.
    pub token: String,
    /// What its forms carry.
    pub csrf: String,
    theme: Theme,
    flash: Option<Flash>,
    /// Path and query of what was asked for.
    path: String,
    /// The page of ours this came from, when the browser says so.
    came_from: Option<String>,
    /// The moment before anything of the page was read.
    mark: String,
}

impl FromRequestParts<Web> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        let mark = web.recent.mark();
        let known = known(&web.desk, parts).await?;
        let (viewer, token) = known.ok_or_else(|| ask_to_sign_in(parts))?;
        let route = parts.extensions.get::<MatchedPath>();
        let act = route.and_then(|path| routes::act_of(&parts.method, path.as_str()));
        // A route the table does not name is nobody's.
        allow(&viewer, act.ok_or(Failure::Nowhere)?)?;
        Ok(Self {
            viewer,
            csrf: sign_in::forgery_token(&token),
            token,
            theme: cookies::theme_of(&parts.headers),
            flash: cookies::flash_of(&parts.headers),
            path: path(parts),
            came_from: came_from(&parts.headers),
            mark,
        })
    }
}

/// Who has a session, if anybody does.
pub(super) async fn known(desk: &Desk, parts: &Parts) -> Result<Option<(Viewer, String)>, Failure> {
    let Some(token) = cookies::session_of(&parts.headers) else {
        return Ok(None);
    };
    let viewer = sign_in::viewer(desk, &token).await?;
    Ok(viewer.map(|viewer| (viewer, token)))
}

/// A person is led to the sign-in page; what only a script asks for is told so.
fn ask_to_sign_in(parts: &Parts) -> Failure {
    match &parts.method {
        _ if parts.uri.path() == "/live" => Failure::Unknown,
        &Method::GET | &Method::HEAD => Failure::SignIn { back: path(parts) },
        _ => Failure::SignIn {
            back: "/now".to_owned(),
        },
    }
}

/// Path and query of the page a form stood on. Browsers say it only to ourselves, because that is our policy.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let (_, rest) = referer.split_once("://")?;
    let path = rest.find('/').map(|at| &rest[at..])?;
    Some(path.split('#').next().unwrap_or(path).to_owned())
}

fn path(parts: &Parts) -> String {
    let path = parts.uri.path_and_query();
    path.map_or_else(|| "/".to_owned(), ToString::to_string)
}

impl SignedIn {
    /// Path and query of the page of ours that this came from, when the browser says so.
    pub fn came_from(&self) -> Option<&str> {
        self.came_from.as_deref()
    }

    /// The page of a ticket: the very one this reader came from, with its place in a list, when it was that.
    pub fn page_of(&self, id: TicketId) -> String {
        let plain = format!("/tickets/{id}");
        let same = self.came_from.as_ref().filter(|from| {
            from.strip_prefix(&*plain)
                .is_some_and(|rest| rest.starts_with("?list="))
        });
        same.cloned().unwrap_or(plain)
    }

    /// The frame of a page for this reader.
    pub async fn shell(
        &self,
        web: &Web,
        title: impl Into<String>,
        section: Section,
    ) -> Result<Shell, Failure> {
        let (frame, flash, notice) = tokio::try_join!(
            async { Ok(reading::frame(&web.desk, self.viewer.person).await?) },
            self.flash(web),
            self.notice(web),
        )?;
        let tally = frame.tally;
        Ok(Shell {
            title: title.into(),
            section,
            me: self.me(),
            counts: Counts {
                now: count(tally.now),
                inbox: count(tally.open),
                unsorted: count(tally.unsorted),
                outbox_failed: count(tally.failed),
            },
            bell: Bell {
                topic: notifications::topic(self.viewer.person),
                unread: frame.unread,
            },
            theme: self.theme,
            flash,
            csrf: self.csrf.clone(),
            path: self.path.clone(),
            clock: Clock {
                now: web.desk.now(),
                zone: reading::zone_of(frame.zone.as_deref()),
            },
            query: String::new(),
            live: None,
            mark: self.mark.clone(),
            place: None,
            notice,
            views: frame.views,
        })
    }

    /// The clock of this reader's pages, for an answer that has no frame.
    pub async fn clock(&self, web: &Web) -> Result<Clock, Failure> {
        let zone_of_desk = reading::zone(&web.desk).await?;
        Ok(Clock {
            now: web.desk.now(),
            zone: reading::zone_of(zone_of_desk.as_deref()),
        })
    }

    /// What was just done; else what this reader sent a moment ago.
    async fn flash(&self, web: &Web) -> Result<Option<Flash>, Failure> {
        match &self.flash {
            Some(flash) => Ok(Some(flash.clone())),
            None => self.going_out(web).await,
        }
    }

    /// What this reader sent a moment ago can be taken back from every page.
    async fn going_out(&self, web: &Web) -> Result<Option<Flash>, Failure> {
        let held = reading::held(&web.desk, &self.viewer).await?;
        Ok(held.map(|held| {
            let left = seconds_until(held.until, web.desk.now());
            let says = format!("Your reply on #{} goes out in a moment.", held.ticket);
            Flash::until(says, format!("/undo/message-{}", held.message), left)
        }))
    }

    /// Mail that does not come is an admin's business, whatever else they came for.
    async fn notice(&self, web: &Web) -> Result<Option<Notice>, Failure> {
        if self.viewer.role != Role::Admin {
            return Ok(None);
        }
        let troubled = imap::in_trouble(&web.desk).await?;
        let says = match troubled.as_slice() {
            [] => return Ok(None),
            [(name, kind)] => format!("{} ({name})", kind.says()),
            several => format!("{} mailboxes are in trouble", several.len()),
        };
        Ok(Some(Notice {
            says,
            href: "/settings/mailboxes",
        }))
    }

    fn me(&self) -> Me {
        Me {
            name: self.viewer.name.clone(),
            says: self.viewer.role.as_str().to_owned(),
            may_change_settings: self.viewer.role == Role::Admin,
            may_see_rules: allow(&self.viewer, Act::SeeRules).is_ok(),
        }
    }
}

/// Whole seconds from `now` until then, at least one.
fn seconds_until(then: Timestamp, now: Timestamp) -> u32 {
    let left = then.duration_since(now).as_secs();
    u32::try_from(left).unwrap_or_default().max(1)
}
