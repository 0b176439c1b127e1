//! Holidays for an agreement from a calendar on the web. They are fetched when somebody asks and written into a version;
//! nothing fetches them again, for a version that holds never changes.

use std::time::Duration;

use bytes::Bytes;
use kept_domain::access::{Act, Viewer, allow};

use crate::{Desk, Error, hooks};

/// Bytes of a calendar that is taken, from a file or from the web.
pub const LARGEST_CALENDAR_BYTES: usize = 1024 * 1024;
/// Somebody waits for the page.
const PATIENCE: Duration = Duration::from_secs(10);
const LONGEST_ADDRESS: usize = 2000;

/// The file at an address: `https://…`, `http://…`, or `webcal://…` as calendars are published. Only hosts on the public
/// internet are asked, and those that an admin allowed web-hooks to call.
///
/// # Errors
/// When the viewer may not, the address can't be asked, or no short file comes; `holidays-url` is the field.
pub async fn fetch_holidays(desk: &Desk, viewer: &Viewer, address: &str) -> Result<Bytes, Error> {
    allow(viewer, Act::Administer)?;
    let wrong = |says: String| Error::invalid("holidays-url", says);
    if address.len() > LONGEST_ADDRESS {
        return Err(wrong("This address is too long".to_owned()));
    }
    let url = on_the_web(address);
    let private = desk.store().read(hooks::private_hosts_of).await?;
    let got = hooks::get(&url, "text/calendar", &private, LARGEST_CALENDAR_BYTES);
    let got = tokio::time::timeout(PATIENCE, got).await;
    let got = got.map_err(|_| wrong("The server does not answer in time".to_owned()))?;
    got.map_err(wrong)
}

/// Calendars are published as `webcal:`, which is the web by another name.
fn on_the_web(address: &str) -> String {
    for (name, web) in [("webcals://", "https://"), ("webcal://", "https://")] {
        let head = address.get(..name.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(name)) {
            return format!("{web}{}", &address[name.len()..]);
        }
    }
    address.to_owned()
}

#[cfg(test)]
mod tests {
    use super::on_the_web;

    #[test]
    fn calendars_are_on_the_web() {
        let check = |typed: &str, asked: &str| assert_eq!(on_the_web(typed), asked);
        check("webcal://example.com/a.ics", "https://example.com/a.ics");
        check("WebCals://example.com/a.ics", "https://example.com/a.ics");
        check("http://example.com/a.ics", "http://example.com/a.ics");
        check("file:///etc/passwd", "file:///etc/passwd");
    }
}
