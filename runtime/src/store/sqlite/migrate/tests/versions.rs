//! The versions: their tables, and how each reads the objects of another.

use serde_json::{Map, Value, json};

use super::wait;
use crate::problem::{At, Problem, Violation};
use crate::store::{
    ColumnValue, Compare, Condition, Durability, Model, Older, Reformed, Row, Select, Store, Term,
};
use crate::table::{
    Column, ColumnKind, Filter, FilterValue, List, Op, OrderBy, SecretField, Table, Unique,
    Visibility,
};
use crate::value::IdKind;

/// A version of the program.
pub(super) struct Version {
    pub(super) model: Model,
    /// Its members in order, with their defaults.
    members: &'static [(&'static str, &'static str)],
    /// What it calls the title, and the most letters of one.
    title: &'static str,
    most: usize,
    /// Secret members, in order.
    secrets: &'static [&'static str],
}

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind }
}

const fn filter(column: &'static [OrderBy]) -> Filter {
    Filter {
        names: &["any"],
        fields: column,
        op: Op::Equals,
        read: FilterValue::Exact,
    }
}

const ID: (&str, &str) = ("id", "id");
const TITLE: (&str, &str) = ("title", "text, required");
const CODE: (&str, &str) = ("code", "external id");
const PAGES: (&str, &str) = ("pages", "whole number");
const NOTE: (&str, &str) = ("note", "text, or null");
const STATE: (&str, &str) = ("state", "text");
const PIN: (&str, &str) = ("pin", "secret");
const KEY: (&str, &str) = ("key", "secret");

const TITLES: Column = column("title", ColumnKind::Text);
const CODES: Column = column("code", ColumnKind::External);
const FOLDED: Column = column("code", ColumnKind::Folded);
const NUMBERS: Column = column("pages", ColumnKind::Number);
const STATES: Column = column("state", ColumnKind::Text);

const BASE: Table = Table {
    resource: "Book",
    id: "id",
    id_kind: IdKind::Increasing,
    ..Table::internal("books")
};

const fn list(filters: &'static [Filter]) -> List {
    List {
        filters,
        ..List::BASE
    }
}

/// At the beginning.
static T0: Table = Table {
    forms: &[ID, TITLE, CODE, PAGES],
    columns: &[TITLES, CODES, NUMBERS],
    list: list(&[filter(&[OrderBy::Column(0)])]),
    ..BASE
};
/// A member that may be `null` is new.
static T1: Table = Table {
    forms: &[ID, TITLE, CODE, PAGES, NOTE],
    columns: T0.columns,
    list: T0.list,
    ..BASE
};
/// A member with a default and a filter is new.
static T2: Table = Table {
    forms: &[ID, TITLE, CODE, PAGES, NOTE, STATE],
    columns: &[TITLES, CODES, NUMBERS, STATES],
    list: list(&[filter(&[OrderBy::Column(0)]), filter(&[OrderBy::Column(3)])]),
    ..BASE
};
/// A filter on a column that was there.
static T3: Table = Table {
    forms: T2.forms,
    columns: T2.columns,
    list: list(&[filter(&[
        OrderBy::Column(0),
        OrderBy::Column(1),
        OrderBy::Column(3),
    ])]),
    ..BASE
};
/// A column is compared in another way.
static T4: Table = Table {
    forms: T2.forms,
    columns: &[TITLES, FOLDED, NUMBERS, STATES],
    list: T3.list,
    ..BASE
};
/// A member and its column are gone.
static T5: Table = Table {
    forms: &[ID, TITLE, CODE, NOTE, STATE],
    columns: &[TITLES, FOLDED, STATES],
    list: list(&[filter(&[
        OrderBy::Column(0),
        OrderBy::Column(1),
        OrderBy::Column(2),
    ])]),
    ..BASE
};
/// A value has to be unique.
static T6: Table = Table {
    forms: T5.forms,
    columns: T5.columns,
    list: T5.list,
    unique: &[Unique::in_tenant(&[1], &["code"])],
    ..BASE
};
/// A secret member is new.
static T7: Table = Table {
    forms: &[ID, TITLE, CODE, NOTE, STATE, PIN],
    columns: T5.columns,
    list: T5.list,
    unique: T6.unique,
    secrets: &[SecretField::new(&["pin"], Visibility::Never)],
    ..BASE
};
/// Texts are shorter.
static T8: Table = Table {
    forms: &[ID, ("title", "text of 12"), CODE, NOTE, STATE, PIN],
    columns: T5.columns,
    list: T5.list,
    unique: T6.unique,
    secrets: T7.secrets,
    ..BASE
};
/// What was gone is back, in another order, and so are the secrets.
static T9: Table = Table {
    forms: &[
        ID,
        ("title", "text of 12"),
        CODE,
        NOTE,
        STATE,
        PAGES,
        KEY,
        PIN,
    ],
    columns: &[NUMBERS, TITLES, FOLDED, STATES],
    list: list(&[filter(&[
        OrderBy::Column(1),
        OrderBy::Column(2),
        OrderBy::Column(3),
    ])]),
    unique: &[Unique::in_tenant(&[2], &["code"])],
    secrets: &[
        SecretField::new(&["key"], Visibility::Never),
        SecretField::new(&["pin"], Visibility::Never),
    ],
    ..BASE
};

