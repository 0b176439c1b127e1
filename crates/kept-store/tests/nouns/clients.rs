//! Clients, and whose people write from which domain.

use kept_domain::event::Event;
use kept_domain::ids::{ClientId, PersonId};
use kept_store::testing::both;
use kept_store::{Store, StoreError, clients, people};

use crate::support::{at, desk, domain, happen, meet, read, write};

fn add(store: &Store, name: &'static str, domains: &[&str]) -> ClientId {
    let domains: Vec<_> = domains.iter().map(|text| domain(text)).collect();
    write(store, move |tx| {
        let client = clients::insert(tx, name, at(0))?;
        clients::set_domains(tx, client, &domains)?;
        Ok(client)
    })
}

#[test]
fn a_domain_belongs_to_the_client_that_names_it_most_exactly() {
    both(|store| {
        let acme = add(&store, "Acme", &["acme.example", "acme.test"]);
        let lab = add(&store, "Lab", &["lab.acme.example"]);
        let check = |text: &str, expected: Option<ClientId>| {
            let wanted = domain(text);
            let found = read(&store, move |tx| clients::of_domain(tx, &wanted));
            assert_eq!(found, expected, "{text}");
        };
        check("acme.example", Some(acme));
        check("IT.acme.example", Some(acme));
        check("lab.acme.example", Some(lab));
        check("a.b.lab.acme.example", Some(lab));
        check("acme.test", Some(acme));
        check("notacme.example", None);
        check("example", None);
        let exactly = |text: &str| {
            let wanted = domain(text);
            read(&store, move |tx| clients::holder_of(tx, &wanted))
        };
        assert_eq!(exactly("it.acme.example"), None);
        assert_eq!(exactly("lab.acme.example"), Some(lab));
    });
}

#[test]
fn a_domain_of_another_client_is_refused_and_nothing_changes() {
    both(|store| {
        add(&store, "Acme", &["acme.example"]);
        let lab = add(&store, "Lab", &["lab.example"]);
        let taken = [domain("new.example"), domain("acme.example")];
        let refused = store.write_blocking(move |tx| clients::set_domains(tx, lab, &taken));
        assert!(
            matches!(refused, Err(StoreError::Unique { .. })),
            "{refused:?}"
        );
        let lab = read(&store, move |tx| clients::find(tx, lab)).expect("it is there");
        assert_eq!(lab.domains, [domain("lab.example")]);
    });
}

#[test]
fn clients_are_found_by_number_and_by_name_whatever_the_case() {
    both(|store| {
        let acme = add(&store, "Acme", &["b.example", "a.example"]);
        write(&store, move |tx| clients::rename(tx, acme, "Acme & Sons"));
        let found = read(&store, move |tx| clients::find(tx, acme)).expect("it is there");
        assert_eq!(found.name, "Acme & Sons");
        assert_eq!(found.domains, [domain("a.example"), domain("b.example")]);
        let by_name = |name| read(&store, move |tx| clients::find_by_name(tx, name));
        assert_eq!(by_name("ACME & sons"), Some(acme));
        assert_eq!(by_name("Acme"), None);
        assert_eq!(read(&store, |tx| clients::find(tx, ClientId(4711))), None);
    });
}

fn client_of(store: &Store, person: PersonId) -> Option<ClientId> {
    let found = read(store, move |tx| people::find(tx, person));
    found.expect("the person is there").client
}

#[test]
fn a_client_gets_its_people_who_belonged_to_nobody() {
    both(|store| {
        let desk = desk(&store);
        let people = write(&store, |tx| {
            Ok([
                meet(tx, "Lee", "lee@lab.example", None, None)?,
                meet(tx, "Sam", "sam@notlab.example", None, None)?,
                meet(tx, "Kit", "kit@a_b.example", None, None)?,
                meet(tx, "Max", "max@axb.example", None, None)?,
            ])
        });
        write(&store, move |tx| {
            people::update(tx, desk.dana, "Dana", Some(desk.acme))
        });
        let lab = add(&store, "Lab", &["lab.example"]);
        let adopt = |text: &str| {
            let domain = domain(text);
            write(&store, move |tx| clients::adopt(tx, lab, &domain))
        };
        assert_eq!(adopt("lab.example"), 1);
        assert_eq!(adopt("a_b.example"), 1);
        assert_eq!(adopt("acme.example"), 0, "Dana is Acme's");
        assert_eq!(adopt("desk.example"), 0, "agents belong to the desk");
        let clients = people.map(|person| client_of(&store, person));
        assert_eq!(clients, [Some(lab), None, Some(lab), None]);
    });
}

#[test]
fn the_list_of_clients_is_by_name_and_pages_lose_none() {
    both(|store| {
        let desk = desk(&store);
        for name in ["beta", "Alpha", "alpha", "Gamma", "beta"] {
            add(&store, name, &[]);
        }
        let ticket = desk.open(&store, 0, "Printer").id;
        desk.open(&store, 0, "Printer");
        happen(&store, ticket, 1, Event::Closed);
        let whole = read(&store, |tx| clients::list(tx, None, 50));
        let names: Vec<&str> = whole.iter().map(|c| c.client.name.as_str()).collect();
        assert_eq!(names, ["Acme", "Alpha", "alpha", "beta", "beta", "Gamma"]);
        assert_eq!((whole[0].people, whole[0].open_tickets), (1, 1));
        assert_eq!((whole[1].people, whole[1].open_tickets), (0, 0));
        let mut paged = Vec::new();
        let mut after: Option<(String, ClientId)> = None;
        loop {
            let from = after.clone();
            let some = read(&store, move |tx| {
                clients::list(tx, from.as_ref().map(|(name, id)| (name.as_str(), *id)), 2)
            });
            let Some(last) = some.last() else { break };
            after = Some((last.client.name.clone(), last.client.id));
            paged.extend(some);
        }
        assert_eq!(paged, whole);
    });
}
