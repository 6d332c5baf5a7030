//! The resolved representation of a small spec, as data.

use std::path::Path;

use fieldproof_spec::load;

use super::Api;
use crate::plan::Plan;

#[test]
fn everything_of_a_parent_and_its_children_is_resolved() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/parent/spec.yaml");
    let api = load(&spec).unwrap().remove(0).api.unwrap();
    insta::assert_json_snapshot!(Api::of(&Plan::new(&api)));
}
