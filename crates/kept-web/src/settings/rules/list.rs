//! The list of rules, in the order in which they run.

use kept_app::domain::rules::Reading;
use kept_app::rules::Listed;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Empty, Icon, empty, icon, post};

/// The content of the list.
pub(super) fn list(rules: &[Listed], private_hosts: &str, shell: &Shell) -> Markup {
    let may_change = shell.me.may_change_settings;
    html! {
        @if may_change { div.page-acts { a.btn href="/settings/rules/new" { (icon(Icon::Plus)) "New rule" } } }
        @if rules.is_empty() { (none(may_change)) } @else {
            ol.rules { @for (at, rule) in rules.iter().enumerate() {
                (one(rule, at == 0, at + 1 == rules.len(), shell))
            } }
        }
        @if may_change { (hosts(private_hosts, shell)) }
    }
}

fn none(may_change: bool) -> Markup {
    let step = (
        "/settings/rules/new".to_owned(),
        "Write the first rule".to_owned(),
    );
    empty(&Empty {
        icon: Icon::Robot,
        title: "No rules yet".to_owned(),
        says: "A rule does by itself what you would do each time: when a ticket about a printer is opened, make somebody responsible and tag it.".to_owned(),
        step: may_change.then_some(step),
    })
}

fn one(listed: &Listed, first: bool, last: bool, shell: &Shell) -> Markup {
    let rule = &listed.rule;
    let address = format!("/settings/rules/{}", listed.id);
    let move_to = |way: &str, words: &str, off: bool| {
        post(
            &format!("{address}/position"),
            &shell.csrf,
            html! {
                button.link name="move" value=(way) disabled[off] aria-label={ "Move " (rule.name) " " (way) } { (words) }
            },
        )
    };
    let (switch, words) = if rule.on {
        ("off", "Switch off")
    } else {
        ("on", "Switch on")
    };
    html! {
        li.rule.is-off[!rule.on] {
            div.rule-head {
                a.rule-name href=(address) { (rule.name) }
                @if !rule.on { span.tag { "off" } }
                span.rule-fired { (fired(listed, shell)) }
            }
            (reading(&listed.reading))
            @for problem in &listed.problems { p.warning { (icon(Icon::Warning)) (problem) } }
            @if shell.me.may_change_settings {
                div.rule-acts {
                    (move_to("up", "Up", first)) (move_to("down", "Down", last))
                    (post(&format!("{address}/state"), &shell.csrf, html! { button.link name="state" value=(switch) { (words) } }))
                    a href={ (address) "/trial" } { "Dry run" }
                }
            }
        }
    }
}

fn fired(listed: &Listed, shell: &Shell) -> Markup {
    html! {
        @match listed.last {
            None => "has not fired yet",
            Some(last) => { "fired " (times(listed.times)) " in 30 days, last " (shell.clock.ago(last)) },
        }
    }
}

fn times(times: i64) -> String {
    match times {
        1 => "once".to_owned(),
        many => format!("{many} times"),
    }
}

/// A rule in words.
pub(super) fn reading(reading: &Reading) -> Markup {
    html! {
        p.rule-reading {
            b { "When " } (reading.when) ", "
            @if let Some(condition) = &reading.condition { b { "if " } code { (condition) } ", " }
            b { "then " } (reading.then)
            @if reading.stops { "; later rules are not asked" }
            "."
        }
    }
}

fn hosts(private_hosts: &str, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Web-hooks on your own network" }
            p.says { "Web-hooks reach the public internet only. Hosts named here may be private, one on each line, like chat.internal or 10.0.0.7." }
            (post("/settings/rules/private-hosts", &shell.csrf, html! {
                div.form {
                    textarea name="hosts" rows="2" aria-label="Private hosts that web-hooks may call" { (private_hosts) }
                    div.form-foot { button.btn { "Save" } }
                }
            }))
        }
    }
}
