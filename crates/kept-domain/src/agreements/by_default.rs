//! What holds while nobody has agreed on anything else.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Escalation, Row, Silence, Targets, Wording};
use crate::clocks::Target;
use crate::hours::{BadCalendar, Calendar, DayHours, Span};
use crate::tickets::Priority;

/// Hours of a day in minutes, for reading the table below.
const H: u32 = 60;

/// Monday to Friday, nine to five on both sides, by the clock of `zone` (an IANA name).
///
/// # Errors
/// When the zone is unknown.
pub fn by_default(zone: &str) -> Result<Wording, BadCalendar> {
    let hours = Arc::new(office_hours(zone)?);
    Ok(Wording {
        desk: Arc::clone(&hours),
        client: hours,
        rows: vec![
            row(Some(Priority::Urgent), [H / 2, H, 2 * H, 4 * H]),
            row(Some(Priority::High), [H, 2 * H, 4 * H, 8 * H]),
            row(Some(Priority::Low), [8 * H, 8 * H, 40 * H, 80 * H]),
            row(None, [4 * H, 4 * H, 16 * H, 24 * H]),
        ],
        third_party_pauses: false,
        warn_percent: 75,
        escalation: Some(Escalation {
            after: Target::business(2 * H),
            to: None,
        }),
        silence: Silence::default(),
        duties: vec![],
    })
}

/// First response, next response, next update and resolution in business minutes; the client has two days to answer and
/// five to confirm.
fn row(priority: Option<Priority>, minutes: [u32; 4]) -> Row {
    let [first, next, update, resolution] = minutes.map(Target::business);
    Row {
        priority,
        kind: None,
        targets: Targets {
            first_response: first,
            next_response: next,
            next_update: update,
            resolution,
            answer: Target::days(2),
            confirmation: Target::days(5),
        },
    }
}

fn office_hours(zone: &str) -> Result<Calendar, BadCalendar> {
    let nine_to_five = Span {
        from: 9 * H * 60,
        to: 17 * H * 60,
    };
    let work = DayHours::new(vec![nine_to_five]).unwrap_or_default();
    let closed = DayHours::closed;
    let week = [
        work.clone(),
        work.clone(),
        work.clone(),
        work.clone(),
        work,
        closed(),
        closed(),
    ];
    Calendar::new(zone, week, BTreeMap::new())
}
