//! What people say one ticket is to another, and what follows from it.

use kept_app::bonds::{self, Bonded};
use kept_app::doctor::{examine, rebuild};
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{AndThen, Bond};
use kept_app::tickets::{Change, change, merge, undo_merge};

use crate::support::{World, mail, on_both};

async fn tickets<const N: usize>(world: &World) -> [TicketId; N] {
    let mut all = [TicketId(0); N];
    for (at, id) in all.iter_mut().enumerate() {
        let mail = mail(
            "Dana Fox <dana@acme.example>",
            &format!("Wish {at}"),
            "Please.",
        );
        *id = world.opens(&mail.id(&format!("{at}@acme"))).await;
    }
    all
}

async fn try_relate(world: &World, one: TicketId, bond: Bond, two: TicketId) -> Result<(), String> {
    let related = bonds::relate(&world.desk, &world.ines, (one, bond, two)).await;
    related.map_err(|error| error.to_string())
}

async fn relate(world: &World, one: TicketId, bond: Bond, two: TicketId) {
    try_relate(world, one, bond, two).await.expect("is linked");
}

async fn of(world: &World, id: TicketId) -> Vec<(Bond, TicketId)> {
    let all = bonds::of_ticket(&world.desk, &world.ines, id).await;
    let pair = |it: &Bonded| (it.bond, it.ticket);
    all.expect("is read").iter().map(pair).collect()
}

async fn notices(world: &World, who: &Viewer) -> Vec<String> {
    let said = world.notices(who).await.into_iter();
    let unblocked = said.filter(|it| it.kind.as_str() == "unblocked");
    unblocked.map(|it| it.words).collect()
}

async fn findings(world: &World) -> Vec<String> {
    examine(&world.desk).await.expect("it looks").findings
}

#[test]
fn a_link_stands_on_both_tickets_and_one_undo_takes_both_back() {
    on_both(|world| async {
        let [one, two] = tickets(&world).await;
        relate(&world, one, Bond::Blocks, two).await;
        assert_eq!(of(&world, one).await, [(Bond::Blocks, two)]);
        assert_eq!(of(&world, two).await, [(Bond::BlockedBy, one)]);
        let told = world.told(two).await;
        assert!(
            told.contains(&format!("Said that it is blocked by #{one}")),
            "{told:?}"
        );
        let twice = try_relate(&world, two, Bond::BlockedBy, one).await;
        assert_eq!(twice, Err(format!("#{two} is blocked by #{one} already")));
        let said = (two, Bond::BlockedBy, one);
        bonds::unrelate(&world.desk, &world.ines, said)
            .await
            .expect("is off");
        assert!(of(&world, one).await.is_empty() && of(&world, two).await.is_empty());
        assert!(
            bonds::unrelate(&world.desk, &world.ines, said)
                .await
                .is_err()
        );
        assert!(findings(&world).await.is_empty());
        world
    });
}

#[test]
fn nothing_is_linked_to_itself_in_a_circle_to_nothing_or_without_end() {
    on_both(|world| async {
        let [one, two, three] = tickets(&world).await;
        let itself = try_relate(&world, one, Bond::RefersTo, one).await;
        assert_eq!(itself, Err("a ticket can’t be linked to itself".to_owned()));
        assert!(
            try_relate(&world, one, Bond::Blocks, TicketId(99))
                .await
                .is_err()
        );
        relate(&world, one, Bond::Blocks, two).await;
        relate(&world, two, Bond::Blocks, three).await;
        let round = try_relate(&world, one, Bond::BlockedBy, three).await;
        assert!(round.is_err_and(|said| said.contains("round in a circle")));
        relate(&world, three, Bond::PartOf, one).await;
        let parents = try_relate(&world, one, Bond::PartOf, three).await;
        assert!(parents.is_err_and(|said| said.contains("round in a circle")));
        // What merely refers may go both ways.
        relate(&world, one, Bond::RefersTo, two).await;
        relate(&world, two, Bond::RefersTo, one).await;
        world
            .tamper("INSERT INTO ticket_relations (ticket_id, kind, other_id) SELECT 3, 'refers', id FROM tickets")
            .await;
        let found = findings(&world).await;
        assert_eq!(
            found
                .iter()
                .filter(|it| it.contains("linked otherwise"))
                .count(),
            3,
            "{found:?}"
        );
        rebuild(&world.desk).await.expect("rebuilds");
        assert!(findings(&world).await.is_empty());
        assert_eq!(
            of(&world, three).await,
            [(Bond::BlockedBy, two), (Bond::PartOf, one)]
        );
        world
    });
}

#[test]
fn whoever_is_blocked_hears_when_nothing_is_in_the_way_any_more() {
    on_both(|world| async {
        let [one, two, three] = tickets(&world).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        world.change(three, Change::Assign(noor.person)).await;
        relate(&world, one, Bond::Blocks, three).await;
        relate(&world, three, Bond::BlockedBy, two).await;
        world.reply(one, "Done.", AndThen::Resolve).await;
        let first = [format!("#{one} is no longer in the way; #{two} still is")];
        assert_eq!(notices(&world, &noor).await, first);
        world.change(one, Change::Confirm).await;
        assert_eq!(notices(&world, &noor).await.len(), 1, "it had ended before");
        // Who ends it themselves is not told.
        change(&world.desk, &noor, two, Change::Close)
            .await
            .expect("closes");
        assert_eq!(notices(&world, &noor).await, first);
        world.change(two, Change::Reopen).await;
        world.change(two, Change::Close).await;
        let last = format!("#{two} is no longer in the way");
        assert_eq!(
            notices(&world, &noor).await,
            [first.as_slice(), &[last]].concat()
        );
        world
    });
}

#[test]
fn links_stay_where_they_were_said_and_are_told_with_the_ticket_they_went_into() {
    on_both(|world| async {
        let [one, two, three] = tickets(&world).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        world.change(three, Change::Assign(noor.person)).await;
        relate(&world, one, Bond::Blocks, three).await;
        relate(&world, one, Bond::Duplicates, two).await;
        merge(&world.desk, &world.ines, one, two)
            .await
            .expect("merges");
        assert_eq!(of(&world, two).await, [(Bond::Blocks, three)]);
        assert_eq!(of(&world, three).await, [(Bond::BlockedBy, two)]);
        assert!(
            notices(&world, &noor).await.is_empty(),
            "it is still in the way"
        );
        world.change(two, Change::Close).await;
        let gone = format!("#{two} is no longer in the way");
        assert_eq!(notices(&world, &noor).await, [gone]);
        world.change(two, Change::Reopen).await;
        undo_merge(&world.desk, &world.ines, one)
            .await
            .expect("is undone");
        assert_eq!(of(&world, two).await, [(Bond::DuplicatedBy, one)]);
        assert_eq!(
            of(&world, one).await,
            [(Bond::Blocks, three), (Bond::Duplicates, two)]
        );
        assert!(findings(&world).await.is_empty());
        world
    });
}

#[test]
fn open_parts_are_counted() {
    on_both(|world| async {
        let [whole, one, two] = tickets(&world).await;
        relate(&world, whole, Bond::ParentOf, one).await;
        relate(&world, two, Bond::PartOf, whole).await;
        let count = async || {
            bonds::open_parts(&world.desk, &world.ines, whole)
                .await
                .expect("is counted")
        };
        assert_eq!(count().await, 2);
        world.change(one, Change::Close).await;
        assert_eq!(count().await, 1);
        world
    });
}
