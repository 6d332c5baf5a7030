//! JSON Pointers (RFC 6901).

/// `name` as a token of a JSON Pointer (RFC 6901 section 3).
pub(crate) fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
