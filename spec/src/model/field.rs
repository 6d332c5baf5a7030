//! Fields with their types resolved.

use serde_json::Value;

use crate::pattern::Pattern;

use super::{Blank, Decimal, Delimited, Form, Mode, On, Role, Row, Scope, Source};

/// A documented member.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Name on the wire.
    pub name: String,
    /// What generated code calls it, where the spec says so.
    pub rust: Option<String>,
    /// Type of the value, or of each element when `list`.
    pub ty: Type,
    /// Whether the value is a list.
    pub list: bool,
    /// Most elements of the list.
    pub max_items: Option<u32>,
    /// Other JSON values of the same meaning are read as well.
    pub lenient: bool,
    /// Other names that bodies may call it by.
    pub also: Vec<String>,
    /// An object with this one member is read as its value.
    pub envelope: Option<String>,
    /// A text is read as these members of the object.
    pub delimited: Option<Delimited>,
    /// Values of the closed list are read in any case.
    pub folded: bool,
    /// Siblings and their values with which alone it may have a value.
    pub only_if: Vec<(String, String)>,
    /// Siblings and their values with which it has to have a value.
    pub required_if: Vec<(String, String)>,
    /// Texts that nobody may take.
    pub reserved: Vec<String>,
    /// What a text of blanks alone is.
    pub blank: Blank,
    /// One value is read as a list of one.
    pub scalar_as_list: bool,
    /// Values that occur twice collapse.
    pub unique_items: bool,
    /// Human label.
    pub title: Option<String>,
    /// Meaning in our own words.
    pub about: Option<String>,
    /// Who may write it.
    pub mode: Mode,
    /// Only callers with this scope see it.
    pub scope: Option<String>,
    /// Which operations take it.
    pub on: On,
    /// Create is refused without it.
    pub required: bool,
    /// `null` is a value of it.
    pub nullable: bool,
    /// The server writes the moment of the create or of the last change into it.
    pub stamped: bool,
    /// Readers may find it left out, which the service never does.
    pub may_lack: bool,
    /// The value when create does not send it.
    pub default: Option<Value>,
    /// What its type shows where nothing sets it; `null` where that is nothing.
    pub empty: Value,
    /// Where the value of a create comes from that does not send it.
    pub fallback: Vec<Source>,
    /// What it means to the one who delivers, where its object is a watch.
    pub role: Option<Role>,
    /// How the server computes it.
    pub derive: Option<Derive>,
    /// Where its value may occur only once.
    pub unique: Option<Scope>,
    /// A value as the document prints it.
    pub example: Option<Value>,
    /// The row of the spec.
    pub row: Row,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Identifier of the resource itself.
    Id,
    /// Text, lengths in Unicode scalar values.
    Text {
        /// Shortest.
        min: u32,
        /// Longest.
        max: u32,
    },
    /// Text that matches an expression, lengths in Unicode scalar values.
    Matching {
        /// Shortest.
        min: u32,
        /// Longest.
        max: u32,
        /// The expression.
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
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// A decimal number, at most four digits after the point.
    Decimal {
        /// Smallest.
        min: Decimal,
        /// Largest.
        max: Decimal,
    },
    /// A number, kept as the double that is nearest to it.
    Number {
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
    },
    /// A date of the calendar as `2021-01-31`.
    Date,
    /// A UUID, read in any case and shown in lower case.
    Uuid,
    /// A moment, or a local date and time, in one printed form.
    DateTime(Form),
    /// An email address.
    Email {
        /// Longest.
        max: u32,
    },
    /// A time zone of the IANA database.
    TimeZone,
    /// The moment of the create as an object of a local date and time and the
    /// name of its time zone.
    ZonedTime {
        /// The object.
        object: String,
        /// Its member with the local date and time.
        time: String,
        /// Its member with the name of the time zone.
        zone: String,
    },
    /// A language tag (BCP 47).
    Language,
    /// A colour as `#` and six hexadecimal digits.
    Color,
    /// A password: kept as a hash, never shown.
    Password {
        /// Shortest.
        min: u32,
        /// Longest.
        max: u32,
    },
    /// A random secret that the server makes.
    Token,
    /// A secret of the client, of which is shown whether there is one.
    Secret {
        /// Shortest.
        min: u32,
        /// Longest.
        max: u32,
    },
    /// An address of the schemes `http` or `https`.
    Url {
        /// Longest.
        max: u32,
    },
    /// The name of a host, in lower case.
    Host {
        /// Longest.
        max: u32,
    },
    /// The identifier of a key of the tenant that signs; where some are known,
    /// one of these.
    SigningKey(Vec<String>),
    /// Header fields of HTTP by name.
    Headers,
    /// An object or a text with `${JSONPath}` in its texts.
    Template,
    /// A row of a table that belongs to the deployment, sent by its key.
    Entry(String),
    /// A telephone number.
    Phone,
    /// A name: a letter, then letters, digits, `.`, `_` and `-`.
    Name,
    /// An identifier from elsewhere: opaque text of 1 to 255 characters.
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
    /// An object that objects of a tenant share.
    Shared(String),
    /// An embedded child resource.
    Child(String),
    /// Any JSON object.
    Map,
    /// The value of a sibling decides: the sibling, and a type per value.
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
    /// Texts of other fields with single blanks between.
    Join(Vec<String>),
}

impl Field {
    /// Whether a create takes a value of the client for it.
    #[must_use]
    pub fn on_create(&self) -> bool {
        self.derive.is_none() && self.mode != Mode::ReadOnly
    }

    /// Whether an update takes a value of the client for it.
    #[must_use]
    pub fn on_update(&self) -> bool {
        self.on_create() && self.on == On::Write && self.mode != Mode::Immutable
    }

    /// Whether `value` is nothing: `null`, or a list without elements.
    #[must_use]
    pub fn is_nothing(value: &Value) -> bool {
        value.is_null() || value.as_array().is_some_and(Vec::is_empty)
    }

    /// Whether every answer with the object shows it.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.is_shown() && self.scope.is_none()
    }

    /// Whether it is shown in answers.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.mode != Mode::WriteOnly
    }

    /// The value of a create that sends none.
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
