//! Read-only paths.

use crate::harness::{CheckError, Harness, Request, Role};
use fieldproof_spec::model::{Credentials, Refusal, UnknownParameters};

/// Checks that the path refuses other methods and unauthorized callers, and treats unknown
/// parameters as the dialect says.
pub(crate) fn only_read(harness: &Harness<'_>, path: &str) -> Result<(), CheckError> {
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        harness.refused(Refusal::Method, &Request::new(method, path))?;
    }
    let api = harness.api;
    if api.credentials != Credentials::None {
        let nobody = Request::get(path).by(Role::Nobody);
        harness.refused(Refusal::Unauthenticated, &nobody)?;
    }
    if api.scoped {
        harness.refused(Refusal::Forbidden, &Request::get(path).by(Role::NoScope))?;
    }
    let asked = Request::get(&format!("{path}?zzz=1"));
    match api.dialect.unknown_parameters.said() {
        Some(UnknownParameters::Refused) => {
            harness.refused_query(&asked, &[("zzz", "unknown_parameter")])
        }
        Some(UnknownParameters::Ignored) => harness.expect(200, &asked).map(drop),
        None => Ok(()),
    }
}
