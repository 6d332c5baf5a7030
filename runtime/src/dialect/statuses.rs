//! The status for each kind of error.

/// The status for each kind of error; the status of validation errors is set by a switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statuses {
    /// The body cannot be read.
    pub malformed: u16,
    /// The media type of the body is not supported.
    pub media_type: u16,
    /// The body is too long.
    pub too_large: u16,
    /// A parameter is unknown or its value is illegal.
    pub query: u16,
    /// The caller is not authenticated.
    pub unauthenticated: u16,
    /// The caller may not do this.
    pub forbidden: u16,
    /// There is no such object or path.
    pub not_found: u16,
    /// The path does not take the method.
    pub method: u16,
    /// Another object already has the value.
    pub conflict: u16,
    /// The object's version does not match the condition.
    pub precondition: u16,
    /// The change has to state a version.
    pub unconditional: u16,
}

impl Statuses {
    /// The statuses of the house.
    pub const BASE: Self = Self {
        malformed: 400,
        media_type: 415,
        too_large: 413,
        query: 400,
        unauthenticated: 401,
        forbidden: 403,
        not_found: 404,
        method: 405,
        conflict: 409,
        precondition: 412,
        unconditional: 428,
    };

    /// The status for a problem code; `None` means that it keeps its own.
    pub(super) fn of(&self, code: &str) -> Option<u16> {
        Some(match code {
            "malformed_body" | "too_deep" | "bad_header" => self.malformed,
            "unsupported_media_type" => self.media_type,
            "body_too_large" => self.too_large,
            "bad_query" => self.query,
            "unauthorized" => self.unauthenticated,
            "forbidden" | "user_required" => self.forbidden,
            "not_found" => self.not_found,
            "method_not_allowed" => self.method,
            "conflict" | "refused" => self.conflict,
            "precondition_failed" => self.precondition,
            "precondition_required" => self.unconditional,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Statuses;
    use crate::problem::KINDS;

    #[test]
    fn the_house_gives_each_kind_the_status_that_it_has() {
        for kind in KINDS {
            let status = Statuses::BASE.of(kind.code);
            assert!(
                status.is_none_or(|status| status == kind.status),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn nothing_but_the_rules_of_a_body_and_what_befalls_a_server_is_left_to_others() {
        let without = KINDS
            .iter()
            .filter(|kind| Statuses::BASE.of(kind.code).is_none());
        let without: Vec<&str> = without.map(|kind| kind.code).collect();
        assert_eq!(
            without,
            [
                "validation",
                "timeout",
                // What becomes of an `Idempotency-Key` is said by its own draft.
                "in_progress",
                "key_reused",
                "internal",
                "unavailable"
            ]
        );
    }
}
