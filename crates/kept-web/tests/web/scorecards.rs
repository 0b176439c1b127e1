//! Scorecards as people see them: figures that lead to tickets, files, and the page of a private link.

use std::time::Duration;

use kept_app::domain::people::Role;

use crate::sample;
use crate::site::Site;

/// The sample an hour later.
async fn lived() -> Site {
    let site = sample::site().await;
    site.clock.advance(Duration::from_secs(3600));
    site
}

#[tokio::test]
async fn a_scorecard_shows_both_sides_and_each_figure_leads_to_its_tickets() {
    let site = lived().await;
    let mut admin = site.admin().await;
    let page = admin.get("/scorecards").await;
    assert_eq!(page.status, 200);
    let words = page.words();
    for said in [
        "What the desk owed",
        "What clients owed",
        "First response",
        "Where the time went",
        "With the client",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let list = admin
        .get("/scorecards/tickets?of=desk&side=desk&owed=first-response")
        .await;
    assert_eq!(list.status, 200);
    assert!(
        list.words().contains("Desk: First response"),
        "{}",
        list.words()
    );
    let time = admin.get("/scorecards/time?of=desk&whose=client").await;
    assert!(
        time.words().contains("the longest time first"),
        "{}",
        time.words()
    );
}

#[tokio::test]
async fn the_same_comes_as_a_file() {
    let site = lived().await;
    let mut admin = site.admin().await;
    for (path, head) in [
        (
            "/scorecards/tickets.csv?side=desk",
            "ticket,subject,client,side,what,outcome",
        ),
        (
            "/scorecards/time.csv?whose=client",
            "ticket,subject,client,minutes,responsible",
        ),
    ] {
        let file = admin.get(path).await;
        assert_eq!(file.status, 200);
        let text = file.text();
        assert!(text.starts_with(head), "{text}");
        assert!(text.lines().count() > 1, "{text}");
    }
}

#[tokio::test]
async fn days_that_are_none_are_told_and_nothing_breaks() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let page = admin
        .get("/scorecards?period=days&from=soon&to=later")
        .await;
    assert_eq!(page.status, 200);
    assert!(
        page.words().contains("Write days like 2026-11-23"),
        "{}",
        page.words()
    );
    let page = admin.get("/scorecards?of=client-4711").await;
    assert_eq!(page.status, 404);
}

#[tokio::test]
async fn an_agent_chooses_among_their_own_and_the_desks() {
    let site = sample::site().await;
    let mut agent = site.person(Role::Agent).await;
    let words = agent.get("/scorecards").await.words();
    assert!(!words.contains("Ines Moreau"), "{words}");
    let refused = agent.get("/scorecards?of=agent-1").await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        agent.get("/scorecards/tickets.csv?of=agent-1").await.status,
        403
    );
}

#[tokio::test]
async fn a_client_is_shown_theirs_by_a_link_without_a_session_and_without_names() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let made = admin.post("/clients/1/scorecard-links", &[]).await;
    assert_eq!(made.status, 200);
    let made = made.text();
    let start = made.find("/scorecard/").expect("the link is shown");
    let token: String = made[start + "/scorecard/".len()..]
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
        .collect();
    let mut guest = site.guest();
    let page = guest.get(&format!("/scorecard/{token}?period=year")).await;
    assert_eq!(page.status, 200);
    let words = page.words();
    assert!(words.contains("What the desk owed"), "{words}");
    for hidden in ["Ines Moreau", "/tickets/", "/scorecards"] {
        assert!(!page.text().contains(hidden), "{hidden}: {}", page.text());
    }
    assert_eq!(page.header("cache-control"), "no-store");
    let again = admin.get("/scorecards?of=client-1").await.words();
    assert!(again.contains("last used"), "{again}");
    assert!(!again.contains(&token));
    admin
        .post("/clients/1/scorecard-links/1/removal", &[])
        .await;
    assert_eq!(guest.get(&format!("/scorecard/{token}")).await.status, 404);
}
