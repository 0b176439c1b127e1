//! Saved views: a search with a name, and how its tickets are shown. Pure; who may see one is asked here too.

mod arrange;

pub use arrange::{Arranged, Column, Grouping, Sort};

use serde::{Deserialize, Serialize};

use crate::access::Viewer;
use crate::ids::{FieldId, PersonId};
use crate::people::Role;
use crate::search::{self, Query};

/// A view as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    pub id: i64,
    pub owner: PersonId,
    pub wish: Wish,
}

/// What somebody wants a view to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub name: String,
    /// As it was typed.
    pub search: String,
    /// Everybody at the desk sees it; otherwise only its owner.
    pub shared: bool,
    pub columns: Vec<Column>,
    /// The desk's own fields it shows after them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldId>,
    #[serde(flatten)]
    pub arranged: Arranged,
}

/// What is wrong, and the field of the form it is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct BadView {
    pub field: &'static str,
    pub problem: String,
}

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 40;
/// Views one person sees at most, of all kinds.
pub const MOST: usize = 50;
/// The desk's own fields one view shows at most: more do not fit beside a subject.
pub const MOST_FIELDS: usize = 6;

impl Wish {
    /// The wish with spaces put right and each column once, and its search read.
    ///
    /// # Errors
    /// When the name is none, or the search can't be read or asks nothing.
    pub fn checked(mut self) -> Result<(Wish, Query), BadView> {
        self.name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let long = self.name.chars().count() > LONGEST_NAME;
        if self.name.is_empty() || long || self.name.contains(char::is_control) {
            return bad(
                "name",
                format!("Give the view a name of up to {LONGEST_NAME} characters"),
            );
        }
        self.search = self.search.trim().to_owned();
        let query =
            search::parse(&self.search).or_else(|error| bad("search", error.to_string()))?;
        if query.is_empty() {
            return bad(
                "search",
                "Say which tickets it shows, such as is:open tag:vip",
            );
        }
        self.columns.sort_unstable();
        self.columns.dedup();
        self.fields.sort_unstable();
        self.fields.dedup();
        if self.fields.len() > MOST_FIELDS {
            return bad(
                "field",
                format!("Choose up to {MOST_FIELDS} of the desk’s own fields"),
            );
        }
        Ok((self, query))
    }
}

fn bad<T>(field: &'static str, problem: impl Into<String>) -> Result<T, BadView> {
    let problem = problem.into();
    Err(BadView { field, problem })
}

impl SavedView {
    pub fn is_seen_by(&self, viewer: &Viewer) -> bool {
        self.wish.shared || self.owner == viewer.person
    }

    /// Its owner changes it; what everybody sees dispatchers change too.
    pub fn is_changed_by(&self, viewer: &Viewer) -> bool {
        self.owner == viewer.person || (self.wish.shared && viewer.role >= Role::Dispatcher)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(name: &str, search: &str) -> Wish {
        Wish {
            name: name.into(),
            search: search.into(),
            shared: false,
            columns: vec![Column::Due, Column::Client, Column::Due],
            fields: vec![FieldId(2), FieldId(1), FieldId(2)],
            arranged: Arranged::default(),
        }
    }

    #[test]
    fn a_view_needs_a_name_and_a_search_that_asks_something() {
        let check = |name: &str, search: &str, field: &str| {
            let found = wish(name, search).checked();
            let found = found.map_or_else(|bad| bad.field, |_| "");
            assert_eq!(found, field, "{name} {search}");
        };
        check("Late VIPs", "is:late tag:vip", "");
        check(" ", "is:late", "name");
        check(&"x".repeat(41), "is:late", "name");
        check("x", "is:lat", "search");
        check("x", "", "search");
        check("x", "-toner", "search");
        let (clean, _) = wish("  Late \n VIPs ", " is:late ")
            .checked()
            .expect("a view");
        assert_eq!((&*clean.name, &*clean.search), ("Late VIPs", "is:late"));
        assert_eq!(clean.columns, [Column::Client, Column::Due]);
        assert_eq!(clean.fields, [FieldId(1), FieldId(2)]);
        let mut broad = wish("x", "is:late");
        broad.fields = (1..=7).map(FieldId).collect();
        let found = broad.checked().map_err(|bad| bad.field);
        assert_eq!(found.map(|_| ()), Err("field"));
    }

    #[test]
    fn a_view_of_ones_own_is_nobody_elses() {
        let check = |shared: bool, person: i64, role: Role, seen: bool, changed: bool| {
            let mut wish = wish("x", "is:open");
            wish.shared = shared;
            let owner = PersonId(1);
            let view = SavedView { id: 1, owner, wish };
            let viewer = Viewer {
                person: PersonId(person),
                name: String::new(),
                role,
            };
            assert_eq!(
                (view.is_seen_by(&viewer), view.is_changed_by(&viewer)),
                (seen, changed),
                "{shared} {person} {role:?}"
            );
        };
        check(false, 1, Role::Agent, true, true);
        check(false, 2, Role::Agent, false, false);
        check(false, 2, Role::Admin, false, false);
        check(true, 1, Role::Agent, true, true);
        check(true, 2, Role::Agent, true, false);
        check(true, 2, Role::Dispatcher, true, true);
    }

    #[test]
    fn a_view_comes_back_from_json_as_it_was() {
        for fields in ["", r#""fields":[3,1],"#] {
            let text = format!(
                r#"{{"name":"VIP","search":"tag:vip","shared":true,"columns":["client","due"],{fields}"sort":"due","grouping":"agent"}}"#
            );
            let wish: Wish = serde_json::from_str(&text).expect("a view");
            assert_eq!(serde_json::to_string(&wish).expect("JSON"), text);
        }
    }
}
