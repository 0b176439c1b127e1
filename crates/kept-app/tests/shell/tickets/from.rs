//! Under whose name mail goes out: what the queue says, under the queue's own address.

use kept_app::ErrorKind;
use kept_app::domain::queues::{Sender, SenderStyle};
use kept_app::domain::tickets::AndThen;
use kept_app::reading;
use kept_app::settings::queues::edit;
use kept_app::store::queues::QueueSettings;

use crate::support::{World, mail, on_both};

async fn writes_as(world: &World, style: SenderStyle, name: &str) -> Result<(), kept_app::Error> {
    let queues = reading::queues(&world.desk, &world.ines).await;
    let (queue, signature) = queues.expect("queues").remove(0);
    let id = queue.id;
    let settings = QueueSettings {
        sender: Sender {
            style,
            name: name.into(),
        },
        ..QueueSettings::of(queue, signature)
    };
    edit(&world.desk, &world.ines, id, settings).await
}

/// Somebody's first mail is acknowledged and answered: the names in both, each from the queue's address.
async fn names(world: &World, from: &str) -> [String; 2] {
    let asked = mail(from, "VPN", "Help");
    let ticket = world.opens(&asked).await;
    world.reply(ticket, "We look.", AndThen::Update).await;
    let written = world.written().await;
    let [.., acknowledged, replied] = written.as_slice() else {
        panic!("two mails went out: {written:?}")
    };
    [acknowledged, replied].map(|mail| {
        assert_eq!(mail.from.address, "support@desk.example");
        mail.from.name.clone().unwrap_or_default()
    })
}

#[test]
fn e49_mail_is_from_the_queues_address_under_the_name_it_chose() {
    on_both(|world| async move {
        use SenderStyle::{Agent, AgentAtDesk, Desk};
        assert_eq!(
            names(&world, "dana@acme.example").await,
            ["Support", "Ines Moreau"]
        );
        let choices = [
            (
                AgentAtDesk,
                "Example IT",
                ["Example IT", "Ines Moreau at Example IT"],
            ),
            (Agent, "Example IT", ["Example IT", "Ines Moreau"]),
            (Desk, "Example IT", ["Example IT", "Example IT"]),
            (Desk, "", ["Support", "Support"]),
            (
                AgentAtDesk,
                "Ça marche, \"S.A.\"",
                ["Ça marche, \"S.A.\"", "Ines Moreau at Ça marche, \"S.A.\""],
            ),
        ];
        for (nth, (style, name, expected)) in choices.into_iter().enumerate() {
            let changed = writes_as(&world, style, name).await;
            changed.expect("the queue is changed");
            let from = format!("dana{nth}@acme.example");
            assert_eq!(names(&world, &from).await, expected, "{style:?} {name}");
        }
        let (_, sent) = world.last_sent().await;
        let name = sent.from[0].name.as_deref();
        assert_eq!(name, Some("Ines Moreau at Ça marche, \"S.A.\""));
        world
    });
}

#[test]
fn a_desks_name_is_no_address_and_its_change_is_written_down() {
    on_both(|world| async move {
        for bad in [
            "dana@acme.example",
            "Dana <d",
            "a\r\nBcc: x",
            &"x".repeat(61),
        ] {
            let refused = writes_as(&world, SenderStyle::Desk, bad).await;
            let refused = refused.expect_err("is no name");
            assert_eq!(refused.kind(), ErrorKind::Invalid, "{bad}");
        }
        let changed = writes_as(&world, SenderStyle::Desk, "Example IT").await;
        changed.expect("the queue is changed");
        let last = world.desk.store().read(|tx| {
            let row = tx.one("SELECT what FROM audit ORDER BY id DESC LIMIT 1", &[])?;
            row.map_or(Ok(String::new()), |row| row.text("what"))
        });
        let last: Result<String, kept_app::store::StoreError> = last.await;
        assert_eq!(
            last.expect("the audit is read"),
            "Changed the queue Support: its mail is from the desk alone; the desk is called Example IT"
        );
        world
    });
}
