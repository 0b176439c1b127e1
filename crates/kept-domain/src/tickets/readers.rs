//! Whether somebody a reply goes to belongs on its ticket. It only says so: who gets a reply is its author's choice.

use crate::ids::ClientId;
use crate::intake::{Side, same_side};

/// Somebody a reply would go to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reader {
    /// The client on their card, else the one whose domain they write from.
    pub side: Side,
    /// An agent, or an address of the desk's own.
    pub works_here: bool,
}

/// Whether they belong neither to the desk nor to whose ticket it is: the client, and where none is known the requester's
/// house.
pub fn is_outside(reader: &Reader, ticket: &Side) -> bool {
    !reader.works_here
        && match ticket.client {
            Some(client) => !is_theirs(reader, ticket, client),
            None => !same_side(&reader.side, ticket),
        }
}

/// The requester stays one even with a card of another client.
fn is_theirs(reader: &Reader, ticket: &Side, client: ClientId) -> bool {
    let mut people = reader.side.people.iter();
    reader.side.client == Some(client) || people.any(|one| ticket.people.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PersonId;
    use crate::people::EmailAddress;

    fn side(client: Option<i64>, person: Option<i64>, address: &str) -> Side {
        Side {
            client: client.map(ClientId),
            people: person.map(PersonId).into_iter().collect(),
            addresses: vec![EmailAddress::parse(address).expect("an address")],
        }
    }

    #[test]
    fn whoever_is_of_neither_the_client_nor_the_desk_is_outside() {
        let alder = side(Some(1), Some(1), "tomasz@alder.example");
        let unknown = side(None, Some(1), "tomasz@alder.example");
        let private = side(None, Some(1), "tomasz@gmail.com");
        let table = [
            (&alder, Some(1), Some(1), "tomasz@alder.example", false),
            (&alder, Some(1), None, "lena@alder.example", false),
            (&alder, Some(1), Some(2), "lena@home.example", false),
            (&alder, None, None, "boss@evil.example", true),
            (&alder, None, Some(3), "boss@evil.example", true),
            (&alder, Some(2), Some(4), "kim@alder.example", true),
            (&alder, Some(2), Some(1), "tomasz@home.example", false),
            (&unknown, None, None, "lena@alder.example", false),
            (&unknown, None, None, "boss@evil.example", true),
            (&unknown, Some(2), Some(4), "kim@bolt.example", true),
            (&private, None, None, "lena@gmail.com", true),
            (&private, None, None, "tomasz+work@gmail.com", false),
        ];
        for (ticket, client, person, address, expected) in table {
            let side = side(client, person, address);
            let works_here = false;
            let reader = Reader { side, works_here };
            assert_eq!(
                is_outside(&reader, ticket),
                expected,
                "{reader:?} {ticket:?}"
            );
            let works_here = true;
            assert!(!is_outside(
                &Reader {
                    works_here,
                    ..reader
                },
                ticket
            ));
        }
    }
}
