//! What a client wrote, told from what was quoted, as mail programs of many countries lay it out.

use kept_mail::{Body, html};

/// The new text of a mail, and that nothing of it is lost.
fn check(mail: &str, new: &str) {
    let body = Body::split(mail);
    assert_eq!(body.text(), mail);
    assert_eq!(body.new_text(), new, "{mail}");
}

#[test]
fn introductions_in_many_languages() {
    for introduction in [
        "On Mon, 2 Nov 2026 at 08:00, Lee Roe <lee@desk.example> wrote:",
        "On 11/2/26 8:00 AM, Lee Roe wrote:",
        "On Mon, Nov 2, 2026 at 8:00 AM Lee Roe via The Long Named Desk <\nlee@desk.example> wrote:",
        "On Nov 2, 2026, at 8:00 AM, Lee Roe\n<lee@desk.example>\nwrote:",
        "Am 02.11.2026 um 08:00 schrieb Lee Roe:",
        "Lee Roe <lee@desk.example> schrieb am Mo., 2. Nov. 2026, 08:00:",
        "Le lun. 2 nov. 2026 à 08:00, Lee Roe <lee@desk.example> a écrit :",
        "El lun, 2 nov 2026 a las 8:00, Lee Roe (<lee@desk.example>) escribió:",
        "Il giorno lun 2 nov 2026 alle ore 08:00 Lee Roe <lee@desk.example> ha scritto:",
        "Em seg., 2 de nov. de 2026 às 08:00, Lee Roe <lee@desk.example> escreveu:",
        "Op ma 2 nov 2026 om 08:00 schreef Lee Roe <lee@desk.example>:",
        "Op 2 nov. 2026, om 08:00 heeft Lee Roe <lee@desk.example> het volgende geschreven:",
        "Den mån 2 nov. 2026 kl 08:00 skrev Lee Roe <lee@desk.example>:",
        "W dniu 2.11.2026 o 08:00, Lee Roe pisze:\nLee Roe <lee@desk.example> napisał(a):",
        "pon., 2 lis 2026 o 08:00 Lee Roe <lee@desk.example> napisał(a):",
        "po 2. 11. 2026 v 8:00 odesílatel Lee Roe <lee@desk.example> napsal:",
        "ma 2. marrask. 2026 klo 8.00 Lee Roe (lee@desk.example) kirjoitti:",
        "пн, 2 нояб. 2026 г. в 08:00, Lee Roe <lee@desk.example>:",
        "2 ноября 2026 г., 8:00, Lee Roe <lee@desk.example> написал:",
        "пн, 2 лист. 2026 р. о 08:00 Lee Roe <lee@desk.example> пише:",
        "Vào 8:00 2 tháng 11, 2026, Lee Roe <lee@desk.example> đã viết:",
        "Lee Roe <lee@desk.example> 于2026年11月2日周一 08:00写道：",
        "在 2026年11月2日，08:00，Lee Roe <lee@desk.example> 写道：",
        "2026/11/02 8:00、Lee Roe <lee@desk.example>のメッセージ:",
        "În lun., 2 nov. 2026 la 08:00, Lee Roe <lee@desk.example> a scris:",
        "Lee Roe <lee@desk.example> ezt írta (időpont: 2026. nov. 2., H, 8:00):",
        "2 Kas 2026 Pzt 08:00 tarihinde Lee Roe <lee@desk.example> yazdı:",
        "---- On Mon, 02 Nov 2026 08:00:00 +0100 lee@desk.example wrote ----",
    ] {
        check(
            &format!("It prints again.\n\n{introduction}\n\n> Does it print?\n"),
            "It prints again.",
        );
        check(
            &format!("It prints again.\n\n{introduction}\n\nDoes it print?\nBye\n"),
            "It prints again.",
        );
    }
}

