//! Texts that ask, and texts that only sound like it.

use super::asked;

fn check(texts: &[&str], asks: bool) {
    let wrong = texts.iter().filter(|text| asked(text).is_some() != asks);
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "asking is not {asks}: {wrong:#?}");
}

#[test]
fn questions_and_requests_ask() {
    check(
        &[
            "Which printer is it?",
            "Does it work now?",
            "I'll call you tomorrow, ok?",
            "Please send me the log.",
            "Send it to us, please.",
            "Could you restart the server and tell me what happens.",
            "Can you confirm the address",
            "Let me know which day suits you.",
            "Let us know if Tuesday works for you.",
            "Let me know what you think.",
            "Please try again and let me know if you need anything else.",
            "We still need your serial number.",
            "I need the invoice number from you.",
            "Try turning it off and on again.",
            "Tell me what the screen says.",
            "We are waiting for your confirmation.",
            "I was wondering whether you still use it.",
            "The part is here. Would you like us to install it?",
            "Confirm the date and we will come.",
            "You need to restart the computer once.",
            "Is the cable plugged in?\n\nBest regards\nAnna",
            "Welcher Drucker ist es?",
            "Bitte schicken Sie uns das Protokoll.",
            "Könnten Sie den Server neu starten.",
            "Geben Sie mir kurz Bescheid.",
            "Gib mir bitte Bescheid, ob es geht.",
            "Schicken Sie uns ein Foto.",
            "Schick mir mal die Seriennummer.",
            "Wir brauchen noch Ihre Seriennummer.",
            "Mir fehlt die Rechnungsnummer.",
            "Können Sie das bestätigen?",
            "Passt es am Dienstag?",
            "Lassen Sie mich wissen, wann es passt.",
            "Wir warten auf Ihre Freigabe.",
            "Sagen Sie Bescheid, sobald es wieder funktioniert.",
            "Bitte prüfen Sie das, bei Fragen melden Sie sich.",
            "Funktioniert es jetzt?\nViele Grüße",
        ],
        true,
    );
}

#[test]
fn offers_courtesy_and_news_do_not() {
    check(
        &[
            "",
            "I'll get back to you tomorrow.",
            "Let me know if you need anything else.",
            "Let us know if anything comes up.",
            "Please let us know if you have any further questions.",
            "If you have any questions, please call us.",
            "If it happens again, let me know.",
            "Let me know if it happens again.",
            "Please let me know if the problem persists.",
            "Please don't hesitate to contact us.",
            "Feel free to call me any time.",
            "Any questions? Just ask.",
            "Any other questions?",
            "Is there anything else?",
            "Can I help you with anything else?",
            "Hello Anna, how are you?",
            "Please note that the office is closed on Friday.",
            "Please find the invoice attached.",
            "Please accept our apologies.",
            "Please bear with us.",
            "You wrote \"does it work?\" and it does.",
            "See https://example.org/?page=1 for details.",
            "> Does it work?\nIt does.",
            "We have replaced the disk.",
            "As you can see, it works.",
            "In case of problems call us.",
            "Should you need help, call us.",
            "It's done.\n\nBest regards\nAnna\nQuestions? Call us",
            "Bei Fragen melden Sie sich.",
            "Bei Rückfragen geben Sie uns bitte Bescheid.",
            "Wenn Sie noch Fragen haben, melden Sie sich bitte.",
            "Melden Sie sich gerne jederzeit.",
            "Sollte das Problem erneut auftreten, geben Sie bitte Bescheid.",
            "Sagen Sie Bescheid, falls es wieder passiert.",
            "Bitte haben Sie etwas Geduld.",
            "Wir bitten um Entschuldigung.",
            "Bitte entschuldigen Sie die Störung.",
            "Bitte beachten Sie unsere Öffnungszeiten.",
            "Noch Fragen?",
            "Kann ich sonst noch etwas für Sie tun?",
            "Hallo Jörg, wie geht es dir?",
            "Ich melde mich morgen.",
            "Das Gerät ist getauscht.",
            "Bitte sehr!",
            "Bitte zögern Sie nicht, uns anzurufen.",
        ],
        false,
    );
}

#[test]
fn what_is_asked_is_told_with_its_place() {
    let text = "Hallo Jörg,\nwelcher Drucker\nist es? Danke.";
    let found = asked(text).expect("a question");
    assert_eq!(found.what, "welcher Drucker ist es?");
    assert_eq!(&text[found.span], "welcher Drucker\nist es?");
}
