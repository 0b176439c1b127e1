//! How rules are made, ordered, changed, removed and brought back.

use kept_app::ErrorKind;
use kept_app::domain::access::Viewer;
use kept_app::domain::people::Role;
use kept_app::domain::rules::{Action, Occurrence, Rule};
use kept_app::rules::{self, Draft, add, edit, list, one, remove, shift, switch, undo};

use super::{high, made, rule, tagged};
use crate::support::{World, mail, on_both};

async fn names(world: &World) -> Vec<String> {
    let all = list(&world.desk, &world.ines).await.expect("the rules");
    all.into_iter().map(|listed| listed.rule.name).collect()
}

fn draft(rule: Rule) -> Draft {
    Draft { rule, secret: None }
}

#[test]
fn rules_run_in_the_order_in_which_they_stand() {
    on_both(|world| async {
        for name in ["A", "B", "C"] {
            made(&world, rule(name, Occurrence::Opened, "", &[tagged()])).await;
        }
        let all = list(&world.desk, &world.ines).await.expect("the rules");
        shift(&world.desk, &world.ines, all[2].id, true)
            .await
            .expect("moves");
        assert_eq!(names(&world).await, ["A", "C", "B"]);
        shift(&world.desk, &world.ines, all[0].id, false)
            .await
            .expect("moves");
        shift(&world.desk, &world.ines, all[2].id, true)
            .await
            .expect("is first already");
        assert_eq!(names(&world).await, ["C", "A", "B"]);
        world
    });
}

#[test]
fn the_last_change_can_be_taken_back() {
    on_both(|world| async {
        let id = made(
            &world,
            rule("VIP", Occurrence::Opened, "client:acme", &[tagged()]),
        )
        .await;
        let other = rule("Very important", Occurrence::Opened, "", &[high()]);
        let changed = edit(&world.desk, &world.ines, id, draft(other))
            .await
            .expect("changes");
        assert_eq!(names(&world).await, ["Very important"]);
        undo(&world.desk, &world.ines, changed)
            .await
            .expect("is taken back");
        assert_eq!(names(&world).await, ["VIP"]);
        let again = undo(&world.desk, &world.ines, changed).await;
        assert_eq!(again.map_err(|e| e.kind()), Err(ErrorKind::Conflict));
        let removed = remove(&world.desk, &world.ines, id).await.expect("is gone");
        assert!(names(&world).await.is_empty());
        undo(&world.desk, &world.ines, removed)
            .await
            .expect("is back");
        let off = switch(&world.desk, &world.ines, id, false)
            .await
            .expect("is off");
        undo(&world.desk, &world.ines, off).await.expect("is on");
        let detail = one(&world.desk, &world.ines, id).await.expect("the rule");
        assert!(detail.listed.rule.on);
        let lines: Vec<String> = detail
            .changes
            .iter()
            .map(|(change, by)| format!("{by}: {}", change.what))
            .collect();
        assert_eq!(lines.len(), 7);
        assert_eq!(lines[2], "Ines Moreau: Took the last change back");
        assert_eq!(lines[6], "Ines Moreau: Added it");
        world
    });
}

#[test]
fn what_is_wrong_is_said_beside_its_field() {
    on_both(|world| async {
        let check = async |rule: Rule, field: &str, words: &str| {
            let refused = add(&world.desk, &world.ines, draft(rule)).await;
            match refused {
                Err(kept_app::Error::Invalid {
                    field: found,
                    problem,
                }) => {
                    assert_eq!(found, field);
                    assert!(problem.contains(words), "{problem}");
                }
                other => panic!("{other:?}"),
            }
        };
        let begins = Occurrence::Opened;
        check(rule("", begins, "", &[high()]), "name", "name").await;
        check(
            rule("A", begins, "is:lost", &[high()]),
            "if",
            "at character 1",
        )
        .await;
        check(rule("A", begins, "", &[]), "then", "at least one").await;
        let typo = Action::Reply {
            text: "Hello {{ nmae }}".into(),
        };
        check(
            rule("A", begins, "", &[typo]),
            "reply",
            "can't be filled in",
        )
        .await;
        let hook = Action::Hook {
            url: "ftp://x".into(),
            sealed_secret: String::new(),
        };
        check(rule("A", begins, "", &[hook]), "hook", "https://").await;
        world
    });
}

#[test]
fn dispatchers_look_and_only_admins_change() {
    on_both(|world| async {
        let id = made(&world, rule("VIP", Occurrence::Opened, "", &[tagged()])).await;
        let viewer = |role| Viewer {
            role,
            ..world.ines.clone()
        };
        let looks = async |role| list(&world.desk, &viewer(role)).await.is_ok();
        assert!(looks(Role::Dispatcher).await && !looks(Role::Agent).await);
        for role in [Role::Agent, Role::Dispatcher] {
            let refused = remove(&world.desk, &viewer(role), id).await;
            assert_eq!(refused.map_err(|e| e.kind()), Err(ErrorKind::Denied));
        }
        world
    });
}

#[test]
fn the_list_says_how_often_a_rule_fired_and_when_last() {
    on_both(|world| async {
        made(&world, rule("VIP", Occurrence::Opened, "", &[tagged()])).await;
        for n in 0..3 {
            world
                .opens(&mail(
                    "dana@acme.example",
                    &format!("Printer {n}"),
                    "It smells.",
                ))
                .await;
            world.later(20 * 24 * 60);
        }
        let all = rules::list(&world.desk, &world.ines)
            .await
            .expect("the rules");
        assert_eq!(all[0].times, 1);
        let days_ago = world
            .desk
            .now()
            .duration_since(all[0].last.expect("it fired"))
            .as_hours()
            / 24;
        assert_eq!(days_ago, 20);
        assert_eq!(
            all[0].reading.to_string(),
            "When a ticket is opened, then tag it vip"
        );
        world
    });
}
