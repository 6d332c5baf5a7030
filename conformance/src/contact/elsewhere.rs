//! Where an API may stand that is not where it was looked for.

use super::Kind;
use crate::harness::{Harness, Request, Unreachable};

/// What stands before the paths of many APIs.
const BASES: &[&str] = &[
    "", "/api", "/v1", "/v2", "/v3", "/api/v1", "/api/v2", "/api/v3", "/rest",
];

/// The first usual base at which the list at `path` answers with JSON.
pub(super) fn elsewhere(
    harness: &Harness<'_>,
    path: &str,
) -> Result<Option<&'static str>, Unreachable> {
    for base in BASES.iter().filter(|base| **base != harness.base()) {
        let answer = harness.wire().at(base).send(&Request::get(path))?;
        let json = !answer.json().is_null();
        if Kind::of(&answer) == Kind::Open && (200..300).contains(&answer.status) && json {
            return Ok(Some(base));
        }
    }
    Ok(None)
}
