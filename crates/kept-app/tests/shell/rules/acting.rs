//! Rules act in the transaction of what set them off, under their own name, once.

use jiff::tz::TimeZone;
use kept_app::doctor;
use kept_app::domain::ids::QueueId;
use kept_app::domain::rules::{Action, Assignee, Occurrence};
use kept_app::domain::tickets::{AndThen, Kind, Priority};
use kept_app::reading::search;
use kept_app::tickets::Change;

use super::{done_by_rules, high, made, rule, tagged, vip};
use crate::support::{mail, on_both, on_both_damaged};

const DANA: &str = "Dana Fox <dana@acme.example>";

#[test]
fn a_rule_acts_as_soon_as_the_mail_is_in() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await.person;
        let to_noor = Action::Assign {
            to: Assignee::Person { person: noor },
        };
        let incident = Action::Kind { to: Kind::Incident };
        let acts = [high(), incident, to_noor, tagged()];
        made(
            &world,
            rule("Printers", Occurrence::Opened, "printer from:acme", &acts),
        )
        .await;
        let other = world.opens(&mail(DANA, "Wi-Fi", "It is slow.")).await;
        assert_eq!(done_by_rules(&world, other).await, [""; 0]);
        let ticket = world.opens(&mail(DANA, "Printer", "It smells.")).await;
        assert_eq!(
            done_by_rules(&world, ticket).await,
            [
                "Rule “Printers”: Changed the priority from normal to high",
                "Rule “Printers”: Changed the kind from request to incident",
                "Rule “Printers”: Made Noor Haddad responsible, before: Ines Moreau",
                "Rule “Printers”: Tagged it vip",
            ]
        );
        let found = search(&world.desk, &world.ines, "tag:vip", TimeZone::UTC).await;
        assert_eq!(found.expect("a search").found.len(), 1);
        let now = world.conversation(ticket).await.ticket;
        assert_eq!((now.priority, now.responsible), (Priority::High, noor));
        world
    });
}

#[test]
fn each_happening_begins_its_rules_and_automatic_mail_begins_none() {
    on_both(|world| async {
        for (when, tag) in [
            (Occurrence::ClientWrote, "wrote"),
            (Occurrence::DeskReplied, "replied"),
            (Occurrence::Resolved, "resolved"),
            (Occurrence::Reopened, "reopened"),
            (Occurrence::PriorityChanged, "priority"),
        ] {
            let tags = vec![kept_app::domain::tickets::Tag::parse(tag).expect("a tag")];
            made(&world, rule(tag, when, "", &[Action::Tag { tags }])).await;
        }
        let robot =
            mail(DANA, "Backup done", "All is well.").with("Auto-Submitted", "auto-generated");
        if let kept_app::intake::Taken::Opened(quiet) = world.take(&robot).await {
            assert_eq!(done_by_rules(&world, quiet).await, [""; 0]);
        }
        let ticket = world
            .opens(&mail(DANA, "Printer", "It smells.").id("1@acme"))
            .await;
        let tags = async || {
            let ticket = world.conversation(ticket).await.ticket;
            ticket
                .tags
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(tags().await, "wrote");
        world.reply(ticket, "Replaced.", AndThen::Resolve).await;
        assert_eq!(tags().await, "replied resolved wrote");
        world
            .take(
                &mail(DANA, "Re: Printer", "Again!")
                    .id("2@acme")
                    .answering("1@acme"),
            )
            .await;
        assert_eq!(tags().await, "reopened replied resolved wrote");
        world.change(ticket, Change::Priority(Priority::Low)).await;
        assert_eq!(tags().await, "priority reopened replied resolved wrote");
        world
    });
}

#[test]
fn rules_see_what_those_before_them_did_and_come_to_rest() {
    on_both(|world| async {
        let low = Action::Priority { to: Priority::Low };
        made(
            &world,
            rule("Up", Occurrence::PriorityChanged, "priority:low", &[high()]),
        )
        .await;
        made(
            &world,
            rule("Down", Occurrence::PriorityChanged, "priority:high", &[low]),
        )
        .await;
        made(&world, rule("Begin", Occurrence::Opened, "", &[high()])).await;
        let ticket = world.opens(&mail(DANA, "Printer", "It smells.")).await;
        assert_eq!(
            done_by_rules(&world, ticket).await,
            [
                "Rule “Begin”: Changed the priority from normal to high",
                "Rule “Down”: Changed the priority from high to low",
                "Rule “Up”: Changed the priority from low to high",
            ]
        );
        world
    });
}

#[test]
fn a_rule_that_stops_keeps_later_ones_from_the_same_happening() {
    on_both(|world| async {
        let mut first = rule("First", Occurrence::Opened, "printer", &[tagged()]);
        first.stops = true;
        made(&world, first).await;
        made(&world, rule("Second", Occurrence::Opened, "", &[high()])).await;
        let printer = world.opens(&mail(DANA, "Printer", "It smells.")).await;
        assert_eq!(
            done_by_rules(&world, printer).await,
            ["Rule “First”: Tagged it vip"]
        );
        let other = world.opens(&mail(DANA, "Wi-Fi", "It is slow.")).await;
        assert_eq!(done_by_rules(&world, other).await.len(), 1);
        world
    });
}

#[test]
fn what_a_rule_can_not_do_is_told_and_the_mail_is_taken_all_the_same() {
    on_both_damaged(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await.person;
        let to_noor = Action::Assign {
            to: Assignee::Person { person: noor },
        };
        made(
            &world,
            rule("Printers", Occurrence::Opened, "", &[to_noor, tagged()]),
        )
        .await;
        world
            .tamper("UPDATE people SET left_at_ms = 1 WHERE name = 'Noor Haddad'")
            .await;
        let ticket = world.opens(&mail(DANA, "Printer", "It smells.")).await;
        assert_eq!(
            done_by_rules(&world, ticket).await,
            [
                "Rule “Printers”: Held back: whom it would make responsible no longer works here",
                "Rule “Printers”: Tagged it vip",
            ]
        );
        let report = doctor::examine(&world.desk)
            .await
            .expect("the doctor looks");
        assert_eq!(
            report.findings,
            ["the rule “Printers” can't do all it says: Noor Haddad no longer works here"]
        );
        world
    });
}

