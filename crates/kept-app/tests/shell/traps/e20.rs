//! E20: a web form's mail is from the site, for whoever its Reply-To names.

use kept_app::domain::intake::Unsorted;
use kept_app::intake::How;
use kept_app::reading;
use kept_app::settings::forms;

use crate::support::{Mail, World, address, mail, on_both};

fn form(from: &str, reply_to: &str) -> Mail {
    mail(from, "Contact", "My printer smokes.")
        .id(&format!("{}@shop", reply_to.len()))
        .with("Reply-To", reply_to)
}

async fn check(world: &World, made: Mail, requester: &str, by: Option<How>) {
    let ticket = world.opens(&made).await;
    let found = world.conversation(ticket).await;
    let person = found.requester.as_ref().expect("somebody");
    assert_eq!(person.addresses[0].as_str(), requester, "{made:?}");
    let how = found.said[0].origin.as_ref().map(|origin| origin.how);
    assert_eq!(how, by, "{made:?}");
}

#[test]
fn e20_mail_from_nobody_is_whoever_s_its_reply_to_names() {
    on_both(|world| async {
        let dana = "dana@acme.example";
        let noreply = "Shop <noreply@shop.example>";
        let by_form = Some(How::Form);
        check(
            &world,
            form(noreply, "Dana <dana@acme.example>"),
            dana,
            by_form,
        )
        .await;
        check(&world, form(noreply, "dana @ acme.example"), dana, by_form).await;
        let ours = "Website <support@desk.example>";
        check(
            &world,
            form(ours, "Dana <dana@acme.example>"),
            dana,
            by_form,
        )
        .await;
        let told = world.written().await;
        assert!(
            told.iter().all(|mail| mail.to[0].address == dana),
            "{told:?}"
        );
        assert_eq!(told.len(), 1, "once about the same");
        let person = "lee@acme.example";
        check(
            &world,
            form(person, "Dana <dana@acme.example>"),
            person,
            None,
        )
        .await;
        world
    });
}

#[test]
fn e20_our_own_address_without_somebody_to_answer_still_waits() {
    on_both(|world| async {
        let made = form("support@desk.example", "support+x@desk.example");
        let id = world.waits(&made).await;
        let waiting = reading::unsorted_mail(&world.desk, &world.ines, id).await;
        assert_eq!(waiting.expect("it waits").reason, Unsorted::FromOurselves);
        world
    });
}

#[test]
fn e20_an_address_an_admin_named_is_a_web_form_even_if_it_marks_its_mail() {
    on_both(|world| async {
        let site = form("web@shop.example", "Dana <dana@acme.example>")
            .with("Auto-Submitted", "auto-generated");
        check(&world, site.clone(), "web@shop.example", None).await;
        let known = vec![address("Web@shop.example")];
        let set = forms::change(&world.desk, &world.ines, known).await;
        set.expect("it is set");
        let again = site.with("Subject", "Contact again");
        check(&world, again.clone(), "dana@acme.example", Some(How::Form)).await;
        let origin = world.conversation(kept_app::domain::ids::TicketId(2)).await;
        let origin = origin.said[0].origin.clone().expect("an origin");
        assert_eq!(origin.sent_by.address, "web@shop.example", "both are kept");
        let without = again.with("Subject", "Nobody").without("Reply-To");
        check(&world, without, "web@shop.example", None).await;
        world
    });
}
