//! Keys that had another name before.

/// A former key, and the key that it is now. One that a map still has elsewhere is former
/// only where the map has the new one.
const FORMER: &[(&str, &str)] = &[
    ("lone", "scalar-as-list"),
    ("set", "unique-items"),
    ("split", "delimited"),
    ("unwrap", "envelope"),
];

/// What a former key is called now.
pub(super) fn successor(key: &str) -> Option<&'static str> {
    let found = FORMER.iter().find(|(former, _)| *former == key);
    found.map(|(_, key)| *key)
}