#[test]
fn header_blocks_in_many_languages() {
    for block in [
        "From: Lee Roe <lee@desk.example>\nSent: Monday, November 2, 2026 8:00 AM\nTo: Dana\nSubject: RE: Printer",
        "________________________________\nFrom: Lee Roe <lee@desk.example>\nSent: Monday, 2 November 2026 08:00\nTo: Dana\nSubject: Printer",
        "*From:* Lee Roe <lee@desk.example>\n*Sent:* Monday, 2 November 2026\n*To:* Dana",
        "Von: Lee Roe <lee@desk.example>\nGesendet: Montag, 2. November 2026 08:00\nAn: Dana\nBetreff: AW: Drucker",
        "De : Lee Roe <lee@desk.example>\nEnvoyé : lundi 2 novembre 2026 08:00\nÀ : Dana\nObjet : RE: Imprimante",
        "De: Lee Roe <lee@desk.example>\nEnviado el: lunes, 2 de noviembre de 2026 8:00\nPara: Dana\nAsunto: RE: Impresora",
        "Da: Lee Roe <lee@desk.example>\nInviato: lunedì 2 novembre 2026 08:00\nA: Dana\nOggetto: R: Stampante",
        "Van: Lee Roe <lee@desk.example>\nVerzonden: maandag 2 november 2026 08:00\nAan: Dana\nOnderwerp: RE: Printer",
        "Från: Lee Roe <lee@desk.example>\nSkickat: den 2 november 2026 08:00\nTill: Dana\nÄmne: SV: Skrivare",
        "Fra: Lee Roe <lee@desk.example>\nSendt: 2. november 2026 08:00\nTil: Dana\nEmne: SV: Printer",
        "От: Lee Roe <lee@desk.example>\nОтправлено: 2 ноября 2026 г. 8:00\nКому: Dana\nТема: RE: Принтер",
        "发件人: Lee Roe <lee@desk.example>\n发送时间: 2026年11月2日 8:00\n收件人: Dana\n主题: 回复: 打印机",
        "-----Original Message-----\nFrom: Lee Roe",
        "-----Ursprüngliche Nachricht-----\nVon: Lee Roe",
        "-------- Message original --------\nDe : Lee Roe",
        "##- Please type your reply above this line -##",
    ] {
        check(
            &format!("It prints again.\n\n{block}\n\nDoes it print?\n"),
            "It prints again.",
        );
    }
}

#[test]
fn answers_between_quotes_stay_where_they_are() {
    let mail = "On 11/2/26 8:00 AM, Lee Roe wrote:\n> Which floor?\nThe second.\n> Which tray?\n\nTray two.\n\n> Thanks\n";
    let body = Body::split(mail);
    assert_eq!(body.text(), mail);
    assert_eq!(body.new_text(), "The second.\n\nTray two.");
    assert_eq!(body.segments.len(), 5);
}

#[test]
fn answers_below_a_quote_are_new() {
    check(
        "On 11/2/26 8:00 AM, Lee Roe wrote:\n> Does it print?\n\nYes, thank you.\n",
        "Yes, thank you.",
    );
}

#[test]
fn signatures_are_set_apart() {
    for (mail, new, signature) in [
        (
            "It prints.\n-- \nDana Doe\nClient Ltd\n",
            "It prints.",
            "-- \nDana Doe\nClient Ltd",
        ),
        (
            "It prints.\n\nSent from my iPhone\n",
            "It prints.",
            "Sent from my iPhone",
        ),
        (
            "Es druckt.\n\nVon meinem iPhone gesendet\n",
            "Es druckt.",
            "Von meinem iPhone gesendet",
        ),
        (
            "It prints.\n\nKind regards,\n\nDana Doe\nClient Ltd\n",
            "It prints.",
            "Kind regards,\n\nDana Doe\nClient Ltd",
        ),
        (
            "It prints.\n\nThanks,\nDana\n",
            "It prints.\n\nThanks,\nDana",
            "",
        ),
        (
            "It prints.\n\nRegards,\nDana\nPS: the tray is empty\n",
            "It prints.\n\nRegards,\nDana\nPS: the tray is empty",
            "",
        ),
    ] {
        let body = Body::split(mail);
        assert_eq!(
            (body.new_text().as_str(), body.signature().as_str()),
            (new, signature),
            "{mail}"
        );
    }
}

