//! Objects whose identifiers are of another kind in the next version, so that they stand at other
//! keys.

use fieldproof_runtime::problem::Problem;
use fieldproof_runtime::store::{Durability, Extent, Model, Older, Reformed};
use fieldproof_runtime::table::Table;
use fieldproof_runtime::value::IdKind;

use super::home::{Home, Kind};
use super::objects::put;
use super::versions::VERSIONS;
use super::{Test, wait};

pub(super) const ALL: &[(&str, Test)] = &[(
    "objects_whose_keys_move_are_each_read_again_once",
    move_keys,
)];

/// More objects than are read at a time.
const MANY: usize = 1_203;

/// A version with secrets, and with identifiers that are compared as they are written: each key
/// moves behind all of those before, and what is met there has to be left as it is.
static DIGITS: Table = Table {
    id_kind: IdKind::Digits,
    forms: VERSIONS[7].model.table.forms,
    columns: VERSIONS[7].model.table.columns,
    secrets: VERSIONS[7].model.table.secrets,
    list: VERSIONS[7].model.table.list,
    name: "books",
    resource: "Book",
    id: "id",
    ..Table::BASE
};

fn reform(older: &Older<'_>) -> Result<Reformed, Problem> {
    (VERSIONS[7].model.reform)(older)
}

fn move_keys(kind: Kind) {
    let home = Home::empty(kind);
    let store = home.open(0, Extent::Additive).unwrap();
    let made = store.commit("t", Durability::Full, |tx| {
        (0..MANY).try_for_each(|at| put(tx, at, &format!("title {at}")))
    });
    made.wait().unwrap();
    drop(store);
    let keys = home.run("SELECT id FROM books ORDER BY id");
    for model in [Model::new(&DIGITS, reform), VERSIONS[0].model] {
        // Going back to the kind of before is not what a later version does.
        let store = home.open_model(model, Extent::Accept).unwrap();
        for at in 0..MANY {
            let found = wait(store.get(model.table, "t", &(at + 1).to_string())).unwrap();
            let text = found.unwrap_or_else(|| panic!("{} is lost", at + 1)).body;
            assert!(text.contains(&format!("\"title {at}\"")), "{text}");
        }
        let count = home.run("SELECT count(*) FROM books");
        assert_eq!(count, [MANY.to_string()]);
    }
    assert_eq!(keys, home.run("SELECT id FROM books ORDER BY id"));
}
