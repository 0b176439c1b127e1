//! What people at a desk and their clients promise in English.

use super::check;

#[test]
fn days() {
    check(&[
        "Mon 16:30 | I'll get back to you tomorrow. | Tue 17:00",
        "Mon 09:00 | I'll get back to you today. | Mon 17:00",
        "Mon 18:30 | I will finish it today. | Mon 23:59",
        "Mon 09:00 | We will call you the day after tomorrow. | Wed 17:00",
        "Mon 09:00 | I'll send you the report by Friday. | Fri 17:00",
        "Mon 09:00 | You will have the quote by Wednesday. | Wed 17:00",
        "Fri 16:00 | I'll get back to you tomorrow. | Mon 17:00",
        "Thu 10:00 | We're going to replace it on Saturday. | Mon 17:00",
        "Mon 09:00 | We will replace the router on Monday. | Mon 30 Nov 17:00",
        "Mon 09:00 | I'll bring it in this Friday. | Fri 17:00",
        "Mon 09:00 | I'll bring it in next Friday. | Fri 4 Dec 17:00",
        "Mon 09:00 | We will take care of it on Friday next week. | Fri 4 Dec 17:00",
        "Mon 09:00 | I'll call you the next working day. | Tue 17:00",
        "Fri 09:00 | I'll call you the next working day. | Mon 17:00",
        "Mon 09:00 | I'll have it ready before Friday. | Thu 17:00",
        "Tue 09:00 | I'm sending you the new cable tomorrow. | Wed 17:00",
        "Tue 09:00 | We'll fix that over the weekend. | Mon 17:00",
        "Tue 09:00 | I'll look at it after the weekend. | Mon 17:00",
        "Mon 09:00 | Later today I'll send you the log. | Mon 17:00",
        "Mon 09:00 | I'll check today and get back to you tomorrow. | Mon 17:00, Tue 17:00",
        "Mon 09:00 | I'll let you know today or tomorrow. | Tue 17:00",
    ]);
}

#[test]
fn times_of_day() {
    check(&[
        "Mon 09:00 | I'll call you by Friday noon. | Fri 12:00",
        "Mon 09:00 | I'll send it before lunch. | Mon 12:00",
        "Mon 13:00 | I'll send it before lunch. | Tue 12:00",
        "Mon 09:00 | We'll be in touch after lunch. | Mon 15:00",
        "Mon 09:00 | You'll have it by end of day. | Mon 17:00",
        "Mon 09:00 | We will deploy the fix by close of business on Thursday. | Thu 17:00",
        "Mon 09:00 | I'll do it first thing tomorrow. | Tue 10:00",
        "Mon 16:00 | I'll do it first thing in the morning. | Tue 10:00",
        "Mon 09:00 | I will call you on Monday morning. | Mon 30 Nov 12:00",
        "Mon 16:00 | I'll ring you in the morning. | Tue 12:00",
        "Mon 09:00 | I'll do it this afternoon. | Mon 17:00",
        "Mon 09:00 | We'll restart the server tonight. | Mon 22:00",
        "Mon 09:00 | We will update it tomorrow evening. | Tue 22:00",
        "Mon 09:00 | I'll be with you tomorrow at 9. | Tue 09:00",
        "Mon 10:00 | I'll call you at 9. | Tue 09:00",
        "Mon 10:00 | I'll call you at 3. | Mon 15:00",
        "Mon 10:00 | I'll get it done by 3 pm. | Mon 15:00",
        "Mon 16:00 | I'll get it done by 3 pm. | Tue 15:00",
        "Fri 16:00 | I'll get it done by 3 pm. | Mon 15:00",
        "Mon 10:00 | It will be done by 15:00. | Mon 15:00",
        "Mon 10:00 | We'll have it fixed by 7 pm. | Mon 19:00",
        "Mon 10:00 | We will have a technician there on Saturday at 10 am. | Sat 10:00",
        "Mon 10:00 | I'll call at half past three. | Mon 15:30",
        "Mon 10:00 | I'll call tomorrow at quarter to ten. | Tue 09:45",
        "Mon 10:00 | We'll come by tomorrow between 9 and 11. | Tue 11:00",
        "Mon 10:00 | We'll come by tomorrow, 9-11 am. | Tue 11:00",
        "Mon 10:00 | I'll be there at 3 o'clock sharp. | Mon 15:00",
        "Mon 10:00 | I will call you after 3 pm. | Mon 17:00",
        "Mon 10:00 | We will be done by midnight. | Mon 23:59",
        "Mon 10:00 | We'll get to it early tomorrow. | Tue 12:00",
        "Mon 10:00 | I'll send it by 3 pm UTC. | Mon 16:00",
        "Mon 10:00 | I'll reply by 9 am ET tomorrow. | Tue 15:00",
        "Mon 10:00 | I'll reply by 9 am your time tomorrow. | ~Tue 17:00",
    ]);
}

