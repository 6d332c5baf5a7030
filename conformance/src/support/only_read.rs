//! Paths that are only read.

use crate::lab::{Ask, Lab, Role, Stop};

/// Nothing but a read of the path by a caller who may, without parameters, is answered.
pub(crate) fn only_read(lab: &Lab<'_>, path: &str) -> Result<(), Stop> {
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        lab.expect(405, &Ask::new(method, path))?;
    }
    lab.expect(401, &Ask::get(path).by(Role::Nobody))?;
    lab.expect(403, &Ask::get(path).by(Role::NoScope))?;
    lab.expect(400, &Ask::get(&format!("{path}?zzz=1")))
        .map(drop)
}
