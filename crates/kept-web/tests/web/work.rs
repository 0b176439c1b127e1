//! What agents do all day, through the forms they do it with.

use kept_app::domain::ids::TicketId;
use kept_app::domain::people::Role;
use kept_app::domain::tickets::Status;
use kept_app::reading::{self, Conversation};

use crate::sample::{self, ines};
use crate::site::{Site, letter};

async fn ticket(site: &Site, number: i64) -> Conversation {
    reading::conversation(&site.desk, &ines(), TicketId(number))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_reply_goes_out_with_its_files_to_whom_the_form_says() {
    let site = sample::site().await;
    let fields = [
        ("kind", "reply"),
        ("to", "Dana Fox <dana@fox.example>"),
        ("cc", "leo@fox.example"),
        ("text", "See **this**.\r\nBye"),
        ("then", "resolve"),
    ];
    let answer = site
        .admin()
        .await
        .upload(
            "/tickets/1/messages",
            &fields,
            &[("plan.txt", "text/plain", b"1. roller")],
        )
        .await;
    let told = ticket(&site, 1).await;
    let said = told.said.last().unwrap();
    assert_eq!(
        answer.location(),
        format!("/tickets/1#message-{}", said.message.id)
    );
    assert_eq!(told.ticket.status, Status::Resolved);
    assert_eq!(said.body.new_text(), "See **this**.\nBye");
    assert_eq!(said.files[0].filename, "plan.txt");
    let outgoing = said.outgoing.as_ref().unwrap();
    assert_eq!(
        outgoing.recipients,
        r#"["dana@fox.example","leo@fox.example"]"#
    );
    let mut admin = site.admin().await;
    let eml = admin.get(&format!("/outbox/{}/raw", outgoing.id)).await;
    assert_eq!(eml.header("content-type"), "message/rfc822");
    assert!(
        eml.text().contains("In-Reply-To: <1@fox.example>"),
        "{}",
        eml.text()
    );
    let page = admin.get(&format!("/outbox/{}", outgoing.id)).await.words();
    assert!(
        page.contains("<1@fox.example>") && page.contains("plan.txt"),
        "{page}"
    );
}

#[tokio::test]
async fn a_note_stays_at_the_desk() {
    let site = sample::site().await;
    let before = reading::totals(&site.desk).await.unwrap().queued;
    let answer = site
        .person(Role::Agent)
        .await
        .upload(
            "/tickets/1/messages",
            &[("kind", "note"), ("text", "Third one this year")],
            &[],
        )
        .await;
    assert_eq!(answer.status.as_u16(), 303);
    assert_eq!(reading::totals(&site.desk).await.unwrap().queued, before);
    let page = site.admin().await.get("/tickets/1").await.words();
    assert!(
        page.contains("Third one this year") && page.contains("desk only"),
        "{page}"
    );
}

#[tokio::test]
async fn every_act_says_what_was_done_once() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (noun, fields, says) in [
        (
            "subject",
            &[("subject", "Printer, again")][..],
            "Changed the subject.",
        ),
        (
            "responsible",
            &[("agent", "3")],
            "Jonas Petit is responsible now.",
        ),
        (
            "priority",
            &[("priority", "urgent")],
            "Changed the priority.",
        ),
        ("resolution", &[], "Resolved #1."),
        ("closing", &[], "Confirmed and closed #1."),
        ("reopening", &[], "#1 is open again."),
        ("spam", &[("spam", "yes")], "#1 is spam."),
        ("spam", &[("spam", "no")], "#1 is a ticket again."),
    ] {
        let answer = admin.post(&format!("/tickets/1/{noun}"), fields).await;
        assert_eq!(
            (answer.status.as_u16(), answer.location()),
            (303, "/tickets/1"),
            "{noun}: {}",
            answer.words()
        );
        assert!(
            admin.get("/tickets/1").await.words().contains(says),
            "{says}"
        );
        let later = admin.get("/inbox").await.words();
        assert!(!later.contains(says), "{says} is said twice");
    }
}

