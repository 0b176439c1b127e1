//! Private links: in by the token and by nothing else, out once withdrawn; nobody guesses for long.

use jiff::SignedDuration;
use kept_app::private_links::{self, Link, Purpose};
use kept_app::{Error, ErrorKind};

use crate::support::{World, monday, on_both};

async fn make(world: &World, purpose: Purpose, about: i64) -> String {
    let (random, now) = (world.desk.random().clone(), world.desk.now());
    let made = world
        .desk
        .store()
        .write(move |tx| private_links::create(tx, &random, purpose, about, None, now));
    made.await.expect("a link is made")
}

async fn enter(world: &World, purpose: Purpose, token: &str) -> Result<Link, Error> {
    private_links::enter(&world.desk, purpose, token, "192.0.2.7").await
}

async fn of(world: &World, purpose: Purpose, about: i64) -> Vec<Link> {
    let found = world
        .desk
        .store()
        .read(move |tx| private_links::of(tx, purpose, about));
    found.await.expect("they are listed")
}

#[test]
fn whoever_has_the_link_comes_in_and_the_store_does_not_know_it() {
    on_both(|world| async {
        let token = make(&world, Purpose::Scorecard, 7).await;
        assert_eq!(token.len(), 43, "256 bits: {token}");
        let link = enter(&world, Purpose::Scorecard, &token).await.expect("in");
        assert_eq!((link.about, link.made_at), (7, monday()));
        let known = world.desk.store().read(move |tx| {
            tx.one(
                "SELECT count(*) AS n FROM private_links WHERE token_sha256 = ?1",
                &[token.as_str().into()],
            )?
            .map_or(Ok(0), |row| row.int("n"))
        });
        let known: Result<i64, kept_app::store::StoreError> = known.await;
        assert_eq!(known.expect("counted"), 0);
        world
    });
}

#[test]
fn every_wrong_link_gets_the_same_answer() {
    on_both(|world| async {
        let token = make(&world, Purpose::Call, 1).await;
        let gone = make(&world, Purpose::Scorecard, 2).await;
        let now = world.desk.now();
        let withdrawn = world
            .desk
            .store()
            .write(move |tx| private_links::withdraw_all(tx, Purpose::Scorecard, 2, now));
        withdrawn.await.expect("it is withdrawn");
        let long = "a".repeat(100_000);
        let mut answers = Vec::new();
        for wrong in ["", "x", &token, &gone, &long] {
            let answer = enter(&world, Purpose::Scorecard, wrong).await;
            answers.push(answer.expect_err("refused").to_string());
        }
        answers.dedup();
        assert_eq!(answers, ["there is no page here (any more)"]);
        world
    });
}

#[test]
fn who_guesses_often_is_told_to_wait_and_nobody_else_is() {
    on_both(|world| async {
        let token = make(&world, Purpose::Calendar, 1).await;
        let mut last = ErrorKind::NotFound;
        for guess in 0..20 {
            let answer = enter(&world, Purpose::Calendar, &guess.to_string()).await;
            last = answer.expect_err("refused").kind();
        }
        assert_eq!(last, ErrorKind::TooMany);
        let right = enter(&world, Purpose::Calendar, &token).await;
        right.expect("the right link still opens");
        world
    });
}

#[test]
fn a_use_is_noted_once_an_hour() {
    on_both(|world| async {
        let token = make(&world, Purpose::Calendar, 1).await;
        let used = async || of(&world, Purpose::Calendar, 1).await[0].used_at;
        assert_eq!(used().await, None);
        for (later, noted) in [(0, 0), (59, 0), (1, 60)] {
            world.later(later);
            enter(&world, Purpose::Calendar, &token).await.expect("in");
            assert_eq!(
                used().await,
                Some(monday() + SignedDuration::from_mins(noted))
            );
        }
        world
    });
}

#[test]
fn a_link_made_for_a_while_is_over_by_itself() {
    on_both(|world| async {
        let (random, now) = (world.desk.random().clone(), world.desk.now());
        let until = now + SignedDuration::from_mins(30);
        let made = world.desk.store().write(move |tx| {
            let times = (now, Some(until));
            private_links::create_until(tx, &random, Purpose::Call, 1, None, times)
        });
        let token = made.await.expect("a link is made");
        enter(&world, Purpose::Call, &token).await.expect("in");
        world.later(30);
        let over = enter(&world, Purpose::Call, &token).await;
        assert_eq!(over.expect_err("refused").kind(), ErrorKind::NotFound);
        world
    });
}
