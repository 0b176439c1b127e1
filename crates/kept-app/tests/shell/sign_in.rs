//! Who may come in: passwords, links, sessions, the first admin.

use kept_app::domain::access::Viewer;
use kept_app::domain::people::Role;
use kept_app::settings::agents::{self, NewAgent};
use kept_app::sign_in::{self, FirstAdmin};
use kept_app::{Desk, Error, ErrorKind};

use crate::support::{World, address, on_both};

const PASSWORD: &str = "correct horse battery";

fn agent(name: &str, mail: &str, role: Role) -> NewAgent {
    NewAgent {
        name: name.into(),
        address: address(mail),
        role,
        password: PASSWORD.into(),
    }
}

async fn noor(world: &World) -> Viewer {
    let ines = agent("Ines Moreau", "ines@desk.example", Role::Admin);
    agents::add_as(&world.desk, None, ines)
        .await
        .expect("is added");
    let new = agent("Noor Haddad", "noor@desk.example", Role::Agent);
    let person = agents::add(&world.desk, &world.ines, new)
        .await
        .expect("is added");
    Viewer {
        person,
        name: "Noor Haddad".into(),
        role: Role::Agent,
    }
}

async fn tries(desk: &Desk, who: &str, password: &str, from: &str) -> Result<String, Error> {
    let session = sign_in::by_password(desk, who, password, from).await?;
    Ok(session.token)
}

#[test]
fn the_right_password_lets_in_and_everything_else_is_refused_alike() {
    on_both(|world| async {
        noor(&world).await;
        let token = tries(&world.desk, " Noor@Desk.example ", PASSWORD, "1")
            .await
            .expect("is in");
        let viewer = sign_in::viewer(&world.desk, &token)
            .await
            .expect("reads")
            .expect("is known");
        assert_eq!(
            (viewer.name.as_str(), viewer.role),
            ("Noor Haddad", Role::Agent)
        );
        let mut answers = Vec::new();
        for (n, (who, password)) in [
            ("noor@desk.example", "wrong"),
            ("nobody@desk.example", PASSWORD),
            ("not an address", PASSWORD),
            ("noor@desk.example", ""),
            ("noor@desk.example", &"x".repeat(5_000)),
        ]
        .into_iter()
        .enumerate()
        {
            let refused = tries(&world.desk, who, password, &format!("{n}")).await;
            answers.push(refused.expect_err(who).to_string());
        }
        answers.dedup();
        assert_eq!(answers, ["Address and password do not go together"]);
        assert_eq!(world.rows("sessions").await, 1);
        world
    });
}

#[test]
fn too_many_tries_must_wait_by_account_and_by_place() {
    on_both(|world| async {
        let check = async |who: &dyn Fn(usize) -> String, from: &dyn Fn(usize) -> String| {
            let mut kinds = Vec::new();
            for n in 0..11 {
                let refused = tries(&world.desk, &who(n), "x", &from(n)).await;
                kinds.push(refused.expect_err("it is wrong").kind());
            }
            assert!(
                kinds[..10].iter().all(|kind| *kind == ErrorKind::Invalid),
                "{kinds:?}"
            );
            assert_eq!(kinds[10], ErrorKind::TooMany);
        };
        let long = "x".repeat(900);
        check(&|_| long.clone(), &|n| format!("10.0.0.{n}")).await;
        check(&|n| format!("{n} {long}"), &|_| "10.0.1.1".into()).await;
        world
    });
}

#[test]
fn who_is_right_is_not_counted() {
    on_both(|world| async {
        noor(&world).await;
        let from = "10.0.2.1";
        for _ in 0..25 {
            tries(&world.desk, "noor@desk.example", PASSWORD, from)
                .await
                .expect("an office comes in at nine");
        }
        let mut wrong = Vec::new();
        for n in 0..25 {
            let who = format!("somebody{n}@desk.example");
            let refused = tries(&world.desk, &who, "x", from).await;
            wrong.push(refused.expect_err("it is wrong").kind());
        }
        let heard = wrong.iter().filter(|kind| **kind == ErrorKind::Invalid);
        assert!(heard.count() <= 10, "{wrong:?}");
        assert_eq!(wrong[24], ErrorKind::TooMany);
        let refused = tries(&world.desk, "noor@desk.example", PASSWORD, from).await;
        let kind = refused.expect_err("guessing is over").kind();
        assert_eq!(kind, ErrorKind::TooMany, "even who is right waits now");
        world
    });
}

#[test]
fn a_session_ends_after_two_weeks_or_by_signing_out() {
    on_both(|world| async {
        noor(&world).await;
        let [one, other] = [
            tries(&world.desk, "noor@desk.example", PASSWORD, "1")
                .await
                .expect("is in"),
            tries(&world.desk, "noor@desk.example", PASSWORD, "1")
                .await
                .expect("is in"),
        ];
        let known = async |token: &str| {
            sign_in::viewer(&world.desk, token)
                .await
                .expect("reads")
                .is_some()
        };
        assert!(known(&one).await && known(&other).await);
        assert!(!known("made up").await);
        sign_in::sign_out(&world.desk, &one).await.expect("is out");
        assert!(!known(&one).await && known(&other).await);
        world.later(14 * 24 * 60 - 1);
        assert!(known(&other).await);
        world.later(1);
        assert!(!known(&other).await);
        world
    });
}

