//! What the sample desk agreed on with a client that works around the clock, in another country and with its own holidays.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use kept_domain::access::Viewer;
use kept_domain::agreements::{Duty, Every, Repeating, Scope, Silence, When, Wording};
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
    wording.silence = Silence {
        reminders: vec![Target::days(1)],
        park_after: Some(Target::business(60 * 60)),
        close_after: Some(Target::days(20)),
    };
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

/// Another version says what the client does besides: one thing is asked for today, the other comes later.
pub(super) async fn with_duties(
    desk: &Desk,
    admin: &Viewer,
    client: ClientId,
    name: &str,
) -> Result<(), Error> {
    let scope = Scope::Client(client);
    let (_, held) = starting(desk, admin, scope).await?;
    let mut wording = Wording::clone(&held.wording);
    let today = desk.now().to_zoned(wording.client.zone().clone()).date();
    let duty = |what: &str, text: &str, every: Every, from: Date| {
        let rule = Repeating::parse(&every.rule(from));
        let rule = rule.map_err(|why| Error::invalid("duties", why.to_string()))?;
        Ok::<_, Error>(Duty {
            number: 0,
            what: what.into(),
            text: text.into(),
            when: When::Again { from, rule },
            within: Target::days(5),
            who: None,
            queue: None,
        })
    };
    let soon = today.checked_add(jiff::Span::new().days(20));
    wording.duties = vec![
        duty(
            "Send us the list of people who may call us",
            "Name, address and telephone number of each, and who has left since the last list.",
            Every::Month,
            today,
        )?,
        duty(
            "Test the restore of one folder of your choice",
            "",
            Every::Quarter,
            soon.unwrap_or(today),
        )?,
    ];
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
