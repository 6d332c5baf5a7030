//! Values of columns.

use crate::value::{Decimal, Instant, Printed};

/// The value of a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// No value.
    Null,
    /// A whole number, a truth value, ten-thousandths or microseconds.
    Number(i64),
    /// Text.
    Text(String),
}

impl Cell {
    /// The text of a value from a closed list.
    #[must_use]
    pub fn closed<V: crate::body::rule::Values + PartialEq>(value: &V) -> Self {
        let name = V::ALL.iter().find(|(_, other)| other == value);
        name.map_or(Self::Null, |(name, _)| Self::from(*name))
    }

    /// The moment of a date and time.
    #[must_use]
    pub fn time<P: Printed>(time: &P) -> Self {
        Self::from(time.instant())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&bool> for Cell {
    fn from(flag: &bool) -> Self {
        Self::Number(i64::from(*flag))
    }
}

impl From<&i64> for Cell {
    fn from(number: &i64) -> Self {
        Self::Number(*number)
    }
}

impl From<&Decimal> for Cell {
    fn from(number: &Decimal) -> Self {
        Self::Number(number.parts())
    }
}

impl From<Instant> for Cell {
    fn from(at: Instant) -> Self {
        Self::Number(at.micros())
    }
}

impl<'a, T> From<&'a Option<T>> for Cell
where
    Cell: From<&'a T>,
{
    fn from(value: &'a Option<T>) -> Self {
        value.as_ref().map_or(Self::Null, Self::from)
    }
}
