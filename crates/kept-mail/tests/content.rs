//! The traps of content (E26–E40), a test each where no other file has one: what was written is what is read.

use base64::Engine as _;
use kept_mail::{Disposition, IncomingMail, marks, parse};

fn plain(body: &str) -> IncomingMail {
    parse(
        format!("From: a@b.example\nContent-Type: text/plain; charset=utf-8\n\n{body}").as_bytes(),
    )
}

fn html(body: &str) -> IncomingMail {
    parse(format!("From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n{body}").as_bytes())
}

fn parts(kind: &str, parts: &[&str]) -> IncomingMail {
    let parts: String = parts.iter().map(|part| format!("--b\n{part}\n")).collect();
    let head = format!(
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=b\n\n"
    );
    parse(format!("{head}{parts}--b--\n").as_bytes())
}

#[test]
fn e26_answers_between_quoted_lines_stay_in_their_place() {
    let mail = plain(
        "Hi,\n\nOn Mon, 23 Nov 2026 Ines wrote:\n> Is it on?\nYes.\n> Is it warm?\nNo, cold.\n",
    );
    let new = mail.body.new_text();
    let (yes, cold) = (new.find("Yes."), new.find("No, cold."));
    assert!(yes.is_some() && yes < cold, "{new}");
    assert!(mail.body.text().contains("Is it warm?"));
}

#[test]
fn e27_a_blockquote_that_formats_is_no_quote() {
    let mail = html("<p>The error says:</p><blockquote>Disk is full</blockquote><p>What now?</p>");
    let new = mail.body.new_text();
    assert!(
        new.contains("Disk is full") && new.contains("What now?"),
        "{new}"
    );
}

#[test]
fn e28_quotes_are_introduced_in_twenty_languages() {
    let intros = [
        "On Mon, 23 Nov 2026 at 10:00, Ines Moreau <ines@desk.example> wrote:",
        "Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Ines Moreau <ines@desk.example>:",
        "Le lun. 23 nov. 2026 à 10:00, Ines Moreau <ines@desk.example> a écrit :",
        "El lun, 23 nov 2026 a las 10:00, Ines Moreau (<ines@desk.example>) escribió:",
        "Il giorno lun 23 nov 2026 alle ore 10:00 Ines Moreau <ines@desk.example> ha scritto:",
        "Op ma 23 nov 2026 om 10:00 schreef Ines Moreau <ines@desk.example>:",
        "Em seg., 23 de nov. de 2026 às 10:00, Ines Moreau <ines@desk.example> escreveu:",
        "W dniu pon., 23 lis 2026 o 10:00 Ines Moreau <ines@desk.example> napisał(a):",
        "Den mån 23 nov. 2026 kl 10:00 skrev Ines Moreau <ines@desk.example>:",
        "Den man. 23. nov. 2026 kl. 10.00 skrev Ines Moreau <ines@desk.example>:",
        "man. 23. nov. 2026 kl. 10:00 skrev Ines Moreau <ines@desk.example>:",
        "ma 23. marrask. 2026 klo 10.00 Ines Moreau (ines@desk.example) kirjoitti:",
        "po 23. 11. 2026 v 10:00 odesílatel Ines Moreau <ines@desk.example> napsal:",
        "Ines Moreau <ines@desk.example> ezt írta (időpont: 2026. nov. 23., H, 10:00):",
        "пн, 23 нояб. 2026 г. в 10:00, Ines Moreau <ines@desk.example>:",
        "пн, 23 лист. 2026 р. о 10:00 Ines Moreau <ines@desk.example> пише:",
        "23 Kas 2026 Pzt 10:00 tarihinde Ines Moreau <ines@desk.example> şunu yazdı:",
        "Ines Moreau <ines@desk.example> 于2026年11月23日周一 10:00写道:",
        "2026年11月23日(月) 10:00 Ines Moreau <ines@desk.example>:",
        "2026년 11월 23일 (월) 오전 10:00, Ines Moreau <ines@desk.example>님이 작성:",
        "Στις Δευ 23 Νοε 2026 στις 10:00, ο χρήστης Ines Moreau <ines@desk.example> έγραψε:",
    ];
    for intro in intros {
        let mail = plain(&format!("It works.\n\n{intro}\n\n> Does it work?\n"));
        assert_eq!(mail.body.new_text().trim(), "It works.", "{intro}");
    }
}

