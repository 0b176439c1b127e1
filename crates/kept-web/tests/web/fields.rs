//! Custom fields through the forms: made in the settings, asked in the form for a new ticket, filled in on the ticket.

use kept_app::domain::people::Role;

use crate::sample;

#[tokio::test]
async fn an_admin_makes_a_field_and_agents_fill_it_in() {
    let site = sample::site().await;
    let mut ines = site.person(Role::Admin).await;
    let bad = [("name", "Room"), ("kind", "choice"), ("choices", " ")];
    let refused = ines.post("/settings/fields", &bad).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Write what can be chosen"));
    let good = [
        ("name", "Room"),
        ("kind", "choice"),
        ("choices", "Blue\nRed"),
        ("type", "incident"),
    ];
    ines.post("/settings/fields", &good).await;
    let list = ines.get("/settings/fields").await.text();
    assert!(list.contains("field.room"), "{list}");
    assert!(
        ines.get("/settings/fields/1")
            .await
            .text()
            .contains("Blue\nRed")
    );
    let mut jonas = site.person(Role::Agent).await;
    let form = jonas.get("/tickets/new").await.text();
    assert!(form.contains("name=\"own-1\"") && form.contains("For incident."));
    let new = [
        ("subject", "Lamp"),
        ("queue", "1"),
        ("type", "incident"),
        ("own-1", "Blue"),
    ];
    let opened = jonas.upload("/tickets", &new, &[]).await;
    let page = jonas.get(opened.location()).await.text();
    assert!(page.contains("selected") && page.contains("<option value=\"Blue\" selected"));
    let to = format!("{}/fields/1", opened.location());
    let wrong = jonas.post(&to, &[("value", "Green")]).await;
    assert_eq!(wrong.status, 422);
    jonas.post(&to, &[("value", "Red")]).await;
    let told = jonas.get(opened.location()).await.words();
    assert!(told.contains("changed Room from Blue to Red"), "{told}");
    let found = jonas.get("/search?q=field.room%3Ared").await.text();
    assert!(found.contains(opened.location()));
}

#[tokio::test]
async fn a_retired_field_comes_back_with_undo() {
    let site = sample::site().await;
    let mut ines = site.person(Role::Admin).await;
    ines.post("/settings/fields", &[("name", "Cost"), ("kind", "number")])
        .await;
    ines.post("/settings/fields/1/retirement", &[]).await;
    assert!(
        ines.get("/settings/fields")
            .await
            .text()
            .contains("Retired")
    );
    assert!(!ines.get("/tickets/1").await.text().contains("own-1"));
    ines.post("/undo/field-1", &[]).await;
    assert!(ines.get("/tickets/1").await.text().contains("own-1"));
}

#[tokio::test]
async fn the_search_box_offers_the_desks_own_fields() {
    let site = sample::site().await;
    let mut ines = site.person(Role::Admin).await;
    ines.post(
        "/settings/fields",
        &[("name", "Serial number"), ("kind", "text")],
    )
    .await;
    let offers = ines.get("/search/completions?q=field.se&at=8").await.text();
    assert!(offers.contains("field.serial-number:"), "{offers}");
    let room = [
        ("name", "Room"),
        ("kind", "choice"),
        ("choices", "Blue 1\nRed"),
    ];
    ines.post("/settings/fields", &room).await;
    let offers = ines.get("/search/completions?q=field.room:b&at=12").await;
    let offers = offers.text();
    assert!(offers.contains("field.room:&quot;Blue 1&quot;"), "{offers}");
    assert!(!offers.contains("Red"), "{offers}");
}
