//! The dialect of an API: how it behaves beyond its tables, where that is not how the
//! house does it.

mod credentials;
mod refusal;
mod statuses;

use axum::response::Response;
use http::header::{ETAG, HeaderName, LINK, LOCATION};

use crate::problem::Problem;

pub use credentials::Credentials;
pub use refusal::{Place, Places, RefusalBody, Violations};
pub use statuses::Statuses;

/// Names body members that were left out.
pub(crate) const IGNORED: HeaderName = HeaderName::from_static("ignored-members");

/// How many objects all pages of a list have together.
pub(crate) const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// How an API behaves beyond its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// How callers name themselves.
    pub credentials: Credentials,
    /// Every token may do everything, whatever its scopes.
    pub unscoped: bool,
    /// The body of a refusal; problem details (RFC 9457) without it.
    pub refusals: Option<RefusalBody>,
    /// The status of each kind of refusal.
    pub statuses: Statuses,
    /// A refusal names the first violation alone.
    pub names_first: bool,
    /// Parameters that no document names are as if they were not sent, and of one that
    /// is sent twice the first counts.
    pub ignores_parameters: bool,
    /// Members that are left out are named in no header.
    pub names_no_members: bool,
    /// Members that only the server sets are as if they were not sent.
    pub ignores_read_only: bool,
    /// There are no entity tags, and conditions are not looked at.
    pub no_validators: bool,
    /// No `Location` tells the path of what was made.
    pub no_location: bool,
    /// No `X-Total-Count` tells how many objects a list has.
    pub no_total: bool,
    /// No `Link` leads to other pages.
    pub no_links: bool,
}

impl Dialect {
    /// How the house does it.
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
        no_location: false,
        no_total: false,
        no_links: false,
    };
}

impl Dialect {
    /// An answer as the API gives it.
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
