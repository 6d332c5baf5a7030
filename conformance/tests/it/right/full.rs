//! Services that hold much before they are judged, and texts that are joined.

use fieldproof_conformance::harness::{Harness, Pace, Request, RoleTokens};
use fieldproof_conformance::mock::serve;
use fieldproof_conformance::model::Service;
use fieldproof_conformance::report::Verdict;
use fieldproof_conformance::{Options, fixtures};
use serde_json::json;

use super::{Thing, api, assert_right, row};

/// More than four of the largest pages: a check that asks for a part of everything that is
/// there would ask for more than a page may have.
const HELD: usize = 21;

#[test]
fn a_full_service_is_asked_for_no_more_than_a_page_has() {
    let thing = Thing {
        fields: &[row("name", &["type: string, max: 12, required: true"])],
        list: "page: { style: limit-offset, default: 2, max: 4 }, \
               sort: { by: by, order: way, keys: [name, madeAt], default: name }",
        ..Thing::default()
    };
    let api = api(&thing.spec());
    let mock = serve(Service::new(api.clone()).with(&fixtures(&api))).expect("a free port");
    let url = format!("http://{}", mock.address);
    let options = Options {
        url: url.clone(),
        ..Options::default()
    };
    let (tokens, pace) = (RoleTokens::of_mock(), Pace::new(None));
    let harness = Harness::new(&api, &options, &tokens, &pace);
    for at in 0..HELD {
        let body = json!({ "name": format!("held {at}") });
        harness
            .expect(201, &Request::new("POST", "/things").json(&body))
            .expect("an object");
    }
    let report = super::super::run_on(&api, &url, &["*.list*"]);
    let bad: Vec<_> = report
        .outcomes
        .iter()
        .filter(|one| one.verdict != Verdict::Pass)
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
    let orders = |one: &&fieldproof_conformance::report::Outcome| one.obligation.check == "orders";
    assert!(report.outcomes.iter().filter(orders).count() >= 2);
}

#[test]
fn joined_texts_may_be_blank_or_absent() {
    let mut apis = Vec::new();
    for conventions in [true, false] {
        for keys in [
            "",
            ", nullable: true",
            ", blank: nothing, nullable: true",
            ", min: 1",
        ] {
            let part = |name: &str| row(name, &[&format!("type: string, max: 9{keys}")]);
            let thing = Thing {
                fields: &[
                    part("first"),
                    part("last"),
                    row("whole", &["type: string, derive: { join: [first, last] }"]),
                ],
                list: "filters: { whole: { field: whole, op: equals-folded } }, \
                       sort: { by: by, order: way, keys: [whole, madeAt], default: madeAt }",
                ..Thing::default()
            };
            let text = thing.spec();
            let text = if conventions {
                text
            } else {
                text.replace("conventions: house\n", "")
            };
            apis.push((format!("joined{keys}, house: {conventions}"), api(&text)));
        }
    }
    assert_right(apis);
}