#[test]
fn amounts() {
    check(&[
        "Mon 09:00 | We'll be back with you within two hours. | Mon 11:00",
        "Mon 16:30 | I'll call you in the next 30 minutes. | Mon 17:00",
        "Mon 16:30 | I'll call you in an hour. | Mon 17:30",
        "Mon 16:30 | I'll look into it within the hour. | Mon 17:30",
        "Mon 09:00 | I'll have it done in half an hour. | Mon 09:30",
        "Mon 09:00 | We will answer within 1.5 hours. | Mon 10:30",
        "Mon 16:00 | We will answer within 2 business hours. | Tue 10:00",
        "Mon 09:00 | We'll reply within 24 hours. | Tue 09:00",
        "Mon 09:00 | I'll get back to you in 2 days. | Wed 17:00",
        "Thu 09:00 | I'll get back to you in 2 days. | Mon 17:00",
        "Thu 09:00 | You will hear from us within three working days. | Tue 17:00",
        "Mon 09:00 | We will replace the disk in two weeks. | Mon 7 Dec 17:00",
        "Mon 09:00 | The part will be delivered in 2-3 days. | Thu 17:00",
        "Mon 09:00 | We'll have it within the next two weeks. | Mon 7 Dec 17:00",
        "Mon 09:00 | I'll be back to you 15 minutes from now. | none",
        "Mon 09:00 | I'll have an answer in a week. | Mon 30 Nov 17:00",
        "Mon 09:00 | We'll do it in the course of the day. | Mon 17:00",
        "Mon 09:00 | I'll send it in 2h. | Mon 11:00",
    ]);
}

#[test]
fn weeks_and_months() {
    check(&[
        "Mon 09:00 | We'll deliver it next week. | Fri 4 Dec 17:00",
        "Mon 09:00 | I'll come back to you early next week. | Tue 1 Dec 17:00",
        "Mon 09:00 | You'll hear from me by the end of next week. | Fri 4 Dec 17:00",
        "Mon 09:00 | We will sort this out this week. | Fri 17:00",
        "Mon 09:00 | We will sort this out by end of week. | Fri 17:00",
        "Sat 09:00 | We will sort this out this week. | Fri 17:00",
        "Mon 09:00 | I'll have it ready mid next week. | Wed 2 Dec 17:00",
        "Mon 09:00 | We'll migrate you by the end of the month. | Mon 30 Nov 17:00",
        "Tue 09:00 | We'll migrate you by the end of the month. | Mon 17:00",
        "Tue 09:00 | We'll migrate you next month. | Thu 31 Dec 17:00",
        "Tue 09:00 | We'll migrate you by the end of December. | Thu 31 Dec 17:00",
        "Tue 09:00 | We'll migrate you by the end of January. | Fri 29 Jan 2027 17:00",
        "Tue 09:00 | We will do it in early December. | Mon 7 Dec 17:00",
        "Mon 09:00 | I'll send you the offer by EOW. | Fri 17:00",
        "Mon 09:00 | We will finish by the end of the year. | Thu 31 Dec 17:00",
    ]);
}

