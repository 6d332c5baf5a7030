//! Values from tables of the spec or the deployment: keys, rows and lists.

use serde_json::Value;

use super::facts::{Key, Kind, Within};
use super::text::text;
use crate::syntax::Asks;

/// A key of a reference table: the table and the column.
pub(super) struct TableKey<'a>(pub(super) &'a str, pub(super) &'a str);

/// A row of a reference table, looked up by a sibling.
pub(super) struct TableRow;

/// A row of a deployment table, sent by its key.
pub(super) struct Entry<'a>(pub(super) &'a str);

/// A text of a list in the deployment.
pub(super) struct Preset<'a>(pub(super) &'a str);

/// The identifier of a signing key of the tenant; if some are known, one of these.
pub(super) struct SigningKey<'a>(pub(super) &'a [String]);

impl Kind for TableKey<'_> {
    fn carries(&self, asks: Asks) -> bool {
        asks == Asks::Value
    }

    fn read(&self, _value: &Value) -> Result<Value, &'static str> {
        Err("type")
    }

    fn within(&self) -> Option<Within<'_>> {
        Some(Within::Key(self.0, self.1))
    }

    fn is_readable(&self) -> bool {
        false
    }
}

impl Kind for TableRow {
    fn takes(&self, _key: Key) -> bool {
        false
    }

    fn compared_as(&self) -> &'static str {
        "row"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn read(&self, _value: &Value) -> Result<Value, &'static str> {
        Err("read_only")
    }

    fn within(&self) -> Option<Within<'_>> {
        Some(Within::Made)
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn of_resources(&self) -> Option<&'static str> {
        Some("rows that are looked up")
    }
}

impl Kind for Entry<'_> {
    fn takes(&self, _key: Key) -> bool {
        false
    }

    fn compared_as(&self) -> &'static str {
        "row"
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

    fn read(&self, _value: &Value) -> Result<Value, &'static str> {
        Err("type")
    }

    fn within(&self) -> Option<Within<'_>> {
        Some(Within::Entry(self.0))
    }

    fn has_default(&self) -> bool {
        false
    }
}

impl Kind for Preset<'_> {
    fn takes(&self, key: Key) -> bool {
        matches!(key, Key::Reserved | Key::Blank)
    }

    fn carries(&self, asks: Asks) -> bool {
        asks.is_textual()
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        text(value, 0, u32::MAX).map(Value::from)
    }

    fn within(&self) -> Option<Within<'_>> {
        Some(Within::Preset(self.0))
    }

    fn is_readable(&self) -> bool {
        false
    }
}

impl Kind for SigningKey<'_> {
    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let text = text(value, 0, 255)?;
        match self.0.is_empty() || self.0.iter().any(|one| one == text) {
            true => Ok(value.clone()),
            false => Err("not_a_value"),
        }
    }

    fn is_set_up(&self) -> bool {
        false
    }

    fn is_readable(&self) -> bool {
        false
    }
}
