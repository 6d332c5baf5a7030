//! All statements, beside a list of those that are there on purpose.

mod migration;

use std::collections::BTreeSet;
use std::path::Path;

use super::catalog::Catalog;
use super::schema::WORDS;
use super::select::List;
use super::{clock, ledger, ready, schema, settings};
use crate::paging::{Behind, Position};
use crate::store::{ColumnValue, Compare, Condition, Select, Term};
use crate::table::{Attribute, Column, ColumnKind, Table, Unique};
use crate::value::{IdKind, Instant};
use crate::watch::seal::Sealer;

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind }
}

/// A table with a column of each kind.
static THINGS: Table = Table {
    name: "things",
    id_kind: IdKind::Increasing,
    columns: &[
        column("text", ColumnKind::Text),
        column("exact", ColumnKind::Exact),
        column("outside", ColumnKind::External),
        column("folded", ColumnKind::Folded),
        column("list", ColumnKind::List),
        column("number", ColumnKind::Number),
    ],
    unique: &[
        Unique::in_tenant(&[2], &["outside"]),
        Unique::in_parent(&[0, 5], &["text", "number"]),
    ],
    ..Table::BASE
};

fn list(after: Behind) -> List {
    let text = |text: &str| ColumnValue::Text(text.to_owned());
    let compares = [
        Compare::Equal,
        Compare::Greater,
        Compare::Least,
        Compare::Less,
        Compare::Most,
    ];
    let term = |compare| Term {
        field: Attribute::Column(0),
        folded: compare == Compare::Equal,
        compare,
        value: text("a"),
    };
    List::new(&Select {
        table: &THINGS,
        tenant: "t".to_owned(),
        parent: Some("1".to_owned()),
        privileged: true,
        conditions: vec![
            Condition::Any(compares.map(term).to_vec()),
            Condition::Each {
                fields: vec![Attribute::Column(0), Attribute::Column(4)],
                folded: true,
                texts: vec!["b".to_owned(), "a".to_owned(), "b".to_owned()],
            },
        ],
        order: Attribute::Column(0),
        descending: true,
        after: Some(after),
        limit: Some(1),
        offset: 0,
    })
}

fn statements() -> BTreeSet<String> {
    let parts = schema::parts().into_iter();
    let mut all: BTreeSet<String> = parts.map(|part| part.make).collect();
    all.insert(WORDS.create_table(&THINGS));
    all.extend(WORDS.indexes(&THINGS).into_iter().map(|one| one.make));
    let catalog = Catalog::new(&[&THINGS], Sealer::parse(&"00".repeat(32)).unwrap());
    let own = catalog.of(&THINGS);
    all.extend([&own.find, &own.children, &own.put].map(String::clone));
    all.extend([&own.remove, &own.mended].map(String::clone));
    all.extend(catalog.referencing(&THINGS).iter().cloned());
    let uniques = THINGS.unique.iter();
    all.extend(uniques.map(|unique| own.conflict(&THINGS, unique).to_owned()));
    let constants = [
        clock::LOCK,
        clock::MOVE,
        clock::TAKE,
        settings::READ,
        settings::PUT,
        settings::LOCK,
        ready::TOUCH,
    ];
    all.extend(constants.map(str::to_owned));
    all.insert(clock::make("t").text());
    all.extend(crate::auth::STATEMENTS.iter().map(|one| (*one).to_owned()));
    all.extend(ledger::statements());
    let id = "1".to_owned();
    let position = Position {
        created: Instant::from_micros(1),
        id: id.clone(),
    };
    for list in [Behind::Position(position), Behind::Id(id)].map(list) {
        all.extend([&list.page, &list.rest, &list.total].map(|one| one.text()));
    }
    all
}

/// Compares statements with those in a file; `UPDATE_STATEMENTS=1` writes it.
fn compare(all: &BTreeSet<String>, file: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/store/postgres")
        .join(file);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let text = format!("{};\n", all.join(";\n"));
    if std::env::var_os("UPDATE_STATEMENTS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

/// Nothing is used that only one database has.
fn refuse_peculiar(sql: &str) {
    for word in [
        "nextval",
        "SERIAL",
        "SEQUENCE",
        "NOTIFY",
        "advisory",
        "TRIGGER",
        "ARRAY",
        "ANY(",
        "->",
        "json",
        "[",
        "LOCK TABLE",
        "SET ROLE",
    ] {
        assert!(!sql.contains(word), "{word} in {sql}");
    }
}

#[test]
fn statements_are_those_of_the_list() {
    compare(&statements(), "statements.sql");
}

/// So that a database that spreads tables over machines can spread these by tenant.
#[test]
fn the_tenant_is_first_and_nothing_is_used_that_only_one_database_has() {
    for sql in statements() {
        let tables = sql.matches(" FROM ").count()
            - sql.matches("FROM known").count()
            - sql.matches("FROM own").count()
            - sql.matches("FROM gone").count()
            - sql.matches("DISTINCT FROM").count();
        let tenants = sql.matches("tenant = $1").count();
        let first = match sql.split(' ').next().unwrap() {
            "CREATE" => [
                "(tenant,",
                "PRIMARY KEY(tenant,",
                "tenant TEXT COLLATE \"C\" PRIMARY KEY",
            ]
            .iter()
            .any(|one| sql.contains(one)),
            "INSERT" => sql.contains("(tenant,") && !sql.contains("ON CONFLICT(id"),
            "UPDATE" => tenants == 1,
            "SELECT" | "DELETE" | "WITH" => tenants == tables,
            other => panic!("{other} is new: {sql}"),
        };
        assert!(first, "{sql}");
        refuse_peculiar(&sql);
    }
}
