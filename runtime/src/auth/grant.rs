//! Grants of tokens.

/// The rights that a token grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The tenant whose objects the token can see.
    pub tenant: String,
    /// Scopes: `x`, `x:read` or `x:write`.
    pub scopes: Vec<String>,
    /// Email address of the user that the token acts for.
    pub user: Option<String>,
}

impl Grant {
    /// Whether the token grants `scope`, or its `:read` or `:write` half as needed.
    #[must_use]
    pub fn allows(&self, scope: &str, writes: bool) -> bool {
        let half = if writes { "write" } else { "read" };
        self.scopes
            .iter()
            .any(|granted| match granted.strip_prefix(scope) {
                Some("") => true,
                Some(rest) => rest.strip_prefix(':') == Some(half),
                None => false,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::Grant;

    #[test]
    fn halves_of_a_scope_grant_half() {
        let grant = |scope: &str| Grant {
            tenant: "t".to_owned(),
            scopes: vec![scope.to_owned()],
            user: None,
        };
        assert!(grant("x").allows("x", true) && grant("x").allows("x", false));
        assert!(grant("x:read").allows("x", false) && !grant("x:read").allows("x", true));
        assert!(grant("x:write").allows("x", true) && !grant("x:write").allows("x", false));
        assert!(!grant("xy").allows("x", false) && !grant("x").allows("x.y", false));
    }
}
