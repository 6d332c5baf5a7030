//! Texts that are never shown: passwords and secrets.

use serde_json::Value;

use super::facts::{Bounds, Key, Kind};
use super::given::{Given, TEXT_MAX};
use super::text::text;
use crate::model::Type;

/// A password: stored as a hash, never shown.
pub(super) struct Password {
    pub(super) min: u32,
    pub(super) max: u32,
}

/// A secret of the client; answers only show whether it is set.
pub(super) struct Secret {
    pub(super) min: u32,
    pub(super) max: u32,
}

/// A password within the bounds of the row.
pub(super) fn password(given: &Given<'_>) -> Type {
    let (min, max) = given.lengths(1, TEXT_MAX);
    Type::Password { min, max }
}

/// A secret within the bounds of the row.
pub(super) fn secret(given: &Given<'_>) -> Type {
    let (min, max) = given.lengths(1, TEXT_MAX);
    Type::Secret { min, max }
}

/// Whether both types may have the key.
fn takes(key: Key) -> bool {
    matches!(key, Key::Max | Key::Min | Key::Lenient | Key::Blank)
}

impl Kind for Password {
    fn takes(&self, key: Key) -> bool {
        takes(key)
    }

    fn compared_as(&self) -> &'static str {
        "password"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        text(value, self.min, self.max).map(Value::from)
    }

    fn bounds(&self) -> Option<Bounds> {
        Some(Bounds::Length(self.min, self.max))
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn is_single(&self) -> bool {
        true
    }
}

impl Kind for Secret {
    fn takes(&self, key: Key) -> bool {
        takes(key)
    }

    fn compared_as(&self) -> &'static str {
        "secret"
    }

    fn is_text(&self) -> bool {
        false
    }

    // `true` is how an existing secret is shown.
    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match value {
            Value::Bool(true) => Ok(value.clone()),
            value => text(value, self.min, self.max).map(Value::from),
        }
    }

    fn bounds(&self) -> Option<Bounds> {
        Some(Bounds::Length(self.min, self.max))
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_whole(&self) -> bool {
        false
    }
}
