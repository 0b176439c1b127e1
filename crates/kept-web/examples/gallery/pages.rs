//! Every page once, and the ones that differ by state more than once.

use kept_web::clients::views as clients;
use kept_web::errors::views::{ErrorPage, error};
use kept_web::inbox::row::Group;
use kept_web::inbox::views::{InboxPage, inbox};
use kept_web::layout::{Place, Section, Shell, Theme, page};
use kept_web::now::views::{Duty, NowPage, now};
use kept_web::outbox::views as outbox;
use kept_web::parts::{Choice, Empty, Field, Flash, Icon, Tab, Tone, Undo};
use kept_web::people::views as people;
use kept_web::search::views::{SearchPage, search};
use kept_web::session::views as session;
use kept_web::settings::{mail, queues, team, views as settings};
use kept_web::ticket::{new, views::ticket as ticket_view};
use kept_web::unsorted::views as unsorted;
use maud::Markup;

use super::desk::{agents, late, minutes, resolved, shell, texts, today, waiting};
use super::ticket;

pub fn all() -> Vec<(&'static str, Markup)> {
    let mut pages = work();
    pages.extend(cards());
    pages.extend(settings_pages());
    pages.extend(fronts());
    pages
}

fn work() -> Vec<(&'static str, Markup)> {
    let at = |title, section| shell(title, section);
    let inbox_shell = at("Inbox", Section::Inbox);
    let toast = Shell {
        flash: Some(flash()),
        ..inbox_shell.clone()
    };
    let place = Place {
        says: "2 of 31".into(),
        previous: Some("/tickets/1038".into()),
        next: Some("/tickets/1047".into()),
    };
    let ticket_shell = Shell {
        place: Some(place),
        ..at("#1042 Printer on floor 2", Section::Inbox)
    };
    vec![
        (
            "inbox",
            page(&inbox_shell, inbox(&full_inbox(), &inbox_shell)),
        ),
        ("inbox-empty", page(&toast, inbox(&empty_inbox(), &toast))),
        (
            "ticket",
            page(
                &ticket_shell,
                ticket_view(&ticket::page(&ticket_shell), &ticket_shell),
            ),
        ),
        (
            "ticket-troubled",
            page(
                &ticket_shell,
                ticket_view(&ticket::troubled(&ticket_shell), &ticket_shell),
            ),
        ),
        ("ticket-new", {
            let s = Shell {
                path: "/tickets/new".into(),
                ..at("New ticket", Section::Elsewhere)
            };
            page(&s, new::new_ticket(&new_ticket(), &s))
        }),
        ("now", {
            let s = at("Now", Section::Now);
            page(&s, now(&now_page(), &s))
        }),
        ("now-empty", {
            let s = at("Now", Section::Now);
            page(
                &s,
                now(
                    &NowPage {
                        groups: vec![],
                        troubles: vec![],
                        says: "All clear.".into(),
                        ..now_page()
                    },
                    &s,
                ),
            )
        }),
        ("unsorted", {
            let s = at("Unsorted", Section::Unsorted);
            page(&s, unsorted::unsorted(&unsorted_page(), &s))
        }),
        ("outbox", {
            let s = at("Outbox", Section::Outbox);
            page(&s, outbox::outbox(&outbox_page(), &s))
        }),
        ("outbox-mail", {
            let s = at("Outbox", Section::Outbox);
            page(&s, outbox::outgoing(&outgoing_page(), &s))
        }),
        ("search", {
            let s = Shell {
                query: "printer client:fox".into(),
                ..at("Search", Section::Elsewhere)
            };
            page(&s, search(&search_page(), &s))
        }),
    ]
}

fn flash() -> Flash {
    Flash {
        tone: Tone::Done,
        says: "Resolved #1042. Dana will be asked to confirm.".into(),
        undo: Some(Undo {
            action: "/undo/7".into(),
            until_seconds: Some(10),
        }),
    }
}

