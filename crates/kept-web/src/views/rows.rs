//! One ticket of a view: what it is ticked by, its subject, and the columns somebody chose.

use std::collections::HashMap;

use kept_app::domain::fields::Field;
use kept_app::domain::ids::{FieldId, TicketId};
use kept_app::domain::views::Column;
use kept_app::reading::Listed;
use maud::{Markup, html};

use super::groups::capital;
use crate::inbox::listed::{row, turn};
use crate::numbers::count;
use crate::parts::{Clock, Face, avatar, chip, row_strip};

/// What stands beside a subject.
pub(super) struct Columns<'a> {
    pub chosen: Vec<Column>,
    pub fields: &'a [Field],
    pub held: &'a HashMap<(TicketId, FieldId), String>,
}

pub(super) fn arranged(listed: &Listed, columns: &Columns<'_>, clock: &Clock) -> Markup {
    let ticket = &listed.ticket;
    let number = count(ticket.id.0);
    let shown = row(listed, clock);
    html! {
        li.row.is-arranged.is-fresh[shown.fresh] id={ "row-" (number) } {
            label.row-pick {
                input type="checkbox" name="ticket" value=(number) form="selection" aria-label={ "Select #" (number) };
            }
            span.row-subject {
                a.row-link href={ "/tickets/" (number) } { (ticket.subject) }
                @for hint in &shown.hints { span.tag.hint { (hint) } }
                @for tag in &shown.tags { span.tag { (tag) } }
                span.row-words { "#" (number) " " (ticket.last_words) }
            }
            @for column in &columns.chosen { (cell(*column, listed, clock)) }
            @for field in columns.fields {
                @let held = columns.held.get(&(ticket.id, field.id));
                span.cell.cell-field title=(field.content.name) { @if let Some(held) = held { (held) } }
            }
        }
    }
}

fn cell(column: Column, listed: &Listed, clock: &Clock) -> Markup {
    let ticket = &listed.ticket;
    let class = format!("cell cell-{}", column.as_str());
    html! {
        span class=(class) title=[title(column)] {
            @match column {
                Column::Turn => (chip(&turn(ticket, clock), clock)),
                Column::Strip => (row_strip(&row(listed, clock).strip)),
                Column::Status => (capital(ticket.status.as_str())),
                Column::Priority => (capital(ticket.priority.as_str())),
                Column::Kind => (capital(ticket.kind.as_str())),
                Column::Queue => (ticket.queue),
                Column::Client => (ticket.client.as_deref().unwrap_or("")),
                Column::Requester => (ticket.requester.as_deref().unwrap_or("")),
                Column::Due => @if let Some(due) = ticket.due { (clock.at(due.at)) },
                Column::Opened => (clock.at(ticket.opened_at)),
                Column::Changed => (clock.ago(ticket.touched_at)),
                Column::Agent => (avatar(&Face::of(ticket.responsible_name.clone()))),
            }
        }
    }
}

/// What only a time or a word says; the others speak for themselves.
fn title(column: Column) -> Option<&'static str> {
    matches!(column, Column::Due | Column::Opened | Column::Changed).then(|| column.words())
}
