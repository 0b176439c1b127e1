//! Every place of the desk that is reached without knowing a number, for the palette. Who may see one is not written down
//! here: the table of routes knows it.

use axum::http::Method;
use kept_app::domain::access::{Viewer, allow};

use crate::layout::keys;
use crate::routes::act_of;

/// A place as people call it, what else they might type for it, and where it is. `key` is what its keys are bound to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub name: &'static str,
    pub also: &'static str,
    pub path: &'static str,
    key: Option<&'static str>,
}

impl Place {
    /// `g n`, when keys lead there.
    pub(crate) fn keys(&self) -> Option<&'static str> {
        self.key.and_then(keys::of)
    }

    fn is_for(&self, viewer: &Viewer) -> bool {
        let path = self.path.split('?').next().unwrap_or(self.path);
        act_of(&Method::GET, path).is_some_and(|act| allow(viewer, act).is_ok())
    }
}

/// What this viewer may see, in the order of the table.
pub(crate) fn seen_by(viewer: &Viewer) -> impl Iterator<Item = &'static Place> {
    PLACES.iter().filter(|place| place.is_for(viewer))
}

const fn place(name: &'static str, also: &'static str, path: &'static str) -> Place {
    Place {
        name,
        also,
        path,
        key: None,
    }
}

const fn keyed(
    name: &'static str,
    also: &'static str,
    path: &'static str,
    key: &'static str,
) -> Place {
    Place {
        key: Some(key),
        ..place(name, also, path)
    }
}

