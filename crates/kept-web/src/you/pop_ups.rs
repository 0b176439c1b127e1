//! The switch for notices on this very computer. The browser holds it, so the script shows which of these words is true.

use maud::{Markup, html};

/// The section of the page.
pub(super) fn section() -> Markup {
    html! {
        section.block id="pop-ups" {
            h2 { "On this computer" }
            p.says { "What you tick as “on screen” shows in a corner of this computer’s screen, in your desk’s hours and while a tab of Kept is open here. Nothing goes through anybody else’s server." }
            pop-up-switch {
                p data-state="none" { "This needs JavaScript, which is off here." }
                p data-state="unable" hidden { "This browser can’t do it here: it needs a computer’s browser and an address that begins with https://." }
                p data-state="denied" hidden { "Your browser keeps Kept from showing anything. Allow notifications for this site, by the sign beside its address, then load this page again." }
                div.form-foot data-state="off" hidden {
                    button.btn type="button" data-switch="on" { "Show on this computer" }
                    span.says { "Your browser will ask you." }
                }
                div.form-foot data-state="on" hidden {
                    button.btn type="button" data-switch="off" { "Stop showing here" }
                    span.says { "Notices show on this computer." }
                }
            }
        }
    }
}
