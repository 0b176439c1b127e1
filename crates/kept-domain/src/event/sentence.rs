//! Says an event in words a person would use.

use super::{Actor, Event, Reopening};
use crate::delivery::Setback;
use crate::fields::Value;
use crate::ids::{MessageId, PersonId, QueueId, TicketId};
use crate::intake::Why as _;
use crate::messages::InvitationAnswer;
use crate::queues::Chosen;
use crate::snoozes::Until;
use crate::tickets::{AndThen, Link};
use crate::time_entries::Details;
use crate::turn::Turn;

/// Looks up what people call a person or a queue.
pub trait Names {
    fn person(&self, id: PersonId) -> String;
    fn queue(&self, id: QueueId) -> String;
}

/// The event as one line with its actor, whom `by` names: “Ines Castro: tagged it vip”. Where the sentence names the actor
/// itself, or says what happened without anybody's doing, it stands alone.
pub fn line(event: &Event, actor: Actor, by: &str, names: &dyn Names) -> String {
    let me = match actor {
        Actor::Person(me) => Some(me),
        Actor::Rule(_) | Actor::Kept => None,
    };
    if stands_alone(event) || me.is_some_and(|me| names_actor(event, me)) {
        return sentence(event, names);
    }
    let says = match me {
        Some(me) => of_themselves(event, me, names)
            .unwrap_or_else(|| sentence(event, &WithoutActor { me, names })),
        None => sentence(event, names),
    };
    match begins_with(event) {
        Some(_) => format!("{by}: {says}"),
        None => format!("{by}: {}", lower(&says)),
    }
}

/// The person whose name the sentence begins with.
fn begins_with(event: &Event) -> Option<PersonId> {
    match event {
        Event::DelegationAccepted { to, .. }
        | Event::DelegationDeclined { to, .. }
        | Event::DelegationTimedOut { to, .. }
        | Event::PromiseHandedOver { to, .. } => Some(*to),
        _ => None,
    }
}

/// Whether the sentence is about whoever did it.
fn names_actor(event: &Event, me: PersonId) -> bool {
    let woken = matches!(event, Event::Woken { person, .. } if *person == me);
    woken || begins_with(event) == Some(me)
}

/// What happens to the ticket rather than being done by somebody.
fn stands_alone(event: &Event) -> bool {
    matches!(
        event,
        Event::Opened { .. }
            | Event::Acknowledged { .. }
            | Event::DeliveryFailed { .. }
            | Event::CameBack { .. }
            | Event::NotSent { .. }
            | Event::StayedSilent { .. }
            | Event::DelegationTimedOut { .. }
            | Event::Reopened {
                why: Reopening::ClientWrote | Reopening::DeskWrote | Reopening::NobodyHeard,
            }
    )
}

/// What people do to themselves has words of its own.
fn of_themselves(event: &Event, me: PersonId, names: &dyn Names) -> Option<String> {
    Some(match event {
        Event::Assigned { from, to } if *to == me && *from == me => "stays responsible".to_owned(),
        Event::Assigned { from, to } if *to == me => {
            format!("took it over from {}", names.person(*from))
        }
        Event::Assigned { from, to } if *from == me => {
            format!("handed it over to {}", names.person(*to))
        }
        Event::Watched { person } if *person == me => "watches it from now on".to_owned(),
        Event::Unwatched { person } if *person == me => "no longer watches it".to_owned(),
        Event::RequesterChanged { from, to, .. } if *to == Some(me) => {
            let before = from.filter(|from| *from != me);
            let before = before.map(|from| format!(", before: {}", names.person(from)));
            format!("made this their own ticket{}", before.unwrap_or_default())
        }
        _ => return None,
    })
}

/// Names everybody but whoever did it, who is named already.
struct WithoutActor<'a> {
    me: PersonId,
    names: &'a dyn Names,
}

impl Names for WithoutActor<'_> {
    fn person(&self, id: PersonId) -> String {
        match id == self.me {
            true => "themselves".to_owned(),
            false => self.names.person(id),
        }
    }

    fn queue(&self, id: QueueId) -> String {
        self.names.queue(id)
    }
}

