//! Durable jobs: in line, claimed, ended. Nothing twice, nothing forgotten.

use jiff::{SignedDuration, Timestamp};
use kept_store::jobs::{self, Job, JobId, LeaseError, NewJob};
use kept_store::testing::{both, options};
use kept_store::{Store, StoreError};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).expect("a time")
}

fn job<'a>(kind: &'a str, second: i64, unique_key: Option<&'a str>) -> NewJob<'a> {
    NewJob {
        kind,
        body: "{}",
        run_at: at(second),
        created_at: at(0),
        unique_key,
    }
}

fn enqueue(store: &Store, kind: &'static str, second: i64, key: Option<&'static str>) -> JobId {
    store
        .write_blocking(move |tx| jobs::enqueue(tx, &job(kind, second, key)))
        .expect("enqueues")
}

fn claim(store: &Store, worker: &'static str, second: i64, limit: usize) -> Vec<Job> {
    store
        .write_blocking(move |tx| {
            jobs::claim(tx, worker, &["send", "tell"], at(second), MINUTE, limit)
        })
        .expect("claims")
}

fn finish(store: &Store, job: &Job) -> Result<(), LeaseError> {
    let lease = job.lease.clone();
    store.write_blocking(move |tx| jobs::finish(tx, &lease))
}

fn next_due(store: &Store) -> Option<Timestamp> {
    store
        .read_blocking(|tx| jobs::next_due(tx, &["send", "tell"]))
        .expect("reads")
}

#[test]
fn due_jobs_are_claimed_longest_due_first_and_finished_once() {
    both(|store| {
        let later = enqueue(&store, "send", 20, None);
        let first = enqueue(&store, "tell", 10, None);
        enqueue(&store, "send", 99, None);
        enqueue(&store, "other", 1, None);
        let claimed = claim(&store, "a", 30, 10);
        assert_eq!(
            claimed.iter().map(|job| job.id).collect::<Vec<_>>(),
            [first, later]
        );
        assert_eq!(claim(&store, "b", 30, 10), []);
        assert_eq!(finish(&store, &claimed[0]), Ok(()));
        assert_eq!(finish(&store, &claimed[0]), Err(LeaseError::Lost(first)));
    });
}

#[test]
fn a_lease_that_ran_out_is_claimed_again_and_the_first_worker_can_no_longer_end_it() {
    both(|store| {
        let id = enqueue(&store, "send", 0, None);
        let slow = claim(&store, "a", 0, 1);
        assert_eq!(claim(&store, "b", 59, 1), []);
        let fast = claim(&store, "b", 60, 1);
        assert_eq!((fast[0].id, fast[0].attempts), (id, 2));
        assert_eq!(finish(&store, &slow[0]), Err(LeaseError::Lost(id)));
        assert_eq!(finish(&store, &fast[0]), Ok(()));
    });
}

#[test]
fn a_worker_that_claims_its_own_lost_job_again_has_only_the_new_lease() {
    both(|store| {
        let id = enqueue(&store, "send", 0, None);
        let before = claim(&store, "a", 0, 1);
        let after = claim(&store, "a", 60, 1);
        assert_eq!(finish(&store, &before[0]), Err(LeaseError::Lost(id)));
        assert_eq!(finish(&store, &after[0]), Ok(()));
    });
}

#[test]
fn what_a_transaction_did_is_undone_when_its_lease_was_lost() {
    both(|store| {
        enqueue(&store, "send", 0, None);
        let slow = claim(&store, "a", 0, 1);
        claim(&store, "b", 60, 1);
        let lease = slow[0].lease.clone();
        let result = store.write_blocking(move |tx| {
            tx.exec(
                "INSERT INTO settings (key, value) VALUES ('sent', 'yes')",
                &[],
            )?;
            jobs::finish(tx, &lease)
        });
        assert!(matches!(result, Err(LeaseError::Lost(_))));
        let sent = store.read_blocking(|tx| tx.rows("SELECT value FROM settings", &[]));
        assert_eq!(sent.map(|rows| rows.len()), Ok(0));
    });
}

#[test]
fn a_renewed_lease_lasts_longer() {
    both(|store| {
        enqueue(&store, "send", 0, None);
        let lease = claim(&store, "a", 0, 1)[0].lease.clone();
        let renewed = store.write_blocking(move |tx| jobs::renew(tx, &lease, at(50), MINUTE));
        assert_eq!(renewed, Ok(()));
        assert_eq!(claim(&store, "b", 109, 1), []);
        assert_eq!(claim(&store, "b", 110, 1).len(), 1);
    });
}

