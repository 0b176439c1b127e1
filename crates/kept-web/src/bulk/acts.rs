//! The acts as a form offers and sends them, and as pages say them.

use kept_app::domain::bulk::BulkAct;
use kept_app::domain::ids::{PersonId, QueueId};
use kept_app::domain::tickets::{Priority, Tag};
use kept_app::reading;

use crate::errors::Failure;
use crate::forms::Fields;
use crate::parts::Choice;
use crate::session::SignedIn;
use crate::web::Web;

/// Choices of one kind under their heading.
pub(crate) type Offered = Vec<(&'static str, Vec<Choice>)>;

/// Everything that can be done to many tickets.
pub(crate) async fn offered(web: &Web, who: &SignedIn) -> Result<Offered, Failure> {
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let here = agents.iter().filter(|agent| !agent.has_left);
    let plain = |value: &str, words: &str| Choice::new(value, words);
    Ok(vec![
        (
            "Where they stand",
            vec![
                plain("close", "Close"),
                plain("resolve", "Resolve"),
                plain("reopen", "Reopen"),
                plain("spam", "Mark as spam"),
            ],
        ),
        (
            "Assign to",
            here.map(|agent| Choice::new(format!("assign-{}", agent.id), &*agent.name))
                .collect(),
        ),
        (
            "Move to",
            queues
                .iter()
                .map(|(queue, _)| Choice::new(format!("queue-{}", queue.id), &*queue.name))
                .collect(),
        ),
        (
            "Priority",
            Priority::ALL
                .into_iter()
                .map(|it| Choice::new(format!("priority-{}", it.as_str()), it.as_str()))
                .collect(),
        ),
        (
            "Tags",
            vec![
                plain("tag", "Add the tag"),
                plain("untag", "Take the tag off"),
            ],
        ),
    ])
}

/// The act a form names; the problem in words when there is none.
pub(crate) fn read(fields: &Fields) -> Result<BulkAct, String> {
    let text = fields.get("act");
    let nothing = || "Choose what to do with them.".to_owned();
    match text {
        "close" => return Ok(BulkAct::Close),
        "resolve" => return Ok(BulkAct::Resolve),
        "reopen" => return Ok(BulkAct::Reopen),
        "spam" => return Ok(BulkAct::Spam),
        "tag" | "untag" => {
            let tag = Tag::parse(fields.get("tag")).map_err(|bad| format!("The tag: {bad}."))?;
            return Ok(match text {
                "tag" => BulkAct::Tag { tag },
                _ => BulkAct::Untag { tag },
            });
        }
        _ => {}
    }
    let (kind, to) = text.split_once('-').ok_or_else(nothing)?;
    let id = || to.parse().map_err(|_| nothing());
    match kind {
        "assign" => Ok(BulkAct::Assign {
            to: PersonId(id()?),
        }),
        "queue" => Ok(BulkAct::Queue { to: QueueId(id()?) }),
        "priority" => Priority::from_text(to)
            .map(|to| BulkAct::Priority { to })
            .ok_or_else(nothing),
        _ => Err(nothing()),
    }
}

/// What is done to them, after “will be” or “were”: `given to Ines Moreau`.
pub(crate) fn words(act: &BulkAct, offered: &Offered) -> String {
    let named = |value: String| {
        let mut all = offered.iter().flat_map(|(_, choices)| choices);
        let known = all.find(|choice| choice.value == value);
        known.map_or_else(|| "somebody".to_owned(), |it| it.words.clone())
    };
    match act {
        BulkAct::Assign { to } => format!("assigned to {}", named(format!("assign-{to}"))),
        BulkAct::Offer { to } => format!("offered to {}", named(format!("assign-{to}"))),
        BulkAct::Queue { to } => format!("moved to {}", named(format!("queue-{to}"))),
        BulkAct::Priority { to } => format!("given the priority {}", to.as_str()),
        BulkAct::Tag { tag } => format!("tagged {tag}"),
        BulkAct::Untag { tag } => format!("freed of the tag {tag}"),
        BulkAct::Resolve => "resolved".to_owned(),
        BulkAct::Close => "closed".to_owned(),
        BulkAct::Reopen => "reopened".to_owned(),
        BulkAct::Spam => "marked as spam".to_owned(),
    }
}

/// What the button says before “3 tickets”.
pub(super) fn imperative(act: &BulkAct) -> &'static str {
    match act {
        BulkAct::Assign { .. } => "Assign",
        BulkAct::Offer { .. } => "Offer",
        BulkAct::Queue { .. } => "Move",
        BulkAct::Priority { .. } => "Change the priority of",
        BulkAct::Tag { .. } => "Tag",
        BulkAct::Untag { .. } => "Take the tag off",
        BulkAct::Resolve => "Resolve",
        BulkAct::Close => "Close",
        BulkAct::Reopen => "Reopen",
        BulkAct::Spam => "Mark as spam:",
    }
}
