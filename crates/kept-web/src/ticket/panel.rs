//! What stands beside the conversation: what is owed, who holds it, who asked, and the acts that are not writing.
//! Every act is a small form of its own.

use kept_app::checklists::Listed as Step;
use kept_app::duties::Run;
use kept_app::fields::Filled;
use kept_app::store::snoozes::Snooze;
use kept_app::time_entries::Sheet;
use maud::{Markup, html};

use super::fields;
use super::handing::{self, Handing};
use super::not_done::{self, NotDone};
use super::owed::{self, Owed};
use super::snoozing;
use super::speakers::{self, Participant, Question};
use super::watching::Watching;
use crate::bonds::naming::offering;
use crate::bonds::views::{self as bonds, Links};
use crate::checklists::views as checklists;
use crate::duties::views as duties;
use crate::inbox::row::TicketRow;
use crate::inventory::on_ticket::{self, OnTicket};
use crate::layout::Shell;
use crate::parts::{Choice, Face, Icon, avatar, choices, icon, post, post_with};
use crate::promises::views::{self as promises, Promised};
use crate::respond::encoded;
use crate::time_entries::views as time;

/// The panel of a ticket.
#[derive(Debug, Clone)]
pub struct Panel {
    pub owed: Owed,
    pub responsible: Option<String>,
    /// `on duty when it came`, `took it at 11:20`.
    pub responsible_says: String,
    /// Whose turn, whom it waits for, to whom it is offered.
    pub handing: Handing,
    /// What the reader put off, or what is just back for them.
    pub snooze: Option<Snooze>,
    pub can_snooze: bool,
    pub steps: Vec<Step>,
    pub can_edit_steps: bool,
    /// Who worked on it for how long, as far as it stands here.
    pub time: Sheet,
    pub can_log_time: bool,
    /// What the client was asked for by the agreement.
    pub duties: Vec<Run>,
    pub promises: Vec<Promised>,
    /// Whom a promise can be handed to.
    pub agents: Vec<Choice>,
    pub can_promise: bool,
    /// Nobody for the desk's own tickets.
    pub requester: Option<Requester>,
    pub participants: Vec<Participant>,
    /// Who of the desk hears of it besides.
    pub watching: Watching,
    /// Forwarded mails that can be made their writer's.
    pub offers: Vec<Question>,
    pub queues: Vec<Choice>,
    pub queue: String,
    pub priorities: Vec<Choice>,
    pub priority: String,
    pub kinds: Vec<Choice>,
    pub kind: String,
    pub tags: Vec<String>,
    /// What the desk asks besides.
    pub fields: Vec<Filled>,
    pub status: String,
    pub acts: Acts,
    /// The number it was just merged into in vain.
    pub merge_not_done: Option<NotDone>,
    /// What it is to others, and what it came out of.
    pub links: Links,
    /// The things it is about.
    pub assets: OnTicket,
    /// Other tickets of the same people.
    pub others: Vec<TicketRow>,
    /// The mails this ticket is made of: (words, address).
    pub sources: Vec<(String, String)>,
}

/// Who asked.
#[derive(Debug, Clone)]
pub struct Requester {
    pub id: u64,
    pub name: String,
    pub address: String,
    pub client: Option<(u64, String)>,
}

/// Which acts the ticket offers now.
#[derive(Debug, Clone, Copy, Default)]
pub struct Acts {
    pub resolve: bool,
    pub close: bool,
    pub reopen: bool,
    pub merge: bool,
    /// Whether it is marked as spam; `None` when it can't be.
    pub spam: Option<bool>,
}

/// The panel of ticket `number`.
pub fn panel(panel: &Panel, number: u64, shell: &Shell) -> Markup {
    html! {
        aside.panel id="panel" aria-label="About this ticket" {
            (owed::section(&panel.owed, &shell.clock))
            (duties::section(&panel.duties, panel.can_promise, shell))
            (promises::section(&panel.promises, panel.can_promise, &panel.agents, number, shell))
            (handing::turn(&panel.handing, number, shell))
            (snoozing::section(panel.snooze.as_ref(), panel.can_snooze, number, shell))
            (checklists::section(&panel.steps, panel.can_edit_steps, &panel.agents, number, shell))
            (time::section(&panel.time, panel.can_log_time, number, shell))
            (responsible(panel, number, shell))
            (requester(panel.requester.as_ref(), &panel.offers, number, shell))
            (speakers::participants(&panel.participants, &panel.watching, number, shell))
            (on_ticket::section(&panel.assets, number, shell))
            (bonds::section(&panel.links, number, shell))
            @if !panel.others.is_empty() { (others(&panel.others)) }
            (sorting(panel, number, shell))
            (fields::section(&panel.fields, number, shell))
            (tags(panel, number, shell))
            (acts(panel, number, shell))
            @if !panel.sources.is_empty() { (sources(&panel.sources)) }
        }
    }
}

fn responsible(panel: &Panel, number: u64, shell: &Shell) -> Markup {
    let name = panel.responsible.clone().unwrap_or_default();
    html! {
        section {
            h2 { "Responsible" }
            details.assign {
                summary data-key="assign" data-act="Assign to…" {
                    (avatar(&Face::of(&name)))
                    span.who { b { @if name.is_empty() { "Nobody yet" } @else { (name) } } small { (panel.responsible_says) } }
                    span.change { "Change" }
                }
                (handing::hand_over(&panel.handing, number, shell))
            }
            (handing::take(&panel.handing, number, shell))
            (handing::offered(panel.handing.offer.as_ref(), number, shell))
        }
    }
}

