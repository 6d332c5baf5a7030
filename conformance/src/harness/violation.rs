//! Refusals that have to name what is wrong, and nothing else.

use fieldproof_spec::model::{Refusal, RefusalBody, Violations};
use serde_json::Value;

use super::{CheckError, Harness, Request};
use crate::model::below;

impl Harness<'_> {
    /// Sends a request whose parameters are wrong and expects it refused, with each of these
    /// named and no other; only problem details say where names of parameters stand.
    ///
    /// # Errors
    /// A failure when it is answered, or refused for something else.
    pub(crate) fn refused_query(
        &self,
        request: &Request,
        wrong: &[(&str, &str)],
    ) -> Result<(), CheckError> {
        let exchange = self.refused(Refusal::Query, request)?;
        let dialect = &self.api.dialect;
        if dialect.refusals.said() != Some(&RefusalBody::Problem) {
            return Ok(());
        }
        let json = exchange.json();
        let errors = json["errors"].as_array().into_iter().flatten();
        let own = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
        let mut found: Vec<(String, String)> = errors
            .map(|error| (own(error, "parameter"), own(error, "code")))
            .collect();
        let named = |(name, code): &(&str, &str)| ((*name).to_owned(), (*code).to_owned());
        let mut expected: Vec<(String, String)> = wrong.iter().map(named).collect();
        found.sort();
        expected.sort();
        let same = match dialect.violations.is(Violations::All) {
            true => found == expected,
            false => !found.is_empty() && found.iter().all(|one| expected.contains(one)),
        };
        self.ensure(same, || {
            let list = |all: &[(String, String)]| {
                let all = all.iter().map(|(name, code)| format!("`{name}`: {code}"));
                all.collect::<Vec<_>>().join(", ")
            };
            format!("{} is named, got {}", list(&expected), list(&found))
        })
    }

    /// Sends a request with values that another object has and expects it refused, with each
    /// of these members named and no other.
    ///
    /// # Errors
    /// A failure when it is taken, or refused for something else.
    pub(crate) fn refused_conflict(
        &self,
        request: &Request,
        members: &[&str],
    ) -> Result<(), CheckError> {
        let exchange = self.refused(Refusal::Conflict, request)?;
        let Some(all) = self.violations(&exchange) else {
            return Ok(());
        };
        let place = |member: &&str| self.places().of(&below("", member));
        let mut expected: Vec<String> = members.iter().map(place).collect();
        let mut found: Vec<&String> = all.iter().map(|one| &one.place).collect();
        found.sort();
        expected.sort();
        let same = match self.api.dialect.violations.is(Violations::All) {
            true => found.iter().copied().eq(&expected),
            false => found.iter().any(|one| expected.contains(one)),
        };
        let coded = all.iter().all(|one| one.has(&["duplicate"]));
        self.ensure(same && coded, || {
            let listed = self.violation_text(&exchange);
            format!("the conflict is named at {expected:?}, got {listed}")
        })
    }
}
