//! The codes that answers contain: of problems and of single violations.

/// A code by which clients tell refusals apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Its name.
    pub name: &'static str,
    /// The status of answers with this code; `None` for codes of violations.
    pub status: Option<u16>,
    /// Its meaning.
    pub about: &'static str,
}

const fn problem(name: &'static str, status: u16, about: &'static str) -> Code {
    Code {
        name,
        status: Some(status),
        about,
    }
}

const fn violation(name: &'static str, about: &'static str) -> Code {
    Code {
        name,
        status: None,
        about,
    }
}

/// The types of problems: the last segment of `type`, explained at `/problems/CODE`.
pub static PROBLEMS: &[Code] = &[
    problem(
        "validation",
        422,
        "The body is JSON and breaks rules; the switch validation_status gives 400.",
    ),
    problem("malformed_body", 400, "The body is not JSON."),
    problem("too_deep", 400, "The body nests deeper than 64."),
    problem("body_too_large", 413, "The body is longer than 1 MiB."),
    problem(
        "unsupported_media_type",
        415,
        "The body is labelled as something else than JSON.",
    ),
    problem(
        "bad_query",
        400,
        "A parameter is unknown, repeated or has no legal value.",
    ),
    problem("unauthorized", 401, "There is no valid token."),
    problem("forbidden", 403, "The token lacks the scope."),
    problem(
        "user_required",
        403,
        "The token speaks for no user where each user sees his own.",
    ),
    problem(
        "not_found",
        404,
        "There is no such object or path for this caller.",
    ),
    problem(
        "method_not_allowed",
        405,
        "The path does not take the method; Allow names those it takes.",
    ),
    problem("conflict", 409, "Another object has the value."),
    problem(
        "refused",
        409,
        "A rule of the service itself, which no spec says, forbids the change.",
    ),
    problem(
        "in_progress",
        409,
        "Another request with the same Idempotency-Key has no answer yet.",
    ),
    problem(
        "key_reused",
        422,
        "The Idempotency-Key belongs to another request.",
    ),
    problem(
        "precondition_failed",
        412,
        "The object has another version than the condition names.",
    ),
    problem("bad_header", 400, "A header cannot be read."),
    problem("timeout", 408, "The request took too long to arrive."),
    problem(
        "precondition_required",
        428,
        "The change has to name a version; the switch if_match says so.",
    ),
    problem("internal", 500, "The service failed; that is a finding."),
    problem(
        "unavailable",
        503,
        "The service cannot answer now; that is a finding.",
    ),
];

/// Codes of the violations in `errors[]`.
pub static VIOLATIONS: &[Code] = &[
    violation("type", "The value has another JSON type."),
    violation("null", "The value may not be null."),
    violation("required", "The member has to be sent."),
    violation("blank", "The text has nothing but blanks."),
    violation("too_long", "The text has too many characters."),
    violation("too_short", "The text has too few characters."),
    violation("too_large", "The number is above the greatest."),
    violation("too_small", "The number is below the least."),
    violation(
        "too_many_items",
        "The list has too many items, or the parent too many children.",
    ),
    violation(
        "not_a_value",
        "The value is not among those of its closed list or table.",
    ),
    violation("format", "The text has not the documented form."),
    violation(
        "unreachable",
        "The address names a host that is never sent to.",
    ),
    violation("invalid_character", "The text has U+0000."),
    violation(
        "duplicate",
        "The value is there already: in the body (422) or in another object (409).",
    ),
    violation(
        "read_only",
        "The server keeps the member, and the value is another one.",
    ),
    violation("immutable", "The member keeps the value of the create."),
    violation("exclusive", "Another member excludes this one."),
    violation("unexpected", "A sibling forbids the member."),
    violation("reserved", "Nobody may take the value or the header."),
    violation("not_appended", "An append does not take the member."),
    violation(
        "unknown_member",
        "No document names the member, and the switch unknown_members refuses it.",
    ),
    violation("unknown_parameter", "No document names the parameter."),
    violation("repeated_parameter", "The parameter is sent twice."),
];

/// The code called `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Code> {
    let mut all = PROBLEMS.iter().chain(VIOLATIONS);
    all.find(|code| code.name == name)
}
