//! Who may ask for what, written down a second time: a route that is not in this table, or that answers somebody it
//! should not, fails here.

use std::collections::BTreeSet;

use kept_app::domain::people::Role;
use kept_web::routes::ROUTES;

use crate::sample;
use crate::site::{Site, Visitor};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Who {
    Anybody,
    WithToken,
    Agents,
    Dispatchers,
    Admins,
}
use Who::{Admins, Agents, Anybody, Dispatchers, WithToken};

/// Method, route, who may, and an address of this route in the sample.
const TABLE: &[(&str, &str, Who, &str)] = &[
    ("GET", "/healthz", Anybody, "/healthz"),
    ("GET", "/readyz", Anybody, "/readyz"),
    ("GET", "/metrics", WithToken, "/metrics"),
    ("POST", "/intake/mail", WithToken, "/intake/mail"),
    ("GET", "/assets/{name}", Anybody, "/assets/none.css"),
    ("GET", "/sign-in", Anybody, "/sign-in"),
    ("GET", "/sign-in/{token}", Anybody, "/sign-in/abc"),
    ("POST", "/sign-in/{token}", Anybody, "/sign-in/abc"),
    ("POST", "/session", Anybody, "/session"),
    ("GET", "/first-run/{token}", Anybody, "/first-run/abc"),
    ("POST", "/setup", Anybody, "/setup"),
    ("POST", "/session/end", Agents, "/session/end"),
    ("POST", "/settings/theme", Agents, "/settings/theme"),
    ("POST", "/undo/{what}", Agents, "/undo/spam-1"),
    (
        "POST",
        "/drafts/{id}/discarding",
        Agents,
        "/drafts/1/discarding",
    ),
    ("POST", "/tickets/{place}/draft", Agents, "/tickets/1/draft"),
    (
        "POST",
        "/tickets/{place}/draft/removal",
        Agents,
        "/tickets/1/draft/removal",
    ),
    (
        "POST",
        "/tickets/{place}/draft/other",
        Agents,
        "/tickets/1/draft/other",
    ),
    ("GET", "/you", Agents, "/you"),
    ("POST", "/you/undo", Agents, "/you/undo"),
    ("POST", "/you/signature", Agents, "/you/signature"),
    ("POST", "/you/password", Agents, "/you/password"),
    ("POST", "/you/notifications", Agents, "/you/notifications"),
    ("GET", "/notifications", Agents, "/notifications"),
    ("POST", "/you/hook", Agents, "/you/hook"),
    ("POST", "/you/hook/trial", Agents, "/you/hook/trial"),
    ("POST", "/notifications/seen", Agents, "/notifications/seen"),
    (
        "POST",
        "/notifications/{id}/seen",
        Agents,
        "/notifications/99/seen",
    ),
    (
        "POST",
        "/notifications/{id}/opening",
        Agents,
        "/notifications/99/opening",
    ),
    ("GET", "/notifications/bell", Agents, "/notifications/bell"),
    (
        "GET",
        "/notifications/pop-ups",
        Agents,
        "/notifications/pop-ups",
    ),
    ("GET", "/live", Agents, "/live?topic=tickets"),
    ("GET", "/", Anybody, "/"),
    ("GET", "/now", Agents, "/now"),
    ("GET", "/handover", Agents, "/handover"),
    ("POST", "/handover", Agents, "/handover"),
    ("POST", "/absences", Agents, "/absences"),
    ("POST", "/absences/{id}", Agents, "/absences/99"),
    (
        "POST",
        "/absences/{id}/removal",
        Agents,
        "/absences/99/removal",
    ),
    ("GET", "/rota", Agents, "/rota"),
    ("POST", "/rota/{queue}/changes", Agents, "/rota/1/changes"),
    (
        "POST",
        "/rota/{queue}/changes/{id}/removal",
        Agents,
        "/rota/1/changes/99/removal",
    ),
    ("POST", "/rota/{queue}/swaps", Agents, "/rota/1/swaps"),
    ("GET", "/inbox", Agents, "/inbox"),
    ("GET", "/promises", Agents, "/promises"),
    (
        "POST",
        "/promises/{id}/keeping",
        Agents,
        "/promises/99/keeping",
    ),
    ("POST", "/promises/{id}/time", Agents, "/promises/99/time"),
    (
        "POST",
        "/promises/{id}/promiser",
        Agents,
        "/promises/99/promiser",
    ),
    ("POST", "/duties/{id}/outcome", Agents, "/duties/99/outcome"),
    ("GET", "/promises/calendar", Agents, "/promises/calendar"),
    ("GET", "/calendar/{token}", Anybody, "/calendar/abc.ics"),
    ("POST", "/you/calendar", Agents, "/you/calendar"),
    (
        "POST",
        "/you/calendar/withdrawal",
        Agents,
        "/you/calendar/withdrawal",
    ),
    (
        "POST",
        "/tickets/{number}/promises/dismissal",
        Agents,
        "/tickets/1/promises/dismissal",
    ),
    (
        "POST",
        "/tickets/{number}/promises",
        Agents,
        "/tickets/1/promises",
    ),
    ("GET", "/calls/new", Agents, "/calls/new"),
    ("POST", "/calls", Agents, "/calls"),
    ("GET", "/scorecards", Agents, "/scorecards"),
    ("GET", "/scorecards/tickets", Agents, "/scorecards/tickets"),
    (
        "GET",
        "/scorecards/tickets.csv",
        Agents,
        "/scorecards/tickets.csv",
    ),
    ("GET", "/scorecards/time", Agents, "/scorecards/time"),
    (
        "GET",
        "/scorecards/time.csv",
        Agents,
        "/scorecards/time.csv",
    ),
    (
        "POST",
        "/clients/{id}/scorecard-links",
        Dispatchers,
        "/clients/1/scorecard-links",
    ),
    (
        "POST",
        "/clients/{id}/scorecard-links/{link}/removal",
        Dispatchers,
        "/clients/1/scorecard-links/99/removal",
    ),
    ("GET", "/scorecard/{token}", Anybody, "/scorecard/abc"),
    ("GET", "/done/{token}", Anybody, "/done/abc"),
    ("POST", "/done/{token}", Anybody, "/done/abc"),
    ("GET", "/said/{token}", Anybody, "/said/abc"),
    (
        "POST",
        "/said/{token}/confirmation",
        Anybody,
        "/said/abc/confirmation",
    ),
    (
        "POST",
        "/said/{token}/correction",
        Anybody,
        "/said/abc/correction",
    ),
    ("GET", "/search", Agents, "/search?q=printer"),
    (
        "GET",
        "/search/completions",
        Agents,
        "/search/completions?q=st",
    ),
    ("GET", "/search/goals", Agents, "/search/goals?q=st"),
    ("GET", "/reports", Agents, "/reports"),
    ("GET", "/reports.csv", Agents, "/reports.csv?by1=client"),
    ("POST", "/reports/cards", Agents, "/reports/cards"),
    ("GET", "/load", Agents, "/load"),
    ("GET", "/dashboards", Agents, "/dashboards"),
    ("POST", "/dashboards", Agents, "/dashboards"),
    ("GET", "/dashboards/new", Agents, "/dashboards/new"),
    ("GET", "/dashboards/{id}", Agents, "/dashboards/0"),
    ("POST", "/dashboards/{id}", Agents, "/dashboards/99"),
    (
        "GET",
        "/dashboards/{id}/edit",
        Agents,
        "/dashboards/99/edit",
    ),
    (
        "POST",
        "/dashboards/{id}/removal",
        Agents,
        "/dashboards/99/removal",
    ),
    (
        "POST",
        "/dashboards/{id}/cards",
        Agents,
        "/dashboards/99/cards",
    ),
    (
        "POST",
        "/dashboards/{id}/cards/{card}/position",
        Agents,
        "/dashboards/99/cards/1/position",
    ),
    (
        "POST",
        "/dashboards/{id}/cards/{card}/removal",
        Agents,
        "/dashboards/99/cards/1/removal",
    ),
    ("GET", "/dashboards/{id}/mail", Agents, "/dashboards/0/mail"),
    (
        "GET",
        "/dashboards/{id}/letter",
        Agents,
        "/dashboards/0/letter",
    ),
    (
        "GET",
        "/dashboards/{id}/file.pdf",
        Agents,
        "/dashboards/0/file.pdf",
    ),
    (
        "POST",
        "/dashboards/{id}/mailings",
        Agents,
        "/dashboards/0/mailings",
    ),
    ("GET", "/mailings/{id}", Agents, "/mailings/99"),
    (
        "POST",
        "/mailings/{id}/stopping",
        Agents,
        "/mailings/99/stopping",
    ),
    (
        "POST",
        "/mailings/{id}/removal",
        Agents,
        "/mailings/99/removal",
    ),
    ("GET", "/views/new", Agents, "/views/new"),
    ("POST", "/views", Agents, "/views"),
    ("GET", "/views/{id}", Agents, "/views/99"),
    ("POST", "/views/{id}", Agents, "/views/99"),
    ("GET", "/views/{id}/edit", Agents, "/views/99/edit"),
    ("POST", "/views/{id}/removal", Agents, "/views/99/removal"),
    ("GET", "/bulk", Agents, "/bulk?q=is:open&act=close"),
    ("POST", "/bulk", Agents, "/bulk"),
    ("GET", "/bulk/{id}", Agents, "/bulk/99"),
    ("POST", "/bulk/{id}/undoing", Agents, "/bulk/99/undoing"),
    ("GET", "/tickets/new", Agents, "/tickets/new"),
    ("POST", "/tickets", Agents, "/tickets"),
    ("POST", "/tickets/selection", Agents, "/tickets/selection"),
    ("GET", "/tickets/{number}", Agents, "/tickets/1"),
    (
        "POST",
        "/tickets/{number}/messages",
        Agents,
        "/tickets/1/messages",
    ),
    (
        "POST",
        "/tickets/{number}/activity",
        Agents,
        "/tickets/1/activity",
    ),
    (
        "POST",
        "/tickets/{number}/suggestion",
        Agents,
        "/tickets/1/suggestion",
    ),
    (
        "GET",
        "/tickets/{number}/completions",
        Agents,
        "/tickets/1/completions?key=/",
    ),
    ("GET", "/reply-templates", Agents, "/reply-templates"),
    ("POST", "/reply-templates", Agents, "/reply-templates"),
    ("GET", "/reply-templates/{id}", Agents, "/reply-templates/1"),
    (
        "POST",
        "/reply-templates/{id}",
        Agents,
        "/reply-templates/1",
    ),
    (
        "POST",
        "/reply-templates/{id}/removal",
        Agents,
        "/reply-templates/1/removal",
    ),
    (
        "POST",
        "/tickets/{number}/presence",
        Agents,
        "/tickets/1/presence",
    ),
    (
        "POST",
        "/tickets/{number}/subject",
        Agents,
        "/tickets/1/subject",
    ),
    (
        "POST",
        "/tickets/{number}/responsible",
        Agents,
        "/tickets/1/responsible",
    ),
    ("POST", "/tickets/{number}/turn", Agents, "/tickets/1/turn"),
    ("POST", "/tickets/{number}/wait", Agents, "/tickets/1/wait"),
    (
        "POST",
        "/tickets/{number}/wait/end",
        Agents,
        "/tickets/1/wait/end",
    ),
    (
        "POST",
        "/tickets/{number}/delegation",
        Agents,
        "/tickets/1/delegation",
    ),
    (
        "POST",
        "/tickets/{number}/delegation/acceptance",
        Agents,
        "/tickets/1/delegation/acceptance",
    ),
    (
        "POST",
        "/tickets/{number}/delegation/refusal",
        Agents,
        "/tickets/1/delegation/refusal",
    ),
    (
        "POST",
        "/tickets/{number}/steps",
        Agents,
        "/tickets/1/steps",
    ),
    (
        "POST",
        "/tickets/{number}/steps/{step}",
        Agents,
        "/tickets/1/steps/9",
    ),
    (
        "POST",
        "/tickets/{number}/steps/{step}/completion",
        Agents,
        "/tickets/1/steps/9/completion",
    ),
    (
        "POST",
        "/tickets/{number}/steps/{step}/completion/removal",
        Agents,
        "/tickets/1/steps/9/completion/removal",
    ),
    (
        "POST",
        "/tickets/{number}/steps/{step}/position",
        Agents,
        "/tickets/1/steps/9/position",
    ),
    (
        "POST",
        "/tickets/{number}/steps/{step}/removal",
        Agents,
        "/tickets/1/steps/9/removal",
    ),
    (
        "POST",
        "/tickets/{number}/snooze",
        Agents,
        "/tickets/1/snooze",
    ),
    (
        "POST",
        "/tickets/{number}/snooze/end",
        Agents,
        "/tickets/1/snooze/end",
    ),
    (
        "POST",
        "/tickets/{number}/delegation/withdrawal",
        Agents,
        "/tickets/1/delegation/withdrawal",
    ),
    (
        "POST",
        "/tickets/{number}/queue",
        Agents,
        "/tickets/1/queue",
    ),
    (
        "POST",
        "/tickets/{number}/priority",
        Agents,
        "/tickets/1/priority",
    ),
    ("POST", "/tickets/{number}/kind", Agents, "/tickets/1/kind"),
    ("POST", "/tickets/{number}/tags", Agents, "/tickets/1/tags"),
    (
        "POST",
        "/tickets/{number}/tags/{tag}/removal",
        Agents,
        "/tickets/1/tags/vip/removal",
    ),
    (
        "POST",
        "/tickets/{number}/requester",
        Agents,
        "/tickets/1/requester",
    ),
    (
        "POST",
        "/tickets/{number}/participants",
        Agents,
        "/tickets/1/participants",
    ),
    (
        "POST",
        "/tickets/{number}/participants/{person}/removal",
        Agents,
        "/tickets/1/participants/1/removal",
    ),
    (
        "POST",
        "/tickets/{number}/writer",
        Agents,
        "/tickets/1/writer",
    ),
    (
        "POST",
        "/tickets/{number}/resolution",
        Agents,
        "/tickets/1/resolution",
    ),
    (
        "POST",
        "/tickets/{number}/closing",
        Agents,
        "/tickets/1/closing",
    ),
    (
        "POST",
        "/tickets/{number}/reopening",
        Agents,
        "/tickets/1/reopening",
    ),
    (
        "POST",
        "/tickets/{number}/merge",
        Agents,
        "/tickets/1/merge",
    ),
    ("POST", "/tickets/{number}/spam", Agents, "/tickets/1/spam"),
    (
        "POST",
        "/tickets/{number}/reachable",
        Agents,
        "/tickets/1/reachable",
    ),
    (
        "POST",
        "/messages/{id}/ticket",
        Agents,
        "/messages/1/ticket",
    ),
    ("POST", "/messages/{id}/join", Agents, "/messages/1/join"),
    ("GET", "/messages/{id}/html", Agents, "/messages/1/html"),
    ("GET", "/messages/{id}/raw", Agents, "/messages/1/raw"),
    ("GET", "/attachments/{id}", Agents, "/attachments/1"),
    (
        "GET",
        "/attachments/{id}/preview",
        Agents,
        "/attachments/1/preview",
    ),
    (
        "GET",
        "/attachments/{id}/shown",
        Agents,
        "/attachments/1/shown",
    ),
    (
        "POST",
        "/attachments/{id}/answer",
        Agents,
        "/attachments/1/answer",
    ),
    ("GET", "/unsorted", Agents, "/unsorted"),
    ("GET", "/unsorted/{id}", Agents, "/unsorted/1"),
    ("GET", "/unsorted/{id}/raw", Agents, "/unsorted/1/raw"),
    (
        "POST",
        "/unsorted/{id}/ticket",
        Agents,
        "/unsorted/1/ticket",
    ),
    ("POST", "/unsorted/{id}/join", Agents, "/unsorted/1/join"),
    (
        "POST",
        "/unsorted/{id}/discard",
        Agents,
        "/unsorted/1/discard",
    ),
    ("GET", "/outbox", Agents, "/outbox"),
    ("GET", "/outbox/{id}", Agents, "/outbox/1"),
    ("GET", "/outbox/{id}/raw", Agents, "/outbox/1/raw"),
    ("POST", "/outbox/{id}/retry", Agents, "/outbox/1/retry"),
    ("GET", "/clients", Agents, "/clients"),
    ("GET", "/clients/new", Agents, "/clients/new"),
    ("POST", "/clients", Agents, "/clients"),
    ("GET", "/clients/{id}", Agents, "/clients/1"),
    ("GET", "/clients/{id}/edit", Agents, "/clients/1/edit"),
    ("POST", "/clients/{id}", Agents, "/clients/1"),
    ("GET", "/inventory", Agents, "/inventory"),
    ("GET", "/inventory/new", Agents, "/inventory/new"),
    ("POST", "/inventory", Agents, "/inventory"),
    ("GET", "/inventory/{id}", Agents, "/inventory/99"),
    ("GET", "/inventory/{id}/edit", Agents, "/inventory/99/edit"),
    ("POST", "/inventory/{id}", Agents, "/inventory/99"),
    (
        "POST",
        "/inventory/{id}/retirement",
        Agents,
        "/inventory/99/retirement",
    ),
    (
        "POST",
        "/inventory/{id}/relations",
        Agents,
        "/inventory/99/relations",
    ),
    ("GET", "/tickets/{number}/split", Agents, "/tickets/1/split"),
    (
        "POST",
        "/tickets/{number}/split",
        Agents,
        "/tickets/1/split",
    ),
    (
        "POST",
        "/tickets/{number}/watchers",
        Agents,
        "/tickets/1/watchers",
    ),
    (
        "POST",
        "/tickets/{number}/watchers/{person}/removal",
        Agents,
        "/tickets/1/watchers/1/removal",
    ),
    (
        "GET",
        "/tickets/{number}/links/goals",
        Agents,
        "/tickets/1/links/goals?q=st",
    ),
    (
        "GET",
        "/tickets/{number}/links/new",
        Agents,
        "/tickets/1/links/new",
    ),
    (
        "POST",
        "/tickets/{number}/links",
        Agents,
        "/tickets/1/links",
    ),
    (
        "POST",
        "/tickets/{number}/links/removal",
        Agents,
        "/tickets/1/links/removal",
    ),
    ("GET", "/tickets/{number}/time", Agents, "/tickets/1/time"),
    ("POST", "/tickets/{number}/time", Agents, "/tickets/1/time"),
    (
        "GET",
        "/tickets/{number}/time/{entry}",
        Agents,
        "/tickets/1/time/9",
    ),
    (
        "POST",
        "/tickets/{number}/time/{entry}",
        Agents,
        "/tickets/1/time/9",
    ),
    (
        "POST",
        "/tickets/{number}/time/{entry}/removal",
        Agents,
        "/tickets/1/time/9/removal",
    ),
    (
        "POST",
        "/tickets/{number}/assets",
        Agents,
        "/tickets/1/assets",
    ),
    (
        "POST",
        "/tickets/{number}/assets/{id}/removal",
        Agents,
        "/tickets/1/assets/99/removal",
    ),
    ("GET", "/imports", Agents, "/imports"),
    ("POST", "/imports", Agents, "/imports"),
    ("GET", "/imports/{id}", Agents, "/imports/99"),
    (
        "POST",
        "/imports/{id}/columns",
        Agents,
        "/imports/99/columns",
    ),
    (
        "POST",
        "/imports/{id}/beginning",
        Agents,
        "/imports/99/beginning",
    ),
    (
        "GET",
        "/imports/{id}/refused.csv",
        Agents,
        "/imports/99/refused.csv",
    ),
    ("GET", "/clients/{id}/merge", Agents, "/clients/1/merge"),
    ("POST", "/clients/{id}/merges", Agents, "/clients/1/merges"),
    ("GET", "/people/duplicates", Agents, "/people/duplicates"),
    (
        "POST",
        "/people/duplicates/dismissals",
        Agents,
        "/people/duplicates/dismissals",
    ),
    ("GET", "/people/{id}/merge", Agents, "/people/2/merge"),
    ("POST", "/people/{id}/merges", Agents, "/people/2/merges"),
    ("GET", "/people", Agents, "/people"),
    ("GET", "/people/new", Agents, "/people/new"),
    ("POST", "/people", Agents, "/people"),
    ("GET", "/people/{id}", Agents, "/people/1"),
    ("GET", "/people/{id}/edit", Agents, "/people/1/edit"),
    ("POST", "/people/{id}", Agents, "/people/1"),
    (
        "POST",
        "/people/{id}/reachable",
        Agents,
        "/people/1/reachable",
    ),
    ("GET", "/settings", Admins, "/settings"),
    ("GET", "/settings/desk", Admins, "/settings/desk"),
    ("POST", "/settings/desk", Admins, "/settings/desk"),
    (
        "POST",
        "/settings/desk/reopening",
        Admins,
        "/settings/desk/reopening",
    ),
    (
        "POST",
        "/settings/queues/offers",
        Admins,
        "/settings/queues/offers",
    ),
    ("GET", "/settings/queues", Admins, "/settings/queues"),
    (
        "GET",
        "/settings/queues/new",
        Admins,
        "/settings/queues/new",
    ),
    ("POST", "/settings/queues", Admins, "/settings/queues"),
    ("GET", "/settings/queues/{id}", Admins, "/settings/queues/1"),
    (
        "POST",
        "/settings/queues/{id}",
        Admins,
        "/settings/queues/1",
    ),
    (
        "POST",
        "/settings/queues/{id}/rota",
        Admins,
        "/settings/queues/1/rota",
    ),
    (
        "POST",
        "/settings/queues/{id}/rota/{shift}/removal",
        Admins,
        "/settings/queues/1/rota/1-540-1020/removal",
    ),
    ("GET", "/settings/templates", Admins, "/settings/templates"),
    ("POST", "/settings/templates", Admins, "/settings/templates"),
    (
        "GET",
        "/settings/templates/new",
        Admins,
        "/settings/templates/new",
    ),
    (
        "GET",
        "/settings/templates/{id}",
        Admins,
        "/settings/templates/99",
    ),
    (
        "POST",
        "/settings/templates/{id}",
        Admins,
        "/settings/templates/99",
    ),
    (
        "POST",
        "/settings/templates/{id}/removal",
        Admins,
        "/settings/templates/99/removal",
    ),
    ("GET", "/settings/fields", Admins, "/settings/fields"),
    ("POST", "/settings/fields", Admins, "/settings/fields"),
    (
        "GET",
        "/settings/fields/new",
        Admins,
        "/settings/fields/new",
    ),
    ("GET", "/settings/fields/{id}", Admins, "/settings/fields/1"),
    (
        "POST",
        "/settings/fields/{id}",
        Admins,
        "/settings/fields/1",
    ),
    (
        "POST",
        "/settings/fields/{id}/position",
        Admins,
        "/settings/fields/1/position",
    ),
    (
        "POST",
        "/settings/fields/{id}/retirement",
        Admins,
        "/settings/fields/1/retirement",
    ),
    (
        "POST",
        "/settings/fields/{id}/return",
        Admins,
        "/settings/fields/1/return",
    ),
    (
        "POST",
        "/tickets/{number}/fields/{field}",
        Agents,
        "/tickets/1/fields/1",
    ),
    ("GET", "/settings/recurring", Admins, "/settings/recurring"),
    ("POST", "/settings/recurring", Admins, "/settings/recurring"),
    (
        "GET",
        "/settings/recurring/new",
        Admins,
        "/settings/recurring/new",
    ),
    (
        "GET",
        "/settings/recurring/{id}",
        Admins,
        "/settings/recurring/99",
    ),
    (
        "POST",
        "/settings/recurring/{id}",
        Admins,
        "/settings/recurring/99",
    ),
    (
        "POST",
        "/settings/recurring/{id}/pause",
        Admins,
        "/settings/recurring/99/pause",
    ),
    (
        "POST",
        "/settings/recurring/{id}/removal",
        Admins,
        "/settings/recurring/99/removal",
    ),
    (
        "GET",
        "/settings/agreements",
        Agents,
        "/settings/agreements",
    ),
    (
        "GET",
        "/settings/agreements/new",
        Admins,
        "/settings/agreements/new?whose=client-1",
    ),
    (
        "POST",
        "/settings/agreements",
        Admins,
        "/settings/agreements",
    ),
    (
        "GET",
        "/settings/agreements/{id}",
        Agents,
        "/settings/agreements/1",
    ),
    (
        "GET",
        "/settings/agreements/{id}/edit",
        Admins,
        "/settings/agreements/1/edit",
    ),
    (
        "POST",
        "/settings/agreements/{id}",
        Admins,
        "/settings/agreements/1",
    ),
    (
        "POST",
        "/settings/agreements/{id}/ending",
        Admins,
        "/settings/agreements/1/ending",
    ),
    (
        "POST",
        "/settings/agreements/{id}/ending/removal",
        Admins,
        "/settings/agreements/1/ending/removal",
    ),
    (
        "POST",
        "/settings/agreements/{id}/versions/{number}/removal",
        Admins,
        "/settings/agreements/1/versions/1/removal",
    ),
    ("GET", "/settings/people", Admins, "/settings/people"),
    ("POST", "/settings/people", Admins, "/settings/people"),
    (
        "POST",
        "/settings/people/{id}",
        Admins,
        "/settings/people/3",
    ),
    (
        "POST",
        "/settings/people/{id}/link",
        Admins,
        "/settings/people/3/link",
    ),
    (
        "POST",
        "/settings/people/{id}/departure",
        Admins,
        "/settings/people/99",
    ),
    ("GET", "/settings/mail", Admins, "/settings/mail"),
    (
        "POST",
        "/settings/mail/forms",
        Admins,
        "/settings/mail/forms",
    ),
    (
        "POST",
        "/settings/mail/relay",
        Admins,
        "/settings/mail/relay",
    ),
    (
        "POST",
        "/settings/mail/largest",
        Admins,
        "/settings/mail/largest",
    ),
    (
        "POST",
        "/settings/mail/answers",
        Admins,
        "/settings/mail/answers",
    ),
    (
        "POST",
        "/settings/mail/bounces",
        Admins,
        "/settings/mail/bounces",
    ),
    (
        "POST",
        "/settings/mail/relay/test",
        Admins,
        "/settings/mail/relay/test",
    ),
    ("GET", "/settings/trust", Admins, "/settings/trust"),
    (
        "POST",
        "/settings/trust/senders",
        Admins,
        "/settings/trust/senders",
    ),
    (
        "POST",
        "/settings/trust/keys",
        Admins,
        "/settings/trust/keys",
    ),
    (
        "POST",
        "/settings/trust/keys/{id}/check",
        Admins,
        "/settings/trust/keys/99/check",
    ),
    (
        "POST",
        "/settings/trust/keys/{id}/use",
        Admins,
        "/settings/trust/keys/99/use",
    ),
    (
        "POST",
        "/settings/trust/keys/{id}/removal",
        Admins,
        "/settings/trust/keys/99/removal",
    ),
    ("GET", "/settings/mailboxes", Admins, "/settings/mailboxes"),
    ("POST", "/settings/mailboxes", Admins, "/settings/mailboxes"),
    (
        "GET",
        "/settings/mailboxes/new",
        Admins,
        "/settings/mailboxes/new",
    ),
    (
        "POST",
        "/settings/mailboxes/alarm",
        Admins,
        "/settings/mailboxes/alarm",
    ),
    (
        "GET",
        "/settings/mailboxes/{id}",
        Admins,
        "/settings/mailboxes/1",
    ),
    (
        "POST",
        "/settings/mailboxes/{id}",
        Admins,
        "/settings/mailboxes/1",
    ),
    (
        "POST",
        "/settings/mailboxes/{id}/test",
        Admins,
        "/settings/mailboxes/1/test",
    ),
    (
        "POST",
        "/settings/mailboxes/{id}/removal",
        Admins,
        "/settings/mailboxes/1/removal",
    ),
    ("GET", "/settings/accounts", Admins, "/settings/accounts"),
    ("POST", "/settings/accounts", Admins, "/settings/accounts"),
    (
        "GET",
        "/settings/accounts/new",
        Admins,
        "/settings/accounts/new",
    ),
    (
        "GET",
        "/settings/accounts/return",
        Admins,
        "/settings/accounts/return",
    ),
    (
        "POST",
        "/settings/accounts/return",
        Admins,
        "/settings/accounts/return",
    ),
    (
        "GET",
        "/settings/accounts/{id}",
        Admins,
        "/settings/accounts/1",
    ),
    (
        "POST",
        "/settings/accounts/{id}",
        Admins,
        "/settings/accounts/1",
    ),
    (
        "POST",
        "/settings/accounts/{id}/link",
        Admins,
        "/settings/accounts/1/link",
    ),
    (
        "POST",
        "/settings/accounts/{id}/code",
        Admins,
        "/settings/accounts/1/code",
    ),
    (
        "POST",
        "/settings/accounts/{id}/code/check",
        Admins,
        "/settings/accounts/1/code/check",
    ),
    (
        "POST",
        "/settings/accounts/{id}/removal",
        Admins,
        "/settings/accounts/1/removal",
    ),
    ("GET", "/settings/rules", Dispatchers, "/settings/rules"),
    ("GET", "/settings/rules/new", Admins, "/settings/rules/new"),
    ("POST", "/settings/rules", Admins, "/settings/rules"),
    (
        "POST",
        "/settings/rules/trial",
        Dispatchers,
        "/settings/rules/trial",
    ),
    (
        "POST",
        "/settings/rules/private-hosts",
        Admins,
        "/settings/rules/private-hosts",
    ),
    (
        "GET",
        "/settings/rules/{id}",
        Dispatchers,
        "/settings/rules/1",
    ),
    ("POST", "/settings/rules/{id}", Admins, "/settings/rules/1"),
    (
        "GET",
        "/settings/rules/{id}/trial",
        Dispatchers,
        "/settings/rules/1/trial",
    ),
    (
        "POST",
        "/settings/rules/{id}/position",
        Admins,
        "/settings/rules/1/position",
    ),
    (
        "POST",
        "/settings/rules/{id}/state",
        Admins,
        "/settings/rules/1/state",
    ),
    (
        "POST",
        "/settings/rules/{id}/removal",
        Admins,
        "/settings/rules/1/removal",
    ),
];

