//! Dashboards: whose they are, what each reader sees on them, and that they are mailed once, on time, to whoever wants it.

use jiff::civil::time;
use jiff::tz::TimeZone;
use kept_app::dashboards::{self, Change, Drawn, Figures, NewMailing, OVERVIEW, Rows};
use kept_app::domain::access::Viewer;
use kept_app::domain::dashboards::{Chart, Every, Schedule, Shows};
use kept_app::domain::ids::PersonId;
use kept_app::domain::reports::{By, Report, Shape};
use kept_app::domain::views::{Arranged, Wish};
use kept_app::store::dashboards as stored;
use kept_app::{Error, ErrorKind, views, worker};

use crate::support::{World, mail, on_both};

async fn made(world: &World, who: &Viewer, shared: bool) -> i64 {
    let name = ("Mine".to_owned(), shared);
    let made = dashboards::create(&world.desk, who, name, None).await;
    made.expect("is made")
}

async fn add(world: &World, who: &Viewer, id: i64, shows: Shows) -> Result<u32, Error> {
    let title = String::new();
    dashboards::change(&world.desk, who, id, Change::Add { title, shows }).await
}

async fn cards(world: &World, who: &Viewer, id: i64) -> Vec<Drawn> {
    let shown = dashboards::show(&world.desk, who, id, TimeZone::UTC).await;
    shown.expect("is seen").cards
}

fn kind<T: std::fmt::Debug>(result: Result<T, Error>) -> ErrorKind {
    result.expect_err("is refused").kind()
}

#[test]
fn a_dashboard_is_its_owners_until_it_is_everybodys() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let omar = world.agent("Omar Diaz", "omar@desk.example").await;
        let id = made(&world, &noor, false).await;
        add(&world, &noor, id, Shows::Chart(Chart::Turns))
            .await
            .expect("is added");
        let theirs = dashboards::show(&world.desk, &omar, id, TimeZone::UTC).await;
        assert_eq!(kind(theirs.map(drop)), ErrorKind::NotFound);
        // Not even its existence is told, nor can it be the beginning of somebody else's.
        for who in [&omar, &world.ines] {
            let added = add(&world, who, id, Shows::Chart(Chart::Age)).await;
            assert_eq!(kind(added), ErrorKind::NotFound);
            let copied = ("Copy".to_owned(), false);
            let copied = dashboards::create(&world.desk, who, copied, Some(id)).await;
            assert_eq!(kind(copied), ErrorKind::NotFound);
            let gone = dashboards::remove(&world.desk, who, id, true).await;
            assert_eq!(kind(gone), ErrorKind::NotFound);
            let read = dashboards::letter(&world.desk, who, id, TimeZone::UTC).await;
            assert_eq!(kind(read), ErrorKind::NotFound);
        }
        let shared = ("Ours".to_owned(), true);
        dashboards::rename(&world.desk, &noor, id, shared.clone())
            .await
            .expect("is shared");
        assert_eq!(cards(&world, &omar, id).await.len(), 1);
        assert_eq!(
            kind(dashboards::rename(&world.desk, &omar, id, shared).await),
            ErrorKind::Denied
        );
        // Dispatchers change what everybody sees; what was deleted comes back to where it was.
        dashboards::remove(&world.desk, &world.ines, id, true)
            .await
            .expect("a dispatcher may");
        assert_eq!(
            dashboards::all(&world.desk, &omar)
                .await
                .expect("all")
                .len(),
            1
        );
        dashboards::remove(&world.desk, &noor, id, false)
            .await
            .expect("is back");
        assert_eq!(
            dashboards::all(&world.desk, &omar)
                .await
                .expect("all")
                .len(),
            2
        );
        world
    });
}

#[test]
fn the_overview_is_everybodys_and_nobodys_to_change() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let id = world
            .opens(&mail("dana@acme.example", "Printer", "?"))
            .await;
        world
            .reply(id, "Which one?", kept_app::domain::tickets::AndThen::Ask)
            .await;
        for who in [&noor, &world.ines] {
            let cards = cards(&world, who, OVERVIEW).await;
            assert_eq!(cards.len(), 7);
            let rows = |at: usize| Rows::of(&cards[at].figures);
            let opened: i64 = rows(0).lines.iter().map(|it| it.figures[0].value).sum();
            assert_eq!(opened, 1, "{:?}", rows(0));
            assert_eq!(rows(2).lines[0].labels, ["The client’s"]);
        }
        let refused = add(&world, &world.ines, OVERVIEW, Shows::Chart(Chart::Age)).await;
        assert_eq!(kind(refused), ErrorKind::NotFound);
        let own = ("My own".to_owned(), false);
        let own = dashboards::create(&world.desk, &noor, own, Some(OVERVIEW)).await;
        assert_eq!(cards(&world, &noor, own.expect("is made")).await.len(), 7);
        world
    });
}

