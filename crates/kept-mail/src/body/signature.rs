//! Signatures: what follows `-- `, and the line a telephone adds.
//!
//! "Thanks, Dana" is not cut off: people write that. A formal closing with a name below it is.

mod card;

use super::header_block::is_rule;
use super::split::is_blank;

/// Lines a signature may have when its delimiter is not the real one.
const MAX_LINES: usize = 14;

/// Lines, empty ones too, that may be left in the mail when a signature begins without its real mark.
const MAX_REMAINING_LINES: usize = 60;
/// Lines that may follow a formal closing.
const MAX_CLOSING_LINES: usize = 6;

/// Formal closings that stand on a line of their own.
const CLOSINGS: [&str; 22] = [
    "regards",
    "best regards",
    "kind regards",
    "warm regards",
    "kindest regards",
    "with kind regards",
    "yours sincerely",
    "sincerely",
    "yours faithfully",
    "mit freundlichen grüßen",
    "mit freundlichem gruß",
    "freundliche grüße",
    "viele grüße",
    "beste grüße",
    "cordialement",
    "bien cordialement",
    "salutations",
    "saludos",
    "un saludo",
    "atentamente",
    "cordiali saluti",
    "met vriendelijke groet",
];

/// How far a signature goes.
pub enum Length {
    Lines(usize),
    ToNextQuote,
}

/// How a device or program begins the line it adds.
const DEVICE_STARTS: [&str; 107] = [
    "sent from ",
    "sent via ",
    "sent with ",
    "sent using ",
    "get outlook ",
    "gesendet von ",
    "gesendet mit ",
    "diese nachricht wurde von ",
    "envoyé de ",
    "envoyé depuis ",
    "envoyé à partir ",
    "envoyé avec ",
    "obtenir outlook ",
    "enviado desde ",
    "enviado do ",
    "enviado de ",
    "inviato da ",
    "verzonden ",
    "verstuurd ",
    "skickat ",
    "sendt fra ",
    "lähetetty ",
    "wysłano z ",
    "отправлено ",
    "sent by ",
    "from my ",
    "get bluemail",
    "get typeapp",
    "gesendet per ",
    "gesendet über ",
    "gesendet aus ",
    "von unterwegs gesendet",
    "envoyé via ",
    "envoyé par ",
    "télécharger outlook",
    "télécharger yahoo",
    "enviado con ",
    "enviado a través",
    "enviado mediante ",
    "enviado via ",
    "enviado pelo ",
    "enviado da ",
    "enviada do ",
    "descargar outlook",
    "obtener outlook",
    "obter o outlook",
    "obter outlook",
    "obtenga outlook",
    "inviato dal ",
    "inviato con ",
    "inviato tramite ",
    "scarica outlook",
    "ottieni outlook",
    "outlook voor ",
    "outlook für ",
    "holen sie sich outlook",
    "outlook downloaden",
    "download outlook",
    "hämta outlook",
    "hent outlook",
    "sendt med ",
    "sendt via ",
    "hanki outlook",
    "pobierz outlook",
    "wysłane z ",
    "wysłano za pomocą",
    "stáhnout outlook",
    "získejte outlook",
    "odesláno z ",
    "odoslané z ",
    "elküldve ",
    "iphone-ról küldve",
    "az iphone-omról küldve",
    "trimis de pe ",
    "trimis din ",
    "poslano sa ",
    "poslano s ",
    "poslano z ",
    "надіслано з ",
    "надіслано ",
    "відправлено ",
    "изпратено от ",
    "στάλθηκε από ",
    "enviat des d",
    "iphone'umdan gönderildi",
    "iphone’umdan gönderildi",
    "i̇phone'umdan gönderildi",
    "gửi từ ",
    "dikirim dari ",
    "ส่งจาก ",
    "נשלח מ",
    "أُرسلت من",
    "أرسل من",
    "مرسل من",
    "发自我的",
    "發自我的",
    "发自 ",
    "從我的 ",
    "从我的 ",
    "来自我的",
    "从 windows 版邮件发送",
    "iphoneから送信",
    "ipadから送信",
    "androidから送信",
    "나의 ",
    "내 ",
    "iphone에서 보냄",
];

/// What such a line names. Without one of these it is a sentence of the client.
const DEVICES: [&str; 83] = [
    "iphon",
    "ipad",
    "ipod",
    "android",
    "samsung",
    "galaxy",
    "huawei",
    "xiaomi",
    "htc",
    "nokia",
    "blackberry",
    "windows phone",
    "windows mail",
    "mobile",
    "mobil",
    "smartphone",
    "handy",
    "téléphone",
    "teléfono",
    "celular",
    "telefoon",
    "telefon",
    "puhelim",
    "outlook",
    "mailbox",
    "airmail",
    "k-9",
    "yahoo",
    "gmail",
    "proton",
    "acompli",
    "spark",
    "mail for windows",
    "mail.ru",
    "zoho",
    "thunderbird",
    "ti-",
    "phone",
    "cell",
    "windows",
    "tablet",
    "alcatel",
    "nexus",
    "pixel",
    "oneplus",
    "motorola",
    "laptop",
    "macbook",
    "computer",
    "mobiele",
    "móvil",
    "movil",
    "dispositivo",
    "appareil",
    "telemóvel",
    "手机",
    "平板",
    "スマートフォン",
    "전화",
    "טלפון",
    "telefonum",
    "bluemail",
    "typeapp",
    "polymail",
    "newton",
    "superhuman",
    "fastmail",
    "posteo",
    "web.de",
    "gmx",
    "t-online",
    "aol",
    "icloud",
    "mail app",
    "mail-app",
    "app mail",
    "canary",
    "edison",
    "aqua mail",
    "fairemail",
    "foxmail",
    "邮箱",
    "mobilgerät",
];

