//! Compares the schemas of bodies with what the service accepts.

use fieldproof_e2e::{agents, depots, members, shelves};
use serde_json::json;

use super::bodies::{cases, create, judge, only};
use super::samples;

#[test]
fn every_body_that_is_taken_is_of_its_schema() {
    let all = [
        cases::<shelves::shelf::Shelf>(&shelves::API, &samples::shelf()),
        cases::<shelves::book::Book>(&shelves::API, &samples::mail()),
        cases::<shelves::book::Book>(&shelves::API, &samples::call()),
        cases::<agents::agent::Agent>(&agents::API, &samples::agent()),
        only::<agents::agent::Agent>(&agents::API, &samples::phrase(), "phrase"),
        cases::<agents::courier::Courier>(&agents::API, &samples::courier()),
        cases::<depots::depot::Depot>(&depots::API, &samples::depot()),
        cases::<depots::depot::Depot>(&depots::API, &samples::owned()),
        vec![create::<members::notice::Notice>(
            &members::API,
            &json!({ "text": "t" }),
        )],
    ];
    insta::assert_snapshot!(judge(&all.into_iter().flatten().collect::<Vec<_>>()));
}
