//! Templates for new tickets: who may write them, and a ticket that begins with one.

use std::collections::BTreeSet;

use kept_app::domain::ids::{QueueId, TemplateId};
use kept_app::domain::templates::Template;
use kept_app::domain::tickets::{Kind, Priority, Tag};
use kept_app::tickets::{NewTicket, open};
use kept_app::{ErrorKind, checklists, templates};

use crate::support::{World, on_both};

fn template() -> Template {
    Template {
        name: "New colleague".into(),
        subject: "New colleague:".into(),
        text: "Who, and from when?".into(),
        queue: None,
        kind: Kind::Request,
        priority: Priority::High,
        tags: BTreeSet::from([Tag::parse("onboarding").expect("a tag")]),
        steps: vec!["Make the account".into(), "Order a phone".into()],
    }
}

async fn written(world: &World) -> TemplateId {
    let id = templates::write(&world.desk, &world.ines, None, template()).await;
    id.expect("is written")
}

#[test]
fn a_ticket_begins_with_the_tags_and_steps_of_its_template() {
    on_both(|world| async {
        let id = written(&world).await;
        let known = templates::one(&world.desk, &world.ines, id)
            .await
            .expect("is offered");
        let template = known.template;
        let new = NewTicket {
            subject: template.subject.clone(),
            requester: None,
            requester_name: String::new(),
            queue: world.queue().await,
            priority: template.priority,
            kind: template.kind,
            text: template.text.clone(),
            files: vec![],
            tags: template.tags.clone(),
            steps: template.new_steps(),
            fields: vec![],
            take: true,
        };
        let ticket = open(&world.desk, &world.ines, new)
            .await
            .expect("is opened");
        let told = world.conversation(ticket).await.ticket;
        assert_eq!(told.tags, template.tags);
        let steps = checklists::of_ticket(&world.desk, &world.ines, ticket).await;
        let steps: Vec<String> = steps
            .expect("steps")
            .into_iter()
            .map(|it| it.step.what)
            .collect();
        assert_eq!(steps, template.steps);
        world
    });
}

#[test]
fn only_admins_write_templates_and_what_is_wrong_is_said() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let denied = templates::write(&world.desk, &noor, None, template()).await;
        assert_eq!(denied.expect_err("may not").kind(), ErrorKind::Denied);
        let id = written(&world).await;
        assert_eq!(
            templates::all(&world.desk, &noor).await.expect("all").len(),
            1
        );
        let elsewhere = Template {
            queue: Some(QueueId(99)),
            ..template()
        };
        let wrong = templates::write(&world.desk, &world.ines, Some(id), elsewhere).await;
        assert_eq!(wrong.expect_err("no such queue").kind(), ErrorKind::Invalid);
        let remove = |back| templates::remove(&world.desk, &world.ines, id, back);
        remove(false).await.expect("is removed");
        let gone = templates::write(&world.desk, &world.ines, Some(id), template()).await;
        assert_eq!(gone.expect_err("is gone").kind(), ErrorKind::NotFound);
        remove(true).await.expect("is back");
        templates::one(&world.desk, &noor, id)
            .await
            .expect("is offered");
        world
    });
}
