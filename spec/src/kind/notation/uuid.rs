//! Universally unique identifiers.

use super::facts::{Asked, Facts, PLAIN};
use crate::syntax::IdKind;

/// A UUID in the text form of RFC 9562 section 4, read in any case and shown in
/// lower case. It compares with identifiers of other systems, which may be UUIDs.
pub(super) const FACTS: Facts = Facts {
    name: "uuid",
    form: |text| IdKind::Uuid.read(text),
    lengths: (36, 36),
    asked: Asked::Form("external-id"),
    format: Some("uuid"),
    taken: Some("^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"),
    shown: Some(IdKind::Uuid.pattern()),
    ..PLAIN
};
