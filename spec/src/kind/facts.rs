//! What the spec language asks of every type of field.

use serde_json::Value;

use crate::syntax::Op;

/// What a type of field is: which keys a row of it may have, which values it
/// takes, and how they are compared. What is not said here is as for a text of
/// a known syntax, such as a colour.
pub trait Kind {
    /// Whether the key may stand on a field of the type.
    fn takes(&self, key: Key) -> bool {
        key == Key::Reserved
    }

    /// Whether a filter may compare a single value of the type like this.
    fn carries(&self, _op: Op) -> bool {
        false
    }

    /// What values are compared as: fields of one filter agree in it.
    fn compared_as(&self) -> &'static str {
        "text"
    }

    /// Whether values are texts that are kept and shown as such.
    fn is_text(&self) -> bool {
        true
    }

    /// Whether one value can be told from another, and be kept in a column.
    fn is_compared(&self) -> bool {
        self.is_text()
    }

    /// Whether values of several types, not all of them texts, may stand here.
    fn is_mixed(&self) -> bool {
        false
    }

    /// What is shown where nothing sets a field that is never `null`; `null`
    /// where the type has no such value.
    fn empty(&self) -> Value {
        Value::Null
    }

    /// Reads a value that can be judged alone.
    ///
    /// # Errors
    /// The code of what is wrong with it.
    fn read(&self, value: &Value) -> Result<Value, &'static str>;

    /// What of the spec a value is judged by, where it cannot be judged alone.
    fn within(&self) -> Option<Within<'_>> {
        None
    }

    /// The value of the type that another JSON value means, for `lenient`.
    fn meant(&self, value: &Value) -> Value {
        super::text::digits(value)
    }

    /// The bounds that a row may set.
    fn bounds(&self) -> Option<Bounds> {
        None
    }

    /// The fewest and the most characters of a value.
    fn lengths(&self) -> (u32, u32) {
        (1, 255)
    }

    /// Whether a spec may name a value that a create has which sends none.
    fn has_default(&self) -> bool {
        true
    }

    /// Whether a setting of the deployment gives a value.
    fn is_set_up(&self) -> bool {
        self.is_text()
    }

    /// Whether a value is a text that everybody may see, so that another text may
    /// fall back to it.
    fn is_readable(&self) -> bool {
        self.is_text()
    }

    /// Whether a body brings a value whole, and it is shown as that.
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

    /// Whether values stand alone, never in a list.
    fn is_single(&self) -> bool {
        false
    }

    /// What only a resource can have, never an object inside of one.
    fn of_resources(&self) -> Option<&'static str> {
        None
    }
}

/// A key of a row that only some types can use.
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

/// What of the spec a value is judged by.
#[derive(Debug, Clone, Copy)]
pub enum Within<'a> {
    /// The members of an object.
    Object(&'a str),
    /// The members of an object that others share.
    Shared(&'a str),
    /// The members of a resource.
    Child(&'a str),
    /// The rows of a table, by its key.
    Entry(&'a str),
    /// A column of a table.
    Key(&'a str, &'a str),
    /// The texts of a list.
    Preset(&'a str),
    /// The sibling that decides, and a type for each of its values.
    Choice(&'a str, &'a [(String, crate::model::Type)]),
    /// Nothing: the server alone makes it.
    Made,
}

/// The smallest and the largest value, by what is counted.
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
