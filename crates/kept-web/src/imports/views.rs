//! The pages of an import: its file, its columns, its lines.

use jiff::Timestamp;
use kept_app::store::imports::State as Stands;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Choice, Icon, Tab, choices, icon, post, post_files, post_with, tabs};

/// The form for a file, and what was brought in before.
#[derive(Debug, Clone)]
pub struct ListPage {
    pub kind: &'static str,
    pub error: Option<String>,
    pub past: Vec<Past>,
}

/// An import of before.
#[derive(Debug, Clone)]
pub struct Past {
    pub id: u64,
    pub kind: &'static str,
    pub file_name: String,
    pub began: Timestamp,
    pub stands: &'static str,
}

/// One import.
#[derive(Debug, Clone)]
pub struct ImportPage {
    pub id: u64,
    pub kind: &'static str,
    pub file_name: String,
    pub stands: Stands,
    pub says: String,
    pub passed: u64,
    pub all: u64,
    pub columns: Vec<ColumnChoice>,
    pub headers: Vec<String>,
    pub tally: Tally,
    pub tabs: Vec<Tab>,
    pub lines: Vec<LineRow>,
    pub next: Option<String>,
}

/// How many lines would do something, and how many can't.
#[derive(Debug, Clone, Copy)]
pub struct Tally {
    pub will: u64,
    pub refused: u64,
}

/// A column and what it may mean.
#[derive(Debug, Clone)]
pub struct ColumnChoice {
    pub header: String,
    pub example: String,
    pub chosen: &'static str,
    pub offered: Vec<Choice>,
}

/// One line.
#[derive(Debug, Clone)]
pub struct LineRow {
    pub line: u64,
    pub cells: Vec<String>,
    pub outcome: &'static str,
    pub is_refused: bool,
    pub says: String,
    /// The card it is about.
    pub href: Option<String>,
}

/// Cells of a line that are shown; the rest is in the file.
const SHOWN: usize = 4;

/// The page that takes a file.
pub fn list(page: &ListPage, shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head { div { h1 { "Import" }
                p.says { "Bring people, clients or assets from a table. You see what would become of each line before anything changes, and the same table again changes nothing." } } }
            (post_files("/imports", &shell.csrf, "form", html! {
                div.field { label for="f-kind" { "What the lines are" }
                    select id="f-kind" name="kind" { @for (value, words) in KINDS { option value=(value) selected[page.kind == value] { (words) } } } }
                div.field { label for="f-file" { "File" }
                    input id="f-file" type="file" name="file" accept=".csv,.txt,.tsv,text/csv" required
                        aria-invalid=[page.error.is_some().then_some("true")] aria-describedby="f-file-help";
                    @if let Some(error) = &page.error { p.field-error role="alert" { (error) } }
                    p.field-help id="f-file-help" { "CSV with headers in its first line, up to 10,000 lines and 8 MB. Commas, semicolons and tabs, UTF-8 and Windows files are all read." } }
                div.form-foot { button.btn.btn-1 data-key="send" { "Go on" } }
            }))
            @if !page.past.is_empty() {
                section.block { h2 { "Before" } ul.others { @for it in &page.past { li {
                    a href={ "/imports/" (it.id) } { (it.file_name) } " " span.dim { (it.kind) " · " (shell.clock.at(it.began)) " · " (it.stands) }
                } } } }
            }
        }
    }
}

const KINDS: [(&str, &str); 3] = [
    ("people", "People"),
    ("clients", "Clients"),
    ("assets", "Assets"),
];

/// One import.
pub fn one(page: &ImportPage, shell: &Shell) -> Markup {
    html! {
        div.sheet-page.import-page {
            header.page-head { p.crumbs { a href={ "/imports?kind=" (page.kind) } { "Import" } } h1 { (page.file_name) } }
            section.block.bulk-look {
                h2 aria-live="polite" { (page.says) }
                @if page.stands.goes_on() {
                    progress max=(page.all.max(1)) value=(page.passed) aria-label="How far it is" {}
                    p.dim { "You can leave this page; it goes on." }
                }
                @if page.stands == Stands::Looked && page.tally.will > 0 {
                    (post(&format!("/imports/{}/beginning", page.id), &shell.csrf, html! {
                        button.btn.btn-1 data-key="begin" { (icon(Icon::Check)) "Import " (page.tally.will) " " @if page.tally.will == 1 { "line" } @else { "lines" } }
                    }))
                }
                @if matches!(page.stands, Stands::Looked | Stands::Done) && page.tally.refused > 0 {
                    p { a href={ "/imports/" (page.id) "/refused.csv" } data-turbo="false" { "Lines that can’t be taken, as a table with the reasons" } }
                }
            }
            @if !matches!(page.stands, Stands::Doing | Stands::Done) { (columns(page, shell)) }
            @if page.stands != Stands::Mapping { (lines(page)) }
        }
    }
}

fn columns(page: &ImportPage, shell: &Shell) -> Markup {
    html! {
        details.block.import-columns open[page.stands == Stands::Mapping] {
            summary { h2 { "What the columns mean" } }
            (post_with(&format!("/imports/{}/columns", page.id), &shell.csrf, "form", html! {
                @for (at, column) in page.columns.iter().enumerate() {
                    div.field {
                        label for={ "f-column-" (at) } { (column.header) @if !column.example.is_empty() { " " span.dim { "such as " (column.example) } } }
                        select id={ "f-column-" (at) } name="column" { (choices(&column.offered, column.chosen)) }
                    }
                }
                div.form-foot { button.btn.btn-1[page.stands == Stands::Mapping] data-key="send" { "Look what would become of it" } }
            }))
        }
    }
}

fn lines(page: &ImportPage) -> Markup {
    html! {
        section.block id="lines" {
            h2 { "Line by line" }
            (tabs("Lines", &page.tabs))
            div.import-lines tabindex="0" role="region" aria-label="Lines of the table" {
                table.list {
                    thead { tr { th { "Line" } th { "What" } @for header in page.headers.iter().take(SHOWN) { th { (header) } } } }
                    tbody { @for line in &page.lines { (row(line)) } }
                }
            }
            @if let Some(href) = &page.next { nav.pages aria-label="Pages" { a.btn href=(href) rel="next" { "Next page" } } }
        }
    }
}

fn row(line: &LineRow) -> Markup {
    html! {
        tr {
            td.num { (line.line) }
            td { @match &line.href { Some(href) => a href=(href) { (line.outcome) }, None => span.is-late[line.is_refused] { (line.outcome) } }
                @if !line.says.is_empty() { " " span.mut { (line.says) } } }
            @for cell in line.cells.iter().take(SHOWN) { td.mut { (cell) } }
        }
    }
}
