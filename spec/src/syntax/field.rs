//! Fields: one row of a document each.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CiteList, Limit, Role};

/// A documented member of an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Field {
    /// A built-in type such as `string`, `integer`, `boolean` or `date-time`, listed in the
    /// reference of the language, the name of an object, resource, table or
    /// preset list, `Table.column` for a key of a table; `[…]` around it for a list;
    /// `{ by: field, of: { value: type } }` when a sibling decides.
    #[serde(rename = "type")]
    pub ty: FieldType,
    /// What generated code calls the member, where its name on the wire is no
    /// name of Rust's or two would be one: lower-case letters, digits and `_`.
    pub rust: Option<String>,
    /// What an earlier version of the spec called the member: stored values move.
    pub was: Option<String>,
    /// A human label, such as a guide prints.
    pub title: Option<String>,
    /// What the member means, in our own words.
    pub about: Option<String>,
    /// Who may write it. Without it: clients, on create and update.
    #[serde(default)]
    pub mode: Mode,
    /// Only callers with this scope see it; for a member that the server sets.
    pub scope: Option<String>,
    /// Restricts writing to one operation; elsewhere only an equal value is taken.
    #[serde(default)]
    pub on: On,
    /// Create is refused without it.
    #[serde(default)]
    pub required: bool,
    /// `null` is a value of it.
    #[serde(default)]
    pub nullable: bool,
    /// Readers may find it left out: the schema published for them does not ask
    /// for it. The service itself always shows it.
    #[serde(default)]
    pub may_lack: bool,
    /// The value when create does not send it.
    pub default: Option<serde_json::Value>,
    /// Where the value of a create comes from that does not send it: the first
    /// that has one, else `default`.
    #[serde(default)]
    pub fallback: Vec<Source>,
    /// Closed list of texts.
    #[serde(default)]
    pub values: Vec<String>,
    /// Longest text in Unicode scalar values, or largest number; a decimal with
    /// at most four digits after the point.
    pub max: Option<Limit>,
    /// Shortest text in Unicode scalar values, or smallest number.
    pub min: Option<Limit>,
    /// For a text: a regular expression that it has to match, in the language that
    /// JSON Schema and Rust share; without `^` and `$` anywhere in the text.
    pub pattern: Option<String>,
    /// Most elements of a list.
    pub max_items: Option<u32>,
    /// Other JSON values of the same meaning are read as well: `"1"`, `"0"` and
    /// any case for a boolean, digits in a text for an integer, an integer for
    /// a text.
    #[serde(default)]
    pub lenient: bool,
    /// For an object of texts: a text is read as these members, in this order.
    pub delimited: Option<Delimited>,
    /// For a closed list: values are read in any case.
    #[serde(default)]
    pub folded: bool,
    /// For a member of an object: values of a sibling with which alone it may
    /// have a value.
    #[serde(default)]
    pub only_if: IndexMap<String, String>,
    /// For a member of an object: values of a sibling with which it has to have
    /// a value.
    #[serde(default)]
    pub required_if: IndexMap<String, String>,
    /// For a member of an object: other names that bodies may call it by.
    #[serde(default)]
    pub also: Vec<String>,
    /// An object with this one member is read as its value.
    pub envelope: Option<String>,
    /// Texts that nobody may take; for headers names, `*` at the end for any rest.
    #[serde(default)]
    pub reserved: Vec<String>,
    /// What a text of blanks alone is.
    #[serde(default)]
    pub blank: Blank,
    /// For a list: one value is read as a list of one.
    #[serde(default)]
    pub scalar_as_list: bool,
    /// For a list: values that occur twice collapse; those of a closed list
    /// are shown in its order.
    #[serde(default)]
    pub unique_items: bool,
    /// Printed form of a date-time, where it differs from the spec's `date-time`.
    pub form: Option<Form>,
    /// What it means where its object is a watch.
    pub role: Option<Role>,
    /// How the server computes it.
    pub derive: Option<Derive>,
    /// Where its value may occur only once; `null` does not count.
    pub unique: Option<Scope>,
    /// A value as the document prints it.
    pub example: Option<serde_json::Value>,
    /// Lines this row was written from; at most six lines each.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
    /// Where the row comes from, when no document states it.
    #[serde(default)]
    pub source: SourceKind,
}

/// How a text is read as an object of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delimited {
    /// What stands between the two; the first of them counts.
    pub by: String,
    /// The two members.
    pub into: Vec<String>,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FieldType {
    /// One value.
    Name(String),
    /// A list; exactly one name.
    List(Vec<String>),
    /// The value of a sibling decides.
    Choice(Choice),
}

/// A type chosen by the value of a sibling field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The sibling, a field with `values`.
    pub by: String,
    /// The type for each of its values.
    pub of: IndexMap<String, String>,
}

/// Who may write a field, and who sees it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Clients write and read it.
    #[default]
    ReadWrite,
    /// The server alone sets it; an equal value is accepted, another is refused.
    ReadOnly,
    /// Set on create, never changed after; an equal value is accepted.
    Immutable,
    /// Accepted and never shown.
    WriteOnly,
}

/// What a text of blanks alone is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Blank {
    /// Text like any other.
    #[default]
    Text,
    /// Not a value; it is refused.
    Refused,
    /// Nothing: the same as `null` and as not sent.
    Nothing,
}

/// The operations that take a field from the client.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum On {
    /// Create and update.
    #[default]
    Write,
    /// Create only.
    Create,
}

/// Printed form of a date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// `2021-01-01T00:00:00+00:00`
    SecondsOffset,
    /// `2021-01-01T00:00:00Z`
    SecondsZ,
    /// `2021-01-01T00:00:00.000Z`
    MillisZ,
    /// `2021-01-01T00:00:00`, without a zone
    Local,
}

/// How the server computes a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum Derive {
    /// The row of the field's table whose key another field holds.
    Lookup {
        /// The field that holds the key.
        lookup: String,
    },
    /// Texts of other fields with single blanks; empty and `null` ones are skipped.
    Join {
        /// The fields, in the order of the text.
        join: Vec<String>,
    },
}

/// Where a value comes from that a create does not send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum Source {
    /// Another field of the object.
    Field {
        /// Its name; a member of a nested object as `object.member`.
        field: String,
    },
    /// A setting of the deployment.
    Setting {
        /// Its name.
        setting: String,
    },
    /// The request itself.
    Request {
        /// What it tells.
        request: RequestSource,
    },
}

impl Source {
    /// Whether it is the user of the request.
    #[must_use]
    pub fn is_user(&self) -> bool {
        let user = RequestSource::User;
        matches!(self, Self::Request { request } if *request == user)
    }
}

/// What a request tells beside its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RequestSource {
    /// The email address of the user the token speaks for.
    User,
    /// The public name of the host that was called, as the deployment says it.
    Host,
}

/// Where a value may occur only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Within one tenant.
    Tenant,
    /// Within one parent object.
    Parent,
}

/// Where a row comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A document states it.
    #[default]
    Documented,
    /// Only a printed example shows it.
    Example,
    /// Something documented cannot work without it.
    Implied,
}

/// One name or several.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    /// A single name.
    One(String),
    /// Several names.
    Many(Vec<String>),
    /// No name.
    #[default]
    #[serde(skip)]
    None,
}

impl OneOrMany {
    /// The names in the order written.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
            Self::None => &[],
        }
    }
}