/// The event as one line without its actor and time, capitalised, without a full stop.
pub fn sentence(event: &Event, names: &dyn Names) -> String {
    match event {
        Event::Opened {
            responsible,
            chosen,
            queue,
            ..
        } => opened(*chosen, &names.person(*responsible), &names.queue(*queue)),
        Event::MessageReceived {
            reason,
            automatic: false,
            ..
        } => capital(&reason.to_string()),
        Event::MessageReceived {
            reason,
            automatic: true,
            ..
        } => {
            format!("Automatic mail, filed only: {reason}")
        }
        Event::Acknowledged { to, .. } => {
            format!("Told {to} that it arrived and what happens next")
        }
        Event::Replied { then, .. } => replied(*then).to_owned(),
        Event::Noted { .. } => "Wrote a note for the desk".to_owned(),
        Event::Forwarded {
            of: Some(_), to, ..
        } => format!("Forwarded a message to {to}"),
        Event::Forwarded { of: None, to, .. } => format!("Forwarded the conversation to {to}"),
        Event::ForwardAnswered { reason, .. } => {
            format!("Answered the desk alone what was forwarded: {reason}")
        }
        Event::Withdrawn { .. } => "Took back a message before it went out".to_owned(),
        Event::Assigned { from, to } => {
            format!(
                "Made {} responsible, before: {}",
                names.person(*to),
                names.person(*from)
            )
        }
        Event::QueueChanged { from, to } => {
            format!("Moved from {} to {}", names.queue(*from), names.queue(*to))
        }
        Event::PriorityChanged { from, to } => {
            format!(
                "Changed the priority from {} to {}",
                from.as_str(),
                to.as_str()
            )
        }
        Event::KindChanged { from, to } => {
            format!("Changed the kind from {} to {}", from.as_str(), to.as_str())
        }
        Event::TagAdded { tag } => format!("Tagged it {tag}"),
        Event::TagRemoved { tag } => format!("Took the tag {tag} off"),
        Event::AnsweredByRule { .. } => "Answered with a text written beforehand".to_owned(),
        Event::Notified { person } => format!("Told {} by mail", names.person(*person)),
        Event::HookCalled { host } => format!("Told {host}"),
        Event::RuleHeldBack { why } => format!("Held back: {why}"),
        Event::SubjectChanged { from, .. } => format!("Changed the subject, before: “{from}”"),
        Event::Resolved => "Resolved; the client can confirm or reopen it".to_owned(),
        Event::Reopened { why } => reopened(*why).to_owned(),
        Event::Closed => "Closed".to_owned(),
        Event::EndingTakenBack { .. } => "Took the end back; it stands as before".to_owned(),
        Event::MarkedSpam => "Marked as spam".to_owned(),
        Event::UnmarkedSpam => "Said this is not spam".to_owned(),
        Event::MergedInto { ticket } => format!("Merged into #{ticket}"),
        Event::MergeUndone { ticket } => format!("Took the merge into #{ticket} back"),
        Event::Absorbed {
            ticket,
            turn: Some(Turn::Desk),
            ..
        } => format!("#{ticket}, which waited for the desk, was merged into this ticket"),
        Event::Absorbed { ticket, .. } => format!("#{ticket} was merged into this ticket"),
        Event::Released { ticket, .. } => format!("#{ticket} stands by itself again"),
        Event::MovedOut { messages, to, .. } => format!("Moved {} to #{to}", several(messages)),
        Event::MovedIn {
            messages,
            from,
            split: true,
        } => format!("Made {} of #{from} a ticket of its own", several(messages)),
        Event::MovedIn { messages, from, .. } => {
            format!("Moved {} here from #{from}", several(messages))
        }
        Event::MovedBack { messages, from, .. } => {
            format!("Took {} back from #{from}", several(messages))
        }
        Event::Linked { ticket, link } => linked(*link, *ticket),
        Event::LinkedFrom { ticket, link } => linked_from(*link, *ticket),
        Event::Related { bond, ticket } => format!("Said that it {} #{ticket}", bond.words()),
        Event::Unrelated { bond, ticket } => {
            format!("Said that it no longer {} #{ticket}", bond.words())
        }
        Event::AlsoSentTo { queue } => {
            format!(
                "Sent to {} as well; this one ticket does for both",
                names.queue(*queue)
            )
        }
        Event::ParticipantAdded {
            person, address, ..
        } => format!("Added {}, who hears at {address}", names.person(*person)),
        Event::ParticipantRemoved { person } => {
            format!("Took {} out of the conversation", names.person(*person))
        }
        Event::RequesterChanged { from, to, .. } => requester_changed(*from, *to, names),
        Event::ForwardLeft { .. } => "Left the ticket with whoever forwarded the mail".to_owned(),
        Event::ForwardAskedAgain { .. } => "Asked again whose ticket this is".to_owned(),
        Event::DeliveryFailed { to, error, .. } => format!("Not delivered to {to}: {error}"),
        Event::InvitationAnswered { answer, to, .. } => {
            format!("{} and told {to}", answered(*answer))
        }
        Event::CameBack {
            to,
            kind,
            status,
            reason,
            ..
        } => came_back(*kind, to, reason, status.as_deref()),
        Event::NotSent { to, reason, .. } => {
            format!("Not sent to {to}: mail there comes back, {reason}")
        }
        Event::StayedSilent { why } => format!("Sent no automatic answer: {}", why.why()),
        Event::TurnCorrected { to, why } => format!("Said it is {}: {why}", turn(*to)),
        Event::WaitBegan { wait } => format!("Waiting on {} for {}", wait.party, wait.what),
        Event::WaitChanged { wait } => {
            format!("Still waiting on {} for {}", wait.party, wait.what)
        }
        Event::WaitEnded => "No longer waiting on anybody else".to_owned(),
        Event::Delegated {
            to,
            note: Some(note),
            ..
        } => format!("Asked {} to take it: {note}", names.person(*to)),
        Event::Delegated { to, .. } => format!("Asked {} to take it", names.person(*to)),
        Event::DelegationAccepted { to, .. } => format!("{} took it", names.person(*to)),
        Event::DelegationDeclined { to, why, .. } => {
            format!("{} did not take it: {why}", names.person(*to))
        }
        Event::DelegationTimedOut { from, to } => format!(
            "{} did not answer in time; it stays with {}",
            names.person(*to),
            names.person(*from)
        ),
        Event::DelegationWithdrawn { to, .. } => {
            format!("No longer asks {} to take it", names.person(*to))
        }
        Event::Promised { what, .. } => format!("Promised: {what}"),
        Event::PromiseMoved { .. } => "Agreed on another time for a promise".to_owned(),
        Event::PromiseKept { .. } => "Kept a promise".to_owned(),
        Event::PromiseBroken { .. } => "A promise was not kept in time".to_owned(),
        Event::PromiseHandedOver { to, .. } => {
            format!("{} keeps the promise from now on", names.person(*to))
        }
        Event::DutyAsked {
            what,
            outgoing: Some(_),
            ..
        } => format!("Asked the client for what they agreed to: {what}"),
        Event::DutyAsked { what, .. } => {
            format!("Due by the agreement, but there is nobody to ask: {what}")
        }
        Event::DutyDone { .. } => "Said that the client did what they agreed to".to_owned(),
        Event::DutyNotDone { why, .. } => {
            format!("Said that the client did not do what they agreed to: {why}")
        }
        Event::Called { wanted, .. } => {
            format!("Logged a call; we are to {}", wanted.words())
        }
        Event::CallConfirmed { .. } => "Confirmed what was said in the call".to_owned(),
        Event::CallCorrected { wanted, .. } => {
            format!(
                "Corrected what was said in the call; we are to {}",
                wanted.words()
            )
        }
        Event::Confirmed => "Confirmed that it is done".to_owned(),
        Event::Warned { owed, to, .. } => {
            format!("Warned {}: {} is due soon", names.person(*to), owed.words())
        }
        Event::Missed { owed, .. } => format!("Late: {}", owed.words()),
        Event::Escalated { owed, to, .. } => {
            format!("Told {} that {} is late", names.person(*to), owed.words())
        }
        Event::Reminded { owed, .. } => format!("Reminded the client: {}", owed.words()),
        Event::Parked => "Parked: no word from the client; any word of theirs wakes it".to_owned(),
        Event::ClosedUnanswered => "Closed: parked for as long as was agreed".to_owned(),
        Event::AgreementChanged { .. } => "Another wording of the agreement holds".to_owned(),
        Event::StepAdded { what, .. } => format!("Added a step: {what}"),
        Event::StepChanged { what, .. } => format!("Changed a step: {what}"),
        Event::StepMoved { .. } => "Put the steps in another order".to_owned(),
        Event::StepRemoved { step } => format!("Removed step {step}"),
        Event::StepTicked {
            step,
            evidence: Some(evidence),
        } => format!("Did step {step}: {evidence}"),
        Event::StepTicked { step, .. } => format!("Did step {step}"),
        Event::StepUnticked { step } => format!("Step {step} is to do again"),
        Event::Watched { person } => format!("Made {} a watcher", names.person(*person)),
        Event::Unwatched { person } => format!("Took {} off the watchers", names.person(*person)),
        Event::AssetLinked { name, .. } => format!("Said that it is about {name}"),
        Event::AssetUnlinked { name, .. } => format!("Said that it is not about {name}"),
        Event::FieldFilled { name, from, to, .. } => field(name, from, to, names),
        Event::TimeLogged { details, .. } => logged(details),
        Event::TimeChanged { from, to, why, .. } => because(changed_time(from, to), why),
        Event::TimeRemoved { spent, why, .. } => {
            because(format!("Took {spent} of work off again"), why)
        }
        Event::TimeRestored { spent, .. } => format!("Put {spent} of work back"),
        Event::Snoozed { until } => snoozed(*until).to_owned(),
        Event::Woken { person, why } => {
            format!("Back for {}: {}", names.person(*person), why.words())
        }
    }
}