/// Whether a signature begins here, below the lines `before`, and how far it goes.
pub fn at(lines: &[&str], before: &[&str]) -> Option<Length> {
    let first = lines.first()?;
    if is_real_delimiter(first) {
        return Some(Length::ToNextQuote);
    }
    if let Some(lines) = armour(lines) {
        return Some(Length::Lines(lines));
    }
    if is_device_line(first.trim()) {
        return Some(Length::Lines(1));
    }
    let near_end = lines.len() <= MAX_REMAINING_LINES;
    let ends = || {
        is_dashed_name(lines, before)
            || is_loose_end(lines)
            || is_formal_end(lines)
            || card::is_one(lines, before)
    };
    (near_end && ends()).then_some(Length::ToNextQuote)
}

/// The lines PGP puts around a text it signs (RFC 9580 §7): folded away, the text between them stays.
fn armour(lines: &[&str]) -> Option<usize> {
    const LONGEST: usize = 100;
    let near = lines.iter().take(LONGEST);
    match lines.first()?.trim_end() {
        "-----BEGIN PGP SIGNED MESSAGE-----" => {
            Some(near.take_while(|line| !is_blank(line)).count() + 1)
        }
        "-----BEGIN PGP SIGNATURE-----" => {
            let mut near = near;
            near.position(|line| line.trim_end() == "-----END PGP SIGNATURE-----")
                .map(|end| end + 1)
        }
        _ => None,
    }
}

/// `-Lev.`: a name after a dash with nothing below but what a device wrote. A list has more words, or more
/// points, or a line that announces it.
fn is_dashed_name(lines: &[&str], before: &[&str]) -> bool {
    const LONGEST_CHARS: usize = 15;
    let Some(name) = lines.first().and_then(|line| line.trim().strip_prefix('-')) else {
        return false;
    };
    let name = name.trim().trim_end_matches('.');
    let listed = card::last_said(before)
        .is_none_or(|line| line.ends_with([':', ',', '：']) || line.starts_with(['-', '*', '•']));
    let named = (name.starts_with(char::is_uppercase) || !listed)
        && !name.is_empty()
        && name.chars().all(char::is_alphabetic)
        && name.chars().count() <= LONGEST_CHARS;
    let mut below = lines.iter().skip(1).filter(|line| !is_blank(line));
    named && below.all(|line| is_device_line(line.trim()))
}

/// A rule or dashes with little below.
fn is_loose_end(lines: &[&str]) -> bool {
    lines.first().is_some_and(|line| is_loose_delimiter(line)) && words_below(lines) <= MAX_LINES
}

/// A formal closing with a name below.
fn is_formal_end(lines: &[&str]) -> bool {
    lines.first().is_some_and(|line| is_closing(line))
        && (1..=MAX_CLOSING_LINES).contains(&words_below(lines))
        && are_name_lines(lines)
}

/// Lines with something on them below the first.
fn words_below(lines: &[&str]) -> usize {
    lines.iter().skip(1).filter(|line| !is_blank(line)).count()
}

/// A line of its own with the formula before a name and a title.
fn is_closing(line: &str) -> bool {
    let words = line.trim().trim_end_matches([',', '.', '!']).to_lowercase();
    CLOSINGS.contains(&words.as_str())
}

/// Short lines without a question or a postscript: a name, a title, a number.
fn are_name_lines(lines: &[&str]) -> bool {
    lines.iter().skip(1).all(|line| {
        let line = line.trim();
        let lower = line.to_lowercase();
        line.chars().count() <= 60
            && !line.contains('?')
            && !lower.starts_with("ps")
            && !lower.starts_with("p.s")
    })
}

/// `-- ` as RFC 3676 §4.3 has it, and without its space, as many programs leave it.
fn is_real_delimiter(line: &str) -> bool {
    matches!(line.trim_end_matches('\n'), "-- " | "--" | "--\u{a0}")
}

fn is_loose_delimiter(line: &str) -> bool {
    matches!(line.trim(), "--" | "––" | "---" | "___" | "ᐧ") || is_rule(line)
}

/// A short line of its own that a device wrote.
fn is_device_line(line: &str) -> bool {
    const LONGEST_BYTES: usize = 120;
    if line.len() > LONGEST_BYTES || line.ends_with('?') {
        return false;
    }
    let lower = line
        .trim_start_matches(['*', '_', '(', '<', '['])
        .to_lowercase();
    // A program may leave the name of its link in brackets: `Get [Outlook for Android](https://…)`.
    let lower = lower.replace(['[', ']'], "");
    let starts = DEVICE_STARTS.iter().any(|words| lower.starts_with(words));
    let ends = lower.starts_with("von mein") && lower.trim_end_matches('.').ends_with("gesendet");
    let names = (starts || ends) && DEVICES.iter().any(|device| lower.contains(device));
    names && !is_sentence(&lower) || is_from_mobile(&lower)
}

/// `From my phone I cannot open it` is one; `From my iPhone 6` is not.
fn is_sentence(lower: &str) -> bool {
    const LONGEST_WORDS: usize = 5;
    lower.starts_with("from my ") && lower.split_whitespace().count() > LONGEST_WORDS
}

/// `Dana from mobile`.
fn is_from_mobile(lower: &str) -> bool {
    const LONGEST_WORDS: usize = 4;
    lower.ends_with(" from mobile") && lower.split_whitespace().count() <= LONGEST_WORDS
}
