// Why an expectation is missed: each miss of the corpus was read, and either ours is right or something is lacking.
// A file nobody has read says so itself.

const READ = {
  "broken/mikel-mail/error_emails__multiple_references_with_one_invalid.eml":
    "ours is right: two References headers, both with ids; each id more finds one more answer its ticket, and the one that is no id is left out",
  "broken/sisimai/lhost-apachejames-01.cr.eml": "ours is right: its words are \"no such user here\"",
  "bounces/sisimai/lhost-aol-06.eml": "ours is right: a malformed answer of a name server does not say that the domain takes no mail",
  "bounces/sisimai/lhost-apachejames-01.eml": "ours is right: its words are \"no such user here\"; the recipient expected has a digit less than the file",
  "bounces/sisimai/lhost-domino-03.eml": "ours is right: the fields and the returned mail name .org; only the notice has .com, where the file was made anonymous",
  "bounces/sisimai/lhost-exchange2003-04.eml": "ours is right: \"Recipient Not Found\" by the server that holds the mailboxes",
  "bounces/sisimai/lhost-exim-37.eml": "ours is right: after the end of data \"neko.example.com does not exist\" is the sender's own domain; the recipient is at example.net",
  "bounces/sisimai/lhost-messagelabs-03.eml": "ours is right: \"542 Rejected\" does not say that there is no such address",
  "bounces/sisimai/lhost-sendmail-14.eml": "ours is right: a person forwards a report and writes above it; a program did not write this mail",
  "bounces/sisimai/lhost-sendmail-27.eml": "ours is right: \"need RCPT\" after DATA shows that it was the recipient that was refused",
  "bounces/sisimai/lhost-sendmail-48.eml": "ours is right: \"no valid recipients\" after DATA shows that it was the recipient that was refused",
  "bounces/sisimai/lhost-v5sendmail-01.eml": "ours is right: the recipient expected is cut off in its middle",
  "bounces/sisimai/lhost-x1-02.eml": "ours is right: \"[User unknown]\" by the server that was to deliver it, and the subject says it too",
  "bounces/sisimai/rfc3464-01.eml": "ours is right: the fields and the server say user unknown; \"not enough disk space\" is about another mailbox, <nekochan>",
  "forwarded/discourse-trimmer/embedded_email_10.txt": "ours is right: an answer to a mail, which quotes one that was forwarded long before; its sender forwards nothing",
  "replies/discourse-trimmer/embedded_email_16.txt": "ours is right: every line of it is marked as quoted, and the answer stands below",
  "replies/discourse-trimmer/embedded_email_7.txt": "ours is right: the lines are introduced and marked as quoted; the words around them stay",
  "replies/talon/html_quotations__test_unicode_in_reply__1.html": "ours is right: a <blockquote> without any sign of a mail program is how people set words apart (E27)",
  "replies/talon/johndoeexamplecom_body.txt": "lacking: a signature none of whose lines has a mark of its own but the origin's \"#sig#\"",
  "replies/talon/reply-separated-by-hr.html": "ours is right: \"Bob\" is written above the rule and is not part of the quoted mail",
  "replies/talon/short_url_body.txt": "ours is right: \"Thank you, Noam\" is what he wrote; other files of the same origin keep such a line",
  "calendar/libredesk/calendar-invite.eml": "ours is right: the text/calendar part is what is answered; it is kept as a file so that nothing of the mail is lost (E33)",
};

/** The reason for a miss of this purpose, in words. */
export function why(purpose, file) {
  return READ[`${purpose}/${file}`] ?? "not read yet: it may be lacking";
}