/// Turbo asks for a page while the pointer rests on its link.
#[tokio::test]
async fn a_page_fetched_ahead_does_not_use_the_word_up() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    admin.post("/tickets/1/resolution", &[]).await;
    let ahead = admin
        .ask(axum::http::Request::get("/inbox").header("x-sec-purpose", "prefetch"))
        .await;
    assert!(!ahead.words().contains("Resolved #1."));
    assert!(
        admin
            .get("/tickets/1")
            .await
            .words()
            .contains("Resolved #1.")
    );
}

#[tokio::test]
async fn what_was_done_can_be_undone() {
    let site = sample::site().await;
    site.mail(&letter(7, "Toner", "It is empty")).await;
    let mut admin = site.admin().await;
    for (path, fields, undo) in [
        ("/tickets/1/resolution", &[][..], "/undo/end-1"),
        ("/tickets/1/spam", &[("spam", "yes")], "/undo/spam-1"),
        ("/tickets/2/merge", &[("into", "#1")], "/undo/merge-2"),
        ("/unsorted/1/discard", &[], "/undo/discard-1"),
    ] {
        let done = admin.post(path, fields).await;
        let page = admin.get(done.location()).await.text();
        assert!(
            page.contains(&format!("action=\"{undo}\"")),
            "{path}: {page}"
        );
        let undone = admin.post(undo, &[]).await;
        assert_eq!(undone.status.as_u16(), 303, "{undo}: {}", undone.words());
        let again = admin.post(undo, &[]).await;
        assert_eq!(again.status.as_u16(), 409, "{undo} twice");
        assert!(
            again.words().contains("Look at it as it is now"),
            "{}",
            again.words()
        );
    }
}

#[tokio::test]
async fn a_message_that_belongs_elsewhere_goes_there_and_comes_back() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let answer = letter(7, "Re: Printer on floor 2", "My phone is dead as well");
    let answer = format!("In-Reply-To: <1@fox.example>\r\n{answer}");
    site.mail(&answer).await;
    let ticket = admin.get("/tickets/1").await.text();
    assert!(ticket.contains("/messages/3/ticket"), "{ticket}");
    let split = admin.post("/messages/3/ticket", &[("with", "this")]).await;
    let page = admin.get(split.location()).await;
    for words in [
        "My phone is dead as well",
        "moved here from #1 by hand",
        "Split out of",
    ] {
        assert!(page.words().contains(words), "{words}: {}", page.words());
    }
    assert!(page.text().contains("action=\"/undo/move-3\""));
    let old = admin.get("/tickets/1").await.words();
    assert!(
        !old.contains("My phone is dead") && old.contains("Split into"),
        "{old}"
    );
    let back = admin.post("/undo/move-3", &[]).await;
    assert_eq!(back.location(), "/tickets/1#message-3");
    let old = admin.get("/tickets/1").await.words();
    assert_eq!(old.matches("My phone is dead").count(), 1, "{old}");
    for (path, fields, says) in [
        (
            "/messages/3/join",
            [("number", "what")],
            "Write the number of the ticket",
        ),
        (
            "/messages/3/join",
            [("number", "#1")],
            "This message is on #1 already",
        ),
        (
            "/messages/2/ticket",
            [("with", "this")],
            "Only what came by mail",
        ),
    ] {
        let refused = admin.post(path, &fields).await.words();
        assert!(refused.contains(says), "{path}: {refused}");
    }
}

#[tokio::test]
async fn what_a_rule_refuses_is_said_on_the_ticket() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (noun, fields, status, says) in [
        (
            "reopening",
            &[][..],
            409,
            "#1 is still open; there is nothing to reopen.",
        ),
        (
            "merge",
            &[("into", "1")],
            422,
            "A ticket can't be merged into itself.",
        ),
        (
            "merge",
            &[("into", "what")],
            422,
            "Write the number of the other ticket, like #1038.",
        ),
        (
            "subject",
            &[("subject", "  ")],
            409,
            "A ticket needs a subject",
        ),
        (
            "responsible",
            &[("agent", "999")],
            422,
            "Choose somebody who works at this desk.",
        ),
        (
            "priority",
            &[("priority", "mega")],
            422,
            "Choose a priority from the list.",
        ),
    ] {
        let answer = admin.post(&format!("/tickets/1/{noun}"), fields).await;
        assert_eq!(answer.status.as_u16(), status, "{noun}");
        let words = answer.words();
        assert!(
            words.contains(says) && words.contains("Printer on floor 2"),
            "{noun}: {words}"
        );
    }
}

