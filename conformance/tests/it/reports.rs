//! Reports for machines: each of them says what was found, and where.

use fieldproof_conformance::lab::Tokens;
use fieldproof_conformance::model::{Kind, Mutation, Service, serve};
use fieldproof_conformance::report::{Report, Verdict, badge, github, json, junit, sarif, schema};
use fieldproof_conformance::{Baseline, Options, fixtures, run};
use serde_json::Value;

use super::shelves;

const FAILS: &str = "shelves.Shelf.list.filter.label:selects";
const PASSES: &str = "shelves.Shelf.open:typed";

/// A report with one failure, and one obligation that passes.
fn report(baseline: &str) -> Report {
    let api = shelves();
    let mutation = Mutation {
        kind: Kind::FilterIgnored,
        resource: "Shelf".to_owned(),
        member: "label".to_owned(),
    };
    let service = Service::new(api.clone(), Some(mutation)).with(&fixtures(&api));
    let mock = serve(service).unwrap();
    let options = Options {
        url: format!("http://{}", mock.address),
        tokens: Tokens::of_mock(),
        only: vec![FAILS.to_owned(), PASSES.to_owned()],
        baseline: Baseline::read(baseline).unwrap(),
        ..Options::default()
    };
    run(&[api], &options, &mut |_| {}).unwrap()
}

#[test]
fn the_report_as_json_is_what_its_schema_says() {
    let text: Value = serde_json::from_str(&json(&report("[]"))).unwrap();
    let schema = jsonschema::validator_for(&schema()).unwrap();
    assert!(
        schema.is_valid(&text),
        "{:?}",
        schema.iter_errors(&text).next()
    );
    assert_eq!(text["fieldproof"], 1);
    let mut spoiled = text;
    spoiled["outcomes"][0]["verdict"] = "perhaps".into();
    assert!(!schema.is_valid(&spoiled));
}

#[test]
fn junit_has_a_test_case_per_obligation() {
    let text = junit(&report("[]")).unwrap();
    let read = quick_junit::Report::deserialize_from_str(&text).unwrap();
    let suite = &read.test_suites[0];
    assert_eq!(
        (suite.name.as_str(), suite.tests, suite.failures),
        ("shelves", 2, 1)
    );
    assert!(text.contains(FAILS) && text.contains("curl -i"), "{text}");
}

#[test]
fn sarif_points_at_the_row_of_the_spec() {
    let log: Value = serde_json::from_str(&sarif(&report("[]"))).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let [result] = results.as_slice() else {
        panic!("{results:?}")
    };
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        (&result["ruleId"], &result["level"]),
        (&"selects".into(), &"error".into())
    );
    assert!(
        place["artifactLocation"]["uri"]
            .as_str()
            .unwrap()
            .ends_with("shelves.yaml")
    );
    assert!(place["region"]["startLine"].as_u64().unwrap() > 1);
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == "selects"));
}

#[test]
fn github_gets_annotations_and_a_summary() {
    let report = report("[]");
    let text = github::annotations(&report);
    assert!(
        text.starts_with("::error file=") && text.lines().count() == 1,
        "{text}"
    );
    assert!(
        text.contains("title=shelves.Shelf.list.filter.label%3Aselects::"),
        "{text}"
    );
    let summary = github::summary(&report);
    assert!(
        summary.contains("1 fail, 1 pass") && summary.contains(FAILS),
        "{summary}"
    );
}

#[test]
fn the_badge_is_one_line() {
    let text = badge(&report("[]"));
    assert!(text.starts_with("<svg") && text.lines().count() == 1 && text.contains("proven"));
}

#[test]
fn what_is_accepted_is_waived_and_what_is_gone_is_named() {
    let accepted =
        format!(r#"[{{"id":"{FAILS}","reason":"known"}},{{"id":"{PASSES}","reason":"was so"}}]"#);
    let report = report(&accepted);
    assert_eq!(
        (report.count(Verdict::Fail), report.count(Verdict::Waived)),
        (0, 1)
    );
    assert_eq!(report.stale, [PASSES]);
    let over = format!(r#"[{{"id":"{FAILS}","reason":"known","until":"2020-01-01"}}]"#);
    assert_eq!(self::report(&over).count(Verdict::Fail), 1);
}
