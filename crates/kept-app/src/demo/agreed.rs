//! What the sample desk agreed on with a client that works around the clock, in another country and with its own holidays.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use kept_domain::access::Viewer;
use kept_domain::agreements::{Scope, Wording};
use kept_domain::clocks::Target;
use kept_domain::hours::{Calendar, Day, DayHours};
use kept_domain::ids::ClientId;

use crate::agreements::{Draft, Mode, starting, write};
use crate::{Desk, Error};

const ZONE: &str = "Europe/Amsterdam";

/// Writes it for `client`, from now on.
pub(super) async fn write_down(
    desk: &Desk,
    admin: &Viewer,
    client: ClientId,
    name: &str,
) -> Result<(), Error> {
    let scope = Scope::Client(client);
    let (_, held) = starting(desk, admin, scope).await?;
    let mut wording = Wording::clone(&held.wording);
    let year = desk.now().to_zoned(held.wording.desk.zone().clone()).year();
    wording.client = Arc::new(quay_hours(year)?);
    wording.third_party_pauses = true;
    for row in &mut wording.rows {
        row.targets.answer = Target::business(48 * 60);
    }
    let draft = Draft {
        scope,
        name: format!("{name}, day and night"),
        wording,
        from: None,
        mode: Mode::NewTickets,
    };
    write(desk, admin, draft).await?;
    Ok(())
}

/// Every day, all day, but for the holidays of this year and the next; half a day before Christmas and at the end of the year.
fn quay_hours(year: i16) -> Result<Calendar, Error> {
    let days: Vec<Day> = [year, year + 1].into_iter().flat_map(holidays).collect();
    let names: BTreeMap<_, _> = days
        .iter()
        .map(|day| (day.date, day.name.clone()))
        .collect();
    let hours = days.into_iter().map(|day| (day.date, day.hours)).collect();
    let week = std::array::from_fn(|_| DayHours::around_the_clock());
    let calendar = Calendar::new(ZONE, week, hours);
    let calendar = calendar.map_err(|why| Error::invalid("client-zone", why.to_string()))?;
    Ok(calendar.named(names))
}

fn holidays(year: i16) -> Vec<Day> {
    let morning = DayHours::parse("00:00–13:00").unwrap_or_default();
    let all = [
        (1, 1, DayHours::closed(), "Nieuwjaarsdag"),
        (4, 27, DayHours::closed(), "Koningsdag"),
        (12, 24, morning.clone(), "Kerstavond"),
        (12, 25, DayHours::closed(), "Eerste kerstdag"),
        (12, 26, DayHours::closed(), "Tweede kerstdag"),
        (12, 31, morning, "Oudjaarsdag"),
    ];
    let day =
        |(month, day, hours, name)| Some(Day::new(Date::new(year, month, day).ok()?, hours, name));
    all.into_iter().filter_map(day).collect()
}