#[tokio::test]
async fn several_tickets_are_worked_at_once() {
    let site = sample::site().await;
    site.mail(&letter(7, "Toner", "It is empty")).await;
    site.mail(&letter(8, "Paper", "Out of it")).await;
    let mut admin = site.admin().await;
    for (fields, says) in [
        (&[("act", "resolve")][..], "Tick some tickets first."),
        (
            &[("act", "assign"), ("ticket", "2")],
            "Choose whom to assign them to first.",
        ),
        (
            &[
                ("act", "assign"),
                ("ticket", "2"),
                ("ticket", "3"),
                ("responsible", "3"),
            ],
            "1 ticket was assigned to Jonas Petit. 1 was so already.",
        ),
        (
            &[("act", "merge"), ("ticket", "2")],
            "Tick two tickets or more",
        ),
        (
            &[("act", "merge"), ("ticket", "3"), ("ticket", "2")],
            "Merged 1 ticket. They go on in #2.",
        ),
        (
            &[("act", "resolve"), ("ticket", "2"), ("ticket", "3")],
            "1 ticket was resolved. 1 stayed as before, because they were merged into others.",
        ),
        (
            &[("act", "spam"), ("ticket", "2")],
            "1 ticket was marked as spam.",
        ),
        (
            &[("act", "explode"), ("ticket", "2")],
            "Choose what to do with them.",
        ),
    ] {
        let mut all = fields.to_vec();
        all.push(("back", "/inbox?view=mine"));
        let answer = admin.post("/tickets/selection", &all).await;
        assert_eq!(answer.location(), "/inbox?view=mine");
        let page = admin.get("/inbox?view=mine").await.words();
        assert!(page.contains(says), "{says}: {page}");
    }
}

#[tokio::test]
async fn a_call_becomes_a_ticket() {
    let site = sample::site().await;
    let fields = [
        ("requester", "Leo Fox <leo@fox.example>"),
        ("subject", "Phone rings twice"),
        ("text", "He called."),
        ("queue", "1"),
        ("priority", "high"),
        ("type", "incident"),
        ("responsible", "me"),
    ];
    let answer = site
        .person(Role::Agent)
        .await
        .upload("/tickets", &fields, &[("photo.jpg", "image/jpeg", b"jpg")])
        .await;
    assert_eq!(answer.location(), "/tickets/2", "{}", answer.words());
    let told = ticket(&site, 2).await;
    assert_eq!(
        (
            told.responsible.as_str(),
            told.client.unwrap().name.as_str()
        ),
        ("Jonas Petit", "Fox & Sons Tax")
    );
    assert_eq!(
        (told.ticket.priority.as_str(), told.ticket.kind.as_str()),
        ("high", "incident")
    );
    assert_eq!(told.said[0].files[0].filename, "photo.jpg");
    let form = site
        .admin()
        .await
        .get("/tickets/new?requester=4")
        .await
        .words();
    assert!(form.contains("[requester: dana@fox.example]"), "{form}");
}

#[tokio::test]
async fn unsorted_mail_finds_its_place() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let list = admin.get("/unsorted").await.words();
    assert!(
        list.contains("It does not say who it is from") && list.contains("Who am I?"),
        "{list}"
    );
    let answer = admin.post("/unsorted/1/join", &[("number", "#1")]).await;
    assert_eq!(answer.location(), "/tickets/1", "{}", answer.words());
    assert!(admin.get("/tickets/1").await.words().contains("Guess."));
    assert!(
        admin
            .get("/unsorted/1")
            .await
            .words()
            .contains("It is on #1 now")
    );
    for path in ["/unsorted/1/ticket", "/unsorted/1/discard"] {
        let again = admin.post(path, &[]).await;
        assert_eq!(again.status.as_u16(), 409, "{path}: {}", again.words());
    }
    let lost = admin.post("/unsorted/1/join", &[("number", "")]).await;
    assert_eq!(lost.status.as_u16(), 422);
    assert!(lost.words().contains("Back to Unsorted"));
}

