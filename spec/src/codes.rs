//! All codes of findings, those of the reader and those of the lints.

use crate::diagnostic::code::{Code, READER};
use crate::lint;

/// All codes, sorted by id.
#[must_use]
pub fn all() -> Vec<&'static Code> {
    let lints = lint::ALL.iter().map(|lint| lint.code);
    let mut all: Vec<&'static Code> = READER.iter().map(|code| **code).chain(lints).collect();
    all.sort_by_key(|code| code.id);
    all
}

/// The code with this id, case-insensitively.
#[must_use]
pub fn find(id: &str) -> Option<&'static Code> {
    all()
        .into_iter()
        .find(|code| code.id.eq_ignore_ascii_case(id))
}
