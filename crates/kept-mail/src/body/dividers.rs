//! The lines programs draw before a quoted or forwarded mail: `-----Original Message-----`.
//!
//! A divider needs its words and its rule; the words alone can be anybody's.

/// Words between two rules.
const RULED: [&str; 45] = [
    "original message",
    "original appointment",
    "original mail",
    "reply message",
    "forwarded message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "urspr. nachricht",
    "weitergeleitete nachricht",
    "message d'origine",
    "message d’origine",
    "message original",
    "message initial",
    "message transféré",
    "mensaje original",
    "mensaje reenviado",
    "missatge original",
    "messaggio originale",
    "messaggio inoltrato",
    "mensagem original",
    "mensagem encaminhada",
    "mensagem reencaminhada",
    "oorspronkelijk bericht",
    "originele bericht",
    "doorgestuurd bericht",
    "ursprungligt meddelande",
    "vidarebefordrat meddelande",
    "oprindelig meddelelse",
    "oprindelig besked",
    "opprinnelig melding",
    "videresendt meddelelse",
    "alkuperäinen viesti",
    "välitetty viesti",
    "исходное сообщение",
    "пересылаемое сообщение",
    "oryginalna wiadomość",
    "wiadomość oryginalna",
    "původní zpráva",
    "eredeti üzenet",
    "orijinal mesaj",
    "原始邮件",
    "原始郵件",
    "元のメッセージ",
    "원본 메일",
];

/// Words that stand alone on a line, with a colon.
const ALONE: [&str; 9] = [
    "begin forwarded message",
    "anfang der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail",
    "début du message réexpédié",
    "début du message transféré",
    "inizio messaggio inoltrato",
    "inicio del mensaje reenviado",
    "início da mensagem encaminhada",
    "begin doorgestuurd bericht",
];

/// Words desks ask people to write above.
const ABOVE: [&str; 6] = [
    "reply above this line",
    "type your reply above this line",
    "write above this line",
    "antworten sie oberhalb dieser zeile",
    "bitte antworten sie über dieser zeile",
    "répondez au-dessus de cette ligne",
];

/// One line when the first line is a divider.
pub fn at(lines: &[&str]) -> Option<usize> {
    let line = lines.first()?.trim();
    if line.len() > 160 {
        return None;
    }
    let words = line
        .trim_matches(|c: char| is_mark(c) || c == ' ')
        .to_lowercase();
    let ruled = line.chars().filter(|c| is_mark(*c)).count() >= 4 || line.starts_with("##");
    let known = ruled && RULED.contains(&words.as_str());
    let alone = ALONE.contains(&words.trim_end_matches([':', ' ', '\u{a0}']));
    let above = ruled && ABOVE.iter().any(|above| words.contains(above));
    (known || alone || above).then_some(1)
}

fn is_mark(c: char) -> bool {
    matches!(c, '-' | '_' | '*' | '=' | '#' | '—' | '–' | '>')
}
