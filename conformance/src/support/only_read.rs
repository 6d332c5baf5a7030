//! Paths that are only read.

use crate::harness::{CheckError, Harness, Request, Role};
use fieldproof_spec::model::Refusal;

/// Nothing but a read of the path by a caller who may, without parameters, is answered.
pub(crate) fn only_read(harness: &Harness<'_>, path: &str) -> Result<(), CheckError> {
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        harness.refused(Refusal::Method, &Request::new(method, path))?;
    }
    harness.refused(
        Refusal::Unauthenticated,
        &Request::get(path).by(Role::Nobody),
    )?;
    harness.refused(Refusal::Forbidden, &Request::get(path).by(Role::NoScope))?;
    harness
        .refused(Refusal::Query, &Request::get(&format!("{path}?zzz=1")))
        .map(drop)
}
