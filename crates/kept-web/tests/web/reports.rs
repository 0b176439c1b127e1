//! Reports and dashboards as people see them: figures that lead to tickets, charts with tables, files.

use crate::sample;

#[tokio::test]
async fn a_report_shows_its_figures_and_each_leads_to_its_tickets() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let page = admin
        .get("/reports?q=is%3Aopen&by1=client&by2=turn&shape=columns")
        .await;
    assert_eq!(page.status, 200);
    let text = page.text();
    let link = text
        .split("href=\"")
        .find(|part| part.starts_with("/search?q=is%3Aopen%20client"));
    let link = link
        .and_then(|part| part.split('"').next())
        .expect("a figure leads somewhere");
    let list = admin.get(link).await;
    assert_eq!(list.status, 200, "{link}");
    assert!(list.words().contains("ticket"), "{}", list.words());
    assert!(text.contains("<svg") && text.contains("As a table") && !text.contains("style=\""));
}

#[tokio::test]
async fn every_shape_of_every_field_is_drawn() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    use kept_app::domain::reports::{By, Shape};
    for by in By::ALL {
        for shape in Shape::ALL {
            let path = format!(
                "/reports?q=&by1={}&by2=kind&shape={}",
                by.as_str(),
                shape.as_str()
            );
            let page = admin.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
        }
    }
}

#[tokio::test]
async fn a_search_that_can_not_be_read_is_told_and_a_file_leads_back_to_the_page() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let page = admin.get("/reports?q=is%3Aopne&by1=client").await;
    assert_eq!(page.status, 200);
    assert!(
        page.words().contains("Did you mean open"),
        "{}",
        page.words()
    );
    let file = admin.get("/reports.csv?q=is%3Aopne").await;
    assert_eq!(file.status, 303);
    let file = admin
        .get("/reports.csv?q=is%3Aopen&by1=client&by2=status")
        .await;
    assert_eq!(file.status, 200);
    let text = file.text();
    assert!(text.starts_with("Client,Status,Tickets\r\n"), "{text}");
    assert!(text.lines().count() > 1, "{text}");
}

#[tokio::test]
async fn a_report_is_kept_on_a_dashboard_and_its_card_comes_back() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let overview = admin.get("/dashboards").await;
    assert_eq!(overview.status, 200);
    for said in [
        "Overview",
        "Whose turn it is",
        "Load of each agent",
        "Opened and resolved a week",
    ] {
        assert!(
            overview.words().contains(said),
            "{said}: {}",
            overview.words()
        );
    }
    let kept = admin
        .post(
            "/reports/cards",
            &[
                ("q", "is:open"),
                ("by1", "client"),
                ("shape", "columns"),
                ("title", "By client"),
                ("dashboard", "new"),
            ],
        )
        .await;
    assert_eq!(kept.status, 303);
    let page = admin.get("/dashboards/1").await;
    assert!(page.words().contains("By client"), "{}", page.words());
    let gone = admin.post("/dashboards/1/cards/1/removal", &[]).await;
    assert_eq!(gone.status, 303);
    assert!(
        admin
            .get("/dashboards/1")
            .await
            .words()
            .contains("No cards yet")
    );
    admin.post("/undo/card-1-1", &[]).await;
    assert!(
        admin
            .get("/dashboards/1")
            .await
            .words()
            .contains("By client")
    );
    let letter = admin.get("/dashboards/1/letter").await;
    assert!(letter.text().contains("By client"), "{}", letter.text());
    let paper = admin.get("/dashboards/1/file.pdf").await;
    assert_eq!(paper.header("content-type"), "application/pdf");
    assert!(paper.body.starts_with(b"%PDF-"), "{}", paper.text());
}
