//! Mere thanks, and what hides something behind them.

use super::only_thanks;

fn check(texts: &[&str], thanks: bool) {
    let wrong = texts.iter().filter(|text| only_thanks(text) != thanks);
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "mere thanks is not {thanks}: {wrong:#?}");
}

#[test]
fn s11_thanks_and_nothing_else() {
    check(
        &[
            "Thanks!",
            "Thank you so much!",
            "thx",
            "Many thanks, Anna",
            "Thanks Jan, that did it!",
            "Great, works now",
            "Perfect, thank you.",
            "It works again. Thanks for your quick help!",
            "Thanks a lot for the quick reply!",
            "Awesome, problem solved :)",
            "👍",
            "Hi Anna,\n\nthanks, all good now.\n\nBest regards\nPeter Stone\nExample Ltd, +49 30 1234",
            "Thank you, you can close the ticket.",
            "Much appreciated, have a nice weekend!",
            "The printer works again, thanks.",
            "You are the best!",
            "Cheers",
            "Works like a charm, thank you",
            "Great job, everything works perfectly.",
            "Thanks for letting me know!",
            "ok, thanks",
            "Danke!",
            "Perfekt, danke, funktioniert wieder",
            "Vielen Dank für die schnelle Hilfe!",
            "Super, herzlichen Dank.",
            "Hat geklappt, danke!",
            "Danke, es läuft wieder alles.",
            "Danke Frau Berg, alles gut.",
            "Hallo Frau Berg,\n\nvielen Dank, geht wieder.\n\nMit freundlichen Grüßen\nJan Stein",
            "Besten Dank und schönes Wochenende!",
            "Der Drucker geht wieder, vielen Dank.",
            "Prima, das Ticket kann geschlossen werden.",
            "Top, merci",
            "Hat sich erledigt, danke.",
            "Danke!\n> Does it work now?",
            "Vielen lieben Dank euch!",
            "DANKE",
        ],
        true,
    );
}

#[test]
fn s11_not_when_anything_else_is_said() {
    check(
        &[
            "",
            "Thanks, but it still fails",
            "Thanks – one more question: which cable?",
            "Thanks, does that also hold for the laptop?",
            "Thank you, please also add Peter.",
            "Great, and when will the second one come?",
            "Thanks, I'll test it and report back.",
            "Thanks, it works, but only on my computer.",
            "Thank you. The scanner is broken now.",
            "Thanks, the error is back.",
            "No thanks, I need the old one.",
            "Thanks for nothing, it is not working.",
            "It works now. However the second screen is black.",
            "Thanks in advance for fixing the printer!",
            "Thanks, see https://example.org/log",
            "ok",
            "Yes",
            "Hello",
            "The printer does not work.",
            "Great, now the printer prints everything twice.",
            "Thanks, we will need 3 more.",
            "Perfect, then Tuesday at 9.",
            "Danke, aber es geht immer noch nicht",
            "Danke, noch eine Frage: wann kommt der Techniker?",
            "Danke, könnten Sie auch Peter hinzufügen?",
            "Vielen Dank, leider tritt der Fehler wieder auf.",
            "Danke, das Problem ist wieder da.",
            "Danke, ich teste es und melde mich.",
            "Super, und wann kommt der zweite?",
            "Danke im Voraus für die Reparatur des Druckers",
            "Nein danke, ich brauche den alten.",
            "Es funktioniert, allerdings nur im Büro.",
            "Danke, bitte schicken Sie noch die Rechnung.",
            "Danke. Jetzt geht der Scanner nicht.",
            "Gut",
            "Geht das wieder?",
        ],
        false,
    );
}