#[test]
fn a_shared_dashboard_shows_each_reader_what_they_may_see() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        world
            .opens(&mail("dana@acme.example", "Printer", "?"))
            .await;
        let view = Wish {
            fields: vec![],
            name: "Secret".into(),
            search: "is:open".into(),
            shared: false,
            columns: vec![],
            arranged: Arranged::default(),
        };
        let view = views::create(&world.desk, &world.ines, view)
            .await
            .expect("a view");
        let id = made(&world, &world.ines, true).await;
        add(&world, &world.ines, id, Shows::View(view))
            .await
            .expect("is added");
        let mine = Report {
            search: "agent:me".into(),
            by: vec![By::Client],
            shape: Shape::Bars,
        };
        add(&world, &world.ines, id, Shows::Report(mine))
            .await
            .expect("is added");
        let seen = cards(&world, &world.ines, id).await;
        assert_eq!(seen[0].figures, Figures::Number { view, count: 1 });
        assert_eq!(Rows::of(&seen[1].figures).lines.len(), 1);
        let seen = cards(&world, &noor, id).await;
        assert!(
            matches!(seen[0].figures, Figures::Nothing(_)),
            "{:?}",
            seen[0]
        );
        assert_eq!(seen[0].title, "A view", "not even its name is told");
        assert_eq!(Rows::of(&seen[1].figures).lines, []);
        let odd = Report {
            search: "is:opne".into(),
            ..Report::default()
        };
        let refused = add(&world, &world.ines, id, Shows::Report(odd)).await;
        assert_eq!(kind(refused), ErrorKind::Invalid);
        world
    });
}

fn schedule() -> Schedule {
    Schedule {
        every: Every::Workday,
        time: time(12, 0, 0, 0),
        zone: "UTC".into(),
    }
}

fn wanted(to: Vec<PersonId>) -> NewMailing {
    NewMailing {
        schedule: schedule(),
        to,
        with_pdf: false,
    }
}

/// The subjects of mails about dashboards, with those they went to.
async fn mailed(world: &World) -> Vec<(String, String)> {
    let all = world.written().await.into_iter();
    let of_dashboards = all.filter(|mail| mail.subject.starts_with("Overview"));
    of_dashboards
        .map(|mail| (mail.to[0].address.clone(), mail.subject))
        .collect()
}

#[test]
fn a_dashboard_is_mailed_once_to_each_reader_however_many_nodes_work() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        world
            .opens(&mail("dana@acme.example", "<b>Printer</b>", "?"))
            .await;
        let to = vec![noor.person, world.ines.person];
        let begun = dashboards::begin_mailing(&world.desk, &world.ines, OVERVIEW, wanted(to));
        let mailing = begun.await.expect("begins");
        world.later(179);
        world.work().await;
        assert_eq!(mailed(&world).await, []);
        // Monday noon, and nobody worked until Wednesday: what was missed is told once.
        world.later(1 + 2 * 24 * 60);
        let other = world.again(|_| {}).await;
        worker::run_due(&other).await.expect("the worker works");
        world.work().await;
        other.close().await;
        let subject = "Overview, 25 November 2026".to_owned();
        let mut sent = mailed(&world).await;
        sent.sort();
        assert_eq!(
            sent.iter().filter(|it| it.1 == subject).count(),
            2,
            "{sent:?}"
        );
        assert_eq!(sent.len(), 2);
        let letter = world
            .written()
            .await
            .into_iter()
            .find(|mail| mail.subject == subject);
        let letter = letter.expect("a letter");
        let html = letter.html.expect("has a page");
        assert!(letter.text.contains("Whose turn it is"), "{}", letter.text);
        assert!(
            letter.text.contains(&format!("/mailings/{mailing}")),
            "{}",
            letter.text
        );
        assert!(
            html.contains("Whose turn it is") && !html.contains("<b>Printer"),
            "{html}"
        );
        // One stops it for herself; the other still gets it.
        dashboards::stop(&world.desk, &noor, mailing, true)
            .await
            .expect("stops");
        world.later(24 * 60);
        world.work().await;
        assert_eq!(mailed(&world).await.len(), 3);
        dashboards::end_mailing(&world.desk, &world.ines, mailing, true)
            .await
            .expect("ends");
        world.later(24 * 60);
        world.work().await;
        assert_eq!(mailed(&world).await.len(), 3);
        world
    });
}

