//! Merging two cards through the pages people use: finding the other, the preview, the act, and the way back.

use crate::sample;

const FOXY: &str = "From: D. Fox <foxy@home.example>\r\nTo: support@desk.example\r\nSubject: Scanner\r\n\
    Message-ID: <9@home.example>\r\nDate: Mon, 23 Nov 2026 13:00:00 +0000\r\n\r\nIt hums.\r\n";

/// The page of whoever a search for people finds alone.
async fn page_of(visitor: &mut crate::site::Visitor, text: &str) -> String {
    let found = visitor.get(&format!("/people?q={text}")).await.text();
    let number = found
        .split("href=\"/people/")
        .skip(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect())
        .find(|number: &String| !number.is_empty())
        .expect("somebody");
    format!("/people/{number}")
}

#[tokio::test]
async fn two_people_are_merged_after_a_look_and_the_undo_brings_both_back() {
    let site = sample::site().await;
    site.mail(FOXY).await;
    let mut admin = site.admin().await;
    let dana = page_of(&mut admin, "dana").await;
    let foxy = page_of(&mut admin, "foxy").await;
    let number = foxy.trim_start_matches("/people/").to_owned();
    let card = admin.get(&dana).await.text();
    assert!(card.contains(&format!("{dana}/merge")), "{card}");
    let find = admin.get(&format!("{dana}/merge")).await.text();
    assert!(
        find.contains(&format!("{dana}/merge?with={number}")),
        "the same last name is offered: {find}"
    );
    let none = admin.get(&format!("{dana}/merge?q=nobody+here")).await;
    assert!(none.words().contains("Nothing is called"), "empty says so");
    let look = admin.get(&format!("{dana}/merge?with={number}")).await;
    let words = look.words();
    for said in [
        "Merge D. Fox into Dana Fox",
        "foxy@home.example",
        "Let the other stay",
        "1 ticket",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let done = admin
        .post(&format!("{dana}/merges"), &[("with", &number)])
        .await;
    assert_eq!(done.status, 303);
    let page = admin.get(&dana).await.text();
    for said in [
        "The two cards are one.",
        "/undo/joined-1",
        "foxy@home.example",
        "Merged D. Fox into this card",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let old = admin.get(&foxy).await;
    assert_eq!(
        (old.status.as_u16(), old.header("location")),
        (303, dana.as_str())
    );
    let again = admin
        .post(&format!("{dana}/merges"), &[("with", &number)])
        .await;
    assert_eq!(again.status, 409);
    assert!(again.words().contains("was merged into Dana Fox meanwhile"));
    assert_eq!(admin.post("/undo/joined-1", &[]).await.status, 303);
    assert_eq!(admin.get(&foxy).await.status, 200);
    assert_eq!(admin.post("/undo/joined-1", &[]).await.status, 409);
    let colleague = admin
        .post(&format!("{dana}/merges"), &[("with", "1")])
        .await;
    assert_eq!(colleague.status, 422);
    assert!(colleague.words().contains("works here"));
    assert_eq!(
        admin.get(&format!("{dana}/merge?with=4711")).await.status,
        404
    );
}

#[tokio::test]
async fn two_clients_are_merged_the_same_way() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let fields = [("name", "Fox and Sons"), ("domains", "fox-sons.example")];
    assert_eq!(admin.post("/clients", &fields).await.status, 303);
    let look = admin.get("/clients/1/merge?with=2").await.words();
    assert!(
        look.contains("Merge Fox and Sons into Fox & Sons Tax"),
        "{look}"
    );
    assert_eq!(
        admin
            .post("/clients/1/merges", &[("with", "2")])
            .await
            .status,
        303
    );
    let card = admin.get("/clients/1").await.words();
    assert!(card.contains("fox-sons.example, fox.example"), "{card}");
    assert_eq!(
        admin.get("/clients/2").await.header("location"),
        "/clients/1"
    );
    let list = admin.get("/clients").await.text();
    assert!(!list.contains("/clients/2\""), "{list}");
    assert_eq!(admin.post("/undo/joined-1", &[]).await.status, 303);
    assert_eq!(admin.get("/clients/2").await.status, 200);
}

#[tokio::test]
async fn likely_duplicates_are_merged_or_set_apart_for_good() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let none = admin.get("/people/duplicates").await.words();
    assert!(none.contains("Nothing looks double"), "{none}");
    let second = [
        ("name", "Fox, Dana"),
        ("addresses", "df@fox.example"),
        ("client", "1"),
    ];
    assert_eq!(admin.post("/people", &second).await.status, 303);
    let page = admin.get("/people/duplicates").await.text();
    assert!(page.contains("The same name"), "{page}");
    let field = |name: &str| {
        let (_, rest) = page
            .split_once(&format!("name=\"{name}\" value=\""))
            .expect(name);
        rest.chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
    };
    let (one, other) = (field("one"), field("other"));
    let card = admin.get(&format!("/people/{other}")).await.words();
    assert!(card.contains("This may be the same as"), "{card}");
    let both = [("card", "person"), ("one", &*one), ("other", &*other)];
    let apart = admin.post("/people/duplicates/dismissals", &both).await;
    assert_eq!(apart.status, 303);
    let page = admin.get("/people/duplicates").await.text();
    let undo = format!("/undo/twopeople-{one}-{other}");
    assert!(
        page.contains("Nothing looks double") && page.contains(&undo),
        "{page}"
    );
    assert_eq!(admin.post(&undo, &[]).await.status, 303);
    let page = admin.get("/people/duplicates").await.words();
    assert!(page.contains("The same name"), "{page}");
    assert_eq!(admin.post(&undo, &[]).await.status, 409);
}
