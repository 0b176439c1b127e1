//! Texts that say that all is done, and texts that only sound like it.

use super::settled;

fn check(texts: &[&str], settles: bool) {
    let wrong = texts
        .iter()
        .filter(|text| settled(text).is_some() != settles);
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "settling is not {settles}: {wrong:#?}");
}

#[test]
fn what_is_done_settles() {
    check(
        &[
            "Everything is fixed. You don't need to do anything.",
            "Everything is fixed, you don't need to do anything.",
            "Hello Dana,\n\neverything has been fixed.\n\nBest regards\nInes",
            "It's all fixed now.",
            "It is fixed.",
            "It has been resolved.",
            "We have fixed it.",
            "I've solved the problem.",
            "We fixed the problem.",
            "The problem is solved.",
            "The printer problem is solved.",
            "Your request has been completed.",
            "The issue was resolved. Nothing more to do for you.",
            "All done.",
            "Fixed!",
            "All is well again.",
            "It is fixed and you can print again.",
            "Everything is fixed. If it happens again, just reply to this mail.",
            "It's fixed. If you have any questions, let me know.",
            "Alles behoben, Sie müssen nichts mehr tun.",
            "Alles ist behoben. Sie müssen nichts mehr tun.",
            "Es ist jetzt alles erledigt.",
            "Das Problem ist behoben.",
            "Das Problem wurde gelöst.",
            "Der Fehler konnte behoben werden.",
            "Die Störung ist beseitigt, du musst nichts tun.",
            "Wir haben das Problem gelöst.",
            "Ich habe den Fehler behoben.",
            "Alles erledigt!",
            "Erledigt.",
            "Hallo Jörg,\nalles ist wieder in Ordnung.\nViele Grüße\nInes",
            "Alles behoben. Falls es wieder auftritt, melden Sie sich gern.",
        ],
        true,
    );
}

#[test]
fn what_leaves_something_open_does_not() {
    check(
        &[
            "",
            "The cable is replaced.",
            "It is mended.",
            "Done.",
            "You don't need to do anything.",
            "We are working on it. You don't need to do anything.",
            "It is not fixed.",
            "It isn't fixed yet.",
            "It should be fixed now.",
            "It will be fixed tomorrow.",
            "Everything will be fixed soon.",
            "Everything is almost done.",
            "Part of it is done.",
            "The first step is done.",
            "Once it is fixed we tell you.",
            "As soon as everything is done you hear from us.",
            "Is it fixed?",
            "Everything is fixed. Does it print?",
            "It is fixed for now.",
            "The problem is solved. However, the scanner does not work.",
            "It is fixed. We are still looking for the cause.",
            "It is fixed. I will call you about the invoice.",
            "I hope it is fixed.",
            "The maker says it is fixed.",
            "> Everything is fixed.\n\nThank you for telling us.",
            "Sie müssen nichts tun.",
            "Wir arbeiten noch daran, Sie müssen nichts tun.",
            "Es ist noch nicht behoben.",
            "Das Problem ist nicht gelöst.",
            "Das Problem sollte behoben sein.",
            "Das Problem wird morgen behoben.",
            "Sobald alles erledigt ist, melden wir uns.",
            "Wenn das Problem gelöst ist, hören Sie von uns.",
            "Ein Teil ist erledigt.",
            "Das Problem ist teilweise behoben.",
            "Das Problem ist vorläufig behoben.",
            "Alles behoben. Leider ist der Scanner defekt.",
            "Das Problem ist behoben. Wir werden die Ursache suchen.",
            "Ist alles erledigt?",
            "Der Techniker sagte, das Problem ist behoben.",
        ],
        false,
    );
}

#[test]
fn the_sentence_that_says_so_is_told() {
    let text =
        "Hello Dana,\n\nthe cable was torn. Everything\nis fixed. You don't need to do anything.";
    assert_eq!(settled(text).as_deref(), Some("Everything is fixed."));
}
