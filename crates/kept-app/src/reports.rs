//! Reports: the tickets of a search counted by up to three fields, for whoever may read tickets.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::PersonId;
use kept_domain::reports::{Report, Table};
use kept_domain::search::Asker;
use kept_store::{Tx, search};

use crate::{Desk, Error};

/// Lines of one page, and of one file.
pub const MOST_SHOWN: usize = 200;
pub const MOST_IN_A_FILE: usize = 20_000;

/// Who asks, when, and where their days begin.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    pub me: PersonId,
    pub now: Timestamp,
    pub zone: TimeZone,
}

impl Asking {
    pub(crate) fn asker(&self) -> Asker<'_> {
        Asker {
            me: Some(self.me),
            now: self.now,
            zone: &self.zone,
        }
    }
}

/// The figures of a report, and the report with its fields put right.
///
/// # Errors
/// When the viewer may not, or the search can't be read.
pub async fn figures(
    desk: &Desk,
    viewer: &Viewer,
    report: Report,
    zone: TimeZone,
    most: usize,
) -> Result<(Report, Table), Error> {
    allow(viewer, Act::Read)?;
    let asking = Asking {
        me: viewer.person,
        now: desk.now(),
        zone,
    };
    desk.store()
        .read(move |tx| counted(tx, report, &asking, most))
        .await
}

pub(crate) fn counted(
    tx: &mut Tx<'_>,
    report: Report,
    asking: &Asking,
    most: usize,
) -> Result<(Report, Table), Error> {
    let (report, query) = report.checked()?;
    let table = search::grouped(tx, &query, asking.asker(), &report.by, most)?;
    Ok((report, table))
}

/// The page that lists what a search finds (RFC 3986 §2.1).
pub fn link(search: &str) -> String {
    let mut link = String::from("/search?q=");
    for byte in search.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.push_str(&format!("%{byte:02X}"));
        }
    }
    link
}
