//! A sample of the campaign: specs that `check` accepts have a valid document, and a mock that
//! passes its own suite. `FIELDPROOF_RANDOM=N` sets the number of specs.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use fieldproof_random::{check, document, mock, names, shrink, sound, spec};

/// Seed of the sample.
const SEED: u64 = 1;

/// Default number of specs.
const SAMPLE: u64 = 12;

/// Default number of names.
const NAMES: usize = 200;

/// The faults of spec `number`.
fn faults(number: u64) -> Vec<String> {
    let Some(made) = sound(spec(SEED, number)) else {
        return Vec::new();
    };
    let mut found = document::faults(&made.api);
    let judged = mock::judge(&made.api, SEED, &[]);
    let told = |(id, why)| format!("{number} {id}: {why}");
    found.extend(judged.faults.into_iter().map(told));
    found
}

#[test]
fn what_check_accepts_keeps_its_promises() {
    let count = std::env::var("FIELDPROOF_RANDOM").ok();
    let count = count.and_then(|text| text.parse().ok()).unwrap_or(SAMPLE);
    let (next, found) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    let own = faults(number);
                    found.lock().unwrap().extend(own);
                }
            });
        }
    });
    let found = found.into_inner().unwrap();
    assert!(found.is_empty(), "{found:#?}");
}

/// Small specs that once failed, each for a different reason.
#[test]
fn what_failed_once_keeps_its_promises() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept");
    let files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|one| one.unwrap().path())
        .collect();
    assert!(files.len() > 10, "{files:?}");
    let found = Mutex::new(Vec::new());
    let judge = |file: &PathBuf| {
        let value = serde_yaml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let (text, wrong, api) = check(&value);
        let api = api.unwrap_or_else(|| panic!("{text}\n{wrong:#?}"));
        let mut own = document::faults(&api);
        let judged = mock::judge(&api, SEED, &[]).faults.into_iter();
        own.extend(judged.map(|(id, why)| format!("{id}: {why}")));
        found.lock().unwrap().extend(own);
    };
    for some in files.chunks(4) {
        std::thread::scope(|scope| {
            some.iter()
                .for_each(|file| drop(scope.spawn(|| judge(file))))
        });
    }
    let found = found.into_inner().unwrap();
    assert!(found.is_empty(), "{found:#?}");
}

/// `FIELDPROOF_NAMES=N` sets the number of names.
#[test]
fn whatever_things_are_called_what_is_emitted_compiles_without_a_warning() {
    let count = std::env::var("FIELDPROOF_NAMES").ok();
    let count = count.and_then(|text| text.parse().ok()).unwrap_or(NAMES);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let drawn = names::draw(root, SEED, count);
    let (roles, said) = names::judge(root, target, &drawn).unwrap();
    // Only a few are illegal names for a member.
    assert!(roles.members * 10 > count * 9, "{roles:?}");
    assert!(roles.types > 0 && roles.values > 0, "{roles:?}");
    assert_eq!(said, None);
}

#[test]
fn the_same_seed_makes_the_same_specs_and_they_differ_from_each_other() {
    let texts: Vec<String> = (0..20).map(|number| spec(7, number).to_string()).collect();
    let again: Vec<String> = (0..20).map(|number| spec(7, number).to_string()).collect();
    assert_eq!(texts, again);
    let mut distinct = texts.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), texts.len());
}

#[test]
fn a_spec_that_fails_is_made_small() {
    let made = (0..50).find_map(|number| sound(spec(SEED, number)));
    let made = made.expect("one of fifty is sound");
    // A spec "fails" here if it has a resource at all.
    let small = shrink::shrink(made.clone(), 400, &mut |one| !one.api.resources.is_empty());
    assert!(
        small.text.len() * 2 < made.text.len(),
        "{}\n{}",
        made.text,
        small.text
    );
}
