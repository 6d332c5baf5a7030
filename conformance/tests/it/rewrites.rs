//! Random rewrites of the traffic: the suite has to notice what violates a row.

use std::path::Path;
use std::sync::LazyLock;

use fieldproof_conformance::campaign::{
    CampaignOptions, Explained, Ground, Learned, RewriteVerdict, judge_all, learn, narrow,
};
use fieldproof_conformance::rewrite::{Operator, Rewrite, draw};
use fieldproof_spec::model::Api;

use super::members;

/// The number of rewrites judged here; `fieldproof mutants --answers` judges as many as
/// requested.
const SOME: usize = 60;

static API: LazyLock<Api> = LazyLock::new(members);

static LEARNED: LazyLock<Learned> = LazyLock::new(|| learned(&options(&[])));

fn options(exclude: &[&str]) -> CampaignOptions {
    CampaignOptions {
        seed: 1,
        cases: 4,
        workers: 8,
        exclude: exclude.iter().map(|one| (*one).to_owned()).collect(),
    }
}

fn learned(options: &CampaignOptions) -> Learned {
    let learned = learn(&API, &Ground::Mocks, options).unwrap();
    assert!(learned.unsound.is_empty(), "{:#?}", learned.unsound);
    learned
}

#[test]
fn what_survives_is_explained() {
    let all = draw(&LEARNED.traffic, 1);
    let judged = judge_all(
        &API,
        &Ground::Mocks,
        &LEARNED,
        &all[..SOME],
        &options(&[]),
        &mut |_| {},
    )
    .unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bench/answers.tsv");
    let explained = Explained::read(&std::fs::read_to_string(file).unwrap()).unwrap();
    let survivors = judged.iter().filter(|one| one.verdict.is_survived());
    let open: Vec<String> = survivors
        .map(|one| format!("{}: {}", API.name, one.told))
        .filter(|name| explained.reason(name).is_none())
        .collect();
    assert!(open.is_empty(), "{open:#?}");
    let noticed = |verdict: &RewriteVerdict| matches!(verdict, RewriteVerdict::Noticed(_));
    let noticed = judged.iter().filter(|one| noticed(&one.verdict)).count();
    assert!(noticed > SOME / 2, "{judged:#?}");
}

#[test]
fn a_rewrite_is_a_line_and_the_same_for_the_same_seed() {
    let all = draw(&LEARNED.traffic, 7);
    assert!(all.len() > 1_000, "{}", all.len());
    for rewrite in &all {
        let text = rewrite.to_string();
        assert_eq!(text.parse().as_ref(), Ok(rewrite), "{text}");
    }
    let again = learned(&options(&[]));
    assert_eq!(draw(&again.traffic, 7), all);
    assert_ne!(draw(&again.traffic, 8)[..SOME], all[..SOME]);
    // Early rewrites cover every operator, as far as there is room.
    for (operator, name) in Operator::ALL {
        let place = all.iter().position(|one| one.operator == *operator);
        assert!(place.is_none_or(|at| at < all.len() / 2), "{name}");
    }
}

#[test]
fn without_the_check_that_notices_it_a_rewrite_survives() {
    let line = "GET /clubs 200 if ?title: answer other $[*].motto";
    let rewrite: Rewrite = line.parse().unwrap();
    let verdict = |exclude: &[&str]| {
        let (some, options) = (std::slice::from_ref(&rewrite), options(exclude));
        let learned = learned(&options);
        let judged = judge_all(&API, &Ground::Mocks, &learned, some, &options, &mut |_| {});
        judged.unwrap().remove(0).verdict
    };
    let RewriteVerdict::Noticed(by) = verdict(&[]) else {
        panic!("nobody notices it")
    };
    assert!(by.starts_with("members.Club.list"), "{by}");
    // Whoever asks with a filter compares with what is listed without one.
    let comparing = [
        "*:elements",
        "*:selects",
        "*:together",
        "*:encodings",
        "*:pages",
    ];
    assert!(verdict(&comparing).is_survived());
}

#[test]
fn what_is_noticed_is_told_in_its_smallest_form() {
    let of = |line: &str| line.parse::<Rewrite>().unwrap();
    let small = narrow(
        &API,
        &Ground::Mocks,
        &LEARNED,
        &of("GET /clubs 200: answer other $[*].title"),
        &options(&[]),
    );
    let expected = of("GET /clubs 200 if bare each 2: answer other $[last].title");
    assert_eq!(small.unwrap(), expected);
}
