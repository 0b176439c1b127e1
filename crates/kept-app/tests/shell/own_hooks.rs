//! An agent's own web-hook: told as they chose, in their hours, once, and never where only this server can look.

use kept_app::domain::access::Viewer;
use kept_app::domain::ids::TicketId;
use kept_app::domain::notifications::{How, Kind, Ways};
use kept_app::notifications::{self, hook};
use kept_app::store::hooks::{Delivery, State};
use kept_app::tickets::{Note, note};
use kept_app::{Error, ErrorKind};

use crate::support::{World, allow_here, mail, on_both, sink};

async fn noor(world: &World) -> Viewer {
    world.agent("Noor Haddad", "noor@desk.example").await
}

async fn opened(world: &World) -> TicketId {
    world
        .opens(&mail("dana@acme.example", "Printer", "It smells.").id("1@acme"))
        .await
}

async fn names_noor(world: &World, id: TicketId) {
    let new = Note {
        text: "@noor please".into(),
        files: vec![],
    };
    note(&world.desk, &world.ines, id, new)
        .await
        .expect("is written");
}

async fn set(world: &World, who: &Viewer, url: &str) -> Result<(), Error> {
    hook::change(&world.desk, who, url).await
}

async fn told(world: &World, who: &Viewer) -> Vec<Delivery> {
    let shown = hook::shown(&world.desk, who).await.expect("is read");
    shown.expect("is set").told
}

async fn failures_mailed(world: &World) -> usize {
    let written = world.written().await.into_iter();
    written
        .filter(|mail| mail.subject == "Kept: your web-hook does not work")
        .count()
}

#[test]
fn what_an_agent_chose_is_told_once_signed_and_leads_to_its_message() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let sink = sink(&["204 No Content"]).await;
        allow_here(&world).await;
        names_noor(&world, id).await;
        set(&world, &noor, &format!("http://{}/me", sink.address))
            .await
            .expect("is set");
        names_noor(&world, id).await;
        world.work().await;
        world.work().await;
        let all = sink.told();
        assert_eq!(
            all.len(),
            1,
            "what came before there was a hook is not told"
        );
        let message = world.conversation(id).await.said.pop().expect("a note");
        let link = format!(
            "https://desk.example/tickets/{id}?at={0}#message-{0}",
            message.message.id
        );
        let expected = serde_json::json!({
            "kind": "mentioned",
            "says": "Ines Moreau names you in a note",
            "at": "2026-11-23T09:00:00Z",
            "ticket": { "number": id.0, "subject": "Printer", "link": link },
            "message": message.message.id.0,
            "delivery": all[0]["delivery"],
        });
        assert_eq!(all[0], expected);
        let head = &sink.posts()[0];
        assert!(
            head.contains("x-kept-signature: t=1795424400,v1="),
            "{head}"
        );
        assert_eq!(told(&world, &noor).await[0].state, State::Delivered);
        let never = Ways {
            mail: How::Page,
            ..Ways::PAGE
        };
        notifications::choose(&world.desk, &noor, vec![(Kind::Mentioned, never)])
            .await
            .expect("chooses");
        names_noor(&world, id).await;
        world.work().await;
        assert_eq!(sink.told().len(), 1);
        world
    });
}

#[test]
fn a_hook_waits_for_the_desk_s_hours_and_what_was_read_before_is_not_told() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let other = world
            .opens(&mail("lee@acme.example", "Monitor", "Dark.").id("7@acme"))
            .await;
        let sink = sink(&["204 No Content"]).await;
        allow_here(&world).await;
        set(&world, &noor, &format!("http://{}/me", sink.address))
            .await
            .expect("is set");
        // The desk is closed at nine in the evening, and nobody is on duty.
        world.later(12 * 60);
        names_noor(&world, id).await;
        names_noor(&world, other).await;
        world.work().await;
        assert!(sink.told().is_empty());
        let last = world.notices(&noor).await.pop().expect("is told");
        notifications::see_one(&world.desk, &noor, last.id)
            .await
            .expect("is read");
        world.later(13 * 60);
        world.work().await;
        let numbers: Vec<_> = sink
            .told()
            .iter()
            .map(|it| it["ticket"]["number"].clone())
            .collect();
        assert_eq!(numbers, [id.0]);
        world
    });
}

#[test]
fn a_hook_that_refuses_is_given_up_and_its_owner_is_told_once() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let sink = sink(&[
            "404 Not Found",
            "410 Gone",
            "204 No Content",
            "404 Not Found",
        ])
        .await;
        allow_here(&world).await;
        set(&world, &noor, &format!("http://{}/me", sink.address))
            .await
            .expect("is set");
        for expected in [1, 1, 1, 2] {
            names_noor(&world, id).await;
            world.work().await;
            assert_eq!(failures_mailed(&world).await, expected);
        }
        let states: Vec<State> = told(&world, &noor)
            .await
            .iter()
            .map(|it| it.state)
            .collect();
        let (failed, taken) = (State::Failed, State::Delivered);
        assert_eq!(states, [failed, taken, failed, failed]);
        world
    });
}

#[test]
fn an_agent_can_try_it_and_can_t_lead_it_to_private_places() {
    on_both(|world| async {
        let noor = noor(&world).await;
        let sink = sink(&["204 No Content"]).await;
        assert!(hook::try_it(&world.desk, &noor).await.is_err());
        for wrong in ["chat", "ftp://chat.example/", "https://a:b@chat.example/"] {
            let error = set(&world, &noor, wrong).await.expect_err(wrong);
            assert_eq!(error.kind(), ErrorKind::Invalid, "{wrong}");
        }
        set(&world, &noor, &format!("http://{}/me", sink.address))
            .await
            .expect("is set");
        let ended = hook::try_it(&world.desk, &noor).await.expect("is tried");
        assert!(
            !ended.delivered && ended.says.contains("private address"),
            "{ended:?}"
        );
        assert!(sink.posts().is_empty());
        allow_here(&world).await;
        let ended = hook::try_it(&world.desk, &noor).await.expect("is tried");
        assert_eq!((ended.delivered, ended.status), (true, Some(204)));
        assert_eq!(sink.told()[0]["kind"], "try");
        let secret = hook::shown(&world.desk, &noor).await.expect("is read");
        let secret = secret.and_then(|it| it.secret);
        assert!(secret.is_some());
        set(&world, &noor, "https://chat.example/other")
            .await
            .expect("is set");
        let shown = hook::shown(&world.desk, &noor).await.expect("is read");
        assert_eq!(shown.and_then(|it| it.secret), secret, "it stays");
        let not_hers = hook::shown(&world.desk, &world.ines).await;
        assert!(not_hers.expect("is read").is_none());
        set(&world, &noor, " ").await.expect("is removed");
        let gone = hook::shown(&world.desk, &noor).await.expect("is read");
        assert!(gone.is_none());
        world
    });
}
