//! The cards of people and clients through the pages people use.

use crate::sample;

#[tokio::test]
async fn a_card_is_changed_and_says_at_a_glance_what_is_known() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let people = admin.get("/people?q=dana").await.text();
    let (before, _) = people.split_once("Dana Fox</a>").expect("Dana is there");
    let (_, href) = before.rsplit_once("href=\"").expect("a link");
    let dana = href.trim_end_matches("\">").to_owned();
    let form = admin.get(&format!("{dana}/edit")).await.text();
    let (_, rest) = form.split_once("name=\"seen\" value=\"").expect("a form");
    let seen: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let sent = |phone| {
        [
            ("seen", seen.clone()),
            ("name", "Dana Fox".to_owned()),
            ("addresses", "dana@fox.example".to_owned()),
            ("client", "1".to_owned()),
            ("phone", phone),
            ("zone", "Asia/Tokyo".to_owned()),
            ("notes", "Prefers **calls**.<script>".to_owned()),
        ]
    };
    let first = sent("+351 21 000".to_owned());
    let first: Vec<(&str, &str)> = first.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(admin.post(&dana, &first).await.status, 303);
    let page = admin.get(&dana).await.text();
    for said in [
        "href=\"tel:+35121000\"",
        "Asia/Tokyo",
        "<strong>calls</strong>",
        "Wrote down the phone: +351 21 000",
        "/search?q=from%3A%23",
        "November 2026: 1 ticket",
        "href=\"/tickets/1\"",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("<script>"), "{page}");
    let second = sent("0".to_owned());
    let second: Vec<(&str, &str)> = second.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let late = admin.post(&dana, &second).await;
    assert_eq!(late.status, 409);
    assert!(
        late.words()
            .contains("changed this card while you were writing")
    );
    let found = admin
        .get("/search?q=client%3A%231+opened%3A2026-11")
        .await
        .text();
    assert!(found.contains("href=\"/tickets/1\""), "{found}");
}

#[tokio::test]
async fn a_client_s_people_are_listed_page_by_page() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let page = admin.get("/people?client=1").await.words();
    assert!(page.contains("People of\nFox & Sons Tax"), "{page}");
    assert!(page.contains("Dana Fox"), "{page}");
    assert!(!page.contains("ines@desk.example"), "{page}");
    assert_eq!(admin.get("/people?client=99").await.status, 404);
}
