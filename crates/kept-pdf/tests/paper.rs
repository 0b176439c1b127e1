//! What a reader of the PDF gets, whatever is put on it.

use kept_pdf::{Content, Document, Figure, Line, Link, Section, Table};
use proptest::prelude::*;

fn line(label: &str, value: i64) -> Line {
    let href = Some(format!("https://desk.example/search?q={value}"));
    Line {
        labels: vec![label.to_owned()],
        figures: vec![Figure { value, href }],
    }
}

fn of(lines: Vec<Line>) -> Document {
    let table = Table {
        headings: vec!["Client".into(), "Tickets".into()],
        lines,
        below: Some("and 4 more lines".into()),
    };
    Document {
        title: "Overview".into(),
        says: "23 November 2026".into(),
        sections: vec![
            Section {
                heading: "Tickets by client".into(),
                content: Content::Table(table),
            },
            Section {
                heading: "Late".into(),
                content: Content::Words("No tickets.".into()),
            },
        ],
        links: vec![Link {
            words: "The dashboard itself".into(),
            href: "https://desk.example/dashboards/1".into(),
        }],
    }
}

fn written(document: &Document) -> Vec<u8> {
    let pdf = document.to_pdf().expect("it is written");
    assert!(pdf.starts_with(b"%PDF-"), "it says what it is");
    assert!(pdf.trim_ascii_end().ends_with(b"%%EOF"), "it is whole");
    pdf
}

fn count(pdf: &[u8], what: &[u8]) -> usize {
    pdf.windows(what.len()).filter(|it| *it == what).count()
}

#[test]
fn long_tables_go_on_on_the_next_page() {
    let pages = |lines: i64| {
        let lines = (0..lines).map(|n| line(&format!("Client {n}"), n));
        let pdf = written(&of(lines.collect()));
        count(&pdf, b"/Type/Page/") + count(&pdf, b"/Type /Page\n")
    };
    assert_eq!(pages(3), 1);
    assert_eq!(pages(200), 5);
}

#[test]
fn numbers_lead_to_their_tickets() {
    let pdf = written(&of(vec![line("Acme", 12)]));
    assert_eq!(count(&pdf, b"(https://desk.example/search?q=12)"), 1);
    assert_eq!(count(&pdf, b"(https://desk.example/dashboards/1)"), 1);
}

#[test]
fn the_same_figures_are_the_same_bytes() {
    let document = of(vec![line("Acme", 12), line("Żółć Ελλάς", 3)]);
    assert_eq!(written(&document), written(&document));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn anything_can_be_put_on_paper(labels in proptest::collection::vec("\\PC{0,60}", 0..30), title in any::<String>(), value in any::<i64>()) {
        let lines = labels.iter().map(|label| line(label, value)).collect();
        let document = Document { title, ..of(lines) };
        written(&document);
    }
}
