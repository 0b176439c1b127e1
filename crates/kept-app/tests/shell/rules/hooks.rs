//! Web-hooks: told to a server of our own on this machine, signed, with patience, and never where they must not go.

use kept_app::domain::rules::{Action, Occurrence};
use kept_app::rules::{Draft, add, one};
use kept_app::store::hooks::State;

use super::{done_by_rules, rule};
use crate::support::{World, allow_here, mail, on_both, sink};

const SECRET: &str = "a secret of sixteen";

async fn hooked(world: &World, url: String) -> kept_app::domain::ids::RuleId {
    let hook = Action::Hook {
        url,
        sealed_secret: String::new(),
    };
    let draft = Draft {
        rule: rule("Chat", Occurrence::Opened, "printer", &[hook]),
        secret: Some(SECRET.into()),
    };
    add(&world.desk, &world.ines, draft)
        .await
        .expect("the rule is taken")
}

async fn deliveries(
    world: &World,
    id: kept_app::domain::ids::RuleId,
) -> Vec<(State, i64, Option<i64>)> {
    let detail = one(&world.desk, &world.ines, id).await.expect("the rule");
    detail
        .deliveries
        .iter()
        .map(|it| (it.state, it.attempts, it.status))
        .collect()
}

#[test]
fn a_hook_is_told_once_and_signed() {
    on_both(|world| async {
        let sink = sink(&["204 No Content"]).await;
        allow_here(&world).await;
        let id = hooked(&world, format!("http://{}/hooks/kept?x=1", sink.address)).await;
        let ticket = world
            .opens(&mail(
                "Dana Fox <dana@acme.example>",
                "Printer",
                "It smells.",
            ))
            .await;
        world.work().await;
        let posts = sink.posts();
        assert_eq!(posts.len(), 1);
        let (head, body) = posts[0].split_once("\r\n\r\n").expect("a request");
        assert!(head.starts_with("POST /hooks/kept?x=1 HTTP/1.1"), "{head}");
        assert!(
            head.contains("x-kept-signature: t=1795424400,v1="),
            "{head}"
        );
        let told: serde_json::Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(told["ticket"]["number"], 1);
        assert_eq!(
            told["ticket"]["requester"]["addresses"][0],
            "dana@acme.example"
        );
        assert_eq!(told["ticket"]["link"], "https://desk.example/tickets/1");
        assert_eq!(told["because"][0], "opened");
        assert_eq!(
            deliveries(&world, id).await,
            [(State::Delivered, 1, Some(204))]
        );
        let told = done_by_rules(&world, ticket).await;
        assert_eq!(told, ["Rule “Chat”: Told 127.0.0.1"]);
        world
    });
}

#[test]
fn a_hook_that_fails_is_told_again_later_and_redirects_are_not_followed() {
    on_both(|world| async {
        let sink = sink(&["503 Busy", "200 OK", "302 Found"]).await;
        allow_here(&world).await;
        let id = hooked(&world, format!("http://{}/", sink.address)).await;
        world
            .opens(&mail("dana@acme.example", "Printer", "It smells."))
            .await;
        world.work().await;
        assert_eq!(
            deliveries(&world, id).await,
            [(State::Queued, 1, Some(503))]
        );
        world.later(2);
        world.work().await;
        assert_eq!(
            deliveries(&world, id).await,
            [(State::Delivered, 2, Some(200))]
        );
        world
            .opens(&mail("dana@acme.example", "Printer again", "It smells."))
            .await;
        world.work().await;
        assert_eq!(
            deliveries(&world, id).await[0],
            (State::Failed, 1, Some(302))
        );
        assert_eq!(sink.posts().len(), 3);
        world
    });
}

#[test]
fn private_addresses_are_not_called_unless_an_admin_allows_them() {
    on_both(|world| async {
        let sink = sink(&["204 No Content"]).await;
        let id = hooked(&world, format!("http://{}/", sink.address)).await;
        world
            .opens(&mail("dana@acme.example", "Printer", "It smells."))
            .await;
        world.work().await;
        assert_eq!(deliveries(&world, id).await, [(State::Failed, 1, None)]);
        assert!(sink.posts().is_empty());
        let detail = one(&world.desk, &world.ines, id).await.expect("the rule");
        let says = detail.deliveries[0].says.clone().unwrap_or_default();
        assert!(says.contains("private address"), "{says}");
        assert_eq!(detail.secret.as_deref(), Some(SECRET));
        world
    });
}