#[tokio::test]
async fn search_shows_the_match_or_the_mistake() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let found = admin.get("/search?q=smoke").await.text();
    assert!(found.contains("<mark>smoke</mark>s"), "{found}");
    for number in ["1", "%231", "%20%231%20"] {
        assert_eq!(
            admin.get(&format!("/search?q={number}")).await.location(),
            "/tickets/1",
            "{number}"
        );
    }
    assert!(
        admin
            .get("/search?q=%23999")
            .await
            .words()
            .contains("Nothing found")
    );
    let wrong = admin.get("/search?q=printer%20is:lat").await.words();
    assert!(
        wrong.contains(
            "is: needs open, ended, late, blocked, new, waiting, parked, mine, spam or merged, not “lat” (at character 9). \
             Did you mean late?\nprinter\nis:lat\nSearch for\nprinter is:late\n"
        ),
        "{wrong}"
    );
    assert!(
        admin
            .get("/search")
            .await
            .words()
            .contains("What you can type")
    );
}

#[tokio::test]
async fn a_slip_of_the_finger_is_seen_through() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let slip = admin.get("/search?q=pritner%20is:open").await;
    assert!(slip.words().contains("Did you mean"), "{}", slip.words());
    let meant = admin.get("/search?q=clinet:acme").await.text();
    assert!(meant.contains("/search?q=client%3Aacme"));
    let unknown = admin.get("/search?q=smoke%20tag:nowhere").await.words();
    assert!(
        unknown.contains("No ticket has the tag “nowhere” (at character 7)\nsmoke\ntag:nowhere\n"),
        "{unknown}"
    );
    let not = admin.get("/search?q=smoke%20not%20is:open").await;
    assert!(
        not.words().contains("A minus leaves out"),
        "{}",
        not.words()
    );
    assert!(not.text().contains("/search?q=smoke%20-is%3Aopen"));
}

#[tokio::test]
async fn people_and_clients_are_kept_right() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let answer = admin
        .post(
            "/clients",
            &[
                ("name", "Alder Clinic"),
                ("domains", "alder.example, clinic.example"),
            ],
        )
        .await;
    assert_eq!(answer.location(), "/clients/2", "{}", answer.words());
    assert!(
        admin
            .get("/clients/2")
            .await
            .words()
            .contains("alder.example, clinic.example")
    );
    let answer = admin
        .post(
            "/people",
            &[
                ("name", "Rui"),
                ("addresses", "rui@alder.example\r\nrui@home.example"),
                ("client", ""),
            ],
        )
        .await;
    let card = answer.location().to_owned();
    let words = admin.get(&card).await.words();
    assert!(
        words.contains("Alder Clinic") && words.contains("rui@home.example"),
        "{words}"
    );
    let answer = admin
        .post(
            &card,
            &[
                ("name", "Rui Almeida"),
                ("addresses", "rui@home.example"),
                ("client", "1"),
            ],
        )
        .await;
    assert_eq!(answer.location(), card);
    let words = admin.get(&card).await.words();
    let (now, before) = words.split_once("Changes of this card").expect("both");
    assert!(
        now.contains("Rui Almeida") && now.contains("Fox & Sons Tax") && !now.contains("rui@alder"),
        "{words}"
    );
    assert!(
        before.contains("Changed the client from Alder Clinic to Fox & Sons Tax"),
        "{words}"
    );
    assert!(
        admin
            .get("/people?q=almeida")
            .await
            .words()
            .contains("Rui Almeida")
    );
}

