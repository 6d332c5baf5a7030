//! The mock of each spec that the generator is shown by keeps what the spec promises.

use std::fs;
use std::path::Path;

use fieldproof_conformance::report::Verdict;
use fieldproof_spec::load;
use fieldproof_spec::model::Api;

use super::{few_at_once, judge};

/// An obligation that needs more children of one parent than it may have.
const NO_ROOM: &str = "std.Child.serial:unique";

#[test]
fn the_mock_of_every_golden_conforms_to_its_spec() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/cases");
    let entries = fs::read_dir(folder).expect("a folder of cases");
    let paths = entries.map(|entry| entry.expect("an entry").path().join("spec.yaml"));
    let paths: Vec<_> = paths.filter(|path| path.is_file()).collect();
    assert!(paths.len() > 40, "{}", paths.len());
    few_at_once(paths, |path| {
        let loaded = load(&path).expect("a spec");
        loaded
            .into_iter()
            .filter_map(|one| one.api)
            .for_each(|api| conforms(&api));
    });
}

fn conforms(api: &Api) {
    let report = judge(api, None, &[]);
    let right = |one: &fieldproof_conformance::report::Outcome| match one.verdict {
        Verdict::Pass => true,
        Verdict::Skipped => {
            let why = one.message.as_deref().unwrap_or_default();
            !why.contains("fit below one parent") || one.obligation.id == NO_ROOM
        }
        _ => false,
    };
    let wrong: Vec<_> = report.outcomes.iter().filter(|one| !right(one)).collect();
    assert!(wrong.is_empty(), "{}: {wrong:#?}", api.name);
}
