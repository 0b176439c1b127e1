//! Mails of the sample week that are more than a few lines of text: one that is signed, an invitation, one
//! that an agent passes on, and one that comes back.

pub(super) const SIGNED_TYPE: &str =
    "multipart/signed; micalg=pgp-sha256; protocol=\"application/pgp-signature\"; boundary=signed";

pub(super) const SIGNED: &str = "--signed
Content-Type: text/plain; charset=utf-8

reception2 and locum-3 may go. Please ask me again about archive.

Rui
--signed
Content-Type: application/pgp-signature; name=\"signature.asc\"

-----BEGIN PGP SIGNATURE-----

c2FtcGxl
-----END PGP SIGNATURE-----
--signed--
";

pub(super) const INVITATION_TYPE: &str = "multipart/alternative; boundary=invitation";

pub(super) const INVITATION: &str = "--invitation
Content-Type: text/plain; charset=utf-8

Let us look at the sockets together before the desks arrive.
--invitation
Content-Type: text/calendar; charset=utf-8; method=REQUEST

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:walk@harbour.example
SEQUENCE:0
DTSTAMP:{DAY}T080000Z
DTSTART:{DAY}T100000Z
DTEND:{DAY}T104500Z
SUMMARY:Walk through the new warehouse office
LOCATION:Pier 4\\, second floor
ORGANIZER;CN=Marta Okafor:mailto:marta@harbour.example
ATTENDEE;CN=Support;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:support@localhost
ATTENDEE;CN=Tomasz Bielak;PARTSTAT=ACCEPTED:mailto:tomasz@harbour.example
END:VEVENT
END:VCALENDAR
--invitation--
";

pub(super) const FORWARD: &str =
    "She caught me in the corridor; please take it, the archive opens at eight.

---------- Forwarded message ---------
From: Sofie Brandt <sofie@alderclinic.example>
Date: {DATE}
Subject: Scanner in the archive
To: <jonas.petit@desk.example>


The scanner in the archive only makes grey pages since it was moved. Could somebody have a look?

Sofie
";

pub(super) const BOUNCE_TYPE: &str =
    "multipart/report; report-type=delivery-status; boundary=report";

/// A server's report that one of our mails did not reach `to` (RFC 3464).
pub(super) fn bounce(to: &str, message_ref: &str) -> String {
    format!(
        "--report
Content-Type: text/plain; charset=utf-8

Your message to {to} could not be delivered: there is no such mailbox.
--report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.harbour.example

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such mailbox
--report
Content-Type: text/rfc822-headers

Message-ID: <{message_ref}>
--report--
"
    )
}
