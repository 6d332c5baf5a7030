//! Cases found by others.

use fieldproof_conformance::mutant::{Mutation, Operator};
use fieldproof_conformance::report::Verdict;

use super::{Thing, api, assert_right, row};

#[test]
fn made_up_values_fit_a_short_text() {
    let fields = [row("name", &["type: string, max: 12, required: true"])];
    let thing = Thing {
        fields: &fields,
        ..Thing::default()
    };
    assert_right(vec![("short".to_owned(), api(&thing.spec()))]);
}

#[test]
fn combinations_of_few_values_use_all_of_their_room() {
    let fields = [
        row(
            "day",
            &["type: string, values: [mon, tue, wed, thu], required: true"],
        ),
        row("slot", &["type: integer, min: 1, max: 8, required: true"]),
    ];
    let more = "get: {}\n    create: {}\n    update: { verb: PATCH }\n    delete: {}\n    \
                unique:\n      - { fields: [day, slot], within: tenant }\n";
    let thing = Thing {
        fields: &fields,
        operations: more,
        ..Thing::default()
    };
    assert_right(vec![("pairs".to_owned(), api(&thing.spec()))]);
}

/// An API with six objects on a deployment that caps lists at three, so that only pages
/// show the rest.
fn capped() -> fieldproof_spec::model::Api {
    let fields = [row("name", &["type: string, max: 12, required: true"])];
    let list = "page: { style: page-number, by: page, size: size, default: 30 }, \
                envelope: { items: things, pages: pages }";
    let thing = Thing {
        fields: &fields,
        list,
        ..Thing::default()
    };
    let mut api = api(&thing.spec());
    api.switches.list_cap = Some(3);
    api
}

#[test]
fn every_object_of_a_capped_list_is_reached_by_pages() {
    let only = ["*.Thing.list.page:pages", "*.Thing.list.envelope:enveloped"];
    let report = crate::judge(&capped(), None, &only);
    assert_eq!(report.count(Verdict::Pass), 2, "{:#?}", report.outcomes);
}

#[test]
fn a_list_that_hides_objects_or_its_envelope_is_failed() {
    for (operator, only) in [
        (Operator::ListCut, "*.Thing.list.page:pages"),
        (Operator::EnvelopeMissing, "*.Thing.list.envelope:enveloped"),
    ] {
        let mutation = Mutation {
            operator,
            resource: "Thing".to_owned(),
            member: String::new(),
        };
        let report = crate::judge(&capped(), Some(mutation), &[only]);
        assert_eq!(
            report.count(Verdict::Fail),
            1,
            "{operator:?}: {:#?}",
            report.outcomes
        );
    }
}

/// An API whose changes have to name a version.
fn demanding() -> fieldproof_spec::model::Api {
    let fields = [row("name", &["type: string, max: 12, required: true"])];
    let thing = Thing {
        fields: &fields,
        before: "switches: { if_match: required }\n",
        ..Thing::default()
    };
    api(&thing.spec())
}

#[test]
fn a_service_that_demands_versions_is_judged_by_all_that_it_owes() {
    let report = crate::judge(&demanding(), None, &["*:demanded"]);
    assert_eq!(report.count(Verdict::Pass), 2, "{:#?}", report.outcomes);
    assert_right(vec![("versions".to_owned(), demanding())]);
}

#[test]
fn a_service_that_forgets_to_demand_versions_is_failed() {
    for operation in ["update", "delete"] {
        let mutation = Mutation {
            operator: Operator::ConditionUnasked,
            resource: "Thing".to_owned(),
            member: operation.to_owned(),
        };
        let only = format!("*.Thing.{operation}:demanded");
        let report = crate::judge(&demanding(), Some(mutation), &[&only]);
        let [outcome] = report.outcomes.as_slice() else {
            panic!("{:#?}", report.outcomes)
        };
        assert_eq!(outcome.verdict, Verdict::Fail, "{outcome:#?}");
        // A header that was left out on purpose is not in the command either.
        let exchange = outcome.exchange.as_ref().unwrap();
        assert!(!exchange.curl().contains("if-match"), "{exchange:#?}");
    }
}

#[test]
fn commands_of_changes_name_a_version_where_one_is_demanded() {
    for (operation, named) in [("create", false), ("update", true), ("delete", true)] {
        let mutation = Mutation {
            operator: Operator::StatusWrong,
            resource: "Thing".to_owned(),
            member: operation.to_owned(),
        };
        let only = format!("*.Thing.{operation}:status");
        let report = crate::judge(&demanding(), Some(mutation), &[&only]);
        let exchange = report.outcomes[0].exchange.as_ref().unwrap();
        let curl = exchange.curl();
        assert_eq!(curl.contains("-H 'if-match: *'"), named, "{curl}");
    }
}
