//! The pages of agreements, as a browser without scripts uses them.

use kept_app::domain::people::Role;

use crate::sample;
use crate::site::{Answer, Site, Visitor};

const TARGETS: [&str; 6] = [
    "first-response",
    "next-response",
    "next-update",
    "resolution",
    "answer",
    "confirmation",
];

/// A form as it is filled in for the sample's client: Lisbon works days, Berlin around holidays.
pub fn form() -> Vec<(String, String)> {
    let mut form: Vec<(String, String)> = Vec::new();
    let mut put = |name: &str, value: &str| form.push((name.to_owned(), value.to_owned()));
    put("whose", "client-1");
    put("name", "Fox, all in");
    put("mode", "new-tickets");
    for side in ["desk", "client"] {
        for day in ["mon", "tue", "wed", "thu", "fri"] {
            put(&format!("{side}-{day}"), "09:00–12:30, 13:30–17:00");
        }
    }
    put("desk-zone", "Europe/Lisbon");
    put("client-zone", "Europe/Berlin");
    put(
        "client-days",
        "2026-12-24 09:00–12:00 Heiligabend\n2026-12-25 closed Weihnachten",
    );
    put("row-0-priority", "urgent");
    put("row-0-kind", "incident");
    put("row-0-first-response", "15 min around the clock");
    for (owed, text) in TARGETS
        .into_iter()
        .zip(["4 h", "4 h", "2 d", "3 d", "2 d", "5 d"])
    {
        put(&format!("rest-{owed}"), text);
    }
    put("warn-percent", "75");
    put("reminders", "2 d, 4 d");
    put("park-after", "7 d");
    put("close-after", "20 d");
    form
}

pub fn with(mut form: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    form.retain(|(known, _)| known != name);
    form.push((name.to_owned(), value.to_owned()));
    form
}

pub async fn post(visitor: &mut Visitor, path: &str, form: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    visitor.post(path, &fields).await
}

async fn made(visitor: &mut Visitor) -> String {
    let answer = post(visitor, "/settings/agreements", &form()).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer.location().to_owned()
}

fn says(words: &str, parts: &[&str]) {
    let words = words.replace('\n', " ");
    for part in parts {
        assert!(words.contains(part), "{part}: {words}");
    }
}

#[tokio::test]
async fn a_client_gets_an_agreement_and_everybody_can_read_it() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let card = admin.get("/clients/1").await;
    says(&card.words(), &["Everybody’s holds", "Write one"]);
    let new = admin.get("/settings/agreements/new?whose=client-1").await;
    assert_eq!(new.status, 200);
    let new = new.text();
    for part in [
        "value=\"30 min\"",
        "value=\"Fox &amp; Sons Tax\"",
        "<option value=\"Europe/Lisbon\">",
    ] {
        assert!(new.contains(part), "{part}");
    }
    let page = made(&mut admin).await;
    let mut agent = site.person(Role::Agent).await;
    let words = agent.get(&page).await.words();
    says(
        &words,
        &[
            "Fox, all in",
            "client Fox & Sons Tax",
            "Urgent incidents",
            "We answer within 15 min around the clock.",
            "We resolve it within 3 of our working days.",
            "You answer our questions within 2 of your working days.",
            "We work Mon–Fri 09:00–12:30, 13:30–17:00, by the clock of Europe/Lisbon.",
            "by the clock of Europe/Berlin",
            "closed Weihnachten",
        ],
    );
    assert!(!words.contains("Change it"), "agents only read: {words}");
    says(
        &admin.get("/clients/1").await.words(),
        &["Fox, all in", "Version 1 since"],
    );
    says(
        &admin.get("/settings/agreements").await.words(),
        &["Everybody", "Fox, all in"],
    );
}

#[tokio::test]
async fn what_is_wrong_stands_beside_each_field_and_nothing_typed_is_lost() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let form = with(form(), "rest-answer", "soon");
    let form = with(form, "desk-tue", "nine to five");
    let form = with(form, "client-days", "Christmas closed");
    let form = with(form, "name", "");
    let answer = post(&mut admin, "/settings/agreements", &form).await;
    assert_eq!(answer.status, 422);
    says(
        &answer.words(),
        &[
            "4 fields need another look",
            "“soon” (character 1) is not a number",
            "“nine” is not a time of day",
            "Line 1: “Christmas” is not a date",
            "Give the agreement a name",
        ],
    );
    let text = answer.text();
    for kept in [
        "value=\"soon\"",
        "value=\"15 min around the clock\"",
        "value=\"nine to five\"",
    ] {
        assert!(text.contains(kept), "{kept}");
    }
    let list = admin.get("/settings/agreements").await.words();
    assert!(!list.contains("Fox, all in"), "nothing was saved: {list}");
    let late = with(self::form(), "from", "2001-01-01");
    let answer = post(&mut admin, "/settings/agreements", &late).await;
    assert_eq!(answer.status, 422);
    says(&answer.words(), &["Choose today or a later day"]);
}

#[tokio::test]
async fn what_would_follow_is_shown_and_not_saved() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let form = with(form(), "act", "preview");
    let answer = post(&mut admin, "/settings/agreements", &form).await;
    assert_eq!(answer.status, 200, "{}", answer.words());
    says(
        &answer.words(),
        &[
            "What would follow",
            "Nothing is saved yet",
            "from their start: 1 open ticket; none would be late.",
            "Their 2026-12-25",
            "closed (Weihnachten)",
        ],
    );
    assert!(answer.text().contains("title=\"09:00–12:00 Heiligabend\""));
    let list = admin.get("/settings/agreements").await.words();
    assert!(!list.contains("Fox, all in"), "{list}");
}

