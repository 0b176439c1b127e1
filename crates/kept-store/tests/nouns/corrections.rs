//! What hangs on a message moves with it; links and foreign tags are found from where they are asked for.

use kept_domain::ids::TicketId;
use kept_domain::tickets::Link;
use kept_store::testing::both;
use kept_store::threads::{self, Leads};
use kept_store::{corrections, foreign_tags, links, messages};

use crate::support::{desk, read, write};

#[test]
fn ids_that_came_with_a_message_lead_where_it_goes() {
    both(|store| {
        let desk = desk(&store);
        let [old, new] = [0, 1].map(|n| desk.open(&store, n, "x").id);
        let [kept, moved] = ["one", "two"].map(|n| desk.say(&store, old, n));
        write(&store, move |tx| {
            threads::remember_own(tx, "kept@acme", Leads::to(old, kept))?;
            threads::remember_own(tx, "moved@acme", Leads::to(old, moved))?;
            threads::remember(tx, &["kept@acme", "seen@acme"], Leads::to(old, moved))?;
            let answer = Leads {
                to: old,
                with: None,
                answers: Some(moved),
            };
            threads::remember_own(tx, "answer@desk", answer)?;
            foreign_tags::remember(tx, "acme.example", &["CASE 7".into()], old, moved)?;
            let rows = messages::by_ids(tx, &[moved])?;
            assert!(corrections::anything_besides(tx, old, &rows)?);
            corrections::move_messages(tx, &rows, old, new)?;
            corrections::move_messages(tx, &[], old, new)
        });
        let refs = ["kept@acme", "moved@acme", "seen@acme", "answer@desk"];
        let found = read(&store, move |tx| threads::tickets_of(tx, &refs));
        assert_eq!(found, [(0, old), (1, new), (2, new), (3, new)]);
        let tags = vec!["CASE 7".to_owned(), "CASE 8".to_owned()];
        let found = read(&store, move |tx| {
            Ok((
                foreign_tags::find(tx, "acme.example", &tags)?,
                foreign_tags::find(tx, "rival.example", &tags)?,
                foreign_tags::find(tx, "acme.example", &[])?,
            ))
        });
        assert_eq!(found, (Some(("CASE 7".to_owned(), new)), None, None));
        let after = read(&store, move |tx| {
            let old_ones = corrections::from_on(tx, old, kept)?;
            let last = corrections::last_said(tx, new)?;
            Ok((old_ones.len(), last.map(|message| message.id)))
        });
        assert_eq!(after, (1, Some(moved)));
    });
}

#[test]
fn links_are_seen_from_both_sides() {
    both(|store| {
        let desk = desk(&store);
        let [old, new, newest] = [0, 1, 2].map(|n| desk.open(&store, n, "x").id);
        write(&store, move |tx| {
            links::add(tx, new, old, Link::Follows)?;
            links::add(tx, new, old, Link::SplitFrom)?;
            links::add(tx, newest, old, Link::Follows)?;
            links::add(tx, newest, new, Link::Forwards)
        });
        let seen = |ticket: TicketId| {
            let found = read(&store, move |tx| links::of_ticket(tx, ticket));
            let brief = |it: &links::Linked| (it.ticket, it.link, it.is_older);
            found.iter().map(brief).collect::<Vec<_>>()
        };
        assert_eq!(
            seen(new),
            [(old, Link::Follows, true), (newest, Link::Forwards, false)]
        );
        assert_eq!(seen(old).len(), 2);
        let younger = read(&store, move |tx| links::younger(tx, old, Link::Follows));
        assert_eq!(younger, [newest, new]);
        write(&store, move |tx| links::remove(tx, newest, old));
        assert_eq!(seen(old).len(), 1);
    });
}
