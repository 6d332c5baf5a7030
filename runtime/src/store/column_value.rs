//! Values of columns.

use crate::table::ColumnKind;
use crate::value::{
    Decimal, Instant, Local, MillisZ, Number, Printed, SecondsOffset, SecondsZ, Values,
    external_key, fold,
};

/// Separator between the texts of a list.
pub(crate) const SEPARATOR: char = '\u{1f}';

/// The value of a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnValue {
    /// No value.
    Null,
    /// A whole number, a boolean, ten-thousandths, microseconds or the rank of a double.
    Number(i64),
    /// Text.
    Text(String),
}

impl ColumnValue {
    /// The value of a column for `value`.
    #[must_use]
    pub fn of(value: &impl ToColumnValue) -> Self {
        value.to_column_value()
    }

    /// The value by which a column of `kind` compares.
    #[must_use]
    pub fn compared(&self, kind: ColumnKind) -> Self {
        match self {
            Self::Text(text) if kind == ColumnKind::External => {
                Self::Text(external_key(text).into_owned())
            }
            Self::Text(text) if kind == ColumnKind::Folded => Self::Text(fold(text)),
            cell => cell.clone(),
        }
    }

    /// The value by which it compares when case is ignored.
    #[must_use]
    pub fn folded(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(fold(text)),
            cell => cell.clone(),
        }
    }
}

/// A value that a column can hold.
pub trait ToColumnValue {
    /// Converts to the value of a column.
    fn to_column_value(&self) -> ColumnValue;
}

impl<V: Values> ToColumnValue for V {
    fn to_column_value(&self) -> ColumnValue {
        self.name().to_column_value()
    }
}

impl ToColumnValue for str {
    fn to_column_value(&self) -> ColumnValue {
        ColumnValue::Text(self.to_owned())
    }
}

impl ToColumnValue for String {
    fn to_column_value(&self) -> ColumnValue {
        ColumnValue::Text(self.clone())
    }
}

/// The texts of a list are enclosed in separators, so that each can be searched for.
impl<T: ToColumnValue> ToColumnValue for Vec<T> {
    fn to_column_value(&self) -> ColumnValue {
        let mut text = SEPARATOR.to_string();
        for item in self {
            if let ColumnValue::Text(item) = item.to_column_value() {
                text.push_str(&item);
                text.push(SEPARATOR);
            }
        }
        ColumnValue::Text(text)
    }
}

impl ToColumnValue for bool {
    fn to_column_value(&self) -> ColumnValue {
        ColumnValue::Number(i64::from(*self))
    }
}

impl ToColumnValue for i64 {
    fn to_column_value(&self) -> ColumnValue {
        ColumnValue::Number(*self)
    }
}

impl ToColumnValue for Decimal {
    fn to_column_value(&self) -> ColumnValue {
        ColumnValue::Number(self.parts())
    }
}

// Represented by a whole number with the same order.
impl ToColumnValue for Number {
    fn to_column_value(&self) -> ColumnValue {
        ColumnValue::Number(self.rank())
    }
}

impl ToColumnValue for Instant {
    fn to_column_value(&self) -> ColumnValue {
        ColumnValue::Number(self.micros())
    }
}

// Compared with the precision in which it is printed: finer digits cannot be filtered for.
impl ToColumnValue for SecondsOffset {
    fn to_column_value(&self) -> ColumnValue {
        Self::FORM.cut(self.0).to_column_value()
    }
}

impl ToColumnValue for SecondsZ {
    fn to_column_value(&self) -> ColumnValue {
        Self::FORM.cut(self.0).to_column_value()
    }
}

impl ToColumnValue for MillisZ {
    fn to_column_value(&self) -> ColumnValue {
        Self::FORM.cut(self.0).to_column_value()
    }
}

impl ToColumnValue for Local {
    fn to_column_value(&self) -> ColumnValue {
        Self::FORM.cut(self.0).to_column_value()
    }
}

impl<T: ToColumnValue> ToColumnValue for Option<T> {
    fn to_column_value(&self) -> ColumnValue {
        self.as_ref()
            .map_or(ColumnValue::Null, ToColumnValue::to_column_value)
    }
}
