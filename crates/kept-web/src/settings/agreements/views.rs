//! The list of agreements, and one of them in words.

use jiff::Timestamp;
use kept_app::agreements::{Shown, ShownVersion};
use kept_app::domain::agreements::{Clause, Difference, Scope, Topic, differences};
use kept_app::domain::clocks::Side;
use kept_app::domain::ids::PersonId;
use maud::{Markup, html};

use super::filled::name_of;
use super::year::year;
use crate::layout::Shell;
use crate::parts::{Choice, Icon, choices, icon, post_with};

/// Who is called what, for the words of an agreement.
pub(super) type Names<'a> = &'a dyn Fn(PersonId) -> String;

/// The content of the list. `without` are those that have none of their own.
pub(super) fn list(all: &[Shown], without: &[Choice], shell: &Shell) -> Markup {
    html! {
        ul.agreements { @for it in all { li { (listed(it, shell)) } } }
        @if shell.me.may_change_settings && !without.is_empty() {
            form.form.agreement-new action="/settings/agreements/new" {
                div.field {
                    label for="f-whose" { "Write one for a client or a queue" }
                    div.inline-form {
                        select id="f-whose" name="whose" { (choices(without, "")) }
                        button.btn { (icon(Icon::Plus)) "Write one" }
                    }
                    p.field-help { "It begins as a copy of what holds for them now." }
                }
            }
        }
    }
}

fn listed(it: &Shown, shell: &Shell) -> Markup {
    html! {
        div.agreement-row {
            a.agreement-name href={ "/settings/agreements/" (it.id) } { (it.name) }
            span.mut { (whose(it)) }
            span.dim { (standing(it, shell)) }
        }
    }
}

fn whose(it: &Shown) -> String {
    match it.scope {
        Scope::Everybody => "for everybody without one of their own".to_owned(),
        Scope::Client(_) => format!("client {}", it.whose),
        Scope::Queue(_) => format!("queue {}", it.whose),
    }
}

/// `Version 2 since 3 March`, `begins 1 January`, `over since 5 May`.
pub(crate) fn standing(it: &Shown, shell: &Shell) -> String {
    let (now, clock) = (shell.clock.now, &shell.clock);
    let day = |at: Timestamp| match at == Timestamp::UNIX_EPOCH {
        true => "the beginning".to_owned(),
        false => clock.short(at),
    };
    let mut says = match (it.holds(now), it.until.filter(|until| *until <= now)) {
        (Some(held), _) => format!(
            "Version {} since {}",
            held.version.number,
            day(held.version.from)
        ),
        (None, Some(until)) => format!("Over since {}", day(until)),
        (None, None) => "Not in force yet".to_owned(),
    };
    let planned = it.newest().filter(|it| it.version.from > now);
    if let Some(planned) = planned {
        says.push_str(&format!(
            "; version {} from {}",
            planned.version.number,
            day(planned.version.from)
        ));
    }
    if let Some(until) = it.until.filter(|until| *until > now) {
        says.push_str(&format!("; ends {}", day(until)));
    }
    says
}

/// The content of one agreement's page, showing one of its versions.
pub(super) fn one(
    it: &Shown,
    shown: &ShownVersion,
    of_year: i16,
    names: Names<'_>,
    shell: &Shell,
) -> Markup {
    let address = format!("/settings/agreements/{}", it.id);
    let wording = &shown.version.wording;
    let number = shown.version.number;
    html! {
        p.agreement-standing { b { (whose(it)) } " · " (standing(it, shell)) }
        @if shell.me.may_change_settings {
            div.page-acts { a.btn.btn-1 href={ (address) "/edit" } { (icon(Icon::Pencil)) "Change it" } }
        }
        @if it.versions.len() > 1 { h2.agreement-version { "Version " (number) } }
        (in_words(&wording.clauses(names)))
        section.block id="year" {
            h2 { "The year" }
            nav.year-nav aria-label="Year" {
                a.btn href={ (address) "?version=" (number) "&year=" (of_year - 1) "#year" } { (of_year - 1) }
                a.btn href={ (address) "?version=" (number) "&year=" (of_year + 1) "#year" } { (of_year + 1) }
            }
            (year(&wording.desk, of_year, "Our"))
            @if wording.client != wording.desk { (year(&wording.client, of_year, "Their")) }
        }
        (versions(it, shown, &address, names, shell))
        @if shell.me.may_change_settings && it.scope != Scope::Everybody { (ending(it, &address, shell)) }
    }
}

/// The agreement as sentences: a card for each kind of ticket, then the rest.
pub(super) fn in_words(clauses: &[Clause]) -> Markup {
    let mut topics: Vec<&Topic> = Vec::new();
    for clause in clauses {
        if !topics.contains(&&clause.topic) {
            topics.push(&clause.topic);
        }
    }
    let of = |topic: &Topic| {
        clauses
            .iter()
            .filter(|it| it.topic == *topic)
            .collect::<Vec<_>>()
    };
    html! {
        div.clauses { @for topic in topics { @match topic {
            Topic::Tickets(_) => { section.clause-card { h2 { (topic.words()) } (sentences(&of(topic))) } }
            Topic::Hours | Topic::Rules | Topic::Duties => { section.clause-card.is-wide { h2 { (topic.words()) } (sentences(&of(topic))) } }
            // The year shows them.
            Topic::Days(_) => {}
        } } }
    }
}

