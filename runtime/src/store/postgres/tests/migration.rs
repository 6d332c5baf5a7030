//! The statements of migrations, which have a list of their own: they go over all tenants, and
//! change tables.

use std::collections::BTreeSet;

use super::super::migrate::{COLUMNS, HOLD, INDEXES, IS_THERE, NOTES, TELL};
use super::super::own::RAISE;
use super::super::schema::WORDS;
use super::{column, compare, refuse_peculiar};
use crate::problem::{At, Violation};
use crate::store::migrate::{Cells, Notes, Port, Target, carry_out};
use crate::store::tables::Words;
use crate::store::{ColumnValue, Error, Extent, Model, Older, Reformed, Row};
use crate::table::{Attribute, Child, ColumnKind, Filter, FilterValue, List, Op, Table, Unique};
use crate::value::IdKind;
use crate::watch::seal::Sealer;

/// A table that is not there.
static PARTS: Table = Table::internal("parts");

/// A table that had another name, other columns and other identifiers.
static GOODS: Table = Table {
    name: "goods",
    was: Some("wares"),
    id_kind: IdKind::Increasing,
    forms: "id\tid\nlabel\ttext\n",
    columns: &[
        column("label", ColumnKind::Text),
        column("size", ColumnKind::Number),
    ],
    unique: &[Unique::in_tenant(&[1], &["size"])],
    children: &[Child {
        table: &PARTS,
        cascade: true,
    }],
    list: List {
        filters: &[Filter {
            names: &["any"],
            fields: &[Attribute::Column(0)],
            op: Op::Equals,
            read: FilterValue::Exact,
        }],
        ..List::BASE
    },
    ..Table::BASE
};

/// What was noted of it.
const BEFORE: &str = r#"{"identifiers":"Digits","parent":null,"columns":[["old","Text"]],
    "secrets":[],"unique":[],"members":[["id","id"],["old","text"]],"indexes":[]}"#;

/// A database with that table and two objects in it.
#[derive(Default)]
struct Pretended(BTreeSet<String>);

impl Port for Pretended {
    fn words(&self) -> &'static Words {
        &WORDS
    }

    fn notes(&self) -> &'static Notes {
        &NOTES
    }

    fn claim(&mut self) -> Result<(), Error> {
        self.0.insert(HOLD.to_owned());
        Ok(())
    }

    fn is_there(&mut self, table: &str) -> Result<bool, Error> {
        Ok(table == "wares")
    }

    fn columns(&mut self, table: &str) -> Result<Vec<(String, String)>, Error> {
        let renamed = self.0.iter().any(|sql| sql.contains("RENAME TO \"goods\""));
        if !renamed || table != "goods" {
            return Ok(Vec::new());
        }
        // As layout 1 had it.
        let common = WORDS.common.iter();
        let common = common.filter(|(name, _)| !["kept", "unfit"].contains(name));
        let old = [("f_old", "BIGINT")];
        let all = common.chain(&old);
        let pair = |(name, kind): &(&str, &str)| (name.replace('"', ""), (*kind).to_owned());
        Ok(all.map(pair).collect())
    }

    fn indexes(&mut self, _: &str) -> Result<Vec<(String, String)>, Error> {
        Ok(vec![("wares_created".to_owned(), String::new())])
    }

    fn lines(&mut self, _: &str) -> Result<Option<String>, Error> {
        Ok(None)
    }

    fn number(&mut self, _: &str) -> Result<u64, Error> {
        Ok(7)
    }

    fn query(&mut self, sql: &str, values: &[ColumnValue]) -> Result<Vec<Cells>, Error> {
        self.0.insert(sql.to_owned());
        let text = |text: &str| ColumnValue::Text(text.to_owned());
        let rows = if sql == NOTES.of_table && values == [text("wares")] {
            vec![vec![ColumnValue::Number(1), text(BEFORE), text("0")]]
        } else if sql.contains("count(*)") {
            vec![vec![ColumnValue::Number(2)]]
        } else if sql.contains("LIMIT") && values == [text(""), text("")] {
            let row = |id: &str| {
                let [none, one] = [ColumnValue::Null, ColumnValue::Number(1)];
                let mut row = vec![text("t"), text(id), none.clone()];
                row.extend([one.clone(), one.clone(), one, text("{}")]);
                row.extend([none.clone(), none.clone(), none.clone(), none]);
                row
            };
            vec![row("1"), row("2")]
        } else {
            Vec::new()
        };
        Ok(rows.into_iter().map(|row| Cells(row.into_iter())).collect())
    }

    fn execute(&mut self, sql: &str, _: Vec<ColumnValue>) -> Result<(), Error> {
        self.0.insert(sql.to_owned());
        Ok(())
    }
}

/// The first object is legal, and the other is not.
fn reform(older: &Older<'_>) -> Result<Reformed, crate::problem::Problem> {
    let cells = vec![ColumnValue::Null, ColumnValue::Null];
    let id = older.stored.id.clone();
    if id == "2" {
        let found = vec![Violation {
            at: At::Pointer("/label".to_owned()),
            code: "required",
            detail: "is required".to_owned(),
        }];
        let cells = Some(cells);
        return Ok(Reformed::Broken { found, cells });
    }
    let row = Row::internal(id, 1, older.stored.created, "{\"id\":\"1\"}".to_owned());
    let row = Box::new(Row { cells, ..row });
    let members = older.members.clone();
    Ok(Reformed::Legal { row, members })
}

fn statements() -> BTreeSet<String> {
    let mut port = Pretended::default();
    let target = Target {
        tables: &[&GOODS, &PARTS],
        models: &[Model::new(&GOODS, reform)],
        sealer: &Sealer::parse(&"00".repeat(32)).unwrap(),
    };
    carry_out(&mut port, &target, Extent::Accept, &mut |_| Ok(())).unwrap();
    let own = [TELL, IS_THERE, COLUMNS, INDEXES].into_iter();
    port.0.extend(own.chain(RAISE).map(str::to_owned));
    port.0
}

#[test]
fn statements_of_migrations_are_those_of_their_list() {
    let all = statements();
    all.iter().for_each(|sql| refuse_peculiar(sql));
    for sql in all.iter().filter(|sql| sql.starts_with("CREATE")) {
        let first = ["(tenant,", "PRIMARY KEY(tenant,"]
            .iter()
            .any(|one| sql.contains(one));
        assert!(first, "{sql}");
    }
    compare(&all, "migrations.sql");
}
