//! The dialect of a service: each point with its value, and what says it.

use std::collections::BTreeMap;

use super::Row;
use crate::syntax::{
    Edges, Formats, Identifiers, IdleUpdates, Places, ReadOnlyMembers, Refusal, Scalars, Sent,
    TextOrder, UnknownMember, UnknownParameters, Validators, ViolationList, Violations,
};

/// A point of the dialect: how it is, and the row or the convention that says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<T> {
    /// How it is; of what nothing says, how the house does it.
    pub value: T,
    /// What says so; without it nothing is owed.
    pub row: Option<Row>,
}

impl<T: Copy + PartialEq> Said<T> {
    /// What says that it is `value`, where something does.
    pub fn row_if(&self, value: T) -> Option<&Row> {
        self.row.as_ref().filter(|_| self.value == value)
    }

    /// Whether something says that it is `value`.
    pub fn is(&self, value: T) -> bool {
        self.row.is_some() && self.value == value
    }
}

impl<T> Said<T> {
    /// The value where something says it.
    pub fn said(&self) -> Option<&T> {
        self.row.as_ref().map(|_| &self.value)
    }
}

/// What the body of a refusal looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalBody {
    /// Problem details (RFC 9457) with a `type` of `/problems/CODE`.
    Problem,
    /// Of the API's own.
    Own(OwnRefusal),
}

/// The body of a refusal of an API's own; places are JSON Pointers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRefusal {
    /// Its media type.
    pub media: String,
    /// Where its code stands.
    pub code: Option<String>,
    /// Where its text for people stands.
    pub message: Option<String>,
    /// Where the status is repeated as a number.
    pub status: Option<String>,
    /// Where the single violations stand.
    pub violations: Option<ViolationList>,
}

/// How a service behaves beyond its field tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Dialect {
    /// What adopts the conventions of the house, where something does.
    pub house: Option<Row>,
    /// What the body of a refusal looks like.
    pub refusals: Said<RefusalBody>,
    /// The status of each kind of refusal.
    pub statuses: BTreeMap<Refusal, Said<u16>>,
    /// How many violations a refusal names.
    pub violations: Said<Violations>,
    /// Parameters that no document names.
    pub unknown_parameters: Said<UnknownParameters>,
    /// Members that no document names.
    pub unknown_members: Said<UnknownMember>,
    /// Members that only the server sets.
    pub read_only_members: Said<ReadOnlyMembers>,
    /// Values of another JSON type of the same meaning.
    pub scalars: Said<Scalars>,
    /// How closely formats are read.
    pub formats: Said<Formats>,
    /// Bodies at the edge.
    pub edges: Said<Edges>,
    /// Entity tags and conditions.
    pub validators: Said<Validators>,
    /// `Location` of what was made.
    pub location: Said<Sent>,
    /// `X-Total-Count` of lists.
    pub total: Said<Sent>,
    /// Links to other pages.
    pub links: Said<Sent>,
    /// HEAD, OPTIONS and other methods.
    pub methods: Said<Sent>,
    /// The order of texts, `null` and ties.
    pub order: Said<TextOrder>,
    /// Changes that change nothing.
    pub idle_updates: Said<IdleUpdates>,
    /// Identifiers in paths.
    pub identifiers: Said<Identifiers>,
}

impl Dialect {
    /// The status of a kind of refusal, and what says it.
    #[must_use]
    pub fn status(&self, refusal: Refusal) -> &Said<u16> {
        &self.statuses[&refusal]
    }

    /// Whether violations are named at their place: a JSON Pointer into the body.
    #[must_use]
    pub fn names_places(&self) -> bool {
        match self.refusals.said() {
            Some(RefusalBody::Problem) => true,
            Some(RefusalBody::Own(own)) => own.violations.is_some(),
            None => false,
        }
    }

    /// The rows of the points that rows of the spec say, in one order.
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
    /// Every kind.
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

    /// The status that the house gives it.
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

    /// The statuses that a service may give it where nothing says which.
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
    /// A place of the body in this form, from its JSON Pointer.
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
