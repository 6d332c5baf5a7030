//! Paths that are only read.

use crate::harness::{CheckError, Harness, Request, Role};

/// Nothing but a read of the path by a caller who may, without parameters, is answered.
pub(crate) fn only_read(harness: &Harness<'_>, path: &str) -> Result<(), CheckError> {
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        harness.expect(405, &Request::new(method, path))?;
    }
    harness.expect(401, &Request::get(path).by(Role::Nobody))?;
    harness.expect(403, &Request::get(path).by(Role::NoScope))?;
    harness
        .expect(400, &Request::get(&format!("{path}?zzz=1")))
        .map(drop)
}
