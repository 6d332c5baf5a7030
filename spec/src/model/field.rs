//! Fields with their types resolved.

use serde_json::Value;

use crate::kind::Notation;
use crate::pattern::Pattern;

use super::{Blank, Decimal, Delimited, Form, Mode, On, Role, Row, Scope, Source};

/// A documented member.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Name on the wire.
    pub name: String,
    /// The name in generated code, if the spec sets one.
    pub rust: Option<String>,
    /// Its name in an earlier version of the spec.
    pub was: Option<String>,
    /// The type of the value, or of each item if `list`.
    pub ty: Type,
    /// Whether the value is a list.
    pub list: bool,
    /// The maximum number of items in the list.
    pub max_items: Option<u32>,
    /// Whether other JSON values with the same meaning are accepted.
    pub lenient: bool,
    /// Alternative names in bodies.
    pub also: Vec<String>,
    /// The name of the member, if an object with this one member is read as its value.
    pub envelope: Option<String>,
    /// How a text is split into members of the object.
    pub delimited: Option<Delimited>,
    /// Whether values of the closed list are case-insensitive.
    pub folded: bool,
    /// Siblings with the values that allow it to have a value.
    pub only_if: Vec<(String, String)>,
    /// Siblings with the values that require it to have a value.
    pub required_if: Vec<(String, String)>,
    /// Texts that are refused.
    pub reserved: Vec<String>,
    /// The treatment of a text of only spaces.
    pub blank: Blank,
    /// Whether a single value is read as a list of one.
    pub scalar_as_list: bool,
    /// Whether duplicate values are removed.
    pub unique_items: bool,
    /// Human label.
    pub title: Option<String>,
    /// Its meaning, in our own words.
    pub about: Option<String>,
    /// Who may write it.
    pub mode: Mode,
    /// The scope that callers need to see it.
    pub scope: Option<String>,
    /// The operations that accept it.
    pub on: On,
    /// Whether a create without it is refused.
    pub required: bool,
    /// Whether `null` is a valid value.
    pub nullable: bool,
    /// Whether the server sets it to the time of the create or of the last change.
    pub stamped: bool,
    /// Whether readers have to accept its absence, which the service never uses.
    pub may_lack: bool,
    /// The value if a create does not send it.
    pub default: Option<Value>,
    /// The value shown if nothing sets it; `null` if the type has none.
    pub empty: Value,
    /// The sources of the value if a create does not send it.
    pub fallback: Vec<Source>,
    /// Its role in deliveries, if its object is a watch.
    pub role: Option<Role>,
    /// How the server computes it.
    pub derive: Option<Derive>,
    /// The scope in which its value is unique.
    pub unique: Option<Scope>,
    /// A value as the document prints it.
    pub example: Option<Value>,
    /// The row of the spec.
    pub row: Row,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// The identifier of the resource itself.
    Id,
    /// A text; lengths are in Unicode scalar values.
    Text {
        /// Minimum length.
        min: u32,
        /// Maximum length.
        max: u32,
    },
    /// A text that matches a pattern; lengths are in Unicode scalar values.
    Matching {
        /// Minimum length.
        min: u32,
        /// Maximum length.
        max: u32,
        /// The pattern.
        pattern: Pattern,
    },
    /// One of a closed list of texts.
    Values(Vec<String>),
    /// One of a deployment's list of texts, by the list's name.
    Preset(String),
    /// True or false.
    Boolean,
    /// A whole number.
    Integer {
        /// Minimum.
        min: i64,
        /// Maximum.
        max: i64,
    },
    /// A decimal number with at most four digits after the point.
    Decimal {
        /// Minimum.
        min: Decimal,
        /// Maximum.
        max: Decimal,
    },
    /// A number, stored as the nearest double.
    Number {
        /// Minimum.
        min: f64,
        /// Maximum.
        max: f64,
    },
    /// A text in a notation of its own.
    Notation(Notation),
    /// A calendar date such as `2021-01-31`.
    Date,
    /// A time, or a local date and time, in one format.
    DateTime(Form),
    /// An email address.
    Email {
        /// Maximum length.
        max: u32,
    },
    /// The time of creation as an object with a local date and time and the name of its
    /// time zone.
    ZonedTime {
        /// The object.
        object: String,
        /// Its member with the local date and time.
        time: String,
        /// Its member with the name of the time zone.
        zone: String,
    },
    /// A password: stored as a hash, never shown.
    Password {
        /// Minimum length.
        min: u32,
        /// Maximum length.
        max: u32,
    },
    /// A random secret that the server generates.
    Token,
    /// A secret of the client; answers only show whether it is set.
    Secret {
        /// Minimum length.
        min: u32,
        /// Maximum length.
        max: u32,
    },
    /// A URL with the scheme `http` or `https`.
    Url {
        /// Maximum length.
        max: u32,
    },
    /// A host name, in lower case.
    Host {
        /// Maximum length.
        max: u32,
    },
    /// The identifier of a signing key of the tenant; if some are known, one of these.
    SigningKey(Vec<String>),
    /// HTTP header fields by name.
    Headers,
    /// An object or a text with `${JSONPath}` in its texts.
    Template,
    /// A row of a deployment table, sent by its key.
    Entry(String),
    /// A telephone number.
    Phone,
    /// An external identifier: opaque text of 1 to 255 characters.
    ExternalId,
    /// A key of a reference table.
    Key {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A row of a reference table.
    TableRow(String),
    /// A nested object.
    Object(String),
    /// An object that is shared within a tenant.
    Shared(String),
    /// An embedded child resource.
    Child(String),
    /// Any JSON object.
    Map,
    /// A type selected by the value of a sibling.
    Choice {
        /// The sibling field.
        by: String,
        /// The type for each of its values.
        of: Vec<(String, Type)>,
    },
}

/// How the server computes a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Derive {
    /// The row of a table whose key is held by another field.
    Lookup {
        /// The field that holds the key.
        key: String,
        /// The table.
        table: String,
        /// The key's column.
        column: String,
    },
    /// Texts of other fields, joined with single spaces.
    Join(Vec<String>),
}

impl Field {
    /// Whether a create accepts a value from the client.
    #[must_use]
    pub fn on_create(&self) -> bool {
        self.derive.is_none() && self.mode != Mode::ReadOnly
    }

    /// Whether an update accepts a value from the client.
    #[must_use]
    pub fn on_update(&self) -> bool {
        self.on_create() && self.on == On::Write && self.mode != Mode::Immutable
    }

    /// Whether `value` is `null` or an empty list.
    #[must_use]
    pub fn is_nothing(value: &Value) -> bool {
        value.is_null() || value.as_array().is_some_and(Vec::is_empty)
    }

    /// Whether every answer with the object shows it to every caller.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.is_shown() && self.scope.is_none()
    }

    /// Whether answers show it at all.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.mode != Mode::WriteOnly
    }

    /// The value if a create sends none.
    #[must_use]
    pub fn initial(&self) -> Value {
        match &self.default {
            Some(value) => value.clone(),
            None if self.list => Value::Array(Vec::new()),
            None if self.nullable => Value::Null,
            None => self.empty.clone(),
        }
    }
}