#[test]
fn a_rule_of_another_version_keeps_no_mail_from_being_taken() {
    on_both_damaged(|world| async {
        made(
            &world,
            rule("Printers", Occurrence::Opened, "", &[tagged()]),
        )
        .await;
        world
            .tamper("UPDATE rules SET body = '{\"name\":\"From the future\"}'")
            .await;
        let ticket = world.opens(&mail(DANA, "Printer", "It smells.")).await;
        assert!(done_by_rules(&world, ticket).await.is_empty());
        world
    });
}

#[test]
fn a_change_of_rules_counts_at_once_on_other_nodes_too() {
    on_both(|world| async {
        let other = world.again(|_| {}).await;
        let bytes =
            |n: u8| mail(DANA, &format!("Printer {n}"), "It smells.").id(&format!("{n}@acme"));
        let take = async |n: u8| {
            let mail = bytes(n);
            match kept_app::intake::take_in(&other, mail.bytes(), mail.envelope()).await {
                Ok(kept_app::intake::Taken::Opened(ticket)) => ticket,
                taken => panic!("{taken:?}"),
            }
        };
        assert!(done_by_rules(&world, take(1).await).await.is_empty());
        let id = made(&world, rule("VIP", Occurrence::Opened, "", &[tagged()])).await;
        assert_eq!(done_by_rules(&world, take(2).await).await.len(), 1);
        kept_app::rules::switch(&world.desk, &world.ines, id, false)
            .await
            .expect("is off");
        assert!(done_by_rules(&world, take(3).await).await.is_empty());
        other.close().await;
        world
    });
}

#[test]
fn rules_leave_spam_alone_and_move_tickets_between_queues() {
    on_both(|world| async {
        let queue = world.queue().await;
        let nowhere = Action::Queue { to: QueueId(4711) };
        let draft = kept_app::rules::Draft {
            rule: rule("Lost", Occurrence::Tagged, "", &[nowhere]),
            secret: None,
        };
        let refused = kept_app::rules::add(&world.desk, &world.ines, draft).await;
        assert!(refused.is_err_and(|e| e.to_string().contains("gone")));
        made(
            &world,
            rule(
                "Here",
                Occurrence::Tagged,
                "",
                &[Action::Queue { to: queue }, high()],
            ),
        )
        .await;
        let ticket = world.opens(&mail(DANA, "Printer", "It smells.")).await;
        world.change(ticket, Change::Tag(vip())).await;
        assert_eq!(
            done_by_rules(&world, ticket).await,
            ["Rule “Here”: Changed the priority from normal to high"]
        );
        world
    });
}