fn field(name: &str, from: &Option<Value>, to: &Option<Value>, names: &dyn Names) -> String {
    let says = |value: &Value| match value {
        Value::Person(person) => names.person(*person),
        value => value.text(),
    };
    match (from, to) {
        (None, Some(to)) => format!("Filled in {name}: {}", says(to)),
        (Some(from), Some(to)) => {
            format!("Changed {name} from {} to {}", says(from), says(to))
        }
        (Some(from), None) => format!("Emptied {name}, before: {}", says(from)),
        (None, None) => format!("Left {name} empty"),
    }
}

fn logged(details: &Details) -> String {
    let kind = details.work_type.of_time();
    match &details.text {
        Some(text) => format!("Logged {}{kind}: {text}", details.spent),
        None => format!("Logged {}{kind}", details.spent),
    }
}

fn changed_time(from: &Details, to: &Details) -> String {
    match from.spent == to.spent {
        true => format!("Changed what is logged of {}", to.spent),
        false => format!("Changed {} of work to {}", from.spent, to.spent),
    }
}

fn because(says: String, why: &Option<String>) -> String {
    match why {
        Some(why) => format!("{says}: {why}"),
        None => says,
    }
}

fn turn(turn: Turn) -> &'static str {
    match turn {
        Turn::Desk => "our turn",
        Turn::Client => "the client’s turn",
        Turn::ThirdParty => "a third party’s turn",
        Turn::Nobody => "nobody’s turn",
    }
}

