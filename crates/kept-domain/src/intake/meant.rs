//! Whether an agent's proven mail was meant for the desk, and for the very ticket it came to.
//!
//! A signature goes with the mail wherever that is sent: whoever got it can hand it to us again, under
//! another ticket's reply address. So what makes it the desk's word must stand in it, where the signature
//! covers it; only a mail that the domain's own server handed over cannot have gone around.

use crate::intake::{Facts, HeaderName, Reason};

/// What a proven mail says itself, and nobody on its way can have changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Meant {
    /// It is written to one of our addresses.
    pub for_us: bool,
    /// It is written to the reply address that led to its ticket.
    pub token: bool,
    /// What it answers.
    pub thread: bool,
    pub subject: bool,
}

impl Meant {
    /// Whether it leads to the ticket by itself.
    fn leads(self, reason: &Reason) -> bool {
        self.for_us
            && match reason {
                Reason::ReplyToken { .. } => self.token,
                Reason::Referenced { header, .. } => {
                    self.thread
                        && matches!(
                            header,
                            HeaderName::InReplyTo | HeaderName::References | HeaderName::MessageId
                        )
                }
                Reason::SubjectTag { .. } => self.subject,
                Reason::ForeignTag { .. } | Reason::WrittenToRecipient { .. } => false,
                // A new ticket, or one a person chose.
                Reason::NewThread
                | Reason::TagOfAStranger { .. }
                | Reason::AfterTheEnd { .. }
                | Reason::AnotherSubject { .. }
                | Reason::ThreadOfAnother { .. }
                | Reason::MovedFrom { .. }
                | Reason::ByHand => true,
            }
    }
}

/// Whether whoever works here is proven to have written the mail, and to have written it to where it came.
pub fn is_meant(facts: &Facts, reason: &Reason) -> bool {
    let proven = facts.sender.as_ref().is_some_and(|it| it.is_proven);
    proven && facts.meant.leads(reason)
}

/// Whether it is proven to be from whoever works here, and still anybody may have sent it here.
pub fn may_be_replayed(facts: &Facts, reason: &Reason) -> bool {
    let sender = facts.sender.as_ref();
    sender.is_some_and(|it| it.works_here && it.is_proven) && !is_meant(facts, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TicketId;

    #[test]
    fn what_leads_to_the_ticket_must_stand_in_the_mail_itself() {
        let ticket = TicketId(7);
        let by = |header| Reason::Referenced { header, ticket };
        let token = Reason::ReplyToken { ticket };
        let tag = Reason::SubjectTag { ticket };
        let check = |meant: Meant, reason: &Reason, expected: bool| {
            assert_eq!(meant.leads(reason), expected, "{meant:?} {reason:?}");
        };
        let all = Meant {
            for_us: true,
            token: true,
            thread: true,
            subject: true,
        };
        for reason in [
            &by(HeaderName::References),
            &token,
            &tag,
            &Reason::NewThread,
        ] {
            check(all, reason, true);
            let elsewhere = Meant {
                for_us: false,
                ..all
            };
            check(elsewhere, reason, false);
        }
        check(
            Meant {
                token: false,
                ..all
            },
            &token,
            false,
        );
        let thread = Meant {
            thread: false,
            ..all
        };
        check(thread, &by(HeaderName::InReplyTo), false);
        check(thread, &token, true);
        let subject = Meant {
            subject: false,
            ..all
        };
        check(subject, &tag, false);
        check(all, &by(HeaderName::Forwarded), false);
    }
}
