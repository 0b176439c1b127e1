//! How a ticket is sorted, and the way back from it, through the forms people use.

use kept_app::domain::ids::TicketId;
use kept_app::domain::people::Role;
use kept_app::reading;

use crate::sample::{self, ines};
use crate::site::{Site, Visitor};

/// What the page of ticket 1 offers to take back in its word after an act.
async fn undo(visitor: &mut Visitor) -> Option<String> {
    let page = visitor.get("/tickets/1").await.text();
    let toast = page.split("<undo-toast").nth(1)?.to_owned();
    let address = toast.split('"').find(|it| it.starts_with("/undo/"));
    address.map(str::to_owned)
}

async fn responsible(site: &Site) -> String {
    let it = reading::conversation(&site.desk, &ines(), TicketId(1)).await;
    it.unwrap().responsible
}

#[tokio::test]
async fn whatever_is_sorted_says_so_and_can_be_taken_back() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (path, field, value, done, back) in [
        (
            "responsible",
            "agent",
            "2",
            "Aki Korhonen is responsible now.",
            "Ines Moreau is responsible again.",
        ),
        (
            "delegation",
            "agent",
            "2",
            "Aki Korhonen is asked to take it.",
            "Nobody is asked to take it any more.",
        ),
        (
            "priority",
            "priority",
            "urgent",
            "Changed the priority.",
            "The priority is normal again.",
        ),
        (
            "kind",
            "kind",
            "incident",
            "Changed the kind.",
            "Its kind is request again.",
        ),
        (
            "subject",
            "subject",
            "Plotter",
            "Changed the subject.",
            "It is called “Printer on floor 2” again.",
        ),
        (
            "tags",
            "tag",
            "#VIP",
            "Tagged it vip.",
            "The tag vip is off again.",
        ),
    ] {
        let answer = admin
            .post(&format!("/tickets/1/{path}"), &[(field, value)])
            .await;
        assert_eq!(answer.location(), "/tickets/1", "{path}");
        let words = admin.clone().get("/tickets/1").await.words();
        assert!(words.contains(done), "{done}: {words}");
        let undo = undo(&mut admin).await.expect(done);
        assert!(undo.starts_with("/undo/sorted-1-"), "{undo}");
        let answer = admin.post(&undo, &[]).await;
        assert_eq!(answer.location(), "/tickets/1", "{path}");
        let words = admin.get("/tickets/1").await.words();
        assert!(words.contains(back), "{back}: {words}");
    }
    admin.post("/tickets/1/tags", &[("tag", "vip")]).await;
    admin.get("/tickets/1").await;
    admin.post("/tickets/1/tags/vip/removal", &[]).await;
    let off = undo(&mut admin).await.expect("the tag is off");
    admin.post(&off, &[]).await;
    let words = admin.get("/tickets/1").await.words();
    assert!(words.contains("The tag vip is back."), "{words}");
    admin.post("/tickets/1/tags", &[("tag", "vip")]).await;
    assert_eq!(undo(&mut admin).await, None, "it was tagged so already");
}

#[tokio::test]
async fn what_somebody_changed_since_stays_and_the_ticket_says_so() {
    let site = sample::site().await;
    let (mut admin, mut aki) = (site.admin().await, site.person(Role::Dispatcher).await);
    let urgent = [("priority", "urgent")];
    admin.post("/tickets/1/priority", &urgent).await;
    let undo = undo(&mut admin).await.expect("a way back");
    aki.post("/tickets/1/priority", &[("priority", "low")])
        .await;
    let refused = admin.post(&undo, &[]).await;
    assert_eq!(refused.status, 409);
    let words = refused.words();
    assert!(
        words.contains("Aki Korhonen changed the priority since, so it stays as it is"),
        "{words}"
    );
    assert!(words.contains("Printer on floor 2"), "on the ticket");
    assert_eq!(admin.post("/undo/sorted-1-99999", &[]).await.status, 404);
    assert_eq!(admin.post("/undo/sorted-99-1", &[]).await.status, 404);
}

#[tokio::test]
async fn only_whoever_took_it_or_may_assign_gives_it_back() {
    let site = sample::site().await;
    let (mut jonas, mut aki) = (
        site.person(Role::Agent).await,
        site.person(Role::Dispatcher).await,
    );
    let agents = reading::agents(&site.desk, &ines()).await.unwrap();
    let id = |name: &str| agents.iter().find(|agent| agent.name == name).unwrap().id;
    let (him, her) = (
        id("Jonas Petit").to_string(),
        id("Aki Korhonen").to_string(),
    );
    jonas
        .post("/tickets/1/responsible", &[("agent", &*him)])
        .await;
    assert_eq!(responsible(&site).await, "Jonas Petit");
    let his = undo(&mut jonas).await.expect("a way back");
    jonas.post(&his, &[]).await;
    assert_eq!(responsible(&site).await, "Ines Moreau");
    aki.post("/tickets/1/responsible", &[("agent", &*her)])
        .await;
    let hers = undo(&mut aki).await.expect("a way back");
    assert_eq!(jonas.post(&hers, &[]).await.status, 403);
    assert_eq!(responsible(&site).await, "Aki Korhonen");
    let mut guest = site.guest();
    assert_ne!(guest.post(&hers, &[]).await.status, 200);
    assert_eq!(responsible(&site).await, "Aki Korhonen");
}