#[test]
fn a_link_lets_in_once_within_a_day() {
    on_both(|world| async {
        let noor = noor(&world).await;
        let link = async || {
            let link = sign_in::new_link(&world.desk, noor.person)
                .await
                .expect("a link");
            assert!(link.starts_with("https://desk.example/sign-in/"), "{link}");
            link.rsplit('/').next().unwrap_or_default().to_owned()
        };
        let token = link().await;
        let session = sign_in::by_link(&world.desk, &token, "1")
            .await
            .expect("is in");
        assert_eq!(session.person, noor.person);
        let used = sign_in::by_link(&world.desk, &token, "1")
            .await
            .expect_err("it is used");
        assert_eq!(used.kind(), ErrorKind::Invalid);
        let late = link().await;
        world.later(24 * 60);
        let old = sign_in::by_link(&world.desk, &late, "1")
            .await
            .expect_err("it is old");
        assert_eq!(old.to_string(), used.to_string());
        world
    });
}

#[test]
fn whoever_left_is_signed_out_and_stays_out() {
    on_both(|world| async {
        let noor = noor(&world).await;
        let token = tries(&world.desk, "noor@desk.example", PASSWORD, "1")
            .await
            .expect("is in");
        let link = sign_in::new_link(&world.desk, noor.person)
            .await
            .expect("a link");
        agents::leave(&world.desk, &world.ines, noor.person)
            .await
            .expect("she leaves");
        let viewer = sign_in::viewer(&world.desk, &token).await.expect("reads");
        assert_eq!(viewer, None);
        tries(&world.desk, "noor@desk.example", PASSWORD, "1")
            .await
            .expect_err("she left");
        let link = link.rsplit('/').next().unwrap_or_default();
        if let Ok(session) = sign_in::by_link(&world.desk, link, "1").await {
            let viewer = sign_in::viewer(&world.desk, &session.token)
                .await
                .expect("reads");
            assert_eq!(viewer, None);
        }
        world
    });
}

fn first(name: &str, mail: &str, password: &str) -> FirstAdmin {
    FirstAdmin {
        name: name.into(),
        address: address(mail),
        password: password.into(),
    }
}

async fn setup_token(world: &World) -> String {
    let link = sign_in::new_setup_link(&world.desk).await.expect("a link");
    link.rsplit('/').next().unwrap_or_default().to_owned()
}

#[test]
fn the_first_run_link_makes_one_admin_once() {
    on_both(|world| async {
        assert!(sign_in::is_needed(&world.desk).await.expect("reads"));
        let old = setup_token(&world).await;
        let token = setup_token(&world).await;
        let claim = async |token: &str, name: &str, password: &str| {
            let admin = first(name, "ines@desk.example", password);
            sign_in::claim(&world.desk, token, admin).await
        };
        claim(&old, "Ines", PASSWORD)
            .await
            .expect_err("a newer one was made");
        claim("made up", "Ines", PASSWORD)
            .await
            .expect_err("it is made up");
        let weak = claim(&token, "Ines", "short")
            .await
            .expect_err("it is weak");
        assert_eq!(weak.kind(), ErrorKind::Invalid);
        let session = claim(&token, "Ines", PASSWORD).await.expect("she is in");
        assert_eq!(
            session.person, world.ines.person,
            "she takes the place that waited"
        );
        let viewer = sign_in::viewer(&world.desk, &session.token)
            .await
            .expect("reads");
        assert_eq!(viewer.map(|viewer| viewer.role), Some(Role::Admin));
        claim(&token, "Eve", PASSWORD)
            .await
            .expect_err("it is used");
        assert!(!sign_in::is_needed(&world.desk).await.expect("reads"));
        let newer = setup_token(&world).await;
        claim(&newer, "Eve", PASSWORD)
            .await
            .expect_err("there is an admin");
        world
    });
}

#[test]
fn of_several_who_claim_a_new_desk_at_once_one_gets_it() {
    on_both(|world| async {
        let token = setup_token(&world).await;
        let claims = (0..4).map(|n| {
            let (desk, token) = (world.desk.clone(), token.clone());
            let admin = first(&format!("A{n}"), &format!("a{n}@desk.example"), PASSWORD);
            tokio::spawn(async move { sign_in::claim(&desk, &token, admin).await.is_ok() })
        });
        let claims: Vec<_> = claims.collect();
        let mut won = 0;
        for claim in claims {
            won += usize::from(claim.await.expect("it ends"));
        }
        assert_eq!(won, 1);
        assert_eq!(world.rows("people").await, 1);
        world
    });
}

#[test]
fn only_admins_change_who_works_here_and_one_always_stays() {
    on_both(|world| async {
        let noor = noor(&world).await;
        let lee = agent("Lee", "lee@desk.example", Role::Agent);
        let denied = agents::add(&world.desk, &noor, lee.clone())
            .await
            .expect_err("she may not");
        assert_eq!(denied.kind(), ErrorKind::Denied);
        let twice = agent("Noor", "noor@desk.example", Role::Agent);
        let known = agents::add(&world.desk, &world.ines, twice)
            .await
            .expect_err("she is here");
        assert_eq!(known.kind(), ErrorKind::Invalid);
        let ines = world.ines.person;
        let last = agents::change_role(&world.desk, &world.ines, ines, Role::Agent).await;
        assert_eq!(
            last.expect_err("somebody must stay").kind(),
            ErrorKind::Conflict
        );
        agents::change_role(&world.desk, &world.ines, noor.person, Role::Admin)
            .await
            .expect("is");
        agents::change_role(&world.desk, &world.ines, ines, Role::Agent)
            .await
            .expect("now she may");
        let nobody = kept_app::domain::ids::PersonId(4711);
        let admin = Viewer {
            role: Role::Admin,
            ..noor
        };
        let lost = agents::change_role(&world.desk, &admin, nobody, Role::Agent).await;
        assert_eq!(lost.expect_err("nobody").kind(), ErrorKind::NotFound);
        let lost = agents::leave(&world.desk, &admin, nobody).await;
        assert_eq!(lost.expect_err("nobody").kind(), ErrorKind::NotFound);
        world
    });
}
