//! Reference tables: rows that never change while the service runs.

use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The keys in a column of a reference table.
pub trait Keys {
    /// The name of a key in messages.
    fn what(&self) -> &str;

    /// Whether some row has this key.
    fn knows(&self, key: &str) -> bool;

    /// The number of digits of the keys, if all of them are digits of one length.
    fn width(&self) -> Option<usize>;
}

/// The rows of a reference table by their text in one column.
#[derive(Debug)]
pub struct ReferenceTable<T> {
    column: &'static str,
    width: Option<usize>,
    rows: HashMap<String, T>,
}

impl<T: DeserializeOwned> ReferenceTable<T> {
    /// Reads tab-separated `text` whose first line is the header; an empty
    /// cell is `null`.
    ///
    /// # Panics
    /// If the text does not fit `T`; the generator emits both.
    #[must_use]
    pub fn read(text: &str, column: &'static str) -> Self {
        let mut lines = text.lines();
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let mut rows = HashMap::new();
        for line in lines.filter(|line| !line.is_empty()) {
            let cells = line.split('\t').map(|cell| match cell {
                "" => Value::Null,
                cell => Value::from(cell),
            });
            let names = header.iter().map(|name| (*name).to_owned());
            let row: Map<String, Value> = names.zip(cells).collect();
            let key = row.get(column).and_then(Value::as_str).map(str::to_owned);
            match (key, serde_json::from_value(Value::Object(row))) {
                (Some(key), Ok(row)) => rows.insert(key, row),
                (key, Err(error)) => panic!("row {key:?} of a reference table: {error}"),
                (None, _) => continue,
            };
        }
        let width = rows.keys().next().map(String::len);
        let width = width.filter(|width| {
            let digits = |key: &String| key.bytes().all(|byte| byte.is_ascii_digit());
            rows.keys().all(|key| key.len() == *width && digits(key))
        });
        Self {
            column,
            width,
            rows,
        }
    }
}

impl<T: Clone> ReferenceTable<T> {
    /// The row with this key.
    #[must_use]
    pub fn find(&self, key: Option<&str>) -> Option<T> {
        self.rows.get(key?).cloned()
    }
}

impl<T> Keys for ReferenceTable<T> {
    fn what(&self) -> &str {
        self.column
    }

    fn knows(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }

    fn width(&self) -> Option<usize> {
        self.width
    }
}

impl<K: Keys> Keys for std::sync::LazyLock<K> {
    fn what(&self) -> &str {
        (**self).what()
    }

    fn knows(&self, key: &str) -> bool {
        (**self).knows(key)
    }

    fn width(&self) -> Option<usize> {
        (**self).width()
    }
}
