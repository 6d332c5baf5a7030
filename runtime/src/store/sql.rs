//! Which objects of a list, and in which order, as SQL: what the databases have in common, and
//! the few words that they write differently.

use std::fmt::Write;

use super::{ColumnValue, Compare, Condition, Select, Term};
use crate::paging::Behind;
use crate::table::{Attribute, ColumnKind, Table};

/// What one database writes in its own way.
#[derive(Debug)]
pub(super) struct Dialect {
    /// The sign before the number of a bound value.
    pub(super) mark: char,
    /// The condition that each of some texts is contained in one of the columns; for each text
    /// the forms by which the columns compare.
    pub(super) each: fn(&mut Query<'_>, columns: &[String], texts: &[Vec<String>]) -> String,
}

/// The conditions of a list while they are written, and the values that they bind.
#[derive(Debug)]
pub(super) struct Query<'a> {
    select: &'a Select,
    dialect: &'static Dialect,
    pub(super) values: Vec<ColumnValue>,
}

impl<'a> Query<'a> {
    pub(super) fn new(select: &'a Select, dialect: &'static Dialect) -> Self {
        Self {
            select,
            dialect,
            values: Vec::new(),
        }
    }

    /// Binds a value, and returns what stands for it.
    pub(super) fn bind(&mut self, value: ColumnValue) -> String {
        self.values.push(value);
        format!("{}{}", self.dialect.mark, self.values.len())
    }

    /// The texts that are shown of an object.
    pub(super) fn shown(&self) -> &'static str {
        match self.select.privileged {
            true => "coalesce(\"full\", body)",
            false => "body",
        }
    }

    /// The table, and the conditions without that on the position.
    pub(super) fn filter(&mut self) -> String {
        let Select { table, tenant, .. } = self.select;
        let tenant = self.bind(ColumnValue::Text(tenant.clone()));
        let mut sql = format!("\"{}\" WHERE tenant = {tenant}", table.name);
        if let Some(parent) = &self.select.parent {
            let parent = self.bind(ColumnValue::Text(parent_key(table, parent)));
            let _ = write!(sql, " AND parent = {parent}");
        }
        for condition in &self.select.conditions {
            let condition = match condition {
                Condition::Any(terms) => {
                    let terms = terms.iter().map(|one| self.term(one));
                    terms.collect::<Vec<_>>().join(" OR ")
                }
                Condition::Each {
                    fields,
                    folded,
                    texts,
                } => self.each(fields, *folded, texts),
            };
            let _ = write!(sql, " AND ({condition})");
        }
        sql
    }

    /// The condition on where the page begins.
    pub(super) fn behind(&mut self) -> String {
        let select = self.select;
        let key = |id: &str| ColumnValue::Text(select.table.id_kind.key(id));
        match &select.after {
            Some(Behind::Position(after)) => {
                let created = self.bind(ColumnValue::Number(after.created.micros()));
                let id = self.bind(key(&after.id));
                format!(" AND (created, id) > ({created}, {id})")
            }
            Some(Behind::Id(after)) => {
                let id = self.bind(key(after));
                format!(" AND id > {id}")
            }
            None => String::new(),
        }
    }

    /// The order: `null` last, texts by their folded form first, ties by identifier.
    pub(super) fn order(&self) -> String {
        let way = match self.select.descending {
            true => "DESC",
            false => "ASC",
        };
        let mut order = match self.select.order {
            Attribute::Id => String::new(),
            Attribute::Created => format!("created {way}, "),
            Attribute::Updated => format!("updated {way}, "),
            Attribute::Column(at) => {
                let column = &self.select.table.columns[at];
                let name = column.name;
                let folded = match column.kind {
                    ColumnKind::Text => format!("\"f_{name}\" {way}, "),
                    _ => String::new(),
                };
                format!("\"c_{name}\" IS NULL {way}, {folded}\"c_{name}\" {way}, ")
            }
        };
        let _ = write!(order, "id {way}");
        order
    }

    fn term(&mut self, term: &Term) -> String {
        let table = self.select.table;
        let column = column(table, term.field, term.folded);
        let asked = asked(table, term.field, term.folded, &term.value);
        let Some((compare, asked)) = storable(term.compare, asked) else {
            return "1 = 0".to_owned();
        };
        let value = self.bind(asked);
        match compare {
            Compare::Equal => format!("{column} = {value}"),
            Compare::Greater => format!("{column} > {value}"),
            Compare::Least => format!("{column} >= {value}"),
            Compare::Less => format!("{column} < {value}"),
            Compare::Most => format!("{column} <= {value}"),
        }
    }

    fn each(&mut self, fields: &[Attribute], folded: bool, texts: &[String]) -> String {
        // No stored text contains U+0000.
        if texts.iter().any(|text| text.contains('\0')) {
            return "1 = 0".to_owned();
        }
        let table = self.select.table;
        // Columns of different kinds compare different forms of a text.
        let form = |field: &Attribute, text: &String| {
            let text = ColumnValue::Text(text.clone());
            match asked(table, *field, folded, &text) {
                ColumnValue::Text(text) => text,
                ColumnValue::Null | ColumnValue::Number(_) => String::new(),
            }
        };
        let forms = |text: &String| fields.iter().map(|field| form(field, text)).collect();
        let texts: Vec<Vec<String>> = texts.iter().map(forms).collect();
        let columns = fields.iter().map(|field| column(table, *field, folded));
        (self.dialect.each)(self, &columns.collect::<Vec<_>>(), &texts)
    }
}

