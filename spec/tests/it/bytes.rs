use std::time::Instant;

use fieldproof_spec::load;
use proptest::prelude::*;

use super::{SPEC, places, read};

#[test]
fn deep_nesting_ends_the_reader_neither_slowly_nor_badly() {
    let started = Instant::now();
    for text in [
        "{a: ".repeat(100_000),
        "[".repeat(100_000),
        "- ".repeat(100_000),
    ] {
        let found = places(&text);
        let bounded = found
            .iter()
            .any(|place| place.starts_with("FP004") || place.starts_with("FP001"));
        assert!(bounded, "{found:?}");
    }
    // No figure, only that it is not quadratic: minutes would be noticed here.
    assert!(started.elapsed().as_secs() < 60);
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let text = format!("{SPEC}# {}\n", "x".repeat(5 << 20));
    assert_eq!(places(&text), ["FP005 1:1"]);
}

#[test]
fn bytes_that_are_not_text_are_a_finding() {
    let folder = std::env::temp_dir().join(format!("fieldproof-bytes-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("bad.yaml");
    std::fs::write(&file, b"api: \xff\n").unwrap();
    let loaded = load(&file).unwrap();
    assert_eq!(loaded[0].found[0].code.id, "FP001");
    assert!(
        loaded[0].render(false).contains("bad.yaml:1:6"),
        "{}",
        loaded[0].render(false)
    );
    std::fs::remove_dir_all(folder).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in "[a-z0-9{}\\[\\]:,&*!|>'\"%@`# \t\n-]{0,80}") {
        read(&text);
    }

    #[test]
    fn no_change_of_a_spec_makes_the_reader_panic(at in 0..SPEC.len(), length in 0usize..40, text in "[a-z0-9{}\\[\\]:, \n-]{0,12}") {
        let start = SPEC.floor_char_boundary(at);
        let end = SPEC.ceil_char_boundary((start + length).min(SPEC.len()));
        let (api, found) = read(&format!("{}{text}{}", &SPEC[..start], &SPEC[end..]));
        // A spec is good or something is said about it.
        prop_assert!(api.is_some() == found.is_empty());
        prop_assert!(found.iter().all(|one| one.code.id != "FP199"), "{found:?}");
    }
}
