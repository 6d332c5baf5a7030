//! A correct service never fails: the mock of a spec keeps every promise of that spec, so
//! each verdict is a pass, or skipped with a reason.

mod cases;
mod every;
mod full;
mod lists;

use std::fs;
use std::sync::Mutex;

use fieldproof_conformance::report::{Outcome, Verdict};
use fieldproof_spec::load;
use fieldproof_spec::model::Api;

use super::few_at_once;

/// The beginning of every spec.
const HEAD: &str = "fieldproof: 1\napi: things\ntitle: Things\nconventions: house\nabout: Keeps things.\nbase: /v1\n\
                    date-time: millis-z\nauth: { scope: things }\n";

/// Rows of a table.
const COLOURS: &str = "code\tlabel\nrd\tred\nbe\tblue\n";

/// The operations of a resource with all of them.
const WHOLE: &str =
    "get: {}\n    create: {}\n    update: { verb: PATCH, also: [PUT] }\n    delete: {}\n";

/// A resource `Thing` with these fields, list and operations; `before` and `behind` are
/// parts of the spec around the resources.
struct Thing<'a> {
    fields: &'a [String],
    list: &'a str,
    operations: &'a str,
    before: &'a str,
    behind: &'a str,
}

impl Default for Thing<'_> {
    fn default() -> Self {
        Self {
            fields: &[],
            list: "",
            operations: WHOLE,
            before: "",
            behind: "",
        }
    }
}

impl Thing<'_> {
    /// The text of its spec.
    fn spec(&self) -> String {
        let rows: String = self
            .fields
            .iter()
            .map(|row| format!("      {row}\n"))
            .collect();
        format!(
            "{HEAD}{}resources:\n  Thing:\n    about: A thing.\n    path: /things\n    \
             id: {{ field: thingId, kind: increasing }}\n    times: {{ created: madeAt, updated: changedAt }}\n    \
             fields:\n      thingId: {{ type: id, mode: read-only, about: Identifier. }}\n{rows}      \
             madeAt: {{ type: date-time, mode: read-only, about: When it was made. }}\n      \
             changedAt: {{ type: date-time, mode: read-only, about: When it changed. }}\n    \
             list: {{ {} }}\n{}{}{}",
            self.before,
            self.list,
            if self.operations.is_empty() {
                ""
            } else {
                "    "
            },
            self.operations,
            self.behind
        )
    }
}

/// A row of a field.
fn row(name: &str, keys: &[&str]) -> String {
    let keys: Vec<&str> = keys.iter().copied().filter(|one| !one.is_empty()).collect();
    format!("{name}: {{ {}, about: One. }}", keys.join(", "))
}

/// The model of a spec without findings.
fn api(text: &str) -> Api {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("things.yaml");
    fs::write(&path, text).expect("a file");
    fs::write(folder.path().join("colours.tsv"), COLOURS).expect("a file");
    let mut loaded = load(&path).expect("a spec");
    let one = loaded.remove(0);
    let found = one.render(false);
    one.api.unwrap_or_else(|| panic!("{text}\n{found}"))
}

/// The outcomes, on the spec's own mock, that are neither a pass nor skipped with a reason.
fn findings(api: &Api, only: &[&str]) -> Vec<Outcome> {
    let right = |one: &Outcome| match one.verdict {
        Verdict::Pass => true,
        Verdict::Skipped => one.message.as_ref().is_some_and(|why| !why.is_empty()),
        _ => false,
    };
    let outcomes = super::judge(api, None, only).outcomes;
    outcomes.into_iter().filter(|one| !right(one)).collect()
}

/// An outcome as text, with its request and answer.
fn line(name: &str, one: &Outcome) -> String {
    let asked = one.exchange.as_ref().map(|exchange| {
        format!(
            "\n    {} {} {}\n    {} {}",
            exchange.method,
            exchange.url,
            exchange.body.as_deref().unwrap_or_default(),
            exchange.status,
            exchange.reply
        )
    });
    format!(
        "{name}: {} {}: {}{}\n",
        one.verdict.word(),
        one.obligation.id,
        one.message.as_deref().unwrap_or_default(),
        asked.unwrap_or_default()
    )
}

/// Judges the mocks of the APIs.
fn assert_right(apis: Vec<(String, Api)>) {
    assert_right_in(apis, &[]);
}

/// The same for obligations that match one of the patterns.
fn assert_right_in(apis: Vec<(String, Api)>, only: &[&str]) {
    let found = Mutex::new(String::new());
    few_at_once(apis, |(name, api)| {
        let all = findings(&api, only);
        let lines: String = all.iter().map(|one| line(&name, one)).collect();
        found.lock().expect("no panic").push_str(&lines);
    });
    let found = found.into_inner().expect("no panic");
    assert!(found.is_empty(), "{found}");
}
