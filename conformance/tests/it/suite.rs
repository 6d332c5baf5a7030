use std::collections::BTreeSet;

use fieldproof_conformance::report::{Verdict, html, json};
use fieldproof_conformance::{Options, compile, report::terminal::Terminal};

use fieldproof_conformance::harness::{Carried, Harness, Leftovers, Pace, Request, RoleTokens};
use fieldproof_conformance::mock::serve;
use fieldproof_conformance::model::Service;
use fieldproof_conformance::mutant::{Mutant, Operator, derive};
use fieldproof_spec::model::Api;

use super::{
    agents, depots, few_at_once, judge, loans, members, nested, notification, shelves, strict,
    visits,
};

#[test]
fn the_model_keeps_every_promise_of_its_spec() {
    let mut capped = depots();
    capped.switches.list_cap = Some(3);
    capped.switches.unknown_members = fieldproof_spec::model::UnknownMembers::Reject;
    let mut merging = depots();
    merging.set("put", "merge").unwrap();
    let mut replacing = agents();
    replacing.set("put", "replace").unwrap();
    let mut short = members();
    short.switches.list_cap = Some(3);
    let all = vec![
        shelves(),
        depots(),
        capped,
        merging,
        members(),
        short,
        agents(),
        loans(),
        visits(),
        replacing,
        nested(),
        notification(),
        strict(),
    ];
    few_at_once(all, |api| {
        let report = judge(&api, None, &[]);
        let bad: Vec<_> = report
            .outcomes
            .iter()
            .filter(|outcome| outcome.verdict != Verdict::Pass)
            .collect();
        assert!(bad.is_empty(), "{bad:#?}");
        let document = &report.documents[0];
        assert_eq!(
            (document.checked, document.proven),
            (document.rows, document.rows),
            "{:?}",
            document.unproven
        );
    });
}

#[test]
fn json_with_the_label_of_a_text_is_a_finding_only_in_the_house() {
    let mut api = shelves();
    let mut all = derive(&api).into_iter();
    let wrong = all.find(|one| one.mutation.operator == Operator::LabelWrong);
    let wrong = wrong.expect("a mutant with another label");
    let verdict = |api: &Api| {
        let report = judge(api, Some(wrong.mutation.clone()), &[&wrong.owner.id]);
        report.outcomes[0].verdict
    };
    assert_eq!(verdict(&api), Verdict::Fail);
    api.dialect.house = None;
    assert_eq!(verdict(&api), Verdict::Pass);
    let mut all = derive(&api).into_iter();
    assert!(all.all(|one| one.mutation.operator != Operator::LabelWrong));
}

#[test]
fn what_may_be_a_repetition_is_no_finding_and_no_pass() {
    let mut api = notification();
    let mut all = derive(&api).into_iter();
    let twice = |one: &Mutant| one.mutation.operator == Operator::NoticeTwice;
    let twice = all.find(|one| twice(one) && one.owner.resource == "Wire");
    let twice = twice.expect("a mutant that tells twice");
    let verdict = |api: &Api| {
        let report = judge(api, Some(twice.mutation.clone()), &[&twice.owner.id]);
        report.outcomes[0].verdict
    };
    assert_eq!(verdict(&api), Verdict::Fail);
    let wire = api.resources.iter_mut().find(|one| one.name == "Wire");
    let watch = wire.and_then(|one| one.watch.as_mut()).expect("a watch");
    watch.notification.id_in.row = None;
    assert_eq!(verdict(&api), Verdict::Skipped);
}

#[test]
fn ids_of_obligations_are_unique_and_stable() {
    let ids: Vec<String> = compile(&shelves())
        .into_iter()
        .map(|obligation| obligation.id)
        .collect();
    let distinct: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
    insta::assert_snapshot!(ids.join("\n"));
}

#[test]
fn every_check_has_an_obligation_here() {
    let used: BTreeSet<&str> = [shelves(), depots(), members(), nested(), strict()]
        .iter()
        .flat_map(compile)
        .map(|obligation| obligation.check)
        .collect();
    // Printed objects and requests come from documents, and this spec has none.
    let unused = ["example", "command"];
    for check in fieldproof_conformance::checks::ALL {
        assert!(
            used.contains(check.name) != unused.contains(&check.name),
            "{}",
            check.name
        );
    }
}