fn tab(words: &str, count: u64, chosen: bool) -> Tab {
    Tab {
        href: format!("/inbox?view={}", words.to_lowercase().replace(' ', "-")),
        words: words.into(),
        count,
        chosen,
    }
}

fn inbox_tabs() -> Vec<Tab> {
    vec![
        tab("All open", 31, true),
        tab("Mine", 9, false),
        tab("Waiting on client", 12, false),
        tab("Third party", 3, false),
        tab("Parked", 2, false),
        tab("Resolved", 18, false),
        tab("Closed", 0, false),
        tab("Spam", 4, false),
    ]
}

fn group(title: &str, hot: bool, rows: Vec<kept_web::inbox::row::TicketRow>) -> Group {
    Group {
        title: title.into(),
        hot,
        rows,
    }
}

fn nothing_here() -> Empty {
    Empty { icon: Icon::Inbox, title: "The inbox is empty".into(), says: "Every mail to your desk becomes a ticket here, with someone responsible from the first minute. Write to support@brightside.example to see the first one.".into(), step: Some(("/tickets/new".into(), "New ticket".into())) }
}

fn full_inbox() -> InboxPage {
    InboxPage {
        tabs: inbox_tabs(),
        groups: vec![
            group("Late", true, late()),
            group("Due today", false, today()),
            group("Waiting on others", false, waiting()),
        ],
        older: Some("/inbox?after=987".into()),
        newest: None,
        agents: agents(),
        empty: nothing_here(),
    }
}

fn empty_inbox() -> InboxPage {
    InboxPage {
        groups: vec![],
        older: None,
        ..full_inbox()
    }
}

fn now_page() -> NowPage {
    NowPage {
        greeting: "Good afternoon, Ines".into(),
        says: "Three tickets need you; the next by 14:20.".into(),
        groups: vec![
            group("Late", true, late()),
            group(
                "Today",
                false,
                today()
                    .into_iter()
                    .filter(|row| row.responsible.as_deref() == Some("Ines Moreau"))
                    .collect(),
            ),
        ],
        waiting: group("Waiting on others", false, waiting()),
        troubles: vec![(
            "One mail could not be delivered: mailbox full".into(),
            "/outbox?view=failed".into(),
        )],
        on_duty: vec![
            Duty {
                queue: "Support".into(),
                agent: "Ines Moreau".into(),
                until: Some(minutes(22)),
            },
            Duty {
                queue: "Purchasing".into(),
                agent: "Jonas Petit".into(),
                until: None,
            },
        ],
    }
}

fn new_ticket() -> new::NewTicket {
    new::NewTicket {
        requester: Field::new("requester", "Who is it for", "")
            .help("A name or an address; someone new is remembered.")
            .placeholder("Dana Fox, or dana@fox-tax.example")
            .required(),
        subject: Field {
            error: Some("Say in a few words what this is about.".into()),
            ..Field::new("subject", "Subject", "").required()
        },
        text: Field::new("text", "What they need", "")
            .placeholder("What was said, what is asked, by when"),
        queue: Field::new("queue", "Queue", "1"),
        queues: vec![Choice::new("1", "Support"), Choice::new("2", "Purchasing")],
        priority: Field::new("priority", "Priority", "normal"),
        priorities: vec![Choice::new("low", "Low"), Choice::new("normal", "Normal")],
        responsible: Field::new("responsible", "Responsible", "0"),
        agents: agents(),
        tell: true,
    }
}

fn unsorted_page() -> unsorted::UnsortedPage {
    let mail =
        |id, reason: &str, from: &str, subject: &str, words: &str, guess| unsorted::Unsorted {
            id,
            at: minutes(-40 * id as i64),
            reason: reason.into(),
            from: from.into(),
            subject: subject.into(),
            words: words.into(),
            size_bytes: 4_812 * id,
            guess,
        };
    unsorted::UnsortedPage {
        mails: vec![
            mail(
                1,
                "A stranger quotes the number of a ticket",
                "Paul <paul@elsewhere.example>",
                "Re: [#1033] Shared calendar shows the wrong time zone",
                "It works here now, too. Marta asked me to tell you.",
                Some((1033, "Shared calendar shows the wrong time zone".into())),
            ),
            mail(
                2,
                "A bounce of a mail we did not send",
                "Mail Delivery System <mailer-daemon@relay.example>",
                "Undelivered Mail Returned to Sender",
                "This is the mail system at host relay.example. I'm sorry to have to inform you that your message could not be delivered.",
                None,
            ),
            mail(
                3,
                "The sender could not be read",
                "=?utf-8?B?4oCm?=",
                "",
                "",
                None,
            ),
        ],
        older: None,
    }
}