#[test]
fn e29_whichever_part_has_the_words_is_read() {
    let only_html = html("<p>Only <b>here</b></p>");
    assert_eq!(only_html.text.trim(), "Only here");
    let empty_text = parts(
        "alternative",
        &[
            "Content-Type: text/plain\n\n \n",
            "Content-Type: text/html\n\n<p>Here</p>",
        ],
    );
    assert_eq!(empty_text.body.new_text().trim(), "Here");
    let different = parts(
        "alternative",
        &[
            "Content-Type: text/plain\n\nOne",
            "Content-Type: text/html\n\n<p>Two</p>",
        ],
    );
    assert!(different.text_parts[0].contains("One") && different.html_parts[0].contains("Two"));
}

#[test]
fn e30_every_charset_and_every_wrong_label_is_read() {
    let check = |label: &str, bytes: &[u8], expected: &str| {
        let head = format!("From: a@b.example\nContent-Type: text/plain; charset={label}\n\n");
        let mail = parse(&[head.as_bytes(), bytes].concat());
        assert_eq!(mail.text.trim(), expected, "{label}");
    };
    check("iso-8859-15", b"10 \xa4", "10 €");
    check("windows-1252", b"na\xefve", "naïve");
    check("koi8-r", b"\xf0\xf2\xe9\xf7\xe5\xf4", "ПРИВЕТ");
    check("gb18030", b"\xc4\xe3\xba\xc3", "你好");
    check("iso-2022-jp", b"\x1b$B$3$s\x1b(B", "こん");
    check("utf-7", b"caf+AOk-", "café");
    check("us-ascii", "Grüße".as_bytes(), "Grüße");
    check("utf-8", b"Gr\xfc\xdfe", "Grüße");
    check("no-such-charset", "Grüße".as_bytes(), "Grüße");
}

#[test]
fn e32_what_is_signed_is_said_and_not_more() {
    let says =
        |mail: &IncomingMail| -> Vec<&str> { marks(mail).iter().map(|mark| mark.code).collect() };
    let smime = parts(
        "signed",
        &[
            "Content-Type: text/plain\n\nHello",
            "Content-Type: application/octet-stream; name=smime.p7s\n\nMIAG",
        ],
    );
    assert_eq!(says(&smime), ["signed-smime"]);
    assert_eq!(smime.text.trim(), "Hello");
    let clear = plain(
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n-----BEGIN PGP SIGNATURE-----\n",
    );
    assert_eq!(says(&clear), ["signed-pgp"]);
    assert_eq!(
        says(&plain("-----BEGIN PGP MESSAGE-----\nabc\n")),
        ["encrypted"]
    );
    assert_eq!(says(&plain("I signed it with PGP.")), [""; 0]);
}

/// The head of a PNG of this size, as base64.
fn png(wide: u32, high: u32) -> String {
    let head = [
        &b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..],
        &wide.to_be_bytes(),
        &high.to_be_bytes(),
    ];
    base64::engine::general_purpose::STANDARD.encode(head.concat())
}

fn picture(headers: &str, wide: u32, high: u32) -> String {
    let bytes = png(wide, high);
    format!("Content-Type: image/png\nContent-Transfer-Encoding: base64\n{headers}\n{bytes}")
}

#[test]
fn e34_pictures_are_found_however_the_text_names_them() {
    let shown = |source: &str, headers: &str| {
        let page = format!("Content-Type: text/html\n\n<p>x<img alt=a src=\"{source}\"></p>");
        let mail = parts("related", &[&page, &picture(headers, 800, 600)]);
        mail.attachments[0].within_text
    };
    assert!(
        shown("cid:a@1", "Content-ID: <a@1>\n"),
        "without a disposition"
    );
    assert!(shown("CID:a@1", "Content-ID: <a@1>\n"));
    assert!(shown("a@1", "Content-ID: <a@1>\n"), "without cid:");
    assert!(shown(
        "http://old.example/x.gif",
        "Content-Location: http://old.example/x.gif\n"
    ));
    assert!(shown(
        "shot.png",
        "Content-Disposition: inline; filename=shot.png\n"
    ));
    assert!(!shown(
        "https://elsewhere.example/shot.png",
        "Content-Disposition: inline; filename=shot.png\n"
    ));
    assert!(!shown("cid:b@1", "Content-ID: <a@1>\n"));
    assert!(!shown("other.png", ""), "nameless");
}