#[test]
fn a_failure_names_row_exchange_command_and_replay() {
    use fieldproof_conformance::mutant::{Mutation, Operator};
    let mutation = Mutation {
        operator: Operator::FilterIgnored,
        resource: "Shelf".to_owned(),
        member: "label".to_owned(),
    };
    let report = judge(
        &shelves(),
        Some(mutation),
        &["*.Shelf.list.filter.label:selects"],
    );
    let mut text = Vec::new();
    Terminal::new(&mut text, false, false)
        .show(&fieldproof_conformance::Event::Judged(&report.outcomes[0]));
    let text = String::from_utf8(text).unwrap();
    for part in [
        "fail shelves.Shelf.list.filter.label:selects",
        "shelves.yaml:",
        "curl -i",
        "the same inputs: --only 'shelves.",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    let page = html::html(&report, &html::Texts::new()).unwrap();
    assert!(
        page.contains("shelves.Shelf.list.filter.label:selects") && page.contains("curl -i"),
        "{page}"
    );
    assert!(json(&report).contains("\"verdict\": \"fail\""));
}

#[test]
fn the_suite_leaves_nothing_behind() {
    let api = shelves();
    let mock = serve(Service::new(api.clone())).unwrap();
    let url = format!("http://{}", mock.address);
    super::run_on(&api, &url, &[]);
    for token in ["main", "other_tenant"] {
        let tokens = RoleTokens {
            main: token.to_owned(),
            ..RoleTokens::default()
        };
        let options = Options {
            url: url.clone(),
            ..Options::default()
        };
        let pace = Pace::new(None);
        let harness = Harness::new(&api, &options, &tokens, &pace);
        let exchange = harness.expect(200, &Request::get("/shelves")).unwrap();
        assert_eq!(exchange.reply, "[]", "{token}");
    }
}

#[test]
fn what_is_left_behind_is_removed_where_versions_are_demanded() {
    let api = strict();
    let mock = serve(Service::new(api.clone())).unwrap();
    let url = format!("http://{}", mock.address);
    let options = Options {
        url: url.clone(),
        ..Options::default()
    };
    let (tokens, pace) = (RoleTokens::of_mock(), Pace::new(None));
    let harness = Harness::new(&api, &options, &tokens, &pace);
    let made = harness.make(api.resource("Agent").unwrap()).unwrap();
    let place = format!("{url}{}{}", api.base, made.path);
    let caller = Carried {
        header: Some(("authorization".to_owned(), "Bearer $TOKEN".to_owned())),
        query: None,
    };
    let left = Leftovers {
        made: vec![(place, caller)],
        ..Leftovers::default()
    };
    assert_eq!(left.remove(&tokens).unwrap(), []);
    harness.expect(404, &Request::get(&made.path)).unwrap();
}

#[test]
fn a_report_says_what_became_of_each_line_of_a_document() {
    use fieldproof_conformance::mutant::{Mutation, Operator};
    use fieldproof_spec::model::{Cited, Document};
    let mut api = shelves();
    let document = Document {
        file: "shelves.txt".to_owned(),
        sha256: String::new(),
    };
    api.documents.insert("api".to_owned(), document);
    for (field, first, last) in [("label", 4, 6), ("open", 7, 7)] {
        let fields = &mut api.resources[0].fields;
        let field = fields.iter_mut().find(|one| one.name == field).unwrap();
        field.row.at.push(Cited {
            document: "api".to_owned(),
            first,
            last,
        });
    }
    let mutation = Mutation {
        operator: Operator::BoundIgnored,
        resource: "Shelf".to_owned(),
        member: "label".to_owned(),
    };
    let report = judge(
        &api,
        Some(mutation),
        &["*.Shelf.label:bounds", "*.Shelf.open:typed"],
    );
    let found: Vec<_> = report.documents[0].pages[0].passages.iter().collect();
    let [label, open] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!((label.first, label.last, label.state), (4, 6, "fail"));
    assert_eq!((open.first, open.last, open.state), (7, 7, "pass"));
    assert_eq!(open.obligations, ["shelves.Shelf.open:typed"]);
    assert!(
        html::html(&report, &html::Texts::new())
            .unwrap()
            .contains("shelves.txt")
    );
}