fn outgoing(id: u64, to: &str, subject: &str, state: outbox::Sending, at: i64) -> outbox::Outgoing {
    outbox::Outgoing {
        id,
        to: to.into(),
        subject: subject.into(),
        ticket: Some(1042 - id),
        state,
        at: minutes(at),
    }
}

fn outbox_page() -> outbox::OutboxPage {
    use outbox::Sending::*;
    outbox::OutboxPage {
        tabs: vec![
            tab("All", 0, true),
            tab("Queued", 2, false),
            tab("Not delivered", 1, false),
            tab("Sent", 0, false),
        ],
        mails: vec![
            outgoing(
                4,
                "tomasz@harbour.example",
                "VPN drops every ten minutes since Monday",
                Failed {
                    why: "552 5.2.2 mailbox full".into(),
                },
                -3,
            ),
            outgoing(
                0,
                "dana@fox-tax.example",
                "Printer on floor 2 eats every second page",
                Queued { next: minutes(0) },
                0,
            ),
            outgoing(
                5,
                "rui@alder.example",
                "Which of these accounts may be closed?",
                Retrying {
                    next: minutes(12),
                    why: "451 4.7.1 try again later".into(),
                },
                -8,
            ),
            outgoing(
                9,
                "marta@harbour.example",
                "Shared calendar shows the wrong time zone",
                Sent,
                -60,
            ),
            outgoing(
                13,
                "leo@fox-tax.example",
                "Why is the invoice export so slow?",
                Cancelled,
                -310,
            ),
        ],
        older: None,
    }
}

fn outgoing_page() -> outbox::OutgoingPage {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    outbox::OutgoingPage {
        mail: outgoing(4, "tomasz@harbour.example", "VPN drops every ten minutes since Monday", outbox::Sending::Failed { why: "552 5.2.2 mailbox full".into() }, -3),
        headers: vec![header("From", "Brightside IT <support@brightside.example>"), header("To", "Tomasz Bielak <tomasz@harbour.example>"), header("Message-ID", "<1038.4f2a@brightside.example>"), header("In-Reply-To", "<CAF+board-call-77@harbour.example>")],
        text: "Hello Tomasz,\n\nthank you for the log. The tunnel renegotiates every ten minutes because one side asks for a key lifetime of 600 seconds. We change that tonight at 20:00.\n\nInes Moreau\nBrightside IT".into(),
        files: vec![],
        tries: vec![(minutes(-33), "451 4.7.1 try again later".into()), (minutes(-3), "552 5.2.2 mailbox full".into())],
    }
}

fn search_page() -> SearchPage {
    let mut rows: Vec<_> = today()
        .into_iter()
        .chain(resolved())
        .filter(|row| row.client.as_deref() == Some("Fox & Sons Tax"))
        .collect();
    if let Some(first) = rows.first_mut() {
        first.found = vec![
            ("… this morning the big ".into(), false),
            ("printer".into(), true),
            (" on floor 2 takes two pages at once …".into(), false),
        ];
    }
    SearchPage {
        query: "printer client:fox".into(),
        rows,
        says: "3 tickets".into(),
        older: None,
        problem: Some("“is:lat” is not a field. Did you mean is:late?".into()),
        fields: [
            ("is:late", "something is overdue from us"),
            ("turn:client", "waits for the client"),
            ("client:fox", "from this client"),
            ("from:dana", "somebody with this name wrote on it"),
            ("before:2026-10-01", "last active before that day"),
            ("“feed roller”", "these words, next to each other"),
        ]
        .map(|(example, meaning)| (example.to_owned(), meaning.to_owned()))
        .to_vec(),
    }
}

