//! Who takes part: people with addresses, the clients they belong to, the roles they hold.

mod address;
mod name_key;
mod role;
mod shared;

pub use address::{Domain, EmailAddress, NotAnAddress};
pub use name_key::name_key;
pub use role::{NotARole, Role};

use crate::ids::{ClientId, PersonId};

/// Anyone with an e-mail address. An agent is a person with a role at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// Never empty; the first is where mail goes.
    pub addresses: Vec<EmailAddress>,
    pub client: Option<ClientId>,
    /// What this person may do at the desk; `None` for people on the client's side.
    pub role: Option<Role>,
}

/// An organisation that is served, known by the domains its people write from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub id: ClientId,
    pub name: String,
    pub domains: Vec<Domain>,
}

/// The client whose domain an address belongs to: the exact domain, or the longest parent of it.
///
/// `it.acme.example` belongs to a client with `acme.example`, unless another names it whole.
pub fn client_of(address: &EmailAddress, clients: &[Client]) -> Option<ClientId> {
    clients
        .iter()
        .flat_map(|client| client.domains.iter().map(move |domain| (client.id, domain)))
        .filter(|(_, domain)| address.domain().is_within(domain))
        .max_by_key(|(_, domain)| domain.as_str().len())
        .map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(id: i64, domains: &[&str]) -> Client {
        Client {
            id: ClientId(id),
            name: format!("Client {id}"),
            domains: domains
                .iter()
                .map(|d| Domain::parse(d).expect("domain"))
                .collect(),
        }
    }

    #[test]
    fn people_belong_to_the_client_whose_domain_fits_best() {
        let clients = [
            client(1, &["acme.example"]),
            client(2, &["lab.acme.example", "lab.example"]),
        ];
        let check = |address: &str, expected: Option<i64>| {
            let address = EmailAddress::parse(address).expect("address");
            assert_eq!(
                client_of(&address, &clients),
                expected.map(ClientId),
                "{address}"
            );
        };
        check("dana@acme.example", Some(1));
        check("dana@it.acme.example", Some(1));
        check("dana@lab.acme.example", Some(2));
        check("dana@notacme.example", None);
        check("dana@LAB.example", Some(2));
    }
}
