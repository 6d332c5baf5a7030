//! Schemas of bodies beside what is taken.

// The same values for every emitted server.
#[expect(dead_code, reason = "no member takes long to read")]
#[path = "../../../shelves/tests/it/bodies/mod.rs"]
mod bodies;

use golden_awkward::awkward::{API, default, option, result};
use serde_json::json;

use self::bodies::{cases, judge};

#[test]
fn every_body_that_is_taken_is_of_its_schema() {
    let whole = json!({
        "type": "a", "self": "s", "members": { "members": "m", "first": true }, "update": true,
        "birth": 1, "value": "v", "match": ["x"], "options": [{ "kind": "call", "where": "+15550109999" }],
    });
    let all = [
        cases::<result::ResultModel>(&API, &whole),
        cases::<option::OptionModel>(&API, &json!({ "kind": "mail", "where": "a@b.c" })),
        cases::<option::OptionModel>(&API, &json!({ "where": "anything" })),
        cases::<default::DefaultModel>(&API, &json!({})),
    ];
    insta::assert_snapshot!(judge(&all.into_iter().flatten().collect::<Vec<_>>()));
}