#[test]
fn every_route_is_in_the_table() {
    let served: BTreeSet<_> = ROUTES
        .iter()
        .map(|route| (route.method, route.path))
        .collect();
    let expected: BTreeSet<_> = TABLE
        .iter()
        .map(|(method, path, ..)| (*method, *path))
        .collect();
    let missing: Vec<_> = served.symmetric_difference(&expected).collect();
    assert!(missing.is_empty(), "decide who may use these: {missing:?}");
}

async fn ask(visitor: &mut Visitor, method: &str, address: &str) -> (u16, String) {
    // A stream never ends by itself, so its body is not read here.
    if address.starts_with("/live") {
        return visitor.status_only(address).await;
    }
    let answer = match method {
        "GET" => visitor.get(address).await,
        _ => visitor.post(address, &[]).await,
    };
    (answer.status.as_u16(), answer.location().to_owned())
}

#[tokio::test]
async fn strangers_are_asked_to_sign_in() {
    let site = sample::site().await;
    for (method, _, who, address) in TABLE {
        let (status, location) = ask(&mut site.guest(), method, address).await;
        let sent_away = status == 401 || (status == 303 && location.starts_with("/sign-in"));
        let expected = match who {
            Agents | Dispatchers | Admins => true,
            WithToken => *address == "/intake/mail",
            Anybody => false,
        };
        assert_eq!(
            sent_away, expected,
            "{method} {address}: {status} {location}"
        );
        assert_ne!(status, 500, "{method} {address}");
    }
}

