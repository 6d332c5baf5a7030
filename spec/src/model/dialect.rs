//! The dialect of a service: each point with its value and the row that states it.

use std::collections::BTreeMap;

use super::Row;
use crate::syntax::{
    Edges, Formats, IdempotencyKeys, Identifiers, IdleUpdates, Places, ReadOnlyMembers, Refusal,
    Scalars, Sent, TextOrder, UnknownMember, UnknownParameters, Validators, ViolationList,
    Violations,
};

/// A point of the dialect: its value, and the row or convention that states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<T> {
    /// The value; if nothing states it, that of the house conventions.
    pub value: T,
    /// The row that states it; if `None`, services owe nothing.
    pub row: Option<Row>,
}

impl<T: Copy + PartialEq> Said<T> {
    /// The row that states that the value is `value`, if there is one.
    pub fn row_if(&self, value: T) -> Option<&Row> {
        self.row.as_ref().filter(|_| self.value == value)
    }

    /// Whether a row states that the value is `value`.
    pub fn is(&self, value: T) -> bool {
        self.row.is_some() && self.value == value
    }
}

impl<T> Said<T> {
    /// The value, if a row states it.
    pub fn said(&self) -> Option<&T> {
        self.row.as_ref().map(|_| &self.value)
    }
}

/// The form of the bodies of refusals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalBody {
    /// Problem details (RFC 9457) with a `type` of `/problems/CODE`.
    Problem,
    /// A form of the API's own.
    Own(OwnRefusal),
}

/// The form of refusals of an API's own; places are JSON Pointers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRefusal {
    /// Its media type.
    pub media: String,
    /// The place of the code.
    pub code: Option<String>,
    /// The place of the text for people.
    pub message: Option<String>,
    /// The place where the status is repeated as a number.
    pub status: Option<String>,
    /// The place of the individual violations.
    pub violations: Option<ViolationList>,
}

/// How a service behaves beyond its field tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Dialect {
    /// The row that adopts the house conventions, if there is one.
    pub house: Option<Row>,
    /// The form of the bodies of refusals.
    pub refusals: Said<RefusalBody>,
    /// The status of each kind of refusal.
    pub statuses: BTreeMap<Refusal, Said<u16>>,
    /// How many violations a refusal lists.
    pub violations: Said<Violations>,
    /// The treatment of undocumented parameters.
    pub unknown_parameters: Said<UnknownParameters>,
    /// The treatment of undocumented members.
    pub unknown_members: Said<UnknownMember>,
    /// The treatment of server-set members in bodies.
    pub read_only_members: Said<ReadOnlyMembers>,
    /// Whether values of another JSON type with the same meaning are accepted.
    pub scalars: Said<Scalars>,
    /// How strictly formats are read.
    pub formats: Said<Formats>,
    /// The treatment of edge cases in bodies.
    pub edges: Said<Edges>,
    /// Entity tags and conditions.
    pub validators: Said<Validators>,
    /// `Location` of created objects.
    pub location: Said<Sent>,
    /// `X-Total-Count` of lists.
    pub total: Said<Sent>,
    /// Links to other pages.
    pub links: Said<Sent>,
    /// HEAD, OPTIONS and other methods.
    pub methods: Said<Sent>,
    /// The order of texts, `null` and ties.
    pub order: Said<TextOrder>,
    /// The treatment of changes that change nothing.
    pub idle_updates: Said<IdleUpdates>,
    /// Creates that name themselves.
    pub idempotency_keys: Said<IdempotencyKeys>,
    /// Identifiers in paths.
    pub identifiers: Said<Identifiers>,
}

impl Dialect {
    /// The status of a kind of refusal, with the row that states it.
    #[must_use]
    pub fn status(&self, refusal: Refusal) -> &Said<u16> {
        &self.statuses[&refusal]
    }

    /// Whether violations have a place in the body.
    #[must_use]
    pub fn names_places(&self) -> bool {
        match self.refusals.said() {
            Some(RefusalBody::Problem) => true,
            Some(RefusalBody::Own(own)) => own.violations.is_some(),
            None => false,
        }
    }

    /// The rows of all points that rows of the spec state, in a fixed order.
    #[must_use]
    pub fn rows(&self) -> Vec<&Row> {
        let mut all: Vec<&Option<Row>> = vec![&self.refusals.row];
        all.extend(self.statuses.values().map(|one| &one.row));
        all.extend([
            &self.violations.row,
            &self.unknown_parameters.row,
            &self.unknown_members.row,
            &self.read_only_members.row,
            &self.scalars.row,
            &self.formats.row,
            &self.edges.row,
            &self.validators.row,
            &self.location.row,
            &self.total.row,
            &self.links.row,
            &self.methods.row,
            &self.order.row,
            &self.idle_updates.row,
            &self.idempotency_keys.row,
            &self.identifiers.row,
        ]);
        let mut rows: Vec<&Row> = all.into_iter().flatten().collect();
        rows.dedup_by(|one, other| one.path == other.path);
        rows.retain(|row| row.path != CONVENTIONS);
        rows
    }
}

/// The path of the row that adopts a set of conventions.
pub const CONVENTIONS: &str = "conventions";

impl Refusal {
    /// All kinds.
    pub const ALL: [Self; 12] = [
        Self::Validation,
        Self::Malformed,
        Self::MediaType,
        Self::TooLarge,
        Self::Query,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::Method,
        Self::Conflict,
        Self::Precondition,
        Self::Unconditional,
    ];

    /// Its name in a spec.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Validation => "validation",
            Self::Malformed => "malformed",
            Self::MediaType => "media-type",
            Self::TooLarge => "too-large",
            Self::Query => "query",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::Method => "method",
            Self::Conflict => "conflict",
            Self::Precondition => "precondition",
            Self::Unconditional => "unconditional",
        }
    }

    /// Its status in the house conventions.
    #[must_use]
    pub fn house(self) -> u16 {
        match self {
            Self::Validation => 422,
            Self::Malformed | Self::Query => 400,
            Self::MediaType => 415,
            Self::TooLarge => 413,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Method => 405,
            Self::Conflict => 409,
            Self::Precondition => 412,
            Self::Unconditional => 428,
        }
    }

    /// The statuses that are plausible if none is stated.
    #[must_use]
    pub fn plausible(self) -> &'static [u16] {
        match self {
            Self::Validation => &[400, 403, 404, 409, 413, 422],
            Self::Malformed => &[400, 413, 415, 422],
            Self::MediaType => &[400, 406, 415, 422],
            Self::TooLarge => &[400, 413, 422],
            Self::Query => &[400, 404, 422],
            Self::Unauthenticated => &[400, 401, 403, 404],
            Self::Forbidden => &[401, 403, 404],
            Self::NotFound => &[400, 403, 404, 410, 422],
            Self::Method => &[400, 403, 404, 405, 501],
            Self::Conflict => &[400, 403, 409, 422],
            Self::Precondition => &[409, 412],
            Self::Unconditional => &[400, 403, 409, 412, 428],
        }
    }
}

impl Places {
    /// A JSON Pointer in the notation of this form.
    #[must_use]
    pub fn of(self, pointer: &str) -> String {
        let names = pointer.split('/').skip(1);
        let mut names = names.map(|name| name.replace("~1", "/").replace("~0", "~"));
        match self {
            Self::Pointer => pointer.to_owned(),
            Self::Dotted => names.collect::<Vec<_>>().join("."),
            Self::Name => names.next().unwrap_or_default(),
        }
    }
}
