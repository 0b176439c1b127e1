//! The form of a view: its name and search, whose it is, and how its tickets are shown.

use kept_app::domain::fields::Field as OwnField;
use kept_app::domain::ids::FieldId;
use kept_app::domain::search;
use kept_app::domain::views::{Arranged, Column, Grouping, LONGEST_NAME, Sort, Wish};
use maud::{Markup, html};

use crate::forms::Fields;
use crate::layout::Shell;
use crate::parts::{Choice, Field, checkbox, post, post_with, select_field, text_field};
use crate::search::views::help;

/// The form of a new view, or of the one at `id`.
pub(super) struct ViewForm {
    pub id: Option<i64>,
    pub wish: Wish,
    /// The desk's own fields, of which some can be columns.
    pub own: Vec<OwnField>,
    /// What is wrong, and with which field.
    pub wrong: Option<(&'static str, String)>,
}

/// What the form says. Unknown words are what a new view has.
pub(super) fn read(fields: &Fields) -> Wish {
    Wish {
        name: fields.trimmed("name"),
        search: fields.trimmed("search"),
        shared: fields.get("shared") == "yes",
        columns: fields.all("column").filter_map(Column::from_text).collect(),
        fields: fields
            .all("field")
            .filter_map(|it| it.parse().ok().map(FieldId))
            .collect(),
        arranged: Arranged {
            sort: Sort::from_text(fields.get("sort")).unwrap_or_default(),
            grouping: Grouping::from_text(fields.get("grouping")).unwrap_or_default(),
        },
    }
}

/// A view nobody has wished for yet.
pub(super) fn empty(search: &str) -> Wish {
    Wish {
        name: String::new(),
        search: search.to_owned(),
        shared: false,
        columns: Column::USUAL.to_vec(),
        fields: vec![],
        arranged: Arranged::default(),
    }
}

pub(super) fn view_form(it: &ViewForm, shell: &Shell) -> Markup {
    let action = it
        .id
        .map_or_else(|| "/views".to_owned(), |id| format!("/views/{id}"));
    let title = if it.id.is_some() {
        "Change the view"
    } else {
        "New view"
    };
    html! {
        div.sheet-page {
            header.page-head { div { h1 { (title) }
                p.says { "A search with a name. It stands in the list of places with the number of its tickets." } } }
            (post_with(&action, &shell.csrf, "form", fields(it)))
            @if let Some(id) = it.id {
                (post(&format!("/views/{id}/removal"), &shell.csrf, html! { button.btn.is-last { "Delete this view" } }))
            }
            (help(false))
        }
    }
}

fn fields(it: &ViewForm) -> Markup {
    let wish = &it.wish;
    let wrong = |name: &str| {
        let about = it.wrong.as_ref().filter(|(field, _)| *field == name);
        about.map(|(_, says)| says.clone())
    };
    let name = Field {
        error: wrong("name"),
        ..Field::new("name", "Name", &*wish.name)
            .required()
            .placeholder("Late VIPs")
            .most(LONGEST_NAME)
    };
    let search = Field {
        error: wrong("search"),
        ..Field::new("search", "Search", &*wish.search)
            .required()
            .placeholder("is:late tag:vip")
            .most(search::LONGEST)
    };
    let sort = Field::new("sort", "Order", wish.arranged.sort.as_str());
    let grouping = Field::new("grouping", "Headings", wish.arranged.grouping.as_str());
    let sorts = Sort::ALL.map(|it| Choice::new(it.as_str(), it.words()));
    let groupings = Grouping::ALL.map(|it| Choice::new(it.as_str(), it.words()));
    html! {
        (text_field(&name))
        (text_field(&search))
        (select_field(&sort, &sorts))
        (select_field(&grouping, &groupings))
        fieldset.columns {
            legend { "Columns beside the subject" }
            @for column in Column::ALL {
                (checkbox("column", column.as_str(), column.words(), wish.columns.contains(&column)))
            }
        }
        (own_fields(it))
        (checkbox("shared", "yes", "For everybody at the desk", wish.shared))
        div.form-foot { button.btn.btn-1 { "Save" } }
    }
}

/// A retired field is offered for as long as the view shows it.
fn own_fields(it: &ViewForm) -> Markup {
    let chosen = |field: &OwnField| it.wish.fields.contains(&field.id);
    let offered = it.own.iter().filter(|own| !own.is_retired || chosen(own));
    let offered: Vec<&OwnField> = offered.collect();
    let wrong = it.wrong.as_ref().filter(|(field, _)| *field == "field");
    html! {
        @if !offered.is_empty() {
            fieldset.columns {
                legend { "The desk’s own fields, after them" }
                @if let Some((_, says)) = wrong { p.field-error role="alert" { (says) } }
                @for own in offered {
                    (checkbox("field", &own.id.to_string(), &own.content.name, chosen(own)))
                }
            }
        }
    }
}
