//! The lines programs draw before a quoted or forwarded mail: `-----Original Message-----`.
//!
//! A divider needs its words and its rule; the words alone can be anybody's.

/// Words between two rules, above a mail that was answered.
const RULED: [&str; 70] = [
    "original message",
    "original appointment",
    "original mail",
    "reply message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "urspr. nachricht",
    "message d'origine",
    "message d’origine",
    "message original",
    "message initial",
    "mensaje original",
    "missatge original",
    "messaggio originale",
    "mensagem original",
    "oorspronkelijk bericht",
    "originele bericht",
    "ursprungligt meddelande",
    "oprindelig meddelelse",
    "oprindelig besked",
    "opprinnelig melding",
    "alkuperäinen viesti",
    "исходное сообщение",
    "oryginalna wiadomość",
    "wiadomość oryginalna",
    "původní zpráva",
    "eredeti üzenet",
    "orijinal mesaj",
    "原始邮件",
    "原始郵件",
    "元のメッセージ",
    "원본 메일",
    "původní e-mail",
    "původní email",
    "original nachricht",
    "originálna správa",
    "pôvodná správa",
    "izvorna poruka",
    "originalna poruka",
    "prvotno sporočilo",
    "izvirno sporočilo",
    "algkiri",
    "sākotnējais ziņojums",
    "pradinis laiškas",
    "mesaj original",
    "mesajul original",
    "оригинално съобщение",
    "оригинальное сообщение",
    "исходное письмо",
    "початкове повідомлення",
    "αρχικό μήνυμα",
    "özgün ileti",
    "asıl mesaj",
    "הודעה מקורית",
    "الرسالة الأصلية",
    "ข้อความต้นฉบับ",
    "thư gốc",
    "pesan asli",
    "mesej asal",
    "원본 메시지",
    "원래 메시지",
    "オリジナルメッセージ",
    "原始信息",
    "原始訊息",
    "邮件原件",
    "alkuperäinen sähköposti",
    "originalt meddelande",
    "message précédent",
    "antwort nachricht",
];

/// Words between two rules, above a mail that was forwarded.
const FORWARDED: [&str; 56] = [
    "forwarded message",
    "weitergeleitete nachricht",
    "message transféré",
    "message transmis",
    "mensaje reenviado",
    "messaggio inoltrato",
    "mensagem encaminhada",
    "mensagem reencaminhada",
    "doorgestuurd bericht",
    "vidarebefordrat meddelande",
    "videresendt meddelelse",
    "videresendt melding",
    "välitetty viesti",
    "edelleenlähetetty viesti",
    "пересылаемое сообщение",
    "перенаправленное сообщение",
    "переадресованное сообщение",
    "пересланное сообщение",
    "переслане повідомлення",
    "перенаправлене повідомлення",
    "treść przekazanej wiadomości",
    "wiadomość przesłana dalej",
    "přeposlaná zpráva",
    "preposlaná správa",
    "továbbított üzenet",
    "továbbított levél",
    "iletilen ileti",
    "iletilmiş mesaj",
    "yönlendirilen ileti",
    "yönlendirilmiş mesaj",
    "mesaj redirecționat",
    "mesaj redirectionat",
    "proslijeđena poruka",
    "edastatud kiri",
    "missatge reenviat",
    "missatge reexpedit",
    "προωθημένο μήνυμα",
    "メッセージを転送",
    "転送メッセージ",
    "转发的消息",
    "转发邮件",
    "轉寄的郵件",
    "轉寄郵件",
    "전달된 메시지",
    "הודעה שהועברה",
    "رسالة معاد توجيهها",
    "thư đã chuyển tiếp",
    "pesan terusan",
    "prosledjena poruka",
    "persiųstas laiškas",
    "przekazana wiadomość",
    "пересылаемое письмо",
    "edasi saadetud kiri",
    "pārsūtīts ziņojums",
    "posredovano sporočilo",
    "препратено съобщение",
];

