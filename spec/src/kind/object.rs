//! JSON objects: nested, shared, arbitrary, and header fields.

use serde_json::{Map, Value};

use super::facts::{Key, Kind, Within};
use crate::value::template::is_template;

/// A nested object, by type name.
pub(super) struct Object<'a>(pub(super) &'a str);

/// An object shared within a tenant, by type name.
pub(super) struct Shared<'a>(pub(super) &'a str);

/// An embedded child, by resource name.
pub(super) struct Child<'a>(pub(super) &'a str);

/// Any JSON object.
pub(super) struct AnyMap;

/// HTTP header fields by name.
pub(super) struct Headers;

/// An object or a text with `${JSONPath}` in its texts.
pub(super) struct Template;

/// The common parts of all of these.
macro_rules! object {
    () => {
        fn compared_as(&self) -> &'static str {
            "object"
        }

        fn is_text(&self) -> bool {
            false
        }

        fn is_string(&self) -> bool {
            false
        }

        fn is_object(&self) -> bool {
            true
        }
    };
}

impl Kind for Object<'_> {
    object!();

    fn takes(&self, key: Key) -> bool {
        key == Key::Delimited
    }

    fn read(&self, _value: &Value) -> Result<Value, &'static str> {
        Err("type")
    }

    fn within(&self) -> Option<Within<'_>> {
        Some(Within::Object(self.0))
    }
}

impl Kind for Shared<'_> {
    object!();

    fn takes(&self, _key: Key) -> bool {
        false
    }

    fn read(&self, _value: &Value) -> Result<Value, &'static str> {
        Err("type")
    }

    fn within(&self) -> Option<Within<'_>> {
        Some(Within::Shared(self.0))
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn of_resources(&self) -> Option<&'static str> {
        Some("shared objects")
    }
}

impl Kind for Child<'_> {
    object!();

    fn takes(&self, _key: Key) -> bool {
        false
    }

    fn read(&self, _value: &Value) -> Result<Value, &'static str> {
        Err("type")
    }

    fn within(&self) -> Option<Within<'_>> {
        Some(Within::Child(self.0))
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn of_resources(&self) -> Option<&'static str> {
        Some("children")
    }
}

impl Kind for AnyMap {
    object!();

    fn takes(&self, _key: Key) -> bool {
        false
    }

    fn empty(&self) -> Value {
        Value::Object(Map::new())
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match value {
            Value::Object(_) => Ok(value.clone()),
            _ => Err("type"),
        }
    }
}

impl Kind for Headers {
    object!();

    fn takes(&self, key: Key) -> bool {
        key == Key::Reserved
    }

    fn empty(&self) -> Value {
        Value::Object(Map::new())
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match value {
            Value::Object(_) => Ok(value.clone()),
            _ => Err("type"),
        }
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_single(&self) -> bool {
        true
    }
}

impl Kind for Template {
    object!();

    fn takes(&self, _key: Key) -> bool {
        false
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match value {
            Value::Object(_) | Value::String(_) if is_template(value) => Ok(value.clone()),
            Value::Object(_) | Value::String(_) => Err("format"),
            _ => Err("type"),
        }
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_single(&self) -> bool {
        true
    }
}