fn requester(who: Option<&Requester>, offers: &[Question], number: u64, shell: &Shell) -> Markup {
    let client = who.and_then(|who| who.client.as_ref());
    html! {
        section {
            h2 { @match client { Some((id, name)) => a href={ "/clients/" (id) } { (name) }, None => "Requester" } }
            @if let Some(who) = who {
                a.card-person href={ "/people/" (who.id) } {
                    (avatar(&Face::of(&who.name)))
                    span.who { b { (who.name) } small { (who.address) } }
                }
            }
            @for asked in offers { (speakers::offer(asked, shell)) }
            (speakers::wrong_person(number, shell))
        }
    }
}

fn others(others: &[TicketRow]) -> Markup {
    html! {
        section {
            h2 { "Also open for them" }
            ul.others { @for other in others {
                li { a href={ "/tickets/" (other.number) } { (other.subject) } " " span.dim { "#" (other.number) } }
            } }
        }
    }
}

fn sorting(panel: &Panel, number: u64, shell: &Shell) -> Markup {
    html! {
        section {
            h2 { "Sorting" span.status { (panel.status) } }
            (pick(number, shell, "queue", "Queue", &panel.queues, &panel.queue))
            (pick(number, shell, "priority", "Priority", &panel.priorities, &panel.priority))
            (pick(number, shell, "kind", "Kind", &panel.kinds, &panel.kind))
        }
    }
}

fn tags(panel: &Panel, number: u64, shell: &Shell) -> Markup {
    html! {
        section {
            h2 { "Tags" }
            @if !panel.tags.is_empty() {
                ul.tags { @for tag in &panel.tags { li.tag {
                    a href={ "/search?q=tag%3A" (encoded(tag)) } { (tag) }
                    (post(&format!("/tickets/{number}/tags/{}/removal", encoded(tag)), &shell.csrf, html! {
                        button.tag-off aria-label={ "Take the tag " (tag) " off" } { (icon(Icon::Cross)) }
                    }))
                } } }
            }
            (post_with(&format!("/tickets/{number}/tags"), &shell.csrf, "inline-form", html! {
                input type="text" name="tag" required maxlength="40" placeholder="vip, paper-jam" aria-label="New tag" autocomplete="off";
                button.btn data-act="Add a tag…" { "Add" }
            }))
        }
    }
}

/// With scripts the form is sent when the choice changes; the button is there for those without.
fn pick(
    number: u64,
    shell: &Shell,
    noun: &str,
    label: &str,
    offered: &[Choice],
    chosen: &str,
) -> Markup {
    post_with(
        &format!("/tickets/{number}/{noun}"),
        &shell.csrf,
        "pick",
        html! {
            label for={ "pick-" (noun) } { (label) }
            send-on-change { select id={ "pick-" (noun) } name=(noun) { (choices(offered, chosen)) } button.btn data-act={ "Change the " (noun) "…" } { "Set" } }
        },
    )
}

fn acts(panel: &Panel, number: u64, shell: &Shell) -> Markup {
    let on = &panel.acts;
    let act = |noun: &str, mark, words: &str| {
        post(
            &format!("/tickets/{number}/{noun}"),
            &shell.csrf,
            html! { button.act { (icon(mark)) (words) } },
        )
    };
    html! {
        section.acts {
            h2.visually-hidden { "Acts" }
            @if on.resolve { (act("resolution", Icon::Check, "Resolve without a reply")) }
            @if on.close { (act("closing", Icon::Archive, "Close: the client confirmed")) }
            @if on.reopen { (act("reopening", Icon::Undo, "Open it again")) }
            @if on.merge {
                a.act href={ "/tickets/" (number) "/split" } { (icon(Icon::Plus)) "Split messages off" }
                (merge(panel.merge_not_done.as_ref(), number, shell))
            }
            @if let Some(is_spam) = on.spam { (spam(is_spam, number, shell)) }
        }
    }
}

fn merge(not_done: Option<&NotDone>, number: u64, shell: &Shell) -> Markup {
    html! {
        details.act-more open[not_done.is_some()] {
            summary.act data-act="Merge into another ticket…" { (icon(Icon::Join)) "Merge into another ticket" }
            (post_with(&format!("/tickets/{number}/merge"), &shell.csrf, "inline-form", html! {
                (offering(number, "merged-offers", html! {
                    input type="text" name="into" required placeholder="#1038; type words to find it" aria-label="Number of the other ticket"
                        role="combobox" aria-expanded="false" aria-controls="merged-offers" aria-autocomplete="list" autocomplete="off"
                            value=[not_done.map(|it| &it.typed)] autofocus[not_done.is_some()] aria-invalid=[not_done.map(|_| "true")] aria-describedby=[not_done.map(|_| "merge-why")];
                }))
                button.btn { "Merge" }
            }))
            (not_done::why(not_done, "merge"))
        }
    }
}

fn spam(is_spam: bool, number: u64, shell: &Shell) -> Markup {
    let (value, words) = if is_spam {
        ("no", "Not spam after all")
    } else {
        ("yes", "Mark as spam")
    };
    post(
        &format!("/tickets/{number}/spam"),
        &shell.csrf,
        html! { button.act name="spam" value=(value) { (icon(Icon::Ban)) (words) } },
    )
}

fn sources(sources: &[(String, String)]) -> Markup {
    html! {
        section {
            details.sources {
                summary { "Raw mail" }
                ul { @for (words, href) in sources { li { a href=(href) data-turbo="false" { (words) } } } }
            }
        }
    }
}
