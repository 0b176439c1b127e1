//! Assets and imports through the forms people use.

use crate::sample;
use crate::site::Visitor;

async fn add(admin: &mut Visitor, name: &str, identifier: &str) -> String {
    let fields = [
        ("name", name),
        ("kind", "Laptop"),
        ("identifier", identifier),
        ("client", "1"),
        ("owner", "dana@fox.example"),
        ("warranty", "2026-12-01"),
    ];
    let answer = admin.post("/inventory", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer.location().to_owned()
}

#[tokio::test]
async fn an_asset_is_written_down_linked_to_a_ticket_and_retired() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let empty = admin.get("/inventory").await.words();
    assert!(empty.contains("Nothing is written down yet"), "{empty}");
    let laptop = add(&mut admin, "Dana’s laptop", "SN-1").await;
    let twice = [("name", "Other"), ("identifier", "sn-1"), ("client", "1")];
    let twice = admin.post("/inventory", &twice).await;
    assert_eq!(twice.status, 422);
    assert!(
        twice
            .words()
            .contains("is the identifier of Dana’s laptop already")
    );
    let linked = admin.post("/tickets/1/assets", &[("asset", "SN-1")]).await;
    assert_eq!(linked.status, 303);
    let ticket = admin.get("/tickets/1").await.text();
    assert!(ticket.contains(&format!("href=\"{laptop}\"")), "{ticket}");
    assert!(ticket.contains("warranty ends in 8 days"), "{ticket}");
    let unknown = admin
        .post("/tickets/1/assets", &[("asset", "Nothing")])
        .await;
    assert_eq!(unknown.status, 422);
    let found = admin.get("/search?q=asset%3Alaptop").await.text();
    assert!(found.contains("href=\"/tickets/1\""), "{found}");
    let card = admin.get(&laptop).await.words();
    for said in ["Dana Fox", "until 1 December 2026", "Printer on floor 2"] {
        assert!(card.contains(said), "{said}: {card}");
    }
    let soon = admin.get("/inventory?which=ends-soon").await.words();
    assert!(soon.contains("Dana’s laptop"), "{soon}");
    admin
        .post(&format!("{laptop}/retirement"), &[("gone", "yes")])
        .await;
    let listed = admin.get("/inventory").await.words();
    assert!(!listed.contains("Dana’s laptop\n"), "{listed}");
    let id = laptop.trim_start_matches("/inventory/");
    admin.post(&format!("/undo/retired-{id}"), &[]).await;
    let unlink = format!("/tickets/1/assets/{id}/removal");
    admin.post(&unlink, &[]).await;
    let ticket = admin.get("/tickets/1").await.text();
    assert!(!ticket.contains(&format!("href=\"{laptop}\"")), "{ticket}");
    admin.post(&format!("/undo/asset-1-{id}"), &[]).await;
    let ticket = admin.get("/tickets/1").await.text();
    assert!(ticket.contains(&format!("href=\"{laptop}\"")), "{ticket}");
}

#[tokio::test]
async fn things_hang_together_and_what_can_t_is_refused_in_words() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let one = add(&mut admin, "Server", "1").await;
    let two = add(&mut admin, "Rack", "2").await;
    let number = two.trim_start_matches("/inventory/").to_owned();
    let relations = format!("{one}/relations");
    let other = format!("#{number}");
    let part = [("how", "part-of"), ("other", other.as_str())];
    assert_eq!(admin.post(&relations, &part).await.status, 303);
    let card = admin.get(&two).await.words();
    assert!(card.contains("contains"), "{card}");
    let circle = [
        ("how", "part-of"),
        ("other", one.trim_start_matches("/inventory/")),
    ];
    let circle = admin.post(&format!("{two}/relations"), &circle).await;
    assert_eq!(circle.status, 422);
    let nothing = admin
        .post(&relations, &[("how", "near"), ("other", "1")])
        .await;
    assert_eq!(nothing.status, 422);
}

#[tokio::test]
async fn a_table_is_looked_at_before_anything_changes() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let form = admin.get("/imports?kind=people").await.words();
    assert!(form.contains("CSV with headers"), "{form}");
    let table = b"E-Mail;Name;Firma\r\nlee@fox.example;=Lee;Fox & Sons Tax\r\nnobody;+X;\r\n";
    let file = ("people.csv", "text/csv", &table[..]);
    let answer = admin
        .upload("/imports", &[("kind", "people")], &[file])
        .await;
    let here = answer.location().to_owned();
    assert_eq!(here, "/imports/1", "{}", answer.words());
    let columns = admin.get(&here).await.text();
    assert!(
        columns.contains("option value=\"email\" selected"),
        "{columns}"
    );
    let missing = [("column", ""), ("column", "name"), ("column", "")];
    admin.post("/imports/1/columns", &missing).await;
    let says = admin.get(&here).await.words();
    assert!(
        says.contains("Say which column holds the e-mail address"),
        "{says}"
    );
    let said = [
        ("column", "email"),
        ("column", "name"),
        ("column", "client"),
    ];
    admin.post("/imports/1/columns", &said).await;
    let looked = admin.get(&here).await.words();
    for words in [
        "1 would be new",
        "1 can’t be taken",
        "is not an e-mail address",
    ] {
        assert!(looked.contains(words), "{words}: {looked}");
    }
    let nobody = admin.get("/people?q=lee").await.words();
    assert!(!nobody.contains("lee@fox.example"), "{nobody}");
    admin.post("/imports/1/beginning", &[]).await;
    let done = admin.get(&here).await.words();
    assert!(done.contains("1 new, 0 changed"), "{done}");
    let refused = admin.get("/imports/1/refused.csv").await;
    assert_eq!(refused.header("content-type"), "text/csv; charset=utf-8");
    let text = refused.text();
    assert!(text.contains("\r\nnobody,'+X,,"), "{text}");
    let lee = admin.get("/people?q=lee").await.words();
    assert!(lee.contains("lee@fox.example"), "{lee}");
    let no_table = admin
        .upload(
            "/imports",
            &[("kind", "people")],
            &[("x.xlsx", "application/zip", &b"PK\x03\x04"[..])],
        )
        .await;
    assert_eq!(no_table.status, 422);
    assert!(no_table.words().contains("save it as CSV"));
}
