//! Whatever arrives is kept to the byte and can be reached: large mail, and bytes that are no mail.

use kept_app::intake::Taken;
use kept_app::reading::{raw_of_message, raw_of_unsorted};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::support::{World, mail, on_both};

#[test]
fn a_large_mail_is_kept_in_the_folder_with_its_file() {
    on_both(|world| async {
        let line = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5\n";
        let file = line.repeat(3 * 1024 * 1024 / line.len());
        let body = format!(
            "--b\nContent-Type: text/plain\n\nSee the file.\n--b\n\
             Content-Type: application/zip; name=logs.zip\nContent-Disposition: attachment\n\
             Content-Transfer-Encoding: base64\n\n{file}\n--b--"
        );
        let large = mail("dana@acme.example", "Logs", &body)
            .with("Content-Type", "multipart/mixed; boundary=b");
        let ticket = world.opens(&large).await;
        let said = world.conversation(ticket).await.said.remove(0);
        let raw = raw_of_message(&world.desk, &world.ines, said.message.id).await;
        assert!(raw.expect("reads") == large.bytes(), "the original differs");
        let attached = &said.files[0];
        assert_eq!(attached.filename, "logs.zip");
        let content = world
            .desk
            .blobs()
            .get(world.desk.store(), &attached.sha256)
            .await;
        let content = content.expect("reads").expect("it is there");
        assert_eq!(i64::try_from(content.len()).ok(), Some(attached.size_bytes));
        assert!(content.starts_with(b"ABCDEFGHIJKLM"));
        assert!(
            world
                .data()
                .join("blobs")
                .read_dir()
                .expect("a folder")
                .count()
                > 0
        );
        world
    });
}

/// Where a mail can be found again, and its bytes there.
async fn kept(world: &World, taken: Taken) -> Option<Vec<u8>> {
    let raw = match taken {
        Taken::Unsorted(id) => raw_of_unsorted(&world.desk, &world.ines, id).await,
        Taken::Opened(ticket) | Taken::Joined(ticket) => {
            let last = world
                .conversation(ticket)
                .await
                .said
                .pop()
                .expect("it was said");
            raw_of_message(&world.desk, &world.ines, last.message.id).await
        }
        Taken::Duplicate => return None,
    };
    Some(raw.expect("it can be reached").to_vec())
}

/// Noise, and mail with noise in it.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let noise = || prop::collection::vec(any::<u8>(), 0..300);
    let header = "(From|To|Subject|Message-ID|References|Content-Type|Date|In-Reply-To)";
    let line = (header, noise()).prop_map(|(name, value)| {
        let mut line = format!("{name}: ").into_bytes();
        line.extend(value.into_iter().filter(|byte| !b"\r\n".contains(byte)));
        line.extend(b"\r\n");
        line
    });
    let mail = (prop::collection::vec(line, 0..8), noise()).prop_map(|(lines, body)| {
        let mut all = lines.concat();
        all.extend(b"\r\n");
        all.extend(body);
        all
    });
    let from_dana = mail.clone().prop_map(|rest| {
        let mut all = b"From: Dana <dana@acme.example>\r\n".to_vec();
        all.extend(rest);
        all
    });
    prop_oneof![noise(), mail, from_dana]
}

#[test]
fn any_bytes_are_taken_and_can_be_reached() {
    on_both(|world| async {
        let mut runner = TestRunner::deterministic();
        for _ in 0..200 {
            let raw = bytes().new_tree(&mut runner).expect("bytes").current();
            let taken = world.take_raw(raw.clone(), None).await;
            if let Some(kept) = kept(&world, taken).await {
                assert_eq!(kept, raw);
            }
        }
        world
    });
}
