//! Every address this server answers, in one table: whom it is for and what answers it. A handler for people asks
//! this table who may come in, so an address that is not named here is nobody's.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{MethodRouter, get, post};
use kept_app::domain::access::Act;

use crate::settings::agreements::{edit_routes as agreement_forms, routes as agreements};
use crate::settings::fields::routes as fields;
use crate::settings::recurring::routes as recurring;
use crate::settings::rules::routes as rules;
use crate::settings::templates::routes as templates;
use crate::web::Web;
use crate::{
    assets, bonds, bulk, calls, checklists, clients, confirmation, dashboards, drafts, duties,
    handover, health, imports, inbox, intake, inventory, joining, live, notifications, now,
    originals, outbox, people, presence, promises, reply_templates, reports, rota, scorecards,
    search, session, settings, ticket, time_entries, undo, unsorted, views, you,
};

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

use Act::{Administer, EditPeople, Read, SeeRules, ShareScorecards, SortMail, WorkTickets};

/// Bytes of a form with files: what mail servers commonly take, and a little for the words.
const LARGEST_UPLOAD_BYTES: usize = 26 * 1024 * 1024;

fn with_files(route: MethodRouter<Web>) -> MethodRouter<Web> {
    route.layer(DefaultBodyLimit::max(LARGEST_UPLOAD_BYTES))
}

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
    open("GET", "/done/{token}", || get(confirmation::routes::page)),
    open("POST", "/done/{token}", || {
        post(confirmation::routes::confirm)
    }),
    open("POST", "/session", || post(session::routes::begin)),
    open("GET", "/first-run/{token}", || {
        get(session::routes::first_run)
    }),
    open("POST", "/setup", || post(session::routes::set_up)),
    takes("/session/end", Read, || post(session::routes::end)),
    takes("/settings/theme", Read, || post(session::routes::theme)),
    takes("/undo/{what}", WorkTickets, || post(undo::undo)),
    takes("/drafts/{id}/discarding", WorkTickets, || {
        post(undo::discard_draft).layer(DefaultBodyLimit::max(LARGEST_UPLOAD_BYTES))
    }),
    shows("/you", Read, || get(you::routes::page)),
    takes("/you/undo", Read, || post(you::routes::undo)),
    takes("/you/signature", Read, || post(you::routes::signature)),
    takes("/you/password", Read, || post(you::routes::password)),
    takes("/you/notifications", Read, || {
        post(notifications::choices::choose)
    }),
    takes("/you/hook", Read, || post(you::hook::change)),
    takes("/you/hook/trial", Read, || post(you::hook::try_it)),
    shows("/notifications", Read, || get(notifications::routes::page)),
    takes("/notifications/seen", Read, || {
        post(notifications::routes::seen)
    }),
    takes("/notifications/{id}/seen", Read, || {
        post(notifications::routes::see_one)
    }),
    takes("/notifications/{id}/opening", Read, || {
        post(notifications::routes::open)
    }),
    shows("/notifications/bell", Read, || {
        get(notifications::routes::ring)
    }),
    shows("/notifications/pop-ups", Read, || {
        get(notifications::pop_ups::list)
    }),
    shows("/live", Read, || get(live::listen)),
    open("GET", "/", || get(now::routes::home)),
    shows("/now", Read, || get(now::routes::page)),
    shows("/handover", Read, || get(handover::routes::page)),
    takes("/handover", WorkTickets, || post(handover::routes::begin)),
    takes("/absences", WorkTickets, || {
        post(handover::routes::add_absence)
    }),
    takes("/absences/{id}", WorkTickets, || {
        post(handover::routes::change_absence)
    }),
    takes("/absences/{id}/removal", WorkTickets, || {
        post(handover::routes::remove_absence)
    }),
    shows("/rota", Read, || get(rota::routes::page)),
    takes("/rota/{queue}/changes", WorkTickets, || {
        post(rota::routes::change)
    }),
    takes("/rota/{queue}/changes/{id}/removal", WorkTickets, || {
        post(rota::routes::take_back)
    }),
    takes("/rota/{queue}/swaps", WorkTickets, || {
        post(rota::routes::swap)
    }),
    shows("/inbox", Read, || get(inbox::routes::page)),
    shows("/promises", Read, || get(promises::routes::page)),
    takes("/promises/{id}/keeping", WorkTickets, || {
        post(promises::routes::keep)
    }),
    takes("/promises/{id}/time", WorkTickets, || {
        post(promises::routes::move_to)
    }),
    takes("/promises/{id}/promiser", WorkTickets, || {
        post(promises::routes::hand_over)
    }),
    takes("/duties/{id}/outcome", WorkTickets, || {
        post(duties::routes::outcome)
    }),
    shows("/promises/calendar", Read, || get(promises::calendar::page)),
    open("GET", "/calendar/{token}", || get(promises::calendar::feed)),
    takes("/you/calendar", Read, || post(you::calendar::make)),
    takes("/you/calendar/withdrawal", Read, || {
        post(you::calendar::withdraw)
    }),
    takes("/tickets/{number}/promises/dismissal", WorkTickets, || {
        post(promises::routes::dismiss)
    }),
    takes("/tickets/{number}/promises", WorkTickets, || {
        post(promises::routes::make)
    }),
    shows("/calls/new", WorkTickets, || get(calls::routes::form)),
    takes("/calls", WorkTickets, || post(calls::routes::create)),
    shows("/scorecards", Read, || get(scorecards::routes::page)),
    shows("/scorecards/tickets", Read, || {
        get(scorecards::routes::tickets)
    }),
    shows("/scorecards/tickets.csv", Read, || {
        get(scorecards::routes::tickets_file)
    }),
    shows("/scorecards/time", Read, || get(scorecards::routes::time)),
    shows("/scorecards/time.csv", Read, || {
        get(scorecards::routes::time_file)
    }),
    takes("/clients/{id}/scorecard-links", ShareScorecards, || {
        post(scorecards::share)
    }),
    takes(
        "/clients/{id}/scorecard-links/{link}/removal",
        ShareScorecards,
        || post(scorecards::withdraw),
    ),
    open("GET", "/scorecard/{token}", || {
        get(scorecards::shared::page)
    }),
    open("GET", "/said/{token}", || get(calls::guest_routes::page)),
    open("POST", "/said/{token}/confirmation", || {
        post(calls::guest_routes::confirm)
    }),
    open("POST", "/said/{token}/correction", || {
        post(calls::guest_routes::correct)
    }),
    shows("/search", Read, || get(search::routes::page)),
    shows("/search/completions", Read, || {
        get(search::completing::offers)
    }),
    shows("/search/goals", Read, || get(search::going::goals)),
    shows("/reports", Read, || get(reports::routes::page)),
    shows("/reports.csv", Read, || get(reports::routes::file)),
    takes("/reports/cards", WorkTickets, || {
        post(reports::routes::keep)
    }),
    shows("/load", Read, || get(dashboards::routes::load)),
    shows("/dashboards", Read, || get(dashboards::routes::first)),
    takes("/dashboards", WorkTickets, || {
        post(dashboards::routes::create)
    }),
    shows("/dashboards/new", WorkTickets, || {
        get(dashboards::routes::new)
    }),
    shows("/dashboards/{id}", Read, || get(dashboards::routes::page)),
    takes("/dashboards/{id}", WorkTickets, || {
        post(dashboards::routes::update)
    }),
    shows("/dashboards/{id}/edit", WorkTickets, || {
        get(dashboards::routes::edit)
    }),
    takes("/dashboards/{id}/removal", WorkTickets, || {
        post(dashboards::routes::remove)
    }),
    takes("/dashboards/{id}/cards", WorkTickets, || {
        post(dashboards::routes::add)
    }),
    takes(
        "/dashboards/{id}/cards/{card}/position",
        WorkTickets,
        || post(dashboards::routes::shift),
    ),
    takes("/dashboards/{id}/cards/{card}/removal", WorkTickets, || {
        post(dashboards::routes::remove_card)
    }),
    shows("/dashboards/{id}/mail", Read, || {
        get(dashboards::mailings::page)
    }),
    shows("/dashboards/{id}/letter", Read, || {
        get(dashboards::mailings::letter)
    }),
    shows("/dashboards/{id}/file.pdf", Read, || {
        get(dashboards::mailings::paper)
    }),
    takes("/dashboards/{id}/mailings", WorkTickets, || {
        post(dashboards::mailings::begin)
    }),
    shows("/mailings/{id}", Read, || get(dashboards::mailings::one)),
    takes("/mailings/{id}/stopping", Read, || {
        post(dashboards::mailings::stop)
    }),
    takes("/mailings/{id}/removal", WorkTickets, || {
        post(dashboards::mailings::end)
    }),
    shows("/views/new", WorkTickets, || get(views::routes::new)),
    takes("/views", WorkTickets, || post(views::routes::create)),
    shows("/views/{id}", Read, || get(views::routes::page)),
    takes("/views/{id}", WorkTickets, || post(views::routes::update)),
    shows("/views/{id}/edit", WorkTickets, || get(views::routes::edit)),
    takes("/views/{id}/removal", WorkTickets, || {
        post(views::routes::remove)
    }),
    shows("/bulk", WorkTickets, || get(bulk::routes::page)),
    takes("/bulk", WorkTickets, || post(bulk::routes::begin)),
    shows("/bulk/{id}", Read, || get(bulk::routes::progress)),
    takes("/bulk/{id}/undoing", WorkTickets, || {
        post(bulk::routes::undo)
    }),
    takes("/tickets/{place}/draft", WorkTickets, || {
        with_files(post(drafts::routes::save))
    }),
    takes("/tickets/{place}/draft/removal", WorkTickets, || {
        with_files(post(drafts::routes::discard))
    }),
    takes("/tickets/{place}/draft/other", WorkTickets, || {
        with_files(post(drafts::routes::other))
    }),
    shows("/tickets/new", WorkTickets, || get(ticket::opening::form)),
    takes("/tickets", WorkTickets, || {
        with_files(post(ticket::opening::create))
    }),
    takes("/tickets/selection", WorkTickets, || {
        post(ticket::selection::act)
    }),
    shows("/tickets/{number}", Read, || get(ticket::routes::page)),
    takes("/tickets/{number}/messages", WorkTickets, || {
        with_files(post(ticket::routes::write))
    }),
    takes("/tickets/{number}/activity", Read, || {
        post(ticket::activity::remember)
    }),
    takes("/tickets/{number}/suggestion", WorkTickets, || {
        post(ticket::suggestion::suggest)
    }),
    shows("/tickets/{number}/completions", WorkTickets, || {
        get(reply_templates::completions::offer)
    }),
    shows("/reply-templates", WorkTickets, || {
        get(reply_templates::routes::list)
    }),
    takes("/reply-templates", WorkTickets, || {
        post(reply_templates::routes::create)
    }),
    shows("/reply-templates/{id}", WorkTickets, || {
        get(reply_templates::routes::one)
    }),
    takes("/reply-templates/{id}", WorkTickets, || {
        post(reply_templates::routes::change)
    }),
    takes("/reply-templates/{id}/removal", WorkTickets, || {
        post(reply_templates::routes::remove)
    }),
    takes("/tickets/{number}/presence", WorkTickets, || {
        post(presence::routes::note)
    }),
    takes("/tickets/{number}/subject", WorkTickets, || {
        post(ticket::acts::subject)
    }),
    takes("/tickets/{number}/responsible", WorkTickets, || {
        post(ticket::acts::responsible)
    }),
    takes("/tickets/{number}/turn", WorkTickets, || {
        post(ticket::handing_routes::turn)
    }),
    takes("/tickets/{number}/wait", WorkTickets, || {
        post(ticket::handing_routes::wait)
    }),
    takes("/tickets/{number}/wait/end", WorkTickets, || {
        post(ticket::handing_routes::end_wait)
    }),
    takes("/tickets/{number}/snooze", WorkTickets, || {
        post(ticket::snooze_routes::snooze)
    }),
    takes("/tickets/{number}/snooze/end", WorkTickets, || {
        post(ticket::snooze_routes::wake)
    }),
    takes("/tickets/{number}/steps", WorkTickets, || {
        post(checklists::routes::add)
    }),
    takes("/tickets/{number}/steps/{step}", WorkTickets, || {
        post(checklists::routes::change)
    }),
    takes(
        "/tickets/{number}/steps/{step}/completion",
        WorkTickets,
        || post(checklists::routes::tick),
    ),
    takes(
        "/tickets/{number}/steps/{step}/completion/removal",
        WorkTickets,
        || post(checklists::routes::untick),
    ),
    takes(
        "/tickets/{number}/steps/{step}/position",
        WorkTickets,
        || post(checklists::routes::shift),
    ),
    takes(
        "/tickets/{number}/steps/{step}/removal",
        WorkTickets,
        || post(checklists::routes::remove),
    ),
    takes("/tickets/{number}/delegation", WorkTickets, || {
        post(ticket::handing_routes::offer)
    }),
    takes(
        "/tickets/{number}/delegation/acceptance",
        WorkTickets,
        || post(ticket::handing_routes::accept),
    ),
    takes("/tickets/{number}/delegation/refusal", WorkTickets, || {
        post(ticket::handing_routes::decline)
    }),
    takes(
        "/tickets/{number}/delegation/withdrawal",
        WorkTickets,
        || post(ticket::handing_routes::withdraw),
    ),
    takes("/tickets/{number}/queue", WorkTickets, || {
        post(ticket::acts::queue)
    }),
    takes("/tickets/{number}/priority", WorkTickets, || {
        post(ticket::acts::priority)
    }),
    takes("/tickets/{number}/kind", WorkTickets, || {
        post(ticket::acts::kind)
    }),
    takes("/tickets/{number}/tags", WorkTickets, || {
        post(ticket::acts::tag)
    }),
    takes("/tickets/{number}/tags/{tag}/removal", WorkTickets, || {
        post(ticket::acts::untag)
    }),
    takes("/tickets/{number}/requester", WorkTickets, || {
        post(ticket::speaker_routes::requester)
    }),
    takes("/tickets/{number}/participants", WorkTickets, || {
        post(ticket::speaker_routes::add)
    }),
    takes(
        "/tickets/{number}/participants/{person}/removal",
        WorkTickets,
        || post(ticket::speaker_routes::remove),
    ),
    takes("/tickets/{number}/writer", WorkTickets, || {
        post(ticket::speaker_routes::writer)
    }),
    takes("/tickets/{number}/resolution", WorkTickets, || {
        post(ticket::acts::resolution)
    }),
    takes("/tickets/{number}/closing", WorkTickets, || {
        post(ticket::acts::closing)
    }),
    takes("/tickets/{number}/reopening", WorkTickets, || {
        post(ticket::acts::reopening)
    }),
    takes("/tickets/{number}/merge", WorkTickets, || {
        post(ticket::acts::merge)
    }),
    takes("/tickets/{number}/spam", WorkTickets, || {
        post(ticket::acts::spam)
    }),
    takes("/tickets/{number}/reachable", WorkTickets, || {
        post(ticket::acts::reachable)
    }),
    takes("/messages/{id}/ticket", WorkTickets, || {
        post(ticket::corrections::split)
    }),
    takes("/messages/{id}/join", WorkTickets, || {
        post(ticket::corrections::join)
    }),
    shows("/messages/{id}/html", Read, || get(originals::html)),
    shows("/messages/{id}/raw", Read, || get(originals::message)),
    shows("/attachments/{id}", Read, || get(originals::attachment)),
    shows("/attachments/{id}/preview", Read, || {
        get(originals::preview::page)
    }),
    shows("/attachments/{id}/shown", Read, || {
        get(originals::preview::shown)
    }),
    takes("/attachments/{id}/answer", WorkTickets, || {
        post(ticket::acts::invitation)
    }),
    shows("/unsorted", SortMail, || get(unsorted::routes::page)),
    shows("/unsorted/{id}", SortMail, || get(unsorted::routes::mail)),
    shows("/unsorted/{id}/raw", SortMail, || get(originals::unsorted)),
    takes("/unsorted/{id}/ticket", SortMail, || {
        post(unsorted::routes::open)
    }),
    takes("/unsorted/{id}/join", SortMail, || {
        post(unsorted::routes::join)
    }),
    takes("/unsorted/{id}/discard", SortMail, || {
        post(unsorted::routes::discard)
    }),
    shows("/outbox", Read, || get(outbox::routes::page)),
    shows("/outbox/{id}", Read, || get(outbox::routes::mail)),
    shows("/outbox/{id}/raw", Read, || get(originals::outgoing)),
    takes("/outbox/{id}/retry", SortMail, || {
        post(outbox::routes::retry)
    }),
    shows("/clients", Read, || get(clients::routes::page)),
    shows("/clients/new", EditPeople, || get(clients::routes::new)),
    takes("/clients", EditPeople, || post(clients::routes::create)),
    shows("/clients/{id}", Read, || get(clients::routes::card)),
    shows("/clients/{id}/edit", EditPeople, || {
        get(clients::routes::edit)
    }),
    takes("/clients/{id}", EditPeople, || {
        post(clients::routes::update)
    }),
    shows("/clients/{id}/merge", EditPeople, || {
        get(joining::routes::client)
    }),
    takes("/clients/{id}/merges", EditPeople, || {
        post(joining::routes::merge_client)
    }),
    shows("/people/duplicates", Read, || {
        get(joining::duplicates::page)
    }),
    takes("/people/duplicates/dismissals", EditPeople, || {
        post(joining::duplicates::dismiss)
    }),
    shows("/people/{id}/merge", EditPeople, || {
        get(joining::routes::person)
    }),
    takes("/people/{id}/merges", EditPeople, || {
        post(joining::routes::merge_person)
    }),
    shows("/people", Read, || get(people::routes::page)),
    shows("/people/new", EditPeople, || get(people::form_routes::new)),
    takes("/people", EditPeople, || post(people::form_routes::create)),
    shows("/people/{id}", Read, || get(people::routes::card)),
    shows("/people/{id}/edit", EditPeople, || {
        get(people::form_routes::edit)
    }),
    takes("/people/{id}", EditPeople, || {
        post(people::form_routes::update)
    }),
    takes("/people/{id}/reachable", WorkTickets, || {
        post(people::routes::reachable)
    }),
    shows("/inventory", Read, || get(inventory::routes::page)),
    shows("/inventory/new", EditPeople, || {
        get(inventory::form_routes::new)
    }),
    takes("/inventory", EditPeople, || {
        post(inventory::form_routes::create)
    }),
    shows("/inventory/{id}", Read, || get(inventory::routes::card)),
    shows("/inventory/{id}/edit", EditPeople, || {
        get(inventory::form_routes::edit)
    }),
    takes("/inventory/{id}", EditPeople, || {
        post(inventory::form_routes::update)
    }),
    takes("/inventory/{id}/retirement", EditPeople, || {
        post(inventory::routes::retire)
    }),
    takes("/inventory/{id}/relations", EditPeople, || {
        post(inventory::routes::relate)
    }),
    shows("/tickets/{number}/split", WorkTickets, || {
        get(ticket::splitting::page)
    }),
    takes("/tickets/{number}/split", WorkTickets, || {
        post(ticket::splitting::create)
    }),
    takes("/tickets/{number}/watchers", WorkTickets, || {
        post(ticket::watching_routes::watch)
    }),
    takes(
        "/tickets/{number}/watchers/{person}/removal",
        WorkTickets,
        || post(ticket::watching_routes::unwatch),
    ),
    shows("/tickets/{number}/links/new", WorkTickets, || {
        get(bonds::routes::page)
    }),
    shows("/tickets/{number}/links/goals", WorkTickets, || {
        get(bonds::naming::goals)
    }),
    takes("/tickets/{number}/links", WorkTickets, || {
        post(bonds::routes::relate)
    }),
    takes("/tickets/{number}/links/removal", WorkTickets, || {
        post(bonds::routes::unrelate)
    }),
    shows("/tickets/{number}/time", Read, || {
        get(time_entries::routes::page)
    }),
    takes("/tickets/{number}/time", WorkTickets, || {
        post(time_entries::routes::log)
    }),
    shows("/tickets/{number}/time/{entry}", WorkTickets, || {
        get(time_entries::routes::one)
    }),
    takes("/tickets/{number}/time/{entry}", WorkTickets, || {
        post(time_entries::routes::change)
    }),
    takes(
        "/tickets/{number}/time/{entry}/removal",
        WorkTickets,
        || post(time_entries::routes::remove),
    ),
    takes("/tickets/{number}/assets", WorkTickets, || {
        post(inventory::ticket_routes::link)
    }),
    takes("/tickets/{number}/assets/{id}/removal", WorkTickets, || {
        post(inventory::ticket_routes::unlink)
    }),
    shows("/imports", EditPeople, || get(imports::routes::page)),
    takes("/imports", EditPeople, || {
        with_files(post(imports::routes::create))
    }),
    shows("/imports/{id}", EditPeople, || get(imports::routes::one)),
    takes("/imports/{id}/columns", EditPeople, || {
        post(imports::routes::look)
    }),
    takes("/imports/{id}/beginning", EditPeople, || {
        post(imports::routes::begin)
    }),
    shows("/imports/{id}/refused.csv", EditPeople, || {
        get(imports::routes::refused)
    }),
    shows("/settings", Administer, || {
        get(settings::text_routes::index)
    }),
    shows("/settings/desk", Administer, || {
        get(settings::text_routes::desk)
    }),
    takes("/settings/desk", Administer, || {
        post(settings::text_routes::change)
    }),
    takes("/settings/desk/reopening", Administer, || {
        post(settings::text_routes::reopening)
    }),
    shows("/settings/queues", Administer, || {
        get(settings::queue_routes::list)
    }),
    takes("/settings/queues/offers", Administer, || {
        post(settings::queue_routes::offers)
    }),
    shows("/settings/queues/new", Administer, || {
        get(settings::queue_routes::new)
    }),
    takes("/settings/queues", Administer, || {
        post(settings::queue_routes::create)
    }),
    shows("/settings/queues/{id}", Administer, || {
        get(settings::queue_routes::page)
    }),
    takes("/settings/queues/{id}", Administer, || {
        post(settings::queue_routes::update)
    }),
    takes("/settings/queues/{id}/rota", Administer, || {
        post(settings::queue_routes::add_shift)
    }),
    takes(
        "/settings/queues/{id}/rota/{shift}/removal",
        Administer,
        || post(settings::queue_routes::remove_shift),
    ),
    shows("/settings/templates", Administer, || get(templates::index)),
    takes("/settings/templates", Administer, || {
        post(templates::create)
    }),
    shows("/settings/templates/new", Administer, || {
        get(templates::new)
    }),
    shows("/settings/templates/{id}", Administer, || {
        get(templates::one)
    }),
    takes("/settings/templates/{id}", Administer, || {
        post(templates::update)
    }),
    takes("/settings/templates/{id}/removal", Administer, || {
        post(templates::remove)
    }),
    shows("/settings/fields", Administer, || get(fields::index)),
    takes("/settings/fields", Administer, || post(fields::create)),
    shows("/settings/fields/new", Administer, || get(fields::new)),
    shows("/settings/fields/{id}", Administer, || get(fields::one)),
    takes("/settings/fields/{id}", Administer, || post(fields::update)),
    takes("/settings/fields/{id}/position", Administer, || {
        post(fields::shift)
    }),
    takes("/settings/fields/{id}/retirement", Administer, || {
        post(fields::retire)
    }),
    takes("/settings/fields/{id}/return", Administer, || {
        post(fields::back)
    }),
    takes("/tickets/{number}/fields/{field}", WorkTickets, || {
        post(ticket::fields::fill)
    }),
    shows("/settings/recurring", Administer, || get(recurring::index)),
    takes("/settings/recurring", Administer, || {
        post(recurring::create)
    }),
    shows("/settings/recurring/new", Administer, || {
        get(recurring::new)
    }),
    shows("/settings/recurring/{id}", Administer, || {
        get(recurring::one)
    }),
    takes("/settings/recurring/{id}", Administer, || {
        post(recurring::update)
    }),
    takes("/settings/recurring/{id}/pause", Administer, || {
        post(recurring::pause)
    }),
    takes("/settings/recurring/{id}/removal", Administer, || {
        post(recurring::remove)
    }),
    shows("/settings/agreements", Read, || get(agreements::list)),
    shows("/settings/agreements/new", Administer, || {
        get(agreement_forms::new)
    }),
    takes("/settings/agreements", Administer, || {
        with_files(post(agreement_forms::create))
    }),
    shows("/settings/agreements/{id}", Read, || get(agreements::one)),
    shows("/settings/agreements/{id}/edit", Administer, || {
        get(agreement_forms::edit)
    }),
    takes("/settings/agreements/{id}", Administer, || {
        with_files(post(agreement_forms::update))
    }),
    takes("/settings/agreements/{id}/ending", Administer, || {
        post(agreements::end)
    }),
    takes(
        "/settings/agreements/{id}/ending/removal",
        Administer,
        || post(agreements::go_on),
    ),
    takes(
        "/settings/agreements/{id}/versions/{number}/removal",
        Administer,
        || post(agreements::take_back),
    ),
    shows("/settings/people", Administer, || {
        get(settings::team_routes::page)
    }),
    takes("/settings/people", Administer, || {
        post(settings::team_routes::add)
    }),
    takes("/settings/people/{id}", Administer, || {
        post(settings::team_routes::change)
    }),
    takes("/settings/people/{id}/link", Administer, || {
        post(settings::team_routes::link)
    }),
    takes("/settings/people/{id}/departure", Administer, || {
        post(settings::team_routes::leave)
    }),
    shows("/settings/rules", SeeRules, || get(rules::index)),
    shows("/settings/rules/new", Administer, || get(rules::new)),
    takes("/settings/rules", Administer, || post(rules::create)),
    takes("/settings/rules/trial", SeeRules, || post(rules::try_typed)),
    takes("/settings/rules/private-hosts", Administer, || {
        post(rules::hosts)
    }),
    shows("/settings/rules/{id}", SeeRules, || get(rules::one)),
    takes("/settings/rules/{id}", Administer, || post(rules::update)),
    shows("/settings/rules/{id}/trial", SeeRules, || {
        get(rules::try_known)
    }),
    takes("/settings/rules/{id}/position", Administer, || {
        post(rules::shift)
    }),
    takes("/settings/rules/{id}/state", Administer, || {
        post(rules::switch)
    }),
    takes("/settings/rules/{id}/removal", Administer, || {
        post(rules::remove)
    }),
    shows("/settings/mail", Administer, || {
        get(settings::mail_routes::page)
    }),
    takes("/settings/mail/forms", Administer, || {
        post(settings::form_routes::change)
    }),
    takes("/settings/mail/relay", Administer, || {
        post(settings::mail_routes::change)
    }),
    takes("/settings/mail/largest", Administer, || {
        post(settings::mail_routes::set_largest)
    }),
    takes("/settings/mail/answers", Administer, || {
        post(settings::answer_routes::limits)
    }),
    takes("/settings/mail/bounces", Administer, || {
        post(settings::answer_routes::bounces)
    }),
    takes("/settings/mail/relay/test", Administer, || {
        post(settings::mail_routes::test)
    }),
    shows("/settings/trust", Administer, || {
        get(settings::trust_routes::page)
    }),
    takes("/settings/trust/senders", Administer, || {
        post(settings::trust_routes::change)
    }),
    takes("/settings/trust/keys", Administer, || {
        post(settings::trust_routes::make)
    }),
    takes("/settings/trust/keys/{id}/check", Administer, || {
        post(settings::trust_routes::check)
    }),
    takes("/settings/trust/keys/{id}/use", Administer, || {
        post(settings::trust_routes::begin)
    }),
    takes("/settings/trust/keys/{id}/removal", Administer, || {
        post(settings::trust_routes::remove)
    }),
    shows("/settings/mailboxes", Administer, || {
        get(settings::mailbox_routes::list)
    }),
    takes("/settings/mailboxes", Administer, || {
        post(settings::mailbox_routes::create)
    }),
    shows("/settings/mailboxes/new", Administer, || {
        get(settings::mailbox_routes::new)
    }),
    takes("/settings/mailboxes/alarm", Administer, || {
        post(settings::mailbox_routes::alarm)
    }),
    shows("/settings/mailboxes/{id}", Administer, || {
        get(settings::mailbox_routes::page)
    }),
    takes("/settings/mailboxes/{id}", Administer, || {
        post(settings::mailbox_routes::update)
    }),
    takes("/settings/mailboxes/{id}/test", Administer, || {
        post(settings::mailbox_routes::test)
    }),
    takes("/settings/mailboxes/{id}/removal", Administer, || {
        post(settings::mailbox_routes::remove)
    }),
    shows("/settings/accounts", Administer, || {
        get(settings::account_routes::list)
    }),
    takes("/settings/accounts", Administer, || {
        post(settings::account_routes::create)
    }),
    shows("/settings/accounts/new", Administer, || {
        get(settings::account_routes::new)
    }),
    shows("/settings/accounts/return", Administer, || {
        get(settings::account_routes::returned)
    }),
    takes("/settings/accounts/return", Administer, || {
        post(settings::account_routes::finish)
    }),
    shows("/settings/accounts/{id}", Administer, || {
        get(settings::account_routes::page)
    }),
    takes("/settings/accounts/{id}", Administer, || {
        post(settings::account_routes::update)
    }),
    takes("/settings/accounts/{id}/link", Administer, || {
        post(settings::account_routes::link)
    }),
    takes("/settings/accounts/{id}/code", Administer, || {
        post(settings::account_routes::code)
    }),
    takes("/settings/accounts/{id}/code/check", Administer, || {
        post(settings::account_routes::check)
    }),
    takes("/settings/accounts/{id}/removal", Administer, || {
        post(settings::account_routes::remove)
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