#[tokio::test]
async fn versions_follow_each_other_can_be_taken_back_and_end() {
    let site: Site = sample::site().await;
    let mut admin = site.admin().await;
    let page = made(&mut admin).await;
    let later = with(with(form(), "from", "2030-01-01"), "warn-percent", "50");
    let answer = post(&mut admin, &page, &later).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    let words = admin.get(&page).await.words();
    says(
        &words,
        &[
            "version 2 from",
            "Take it back",
            "1 change",
            "when 50 % of the time is used up",
        ],
    );
    let clash = post(&mut admin, &page, &form()).await;
    assert_eq!(clash.status, 409);
    says(&clash.words(), &["Version 2 begins later than this one"]);
    let back = admin.post(&format!("{page}/versions/2/removal"), &[]).await;
    assert_eq!(back.status, 303);
    let refused = admin.post(&format!("{page}/versions/1/removal"), &[]).await;
    assert_eq!(refused.status, 409);
    let wrong = admin
        .post(&format!("{page}/ending"), &[("until", "soon")])
        .await;
    assert_eq!(wrong.status, 422);
    let ended = admin
        .post(&format!("{page}/ending"), &[("until", "2030-05-01")])
        .await;
    assert_eq!(ended.status, 303);
    says(
        &admin.get(&page).await.words(),
        &["It ends", "Let it go on"],
    );
    let on = admin.post(&format!("{page}/ending/removal"), &[]).await;
    assert_eq!(on.status, 303);
    let everybody = admin.post("/settings/agreements/1/ending", &[]).await;
    assert_eq!(everybody.status, 409);
}

/// A public calendar: a day off, half a day, one on a Sunday, one that is there already.
const HOLIDAYS: &str = "BEGIN:VCALENDAR\r\n\
    BEGIN:VEVENT\r\nSUMMARY:Epiphany\r\nDTSTART;VALUE=DATE:20270106\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nSUMMARY:Silvester\r\nDTSTART:20261231T120000\r\nDTEND:20261231T235900\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nSUMMARY:Easter\r\nDTSTART;VALUE=DATE:20270328\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nSUMMARY:Weihnachten\r\nDTSTART;VALUE=DATE:20261225\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nSUMMARY:Long ago\r\nDTSTART;VALUE=DATE:20200101\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

async fn look(admin: &mut Visitor, form: &[(String, String)], file: &str) -> Answer {
    let fields: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let files: &[(&str, &str, &[u8])] = match file {
        "" => &[],
        file => &[("holidays.ics", "text/calendar", file.as_bytes())],
    };
    admin.upload("/settings/agreements", &fields, files).await
}

#[tokio::test]
async fn holidays_are_looked_at_and_then_put_into_the_form() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let form = with(form(), "act", "look-at-holidays");
    let form = with(form, "holidays-for", "client");
    let answer = look(&mut admin, &form, HOLIDAYS).await;
    assert_eq!(answer.status, 200, "{}", answer.words());
    says(
        &answer.words(),
        &[
            "Thu 31 Dec · Silvester",
            "new: open 09:00–12:00",
            "Fri 25 Dec · Weihnachten",
            "in the list already",
            "Wed 6 Jan · Epiphany",
            "new: closed",
            "Sun 28 Mar · Easter",
            "not worked anyway",
        ],
    );
    let page = answer.text();
    assert!(!page.contains("Long ago"));
    let ticked = |line: &str| page.contains(&format!("value=\"{line}\" checked"));
    assert!(ticked("2027-01-06 closed Epiphany"));
    assert!(!ticked("2027-03-28 closed Easter"));
    // Nothing typed is lost.
    assert!(page.contains("value=\"15 min around the clock\""));

    let form = with(form, "act", "take-holidays");
    let form = with(form, "holidays-client", "2027-01-06 closed Epiphany");
    let answer = look(&mut admin, &form, "").await;
    assert_eq!(answer.status, 200, "{}", answer.words());
    says(
        &answer.words(),
        &[
            "1 day is in the list now. Save to keep it.",
            "2026-12-25 closed Weihnachten 2027-01-06 closed Epiphany",
        ],
    );
    let list = admin.get("/settings/agreements").await.words();
    assert!(!list.contains("Fox, all in"), "nothing was saved: {list}");
}

#[tokio::test]
async fn a_calendar_that_is_none_is_refused_in_words() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let form = with(form(), "act", "look-at-holidays");
    let empty = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
    let large = "x".repeat(1024 * 1024 + 1);
    for (file, why) in [
        ("", "Choose a file, or write an address"),
        ("<html>", "This is no iCalendar file"),
        (empty, "This calendar has no days in 2026 or 2027"),
        (large.as_str(), "This is larger than 1 MB"),
    ] {
        let answer = look(&mut admin, &form, file).await;
        assert_eq!(answer.status, 422, "{why}");
        says(&answer.words(), &[why]);
    }
    let form = with(form, "holidays-url", "http://127.0.0.1/holidays.ics");
    let answer = look(&mut admin, &form, "").await;
    assert_eq!(answer.status, 422);
    says(&answer.words(), &["127.0.0.1 is a private address"]);
    let form = with(form, "act", "take-holidays");
    let form = with(form, "holidays-desk", "Christmas");
    let answer = look(&mut admin, &form, "").await;
    assert_eq!(answer.status, 422);
}
