//! The dialect of an API: how it behaves outside its tables, where it departs from the house
//! conventions.

mod credentials;
mod refusal;
mod statuses;

use axum::response::Response;
use http::header::{ETAG, HeaderName, LINK, LOCATION};

use crate::problem::Problem;

pub use credentials::Credentials;
pub use refusal::{Place, Places, RefusalBody, Violations};
pub use statuses::Statuses;

/// Response header that lists the ignored body members.
pub(crate) const IGNORED: HeaderName = HeaderName::from_static("ignored-members");

/// Response header with the number of objects on all pages of a list.
pub(crate) const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// How an API behaves outside its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// How callers authenticate.
    pub credentials: Credentials,
    /// Whether every token may do everything, regardless of its scopes.
    pub unscoped: bool,
    /// The format of error bodies; `None` is problem details (RFC 9457).
    pub refusals: Option<RefusalBody>,
    /// The status for each kind of error.
    pub statuses: Statuses,
    /// Whether an error reports only the first violation.
    pub names_first: bool,
    /// Whether unknown parameters are ignored, and only the first of a repeated parameter
    /// counts.
    pub ignores_parameters: bool,
    /// Whether the header that lists ignored members is omitted.
    pub names_no_members: bool,
    /// Whether members that only the server sets are ignored.
    pub ignores_read_only: bool,
    /// Whether there are no entity tags and conditions are ignored.
    pub no_validators: bool,
    /// Whether a create that is sent again creates again, whatever key it names.
    pub no_idempotency_keys: bool,
    /// Whether `Location` is omitted after a create.
    pub no_location: bool,
    /// Whether lists omit `X-Total-Count`.
    pub no_total: bool,
    /// Whether lists omit `Link`.
    pub no_links: bool,
}

impl Dialect {
    /// The house conventions.
    pub const BASE: Self = Self {
        credentials: Credentials::BEARER,
        unscoped: false,
        refusals: None,
        statuses: Statuses::BASE,
        names_first: false,
        ignores_parameters: false,
        names_no_members: false,
        ignores_read_only: false,
        no_validators: false,
        no_idempotency_keys: false,
        no_location: false,
        no_total: false,
        no_links: false,
    };
}

impl Dialect {
    /// Converts a house response to the dialect of the API.
    pub(crate) fn speak(&self, mut answer: Response) -> Response {
        let silent: [(bool, HeaderName); 5] = [
            (self.no_validators, ETAG),
            (self.no_location, LOCATION),
            (self.no_total, TOTAL),
            (self.no_links, LINK),
            (self.names_no_members, IGNORED),
        ];
        for (_, name) in silent.iter().filter(|(silent, _)| *silent) {
            answer.headers_mut().remove(name);
        }
        if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
            self.refusal(problem, &mut answer);
        }
        answer
    }
}
