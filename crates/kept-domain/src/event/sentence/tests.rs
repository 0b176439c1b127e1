//! Each line names who did it once, and names stand as people write them.

use super::*;

const JONAS: PersonId = PersonId(1);
const INES: PersonId = PersonId(2);

struct Desk;

impl Names for Desk {
    fn person(&self, id: PersonId) -> String {
        match id {
            JONAS => "Jonas Petit".to_owned(),
            INES => "Ines Castro".to_owned(),
            _ => "Dana Fox".to_owned(),
        }
    }

    fn queue(&self, id: QueueId) -> String {
        match id.0 {
            1 => "Support".to_owned(),
            _ => "Sales".to_owned(),
        }
    }
}

/// One of each kind, as it is stored; `$A` and `$B` are people.
const EVENTS: &[&str] = &[
    r#"{"event":"opened","subject":"x","kind":"request","priority":"normal","queue":1,"requester":$A,"client":null,"responsible":$B,"chosen":"opener"}"#,
    r#"{"event":"opened","subject":"x","kind":"request","priority":"normal","queue":1,"requester":null,"client":null,"responsible":$A,"chosen":"on-duty"}"#,
    r#"{"event":"message-received","message":1,"from":$A,"automatic":false,"reason":{"why":"reply-token","ticket":3}}"#,
    r#"{"event":"message-received","message":1,"from":$A,"automatic":true,"reason":{"why":"by-hand"}}"#,
    r#"{"event":"acknowledged","outgoing":1,"to":"dana@acme.example"}"#,
    r#"{"event":"replied","message":1,"then":"ask"}"#,
    r#"{"event":"noted","message":1}"#,
    r#"{"event":"forwarded","message":1,"to":"it@maker.example"}"#,
    r#"{"event":"forward-answered","message":1,"from":null,"reason":{"why":"by-hand"}}"#,
    r#"{"event":"withdrawn","message":1,"status":"open","turn":"desk","resolved_at":null,"closed_at":null}"#,
    r#"{"event":"assigned","from":$A,"to":$B}"#,
    r#"{"event":"queue-changed","from":1,"to":2}"#,
    r#"{"event":"priority-changed","from":"low","to":"high"}"#,
    r#"{"event":"kind-changed","from":"request","to":"incident"}"#,
    r#"{"event":"subject-changed","from":"x","to":"y"}"#,
    r#"{"event":"tag-added","tag":"vip"}"#,
    r#"{"event":"tag-removed","tag":"vip"}"#,
    r#"{"event":"answered-by-rule","message":1,"outgoing":1}"#,
    r#"{"event":"notified","person":$A}"#,
    r#"{"event":"hook-called","host":"hooks.example"}"#,
    r#"{"event":"rule-held-back","why":"nobody is there"}"#,
    r#"{"event":"resolved"}"#,
    r#"{"event":"reopened","why":"by-hand"}"#,
    r#"{"event":"reopened","why":"client-wrote"}"#,
    r#"{"event":"closed"}"#,
    r#"{"event":"ending-taken-back","ended_at":$T,"left":$S}"#,
    r#"{"event":"marked-spam"}"#,
    r#"{"event":"unmarked-spam"}"#,
    r#"{"event":"merged-into","ticket":3}"#,
    r#"{"event":"merge-undone","ticket":3}"#,
    r#"{"event":"absorbed","ticket":3,"turn":"desk"}"#,
    r#"{"event":"released","ticket":3}"#,
    r#"{"event":"moved-out","messages":[1],"to":3,"left":$S}"#,
    r#"{"event":"moved-in","messages":[1],"from":3,"split":false}"#,
    r#"{"event":"moved-back","messages":[1],"from":3,"left":$S}"#,
    r#"{"event":"linked","ticket":3,"link":"follows"}"#,
    r#"{"event":"linked-from","ticket":3,"link":"follows"}"#,
    r#"{"event":"related","bond":"blocks","ticket":3}"#,
    r#"{"event":"unrelated","bond":"blocks","ticket":3}"#,
    r#"{"event":"watched","person":$A}"#,
    r#"{"event":"unwatched","person":$A}"#,
    r#"{"event":"also-sent-to","queue":2}"#,
    r#"{"event":"participant-added","person":$A,"address":"dana@acme.example","message":null}"#,
    r#"{"event":"participant-removed","person":$A}"#,
    r#"{"event":"requester-changed","from":$A,"to":$B,"client_from":null,"client_to":null}"#,
    r#"{"event":"requester-changed","from":null,"to":$A,"client_from":null,"client_to":null}"#,
    r#"{"event":"forward-left","message":1}"#,
    r#"{"event":"forward-asked-again","message":1}"#,
    r#"{"event":"delivery-failed","outgoing":1,"to":"dana@acme.example","error":"no"}"#,
    r#"{"event":"invitation-answered","message":1,"uid":"u","answer":"accepted","outgoing":1,"to":"dana@acme.example"}"#,
    r#"{"event":"came-back","outgoing":1,"message":null,"to":"dana@acme.example","kind":"hard","status":null,"reason":"no such mailbox","unheard":false}"#,
    r#"{"event":"not-sent","outgoing":1,"message":null,"to":"dana@acme.example","reason":"no such mailbox","unheard":false}"#,
    r#"{"event":"stayed-silent","why":"same-subject"}"#,
    r#"{"event":"turn-corrected","to":"desk","why":"they wrote"}"#,
    r#"{"event":"wait-began","party":"Contoso","what":"a part","tracking":null,"next":$T}"#,
    r#"{"event":"wait-changed","party":"Contoso","what":"a part","tracking":null,"next":$T}"#,
    r#"{"event":"wait-ended"}"#,
    r#"{"event":"delegated","from":$A,"to":$B,"due":$T,"note":null}"#,
    r#"{"event":"delegated","from":$A,"to":$B,"due":$T,"note":"please"}"#,
    r#"{"event":"delegation-accepted","from":$A,"to":$B}"#,
    r#"{"event":"delegation-declined","from":$A,"to":$B,"why":"no time"}"#,
    r#"{"event":"delegation-timed-out","from":$A,"to":$B}"#,
    r#"{"event":"delegation-withdrawn","from":$A,"to":$B}"#,
    r#"{"event":"promised","promise":1,"side":"desk","promiser":$A,"what":"a call","due":$T,"message":null}"#,
    r#"{"event":"promise-moved","promise":1,"due":$T,"message":1}"#,
    r#"{"event":"promise-kept","promise":1,"message":null}"#,
    r#"{"event":"promise-broken","promise":1}"#,
    r#"{"event":"promise-handed-over","promise":1,"to":$A}"#,
    r#"{"event":"duty-asked","run":1,"date":"2026-11-23","what":"the figures","within":{},"message":null,"outgoing":null}"#,
    r#"{"event":"duty-done","run":1}"#,
    r#"{"event":"duty-not-done","run":1,"why":"no figures"}"#,
    r#"{"event":"called","message":1,"wanted":"act","person":$A,"outgoing":null}"#,
    r#"{"event":"call-confirmed","message":1}"#,
    r#"{"event":"call-corrected","message":1,"wanted":"know","correction":2}"#,
    r#"{"event":"confirmed"}"#,
    r#"{"event":"warned","owed":"next-update","run":1,"to":$A}"#,
    r#"{"event":"missed","owed":"next-update","run":1,"due":$T}"#,
    r#"{"event":"escalated","owed":"next-update","run":1,"step":1,"to":$A}"#,
    r#"{"event":"reminded","owed":"answer","run":1,"step":1,"outgoing":null}"#,
    r#"{"event":"parked"}"#,
    r#"{"event":"closed-unanswered"}"#,
    r#"{"event":"agreement-changed","version":1,"from_start":false}"#,
    r#"{"event":"step-added","step":1,"what":"call"}"#,
    r#"{"event":"step-changed","step":1,"what":"call"}"#,
    r#"{"event":"step-moved","step":1,"up":true}"#,
    r#"{"event":"step-removed","step":1}"#,
    r#"{"event":"step-ticked","step":1}"#,
    r#"{"event":"step-ticked","step":1,"evidence":"a photo"}"#,
    r#"{"event":"step-unticked","step":1}"#,
    r#"{"event":"asset-linked","asset":1,"name":"Copier"}"#,
    r#"{"event":"asset-unlinked","asset":1,"name":"Copier"}"#,
    r#"{"event":"field-filled","field":1,"name":"Approver","to":{"person":$A}}"#,
    r#"{"event":"field-filled","field":1,"name":"Approver","from":{"person":$A},"to":{"person":$B}}"#,
    r#"{"event":"field-filled","field":1,"name":"Approver","from":{"person":$A}}"#,
    r#"{"event":"field-filled","field":1,"name":"Cost","to":{"number":10000}}"#,
    r#"{"event":"time-logged","entry":1,"person":$A,"details":$D}"#,
    r#"{"event":"time-changed","entry":1,"from":$D,"to":$D,"why":"mistyped"}"#,
    r#"{"event":"time-removed","entry":1,"spent":900}"#,
    r#"{"event":"time-restored","entry":1,"spent":900}"#,
    r#"{"event":"snoozed","until":"client-writes"}"#,
    r#"{"event":"woken","person":$A,"why":"by-hand"}"#,
];