fn snoozed(until: Until) -> &'static str {
    match until {
        Until::Time(_) => "Snoozed it for themselves",
        Until::ClientWrites => "Snoozed it for themselves until the client writes",
        Until::AnythingHappens => "Snoozed it for themselves until something happens",
    }
}

fn answered(answer: InvitationAnswer) -> &'static str {
    match answer {
        InvitationAnswer::Accepted => "Accepted the invitation",
        InvitationAnswer::Tentative => "Accepted the invitation tentatively",
        InvitationAnswer::Declined => "Declined the invitation",
    }
}

/// What came back about a mail to `to`, in one line: `Not delivered to dana@acme.example: no such
/// mailbox (5.1.1)`.
pub fn came_back(kind: Setback, to: &str, reason: &str, status: Option<&str>) -> String {
    let code = status.map_or_else(String::new, |status| format!(" ({status})"));
    match kind {
        Setback::Hard | Setback::Soft | Setback::Refused => {
            format!("Not delivered to {to}: {reason}{code}")
        }
        Setback::Delayed => {
            format!("Not yet delivered to {to}: {reason}{code}; their server keeps trying")
        }
        Setback::Complaint => format!("Delivered to {to}, who reported it as unwanted"),
        Setback::Skipped => format!("Not sent to {to}: mail there comes back, {reason}{code}"),
    }
}

fn opened(chosen: Chosen, who: &str, queue: &str) -> String {
    match chosen {
        Chosen::OnDuty => format!("New ticket; {who} is on duty for {queue}"),
        Chosen::Member => format!("New ticket; {who} has the fewest open tickets in {queue}"),
        Chosen::Dispatcher => format!("New ticket; nobody is on duty for {queue}, {who} holds it"),
        Chosen::Opener => format!("New ticket in {queue}, opened and taken by {who}"),
    }
}

fn several(messages: &[MessageId]) -> String {
    match messages.len() {
        1 => "a message".to_owned(),
        many => format!("{many} messages"),
    }
}

fn linked(link: Link, older: TicketId) -> String {
    match link {
        Link::Follows => format!("Follows #{older}, which had been closed"),
        Link::Forwards => format!("Forwarded from #{older} about something else"),
        Link::SplitFrom => format!("Split out of #{older}"),
    }
}

fn linked_from(link: Link, younger: TicketId) -> String {
    match link {
        Link::Follows => format!("A mail came after this was closed; it opened #{younger}"),
        Link::Forwards => format!("Forwarded about something else; that opened #{younger}"),
        Link::SplitFrom => format!("#{younger} was split out of this ticket"),
    }
}

fn requester_changed(from: Option<PersonId>, to: Option<PersonId>, names: &dyn Names) -> String {
    let name = |person: Option<PersonId>| {
        person.map_or_else(|| "nobody".to_owned(), |person| names.person(person))
    };
    format!(
        "Made this {}’s ticket, before: {}",
        to.map_or_else(|| "the desk".to_owned(), |person| names.person(person)),
        name(from)
    )
}

fn replied(then: AndThen) -> &'static str {
    match then {
        AndThen::Ask => "Asked the client; their turn",
        AndThen::Update => "Told the client; still our turn",
        AndThen::Resolve => "Answered and resolved",
    }
}

fn reopened(why: Reopening) -> &'static str {
    match why {
        Reopening::ClientWrote => "Reopened: the client wrote again",
        Reopening::DeskWrote => "Reopened: the desk wrote again",
        Reopening::ByHand | Reopening::AsNew => "Reopened",
        Reopening::NobodyHeard => "Reopened: our last words did not arrive",
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests;
