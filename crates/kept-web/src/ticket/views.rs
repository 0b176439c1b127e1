//! The ticket page: heading with the strip, the conversation with the composer under it, the panel beside it.

use kept_app::domain::ids::MessageId;
use kept_app::domain::tickets::LONGEST_SUBJECT;
use kept_app::promises::{Listed, Offered};
use maud::{Markup, html};

use super::activity::{self, Choosing};
use super::composer::{Composer, composer};
use super::conversation::{Entry, conversation};
use super::handing;
use super::panel::{Panel, panel};
use super::suggestion;
use crate::bonds::views as bonds;
use crate::checklists::views as checklists;
use crate::layout::Shell;
use crate::numbers::count;
use crate::parts::{Icon, Strip, icon, life_strip, post_with, turn_mark};
use crate::presence;
use crate::promises::views as promises;

/// A whole ticket page.
#[derive(Debug, Clone)]
pub struct TicketPage {
    pub number: u64,
    pub subject: String,
    pub life: Life,
    /// Which of it is shown.
    pub choosing: Choosing,
    pub entries: Vec<Entry>,
    /// Absent where nothing can be said: on spam, and where another ticket goes on.
    pub composer: Option<Composer>,
    /// Who else has this page open.
    pub(crate) others: Vec<(presence::State, String)>,
    pub panel: Panel,
    /// What the reader wrote a moment ago and may keep as a promise.
    pub offered: Option<Offered>,
    /// What the client's last mail promises, and who wrote it.
    pub offered_by_client: Option<(String, Offered)>,
    /// The question in it, when they kept the turn all the same.
    pub left_asking: Option<String>,
    /// So many steps are to do on a ticket that the reader wants to resolve.
    pub asks_to_resolve: Option<usize>,
}

/// The strip and the line under it. `class` is that of the turn (`desk`, `client`, `late`, …).
#[derive(Debug, Clone)]
pub struct Life {
    pub strip: Strip,
    pub class: &'static str,
    /// `Our turn since 13:20, 42 min left to answer`.
    pub says: String,
    /// `ours 1 h 04 · theirs 1 h 50`, `promise due Fri 12:00`.
    pub facts: Vec<String>,
    /// Everything on the strip, a line each.
    pub told: Vec<String>,
}

impl TicketPage {
    /// Shows its promises beside the conversation, and those still to keep in the composer.
    pub(super) fn tell_promises(&mut self, listed: &[Listed]) {
        self.panel.promises = listed.iter().map(promises::shown).collect();
        if let Some(composer) = &mut self.composer {
            let ours = self.panel.promises.iter().filter(|it| !it.by_client);
            let owed = ours.filter(|it| it.state.is_owed());
            let owed = owed.map(|it| (it.id, it.what.clone(), false));
            composer.promises = owed.collect();
        }
    }

    /// Marks a message as one its author can still take back.
    pub(super) fn offer_undo(&mut self, message: MessageId) {
        let id = count(message.0);
        for entry in &mut self.entries {
            match entry {
                Entry::Message(said) if said.id == id => {
                    said.undo = Some(format!("/undo/message-{id}"));
                }
                _ => {}
            }
        }
    }
}

/// The content of the ticket page.
pub fn ticket(page: &TicketPage, shell: &Shell) -> Markup {
    html! {
        div.ticket {
            article.conv {
                (head(page, shell))
                (handing::asked(page.panel.handing.offer.as_ref(), page.number, shell))
                @if let Some(open) = page.asks_to_resolve { (checklists::resolve_anyway(open, page.number, shell)) }
                (activity::choices(&page.choosing, page.number, shell))
                (conversation(&page.entries, shell))
                div.composer-dock {
                    @if let Some(what) = &page.left_asking { (suggestion::left_asking(what, page.number, shell)) }
                    @if let Some(it) = &page.offered { (promises::offer(it, page.number, shell)) }
                    @else if let Some((who, it)) = &page.offered_by_client { (promises::offer_of_client(who, it, page.number, shell)) }
                    (presence::views::place(&page.others, page.number))
                    @if let Some(it) = &page.composer { (composer(it, page.number, shell)) }
                }
            }
            (panel(&page.panel, page.number, shell))
        }
        (thumb_bar(page.composer.is_some()))
    }
}

fn head(page: &TicketPage, shell: &Shell) -> Markup {
    html! {
        header.ticket-head {
            details.retitle {
                summary title="Change the subject" data-act="Change the subject…" {
                    h1 { (page.subject) " " span.number { "#" (page.number) } }
                    (icon(Icon::Pencil))
                }
                (subject_form(page, shell))
            }
            (life(&page.life))
            (bonds::blocked(&page.panel.links.others))
        }
    }
}

fn subject_form(page: &TicketPage, shell: &Shell) -> Markup {
    post_with(
        &format!("/tickets/{}/subject", page.number),
        &shell.csrf,
        "inline-form",
        html! {
            // A subject that was cut ends with an ellipsis beyond its limit.
            input type="text" name="subject" value=(page.subject) aria-label="Subject" required maxlength=(LONGEST_SUBJECT + 1);
            button.btn.btn-1 { "Save" }
        },
    )
}

fn life(life: &Life) -> Markup {
    html! {
        div.life {
            (life_strip(&life.strip))
            p { (turn_mark(life.class, &life.says)) @for fact in &life.facts { span { (fact) } } }
            @if !life.told.is_empty() {
                details.life-told { summary data-act="Tell the life turn by turn" { "Turn by turn" } ol { @for line in &life.told { li { (line) } } } }
            }
        }
    }
}

/// On a phone these stand where the thumb is; elsewhere the stylesheet hides them.
fn thumb_bar(can_write: bool) -> Markup {
    html! {
        nav.thumbs aria-label="This ticket" {
            a href="/inbox" { (icon(Icon::Back)) span { "Inbox" } }
            @if can_write { a.thumb-main href="#composer-words" { (icon(Icon::Reply)) span { "Reply" } } }
            a href="#panel" { (icon(Icon::Info)) span { "Details" } }
        }
    }
}
