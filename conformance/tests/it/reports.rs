//! Machine-readable reports: each says what was found, and where.

use fieldproof_conformance::harness::RoleTokens;
use fieldproof_conformance::mock::serve;
use fieldproof_conformance::model::Service;
use fieldproof_conformance::mutant::{Mutation, Operator, served};
use fieldproof_conformance::report::terminal::Terminal;
use fieldproof_conformance::report::{
    Report, Verdict, badge, github, har, html, hurl, json, junit, sarif, schema, script,
};
use fieldproof_conformance::{Baseline, Event, Options, fixtures, run};
use fieldproof_spec::model::Type;
use serde_json::Value;

use super::shelves;

const FAILS: &str = "shelves.Shelf.list.filter.label:selects";
const PASSES: &str = "shelves.Shelf.open:typed";

/// A report with one failure and one pass.
fn report(baseline: &str) -> Report {
    let api = shelves();
    let mutation = Mutation {
        operator: Operator::FilterIgnored,
        resource: "Shelf".to_owned(),
        member: "label".to_owned(),
    };
    let mock = serve(served(&api, Some(&mutation), &fixtures(&api), None)).unwrap();
    let options = Options {
        url: format!("http://{}", mock.address),
        tokens: RoleTokens::of_mock(),
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
fn every_report_names_the_rule_what_was_sent_and_what_came() {
    let api = shelves();
    let id = "shelves.Shelf.label:bounds";
    let mutation = Mutation {
        operator: Operator::BoundIgnored,
        resource: "Shelf".to_owned(),
        member: "label".to_owned(),
    };
    let report = super::judge(&api, Some(mutation), &[id]);
    let outcome = &report.outcomes[0];
    let finding = outcome.finding.as_ref().unwrap();
    assert_eq!(
        finding.rule,
        "`label` is text of 2 to 60 characters, required, never null"
    );
    assert!(
        finding.sent.starts_with("`/label` is \"xx") && finding.sent.ends_with("61 characters"),
        "{}",
        finding.sent
    );
    assert_eq!(
        finding.expected,
        "status 422, with a violation at `/label` and the code `too_long`"
    );
    assert!(finding.got.starts_with("status 201, `/label` is \"xx"));
    assert!(finding.help.contains("explain bounds") && finding.help.contains(id));
    let mut seen = Vec::new();
    let mut terminal = Terminal::new(&mut seen, false, false);
    terminal.show(&Event::Judged(outcome));
    terminal.show(&Event::Finished(&report));
    let terminal = String::from_utf8(seen).unwrap();
    for (name, text) in [
        ("terminal", terminal),
        ("json", json(&report)),
        ("junit", junit(&report).unwrap()),
        ("sarif", sarif(&report)),
        ("annotations", github::annotations(&report)),
        ("summary", github::summary(&report)),
        ("html", html::html(&report, &html::Texts::new()).unwrap()),
    ] {
        for part in [
            "text of 2 to 60 characters",
            "61 characters",
            "status 422",
            "status 201",
        ] {
            assert!(text.contains(part), "{name} has no `{part}`: {text}");
        }
    }
}

#[test]
fn a_long_body_stays_whole_for_curl_and_is_cut_where_it_is_shown() {
    let mut api = shelves();
    for field in api.resources.iter_mut().flat_map(|one| &mut one.fields) {
        if field.name == "label" {
            field.ty = Type::Text { min: 2, max: 9_000 };
        }
    }
    let mutation = Mutation {
        operator: Operator::BoundIgnored,
        resource: "Shelf".to_owned(),
        member: "label".to_owned(),
    };
    let report = super::judge(&api, Some(mutation), &["shelves.Shelf.label:bounds"]);
    let [outcome] = &report.outcomes[..] else {
        panic!("{:?}", report.counts)
    };
    let body = outcome.exchange.clone().unwrap().body.unwrap();
    assert!(body.contains(&"x".repeat(9_001)), "{} bytes", body.len());
    assert!(outcome.curl.as_ref().unwrap().contains(&body));
    let mut seen = Vec::new();
    Terminal::new(&mut seen, false, false).show(&Event::Judged(outcome));
    let terminal = String::from_utf8(seen).unwrap();
    assert!(
        terminal.len() < 2_000 && terminal.contains("whole in"),
        "{terminal}"
    );
    let page = html::html(&report, &html::Texts::new()).unwrap();
    assert!(page.contains(&format!("… ({} bytes)", body.len())));
}

#[test]
fn a_run_in_which_nothing_is_judged_is_no_success_and_one_without_failures_is() {
    let api = shelves();
    let service = Service::new(api.clone()).with(&fixtures(&api));
    let mock = serve(service).unwrap();
    let judged = |writes: bool, only: &[&str]| {
        let options = Options {
            url: format!("http://{}", mock.address),
            tokens: RoleTokens {
                main: "main".to_owned(),
                ..RoleTokens::default()
            },
            writes,
            only: only.iter().map(|one| (*one).to_owned()).collect(),
            ..Options::default()
        };
        run(std::slice::from_ref(&api), &options, &mut |_| {}).unwrap()
    };
    let nothing = judged(false, &["shelves.Shelf.label:*", "*:token"]);
    assert!(!nothing.is_success(), "{:?}", nothing.counts);
    let why = &nothing.unjudged[0];
    assert!(
        why.contains("`shelves`") && why.contains("--fixtures"),
        "{why}"
    );
    let empty = Options {
        url: format!("http://{}", mock.address),
        tokens: RoleTokens::of_mock(),
        ..Options::default()
    };
    let mut closed = api.clone();
    closed
        .resources
        .iter_mut()
        .for_each(|one| one.create = None);
    let closed = run(&[closed], &empty, &mut |_| {}).unwrap();
    assert!(closed.count(Verdict::Pass) > 0 && closed.count(Verdict::Fail) == 0);
    assert!(!closed.is_success() && closed.unjudged[0].contains("is known to be there"));
    let some = judged(true, &["shelves.Shelf.label:bounds", "*:tenant"]);
    assert!(some.count(Verdict::Skipped) > 0 && some.is_success());
    assert!(judged(true, &["*:token"]).is_success());
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

/// What HAR 1.2 demands of the parts that are written.
const HAR: &str = include_str!("har.schema.json");

#[test]
fn failures_leave_as_an_archive_as_hurl_and_as_a_script() {
    let api = shelves();
    let mutation = Mutation {
        operator: Operator::BoundIgnored,
        resource: "Shelf".to_owned(),
        member: "label".to_owned(),
    };
    let report = super::judge(
        &api,
        Some(mutation),
        &["shelves.Shelf.label:bounds", PASSES],
    );
    let archive: Value = serde_json::from_str(&har(&report)).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(HAR).unwrap()).unwrap();
    assert!(
        schema.is_valid(&archive),
        "{:?}",
        schema.iter_errors(&archive).next()
    );
    let entries = archive["log"]["entries"].as_array().unwrap();
    assert_eq!(
        (entries.len(), &entries[0]["response"]["status"]),
        (1, &201.into())
    );
    let post = &entries[0]["request"]["postData"];
    let sent: Value = serde_json::from_str(post["text"].as_str().unwrap()).unwrap();
    assert!(
        post["mimeType"] == "application/json" && sent["label"].is_string(),
        "{post}"
    );
    let hurl = hurl(&report);
    let lines: Vec<&str> = hurl
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    let [request, headers @ .., body, owed] = &lines[..] else {
        panic!("{hurl}")
    };
    assert!(
        request.starts_with("POST http://127.0.0.1:") && body.starts_with('{'),
        "{hurl}"
    );
    assert!(
        headers.contains(&"authorization: Bearer {{TOKEN}}") && *owed == "HTTP 422",
        "{hurl}"
    );
    let script = script(&report);
    assert!(
        script.starts_with("#!/bin/sh") && script.contains("\ncurl -i -g "),
        "{script}"
    );
    for text in [har(&report), hurl, script] {
        assert!(
            text.contains("TOKEN") && !text.contains("Bearer main"),
            "{text}"
        );
    }
}

#[test]
fn optional_parts_are_left_out_with_their_reason() {
    let api = shelves();
    let keys = &api
        .resource("Shelf")
        .unwrap()
        .list
        .as_ref()
        .unwrap()
        .sort
        .as_ref()
        .unwrap()
        .keys;
    assert!(!keys.is_empty());
    let part = |pattern: &str| {
        let text = format!(r#"[{{"id":"{pattern}","leave-out":true,"reason":"we do not sort"}}]"#);
        Baseline::read(&text).unwrap()
    };
    // A service that does not know the parameters of sorting.
    let mut plain = api.clone();
    for list in plain
        .resources
        .iter_mut()
        .filter_map(|one| one.list.as_mut())
    {
        list.sort = None;
    }
    let mock = serve(served(&plain, None, &fixtures(&plain), None)).unwrap();
    let judged = |baseline: Baseline| {
        let options = Options {
            url: format!("http://{}", mock.address),
            tokens: RoleTokens::of_mock(),
            only: ["shelves.Shelf.list*", "shelves.Shelf.label:bounds"]
                .map(str::to_owned)
                .into(),
            exclude: vec!["*.filter.*".to_owned()],
            cases: 4,
            baseline,
            ..Options::default()
        };
        run(std::slice::from_ref(&api), &options, &mut |_| {}).unwrap()
    };
    assert!(judged(Baseline::default()).count(Verdict::Fail) > 0);
    let report = judged(part("shelves.Shelf.list.sort*"));
    let failed: Vec<&str> = report
        .outcomes
        .iter()
        .filter(|one| one.verdict == Verdict::Fail)
        .map(|one| one.obligation.id.as_str())
        .collect();
    assert!(
        failed.is_empty() && report.count(Verdict::Pass) > 0,
        "{failed:#?}"
    );
    let reason = "left out: we do not sort";
    let left = report
        .outcomes
        .iter()
        .filter(|one| one.message.as_deref() == Some(reason));
    assert!(left.count() >= keys.len());
}