/// Table and member have another name.
static T10: Table = Table {
    name: "volumes",
    was: Some("books"),
    renamed: &[("name", "title")],
    forms: &[
        ID,
        ("name", "text of 12"),
        CODE,
        NOTE,
        STATE,
        PAGES,
        KEY,
        PIN,
    ],
    columns: &[NUMBERS, column("name", ColumnKind::Text), FOLDED, STATES],
    list: T9.list,
    unique: T9.unique,
    secrets: T9.secrets,
    ..BASE
};

const EVERY: &[(&str, &str)] = &[
    ("id", ""),
    ("title", ""),
    ("code", "null"),
    ("pages", "0"),
    ("note", "null"),
    ("state", "\"draft\""),
];
const LESS: &[(&str, &str)] = &[
    ("id", ""),
    ("title", ""),
    ("code", "null"),
    ("note", "null"),
    ("state", "\"draft\""),
];
const AGAIN: &[(&str, &str)] = &[
    ("id", ""),
    ("title", ""),
    ("code", "null"),
    ("note", "null"),
    ("state", "\"draft\""),
    ("pages", "0"),
];

const RENAMED: &[(&str, &str)] = &[
    ("id", ""),
    ("name", ""),
    ("code", "null"),
    ("note", "null"),
    ("state", "\"draft\""),
    ("pages", "0"),
];

pub(super) static VERSIONS: [Version; 11] = [
    version::<0>(&T0, EVERY.split_at(4).0),
    version::<1>(&T1, EVERY.split_at(5).0),
    version::<2>(&T2, EVERY),
    version::<3>(&T3, EVERY),
    version::<4>(&T4, EVERY),
    version::<5>(&T5, LESS),
    version::<6>(&T6, LESS),
    Version {
        secrets: &["pin"],
        ..version::<7>(&T7, LESS)
    },
    Version {
        most: 12,
        secrets: &["pin"],
        ..version::<8>(&T8, LESS)
    },
    Version {
        most: 12,
        secrets: &["key", "pin"],
        ..version::<9>(&T9, AGAIN)
    },
    Version {
        title: "name",
        most: 12,
        secrets: &["key", "pin"],
        ..version::<10>(&T10, RENAMED)
    },
];

const fn version<const V: usize>(
    table: &'static Table,
    members: &'static [(&'static str, &'static str)],
) -> Version {
    Version {
        model: Model::new(table, reform::<V>),
        members,
        title: "title",
        most: 100,
        secrets: &[],
    }
}

