//! The dialect of a service: how it behaves beyond its field tables.
//!
//! Each point is three-valued: a row says it (with `at` or `ruling`), the set of
//! conventions that the spec adopts says it, or nothing does. What nothing says is owed
//! by nobody: the suite takes what it meets, generated servers do as the house does.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CiteList, OneOrMany};

/// A named set of conventions that a spec adopts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConventionSet {
    /// Those of Fieldproof: every point of the dialect that no row says.
    House,
}

/// How a service behaves beyond its field tables, point by point.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Dialect {
    /// What the body of a refusal looks like; house: problem details (RFC 9457).
    pub refusals: Option<Refusals>,
    /// The status of each kind of refusal.
    pub statuses: Option<Statuses>,
    /// How many violations a refusal names; house: `all`.
    pub violations: Option<Point<Violations>>,
    /// What happens to parameters that no document names, and to one that is sent
    /// twice; house: `refused`.
    pub unknown_parameters: Option<Point<UnknownParameters>>,
    /// What happens to members that no document names; house: `named`.
    pub unknown_members: Option<Point<UnknownMember>>,
    /// What happens to members that only the server sets; house: `equal`.
    pub read_only_members: Option<Point<ReadOnlyMembers>>,
    /// Whether values of another JSON type of the same meaning are read; house: `strict`.
    pub scalars: Option<Point<Scalars>>,
    /// How closely formats are read that another standard defines: addresses,
    /// telephone numbers, dates; house: `strict`.
    pub formats: Option<Point<Formats>>,
    /// What bodies at the edge do: U+0000, lone surrogates, over 1 MiB, deeper than 64,
    /// other media types, members that stand twice; house: `refused`.
    pub edges: Option<Point<Edges>>,
    /// Entity tags and conditions (RFC 9110 section 13); house: `strong`.
    pub validators: Option<Point<Validators>>,
    /// Whether a create tells the path of what it made in `Location`; house: `sent`.
    pub location: Option<Point<Sent>>,
    /// Whether lists tell how many objects there are in `X-Total-Count`; house: `sent`.
    pub total: Option<Point<Sent>>,
    /// Whether lists link to their other pages (RFC 8288); house: `sent`.
    pub links: Option<Point<Sent>>,
    /// Whether paths take HEAD and OPTIONS and refuse other methods with `Allow`;
    /// house: `sent`.
    pub methods: Option<Point<Sent>>,
    /// How lists are ordered where texts differ in case, `null` stands or values are
    /// equal; house: `folded`.
    pub order: Option<Point<TextOrder>>,
    /// What a change that changes nothing does to the time of the last change; house: `kept`.
    pub idle_updates: Option<Point<IdleUpdates>>,
    /// Whether a create can name itself by `Idempotency-Key`, so that it can be sent again
    /// when its answer is lost; house: `honoured`.
    pub idempotency_keys: Option<Point<IdempotencyKeys>>,
    /// How identifiers are read in paths; house: `any-case`.
    pub identifiers: Option<Point<Identifiers>>,
}

/// A point of the dialect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point<T> {
    /// How it is.
    pub is: T,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// What the body of a refusal looks like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusals {
    /// Its media type; without it `application/json`.
    #[serde(default = "json")]
    pub media: String,
    /// JSON Pointer of the member with the code of the refusal, such as `/error/code`.
    pub code: Option<String>,
    /// JSON Pointer of the member with a text for people.
    pub message: Option<String>,
    /// JSON Pointer of the member that repeats the status as a number.
    pub status: Option<String>,
    /// Where the single violations stand.
    pub violations: Option<ViolationList>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Where the single violations of a refusal stand: a list of objects, or, without
/// `field`, an object with a list of messages for each member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ViolationList {
    /// JSON Pointer of the list or object, such as `/errors`.
    pub list: String,
    /// Member of an element with the place in the body; without it `list` is an object
    /// whose members are places.
    pub field: Option<String>,
    /// How a place is written.
    #[serde(default)]
    pub places: Places,
    /// Member of an element with the code of the violation.
    pub code: Option<String>,
    /// Member of an element with a text for people.
    pub message: Option<String>,
}

/// How a place in the body is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Places {
    /// Names and numbers of elements, with dots between: `contacts.0.phone`.
    #[default]
    Dotted,
    /// A JSON Pointer: `/contacts/0/phone`.
    Pointer,
    /// The name of the outermost member: `contacts`.
    Name,
}

/// The status of each kind of refusal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statuses {
    /// Status by kind.
    pub are: BTreeMap<Refusal, u16>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// A kind of refusal.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The body is JSON and breaks a rule; house: 422.
    Validation,
    /// The body cannot be read; house: 400.
    Malformed,
    /// The body is labelled as something that is not read; house: 415.
    MediaType,
    /// The body is too long; house: 413.
    TooLarge,
    /// A parameter is unknown or has no legal value; house: 400.
    Query,
    /// Nobody known calls; house: 401.
    Unauthenticated,
    /// The caller may not do this; house: 403.
    Forbidden,
    /// There is no such object or path; house: 404.
    NotFound,
    /// The path does not take the method; house: 405.
    Method,
    /// Another object has the value; house: 409.
    Conflict,
    /// The object has another version than the condition names; house: 412.
    Precondition,
    /// The change has to name a version; house: 428.
    Unconditional,
}

/// How many violations a refusal names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Violations {
    /// Every one.
    All,
    /// The first one that is found.
    First,
}

/// What happens to parameters that no document names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownParameters {
    /// The request is refused.
    Refused,
    /// It is as if they were not sent; of one that is sent twice the first counts.
    Ignored,
}

/// What happens to members that no document names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownMember {
    /// They are left out and named in the header `Ignored-Members`.
    Named,
    /// They are left out.
    Ignored,
    /// The body is refused.
    Refused,
}

/// What happens to members of a body that only the server sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReadOnlyMembers {
    /// They may be sent back as they are shown; another value is refused.
    Equal,
    /// It is as if they were not sent.
    Ignored,
}

/// Whether values of another JSON type of the same meaning are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scalars {
    /// Only where a field says so.
    Strict,
    /// Everywhere, as if each field said `lenient: true`.
    Lenient,
}

/// How closely formats are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Formats {
    /// As their standards say.
    Strict,
}

/// What bodies at the edge do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Edges {
    /// They are refused, each with one clear answer.
    Refused,
}

/// Entity tags and conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Validators {
    /// Every object has a strong entity tag, and conditions are honoured.
    Strong,
    /// There are none, and conditions are not looked at.
    None,
}

/// What becomes of a create that names itself by `Idempotency-Key`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IdempotencyKeys {
    /// For 24 hours the same request gets the first answer again: 409 while it is worked
    /// on, 422 for the key of another request.
    Honoured,
    /// The header is not looked at.
    Ignored,
}

/// Whether a header is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sent {
    /// It is.
    Sent,
    /// It is not.
    None,
}

/// How lists are ordered where values do not decide alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TextOrder {
    /// Texts by their folded code points, `null` at the end, ties by identifier.
    Folded,
    /// Texts by their code points, `null` at the end, ties by identifier.
    CodePoints,
}

/// What a change that changes nothing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IdleUpdates {
    /// Nothing: the object keeps its time and its entity tag.
    Kept,
}

/// How identifiers are read in paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Identifiers {
    /// In any case of their letters; one of another form finds nothing.
    AnyCase,
}

fn json() -> String {
    "application/json".to_owned()
}