#[tokio::test]
async fn every_role_may_what_it_may_and_nothing_else() {
    for role in Role::ALL {
        let site = sample::site().await;
        for (method, _, who, address) in TABLE
            .iter()
            .filter(|row| matches!(row.2, Agents | Dispatchers | Admins))
        {
            // Some acts end the session or the ticket; each begins anew.
            let mut visitor = site.person(role).await;
            let (status, location) = ask(&mut visitor, method, address).await;
            let allowed = match who {
                Dispatchers => role >= Role::Dispatcher,
                Admins => role == Role::Admin,
                _ => true,
            };
            assert_eq!(
                status == 403,
                !allowed,
                "{role:?} {method} {address}: {status} {location}"
            );
            assert_ne!(status, 500, "{role:?} {method} {address}");
        }
    }
}

#[tokio::test]
async fn no_form_is_taken_without_its_token() {
    let site = sample::site().await;
    let mut visitor = site.admin().await;
    for (_, _, _, address) in TABLE
        .iter()
        .filter(|row| row.0 == "POST" && matches!(row.2, Agents | Dispatchers | Admins))
    {
        for body in ["", "csrf=", "csrf=0000"] {
            let answer = visitor.post_as_is(address, body).await;
            assert_eq!(answer.status.as_u16(), 403, "{address} with “{body}”");
            assert!(answer.words().contains("no longer good"), "{address}");
        }
    }
}

#[tokio::test]
async fn no_other_site_can_post_here() {
    let site: Site = sample::site().await;
    let cases = [
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("sec-fetch-site", "same-origin", 422),
        ("origin", "http://desk.example", 422),
    ];
    for (name, value, expected) in cases {
        let request = axum::http::Request::post("/session")
            .header("host", "desk.example")
            .header("content-type", "application/x-www-form-urlencoded")
            .header(name, value);
        let body = axum::body::Body::from("email=a%40b.example&password=x");
        let answer = site.guest().send(request.body(body).unwrap()).await;
        assert_eq!(answer.status.as_u16(), expected, "{name}: {value}");
    }
}
