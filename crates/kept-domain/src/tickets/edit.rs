//! Changing what a ticket is called, where it is and who is responsible. Changing nothing records nothing.

use super::{Kind, Priority, Refused, Ticket};
use crate::event::Event;
use crate::ids::{PersonId, QueueId};

/// Longest subject kept, in characters; mail subjects longer than this are cut with an ellipsis.
pub const LONGEST_SUBJECT: usize = 250;

/// # Errors
/// When the ticket is set aside.
pub fn assign(ticket: &Ticket, to: PersonId) -> Result<Vec<Event>, Refused> {
    let from = ticket.responsible;
    change(ticket, from != to, Event::Assigned { from, to })
}

/// # Errors
/// When the ticket is set aside.
pub fn change_queue(ticket: &Ticket, to: QueueId) -> Result<Vec<Event>, Refused> {
    let from = ticket.queue;
    change(ticket, from != to, Event::QueueChanged { from, to })
}

/// # Errors
/// When the ticket is set aside.
pub fn change_priority(ticket: &Ticket, to: Priority) -> Result<Vec<Event>, Refused> {
    let from = ticket.priority;
    change(ticket, from != to, Event::PriorityChanged { from, to })
}

/// # Errors
/// When the ticket is set aside.
pub fn change_kind(ticket: &Ticket, to: Kind) -> Result<Vec<Event>, Refused> {
    let from = ticket.kind;
    change(ticket, from != to, Event::KindChanged { from, to })
}

/// # Errors
/// When the ticket is set aside or the new subject is empty.
pub fn change_subject(ticket: &Ticket, to: &str) -> Result<Vec<Event>, Refused> {
    let to = clean_subject(to)?;
    let from = ticket.subject.clone();
    change(ticket, from != to, Event::SubjectChanged { from, to })
}

fn change(ticket: &Ticket, differs: bool, event: Event) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    Ok(if differs { vec![event] } else { vec![] })
}

/// A subject on one line, without control characters, not too long.
///
/// # Errors
/// When nothing is left.
pub fn clean_subject(text: &str) -> Result<String, Refused> {
    let one_line: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    let subject = one_line.join(" ");
    if subject.is_empty() {
        return Err(Refused::EmptySubject);
    }
    Ok(match subject.char_indices().nth(LONGEST_SUBJECT) {
        Some((cut, _)) => format!("{}…", &subject[..cut]),
        None => subject,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_one_clean_line() {
        let check = |text: &str, expected: &str| {
            assert_eq!(clean_subject(text), Ok(expected.to_owned()));
        };
        check("  Printer\r\n\teats   paper ", "Printer eats paper");
        check("a\u{0}b", "ab");
        assert_eq!(clean_subject(" \r\n "), Err(Refused::EmptySubject));
        assert_eq!(
            clean_subject(&"é".repeat(400)).map(|s| s.chars().count()),
            Ok(251)
        );
    }
}