#[test]
fn a_quote_below_a_signature_is_a_quote() {
    let body =
        Body::split("It prints.\n-- \nDana\n\nOn 11/2/26 8:00 AM, Lee Roe wrote:\n> Does it?\n");
    assert_eq!(body.signature(), "-- \nDana");
    assert_eq!(
        body.quoted(),
        "On 11/2/26 8:00 AM, Lee Roe wrote:\n> Does it?"
    );
}

#[test]
fn nothing_a_client_wrote_is_taken_for_a_quote() {
    for mail in [
        "On Monday the printer stopped.\nOn Tuesday it wrote nothing:\nno page came out.",
        "From: Berlin\nTo: Paris\nPlease book both.",
        "My list:\n- from: the first tray\n- to: the second tray",
        "I wrote to you on 3 May about it: no answer.",
        "The message says:\n\nDate: unknown\n\nWhat now?",
        "-- is what it prints",
        "a -> b\nx > y",
        "Sent from the second floor, does the scan arrive?",
        "The first file is wrong.\nSent by mistake, sorry!",
        "Sent via post yesterday.",
        "Von meinem Rechner aus geht es nicht.",
        "Von meinem Handy geht es nicht.",
        "From my mobile it does not work.",
        "Get my mobile phone fixed, please.",
        "Le lundi 3 mai 2021 le technicien est venu.",
    ] {
        check(mail, mail);
    }
}

#[test]
fn a_mail_that_only_forwards_still_shows_its_text() {
    let body = Body::split(
        "---------- Forwarded message ---------\nFrom: Lee <lee@desk.example>\nDate: Mon, 2 Nov 2026\nTo: Dana <dana@client.example>\n\nThe invoice is attached.\n",
    );
    assert_eq!(body.new_text(), "The invoice is attached.");
}

#[test]
fn quotes_in_html_are_found_by_their_markup() {
    for (quote, below) in [
        (
            "<div class=\"gmail_quote\"><div class=\"gmail_attr\">On x, Lee wrote:<br></div><blockquote>Old</blockquote></div>",
            true,
        ),
        (
            "<div class=\"moz-cite-prefix\">On x Lee wrote:</div><blockquote type=\"cite\"><p>Old</p></blockquote>",
            true,
        ),
        ("<div class=\"yahoo_quoted\"><div>Old</div></div>", true),
        (
            "<div class=\"protonmail_quote\">Old <blockquote>older</blockquote></div>",
            true,
        ),
        (
            "<p>2.11.2026, 8:00, \"Lee\" &lt;lee@desk.example&gt;:</p><blockquote>Old</blockquote>",
            true,
        ),
        (
            "<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Lee</div><div>Old</div>",
            false,
        ),
        (
            "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in\"><p><b>From:</b> Lee</p></div><p>Old</p>",
            false,
        ),
    ] {
        let tail = if below { "<p>Below</p>" } else { "" };
        let body = html::split(&format!(
            "<html><body><p>New</p>{quote}{tail}</body></html>"
        ));
        assert!(body.quoted().contains("Old"), "{quote}: {body:?}");
        assert_eq!(
            body.new_text()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            if below { "New Below" } else { "New" },
            "{quote}"
        );
    }
}

#[test]
fn an_indented_paragraph_is_not_a_quote() {
    let body = html::split("<p>The error is</p><blockquote>Paper jam</blockquote><p>again.</p>");
    assert_eq!(body.quoted(), "");
    assert!(body.new_text().contains("Paper jam"));
}
