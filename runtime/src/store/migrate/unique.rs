//! Objects that share values that have to be unique now.

use super::breach::Breaches;
use super::port::Port;
use super::shape::rule;
use crate::problem::{At, Violation};
use crate::store::Error;
use crate::table::{Table, Unique};

/// Counts the objects that share the values of combinations that had not to be unique before.
pub(super) fn count(
    port: &mut dyn Port,
    table: &'static Table,
    new: &[String],
    breaches: &mut Breaches,
) -> Result<(), Error> {
    for unique in table.unique {
        if !new.contains(&rule(table, unique)) {
            continue;
        }
        let found: Vec<Violation> = unique.members.iter().map(|one| shared(one)).collect();
        for id in twins(port, table, unique)? {
            breaches.count(table.name, &table.id_kind.of_key(id), &found);
        }
    }
    Ok(())
}

/// The keys of objects whose values another object has as well.
fn twins(port: &mut dyn Port, table: &Table, unique: &Unique) -> Result<Vec<String>, Error> {
    let names = unique.columns.iter().map(|at| table.columns[*at].name);
    let mut same: Vec<String> = names
        .map(|name| format!("other.\"c_{name}\" = own.\"c_{name}\""))
        .collect();
    if unique.in_parent {
        same.push("other.parent = own.parent".to_owned());
    }
    let sql = format!(
        "SELECT id FROM \"{0}\" own WHERE EXISTS (SELECT 1 FROM \"{0}\" other \
         WHERE other.tenant = own.tenant AND other.id <> own.id AND {1}) ORDER BY created, id",
        table.name,
        same.join(" AND ")
    );
    let rows = port.query(&sql, &[])?.into_iter();
    Ok(rows.filter_map(|mut row| row.text()).collect())
}

fn shared(member: &str) -> Violation {
    Violation {
        at: At::Pointer(format!("/{member}")),
        code: "duplicate",
        detail: "has to be unique".to_owned(),
    }
}
