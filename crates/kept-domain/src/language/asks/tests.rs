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
fn news_that_leaves_nothing_to_do_asks_for_nothing() {
    check(
        &[
            "The repair takes until Friday, so you have to wait.",
            "It works again. You need to do nothing more.",
            "You have to do nothing; it works again.",
            "You must restart nothing.",
            "You must not worry, nothing was lost.",
            "Everything is fixed. You don't need to do anything.",
            "You need not do anything.",
            "You only have to wait until Friday.",
            "You just need to be patient.",
            "All you need to do is wait.",
            "You have to worry about nothing.",
            "You need to know that the office is closed on Friday.",
            "Here is everything you need to know.",
            "There is nothing you need to do.",
            "There is nothing else you have to do.",
            "I do not think you need to restart it.",
            "Sorry that you have to log in twice.",
            "If you need to print today, the second floor has one.",
            "We found out why you have to log in twice.",
            "You don't have to let us know.",
            "We need nothing more from you.",
            "We do not need anything from you.",
            "We no longer need the number from you.",
            "We are not waiting for your answer any more.",
            "You must have changed the password on Monday.",
            "Restart was successful, it works again.",
            "Check is done.",
            "Our question is answered, thank you.",
            "We need you to do nothing.",
            "Die Reparatur dauert bis Freitag, Sie müssen also warten.",
            "Sie müssen sich leider bis Freitag gedulden.",
            "Es geht wieder. Sie müssen nichts weiter tun.",
            "Sie müssen nichts neu starten.",
            "Sie müssen sich keine Sorgen machen, nichts ging verloren.",
            "Sie müssen deshalb nicht ins Büro kommen.",
            "Du musst dafür nichts tun.",
            "Ihr müsst euch um nichts kümmern.",
            "Dann müssen Sie nichts mehr tun.",
            "Sie brauchen nichts zu tun.",
            "Machen Sie sich keine Sorgen.",
            "Mach dir keine Sorgen.",
            "Bitte warten Sie bis Freitag.",
            "Sie sollten jetzt wieder drucken können.",
            "Nun sollten Sie eine Mail erhalten.",
            "Nun können Sie sich wieder anmelden.",
            "Das Gerät können Sie am Freitag abholen.",
            "Wir brauchen nichts mehr von Ihnen.",
            "Wir brauchen noch bis Freitag.",
            "Wir brauchen noch zwei Tage.",
            "Wir benötigen dafür noch etwas Zeit.",
            "Mir fehlt nichts mehr.",
            "Wir warten nicht mehr auf Ihre Antwort.",
            "Wir geben Ihnen morgen Bescheid.",
            "Morgen geben wir Ihnen Bescheid.",
            "Wir möchten Sie wissen lassen, dass es wieder geht.",
            "Wir können Sie morgen anrufen.",
            "Unsere Frage ist beantwortet.",
        ],
        false,
    );
}

#[test]
fn a_duty_beside_such_words_still_asks() {
    check(
        &[
            "You have to restart the computer.",
            "You need to restart it once and wait two minutes.",
            "You must sign the form.",
            "You just need to restart it.",
            "You still have to confirm the date.",
            "All you need to do is restart it.",
            "You have to restart it because nothing else helps.",
            "You need to send the form, nothing more.",
            "Don't worry, but you need to change the password.",
            "Nothing was lost, you only have to log in again.",
            "The server does not answer so you need to restart it.",
            "We need you to sign the form.",
            "We need nothing but the number, please send it.",
            "There is nothing we can do. You need to call the provider.",
            "Confirm the date.",
            "Check the cable and try again.",
            "We are not done: we are waiting for your answer.",
            "You have to wait for the green light, then please press the button.",
            "Sie müssen den Rechner neu starten.",
            "Sie müssen den Rechner neu starten, weil sonst nichts hilft.",
            "Sie müssen nur noch das Formular unterschreiben.",
            "Du musst dich neu anmelden.",
            "Ihr müsst das Kabel tauschen.",
            "Jetzt musst du nur noch bestätigen.",
            "Keine Sorge, Sie müssen nur das Passwort ändern.",
            "Sie sollten das Passwort ändern.",
            "Dann sollten Sie den Anbieter anrufen.",
            "Wir brauchen noch Ihre Unterschrift bis Freitag.",
            "Wir brauchen noch zwei Unterschriften.",
            "Mir fehlt noch die Nummer, nicht das Datum.",
            "Wir warten noch auf Ihre Antwort.",
            "Geben Sie uns bis Freitag Bescheid.",
            "Können Sie den Drucker neu starten.",
            "Vielleicht können Sie ein Foto schicken.",
            "Dazu könnten Sie uns das Protokoll schicken.",
            "Machen Sie ein Foto.",
            "Bitte keine Sorge, aber schicken Sie uns die Nummer.",
        ],
        true,
    );
}

#[test]
fn what_is_asked_is_told_with_its_place() {
    let text = "Hallo Jörg,\nwelcher Drucker\nist es? Danke.";
    let found = asked(text).expect("a question");
    assert_eq!(found.what, "welcher Drucker ist es?");
    assert_eq!(&text[found.span], "welcher Drucker\nist es?");
}
