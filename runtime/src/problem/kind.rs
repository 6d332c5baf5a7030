//! All kinds of problems, and what to do about each.

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemKind {
    /// Its name, the last segment of the problem's `type`.
    pub code: &'static str,
    /// Its title, the same for every problem of the kind.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// Its meaning, and what to do about it.
    pub about: &'static str,
}

const fn kind(
    code: &'static str,
    status: u16,
    title: &'static str,
    about: &'static str,
) -> ProblemKind {
    ProblemKind {
        code,
        title,
        status,
        about,
    }
}

/// All kinds of problems.
pub const KINDS: &[ProblemKind] = &[
    kind(
        "validation",
        422,
        "The body breaks rules",
        "The body is JSON, but values in it are not legal. `errors` names each of them by JSON Pointer; nothing was stored. A deployment may answer 400 instead of 422.",
    ),
    kind(
        "malformed_body",
        400,
        "The body is not JSON",
        "The body could not be read as JSON text (RFC 8259), or names a member twice.",
    ),
    kind(
        "too_deep",
        400,
        "The body nests too deeply",
        "Arrays and objects may be nested 64 deep.",
    ),
    kind(
        "body_too_large",
        413,
        "The body is too long",
        "A body may be 1 MiB long.",
    ),
    kind(
        "unsupported_media_type",
        415,
        "The body has an unknown type",
        "`Accept` names the types that are read. Beside them a POST or a PATCH may have another type that ends in +json.",
    ),
    kind(
        "bad_query",
        400,
        "The query string cannot be used",
        "`errors` names each parameter that is unknown, repeated or has a value that is not legal.",
    ),
    kind(
        "bad_header",
        400,
        "A header cannot be used",
        "`errors` names the header.",
    ),
    kind(
        "unauthorized",
        401,
        "The caller is not known",
        "Send a valid token as `Authorization: Bearer TOKEN`.",
    ),
    kind(
        "user_required",
        403,
        "No user is named",
        "Each user sees their own objects. The token speaks for no user: create one with `token create --user EMAIL`; an import names the user with `--user EMAIL`.",
    ),
    kind(
        "forbidden",
        403,
        "The caller may not do this",
        "The token is valid but lacks the scope that is named.",
    ),
    kind(
        "not_found",
        404,
        "Not found",
        "There is no such object or path for this caller.",
    ),
    kind(
        "method_not_allowed",
        405,
        "The method is not allowed",
        "`Allow` names the methods of the path.",
    ),
    kind(
        "timeout",
        408,
        "The request took too long",
        "The request has to arrive within 30 seconds.",
    ),
    kind(
        "conflict",
        409,
        "The change conflicts with other objects",
        "Another object has a value that may occur only once, or objects below keep this one.",
    ),
    kind(
        "refused",
        409,
        "The change is refused",
        "A rule of this service forbids the change; `detail` says which.",
    ),
    kind(
        "in_progress",
        409,
        "The request is being worked on",
        "Another request with the same `Idempotency-Key` has not been answered yet. Try again after the seconds that `Retry-After` names.",
    ),
    kind(
        "key_reused",
        422,
        "The key belongs to another request",
        "Another request to this path was answered under the same `Idempotency-Key`. Keys are kept for 24 hours; a new request needs a new one.",
    ),
    kind(
        "precondition_failed",
        412,
        "The object has another version",
        "Read the object again and repeat the change with its ETag.",
    ),
    kind(
        "precondition_required",
        428,
        "The change has to name a version",
        "Send the ETag that was read as `If-Match`.",
    ),
    kind(
        "internal",
        500,
        "The server failed",
        "A defect of the server; nothing was stored. The log has the request's `Request-Id`.",
    ),
    kind(
        "unavailable",
        503,
        "The server cannot answer now",
        "Try again after the seconds that `Retry-After` names.",
    ),
];
