//! What somebody is writing: kept while they write, there on another device, nobody else's, gone when it is sent.

use kept_app::domain::people::Role;

use crate::sample;
use crate::site::Visitor;

/// Saves as the script does; gives the version the server keeps now.
async fn saves(visitor: &mut Visitor, text: &str, base: &str, more: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("quiet", "yes"),
        ("text", text),
        ("base", base),
        ("kind", "reply"),
        ("then", "ask"),
    ];
    fields.extend(more);
    let answer = visitor.post("/tickets/1/draft", &fields).await;
    assert_eq!(answer.status, 200, "{}", answer.words());
    let text = answer.text();
    let version = text.split("name=\"base\"").nth(1).unwrap();
    let version = version.split('>').next().unwrap();
    version
        .trim()
        .trim_start_matches("value=\"")
        .trim_end_matches('"')
        .to_owned()
}

async fn page(visitor: &mut Visitor) -> String {
    visitor.get("/tickets/1").await.text()
}

#[tokio::test]
async fn what_is_being_written_is_there_on_another_device_and_for_nobody_else() {
    let site = sample::site().await;
    let (mut laptop, mut phone) = (site.admin().await, site.admin().await);
    let mut other = site.person(Role::Agent).await;
    saves(&mut laptop, "We come on Thursday", "", &[]).await;
    let found = page(&mut phone).await;
    assert!(found.contains(">We come on Thursday</textarea>"), "{found}");
    assert!(found.contains("Draft kept"), "{found}");
    assert!(
        found.contains("name=\"then\" value=\"ask\" checked"),
        "what was chosen is kept, too"
    );
    assert!(!page(&mut other).await.contains("Thursday"));
    assert!(!other.get("/now").await.text().contains("Thursday"));
    let now = phone.get("/now").await.words();
    assert!(now.contains("We come on Thursday"), "{now}");
    for path in ["/tickets/1/draft/other", "/undo/draft-1"] {
        let answer = other.post(path, &[]).await;
        assert_eq!(answer.status, 409, "{path}: {}", answer.words());
    }
    other.post("/tickets/1/draft/removal", &[]).await;
    assert!(page(&mut phone).await.contains("We come on Thursday"));
}

#[tokio::test]
async fn a_draft_goes_when_it_is_sent() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    saves(&mut ines, "On its way", "", &[]).await;
    let note = [("kind", "note"), ("text", "On its way, really")];
    assert_eq!(ines.post("/tickets/1/messages", &note).await.status, 303);
    let found = page(&mut ines).await;
    assert!(!found.contains("Draft kept"), "{found}");
    assert!(!ines.get("/now").await.words().contains("On its way"));
}

#[tokio::test]
async fn the_newest_words_stand_and_the_others_can_be_had_back() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    saves(&mut ines, "From the laptop", "", &[]).await;
    let phone = saves(&mut ines, "From the phone", "", &[]).await;
    let found = page(&mut ines).await;
    assert!(found.contains(">From the phone</textarea>"), "{found}");
    assert!(found.contains("<blockquote>From the laptop</blockquote>"));
    let older = [("older", "yes")];
    saves(&mut ines, "Before the crash", &phone, &older).await;
    let found = page(&mut ines).await;
    assert!(found.contains(">From the phone</textarea>"), "{found}");
    assert!(found.contains("<blockquote>Before the crash</blockquote>"));
    let swapped = ines.post("/tickets/1/draft/other", &[]).await;
    assert_eq!(swapped.location(), "/tickets/1#composer-words");
    let found = page(&mut ines).await;
    assert!(found.contains(">Before the crash</textarea>"), "{found}");
    assert!(found.contains("<blockquote>From the phone</blockquote>"));
}

#[tokio::test]
async fn a_draft_is_thrown_away_and_brought_back() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let version = saves(&mut ines, "Never mind", "", &[]).await;
    let answer = ines.post("/tickets/1/draft/removal", &[]).await;
    assert_eq!(answer.status, 303);
    assert!(!page(&mut ines).await.contains("Never mind"));
    let answer = ines.post("/undo/draft-1", &[]).await;
    assert_eq!(answer.location(), "/tickets/1#composer-words");
    assert!(page(&mut ines).await.contains(">Never mind</textarea>"));
    assert_eq!(
        saves(&mut ines, "", &version, &[]).await,
        "",
        "taking all words out is throwing it away"
    );
    assert!(!page(&mut ines).await.contains("Never mind"));
}

#[tokio::test]
async fn without_a_script_a_button_keeps_it() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let file = ("a.txt", "text/plain", b"a".as_slice());
    let fields = [("kind", "note"), ("text", "Half a thought")];
    let answer = ines.upload("/tickets/1/draft", &fields, &[file]).await;
    assert_eq!(answer.location(), "/tickets/1#composer-words");
    let found = ines.get("/tickets/1").await;
    assert!(found.words().contains("Attach the files again"));
    assert!(found.text().contains(">Half a thought</textarea>"));
    assert!(found.text().contains("value=\"note\" checked"));
}

#[tokio::test]
async fn a_ticket_that_is_not_opened_yet_has_a_draft_too() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let fields = [
        ("subject", "Ladder in the hall"),
        ("text", "Somebody left it there."),
        ("queue", "1"),
    ];
    assert_eq!(ines.post("/tickets/new/draft", &fields).await.status, 303);
    let found = ines.get("/tickets/new").await.text();
    assert!(found.contains("value=\"Ladder in the hall\""), "{found}");
    assert!(found.contains("Somebody left it there.</textarea>"));
    let now = ines.get("/now").await.words();
    assert!(now.contains("A new ticket"), "{now}");
    let opened = ines.post("/tickets", &fields).await;
    assert!(
        opened.location().starts_with("/tickets/"),
        "{}",
        opened.words()
    );
    let found = ines.get("/tickets/new").await.text();
    assert!(!found.contains("Ladder in the hall\""), "{found}");
}

#[tokio::test]
async fn what_was_taken_back_and_what_was_begun_meanwhile_are_both_kept() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let note = [("kind", "note"), ("text", "Too soon"), ("chosen", "yes")];
    let sent = ines.post("/tickets/1/messages", &note).await;
    let message = sent.location().rsplit('-').next().unwrap().to_owned();
    saves(&mut ines, "The next thought", "", &[]).await;
    ines.post(&format!("/undo/message-{message}"), &[]).await;
    let found = page(&mut ines).await;
    assert!(found.contains(">Too soon</textarea>"), "{found}");
    assert!(found.contains("<blockquote>The next thought</blockquote>"));
    ines.post(&format!("/drafts/{message}/discarding"), &[])
        .await;
    let found = page(&mut ines).await;
    assert!(found.contains(">The next thought</textarea>"), "{found}");
}

#[tokio::test]
async fn what_can_not_be_a_draft_is_refused() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let long = "x".repeat(200_001);
    let fields = [("text", long.as_str()), ("kind", "note")];
    assert_eq!(ines.post("/tickets/1/draft", &fields).await.status, 422);
    let fields = [("text", "x")];
    for path in ["/tickets/999999/draft", "/tickets/nonsense/draft"] {
        assert_eq!(ines.post(path, &fields).await.status, 404, "{path}");
    }
}
