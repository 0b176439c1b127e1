//! Every address this server answers, in one table: with whom it is for and what answers it. A handler for people asks
//! this table who may come in, so an address that is not named here is nobody's.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{MethodRouter, get, post};
use kept_app::domain::access::Act;

use crate::web::Web;
use crate::{assets, health, inbox, intake, live, session, ticket};

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Whoever comes.
    Anybody,
    /// Programs that have the intake token.
    Programs,
    /// People who are signed in and may do this.
    May(Act),
}

/// One address and method.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    pub method: &'static str,
    /// As axum reads it: `/tickets/{number}`.
    pub path: &'static str,
    pub who: For,
    handler: fn() -> MethodRouter<Web>,
}

const fn shows(path: &'static str, act: Act, handler: fn() -> MethodRouter<Web>) -> Route {
    Route {
        method: "GET",
        path,
        who: For::May(act),
        handler,
    }
}

const fn takes(path: &'static str, act: Act, handler: fn() -> MethodRouter<Web>) -> Route {
    Route {
        method: "POST",
        path,
        who: For::May(act),
        handler,
    }
}

const fn open(
    method: &'static str,
    path: &'static str,
    handler: fn() -> MethodRouter<Web>,
) -> Route {
    Route {
        method,
        path,
        who: For::Anybody,
        handler,
    }
}

use Act::{Read, WorkTickets};

/// Bytes of a form with files: what mail servers commonly take, and a little for the words.
const LARGEST_UPLOAD_BYTES: usize = 26 * 1024 * 1024;

/// The table.
pub const ROUTES: &[Route] = &[
    open("GET", "/healthz", || get(health::alive)),
    open("GET", "/readyz", || get(health::ready)),
    Route {
        method: "GET",
        path: "/metrics",
        who: For::Programs,
        handler: || get(health::metrics),
    },
    Route {
        method: "POST",
        path: "/intake/mail",
        who: For::Programs,
        handler: || post(intake::mail),
    },
    open("GET", "/assets/{name}", || get(assets::serve)),
    open("GET", "/sign-in", || get(session::routes::form)),
    open("GET", "/sign-in/{token}", || get(session::routes::link)),
    open("POST", "/sign-in/{token}", || {
        post(session::routes::use_link)
    }),
    open("POST", "/session", || post(session::routes::begin)),
    open("GET", "/first-run/{token}", || {
        get(session::routes::first_run)
    }),
    open("POST", "/setup", || post(session::routes::set_up)),
    takes("/session/end", Read, || post(session::routes::end)),
    takes("/settings/theme", Read, || post(session::routes::theme)),
    shows("/live", Read, || get(live::listen)),
    shows("/inbox", Read, || get(inbox::routes::page)),
    shows("/tickets/{number}", Read, || get(ticket::routes::page)),
    takes("/tickets/{number}/messages", WorkTickets, || {
        post(ticket::routes::write).layer(DefaultBodyLimit::max(LARGEST_UPLOAD_BYTES))
    }),
];

/// What somebody must be allowed to do for this address; `None` when it is not for people with a session.
pub(crate) fn act_of(method: &Method, path: &str) -> Option<Act> {
    let asked = if *method == Method::HEAD {
        "GET"
    } else {
        method.as_str()
    };
    let route = ROUTES
        .iter()
        .find(|route| route.path == path && route.method == asked)?;
    match route.who {
        For::May(act) => Some(act),
        For::Anybody | For::Programs => None,
    }
}

/// The table as a router.
pub(crate) fn router() -> Router<Web> {
    let add = |router: Router<Web>, route: &Route| router.route(route.path, (route.handler)());
    ROUTES.iter().fold(Router::new(), add)
}