fn event(stored: &str, one: PersonId, other: PersonId) -> Event {
    let standing =
        r#"{"status":"open","turn":"desk","turn_since":$T,"resolved_at":null,"closed_at":null}"#;
    let details =
        r#"{"when":{"on":"2026-11-23"},"spent":900,"work_type":"work","text":"looked at it"}"#;
    let json = stored
        .replace("$S", standing)
        .replace("$D", details)
        .replace("$T", "\"2026-11-23T09:00:00Z\"")
        .replace("$A", &one.0.to_string())
        .replace("$B", &other.0.to_string());
    serde_json::from_str(&json).unwrap_or_else(|wrong| panic!("{json}: {wrong}"))
}

fn told(event: &Event, actor: Actor) -> String {
    let by = match actor {
        Actor::Person(person) => Desk.person(person),
        Actor::Rule(_) => "Rule “Night”".to_owned(),
        Actor::Kept => "Kept".to_owned(),
    };
    line(event, actor, &by, &Desk)
}

/// Names as they are stored, from the list that gives each event its own.
fn kinds() -> Vec<&'static str> {
    let source = include_str!("../../event.rs");
    let list = source.split("pub fn name(").nth(1).expect("the names");
    let rows = list.lines().filter(|row| row.contains("Event::"));
    rows.filter_map(|row| row.split('"').nth(1)).collect()
}