/// The same comparison with a value that can be stored, or `None` if it never holds. No stored
/// text contains U+0000, and PostgreSQL does not even take one to compare with: a text with it
/// stands directly behind the part before it.
fn storable(compare: Compare, asked: ColumnValue) -> Option<(Compare, ColumnValue)> {
    let ColumnValue::Text(text) = &asked else {
        return Some((compare, asked));
    };
    let Some((before, _)) = text.split_once('\0') else {
        return Some((compare, asked));
    };
    let compare = match compare {
        Compare::Equal => return None,
        Compare::Greater | Compare::Least => Compare::Greater,
        Compare::Less | Compare::Most => Compare::Most,
    };
    Some((compare, ColumnValue::Text(before.to_owned())))
}

/// A value converted to the form in which a field is compared.
fn asked(table: &Table, field: Attribute, folded: bool, value: &ColumnValue) -> ColumnValue {
    match (field, value) {
        (Attribute::Id, ColumnValue::Text(id)) => ColumnValue::Text(table.id_kind.key(id)),
        (Attribute::Id, ColumnValue::Null | ColumnValue::Number(_)) => ColumnValue::Null,
        (Attribute::Created | Attribute::Updated, value) => value.clone(),
        (Attribute::Column(at), value) => match (table.columns[at].kind, folded) {
            (ColumnKind::Text, true) => value.folded(),
            (kind, _) => value.compared(kind),
        },
    }
}

/// The column by which a field is compared.
fn column(table: &Table, field: Attribute, folded: bool) -> String {
    match field {
        Attribute::Id => "id".to_owned(),
        Attribute::Created => "created".to_owned(),
        Attribute::Updated => "updated".to_owned(),
        Attribute::Column(at) => {
            let column = &table.columns[at];
            match folded && column.kind == ColumnKind::Text {
                true => format!("\"f_{}\"", column.name),
                false => format!("\"c_{}\"", column.name),
            }
        }
    }
}

/// The key of a parent's identifier in the store.
pub(super) fn parent_key(table: &Table, parent: &str) -> String {
    let kind = table
        .parent
        .as_ref()
        .map_or(table.id_kind, |parent| parent.table.id_kind);
    kind.key(parent)
}

#[cfg(test)]
mod tests {
    use super::{ColumnValue, Compare, storable};

    #[test]
    fn a_text_with_nul_compares_as_what_can_be_stored_does() {
        let holds = |compare, own: &str, asked: &str| match compare {
            Compare::Equal => own == asked,
            Compare::Greater => own > asked,
            Compare::Least => own >= asked,
            Compare::Less => own < asked,
            Compare::Most => own <= asked,
        };
        let every = [
            Compare::Equal,
            Compare::Greater,
            Compare::Least,
            Compare::Less,
            Compare::Most,
        ];
        for asked in ["\0", "a\0", "a\0b", "b\0\0c", "a", ""] {
            for own in ["", "a", "aa", "a\u{1}", "b", "ba", "é"] {
                for compare in every {
                    let found = match storable(compare, ColumnValue::Text(asked.to_owned())) {
                        Some((compare, ColumnValue::Text(asked))) => holds(compare, own, &asked),
                        _ => false,
                    };
                    let expected = holds(compare, own, asked);
                    assert_eq!(found, expected, "{own:?} {compare:?} {asked:?}");
                }
            }
        }
    }
}