fn person(
    id: u64,
    name: &str,
    address: &str,
    client: Option<&str>,
    role: Option<&str>,
    open: u64,
) -> people::PersonRow {
    people::PersonRow {
        id,
        name: name.into(),
        address: address.into(),
        client: client.map(str::to_owned),
        role: role.map(str::to_owned),
        open_tickets: open,
        last_seen: Some(minutes(-18 * id as i64)),
    }
}

fn everyone() -> Vec<people::PersonRow> {
    vec![
        person(
            1,
            "Dana Fox",
            "dana@fox-tax.example",
            Some("Fox & Sons Tax"),
            None,
            1,
        ),
        person(
            2,
            "Leo Fox",
            "leo@fox-tax.example",
            Some("Fox & Sons Tax"),
            None,
            2,
        ),
        person(
            3,
            "Marta Okafor",
            "marta@harbour.example",
            Some("Harbour Logistics"),
            None,
            2,
        ),
        person(
            4,
            "Tomasz Bielak",
            "tomasz@harbour.example",
            Some("Harbour Logistics"),
            None,
            1,
        ),
        person(
            5,
            "Rui Almeida",
            "rui@alder.example",
            Some("Alder Clinic"),
            None,
            1,
        ),
        person(
            600,
            "Ines Moreau",
            "ines@brightside.example",
            None,
            Some("dispatcher"),
            0,
        ),
    ]
}

fn client(id: u64, name: &str, domain: &str, open: u64, ours: u64) -> clients::ClientRow {
    clients::ClientRow {
        id,
        name: name.into(),
        domains: texts(&[domain]),
        people: 4 + id,
        open_tickets: open,
        ours,
    }
}

fn cards() -> Vec<(&'static str, Markup)> {
    let at = |title, section| shell(title, section);
    let (c, p) = (
        at("Clients", Section::Clients),
        at("People", Section::People),
    );
    let fox: Vec<_> = today()
        .into_iter()
        .filter(|row| row.client.as_deref() == Some("Fox & Sons Tax"))
        .collect();
    let list = clients::ClientsPage {
        clients: vec![
            client(1, "Fox & Sons Tax", "fox-tax.example", 3, 2),
            client(2, "Harbour Logistics", "harbour.example", 3, 2),
            client(3, "Alder Clinic", "alder.example", 3, 1),
            client(4, "Brightside IT", "brightside.example", 0, 0),
        ],
        older: None,
    };
    let card = clients::ClientPage {
        client: client(1, "Fox & Sons Tax", "fox-tax.example", 3, 2),
        notes: Some("Ring the bell twice; the bakery opens the door.".into()),
        open: fox.clone(),
        people: everyone().into_iter().take(2).collect(),
    };
    let dana = people::PersonPage {
        person: person(
            1,
            "Dana Fox",
            "dana@fox-tax.example",
            Some("Fox & Sons Tax"),
            None,
            1,
        ),
        addresses: texts(&["dana@fox-tax.example", "dana.fox@home.example"]),
        client_id: Some(1),
        phone: Some("+351 555 0142".into()),
        notes: Some("Works mornings. Apologises for calling; tell her she need not.".into()),
        open: fox,
        past: resolved(),
    };
    let kinds = vec![
        tab("Everyone", 0, true),
        tab("At clients", 0, false),
        tab("At the desk", 3, false),
    ];
    vec![
        ("clients", page(&c, clients::clients(&list))),
        (
            "clients-empty",
            page(
                &c,
                clients::clients(&clients::ClientsPage {
                    clients: vec![],
                    older: None,
                }),
            ),
        ),
        ("client", page(&c, clients::client(&card, &c))),
        (
            "client-edit",
            page(
                &c,
                clients::edit(
                    &clients::ClientForm {
                        id: Some(1),
                        name: Field::new("name", "Name", "Fox & Sons Tax").required(),
                        domains: Field::new("domains", "Mail domains", "fox-tax.example")
                            .help("One a line. Mail from these is theirs."),
                        notes: Field::new("notes", "Good to know", ""),
                    },
                    &c,
                ),
            ),
        ),
        (
            "people",
            page(
                &p,
                people::people(
                    &people::PeoplePage {
                        tabs: kinds,
                        people: everyone(),
                        older: None,
                        query: String::new(),
                    },
                    &p,
                ),
            ),
        ),
        ("person", page(&p, people::person(&dana, &p))),
        (
            "person-edit",
            page(
                &p,
                people::edit(
                    &people::PersonForm {
                        id: Some(1),
                        name: Field::new("name", "Name", "Dana Fox").required(),
                        addresses: Field::new(
                            "addresses",
                            "Addresses",
                            "dana@fox-tax.example\ndana.fox@home.example",
                        )
                        .help("One a line, the main one first."),
                        phone: Field::new("phone", "Phone", "").kind("tel"),
                        client: Field::new("client", "Client", "1"),
                        clients: vec![Choice::new("", "None"), Choice::new("1", "Fox & Sons Tax")],
                        notes: Field::new("notes", "Good to know", ""),
                    },
                    &p,
                ),
            ),
        ),
    ]
}

