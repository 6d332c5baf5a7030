//! JSON Pointers (RFC 6901).

/// The pointer to member `name` of the value at `pointer`.
#[must_use]
pub fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn names_with_slashes_and_tildes_are_one_step() {
        assert_eq!(below("/a", "b/c~d"), "/a/b~1c~0d");
        assert_eq!(below("", ""), "/");
    }
}
