//! Facts about field types that the spec language needs.

use serde_json::Value;

use crate::syntax::Asks;

/// Facts about a field type: which keys its rows may have, which values it accepts, and how
/// they are compared. The defaults are those of a text with a fixed syntax, such as a
/// colour.
pub trait Kind {
    /// Whether rows of the type may have the key.
    fn takes(&self, key: Key) -> bool {
        key == Key::Reserved
    }

    /// Whether a filter may use this comparison on a single value of the type.
    fn carries(&self, _asks: Asks) -> bool {
        false
    }

    /// The class of comparable values; all fields of a filter have to be of the same class.
    fn compared_as(&self) -> &'static str {
        "text"
    }

    /// Whether values are texts that are stored and shown as such.
    fn is_text(&self) -> bool {
        true
    }

    /// Whether values can be compared and stored in a column.
    fn is_compared(&self) -> bool {
        self.is_text()
    }

    /// Whether values of several types are allowed, not all of them texts.
    fn is_mixed(&self) -> bool {
        false
    }

    /// The value shown if nothing sets a field that is never `null`; `null` if the type has
    /// none.
    fn empty(&self) -> Value {
        Value::Null
    }

    /// Reads a value without any context.
    ///
    /// # Errors
    /// The code of the violation.
    fn read(&self, value: &Value) -> Result<Value, &'static str>;

    /// The part of the spec that is needed to check a value; `None` if none is.
    fn within(&self) -> Option<Within<'_>> {
        None
    }

    /// The value that another JSON value stands for in lenient fields.
    fn meant(&self, value: &Value) -> Value {
        super::text::digits(value)
    }

    /// The bounds that a row may set.
    fn bounds(&self) -> Option<Bounds> {
        None
    }

    /// The minimum and maximum length of a value.
    fn lengths(&self) -> (u32, u32) {
        (1, 255)
    }

    /// Whether a row may set a default.
    fn has_default(&self) -> bool {
        true
    }

    /// Whether a setting of the deployment can be the source of a value.
    fn is_set_up(&self) -> bool {
        self.is_text()
    }

    /// Whether a value is a text that everybody may see, so that another text can fall back
    /// to it.
    fn is_readable(&self) -> bool {
        self.is_text()
    }

    /// Whether bodies contain the complete value, and answers show it like that.
    fn is_whole(&self) -> bool {
        true
    }

    /// Whether a value is a JSON string.
    fn is_string(&self) -> bool {
        true
    }

    /// Whether a value is a JSON object.
    fn is_object(&self) -> bool {
        false
    }

    /// Whether lists of the type are not allowed.
    fn is_single(&self) -> bool {
        false
    }

    /// The noun for values that only resources may have, not nested objects; `None` for
    /// other types.
    fn of_resources(&self) -> Option<&'static str> {
        None
    }
}

/// A key that only rows of some types can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// `max`
    Max,
    /// `min`
    Min,
    /// `form`
    Form,
    /// `values`
    Values,
    /// `pattern`
    Pattern,
    /// `reserved`
    Reserved,
    /// `folded`
    Folded,
    /// `delimited`
    Delimited,
    /// `lenient`
    Lenient,
    /// `blank`
    Blank,
}

/// The part of the spec that is needed to check a value.
#[derive(Debug, Clone, Copy)]
pub enum Within<'a> {
    /// The members of an object.
    Object(&'a str),
    /// The members of a shared object.
    Shared(&'a str),
    /// The members of a resource.
    Child(&'a str),
    /// The rows of a table, by its key.
    Entry(&'a str),
    /// A column of a table.
    Key(&'a str, &'a str),
    /// The texts of a list.
    Preset(&'a str),
    /// The sibling that decides, with a type for each of its values.
    Choice(&'a str, &'a [(String, crate::model::Type)]),
    /// Nothing: only the server generates values.
    Made,
}

/// The minimum and maximum, by unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bounds {
    /// Characters of a text.
    Length(u32, u32),
    /// Whole numbers.
    Whole(i64, i64),
    /// Ten-thousandths.
    Parts(i64, i64),
    /// Doubles.
    Double(f64, f64),
}
