//! What is no promise, though it has a time in it or sounds like one.

use super::check;

fn never(texts: &[&str]) {
    let rows = texts
        .iter()
        .map(|text| format!("Mon 09:00 | {text} | none"));
    let rows: Vec<String> = rows.collect();
    check(&rows.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn denied() {
    never(&[
        "I promise nothing by Friday.",
        "I can't promise you anything for tomorrow.",
        "I won't be able to look at it before Friday.",
        "We will not make it by Friday.",
        "I'm not sure I will make it by Friday.",
        "I don't think we'll have it tomorrow.",
        "Maybe I'll call you tomorrow.",
        "I'll never finish this by Friday.",
        "Nobody will be there tomorrow.",
        "Ich kann Ihnen für morgen nichts versprechen.",
        "Ich schaffe das bis Freitag leider nicht.",
        "Wir können vor Freitag keinen Techniker schicken.",
        "Vielleicht melde ich mich morgen.",
        "Wir kommen morgen nicht.",
        "Ich habe bis Freitag keine Zeit.",
    ]);
}

#[test]
fn somebody_elses_duty() {
    never(&[
        "If you send it by Friday that would be great.",
        "Please send us the file by Friday.",
        "You will have to restart it by tomorrow.",
        "We need the file by Friday.",
        "I'll need the serial number by tomorrow.",
        "The invoice is due Friday.",
        "The vendor said he will ship it on Monday.",
        "You said you'd send it by Friday.",
        "You wrote that we will get it by Friday.",
        "Thanks for getting back to me by Friday.",
        "Your colleague will call us tomorrow.",
        "Let me know by Friday.",
        "Send me the log by tomorrow.",
        "I expect your answer by Friday.",
        "Bitte schicken Sie uns die Datei bis Freitag.",
        "Schicken Sie uns die Datei bis Freitag.",
        "Schick mir das bitte bis morgen.",
        "Die Rechnung ist am Freitag fällig.",
        "Ihr Kollege meldet sich morgen bei uns.",
        "Wir brauchen die Unterlagen bis Freitag.",
        "Sie haben bis Freitag Zeit.",
        "Melden Sie sich bis Freitag bei uns.",
        "Der Hersteller hat gesagt, wir bekommen das Teil am Montag.",
        "Melde dich bis Freitag.",
    ]);
}

#[test]
fn asked() {
    never(&[
        "Could you send it by Friday?",
        "Shall I call you tomorrow?",
        "Will we get it by Friday?",
        "Can you do it by tomorrow, and will it work?",
        "Should we come on Monday at 9?",
        "When will you call, today or tomorrow?",
        "Können Sie das bis Freitag schicken?",
        "Soll ich Sie morgen anrufen?",
        "Passt es Ihnen, wenn ich morgen um 9 anrufe?",
        "Rufen Sie mich morgen an?",
        "Bekomme ich das bis Freitag?",
    ]);
}

#[test]
fn conditional() {
    never(&[
        "If it happens again I'll call you on Monday.",
        "If it happens again, I'll look at it on Monday.",
        "I'll come on Monday if it happens again.",
        "Unless you object, we will close it on Friday.",
        "Should it fail again, we'll replace it tomorrow.",
        "Wenn es wieder passiert, komme ich am Montag.",
        "Ich komme am Montag, falls es wieder auftritt.",
        "Sollte es noch einmal passieren, tauschen wir das Gerät am Montag.",
        "Sofern Sie zustimmen, liefern wir am Freitag.",
    ]);
}

#[test]
fn past() {
    never(&[
        "I sent it yesterday.",
        "I called you on Monday.",
        "We replaced it last Friday.",
        "As I wrote on Monday, the disk is full.",
        "We have fixed it this morning.",
        "I was out of the office until today.",
        "Ich habe es gestern geschickt.",
        "Ich habe Sie am Montag angerufen.",
        "Wir haben am Freitag das Gerät getauscht.",
        "Das wurde am Montag erledigt.",
        "Sie haben die Datei am Montag bekommen.",
        "Vor zwei Tagen haben wir das geprüft.",
    ]);
}

#[test]
fn facts_signatures_and_absences() {
    never(&[
        "We are open Monday to Friday 9–17.",
        "Office hours: Mon-Fri 9:00-17:00",
        "Our office will be closed on Friday.",
        "I will be on holiday until Monday.",
        "I'll be out of the office tomorrow.",
        "I'll be back in the office on Monday.",
        "The backup runs every night at 3.",
        "The meeting is tomorrow at 9.",
        "Wir sind Montag bis Freitag von 9 bis 17 Uhr für Sie da.",
        "Sprechzeiten: Mo-Fr 9-17 Uhr",
        "Ich bin bis Montag im Urlaub.",
        "Unser Büro ist am Freitag geschlossen.",
        "Have a nice weekend!",
        "Schönes Wochenende und bis Montag!",
        "See you tomorrow.",
        "Bis morgen!",
        "Talk to you on Monday.",
    ]);
}

#[test]
fn quoted() {
    never(&[
        "> I'll get back to you tomorrow.",
        "Thanks.\n> Ich melde mich morgen.\n>> I'll call on Monday.",
        "You wrote \"I'll send it by Friday\" and nothing came.",
        "Sie schrieben: „Ich melde mich morgen“.",
        "Best regards\n-- \nI'll call you tomorrow",
        "See https://example.org/we-will-fix-it-by-friday",
    ]);
}

#[test]
fn without_a_time() {
    never(&[
        "I'll get back to you.",
        "I will look into it.",
        "We'll reduce it by 3 percent.",
        "I'll move it to the Monday meeting.",
        "I'll send you Friday's report.",
        "I'll cut it by two.",
        "I may call you, I may not.",
        "Ich kümmere mich darum.",
        "Wir erhöhen um 5 Euro.",
        "Ich schaue mir den Fehler vom Montag an.",
        "Guten Morgen, ich melde mich.",
    ]);
}
