//! What stands beside a conversation. Each is a question of its own to the desk; they are asked at once, so that the page
//! waits about as long as the slowest takes and not as long as all of them.

use kept_app::checklists::Listed as Step;
use kept_app::domain::ids::PersonId;
use kept_app::duties::Run;
use kept_app::fields::Filled;
use kept_app::promises::{Listed as Promise, Offered};
use kept_app::reading::{self, Conversation, Depth, Draft, Listed, Obligations};
use kept_app::settings::largest;
use kept_app::store::held::Held;
use kept_app::store::reply_templates::ReplyTemplate;
use kept_app::store::snoozes::Snooze;
use kept_app::time_entries::Sheet;
use kept_app::{
    Error, checklists, delegation, duties, fields, promises, reply_templates, snoozes,
    time_entries, watching,
};

use crate::errors::Failure;
use crate::inventory::on_ticket::OnTicket;
use crate::inventory::ticket_routes as inventory;
use crate::layout::Shell;
use crate::session::SignedIn;
use crate::time_entries::views::BESIDE;
use crate::web::Web;

pub(super) struct Beside {
    /// Other tickets of whose this is.
    pub others: Vec<Listed>,
    pub owed: Obligations,
    pub promised: Vec<Promise>,
    /// What the client's last words promise, and who said them.
    pub by_client: Option<(String, Offered)>,
    pub fields: Vec<Filled>,
    pub watchers: Vec<(PersonId, String)>,
    pub steps: Vec<Step>,
    pub time: Sheet,
    pub assets: OnTicket,
    pub snooze: Option<Snooze>,
    pub duties: Vec<Run>,
    /// So long whoever is asked to take a ticket has for an answer.
    pub answer_minutes: i64,
    /// Bytes of files that fit into one mail.
    pub room_bytes: u64,
    pub templates: Vec<ReplyTemplate>,
    /// What the reader took back.
    pub draft: Option<Draft>,
    /// What the reader sent and can still take back, wherever that is.
    pub held: Option<Held>,
}

/// # Errors
/// When the reader may not, or the store can't answer.
pub(super) async fn of(
    web: &Web,
    who: &SignedIn,
    conversation: &Conversation,
    (shell, depth): (&Shell, Depth),
) -> Result<Beside, Failure> {
    let (desk, viewer, id) = (&web.desk, &who.viewer, conversation.ticket.id);
    let zone = shell.clock.zone.clone();
    let (others, owed, promised, by_client, fields, watchers, steps, time) = tokio::try_join!(
        others(web, who, conversation),
        reading::owed(desk, viewer, id, zone, depth),
        promises::of_ticket(desk, viewer, id),
        promises::offered_by_client(desk, viewer, id),
        fields::of_ticket(desk, viewer, id),
        watching::of_ticket(desk, viewer, id),
        checklists::of_ticket(desk, viewer, id),
        time_entries::of_ticket(desk, viewer, id, 0, BESIDE),
    )?;
    let assets = inventory::of_ticket(web, who, id, shell).await?;
    let (snooze, duties, answer_minutes, room_bytes, templates, draft, held) = tokio::try_join!(
        snoozes::of_ticket(desk, viewer, id),
        duties::of_ticket(desk, viewer, id),
        delegation::minutes(desk),
        largest::room_for_files(desk),
        reply_templates::all(desk, viewer),
        reading::draft(desk, viewer, id),
        reading::held(desk, viewer),
    )?;
    Ok(Beside {
        others,
        owed,
        promised,
        by_client,
        fields,
        watchers,
        steps,
        time,
        assets,
        snooze,
        duties,
        answer_minutes,
        room_bytes,
        templates,
        draft,
        held,
    })
}

async fn others(
    web: &Web,
    who: &SignedIn,
    conversation: &Conversation,
) -> Result<Vec<Listed>, Error> {
    match conversation.ticket.requester {
        Some(person) => reading::listed_of(&web.desk, &who.viewer, Ok(person)).await,
        None => Ok(vec![]),
    }
}
