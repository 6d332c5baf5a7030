//! The suite judges the reference model, as it is and with mutations.

mod contact;
mod goldens;
mod holes;
mod model;
mod mutants;
mod reports;
mod rewrites;
mod right;
mod rows;
mod since;
mod suite;
mod unstable;

use std::path::Path;
use std::sync::Mutex;

use fieldproof_conformance::harness::RoleTokens;
use fieldproof_conformance::mock::serve;

use fieldproof_conformance::mutant::{Mutation, served};
use fieldproof_conformance::report::Report;
use fieldproof_conformance::{Options, fixtures, run};
use fieldproof_spec::load;
use fieldproof_spec::model::Api;

/// A neutral API: a parent, a child, every type of field.
fn shelves() -> Api {
    read("tests/it/shelves")
}

/// A neutral API: alternative notations of input, lists of the deployment, ranges.
fn depots() -> Api {
    read("../runtime/e2e/spec/depots.yaml")
}

/// A neutral API: objects bound to users, numbered pages.
fn members() -> Api {
    read("../runtime/e2e/spec/members.yaml")
}

/// A neutral API: nested objects, look-ups, searches, deployment tables.
fn agents() -> Api {
    read("../runtime/e2e/spec/agents.yaml")
}

/// The same API with required versions for every change.
fn strict() -> Api {
    let mut api = agents();
    api.set("if_match", "required").expect("a switch");
    api
}

/// A neutral API: dates, numbers with any fraction, UUIDs, texts with a pattern.
fn loans() -> Api {
    read("../runtime/e2e/spec/loans.yaml")
}

/// A neutral API: pages that begin behind any identifier.
fn visits() -> Api {
    read("../runtime/e2e/spec/visits.yaml")
}

/// A neutral API: objects nested to any depth, with server-set members.
fn nested() -> Api {
    read("../codegen/tests/cases/nested/spec.yaml")
}

/// A neutral API: envelopes, signatures in hexadecimal digits, other names of events.
fn notification() -> Api {
    read("../codegen/tests/cases/notification/spec.yaml")
}

fn read(path: &str) -> Api {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut loaded = load(&path).expect("the spec of the tests");
    let one = loaded.remove(0);
    let found = one.render(false);
    one.api.unwrap_or_else(|| panic!("{found}"))
}

/// Judges the model of `api`, with a mutation if one is given.
fn judge(api: &Api, mutation: Option<Mutation>, only: &[&str]) -> Report {
    let mails = tempfile::tempdir().expect("a folder");
    let folder = Some(mails.path().to_owned());
    let service = served(api, mutation.as_ref(), &fixtures(api), folder);
    let mock = serve(service).expect("a free port");
    run_with(
        api,
        &format!("http://{}", mock.address),
        only,
        Some(mails.path()),
    )
}

/// Does the work for each, a few at a time, since what is judged mostly waits for the clock.
fn few_at_once<T: Send>(all: Vec<T>, work: impl Fn(T) + Sync) {
    let waiting = Mutex::new(all);
    let next = || waiting.lock().expect("no panic").pop();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                while let Some(one) = next() {
                    work(one);
                }
            });
        }
    });
}

/// Judges the service at `url`.
fn run_on(api: &Api, url: &str, only: &[&str]) -> Report {
    run_with(api, url, only, None)
}

fn run_with(api: &Api, url: &str, only: &[&str], mails: Option<&Path>) -> Report {
    let mut options = options(api, url, mails);
    options.only = only.iter().map(|pattern| (*pattern).to_owned()).collect();
    run(std::slice::from_ref(api), &options, &mut |_| {}).expect("a mock that answers")
}

/// Options for judging a mock of `api` at `url`.
fn options(api: &Api, url: &str, mails: Option<&Path>) -> Options {
    Options {
        url: url.to_owned(),
        tokens: RoleTokens::of_mock(),
        fixtures: fixtures(api),
        mails: mails.map(Path::to_owned),
        cases: 8,
        seed: 1,
        ..Options::default()
    }
}