fn settings_pages() -> Vec<(&'static str, Markup)> {
    let s = shell("Settings", Section::Settings);
    let queue = |id, name: &str, address: &str, on: Option<&str>| queues::QueueRow {
        id,
        name: name.into(),
        addresses: texts(&[address]),
        members: 3,
        on_duty: on.map(str::to_owned),
        open_tickets: 28 / id,
    };
    vec![
        ("settings", page(&s, settings::index())),
        (
            "settings-desk",
            page(
                &s,
                settings::desk(
                    &settings::DeskForm {
                        name: Field::new("name", "Name of the desk", "Brightside IT")
                            .help("Stands in the mails your clients get."),
                        zone: Field::new("zone", "Time zone", "Europe/Lisbon"),
                        zones: vec![Choice::new("Europe/Lisbon", "Europe/Lisbon")],
                        hours: Field::new("hours", "Hours", "Mon–Fri 9–17")
                            .help("Business time counts only these."),
                        signature: Field::new(
                            "signature",
                            "Signature",
                            "{{ agent }}\nBrightside IT",
                        ),
                    },
                    &s,
                ),
            ),
        ),
        (
            "settings-queues",
            page(
                &s,
                queues::queues(&[
                    queue(
                        1,
                        "Support",
                        "support@brightside.example",
                        Some("Ines Moreau until 14:00"),
                    ),
                    queue(2, "Purchasing", "buy@brightside.example", None),
                ]),
            ),
        ),
        ("settings-queue", page(&s, queues::queue(&one_queue(), &s))),
        ("settings-people", page(&s, team::team(&team_page(), &s))),
        ("settings-mail", page(&s, mail::mail(&mail_page(), &s))),
    ]
}

fn one_queue() -> queues::QueuePage {
    let shift = |id, days: &str, hours: &str, agent: &str| queues::Shift {
        id,
        days: days.into(),
        hours: hours.into(),
        agent: agent.into(),
        now: id == 1,
    };
    let member = |id, name: &str| queues::Member {
        id,
        name: name.into(),
        belongs: id < 3,
    };
    queues::QueuePage {
        id: Some(1),
        name: Field::new("name", "Name", "Support").required(),
        addresses: Field::new(
            "addresses",
            "Addresses",
            "support@brightside.example\nhelp@brightside.example",
        )
        .help("One a line. Mail to these becomes a ticket of this queue."),
        members: vec![
            member(1, "Ines Moreau"),
            member(2, "Jonas Petit"),
            member(3, "Aki"),
        ],
        rota: vec![
            shift(1, "Mon–Fri", "09:00–14:00", "Ines Moreau"),
            shift(2, "Mon–Fri", "14:00–17:00", "Jonas Petit"),
        ],
        agents: agents(),
    }
}