#[tokio::test]
async fn queues_and_their_rota_are_set_up() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let queue = [
        ("name", "Buying"),
        ("addresses", "buy@desk.example"),
        ("zone", "Europe/Lisbon"),
        ("dispatcher", "2"),
        ("signature", "Brightside"),
        ("member", "1"),
        ("member", "3"),
    ];
    let answer = admin.post("/settings/queues", &queue).await;
    assert_eq!(
        answer.location(),
        "/settings/queues/2",
        "{}",
        answer.words()
    );
    let rota = [
        ("day", "mon"),
        ("day", "tue"),
        ("day", "wed"),
        ("from", "09:00"),
        ("to", "17:00"),
        ("agent", "3"),
    ];
    admin.post("/settings/queues/2/rota", &rota).await;
    let page = admin.get("/settings/queues/2").await.words();
    assert!(page.contains("Mon–Wed\n09:00–17:00\nJonas Petit"), "{page}");
    // Monday, 13:38: Jonas is on duty. Saving the form keeps his hours.
    admin.post("/settings/queues/2", &queue).await;
    let list = admin.get("/settings/queues").await.words();
    assert!(list.contains("Jonas Petit, on duty"), "{list}");
    admin
        .post("/settings/queues/2/rota/3-540-1020/removal", &[])
        .await;
    let page = admin.get("/settings/queues/2").await.words();
    assert!(!page.contains("09:00–17:00"), "{page}");
    let nothing = admin
        .post(
            "/settings/queues/2/rota",
            &[("from", "09:00"), ("to", "17:00"), ("agent", "3")],
        )
        .await;
    assert_eq!(nothing.status.as_u16(), 422);
    assert!(nothing.words().contains("Tick at least one day"));
}

#[tokio::test]
async fn a_queue_says_whose_name_its_mail_bears_and_shows_it_before_it_is_saved() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let queue = [
        ("name", "Support"),
        ("addresses", "support@desk.example"),
        ("zone", "UTC"),
        ("dispatcher", "1"),
        ("signature", "Ring us: **555**"),
        ("sender_style", "agent-at-desk"),
        ("sender_name", "Example <IT>"),
    ];
    let asked = [&queue[..], &[("act", "preview")]].concat();
    for path in ["/settings/queues/1", "/settings/queues"] {
        let shown = admin.post(path, &asked).await;
        assert_eq!(shown.status.as_u16(), 200);
        let html = shown.text();
        for piece in [
            " at Example &lt;IT&gt;</b>",
            "<b>Example &lt;IT&gt;</b>",
            "&lt;support@desk.example&gt;",
            "<strong>555</strong>",
        ] {
            assert!(html.contains(piece), "{piece} in {html}");
        }
    }
    let page = admin.get("/settings/queues/1").await.text();
    assert!(!page.contains("555") && !page.contains("Example &lt;IT&gt;"));
    let refused = admin.post("/settings/queues/1", &queue).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.text().contains("f-sender_name-error"));
    let named = queue.map(|(field, value)| match field {
        "sender_name" => (field, "Example IT"),
        "sender_style" => (field, "desk"),
        _ => (field, value),
    });
    admin.post("/settings/queues/1", &named).await;
    let page = admin.get("/settings/queues/1").await.text();
    assert!(page.contains("value=\"desk\" selected"), "{page}");
    assert!(page.contains("value=\"Example IT\""), "{page}");
    assert!(
        admin
            .get("/settings/queues")
            .await
            .words()
            .contains("Support")
    );
}

#[tokio::test]
async fn a_sign_in_link_is_shown_once() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let page = admin.post("/settings/people/3/link", &[]).await.text();
    let link = page
        .split("value=\"http://")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let path = &link[link.find('/').unwrap()..];
    let mut jonas = site.guest();
    assert_eq!(jonas.post_as_is(path, "").await.location(), "/now");
    assert!(
        !admin
            .get("/settings/people")
            .await
            .text()
            .contains("/sign-in/")
    );
    assert_eq!(
        admin
            .post("/settings/people/99/link", &[])
            .await
            .status
            .as_u16(),
        404
    );
}

#[tokio::test]
async fn the_last_admin_stays() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let answer = admin.post("/settings/people/1", &[("role", "agent")]).await;
    assert_eq!(answer.status.as_u16(), 409);
    assert!(
        answer.words().contains("Somebody must stay admin"),
        "{}",
        answer.words()
    );
}

