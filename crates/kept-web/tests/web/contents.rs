//! What mails carry beside their words: cards, marks, files, and what is left out of the list.

use crate::site::Site;

fn meeting(method: &str, more: &str) -> String {
    format!(
        "From: Dana Fox <dana@fox.example>\nTo: support@desk.example\nSubject: Move\nMessage-ID: <{method}@fox.example>\nDate: Mon, 23 Nov 2026 13:00:00 +0000\n\
MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease come.\n--b\nContent-Type: text/calendar; method={method}\n\n\
BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:7@fox.example\nSUMMARY:Move to <b>Room 5</b>\nORGANIZER;CN=Dana Fox:mailto:dana@fox.example\n\
ATTENDEE;CN=Leo:mailto:leo@fox.example\nDTSTART;TZID=America/New_York:20261201T090000\nDTEND;TZID=America/New_York:20261201T100000\nRRULE:FREQ=WEEKLY;BYDAY=TU\n\
LOCATION:Room 5\nDESCRIPTION:Join https://meet.example/x\n{more}END:VEVENT\nEND:VCALENDAR\n--b--\n"
    )
}

#[tokio::test]
async fn e33_an_invitation_is_a_card_that_can_be_answered() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    site.mail(&meeting("REQUEST", "")).await;
    let page = admin.get("/tickets/1").await;
    let words = page.words();
    for part in [
        "Invitation",
        "Move to <b>Room 5</b>",
        "Tue 1 December 2026, 14:00",
        "Tue 1 December 2026, 09:00",
        "America/New_York",
        "every week on Tuesday",
        "meet.example",
        "Dana Fox",
        "Accept",
        "Tentative",
        "Decline",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(!page.text().contains("<b>Room 5</b>"));
    let answer = admin
        .post("/attachments/1/answer", &[("answer", "tentative")])
        .await;
    assert_eq!(answer.location(), "/tickets/1");
    let page = admin.get("/tickets/1").await;
    assert!(
        page.text()
            .contains("value=\"tentative\" aria-pressed=\"true\"")
    );
    assert!(
        page.words()
            .contains("ccepted the invitation tentatively and told dana@fox.example")
    );
    let nonsense = admin
        .post("/attachments/1/answer", &[("answer", "perhaps")])
        .await;
    assert_eq!(nonsense.status.as_u16(), 422);

    site.mail(&meeting("CANCEL", "STATUS:CANCELLED\n")).await;
    let page = admin.get("/tickets/1").await;
    assert!(page.words().contains("Cancelled"));
    assert!(
        !page.text().contains("value=\"accepted\""),
        "nobody comes to what does not take place"
    );
}

#[tokio::test]
async fn e48_links_lead_where_they_say() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let wrapped = "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fclient.example%2Fquokka&data=05";
    let text = format!("See {wrapped}, then https:// and https://\"onclick=alert(1) <b>");
    site.mail(&crate::site::letter(1, "Links", &text)).await;
    let page = admin.get("/tickets/1").await.text();
    let link = "<a href=\"https://client.example/quokka\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">https://client.example/quokka</a>,";
    assert!(page.contains(link), "{page}");
    assert!(
        !page.contains("safelinks") && !page.contains("\"onclick"),
        "{page}"
    );
    assert!(
        admin
            .get("/search?q=quokka")
            .await
            .words()
            .contains("Links")
    );
    assert!(
        !admin
            .get("/search?q=safelinks")
            .await
            .words()
            .contains("Links")
    );
    assert!(
        admin.get("/messages/1/raw").await.text().contains(wrapped),
        "the original stays"
    );
}

fn with_parts(parts: &str) -> String {
    format!(
        "From: Dana Fox <dana@fox.example>\nTo: support@desk.example\nSubject: Files\nMessage-ID: <9@fox.example>\nDate: Mon, 23 Nov 2026 13:00:00 +0000\n\
MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee below.\n{parts}--b--\n"
    )
}

#[tokio::test]
async fn e32_a_signature_is_a_mark_and_no_file() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let smime = "--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment; filename=smime.p7s\n\nMIAG\n";
    let pgp = "--b\nContent-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----\n";
    site.mail(&with_parts(&format!("{smime}{pgp}"))).await;
    let words = admin.get("/tickets/1").await.words();
    assert!(words.contains("Signed (S/MIME), not verified"), "{words}");
    assert!(words.contains("Signed (PGP), not verified"), "{words}");
    assert!(
        !words.contains("smime.p7s") && !words.contains("signature.asc"),
        "{words}"
    );
}

#[tokio::test]
async fn e32_an_encrypted_mail_says_so_and_can_be_had() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let mail = "From: Dana Fox <dana@fox.example>\nTo: support@desk.example\nSubject: Secret\nMIME-Version: 1.0\n\
Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n\
Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\n--b--\n";
    site.mail(mail).await;
    let page = admin.get("/tickets/1").await;
    assert!(
        page.words().contains("The mail is encrypted"),
        "{}",
        page.words()
    );
    assert!(page.text().contains("/messages/1/raw"));
}

