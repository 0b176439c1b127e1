//! Time on tickets through the forms people use.

use kept_app::domain::people::Role;

use crate::sample;
use crate::site::Visitor;

async fn page(visitor: &mut Visitor) -> String {
    visitor.get("/tickets/1").await.words()
}

/// The part of the ticket's page that shows its time.
async fn section(visitor: &mut Visitor) -> String {
    let text = visitor.get("/tickets/1").await.text();
    let from = text.find("<section class=\"time\"").expect("it is there");
    let end = text[from..].find("</section>").expect("it ends");
    text[from..from + end].to_owned()
}

async fn write(visitor: &mut Visitor, kind: &str, time: &str) -> crate::site::Answer {
    let fields = [
        ("kind", kind),
        ("text", "We come on Thursday."),
        ("to", "dana@acme.example"),
        ("then", "keep"),
        ("caller", "Dana Fox <dana@acme.example>"),
        ("wanted", "act"),
        ("time", time),
        ("time-by-hand", "yes"),
    ];
    visitor.post("/tickets/1/messages", &fields).await
}

#[tokio::test]
async fn one_line_logs_time_and_one_act_takes_it_back() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let before = section(&mut admin).await;
    assert!(before.contains("data-key=\"time\""), "{before}");
    let fields = [("line", "1h 30 new roller"), ("type", "visit")];
    let logged = admin.post("/tickets/1/time", &fields).await;
    assert_eq!(logged.location(), "/tickets/1");
    let words = page(&mut admin).await;
    assert!(words.contains("Logged 1 h 30 min."), "{words}");
    assert!(
        words.contains("logged 1 h 30 min at their place: new roller"),
        "{words}"
    );
    let after = section(&mut admin).await;
    assert!(after.contains("<b>1 h 30 min</b>"), "{after}");
    let nodes = after.matches('<').count() - after.matches("</").count();
    assert!(nodes < 48, "{nodes} nodes: {after}");
    let back = admin.post("/undo/timelogged-1-1", &[]).await;
    assert_eq!(back.location(), "/tickets/1");
    assert!(!section(&mut admin).await.contains("1 h 30 min"));
    let soon = admin.post("/tickets/1/time", &[("line", "soon")]).await;
    assert_eq!(soon.status, 422);
    assert!(
        soon.words().contains("“soon” is not a length of time"),
        "{}",
        soon.words()
    );
    let tomorrow = [("line", "15m"), ("day", "2999-01-01")];
    let refused = admin.post("/tickets/1/time", &tomorrow).await;
    assert!(
        refused.words().contains("still to come"),
        "{}",
        refused.words()
    );
}

#[tokio::test]
async fn what_is_written_brings_its_time_and_takes_it_back() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let sent = write(&mut admin, "reply", "15m").await;
    let message = sent
        .location()
        .split("#message-")
        .nth(1)
        .expect("a message")
        .to_owned();
    assert!(section(&mut admin).await.contains("<b>15 min</b>"));
    admin.post(&format!("/undo/message-{message}"), &[]).await;
    assert!(!section(&mut admin).await.contains("15 min"));
    let text = admin.get("/tickets/1").await.text();
    assert!(
        text.contains("name=\"time\" value=\"15m\""),
        "it waits with its words"
    );
    write(&mut admin, "note", "5").await;
    write(&mut admin, "call", "0:10").await;
    write(&mut admin, "note", "").await;
    let after = section(&mut admin).await;
    assert!(after.contains("All 2 entries"), "{after}");
    assert!(after.contains("on the phone"), "{after}");
}

#[tokio::test]
async fn a_time_that_cant_be_read_sends_nothing_and_loses_nothing() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for kind in ["reply", "note", "call"] {
        let refused = write(&mut admin, kind, "a while").await;
        assert_eq!(refused.status, 422, "{kind}");
        let text = refused.text();
        assert!(
            text.contains("“a while” is not a length of time"),
            "{kind}: {text}"
        );
        assert!(text.contains(">We come on Thursday.</textarea>"), "{kind}");
        assert!(text.contains("name=\"time\" value=\"a while\""), "{kind}");
    }
    let text = admin.get("/tickets/1").await.text();
    assert!(!text.contains("We come on Thursday."), "nothing was said");
}

#[tokio::test]
async fn a_draft_keeps_the_time_and_whether_it_was_typed() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let fields = [
        ("quiet", "yes"),
        ("kind", "note"),
        ("text", "Half a thought"),
        ("time", "1h"),
        ("time-by-hand", "yes"),
    ];
    admin.post("/tickets/1/draft", &fields).await;
    let text = admin.get("/tickets/1").await.text();
    assert!(text.contains("name=\"time\" value=\"1h\""), "{text}");
    assert!(
        text.contains("name=\"time-by-hand\" value=\"yes\""),
        "{text}"
    );
}

#[tokio::test]
async fn an_entry_is_put_right_by_whoever_worked_or_an_admin_who_says_why() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let mut agent = site.person(Role::Agent).await;
    admin.post("/tickets/1/time", &[("line", "20m mine")]).await;
    agent
        .post("/tickets/1/time", &[("line", "15m roller")])
        .await;
    let list = agent.get("/tickets/1/time").await.words();
    assert!(list.contains("35 min"), "{list}");
    let form = agent.get("/tickets/1/time/2").await.text();
    assert!(
        form.contains("value=\"15m\"") && form.contains("value=\"roller\""),
        "{form}"
    );
    let to = |why| {
        [
            ("time", "25m"),
            ("type", "work"),
            ("text", "roller"),
            ("why", why),
        ]
    };
    assert_eq!(agent.post("/tickets/1/time/1", &to("x")).await.status, 403);
    assert_eq!(
        agent
            .post("/tickets/1/time/1/removal", &to("x"))
            .await
            .status,
        403
    );
    let asked = admin.post("/tickets/1/time/2", &to("")).await;
    assert_eq!(asked.status, 422);
    assert!(asked.words().contains("Write why"), "{}", asked.words());
    let changed = admin.post("/tickets/1/time/2", &to("by the log")).await;
    assert_eq!(changed.location(), "/tickets/1/time");
    let words = page(&mut admin).await;
    assert!(
        words.contains("changed 15 min of work to 25 min: by the log"),
        "{words}"
    );
    admin.post("/undo/timechanged-1-2", &[]).await;
    assert!(section(&mut admin).await.contains("35 min"));
    agent.post("/tickets/1/time/2/removal", &[]).await;
    assert!(section(&mut admin).await.contains("20 min"));
    assert_eq!(agent.get("/tickets/1/time/2").await.status, 404);
    agent.post("/undo/timeremoved-1-2", &[]).await;
    assert!(section(&mut admin).await.contains("35 min"));
    assert_eq!(admin.get("/tickets/99/time").await.status, 404);
}