/// What most people go to most often comes first.
#[rustfmt::skip]
pub(crate) const PLACES: &[Place] = &[
    keyed("Now", "home start today what is next due mine to do", "/now", "now"),
    keyed("Inbox", "tickets queue all open list", "/inbox", "inbox"),
    keyed("New ticket", "open create request incident", "/tickets/new", "new"),
    keyed("Log a call", "phone telephone talk conversation", "/calls/new", "call"),
    keyed("Unsorted", "spam quarantine mail that waits", "/unsorted", "unsorted"),
    keyed("Outbox", "sent outgoing mail failed bounces", "/outbox", "outbox"),
    keyed("Promises", "commitments kept broken due", "/promises", "promises"),
    keyed("Scorecards", "sla met missed figures performance", "/scorecards", "scorecards"),
    keyed("Dashboards", "charts overview figures", "/dashboards", "dashboards"),
    keyed("Clients", "customers companies organisations accounts", "/clients", "clients"),
    keyed("People", "contacts persons requesters users", "/people", "people"),
    keyed("Assets", "inventory devices computers hardware", "/inventory", "assets"),
    keyed("Notices", "notifications bell mentions news", "/notifications", "notices"),
    place("Inbox: Mine", "my tickets assigned to me", "/inbox?view=mine"),
    place("Inbox: Late", "overdue breached", "/inbox?view=late"),
    place("Inbox: Waiting on client", "their turn pending", "/inbox?view=client"),
    place("Inbox: Third party", "waiting supplier vendor", "/inbox?view=third-party"),
    place("Inbox: Parked", "silent", "/inbox?view=parked"),
    place("Inbox: Snoozed", "asleep put off later", "/inbox?view=snoozed"),
    place("Inbox: Watching", "watched followed subscribed", "/inbox?view=watching"),
    place("Inbox: Resolved", "solved done", "/inbox?view=resolved"),
    place("Inbox: Closed", "done archive ended", "/inbox?view=closed"),
    place("Inbox: Spam", "junk", "/inbox?view=spam"),
    place("Notices: Mentions", "mentioned at me", "/notifications?only=mentioned"),
    place("Calendar of promises", "month ical due dates", "/promises/calendar"),
    place("Handover", "holiday vacation absence leave stand in shift", "/handover"),
    place("Rota", "on duty shifts schedule roster swap", "/rota"),
    place("Load", "workload capacity who has how much", "/load"),
    place("Reports", "statistics count export csv", "/reports"),
    place("Search", "find query", "/search"),
    place("New view", "save a search filter list", "/views/new"),
    place("New dashboard", "charts make", "/dashboards/new"),
    place("New client", "add customer company organisation", "/clients/new"),
    place("New person", "add contact user requester", "/people/new"),
    place("New asset", "add device inventory", "/inventory/new"),
    place("People at the desk", "colleagues agents team", "/people?at=desk"),
    place("Duplicates", "merge people twice double", "/people/duplicates"),
    place("Imports", "csv table upload bring in", "/imports"),
    place("Reply templates", "canned responses macros snippets texts", "/reply-templates"),
    place("You", "profile me password undo signature notifications account calendar", "/you"),
    keyed("Settings", "configuration preferences options admin", "/settings", "settings"),
    place("Rules", "automation triggers workflow settings", "/settings/rules"),
    place("New rule", "automation trigger settings", "/settings/rules/new"),
    place("Texts", "desk what Kept writes acknowledgement reminders wording settings", "/settings/desk"),
    place("Queues", "groups teams departments members on duty settings", "/settings/queues"),
    place("New queue", "group team settings", "/settings/queues/new"),
    place("Ticket templates", "forms checklists settings", "/settings/templates"),
    place("New ticket template", "form checklist settings", "/settings/templates/new"),
    place("Custom fields", "form serial number required settings", "/settings/fields"),
    place("New custom field", "form settings", "/settings/fields/new"),
    place("Recurring tickets", "schedule repeat monthly weekly settings", "/settings/recurring"),
    place("New recurring ticket", "schedule repeat settings", "/settings/recurring/new"),
    place("Agreements", "sla contracts targets hours holidays duties settings", "/settings/agreements"),
    place("People and roles", "users agents admins dispatchers team passwords settings", "/settings/people"),
    place("Mail", "smtp relay email addresses forms settings", "/settings/mail"),
    place("Trust", "spf dkim dmarc senders spoofing settings", "/settings/trust"),
    place("Mailboxes", "imap fetch accounts settings", "/settings/mailboxes"),
    place("New mailbox", "imap fetch settings", "/settings/mailboxes/new"),
    place("Sign-in accounts", "oauth microsoft 365 google settings", "/settings/accounts"),
    place("New sign-in account", "oauth microsoft 365 google settings", "/settings/accounts/new"),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use kept_app::domain::ids::PersonId;
    use kept_app::domain::people::Role;
    use kept_app::reading::View;

    use super::*;
    use crate::routes::ROUTES;

    /// Answers of scripts, files, and what is only reached from something else.
    const NO_PLACES: &[&str] = &[
        "/notifications/bell",
        "/notifications/pop-ups",
        "/live",
        "/scorecards/tickets",
        "/scorecards/tickets.csv",
        "/scorecards/time",
        "/scorecards/time.csv",
        "/search/completions",
        "/search/goals",
        "/reports.csv",
        "/bulk",
        "/settings/agreements/new",
        "/settings/accounts/return",
    ];

    fn paths(role: Role) -> HashSet<&'static str> {
        let viewer = Viewer {
            person: PersonId(1),
            name: "Ines".into(),
            role,
        };
        seen_by(&viewer).map(|place| place.path).collect()
    }

    #[test]
    fn every_page_without_a_number_is_a_place() {
        let all = paths(Role::Admin);
        assert_eq!(
            all.len(),
            PLACES.len(),
            "a place is named twice, or no route leads there"
        );
        let pages = ROUTES.iter().filter(|it| {
            it.method == "GET"
                && !it.path.contains('{')
                && act_of(&Method::GET, it.path).is_some()
                && !NO_PLACES.contains(&it.path)
        });
        for page in pages {
            assert!(all.contains(page.path), "{} is missing", page.path);
        }
        for view in View::ALL.into_iter().filter(|view| *view != View::All) {
            let path = format!("/inbox?view={}", view.as_str());
            assert!(all.contains(&*path), "{path} is missing");
        }
    }

    #[test]
    fn each_role_is_offered_what_it_may_see() {
        let check = |path: &str, expected: [bool; 3]| {
            let seen = Role::ALL.map(|role| paths(role).contains(path));
            assert_eq!(seen, expected, "{path}");
        };
        check("/calls/new", [true; 3]);
        check("/settings/agreements", [true; 3]);
        check("/settings/rules", [false, true, true]);
        check("/settings/rules/new", [false, false, true]);
        check("/settings", [false, false, true]);
    }

    #[test]
    fn names_differ_and_keys_are_bound() {
        let names: HashSet<_> = PLACES.iter().map(|it| it.name).collect();
        assert_eq!(names.len(), PLACES.len());
        for place in PLACES.iter().filter(|it| it.key.is_some()) {
            assert!(place.keys().is_some(), "{}", place.name);
        }
    }
}
