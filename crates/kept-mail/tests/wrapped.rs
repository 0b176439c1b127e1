//! Mail inside something else: winmail.dat (E31), S/MIME and PGP (E32), uuencode (E40).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kept_mail::{IncomingMail, parse, tnef};

fn attribute(level: u8, id: u32, value: &[u8]) -> Vec<u8> {
    let length = u32::try_from(value.len()).expect("short").to_le_bytes();
    [&[level][..], &id.to_le_bytes(), &length, value, &[0, 0]].concat()
}

/// A property with one value of variable length.
fn property(kind: u16, id: u16, value: &[u8]) -> Vec<u8> {
    let length = u32::try_from(value.len()).expect("short").to_le_bytes();
    let filled = vec![0; value.len().next_multiple_of(4) - value.len()];
    [
        &kind.to_le_bytes()[..],
        &id.to_le_bytes(),
        &1u32.to_le_bytes(),
        &length,
        value,
        &filled,
    ]
    .concat()
}

fn stream(attributes: &[Vec<u8>]) -> Vec<u8> {
    [&[0x78, 0x9f, 0x3e, 0x22, 1, 0][..], &attributes.concat()].concat()
}

/// Rich text stored without compression.
fn stored(rtf: &[u8]) -> Vec<u8> {
    let size = u32::try_from(rtf.len()).expect("short");
    [
        &(size + 12).to_le_bytes()[..],
        &size.to_le_bytes(),
        b"MELA",
        &[0; 4],
        rtf,
    ]
    .concat()
}

/// A stream with one file and the text as rich text.
fn winmail(rtf: &[u8]) -> Vec<u8> {
    let message = [
        &1u32.to_le_bytes()[..],
        &property(0x0102, 0x1009, &stored(rtf)),
    ]
    .concat();
    let name: Vec<u8> = "Käse.txt"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let file = [&1u32.to_le_bytes()[..], &property(0x001f, 0x3707, &name)].concat();
    stream(&[
        attribute(1, 0x0006_9003, &message),
        attribute(2, 0x0006_9002, &[0; 14]),
        attribute(2, 0x0001_8010, b"KASE~1.TXT\0"),
        attribute(2, 0x0006_800f, b"cheese"),
        attribute(2, 0x0006_9005, &file),
    ])
}

fn mail_with(winmail: &[u8]) -> IncomingMail {
    let encoded = STANDARD.encode(winmail);
    let raw = format!(
        "From: dana@client.example\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n{encoded}\n"
    );
    parse(raw.as_bytes())
}

fn listed(mail: &IncomingMail) -> Vec<(&str, &[u8])> {
    let listed = mail.attachments.iter().filter(|part| !part.within_text);
    listed
        .map(|part| (part.name.as_str(), part.content.as_slice()))
        .collect()
}

#[test]
fn e31_outlooks_wrapping_comes_off() {
    let mail = mail_with(&winmail(
        b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}Hello \\'e4\\u8211?\\par Bye}",
    ));
    assert_eq!(mail.text, "Hello ä–\nBye");
    assert_eq!(listed(&mail), [("Käse.txt", &b"cheese"[..])]);
    assert!(
        mail.attachments
            .iter()
            .any(|part| part.name == "winmail.dat")
    );
}

#[test]
fn rich_text_made_from_html_is_that_html_again() {
    let rtf = b"{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag18 <p>}\\htmlrtf{\\htmlrtf0 Hello{\\*\\htmltag84 &nbsp;}\\htmlrtf \\'a0\\htmlrtf0 you\\htmlrtf\\par}\\htmlrtf0{\\*\\htmltag26 </p>}}";
    let mail = mail_with(&winmail(rtf));
    assert_eq!(mail.html.as_deref(), Some("<p>Hello&nbsp;you</p>"));
}

#[test]
fn compressed_rich_text_is_read() {
    // The example of MS-OXRTFCP §4.1.1.
    let bytes = [
        0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0x00,
        0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68,
        0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f,
        0xa0,
    ];
    let message = [&1u32.to_le_bytes()[..], &property(0x0102, 0x1009, &bytes)].concat();
    let seen = tnef::unwrap(&stream(&[attribute(1, 0x0006_9003, &message)])).expect("TNEF");
    assert_eq!(
        seen.rtf.as_deref(),
        Some(&b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"[..])
    );
}

/// A stream that was cut off or claims more than it has gives what is there.
#[test]
fn cut_streams_give_what_came_before() {
    let whole = winmail(b"{\\rtf1 Hello}");
    for length in 0..whole.len() {
        tnef::unwrap(&whole[..length]);
    }
    let mut lying = stream(&[attribute(2, 0x0006_9002, &[0; 14])]);
    lying.extend([2, 0x0f, 0x80, 0x06, 0, 0xff, 0xff, 0xff, 0xff, b'a', b'b']);
    assert_eq!(tnef::unwrap(&lying).expect("TNEF").files[0].content, b"ab");
}

#[test]
fn an_opaque_signature_is_unwrapped_and_said_to_be_unchecked() {
    let inner = b"Content-Type: text/plain\r\n\r\nHello from inside";
    let value =
        |tag: u8, inner: &[u8]| [&[tag, u8::try_from(inner.len()).expect("short")], inner].concat();
    let id = |last: u8| value(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, last]);
    let content = value(0x30, &[id(1), value(0xa0, &value(4, inner))].concat());
    let data = value(0x30, &[value(2, &[1]), value(0x31, &[]), content].concat());
    let message = value(0x30, &[id(2), value(0xa0, &data)].concat());
    let raw = format!(
        "From: dana@client.example\nSubject: x\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n{}\n",
        STANDARD.encode(message)
    );
    let mail = parse(raw.as_bytes());
    assert_eq!(mail.text, "Hello from inside");
    assert_eq!(mail.from[0].address, "dana@client.example");
    assert!(
        mail.problems
            .iter()
            .any(|problem| problem.code == "signature-not-checked")
    );
    assert_eq!(listed(&mail), []);
}

#[test]
fn encrypted_mail_says_so() {
    let raw = "From: dana@client.example\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=x\n\n--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x\nContent-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n--x--\n";
    assert!(
        parse(raw.as_bytes())
            .problems
            .iter()
            .any(|problem| problem.code == "encrypted")
    );
}

#[test]
fn a_signed_text_is_shown_without_its_armour() {
    let raw = "From: dana@client.example\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe printer smokes.\n-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----\n";
    let mail = parse(raw.as_bytes());
    assert_eq!(mail.body.new_text(), "The printer smokes.");
    assert_eq!(mail.body.text(), mail.text);
}

#[test]
fn uuencoded_files_leave_the_text() {
    let raw = "From: dana@client.example\n\nSee the file.\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye\n";
    let mail = parse(raw.as_bytes());
    assert_eq!(mail.text, "See the file.\nBye\n");
    assert_eq!(listed(&mail), [("cat.txt", &b"Cat"[..])]);
    let part = "From: dana@client.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nSee.\n--x\nContent-Type: text/plain; name=cat.txt\nContent-Disposition: attachment\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 cat.txt\n#0V%T\n`\nend\n--x--\n";
    assert_eq!(listed(&parse(part.as_bytes())), [("cat.txt", &b"Cat"[..])]);
}