#[tokio::test]
async fn the_acknowledgement_can_be_reworded_and_restored() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    admin
        .post(
            "/settings/desk",
            &[("acknowledgement", "Got it, #{{ number }}.")],
        )
        .await;
    assert!(
        admin
            .get("/settings/desk")
            .await
            .words()
            .contains("Got it, #{{ number }}.")
    );
    admin
        .post(
            "/settings/desk",
            &[("which", "acknowledgement"), ("act", "built-in")],
        )
        .await;
    assert!(
        admin
            .get("/settings/desk")
            .await
            .words()
            .contains("thank you for telling us")
    );
}

#[tokio::test]
async fn the_relay_is_set_without_showing_its_password() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    assert!(
        admin
            .get("/settings/mail")
            .await
            .words()
            .contains("There is no relay yet")
    );
    let relay = [
        ("host", "127.0.0.1"),
        ("port", "1"),
        ("security", "none"),
        ("user", ""),
        ("password", ""),
    ];
    assert_eq!(
        admin.post("/settings/mail/relay", &relay).await.location(),
        "/settings/mail"
    );
    admin.get("/settings/mail").await;
    // Nothing listens there.
    admin.post("/settings/mail/relay/test", &[]).await;
    let page = admin.get("/settings/mail").await.text();
    assert!(page.contains("is-wrong"), "{page}");
    admin
        .post("/settings/mail/relay", &[("act", "remove")])
        .await;
    assert!(
        admin
            .get("/settings/mail")
            .await
            .words()
            .contains("There is no relay yet")
    );
}

#[tokio::test]
async fn a_ticket_knows_its_neighbours_in_the_list_it_was_opened_from() {
    let site = sample::site().await;
    for n in [7, 8] {
        site.clock.advance(std::time::Duration::from_secs(60));
        site.mail(&letter(n, &format!("Toner {n}"), "It is empty"))
            .await;
    }
    let mut admin = site.admin().await;
    assert!(
        admin
            .get("/inbox")
            .await
            .text()
            .contains("href=\"/tickets/3?list=all\"")
    );
    // Ours first, and who waits longest: 2, 3, and then 1, which waits for Dana.
    let page = admin.get("/tickets/3?list=all").await.text();
    for part in [
        "2 of 3",
        "href=\"/tickets/2?list=all\" data-key=\"previous\"",
        "href=\"/tickets/1?list=all\" data-key=\"next\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for (path, part) in [
        ("/tickets/2?list=all", "1 of 3"),
        ("/tickets/1?list=all", "3 of 3"),
    ] {
        assert!(
            admin.get(path).await.words().len() > 100
                && admin.get(path).await.text().contains(part),
            "{path}"
        );
    }
    // Only the template that a script fills is there then.
    for without in ["/tickets/3", "/tickets/3?list=spam", "/tickets/3?list=what"] {
        let page = admin.get(without).await.text();
        let places = page.matches("aria-label=\"Place in the list\"").count();
        assert_eq!(places, 1, "{without}");
    }
}

#[tokio::test]
async fn an_act_keeps_the_place_in_the_list() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (referer, expected) in [
        (
            "http://desk.example/tickets/1?list=mine",
            "/tickets/1?list=mine",
        ),
        ("http://desk.example/tickets/1", "/tickets/1"),
        ("http://desk.example/tickets/12?list=mine", "/tickets/1"),
        ("http://desk.example/inbox", "/tickets/1"),
    ] {
        let body = format!("csrf={}&priority=high&kind=note&text=so", admin.csrf);
        for noun in ["priority", "messages"] {
            let request = axum::http::Request::post(format!("/tickets/1/{noun}"))
                .header("referer", referer)
                .header("content-type", "application/x-www-form-urlencoded");
            let request = request.body(axum::body::Body::from(body.clone())).unwrap();
            let answer = admin.send(request).await;
            let page = answer.location().split('#').next();
            assert_eq!(page, Some(expected), "{noun} from {referer}");
        }
    }
}
