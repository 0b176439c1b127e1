//! The map in ARCHITECTURE.md as a test: which of our crates may use which, and what the pure
//! crates must never pull in. Reads the manifests only; it never builds anything.

use std::{collections::BTreeSet, fs, path::Path};

/// Every allowed edge. `kept` is absent: it may use them all.
const ALLOWED: [(&str, &[&str]); 6] = [
    ("kept-domain", &[]),
    ("kept-mail", &["kept-domain"]),
    ("kept-pdf", &[]),
    ("kept-store", &["kept-domain"]),
    (
        "kept-app",
        &["kept-domain", "kept-mail", "kept-pdf", "kept-store"],
    ),
    ("kept-web", &["kept-app"]),
];

/// What would bring a disk, a network, a clock or a die into the rules.
const IMPURE: [&str; 12] = [
    "axum",
    "getrandom",
    "lettre",
    "object_store",
    "postgres",
    "rand",
    "reqwest",
    "rusqlite",
    "tokio",
    "tower-http",
    "tracing",
    "uuid",
];

const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

fn crates() -> Vec<(String, toml::Table)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let manifests = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().join("Cargo.toml"));
    let mut crates: Vec<_> = manifests
        .filter(|path| path.is_file())
        .map(|path| read(&path))
        .collect();
    crates.sort_by(|a, b| a.0.cmp(&b.0));
    crates
}

fn read(manifest: &Path) -> (String, toml::Table) {
    let table: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
    let name = table["package"]["name"].as_str().unwrap().to_owned();
    (name, table)
}

/// Names of everything a manifest asks for, with `target.'cfg(…)'` tables looked into as well.
fn asked(manifest: &toml::Table) -> BTreeSet<String> {
    let targets = manifest.get("target").and_then(|it| it.as_table());
    let places = targets
        .into_iter()
        .flat_map(|it| it.values())
        .filter_map(|it| it.as_table());
    std::iter::once(manifest)
        .chain(places)
        .flat_map(|table| KINDS.iter().filter_map(|kind| table.get(*kind)?.as_table()))
        .flat_map(|table| table.iter().map(|(key, value)| package(key, value)))
        .collect()
}

/// A renamed dependency (`web = { package = "kept-web" }`) counts under its real name.
fn package(key: &str, value: &toml::Value) -> String {
    let renamed = value.get("package").and_then(|it| it.as_str());
    renamed.unwrap_or(key).to_owned()
}

#[test]
fn crates_use_only_the_crates_below_them() {
    let crates = crates();
    let ours: BTreeSet<&str> = crates.iter().map(|(name, _)| name.as_str()).collect();
    for (name, manifest) in &crates {
        let Some((_, allowed)) = ALLOWED.iter().find(|(it, _)| it == name) else {
            assert_eq!(
                name, "kept",
                "{name} is not on the map: add it to ALLOWED and to ARCHITECTURE.md"
            );
            continue;
        };
        // A crate may name itself, to have its own test tools in its integration tests.
        let used = asked(manifest);
        for used in used
            .iter()
            .filter(|it| *it != name && ours.contains(it.as_str()))
        {
            assert!(
                allowed.contains(&used.as_str()),
                "{name} must not use {used}"
            );
        }
    }
}

#[test]
fn the_map_names_crates_that_exist() {
    let crates = crates();
    for (name, allowed) in ALLOWED {
        for it in std::iter::once(&name).chain(allowed) {
            assert!(
                crates.iter().any(|(known, _)| known == it),
                "{it} is on the map but has no crate"
            );
        }
    }
}

#[test]
fn the_pure_crates_ask_for_nothing_impure() {
    for (name, manifest) in crates()
        .iter()
        .filter(|(it, _)| ["kept-domain", "kept-mail", "kept-pdf"].contains(&&**it))
    {
        for used in asked(manifest) {
            assert!(
                !IMPURE.contains(&used.as_str()),
                "{name} is pure and must not use {used}"
            );
        }
    }
}

#[test]
fn every_dependency_says_why_it_lives_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap();
    let text = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    let reasons = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    for (name, value) in manifest["workspace"]["dependencies"].as_table().unwrap() {
        let ours = value.get("path").is_some();
        assert!(
            ours || reasons.contains(&format!("`{name}`")),
            "CONTRIBUTING.md does not say why {name} is here"
        );
    }
}
