//! Checks the mock of a spec by its own suite.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use fieldproof_conformance::harness::RoleTokens;
use fieldproof_conformance::mock::serve;
use fieldproof_conformance::model::Service;
use fieldproof_conformance::report::Verdict;
use fieldproof_conformance::{Options, fixtures, run};
use fieldproof_spec::model::Api;

/// The result of checking a mock.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// The number of obligations that passed.
    pub passed: usize,
    /// Obligations that were skipped, with the reason.
    pub skipped: Vec<String>,
    /// Identifiers and messages of all others.
    pub faults: Vec<(String, String)>,
}

/// Maximum number of characters shown of an exchange.
const TOLD: usize = 600;

/// Checks the mock of `api`, only by the obligations `only` if there are any.
#[must_use]
pub fn judge(api: &Api, seed: u64, only: &[String]) -> Judged {
    let judged = catch_unwind(AssertUnwindSafe(|| judge_or_panic(api, seed, only)));
    judged.unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        let fault = ("panic".to_owned(), said.unwrap_or_default());
        Judged {
            faults: vec![fault],
            ..Judged::default()
        }
    })
}

fn judge_or_panic(api: &Api, seed: u64, only: &[String]) -> Judged {
    let mut judged = Judged::default();
    let mails = match tempfile::tempdir() {
        Ok(mails) => mails,
        Err(error) => {
            judged
                .faults
                .push(("environment".to_owned(), error.to_string()));
            return judged;
        }
    };
    let given = fixtures(api);
    let service = Service::new(api.clone()).with(&given);
    let mock = match serve(service.with_mails(Some(mails.path().to_owned()))) {
        Ok(mock) => mock,
        Err(error) => {
            judged
                .faults
                .push(("environment".to_owned(), error.to_string()));
            return judged;
        }
    };
    let options = Options {
        url: format!("http://{}", mock.address),
        tokens: RoleTokens::of_mock(),
        fixtures: given,
        mails: Some(mails.path().to_owned()),
        notices: Duration::from_secs(5),
        cases: 4,
        seed,
        only: only.to_vec(),
        ..Options::default()
    };
    match run(std::slice::from_ref(api), &options, &mut |_| {}) {
        Ok(report) => {
            for outcome in report.outcomes {
                let id = outcome.obligation.id;
                let mut message = outcome.message.unwrap_or_default();
                if let Some(exchange) = &outcome.exchange {
                    let sent = exchange.body.as_deref().unwrap_or_default();
                    let (method, path) = (&exchange.method, &exchange.url);
                    let told = format!("{method} {path} {sent} => {}", exchange.reply);
                    message.push_str(" | ");
                    message.extend(told.chars().take(TOLD));
                }
                match outcome.verdict {
                    Verdict::Pass => judged.passed += 1,
                    Verdict::Skipped => judged.skipped.push(format!("{id}: {message}")),
                    verdict => judged
                        .faults
                        .push((id, format!("{}: {message}", verdict.word()))),
                }
            }
        }
        Err(lost) => judged.faults.push(("lost".to_owned(), lost.0)),
    }
    judged
}
