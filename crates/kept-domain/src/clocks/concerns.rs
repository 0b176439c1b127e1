//! Which events the clocks need not hear of: most of what happens on a ticket moves nobody's time.

use crate::event::Event;

/// Whether what is owed, or the next step of a ladder, can be another after this event. A new event is taken to
/// concern the clocks until somebody says otherwise here.
pub fn concerns(event: &Event) -> bool {
    !matches!(
        event,
        Event::Acknowledged { .. }
            | Event::AnsweredByRule { .. }
            | Event::Notified { .. }
            | Event::HookCalled { .. }
            | Event::RuleHeldBack { .. }
            | Event::Noted { .. }
            | Event::Forwarded { .. }
            | Event::ForwardAnswered { .. }
            | Event::SubjectChanged { .. }
            | Event::TagAdded { .. }
            | Event::TagRemoved { .. }
            | Event::ParticipantAdded { .. }
            | Event::ParticipantRemoved { .. }
            | Event::Linked { .. }
            | Event::LinkedFrom { .. }
            | Event::AlsoSentTo { .. }
            | Event::ForwardLeft { .. }
            | Event::ForwardAskedAgain { .. }
            | Event::StayedSilent { .. }
            | Event::InvitationAnswered { .. }
            | Event::Related { .. }
            | Event::Unrelated { .. }
            | Event::Watched { .. }
            | Event::Unwatched { .. }
            | Event::AssetLinked { .. }
            | Event::AssetUnlinked { .. }
            | Event::StepAdded { .. }
            | Event::StepChanged { .. }
            | Event::StepMoved { .. }
            | Event::StepRemoved { .. }
            | Event::StepTicked { .. }
            | Event::StepUnticked { .. }
            | Event::FieldFilled { .. }
            | Event::TimeLogged { .. }
            | Event::TimeChanged { .. }
            | Event::TimeRemoved { .. }
            | Event::TimeRestored { .. }
            | Event::Snoozed { .. }
            | Event::Woken { .. }
    )
}
