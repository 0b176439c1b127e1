//! Tables brought in: looked at first, done once, refused line by line.

use kept_app::ErrorKind;
use kept_app::domain::imports::{Column, Kind, Outcome};
use kept_app::imports::{self, Progress};
use kept_app::people::{ClientCard, add_client};
use kept_app::store::imports::State;

use crate::support::{World, on_both};

const ALL: [Outcome; 5] = [
    Outcome::Make,
    Outcome::Change,
    Outcome::Same,
    Outcome::Refused,
    Outcome::Made,
];

async fn upload(world: &World, kind: Kind, text: &str) -> i64 {
    let file = ("table.csv".to_owned(), text.as_bytes());
    let id = imports::upload(&world.desk, &world.ines, kind, file).await;
    id.expect("is taken in")
}

async fn progress(world: &World, id: i64) -> Progress {
    let all = ALL.to_vec();
    let it = imports::progress(&world.desk, &world.ines, id, all, 0).await;
    it.expect("is there")
}

/// Takes the columns as they are guessed, and looks at every line.
async fn looked(world: &World, kind: Kind, text: &str) -> i64 {
    let id = upload(world, kind, text).await;
    let columns = progress(world, id).await.import.mapping.0;
    imports::look(&world.desk, &world.ines, id, columns)
        .await
        .expect("is looked at");
    while imports::part(&world.desk, id).await.expect("goes on") {}
    id
}

async fn done(world: &World, id: i64) -> Progress {
    imports::begin(&world.desk, &world.ines, id)
        .await
        .expect("begins");
    while imports::part(&world.desk, id).await.expect("goes on") {}
    let it = progress(world, id).await;
    assert_eq!(it.import.state, State::Done);
    it
}

fn outcomes(it: &Progress) -> Vec<(i64, Outcome)> {
    it.lines
        .iter()
        .map(|line| (line.line, line.outcome))
        .collect()
}

#[test]
fn people_are_looked_at_made_once_and_the_same_table_changes_nothing() {
    on_both(|world| async {
        let acme = ClientCard {
            name: "Acme".into(),
            ..ClientCard::default()
        };
        add_client(&world.desk, &world.ines, acme)
            .await
            .expect("is added");
        let me = kept_app::reading::person(&world.desk, &world.ines, world.ines.person).await;
        let mine = me.expect("is there").person.addresses[0].clone();
        let table = "Vorname;Nachname;E-Mail;Firma;Telefon\n\
            Dana;Fox;dana@acme.example;ACME;+351 21\n\
            Lee;Fox;lee@acme.example;Nobody’s;\n\
            Dana;F.;Dana@Acme.example;;\n\
            Ines;M.;MINE;;\n\
            ;;;;\n";
        let table = &table.replace("MINE", mine.as_str());
        let id = looked(&world, Kind::People, table).await;
        let it = progress(&world, id).await;
        assert_eq!(it.import.state, State::Looked);
        let refused = Outcome::Refused;
        assert_eq!(
            outcomes(&it),
            [
                (2, Outcome::Make),
                (3, refused),
                (4, refused),
                (5, refused),
                (6, refused)
            ]
        );
        let says: Vec<&str> = it.lines.iter().map(|line| line.says.as_str()).collect();
        assert!(says[1].contains("no client called Nobody’s"), "{says:?}");
        assert_eq!(says[2], "line 2 is about the same");
        assert!(says[3].contains("works here"), "{says:?}");
        assert!(says[4].contains("no e-mail address"), "{says:?}");
        assert_eq!(done(&world, id).await.count(Outcome::Made), 1);
        let twice = imports::begin(&world.desk, &world.ines, id).await;
        assert_eq!(twice.map_err(|it| it.kind()), Err(ErrorKind::Conflict));
        let again = looked(&world, Kind::People, table).await;
        let again = progress(&world, again).await;
        assert_eq!(again.lines[0].outcome, Outcome::Same);
        let less = "Mail,Job\ndana@acme.example,Boss\n";
        let less = looked(&world, Kind::People, less).await;
        let it = progress(&world, less).await;
        assert_eq!(it.lines[0].says, "Wrote down the job: Boss");
        assert_eq!(done(&world, less).await.count(Outcome::Changed), 1);
        let known = kept_app::people::person_with(&world.desk, "dana@acme.example").await;
        let dana = known.expect("is asked").expect("is known");
        let known = kept_app::reading::person(&world.desk, &world.ines, dana).await;
        let known = known.expect("is there");
        assert_eq!(known.person.name, "Dana Fox");
        assert_eq!(known.details.phone, "+351 21");
        assert!(known.client.is_some());
        world
    });
}

#[test]
fn clients_and_assets_come_one_after_the_other_and_long_tables_a_part_at_a_time() {
    on_both(|world| async {
        let clients = "Firma,Domain\nAcme,acme.example other.example\nLab,acme.example\n";
        let id = looked(&world, Kind::Clients, clients).await;
        let it = done(&world, id).await;
        let lines = outcomes(&it);
        assert_eq!(
            lines,
            [(2, Outcome::Made), (3, Outcome::Refused)],
            "Acme has it by now"
        );
        let mut assets = "Name,Serial,Client,Warranty until\n".to_owned();
        for n in 0..120 {
            assets += &format!("PC {n},SN-{n},acme,31.03.2027\n");
        }
        assets += "PC,SN-0,Acme,\nPC,SN-1000,Acme,soon\n";
        let id = upload(&world, Kind::Assets, &assets).await;
        let mut columns = progress(&world, id).await.import.mapping.0;
        columns[3] = None;
        columns.resize(9, None);
        let early = imports::begin(&world.desk, &world.ines, id).await;
        assert_eq!(early.map_err(|it| it.kind()), Err(ErrorKind::Conflict));
        let nothing = imports::look(&world.desk, &world.ines, id, vec![None]).await;
        assert_eq!(nothing.map_err(|it| it.kind()), Err(ErrorKind::Invalid));
        columns[3] = Some(Column::Warranty);
        imports::look(&world.desk, &world.ines, id, columns)
            .await
            .expect("is looked at");
        assert_eq!(progress(&world, id).await.import.state, State::Looking);
        while imports::part(&world.desk, id).await.expect("goes on") {}
        let it = done(&world, id).await;
        assert_eq!(
            (it.count(Outcome::Made), it.count(Outcome::Refused)),
            (120, 2)
        );
        let (headers, refused) = imports::refused(&world.desk, &world.ines, id)
            .await
            .expect("are there");
        assert_eq!((headers.len(), refused.len()), (4, 2));
        assert_eq!(refused[0].says, "line 2 is about the same");
        assert!(refused[1].says.contains("“soon” is no day"), "{refused:?}");
        world
    });
}