fn team_page() -> team::TeamPage {
    let agent = |id, name: &str, role: &str, mine, active: bool| team::Agent {
        id,
        name: name.into(),
        address: format!(
            "{}@brightside.example",
            name.split(' ').next().unwrap_or_default().to_lowercase()
        ),
        role: role.into(),
        last_seen: active.then(|| minutes(-3 * id as i64)),
        mine,
        active,
    };
    team::TeamPage {
        agents: vec![
            agent(1, "Ines Moreau", "admin", true, true),
            agent(2, "Jonas Petit", "agent", false, true),
            agent(3, "Aki", "dispatcher", false, true),
        ],
        roles: vec![
            Choice::new("agent", "Agent"),
            Choice::new("dispatcher", "Dispatcher"),
            Choice::new("admin", "Admin"),
        ],
        name: Field::new("name", "Name", "").required(),
        address: Field::new("address", "E-mail address", "")
            .kind("email")
            .required(),
        password: Field::new("password", "First password", "")
            .kind("password")
            .help("At least ten characters."),
        role: Field::new("role", "Role", "agent"),
    }
}

fn mail_page() -> mail::MailPage {
    mail::MailPage {
        intakes: vec![mail::Intake {
            how: "LMTP on 127.0.0.1:2424".into(),
            addresses: texts(&["support@brightside.example", "buy@brightside.example"]),
            last: Some(minutes(-18)),
            trouble: None,
        }],
        host: Field::new("host", "Relay", "relay.example").required(),
        port: Field::new("port", "Port", "587").kind("number"),
        security: Field::new("security", "Encryption", "starttls"),
        securities: vec![
            Choice::new("starttls", "STARTTLS"),
            Choice::new("tls", "TLS"),
            Choice::new("none", "None"),
        ],
        user: Field::new("user", "User", "kept"),
        password: Field::new("password", "Password", "")
            .kind("password")
            .placeholder("unchanged"),
        from_name: Field::new("from_name", "From, name", "Brightside IT"),
        from_address: Field::new(
            "from_address",
            "From, address",
            "support@brightside.example",
        )
        .kind("email"),
        tested: Some(mail::Tested {
            worked: false,
            says: "The relay refused the password".into(),
            transcript: texts(&[
                "220 relay.example ESMTP",
                "EHLO brightside.example",
                "250 AUTH PLAIN LOGIN",
                "535 5.7.8 authentication failed",
            ]),
        }),
        test_to: "ines@brightside.example".into(),
    }
}

fn fronts() -> Vec<(&'static str, Markup)> {
    let field = |name: &str, label: &str| Field::new(name, label, "").required();
    let first = session::FirstRun {
        desk: field("desk", "Name of your desk").placeholder("Brightside IT"),
        name: field("name", "Your name").autocomplete("name"),
        address: field("address", "Your e-mail address")
            .kind("email")
            .autocomplete("username"),
        password: field("password", "A password")
            .kind("password")
            .help("At least ten characters.")
            .autocomplete("new-password"),
        intake: field("intake", "Where clients write")
            .kind("email")
            .placeholder("support@brightside.example"),
        csrf: "sample".into(),
        theme: Theme::System,
    };
    let sign_in = session::SignIn {
        desk: Some("Brightside IT".into()),
        address: "ines@brightside.example".into(),
        error: Some("That address and password do not go together. Try again.".into()),
        csrf: "sample".into(),
        back: "/now".into(),
        theme: Theme::System,
    };
    let id = "01JD8Q3F7Z";
    vec![
        ("sign-in", session::sign_in(&sign_in)),
        ("first-run", session::first_run(&first)),
        ("error-404", error(&ErrorPage::not_found(id, Theme::System))),
        ("error-403", error(&ErrorPage::forbidden(id, Theme::System))),
        ("error-500", error(&ErrorPage::failed(id, Theme::System))),
    ]
}