fn sentences(clauses: &[&Clause]) -> Markup {
    html! { ul { @for clause in clauses { li { (clause.says) } } } }
}

fn versions(
    it: &Shown,
    shown: &ShownVersion,
    address: &str,
    names: Names<'_>,
    shell: &Shell,
) -> Markup {
    let before = |place: usize| it.versions.get(place + 1);
    html! {
        section.block {
            h2 { "Versions" }
            ol.versions { @for (place, one) in it.versions.iter().enumerate() {
                li {
                    div.version-head {
                        a href={ (address) "?version=" (one.version.number) } aria-current=[(one.version.id == shown.version.id).then_some("true")] { "Version " (one.version.number) }
                        span.mut { (from(one, shell)) }
                        span.dim { (author(one, shell)) }
                        @if shell.me.may_change_settings && one.version.from > shell.clock.now {
                            (post_with(&format!("{address}/versions/{}/removal", one.version.number), &shell.csrf, "", html! { button.link { "Take it back" } }))
                        }
                    }
                    @if let Some(before) = before(place) {
                        (changes(&differences(&before.version.wording.clauses(names), &one.version.wording.clauses(names))))
                    }
                }
            } }
        }
    }
}

fn from(one: &ShownVersion, shell: &Shell) -> String {
    let verb = if one.version.from > shell.clock.now {
        "begins"
    } else {
        "since"
    };
    match one.version.from == Timestamp::UNIX_EPOCH {
        true => "since the beginning".to_owned(),
        false => format!("{verb} {}", shell.clock.full(one.version.from)),
    }
}

fn author(one: &ShownVersion, shell: &Shell) -> String {
    let written = one.author.as_ref();
    let name = written.and_then(|it| it.name.as_deref()).unwrap_or("Kept");
    written.map_or_else(String::new, |it| {
        format!("written by {name}, {}", shell.clock.short(it.at))
    })
}

/// What differs, the earlier wording struck out.
pub(super) fn changes(found: &[Difference]) -> Markup {
    html! {
        @if found.is_empty() { p.says { "Says the same as the version before." } } @else {
            details.more { summary { (found.len()) @if found.len() == 1 { " change" } @else { " changes" } }
                dl.changes { @for it in found { div {
                    dt { (about(it)) }
                    @if let Some(before) = &it.before { dd { del { (before) } } }
                    @if let Some(after) = &it.after { dd { ins { (after) } } }
                } } }
            }
        }
    }
}

fn about(it: &Difference) -> String {
    match it.topic {
        Topic::Days(Side::Desk) => format!("Our {}", it.about),
        Topic::Days(Side::Client) => format!("Their {}", it.about),
        _ => format!("{}: {}", it.topic.words(), it.about),
    }
}

fn ending(it: &Shown, address: &str, shell: &Shell) -> Markup {
    let now = shell.clock.now;
    html! {
        section.block {
            h2 { "The end" }
            @match it.until {
                Some(until) if until > now => {
                    p.says { "It ends " (shell.clock.full(until)) ". Tickets opened before keep it." }
                    (post_with(&format!("{address}/ending/removal"), &shell.csrf, "", html! { button.btn { "Let it go on" } }))
                }
                Some(until) => { p.says { "It is over since " (shell.clock.full(until)) ". To begin anew, change it." } }
                None => {
                    p.says { "From that day on it holds for no new ticket; what holds for others does then. Tickets opened before keep it." }
                    (post_with(&format!("{address}/ending"), &shell.csrf, "form", html! {
                        div.field { label for="f-until" { "Ends on" } div.inline-form { input id="f-until" type="date" name="until"; button.btn { "End it" } }
                            p.field-help { "Leave the day empty to end it at once." } }
                    }))
                }
            }
        }
    }
}

/// The agreement as a client's page shows it; `None` when everybody's holds.
pub(crate) fn on_card(client: i64, own: Option<&Shown>, shell: &Shell) -> Markup {
    let whose = name_of(Scope::Client(kept_app::domain::ids::ClientId(client)));
    html! {
        section.group { h2.group-title { "Agreement" }
            p.pad.agreement-standing {
                @match own {
                    Some(own) => { a href={ "/settings/agreements/" (own.id) } { (own.name) } span.mut { (standing(own, shell)) } }
                    None => {
                        span { "Everybody’s holds, or the queue’s." }
                        @if shell.me.may_change_settings { a href={ "/settings/agreements/new?whose=" (whose) } { "Write one" } }
                    }
                }
            }
        }
    }
}
