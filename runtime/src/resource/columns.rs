//! The columns of a resource: the name, kind and value of each in one place.

use std::fmt;

use crate::store::{ColumnValue, ToColumnValue};
use crate::table::{Attribute, Column as Stored, ColumnKind};

/// A column of the resource `R`, computed from its objects.
pub struct Column<R: 'static> {
    stored: Stored,
    value: Value<R>,
}

enum Value<R: 'static> {
    /// The value of a member.
    Member(for<'r> fn(&'r R) -> &'r dyn ToColumnValue),
    /// A text joined from several members.
    Joined(fn(&R) -> String),
}

impl<R> Column<R> {
    /// Texts compared both exactly and ignoring case.
    #[must_use]
    pub const fn text(
        name: &'static str,
        value: for<'r> fn(&'r R) -> &'r dyn ToColumnValue,
    ) -> Self {
        Self::new(name, ColumnKind::Text, Value::Member(value))
    }

    /// Texts joined from other members.
    #[must_use]
    pub const fn joined(name: &'static str, value: fn(&R) -> String) -> Self {
        Self::new(name, ColumnKind::Text, Value::Joined(value))
    }

    /// Texts compared only exactly.
    #[must_use]
    pub const fn exact(
        name: &'static str,
        value: for<'r> fn(&'r R) -> &'r dyn ToColumnValue,
    ) -> Self {
        Self::new(name, ColumnKind::Exact, Value::Member(value))
    }

    /// Identifiers of other systems.
    #[must_use]
    pub const fn external(
        name: &'static str,
        value: for<'r> fn(&'r R) -> &'r dyn ToColumnValue,
    ) -> Self {
        Self::new(name, ColumnKind::External, Value::Member(value))
    }

    /// Texts compared only ignoring case.
    #[must_use]
    pub const fn folded(
        name: &'static str,
        value: for<'r> fn(&'r R) -> &'r dyn ToColumnValue,
    ) -> Self {
        Self::new(name, ColumnKind::Folded, Value::Member(value))
    }

    /// Lists of texts.
    #[must_use]
    pub const fn list(
        name: &'static str,
        value: for<'r> fn(&'r R) -> &'r dyn ToColumnValue,
    ) -> Self {
        Self::new(name, ColumnKind::List, Value::Member(value))
    }

    /// Numbers, instants and booleans.
    #[must_use]
    pub const fn number(
        name: &'static str,
        value: for<'r> fn(&'r R) -> &'r dyn ToColumnValue,
    ) -> Self {
        Self::new(name, ColumnKind::Number, Value::Member(value))
    }

    const fn new(name: &'static str, kind: ColumnKind, value: Value<R>) -> Self {
        let stored = Stored { name, kind };
        Self { stored, value }
    }
}

impl<R> fmt::Debug for Column<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.stored.fmt(f)
    }
}

/// The columns of the resource `R`. Tables refer to them by name, which is resolved at compile
/// time.
#[derive(Debug)]
pub struct Columns<R: 'static, const N: usize>(pub [Column<R>; N]);

impl<R, const N: usize> Columns<R, N> {
    /// The descriptions that the store needs.
    #[must_use]
    pub const fn stored(&self) -> [Stored; N] {
        let none = Stored {
            name: "",
            kind: ColumnKind::Text,
        };
        let (mut all, mut at) = ([none; N], 0);
        while at < N {
            all[at] = self.0[at].stored;
            at += 1;
        }
        all
    }

    /// The index of the column called `name`.
    ///
    /// # Panics
    /// If there is no such column, in which case the table does not compile.
    #[must_use]
    pub const fn at(&self, name: &str) -> usize {
        let mut at = 0;
        while at < N {
            if same(self.0[at].stored.name.as_bytes(), name.as_bytes()) {
                return at;
            }
            at += 1;
        }
        panic!("there is no column of this name");
    }

    /// The order by the column called `name`.
    ///
    /// # Panics
    /// If there is no such column, in which case the table does not compile.
    #[must_use]
    pub const fn by(&self, name: &str) -> Attribute {
        Attribute::Column(self.at(name))
    }

    /// The values of all columns for one object.
    #[must_use]
    pub fn values(&self, object: &R) -> Vec<ColumnValue> {
        let cell = |column: &Column<R>| match column.value {
            Value::Member(value) => value(object).to_column_value(),
            Value::Joined(value) => value(object).to_column_value(),
        };
        self.0.iter().map(cell).collect()
    }
}

/// Whether two texts are equal; `==` cannot be used in a constant.
const fn same(one: &[u8], other: &[u8]) -> bool {
    let (mut at, length) = (0, one.len());
    if other.len() != length {
        return false;
    }
    while at < length && one[at] == other[at] {
        at += 1;
    }
    at == length
}

#[cfg(test)]
mod tests {
    use super::{Column, Columns};
    use crate::store::ColumnValue;
    use crate::table::Attribute;

    struct Book {
        title: String,
        pages: i64,
    }

    const COLUMNS: Columns<Book, 3> = Columns([
        Column::text("title", |book| &book.title),
        Column::number("pages", |book| &book.pages),
        Column::joined("both", |book| format!("{} {}", book.title, book.pages)),
    ]);

    const BOTH: Attribute = COLUMNS.by("both");

    #[test]
    fn a_name_leads_to_the_value_that_stands_beside_it() {
        let book = Book {
            title: "A".to_owned(),
            pages: 7,
        };
        let text = |text: &str| ColumnValue::Text(text.to_owned());
        let cells = [text("A"), ColumnValue::Number(7), text("A 7")];
        assert_eq!(COLUMNS.values(&book), cells);
        assert_eq!(BOTH, Attribute::Column(2));
        assert_eq!(
            COLUMNS.stored().map(|one| one.name),
            ["title", "pages", "both"]
        );
    }

    #[test]
    #[should_panic(expected = "no column of this name")]
    fn a_name_of_none_leads_nowhere() {
        let _ = COLUMNS.at("titles");
    }
}