#[tokio::test]
async fn e37_mails_within_mails_are_reached_at_every_depth() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let innermost = "From: Lee <lee@acme.example>\nSubject: Innermost\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=d\n\n--d\nContent-Type: text/plain\n\nDeep words.\n--d\n\
Content-Type: text/plain; name=deep.txt\nContent-Disposition: attachment; filename=deep.txt\n\nDeep file.\n--d--\n";
    let middle = format!(
        "From: Mia <mia@acme.example>\nTo: dana@fox.example\nSubject: Middle\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: text/plain\n\nMiddle words.\n--c\nContent-Type: message/rfc822\n\n{innermost}\n--c--\n"
    );
    site.mail(&with_parts(&format!(
        "--b\nContent-Type: message/rfc822\n\n{middle}\n"
    )))
    .await;
    let words = admin.get("/tickets/1").await.words();
    for part in [
        "Attached mail",
        "Middle",
        "Mia <mia@acme.example>",
        "Middle words.",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    let first = admin.get("/attachments/1/preview").await;
    assert!(first.words().contains("Middle words."), "{}", first.words());
    let inner = link_with(&first.text(), "/attachments/1/preview?part=");
    let second = admin.get(&inner).await;
    assert!(second.words().contains("Deep words."), "{}", second.words());
    let file = link_with(&second.text(), "/attachments/1?part=");
    let file = admin.get(&file).await;
    // The page's own file comes first; its file follows.
    assert!(
        file.header("content-disposition")
            .starts_with("attachment;")
    );
    let deep = link_with(&second.text(), "/attachments/1/preview?part=2.");
    assert!(
        admin.get(&deep).await.words().contains("Deep file."),
        "{deep}"
    );
    for nowhere in ["1.1.1.1.1.1.1.1.1.1", "x", "99"] {
        let answer = admin
            .get(&format!("/attachments/1/preview?part={nowhere}"))
            .await;
        assert_eq!(answer.status.as_u16(), 404, "{nowhere}");
    }
}

/// The last link that begins so.
fn link_with(html: &str, start: &str) -> String {
    let at = html
        .rfind(start)
        .unwrap_or_else(|| panic!("{start} in {html}"));
    html[at..].split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn files_are_looked_at_as_what_they_harmlessly_are() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let parts = "--b\nContent-Type: text/html; name=page.html\nContent-Disposition: attachment; filename=page.html\n\n<script>alert(1)</script>\n\
--b\nContent-Type: image/svg+xml; name=a.svg\nContent-Disposition: attachment; filename=a.svg\n\n<svg><script>alert(1)</script></svg>\n\
--b\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\n%PDF-1.4\n\
--b\nContent-Type: application/pdf; name=fake.pdf\nContent-Disposition: attachment; filename=fake.pdf\n\n<script>alert(1)</script>\n\
--b\nContent-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=a.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgoAAAANSUhEUgAAAZAAAAGQ\n";
    site.mail(&with_parts(parts)).await;
    let html = admin.get("/attachments/1/preview").await;
    assert!(
        html.text().contains("&lt;script&gt;alert(1)") && !html.text().contains("<script>alert(1)")
    );
    for (path, kind) in [
        ("/attachments/3/shown", "application/pdf"),
        ("/attachments/5/shown", "image/png"),
    ] {
        let answer = admin.get(path).await;
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(
            answer
                .header("content-security-policy")
                .contains("default-src 'none'")
        );
    }
    for path in [
        "/attachments/1/shown",
        "/attachments/2/shown",
        "/attachments/4/shown",
    ] {
        assert_eq!(admin.get(path).await.status.as_u16(), 404, "{path}");
    }
    assert!(
        admin
            .get("/attachments/2/preview")
            .await
            .words()
            .contains("can’t be looked at here")
    );
    assert!(
        admin
            .get("/attachments/2")
            .await
            .header("content-disposition")
            .starts_with("attachment;")
    );
}

#[tokio::test]
async fn e39_seventy_files_with_odd_names_fold() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let odd = ["", "../../etc/passwd", "a\u{202e}gpj.exe", "a.txt", "a.txt"];
    let part = |n: usize| {
        let name = odd
            .get(n)
            .map_or(format!("file-{n}.bin"), |name| (*name).to_owned());
        format!(
            "--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{name}\"\n\n{n}\n"
        )
    };
    let parts: String = (0..70).map(part).collect();
    site.mail(&with_parts(&parts)).await;
    let page = admin.get("/tickets/1").await;
    let words = page.words();
    assert!(words.contains("Show all"), "{words}");
    assert!(words.contains("70") && words.contains("file-69.bin") && words.contains("passwd"));
    assert!(!page.text().contains("../../") && !page.text().contains('\u{202e}'));
    let shown_first = page
        .text()
        .split("Show all")
        .next()
        .unwrap_or_default()
        .matches("class=\"file")
        .count();
    assert!(
        shown_first >= 12
            && !page
                .text()
                .split("Show all")
                .next()
                .unwrap_or_default()
                .contains("file-12.bin")
    );
}

#[tokio::test]
async fn e35_logos_and_pixels_are_left_out_of_the_list() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let png = |wide: &str| format!("iVBORw0KGgoAAAANSUhEUg{wide}");
    let html = "From: Dana Fox <dana@fox.example>\nTo: support@desk.example\nSubject: Logo\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n\
<p>Hello <img src=\"cid:logo@1\"><img src=\"shot.png\"></p>\n";
    let logo = format!(
        "--b\nContent-Type: image/png; name=logo.png\nContent-ID: <logo@1>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\n{}\n",
        png("AAAMgAAAAy")
    );
    let shot = format!(
        "--b\nContent-Type: image/png; name=shot.png\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n",
        png("AAAyAAAAMg")
    );
    site.mail(&format!("{html}{logo}{shot}")).await;
    let words = admin.get("/tickets/1").await.words();
    let (listed, hidden) = words
        .split_once("Hidden: 1 small image")
        .expect("one is hidden");
    assert!(
        listed.contains("shot.png") && !listed.contains("logo.png"),
        "{words}"
    );
    assert!(hidden.contains("logo.png"), "{words}");
    let html = admin.get("/messages/1/html").await.text();
    assert_eq!(
        html.matches("data:image/png").count(),
        2,
        "E34: also without cid: {html}"
    );
}
