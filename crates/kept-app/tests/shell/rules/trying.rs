//! The dry run: what would have happened, and nothing does.

use kept_app::domain::rules::{Action, Occurrence, Rule};
use kept_app::domain::tickets::{AndThen, Priority};
use kept_app::rules::{Scope, Trial, try_rule};
use kept_app::tickets::Change;

use super::{high, rule, tagged};
use crate::support::{World, mail, on_both};

const ALL: Scope = Scope {
    tickets: 2_000,
    days: 365,
};

async fn tried(world: &World, rule: Rule, scope: Scope) -> Trial {
    let trial = try_rule(&world.desk, &world.ines, rule, None, scope).await;
    trial.expect("it is tried")
}

async fn said(world: &World, rule: Rule) -> Vec<String> {
    let trial = tried(world, rule, ALL).await;
    let row = |row: &kept_app::rules::Would| {
        format!(
            "#{} when {}: {}",
            row.ticket,
            row.because,
            row.acts.join(", ")
        )
    };
    trial.rows.iter().map(row).collect()
}

#[test]
fn a_dry_run_tells_what_would_have_happened_and_changes_nothing() {
    on_both(|world| async {
        let dana = "Dana Fox <dana@acme.example>";
        let first = world
            .opens(&mail(dana, "Printer", "It smells.").id("1@acme"))
            .await;
        world
            .opens(&mail(dana, "Wi-Fi", "It is slow.").id("2@acme"))
            .await;
        world.later(1);
        world.change(first, Change::Priority(Priority::High)).await;
        world
            .reply(first, "Is the roller shiny?", AndThen::Ask)
            .await;
        world.later(1);
        world
            .take(
                &mail(dana, "Re: Printer", "Smoke, too!")
                    .id("3@acme")
                    .answering("1@acme"),
            )
            .await;
        let before = (
            world.rows("events").await,
            world.rows("outgoing").await,
            world.rows("jobs").await,
        );

        let opened =
            |condition: &str| rule("P", Occurrence::Opened, condition, &[high(), tagged()]);
        let both = "set the priority to high, tag it vip";
        assert_eq!(
            said(&world, opened("printer")).await,
            [format!("#1 when a ticket is opened: {both}")]
        );
        assert_eq!(said(&world, opened("")).await.len(), 2);
        // The words came later, so they were not there when it was opened.
        assert!(said(&world, opened("smoke")).await.is_empty());
        let wrote = rule("P", Occurrence::ClientWrote, "smoke", &[high(), tagged()]);
        assert_eq!(
            said(&world, wrote).await,
            ["#1 when the client writes: tag it vip"]
        );
        let asked = rule(
            "P",
            Occurrence::DeskReplied,
            "turn:client status:waiting",
            &[high()],
        );
        assert_eq!(said(&world, asked).await, ["#1 when the desk replies: "]);

        let after = (
            world.rows("events").await,
            world.rows("outgoing").await,
            world.rows("jobs").await,
        );
        assert_eq!(before, after);
        assert_eq!(world.rows("rule_firings").await, 0);
        world
    });
}

#[test]
fn a_dry_run_is_bounded_and_shows_its_texts() {
    on_both(|world| async {
        for n in 0..7 {
            world
                .opens(&mail(
                    "Dana Fox <dana@acme.example>",
                    &format!("Printer {n}"),
                    "It smells.",
                ))
                .await;
        }
        let note = Action::Note {
            text: "About {{ subject }}".into(),
        };
        let any = || rule("P", Occurrence::Opened, "", std::slice::from_ref(&note));
        let few = tried(
            &world,
            any(),
            Scope {
                tickets: 3,
                days: 1,
            },
        )
        .await;
        assert_eq!((few.tickets, few.fired, few.rows.len()), (3, 3, 3));
        assert_eq!(few.texts, ["About Printer 6"]);
        world.later(3 * 24 * 60);
        let none = tried(
            &world,
            any(),
            Scope {
                tickets: 3,
                days: 2,
            },
        )
        .await;
        assert_eq!((none.tickets, none.fired), (0, 0));
        world
    });
}
