//! The objects that go through the versions, and how each version shows them.

use serde_json::{Map, Value, json};

use super::versions::{VERSIONS, cell};
use super::wait;
use fieldproof_runtime::problem::Problem;
use fieldproof_runtime::store::{
    ColumnValue, Compare, Condition, Durability, Row, Select, Store, Stored, Term, Transaction,
};
use fieldproof_runtime::table::{Attribute, Table};

/// The titles of the objects; the last one is longer than the last versions allow.
pub(super) const OBJECTS: [&str; 4] = ["one", "Two", "Étude", "a title that is too long"];

/// Stores the objects of the first version.
pub(super) fn fill(store: &dyn Store) {
    let made = store.commit("t", Durability::Full, |tx| {
        let titles = OBJECTS.iter().enumerate();
        for (at, title) in titles {
            put(tx, at, title)?;
        }
        Ok(())
    });
    made.wait().unwrap();
}

/// Stores an object as the first version does.
pub(super) fn put(tx: &mut dyn Transaction, at: usize, title: &str) -> Result<(), Problem> {
    let (now, id, table) = (tx.now(), (at + 1).to_string(), VERSIONS[0].model.table);
    let mut shown = Map::new();
    shown.insert("id".to_owned(), id.clone().into());
    shown.insert("title".to_owned(), title.into());
    shown.insert("code".to_owned(), format!("C{at}").into());
    shown.insert("pages".to_owned(), at.into());
    let row = Row {
        tenant: "t".to_owned(),
        parent: None,
        version: tx.number(),
        created: now,
        updated: now,
        privileged: None,
        secrets: None,
        cells: table.columns.iter().map(|one| cell(&shown, one)).collect(),
        body: Value::Object(shown).to_string(),
        id,
    };
    Ok(tx.upsert(table, &row)?)
}

/// The text of an object in a version, as it would be if that version had stored it.
fn expected(version: usize, at: usize) -> Value {
    // An object that a version accepts as it is stays as the version before left it.
    let version = match OBJECTS[at].len() > 12 {
        true => version.min(7),
        false => version,
    };
    let id = (at + 1).to_string();
    let mut shown = json!({ "id": id, "title": OBJECTS[at], "code": format!("C{at}") });
    if version < 5 {
        shown["pages"] = at.into();
    }
    if version >= 1 {
        shown["note"] = Value::Null;
    }
    if version >= 2 {
        shown["state"] = "draft".into();
    }
    if version >= 9 {
        shown["pages"] = at.into();
    }
    if version >= 10 {
        let named = |(name, value): (String, Value)| match name.as_str() {
            "title" => ("name".to_owned(), value),
            _ => (name, value),
        };
        let Value::Object(map) = shown else { panic!() };
        return Value::Object(map.into_iter().map(named).collect());
    }
    shown
}

/// Checks that a store of a version has every object as that version shows it, and finds it by
/// its columns.
pub(super) fn check(store: &dyn Store, version: usize) {
    let table = VERSIONS[version].model.table;
    for (at, title) in OBJECTS.iter().enumerate() {
        let id = (at + 1).to_string();
        let found = wait(store.get(table, "t", &id)).unwrap();
        let found = found.unwrap_or_else(|| panic!("version {version} lost {id}"));
        assert_eq!(found.body, expected(version, at).to_string(), "{version}");
        let unfit = version >= 8 && title.len() > 12;
        assert_eq!(found.unfit, unfit, "{version}: {title}");
        if !unfit && version >= 9 {
            let secrets = json!([format!("key of {id}"), format!("pin of {id}")]);
            assert_eq!(found.secrets, Some(secrets.to_string()));
        }
        let named = search(store, table, VERSIONS[version].title, &title.to_uppercase());
        assert_eq!(named, std::slice::from_ref(&id));
        let code = match version < 4 {
            true => format!("C{at}"),
            false => format!("c{at}"),
        };
        assert_eq!(search(store, table, "code", &code), [id], "{version}");
    }
    if version >= 2 {
        let all = ["1", "2", "3", "4"];
        assert_eq!(search(store, table, "state", "DRAFT"), all, "{version}");
    }
}

/// The identifiers of objects whose column holds a text in any case.
fn search(store: &dyn Store, table: &'static Table, name: &str, text: &str) -> Vec<String> {
    let at = table.columns.iter().position(|one| one.name == name);
    let select = Select {
        table,
        tenant: "t".to_owned(),
        parent: None,
        privileged: false,
        conditions: vec![Condition::Any(vec![Term {
            field: Attribute::Column(at.unwrap()),
            folded: true,
            compare: Compare::Equal,
            value: ColumnValue::Text(text.to_owned()),
        }])],
        order: Attribute::Created,
        descending: false,
        after: None,
        limit: None,
        offset: 0,
    };
    let page = wait(store.list(select)).unwrap();
    let found: Vec<Value> = serde_json::from_str(&page.body).unwrap();
    let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
    found.iter().map(id).collect()
}

/// The titles of all objects.
pub(super) fn titles(store: &dyn Store, version: usize) -> Vec<String> {
    let table = VERSIONS[version].model.table;
    let ids = (1..=OBJECTS.len()).map(|id| id.to_string());
    let found = ids.filter_map(|id| wait(store.get(table, "t", &id)).unwrap());
    let title = |one: Stored| {
        let shown: Value = serde_json::from_str(&one.body).unwrap();
        let title = shown.get("title").or(shown.get("name"));
        title.unwrap().as_str().unwrap().to_owned()
    };
    found.map(title).collect()
}

/// The row of a stored object of version 5.
pub(super) fn row_of(stored: &Stored) -> Row {
    let shown: Map<String, Value> = serde_json::from_str(&stored.body).unwrap();
    Row {
        tenant: "t".to_owned(),
        id: stored.id.clone(),
        parent: None,
        version: stored.version,
        created: stored.created,
        updated: stored.updated,
        body: stored.body.clone(),
        privileged: None,
        secrets: None,
        cells: VERSIONS[5]
            .model
            .table
            .columns
            .iter()
            .map(|one| cell(&shown, one))
            .collect(),
    }
}
