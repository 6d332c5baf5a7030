//! Conditional requests (RFC 9110 section 13).

use fieldproof_spec::model::{IfMatch, Resource, Validators};

use super::refusal::{header, names, problem, tags};
use super::{Caller, Record, Refusal, Request, Service};

impl Service {
    /// Checks the version conditions of a change: a version is named if that is required,
    /// and the current version matches.
    pub(super) fn judge_match(
        &self,
        resource: &Resource,
        caller: &Caller,
        record: &Record,
        request: &Request,
    ) -> Result<(), Refusal> {
        judge_tags(request)?;
        let tag = self.tag(resource, caller, record);
        let wanted = request.headers.get("if-match");
        // A version that is never shown cannot be named.
        let shown = !self.api.dialect.validators.is(Validators::None);
        let required = shown && self.api.switches.if_match == IfMatch::Required;
        if required && wanted.is_none() {
            return Err(problem(428, "precondition_required", &[]));
        }
        let fits = wanted.is_none() || names(wanted, &tag, false);
        let unwanted = names(request.headers.get("if-none-match"), &tag, true);
        match fits && !unwanted {
            true => Ok(()),
            false => Err(problem(412, "precondition_failed", &[])),
        }
    }
}

/// Refuses conditions that are not entity tags.
pub(super) fn judge_tags(request: &Request) -> Result<(), Refusal> {
    for name in ["if-match", "if-none-match"] {
        let sent = request.headers.get(name);
        if sent.is_some_and(|sent| tags(sent).is_none()) {
            return Err(header(name));
        }
    }
    Ok(())
}