#[test]
fn e35_logos_and_pixels_are_told_from_pictures() {
    let minor = |headers: &str, wide: u32, high: u32| {
        let page = "Content-Type: text/html\n\n<p>x<img src=\"cid:a@1\"></p>";
        let mail = parts("related", &[page, &picture(headers, wide, high)]);
        mail.attachments[0].minor
    };
    let inside = "Content-ID: <a@1>\nContent-Disposition: inline\n";
    let beside = "Content-Disposition: attachment; filename=a.png\n";
    assert!(minor(inside, 320, 80), "a logo");
    assert!(minor(beside, 1, 1), "a pixel");
    assert!(!minor(inside, 900, 500), "a screenshot");
    assert!(!minor(beside, 64, 64), "an icon somebody attached");
}

#[test]
fn e37_a_mail_built_to_cost_is_kept_whole_and_says_so() {
    let bomb = format!(
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\nContent-Type: multipart/mixed; boundary=b\n\n".repeat(3_000)
    );
    let mail = parse(bomb.as_bytes());
    let whole = mail.attachments.last().expect("the whole mail");
    assert_eq!(whole.content, bomb.as_bytes(), "nothing is lost");
    assert!(
        marks(&mail)
            .iter()
            .any(|mark| mark.code == "too-many-parts")
    );
}

#[test]
fn e39_names_are_names_and_every_file_is_there() {
    let names = [
        "",
        "../../x",
        "a\u{202e}gpj.exe",
        "same.txt",
        "same.txt",
        "C:\\temp\\y.doc",
        "...",
    ];
    let part = |name: &str| {
        format!(
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{name}\"\n\nx"
        )
    };
    let all: Vec<String> = (0..70)
        .map(|n| part(names.get(n).unwrap_or(&"z.bin")))
        .collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let mail = parts("mixed", &all);
    assert_eq!(mail.attachments.len(), 70);
    for file in &mail.attachments {
        let odd =
            file.name.contains(['/', '\\', '\u{202e}']) || file.name.trim_matches('.').is_empty();
        assert!(!odd, "{:?}", file.name);
    }
}

#[test]
fn e40_uuencoded_files_come_out_of_the_text() {
    let mail = plain("See below.\n\nbegin 644 note.txt\n%:&5L;&\\\n`\nend\n");
    assert_eq!(mail.attachments[0].name, "note.txt");
    assert_eq!(mail.attachments[0].content, b"hello");
    assert_eq!(mail.text.trim(), "See below.");
}

/// A formatted view that begins in the middle would hide what the person wrote first.
#[test]
fn e29_html_that_only_follows_a_text_is_not_the_mail() {
    let both = parts(
        "mixed",
        &[
            "Content-Type: text/plain\n\nThe printer is on fire.",
            "Content-Type: text/html\n\n<p>Its <b>page</b></p>",
        ],
    );
    assert_eq!(both.html, None);
    assert!(both.text.contains("on fire.\nIts page"), "{}", both.text);
    assert_eq!(both.html_parts.len(), 1);
    let footer = parts(
        "mixed",
        &[
            "Content-Type: text/html\n\n<p>Hello</p>",
            "Content-Type: text/plain\n\nThe list's footer",
        ],
    );
    assert!(footer.html.is_some());
    assert!(footer.text.contains("footer"));
}

#[test]
fn e34_apples_inline_files_without_a_text_are_files() {
    const FILE: &str = "Content-Type: image/png; name=photo.png\nContent-Disposition: inline; filename=photo.png\n\nbytes";
    let alone = parts("mixed", &[FILE, FILE]);
    assert!(
        alone
            .attachments
            .iter()
            .all(|file| file.disposition == Disposition::Attachment)
    );
    let within = parts("mixed", &["Content-Type: text/plain\n\nLook:", FILE]);
    assert_eq!(within.attachments[0].disposition, Disposition::Inline);
}

#[test]
fn the_envelope_line_of_a_mailbox_file_names_the_sender() {
    let path = |raw: &str| parse(raw.as_bytes()).return_path;
    let line = "From dana@client.example Mon Nov  2 16:07:05 2026\n";
    let mail = "From: Dana <d@client.example>\n\nHi\n";
    assert_eq!(
        path(&format!("{line}{mail}")).as_deref(),
        Some("dana@client.example")
    );
    let null = "From MAILER-DAEMON Mon Nov  2 16:07:05 2026\n";
    assert_eq!(path(&format!("{null}{mail}")).as_deref(), Some(""));
    let said = format!("{line}Return-Path: <bounces@client.example>\n{mail}");
    assert_eq!(path(&said).as_deref(), Some("bounces@client.example"));
    for strange in ["From \n", "From here to there\n", "From"] {
        assert_eq!(path(&format!("{strange}{mail}")), None, "{strange}");
    }
}
