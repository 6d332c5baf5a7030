//! Reference tables: rows that never change while a service runs.

use serde_json::{Map, Value};

use super::Row;
use crate::tree::unmarked;

/// A tab-separated file, parsed into header and rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableData {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Cells of each row; `None` is an empty cell.
    pub rows: Vec<Vec<Option<String>>>,
}

impl TableData {
    /// Reads tab-separated text whose first line is the header.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut lines = unmarked(text).lines().filter(|line| !line.is_empty());
        let header: Vec<String> = lines
            .next()
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .unwrap_or_default();
        let rows = lines
            .map(|line| {
                let mut cells = line.split('\t');
                (0..header.len())
                    .map(|_| {
                        cells
                            .next()
                            .filter(|cell| !cell.is_empty())
                            .map(str::to_owned)
                    })
                    .collect()
            })
            .collect();
        Self { header, rows }
    }

    /// The values of one column.
    pub fn column(&self, name: &str) -> impl Iterator<Item = &str> {
        let index = self.header.iter().position(|column| column == name);
        self.rows
            .iter()
            .filter_map(move |row| row.get(index?)?.as_deref())
    }
}

/// A reference table with its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Path below the base, for rows that belong to the deployment.
    pub path: Option<String>,
    /// Its name in the spec.
    pub name: String,
    /// What it holds.
    pub about: Option<String>,
    /// Its columns in the order they are printed.
    pub columns: Vec<Column>,
    /// One object per row, members in the order of the columns.
    pub rows: Vec<Map<String, Value>>,
    /// The row of the spec.
    pub row: Row,
}

/// A column, shown as a member.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name on the wire.
    pub name: String,
    /// Its meaning, in our own words.
    pub about: Option<String>,
    /// Whether cells may be `null`.
    pub nullable: bool,
    /// The row of the spec.
    pub row: Row,
}

impl Table {
    /// The row with `key` in `column`.
    #[must_use]
    pub fn find(&self, column: &str, key: &str) -> Option<&Map<String, Value>> {
        self.rows
            .iter()
            .find(|row| row.get(column).and_then(Value::as_str) == Some(key))
    }
}