#[test]
fn every_kind_of_event_is_looked_at() {
    let events = EVENTS.iter().map(|stored| event(stored, JONAS, INES));
    let known: Vec<&str> = events.map(|event| event.name()).collect();
    let missing: Vec<_> = kinds()
        .into_iter()
        .filter(|it| !known.contains(it))
        .collect();
    assert!(kinds().len() > 80 && missing.is_empty(), "{missing:?}");
}

#[test]
fn no_line_names_its_actor_twice_or_changes_a_name() {
    let actors = [Actor::Person(JONAS), Actor::Person(INES), Actor::Kept];
    for stored in EVENTS {
        for (one, other) in [(JONAS, INES), (INES, JONAS), (INES, PersonId(3))] {
            for actor in actors {
                let says = told(&event(stored, one, other), actor);
                let named = match actor {
                    Actor::Person(person) => says.matches(&Desk.person(person)).count(),
                    _ => says.matches("Kept").count(),
                };
                assert!(named <= 1, "{says}");
                let lowered = ["jonas", "ines", "dana F", "support", "sales"];
                assert!(!lowered.iter().any(|name| says.contains(name)), "{says}");
                let has_actor = says.contains(": ") || stands_alone(&event(stored, one, other));
                assert!(has_actor || named == 1, "{says}");
            }
        }
    }
}

#[test]
fn lines_read_as_people_would_say_them() {
    let check = |stored: &str, actor: Actor, expected: &str| {
        assert_eq!(told(&event(stored, JONAS, INES), actor), expected);
    };
    let (jonas, ines) = (Actor::Person(JONAS), Actor::Person(INES));
    let declined =
        r#"{"event":"delegation-declined","from":$B,"to":$A,"why":"No time, ask Dana Fox"}"#;
    check(
        declined,
        jonas,
        "Jonas Petit did not take it: No time, ask Dana Fox",
    );
    let accepted = r#"{"event":"delegation-accepted","from":$B,"to":$A}"#;
    check(accepted, jonas, "Jonas Petit took it");
    check(accepted, ines, "Ines Castro: Jonas Petit took it");
    let late = r#"{"event":"delegation-timed-out","from":$B,"to":$A}"#;
    let says = "Jonas Petit did not answer in time; it stays with Ines Castro";
    check(late, Actor::Kept, says);
    let assigned = r#"{"event":"assigned","from":$A,"to":$B}"#;
    check(assigned, ines, "Ines Castro: took it over from Jonas Petit");
    check(
        assigned,
        jonas,
        "Jonas Petit: handed it over to Ines Castro",
    );
    let says = "Dana Fox: made Ines Castro responsible, before: Jonas Petit";
    check(assigned, Actor::Person(PersonId(3)), says);
    let watched = r#"{"event":"watched","person":$A}"#;
    check(watched, jonas, "Jonas Petit: watches it from now on");
    check(watched, ines, "Ines Castro: made Jonas Petit a watcher");
    let handed = r#"{"event":"promise-handed-over","promise":1,"to":$A}"#;
    check(
        handed,
        ines,
        "Ines Castro: Jonas Petit keeps the promise from now on",
    );
    let filled = r#"{"event":"field-filled","field":1,"name":"Approver","to":{"person":$A}}"#;
    check(filled, jonas, "Jonas Petit: filled in Approver: themselves");
    let tagged = r#"{"event":"tag-added","tag":"vip"}"#;
    let by_rule = Actor::Rule(crate::ids::RuleId(1));
    check(tagged, by_rule, "Rule “Night”: tagged it vip");
    let back = r#"{"event":"woken","person":$A,"why":"by-hand"}"#;
    check(back, jonas, "Back for Jonas Petit: woken by hand");
}