#[test]
fn a_dashboard_goes_out_with_a_pdf_when_that_is_wanted() {
    on_both(|world| async {
        world
            .opens(&mail("dana@acme.example", "Printer", "?"))
            .await;
        let new = NewMailing {
            with_pdf: true,
            ..wanted(vec![world.ines.person])
        };
        dashboards::begin_mailing(&world.desk, &world.ines, OVERVIEW, new)
            .await
            .expect("begins");
        world.later(180);
        world.work().await;
        let written = world.written().await;
        let mail = written.iter().find(|it| !it.attachments.is_empty());
        let mail = mail.expect("a mail with a file");
        assert_eq!(mail.attachments[0].filename, "Overview 2026-11-23.pdf");
        assert_eq!(mail.attachments[0].content_type, "application/pdf");
        let kept = world.desk.blobs();
        let file = kept.get(world.desk.store(), &mail.attachments[0].sha256);
        let file = file.await.expect("reads").expect("is there");
        assert!(file.starts_with(b"%PDF-"));
        // Another who looks gets their own figures on paper.
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let paper = dashboards::paper(&world.desk, &noor, OVERVIEW, TimeZone::UTC);
        let paper = paper.await.expect("is written");
        assert!(paper.bytes.starts_with(b"%PDF-"));
        let hidden = made(&world, &world.ines, false).await;
        let refused = dashboards::paper(&world.desk, &noor, hidden, TimeZone::UTC).await;
        assert_eq!(kind(refused), ErrorKind::NotFound);
        world
    });
}

#[test]
fn what_others_do_not_see_is_not_mailed_to_them() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let id = made(&world, &noor, false).await;
        let begin = |who: &Viewer, to: Vec<_>| {
            let (desk, who) = (world.desk.clone(), who.clone());
            async move { dashboards::begin_mailing(&desk, &who, id, wanted(to)).await }
        };
        let theirs = begin(&world.ines, vec![world.ines.person]).await;
        assert_eq!(kind(theirs), ErrorKind::NotFound);
        assert_eq!(
            kind(begin(&noor, vec![world.ines.person]).await),
            ErrorKind::Invalid
        );
        assert_eq!(kind(begin(&noor, vec![]).await), ErrorKind::Invalid);
        // Shared, mailed, and hidden again: nothing goes out.
        dashboards::rename(&world.desk, &noor, id, ("Overview of mine".into(), true))
            .await
            .expect("is shared");
        begin(&noor, vec![world.ines.person]).await.expect("begins");
        dashboards::rename(&world.desk, &noor, id, ("Overview of mine".into(), false))
            .await
            .expect("is hidden");
        world.later(24 * 60);
        world.work().await;
        assert_eq!(mailed(&world).await, []);
        let due = world
            .desk
            .store()
            .read(stored::next_mailing)
            .await
            .expect("is read");
        assert!(due.is_some_and(|due| due > world.desk.now()));
        world
    });
}

#[test]
fn the_load_counts_what_each_agent_has_to_do() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let first = world
            .opens(&mail("dana@acme.example", "Printer", "?"))
            .await;
        let second = world.opens(&mail("dana@acme.example", "Wi-Fi", "?")).await;
        world
            .change(first, kept_app::tickets::Change::Assign(noor.person))
            .await;
        world
            .reply(
                second,
                "Which one?",
                kept_app::domain::tickets::AndThen::Ask,
            )
            .await;
        let loads = dashboards::load(&world.desk, &noor, TimeZone::UTC)
            .await
            .expect("loads");
        let of = |who: &Viewer| {
            let load = loads
                .iter()
                .find(|it| it.person == who.person)
                .expect("works here");
            (load.ours, load.theirs, load.late)
        };
        assert_eq!((of(&noor), of(&world.ines)), ((1, 0, 0), (0, 1, 0)));
        world
    });
}