/// Reads an object by the rules of version `V`.
fn reform<const V: usize>(older: &Older<'_>) -> Result<Reformed, Problem> {
    let (version, table) = (&VERSIONS[V], VERSIONS[V].model.table);
    let mut shown = Map::new();
    for (name, default) in version.members {
        let kept = older.members.get(*name).cloned();
        let value = kept.or_else(|| serde_json::from_str(default).ok());
        shown.insert((*name).to_owned(), value.expect("a member without default"));
    }
    let mut whole = shown.clone();
    let secrets = version.secrets.iter().map(|name| {
        let value = older.members.get(*name).cloned();
        let value = value.unwrap_or_else(|| format!("{name} of {}", older.stored.id).into());
        whole.insert((*name).to_owned(), value.clone());
        value
    });
    let secrets: Vec<Value> = secrets.collect();
    let cells: Vec<ColumnValue> = table.columns.iter().map(|one| cell(&shown, one)).collect();
    let title = shown[version.title].as_str().unwrap_or_default();
    let judged = older.changed.is_some_and(|all| all.contains(version.title));
    if judged && title.len() > version.most {
        let found = vec![Violation {
            at: At::Pointer("/title".to_owned()),
            code: "too_long",
            detail: format!("must be at most {} characters long", version.most),
        }];
        let cells = Some(cells);
        return Ok(Reformed::Broken { found, cells });
    }
    let secrets = (!secrets.is_empty()).then(|| Value::Array(secrets).to_string());
    let row = Row {
        tenant: older.tenant.to_owned(),
        id: older.stored.id.clone(),
        parent: None,
        version: older.stored.version,
        created: older.stored.created,
        updated: older.stored.updated,
        body: Value::Object(shown).to_string(),
        privileged: None,
        secrets,
        cells,
    };
    Ok(Reformed::Legal {
        row: Box::new(row),
        members: Value::Object(whole),
    })
}

fn cell(shown: &Map<String, Value>, column: &Column) -> ColumnValue {
    match &shown[column.name] {
        Value::String(text) => ColumnValue::Text(text.clone()),
        Value::Number(number) => ColumnValue::Number(number.as_i64().unwrap()),
        _ => ColumnValue::Null,
    }
}

/// The titles of the objects; the last one is longer than the last versions allow.
pub(super) const OBJECTS: [&str; 4] = ["one", "Two", "Étude", "a title that is too long"];

/// Stores the objects of the first version.
pub(super) fn fill(store: &dyn Store) {
    let made = store.commit("t", Durability::Full, |tx| {
        for (at, title) in OBJECTS.iter().enumerate() {
            let (now, id) = (tx.now(), (at + 1).to_string());
            let shown = json!({ "id": id, "title": title, "code": format!("C{at}"), "pages": at });
            let Value::Object(map) = &shown else { continue };
            let row = Row {
                tenant: "t".to_owned(),
                parent: None,
                version: tx.number(),
                created: now,
                updated: now,
                body: shown.to_string(),
                privileged: None,
                secrets: None,
                cells: T0.columns.iter().map(|one| cell(map, one)).collect(),
                id,
            };
            tx.upsert(&T0, &row)?;
        }
        Ok(())
    });
    made.wait().unwrap();
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
            field: OrderBy::Column(at.unwrap()),
            folded: true,
            compare: Compare::Equal,
            value: ColumnValue::Text(text.to_owned()),
        }])],
        order: OrderBy::Created,
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
    let title = |one: crate::store::Stored| {
        let shown: Value = serde_json::from_str(&one.body).unwrap();
        let title = shown.get("title").or(shown.get("name"));
        title.unwrap().as_str().unwrap().to_owned()
    };
    found.map(title).collect()
}

/// The row of a stored object of version 5.
pub(super) fn row_of(stored: &crate::store::Stored) -> Row {
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
        cells: T5.columns.iter().map(|one| cell(&shown, one)).collect(),
    }
}
