//! Whether two people who point to the same mail are one side of one conversation.
//!
//! Anybody can answer a newsletter, a notice or a mail to many that never came to us, and each of them
//! wants something else. An id we only saw is therefore no tie between strangers: two people without a
//! client are not of the same one. What ties them is being known to each other: the client we know them
//! by, taking part already, or a domain that is a house of its own and not a provider of mailboxes.

use crate::ids::{ClientId, PersonId};
use crate::people::EmailAddress;

/// Those on one side, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    pub client: Option<ClientId>,
    pub people: Vec<PersonId>,
    pub addresses: Vec<EmailAddress>,
}

/// Whether whoever writes belongs to those on the ticket.
pub fn same_side(writer: &Side, ticket: &Side) -> bool {
    let known = writer.people.iter().any(|one| ticket.people.contains(one));
    known
        || mailboxes(writer, ticket)
        || match (writer.client, ticket.client) {
            (Some(one), Some(other)) => one == other,
            _ => domains(writer, ticket),
        }
}

fn mailboxes(writer: &Side, ticket: &Side) -> bool {
    any(writer, ticket, |one, other| {
        one.without_detail() == other.without_detail()
    })
}

fn domains(writer: &Side, ticket: &Side) -> bool {
    any(writer, ticket, |one, other| {
        one.domain() == other.domain() && !one.domain().is_shared()
    })
}

fn any(
    writer: &Side,
    ticket: &Side,
    matches: impl Fn(&EmailAddress, &EmailAddress) -> bool,
) -> bool {
    let mut theirs = writer.addresses.iter();
    theirs.any(|one| ticket.addresses.iter().any(|other| matches(one, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(client: Option<i64>, person: i64, address: &str) -> Side {
        Side {
            client: client.map(ClientId),
            people: vec![PersonId(person)],
            addresses: vec![EmailAddress::parse(address).expect("an address")],
        }
    }

    #[test]
    fn strangers_are_one_side_only_when_something_ties_them() {
        let check = |writer: &Side, ticket: &Side, expected: bool| {
            assert_eq!(same_side(writer, ticket), expected, "{writer:?} {ticket:?}");
        };
        let dana = side(None, 1, "dana@acme.example");
        check(&dana, &side(None, 2, "lee@lab.example"), false);
        check(&dana, &side(None, 2, "lee@acme.example"), true);
        check(&dana, &side(None, 1, "dana@home.example"), true);
        check(&dana, &side(None, 2, "dana+news@acme.example"), true);
        let free = side(None, 1, "dana@gmail.com");
        check(&free, &side(None, 2, "lee@gmail.com"), false);
        check(&free, &side(None, 2, "dana@gmail.com"), true);
        let of_acme = side(Some(1), 1, "dana@acme.example");
        check(&of_acme, &side(Some(1), 2, "lee@branch.example"), true);
        check(&of_acme, &side(Some(2), 2, "lee@acme.example"), false);
        check(&of_acme, &side(None, 2, "lee@lab.example"), false);
        check(&of_acme, &side(None, 2, "lee@acme.example"), true);
        check(&Side::default(), &Side::default(), false);
    }
}