#[test]
fn dates() {
    check(&[
        "Mon 09:00 | We will ship it by the 14th. | Mon 14 Dec 17:00",
        "Mon 09:00 | We will ship it by the 25th. | Wed 17:00",
        "Mon 09:00 | I'll have it by 2026-12-01. | Tue 1 Dec 17:00",
        "Mon 09:00 | I'll have it by 1 December. | Tue 1 Dec 17:00",
        "Mon 09:00 | I'll have it by December 1st, 2026. | Tue 1 Dec 17:00",
        "Mon 09:00 | I'll have it by Dec 1. | Tue 1 Dec 17:00",
        "Mon 09:00 | We will come on the 3rd of December at 10:30. | Thu 3 Dec 10:30",
        "Mon 09:00 | You'll get it on Friday, 4 December, at 3 pm. | Fri 4 Dec 15:00",
        "Mon 09:00 | We'll replace it on 5 January. | Tue 5 Jan 2027 17:00",
        "Mon 09:00 | We'll replace it by 24/12. | Thu 24 Dec 17:00",
        "Mon 09:00 | We'll replace it by 12/24. | Thu 24 Dec 17:00",
        "Mon 09:00 | We'll replace it on 25 December. | Mon 28 Dec 17:00",
        "Mon 09:00 | We'll replace it on 2 March 2026. | none",
        "Mon 09:00 | We'll replace it on 31 February. | none",
    ]);
}

#[test]
fn ways_to_commit() {
    check(&[
        "Mon 09:00 | Let me check and get back to you tomorrow. | Tue 17:00",
        "Mon 09:00 | You will hear from us on Thursday. | Thu 17:00",
        "Mon 09:00 | You'll have it by tomorrow noon. | Tue 12:00",
        "Mon 09:00 | You can expect an answer by Wednesday. | Wed 17:00",
        "Mon 09:00 | Expect a reply by Wednesday. | Wed 17:00",
        "Mon 09:00 | It will be fixed by tomorrow. | Tue 17:00",
        "Mon 09:00 | Will do by Friday! | Fri 17:00",
        "Mon 09:00 | My colleague Jan will call you tomorrow at 10. | Tue 10:00",
        "Mon 09:00 | Someone from our team will be there on Tuesday. | Tue 17:00",
        "Mon 09:00 | I promise you'll have it by Friday. | Fri 17:00",
        "Mon 09:00 | Back to you by Friday. | Fri 17:00",
        "Mon 09:00 | I'll bring it in on Monday. | Mon 30 Nov 17:00",
        "Mon 09:00 | We have scheduled the swap for Thursday. | Thu 17:00",
        "Mon 09:00 | Thanks for the details, I'll have a look this afternoon. | Mon 17:00",
        "Mon 09:00 | I can't do it today, but I'll do it tomorrow. | Tue 17:00",
        "Mon 09:00 | I won't forget to call you tomorrow. | Tue 17:00",
        "Mon 09:00 | No worries, I'll call you tomorrow. | Tue 17:00",
        "Mon 09:00 | By Friday at the latest, we will have replaced it. | Fri 17:00",
        "Mon 09:00 | Tomorrow, I'll look at the logs. | Tue 17:00",
        "Mon 09:00 | I'll call you at 3 pm if that's ok. | Mon 15:00",
        "Mon 09:00 | I'll call you at 3 pm, ok? | Mon 15:00",
        "Mon 09:00 | I'll check by Friday if the update is out. | Fri 17:00",
        "Mon 09:00 | As promised, I'll send you the file tomorrow. | Tue 17:00",
        "Mon 09:00 | If you have questions, just ask. I'll be in touch on Wednesday. | Wed 17:00",
        "Mon 09:00 | We will order the part, install it and test it by Friday. | Fri 17:00",
    ]);
}

#[test]
fn vague_and_hedged_ones_are_suggested() {
    check(&[
        "Mon 16:30 | I'll get back to you soon. | ~Tue 17:00",
        "Mon 09:00 | We'll fix it asap. | ~Tue 17:00",
        "Mon 09:00 | I'll get back to you as soon as I can. | ~Tue 17:00",
        "Fri 09:00 | We will reply as soon as possible. | ~Mon 17:00",
        "Mon 09:00 | We will reply shortly. | ~Tue 17:00",
        "Mon 09:00 | I'll look into it in the next few days. | ~Thu 17:00",
        "Mon 09:00 | I'll hopefully have it by Friday. | ~Fri 17:00",
        "Mon 09:00 | I'll try to call you tomorrow. | ~Tue 17:00",
        "Mon 09:00 | We should have the part by Thursday. | ~Thu 17:00",
        "Mon 09:00 | I can get it to you by Friday. | ~Fri 17:00",
        "Mon 09:00 | I'll do it tomorrow if possible. | ~Tue 17:00",
        "Mon 09:00 | I'll do it asap, by Friday at the latest. | Fri 17:00",
    ]);
}
