//! Templates for new tickets: written, changed, offered by name and not offered any more.

use std::collections::BTreeSet;

use kept_domain::templates::Template;
use kept_domain::tickets::{Kind, Priority, Tag};
use kept_store::templates;
use kept_store::testing::both;

use crate::support::{at, desk, read, write};

fn template(name: &str) -> Template {
    Template {
        name: name.into(),
        subject: "New colleague".into(),
        text: "Who, and from when?".into(),
        queue: None,
        kind: Kind::Request,
        priority: Priority::High,
        tags: BTreeSet::from([Tag::parse("onboarding").expect("a tag")]),
        steps: vec!["Make the account".into()],
    }
}

#[test]
fn templates_are_offered_by_name_until_they_are_removed() {
    both(|store| {
        let desk = desk(&store);
        let (second, first) = (template("move"), template("Arrival"));
        let other = second.clone();
        let id = write(&store, move |tx| templates::insert(tx, &other));
        write(&store, move |tx| {
            templates::insert(tx, &template("Arrival"))
        });
        let names = || {
            let all = read(&store, templates::all);
            all.into_iter()
                .map(|it| it.template.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(), ["Arrival", "move"]);
        let changed = Template {
            queue: Some(desk.support),
            ..first
        };
        let written = changed.clone();
        write(&store, move |tx| templates::update(tx, id, &written));
        let find = || read(&store, move |tx| templates::find(tx, id)).expect("is there");
        assert_eq!(find().template, changed);
        write(&store, move |tx| {
            templates::set_removed(tx, id, Some(at(5)))
        });
        assert_eq!(names().len(), 1);
        assert_eq!(find().removed_at, Some(at(5)));
        write(&store, move |tx| templates::set_removed(tx, id, None));
        assert_eq!(names().len(), 2);
    });
}
