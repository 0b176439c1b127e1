//! What the sample clients' people use, and the ticket one of these things is about.

use jiff::ToSpan as _;
use jiff::civil::Date;
use kept_domain::access::Viewer;
use kept_domain::assets::{Draft, Relation};
use kept_domain::ids::TicketId;

use crate::{Desk, Error, assets, people};

struct Thing {
    name: &'static str,
    kind: &'static str,
    identifier: &'static str,
    owner: &'static str,
    service: &'static str,
    /// Days of warranty left on the sample day; fewer than none when it is over.
    days: i64,
}

const THINGS: [Thing; 4] = [
    Thing {
        name: "Printer on floor 2",
        kind: "Printer",
        identifier: "BX-2210-77",
        owner: "dana@foxandsons.example",
        service: "Printing",
        days: 34,
    },
    Thing {
        name: "Leo’s laptop",
        kind: "Laptop",
        identifier: "FS-LT-014",
        owner: "leo@foxandsons.example",
        service: "Workplace",
        days: 510,
    },
    Thing {
        name: "Badge reader at gate 3",
        kind: "Badge reader",
        identifier: "HL-BR-3",
        owner: "piet@harbour.example",
        service: "Access",
        days: -20,
    },
    Thing {
        name: "Controller of the gates",
        kind: "Controller",
        identifier: "HL-GC-1",
        owner: "piet@harbour.example",
        service: "Access",
        days: 200,
    },
];

/// `printer` is the ticket about the first of them.
pub(super) async fn write_down(
    desk: &Desk,
    admin: &Viewer,
    printer: Option<TicketId>,
    today: Date,
) -> Result<(), Error> {
    let mut ids = Vec::new();
    for thing in &THINGS {
        let draft = Draft {
            name: thing.name.into(),
            kind: thing.kind.into(),
            identifier: thing.identifier.into(),
            owner: people::person_with(desk, thing.owner).await?,
            service: thing.service.into(),
            warranty_until: today.checked_add(thing.days.days()).ok(),
            ..Draft::default()
        };
        ids.push(assets::add(desk, admin, draft).await?);
    }
    if let [first, _, reader, controller] = ids.as_slice() {
        let needs = (Relation::DependsOn, *controller);
        assets::relate(desk, admin, *reader, needs, true).await?;
        if let Some(ticket) = printer {
            assets::link(desk, admin, ticket, format!("#{first}")).await?;
        }
    }
    Ok(())
}