#[test]
fn a_failed_job_waits_until_its_retry() {
    both(|store| {
        enqueue(&store, "send", 0, None);
        let lease = claim(&store, "a", 0, 1)[0].lease.clone();
        store
            .write_blocking(move |tx| jobs::retry(tx, &lease, at(300), "relay down"))
            .expect("held");
        assert_eq!(next_due(&store), Some(at(300)));
        assert_eq!(claim(&store, "a", 299, 1), []);
        assert_eq!(claim(&store, "a", 300, 1)[0].attempts, 2);
    });
}

#[test]
fn a_buried_job_stays_visible_until_revived_or_forgotten() {
    both(|store| {
        let id = enqueue(&store, "send", 0, Some("mail:7"));
        let lease = claim(&store, "a", 0, 1)[0].lease.clone();
        store
            .write_blocking(move |tx| jobs::bury(tx, &lease, at(5), "no such host"))
            .expect("held");
        assert_eq!(claim(&store, "a", 999, 1), []);
        assert_eq!(next_due(&store), None);
        let buried = store
            .read_blocking(|tx| jobs::buried(tx, 10))
            .expect("reads");
        assert_eq!(
            (buried[0].id, buried[0].last_error.as_str()),
            (id, "no such host")
        );
        assert_eq!(
            store.write_blocking(move |tx| jobs::revive(tx, id, at(10))),
            Ok(true)
        );
        assert_eq!(
            store.write_blocking(move |tx| jobs::forget(tx, id)),
            Ok(false)
        );
        assert_eq!(claim(&store, "a", 10, 1)[0].attempts, 1);
    });
}

#[test]
fn a_buried_job_is_not_revived_beside_its_successor() {
    both(|store| {
        let id = enqueue(&store, "send", 0, Some("mail:7"));
        let lease = claim(&store, "a", 0, 1)[0].lease.clone();
        store
            .write_blocking(move |tx| jobs::bury(tx, &lease, at(5), "broken"))
            .expect("held");
        enqueue(&store, "send", 20, Some("mail:7"));
        let revived = store.write_blocking(move |tx| jobs::revive(tx, id, at(10)));
        assert!(matches!(revived, Err(StoreError::Unique { .. })));
    });
}

#[test]
fn the_same_key_waits_once_at_the_earlier_time() {
    both(|store| {
        let first = enqueue(&store, "tell", 50, Some("digest"));
        assert_eq!(enqueue(&store, "tell", 20, Some("digest")), first);
        assert_eq!(enqueue(&store, "tell", 80, Some("digest")), first);
        assert_eq!(next_due(&store), Some(at(20)));
    });
}

#[test]
fn a_key_asked_for_while_it_runs_runs_once_more() {
    both(|store| {
        enqueue(&store, "tell", 0, Some("digest"));
        let running = claim(&store, "a", 0, 1);
        enqueue(&store, "tell", 90, Some("digest"));
        enqueue(&store, "tell", 70, Some("digest"));
        assert_eq!(claim(&store, "b", 30, 1), []);
        assert_eq!(finish(&store, &running[0]), Ok(()));
        assert_eq!(next_due(&store), Some(at(70)));
        let again = claim(&store, "b", 70, 1);
        assert_eq!(again[0].attempts, 1);
        assert_eq!(finish(&store, &again[0]), Ok(()));
        assert_eq!(next_due(&store), None);
    });
}

#[test]
fn a_running_job_is_due_when_its_lease_runs_out() {
    both(|store| {
        assert_eq!(next_due(&store), None);
        enqueue(&store, "send", 0, None);
        claim(&store, "a", 0, 1);
        assert_eq!(next_due(&store), Some(at(60)));
    });
}

#[test]
fn two_nodes_never_claim_the_same_job() {
    both(|store| {
        for _ in 0..120 {
            enqueue(&store, "send", 0, None);
        }
        let other = Store::open(store.location(), &options()).expect("a second node");
        let nodes = [(store, "a"), (other.clone(), "b")];
        let mut claimed: Vec<JobId> = std::thread::scope(|scope| {
            let nodes = nodes.map(|(node, name)| scope.spawn(move || claim_all(&node, name)));
            nodes
                .into_iter()
                .flat_map(|node| node.join().expect("claims"))
                .collect()
        });
        other.close_blocking();
        claimed.sort();
        let count = claimed.len();
        claimed.dedup();
        assert_eq!((count, claimed.len()), (120, 120));
    });
}

/// Claims until there is nothing left.
fn claim_all(store: &Store, worker: &'static str) -> Vec<JobId> {
    std::iter::from_fn(|| {
        let jobs = claim(store, worker, 1, 7);
        (!jobs.is_empty()).then(|| jobs.into_iter().map(|job| job.id).collect::<Vec<_>>())
    })
    .flatten()
    .collect()
}
