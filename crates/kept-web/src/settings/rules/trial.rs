//! What a rule would have done.

use kept_app::rules::Trial;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Icon, icon};

/// The result of a dry run.
pub(super) fn trial(trial: &Trial, days: u16, shell: &Shell) -> Markup {
    html! {
        section.block.trial id="trial" {
            h2 { "Dry run" }
            p.says { (says(trial, days)) " Nothing was changed." }
            @for text in &trial.texts { div.rule-card { p.says { "For the latest of them it would have written:" } pre { (text) } } }
            @if !trial.rows.is_empty() {
                table.list {
                    thead { tr { th { "Ticket" } th { "When" } th { "It would have" } } }
                    tbody { @for row in &trial.rows { tr {
                        td { a href={ "/tickets/" (row.ticket) } { "#" (row.ticket) " " (row.subject) } }
                        td { (row.because) ", " (shell.clock.ago(row.at)) }
                        td { @if row.acts.is_empty() { span.mut { "changed nothing: it was so already" } } @else { (row.acts.join(", ")) } }
                    } } }
                }
                @if trial.fired > trial.rows.len() { p.says { (icon(Icon::Info)) "The latest " (trial.rows.len()) " are shown." } }
            }
        }
    }
}

fn says(trial: &Trial, days: u16) -> String {
    let tickets = match trial.tickets {
        1 => "1 ticket".to_owned(),
        many => format!("{many} tickets"),
    };
    let fired = match trial.fired {
        0 => "it would not have fired".to_owned(),
        1 => "it would have fired once".to_owned(),
        many => format!("it would have fired {many} times"),
    };
    format!("Over {tickets} of the last {days} days {fired}.")
}
