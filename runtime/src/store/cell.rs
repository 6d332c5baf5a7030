//! Values of columns.

use crate::table::ColumnKind;
use crate::value::{
    Decimal, Instant, Local, MillisZ, Number, Printed, SecondsOffset, Values, external_key, fold,
};

/// What stands between the texts of a list.
pub(crate) const SEPARATOR: char = '\u{1f}';

/// The value of a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// No value.
    Null,
    /// A whole number, a truth value, ten-thousandths, microseconds or the rank of a
    /// double.
    Number(i64),
    /// Text.
    Text(String),
}

impl Cell {
    /// What the value is compared by in a column of `kind`.
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

    /// What the value is compared by without regard to case.
    #[must_use]
    pub fn folded(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(fold(text)),
            cell => cell.clone(),
        }
    }
}

/// A value that a column can hold.
pub trait ToCell {
    /// The value of the column.
    fn to_cell(&self) -> Cell;
}

impl<V: Values> ToCell for V {
    fn to_cell(&self) -> Cell {
        self.name().to_cell()
    }
}

impl ToCell for str {
    fn to_cell(&self) -> Cell {
        Cell::Text(self.to_owned())
    }
}

impl ToCell for String {
    fn to_cell(&self) -> Cell {
        Cell::Text(self.clone())
    }
}

/// Texts of a list stand between separators, so that each can be looked for.
impl<T: ToCell> ToCell for Vec<T> {
    fn to_cell(&self) -> Cell {
        let mut text = SEPARATOR.to_string();
        for item in self {
            if let Cell::Text(item) = item.to_cell() {
                text.push_str(&item);
                text.push(SEPARATOR);
            }
        }
        Cell::Text(text)
    }
}

impl ToCell for bool {
    fn to_cell(&self) -> Cell {
        Cell::Number(i64::from(*self))
    }
}

impl ToCell for i64 {
    fn to_cell(&self) -> Cell {
        Cell::Number(*self)
    }
}

impl ToCell for Decimal {
    fn to_cell(&self) -> Cell {
        Cell::Number(self.parts())
    }
}

// Ordered as numbers are, by a whole number of the same order.
impl ToCell for Number {
    fn to_cell(&self) -> Cell {
        Cell::Number(self.rank())
    }
}

impl ToCell for Instant {
    fn to_cell(&self) -> Cell {
        Cell::Number(self.micros())
    }
}

// A moment is compared as it is printed: what is not shown cannot be asked for.
impl ToCell for SecondsOffset {
    fn to_cell(&self) -> Cell {
        Self::FORM.cut(self.0).to_cell()
    }
}

impl ToCell for MillisZ {
    fn to_cell(&self) -> Cell {
        Self::FORM.cut(self.0).to_cell()
    }
}

impl ToCell for Local {
    fn to_cell(&self) -> Cell {
        Self::FORM.cut(self.0).to_cell()
    }
}

impl<T: ToCell> ToCell for Option<T> {
    fn to_cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Null, ToCell::to_cell)
    }
}
