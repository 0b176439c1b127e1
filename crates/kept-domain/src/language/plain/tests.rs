use super::*;

fn check(text: &str, grade: &str, hints: &[&str]) {
    let found = plainness(text);
    let told = |hint: &Hint| match hint {
        Hint::BrushOff { words } => format!("off: {words}"),
        Hint::Jargon { words, instead } => format!("jargon: {words} -> {instead}"),
        Hint::Long { count, .. } => format!("long: {count}"),
        Hint::NoNextStep => "no next step".to_owned(),
    };
    let (said, why) = match &found {
        None => (String::new(), vec![]),
        Some(it) => (
            format!("{:?}", it.grade),
            it.hints.iter().map(told).collect(),
        ),
    };
    assert_eq!(
        (said.as_str(), why),
        (grade, hints.iter().map(|it| (*it).to_owned()).collect()),
        "{text}"
    );
}

#[test]
fn plain_words_are_plain() {
    for text in [
        "Thank you, Dana.",
        "Good morning Dana,\n\nthe printer has a new roller. Please print a page and tell me whether it comes out clean.\n\nInes",
        "Ich habe den Drucker neu gestartet. Bitte drucken Sie eine Seite und sagen Sie mir, ob sie gut aussieht.",
        "We will look at it tomorrow at nine. You need to do nothing until then.",
        "It is done: the mailbox has more room now, and your mails arrive again.",
    ] {
        check(text, "Plain", &[]);
    }
    for nothing in ["", "   ", "> as I already said"] {
        check(nothing, "", &[]);
    }
}

#[test]
fn what_turns_people_away_is_named() {
    check(
        "That's not our problem.",
        "Nearly",
        &["off: not our problem"],
    );
    check(
        "As I already said, please restart it.",
        "Nearly",
        &["off: As I already said"],
    );
    check("It works for me.", "Nearly", &["off: works for me"]);
    check(
        "Wie bereits gesagt: bitte neu starten.",
        "Nearly",
        &["off: Wie bereits gesagt"],
    );
    check(
        "Es ist ein Bedienungsfehler.",
        "Nearly",
        &["off: Bedienungsfehler"],
    );
}

#[test]
fn words_of_the_trade_get_another_way_to_say_it() {
    check(
        "Please reboot it.",
        "Nearly",
        &["jargon: reboot -> restart"],
    );
    check(
        "Please reboot the daemon ASAP.",
        "Hard",
        &[
            "jargon: reboot -> restart",
            "jargon: daemon -> the program in the background",
            "jargon: ASAP -> say a day and a time",
        ],
    );
    check(
        "Wir melden uns zeitnah.",
        "Nearly",
        &["jargon: zeitnah -> einen Tag und eine Uhrzeit nennen"],
    );
}

#[test]
fn a_text_that_leads_nowhere_is_told_so() {
    check(
        "The scanner on floor one belongs to the older kind that many offices of this building still use.",
        "Nearly",
        &["no next step"],
    );
}

#[test]
fn a_sentence_without_end_is_told_so() {
    let text = "We will replace the roller of the printer on the second floor, which has been used for many more pages than the maker of the printer says it should be used for, as soon as the new one is here.";
    check(text, "Hard", &["long: 40"]);
}

#[test]
fn what_the_client_wrote_is_not_graded() {
    check(
        "Please look now.\n\n> Reboot the daemon ASAP, you should have known",
        "Plain",
        &[],
    );
}
