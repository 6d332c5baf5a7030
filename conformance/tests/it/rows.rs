//! Judges the specs of this project by their rows alone.

use std::fs;
use std::path::Path;

use fieldproof_conformance::fixtures;
use fieldproof_conformance::mock::serve;
use fieldproof_conformance::mutant::served;
use fieldproof_conformance::report::Verdict;
use fieldproof_conformance::run;
use fieldproof_spec::load;
use fieldproof_spec::model::Api;

use super::{few_at_once, options};

/// The line by which a spec adopts the house conventions.
const TAKEN_ON: &str = "conventions: house\n";

/// A service that does more than its rows say conforms to them: without the conventions,
/// nothing beyond the rows is owed, and nothing extra is a finding.
#[test]
fn without_conventions_a_service_is_judged_by_its_rows() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let apart = tempfile::tempdir().expect("a folder");
    fs::create_dir(apart.path().join("reference")).expect("a folder");
    for folder in ["", "reference"] {
        for entry in fs::read_dir(specs.join(folder)).expect("a folder of specs") {
            let path = entry.expect("an entry").path();
            let copy = apart
                .path()
                .join(path.strip_prefix(&specs).expect("a part"));
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("yaml") => {
                    let text = fs::read_to_string(&path).expect("a spec");
                    fs::write(copy, text.replace(TAKEN_ON, "")).expect("a copy");
                }
                Some("tsv") => {
                    fs::copy(&path, copy).expect("a copy");
                }
                _ => {}
            }
        }
    }
    let (whole, alone) = (apis(&specs), apis(apart.path()));
    assert_eq!(whole.len(), alone.len());
    let both = whole.iter().zip(&alone).collect();
    few_at_once(both, |(whole, alone)| {
        let house = |api: &Api| api.dialect.house.is_some();
        assert!(house(whole) && !house(alone), "{}", whole.name);
        let mails = tempfile::tempdir().expect("a folder");
        let folder = Some(mails.path().to_owned());
        let service = served(whole, None, &fixtures(whole), folder);
        let mock = serve(service).expect("a free port");
        let url = format!("http://{}", mock.address);
        let mut options = options(alone, &url, Some(mails.path()));
        // One input is enough: obligations that only a convention justifies fail with the
        // first.
        options.cases = 1;
        let report = run(std::slice::from_ref(alone), &options, &mut |_| {}).expect("an answer");
        let (passed, others): (Vec<_>, Vec<_>) =
            (report.outcomes.iter()).partition(|outcome| outcome.verdict == Verdict::Pass);
        let found = others.iter().find(|one| one.verdict != Verdict::Skipped);
        assert!(found.is_none(), "{}: {found:#?}", whole.name);
        assert!(passed.len() > others.len(), "{}: {others:#?}", whole.name);
    });
}

fn apis(folder: &Path) -> Vec<Api> {
    let loaded = load(folder).expect("a folder of specs");
    loaded
        .into_iter()
        .filter_map(|one| {
            // A file that several specs share is not an API, and has no findings either.
            assert!(one.found.is_empty(), "{}", one.render(false));
            one.api
        })
        .collect()
}