/// Words that stand alone on a line above a forwarded mail, with a colon.
const ALONE: [&str; 50] = [
    "begin forwarded message",
    "anfang der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail",
    "début du message réexpédié",
    "début du message transféré",
    "inizio messaggio inoltrato",
    "inicio del mensaje reenviado",
    "início da mensagem encaminhada",
    "begin doorgestuurd bericht",
    "início da mensagem reencaminhada",
    "début du message transmis",
    "začátek přeposílané zprávy",
    "započni proslijeđenu poruku",
    "továbbított levél kezdete",
    "începe mesajul redirecționat",
    "начало переадресованного сообщения",
    "začiatok preposlanej správy",
    "початок листа, що пересилається",
    "forwarded message",
    "påbörjat vidarebefordrat meddelande",
    "vidarebefordrat brev",
    "begynnelse på videresendt melding",
    "start på videresendt besked",
    "alkuperäinen viesti alkaa",
    "välitetty viesti alkaa",
    "początek przekazywanej wiadomości",
    "iletilen ileti başlangıcı",
    "iletilmiş e-posta başlangıcı",
    "yönlendirilen iletinin başlangıcı",
    "inici del missatge reenviat",
    "αρχή προωθημένου μηνύματος",
    "下面是被转发的邮件",
    "開始轉寄郵件",
    "転送されたメッセージ",
    "전달된 메시지 시작",
    "vidarebefordrat mejl",
    "ileti başlangıcı",
    "begin doorgestuurde e-mail",
    "inicio do correo reenviado",
    "početak proslijeđene poruke",
    "začetek posredovanega sporočila",
    "начало пересылаемого сообщения",
    "เริ่มต้นข้อความที่ส่งต่อ",
    "bắt đầu thư được chuyển tiếp",
    "awal pesan terusan",
    "תחילת ההודעה שהועברה",
    "بداية الرسالة المعاد توجيهها",
    "轉寄郵件開始",
    "开始转发邮件",
    "転送されたメッセージの始まり",
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

/// What a divider says of the mail below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divider {
    Forwarded,
    Answered,
}

/// One line when the first line is a divider.
pub fn at(lines: &[&str]) -> Option<usize> {
    of(lines.first()?).map(|_| 1)
}

/// The divider a line is.
pub fn of(line: &str) -> Option<Divider> {
    let line = line.trim();
    if line.len() > 160 {
        return None;
    }
    let ruled = line.chars().filter(|c| is_mark(*c)).count() >= 4 || line.starts_with("##");
    if !ruled && !line.ends_with([':', '：']) {
        return None;
    }
    let words = lowered(line.trim_matches(|c: char| is_mark(c) || c == ' '));
    let bare = words.trim_end_matches([':', '：', ' ', '\u{a0}']);
    if ALONE.contains(&bare) || ruled && is_forwarded(&words) {
        return Some(Divider::Forwarded);
    }
    let known = RULED.contains(&words.as_str());
    let answered = known || ABOVE.iter().any(|above| words.contains(above));
    (ruled && answered).then_some(Divider::Answered)
}

/// In lower case, without the dot that the Turkish capital İ leaves behind.
fn lowered(words: &str) -> String {
    let lower = words.to_lowercase();
    match lower.contains('\u{307}') {
        true => lower.replace('\u{307}', ""),
        false => lower,
    }
}

/// The words of the divider, or two languages of it between the same rules.
fn is_forwarded(words: &str) -> bool {
    FORWARDED.iter().any(|known| {
        words == *known
            || words.len() <= known.len() + 40
                && (words.starts_with(known) || words.ends_with(known))
                && words.contains(['-', '/'])
    })
}

/// What stands on the same line after a divider of a forwarded mail, as Yahoo writes it.
pub fn glued(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let start = line.trim_start_matches('-');
    if line.len() - start.len() < 4 {
        return None;
    }
    let (words, rest) = start.split_once("----")?;
    let rest = rest.trim_start_matches('-').trim_start();
    let known = FORWARDED.contains(&lowered(words.trim()).as_str());
    (known && !rest.is_empty()).then_some(rest)
}

fn is_mark(c: char) -> bool {
    matches!(c, '-' | '_' | '*' | '=' | '#' | '—' | '–' | '‐' | '>')
}
