//! The versions: their tables, and how each reads the objects of another.

use serde_json::{Map, Value};

use fieldproof_runtime::problem::{At, Problem, Violation};
use fieldproof_runtime::store::{ColumnValue, Model, Older, Reformed, Row};
use fieldproof_runtime::table::{
    Attribute, Column, ColumnKind, Filter, FilterValue, List, Op, SecretField, Table, Unique,
    Visibility,
};
use fieldproof_runtime::value::IdKind;

/// A version of the program.
pub(super) struct Version {
    pub(super) model: Model,
    /// Its members in order, with their defaults.
    members: &'static [(&'static str, &'static str)],
    /// What it calls the title, and the most letters of one.
    pub(super) title: &'static str,
    most: usize,
    /// Secret members, in order.
    secrets: &'static [&'static str],
}

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind }
}

const fn filter(column: &'static [Attribute]) -> Filter {
    Filter {
        names: &["any"],
        fields: column,
        op: Op::Equals,
        read: FilterValue::Exact,
    }
}

/// Members and what holds for each, as `Table::forms` has them.
macro_rules! forms {
    ($($member:ident)*) => { concat!($(form!($member)),*) };
}

macro_rules! form {
    (id) => {
        "id\tid\n"
    };
    (title) => {
        "title\ttext, required\n"
    };
    (shorter_title) => {
        "title\ttext of 12\n"
    };
    (name) => {
        "name\ttext of 12\n"
    };
    (code) => {
        "code\texternal id\n"
    };
    (pages) => {
        "pages\twhole number\n"
    };
    (note) => {
        "note\ttext, or null\n"
    };
    (state) => {
        "state\ttext\n"
    };
    (pin) => {
        "pin\tsecret\n"
    };
    (key) => {
        "key\tsecret\n"
    };
}

const TITLES: Column = column("title", ColumnKind::Text);
const CODES: Column = column("code", ColumnKind::External);
const FOLDED: Column = column("code", ColumnKind::Folded);
const NUMBERS: Column = column("pages", ColumnKind::Number);
const STATES: Column = column("state", ColumnKind::Text);

const BASE: Table = Table {
    name: "books",
    resource: "Book",
    id: "id",
    id_kind: IdKind::Increasing,
    ..Table::BASE
};

const fn list(filters: &'static [Filter]) -> List {
    List {
        filters,
        ..List::BASE
    }
}

/// At the beginning.
static T0: Table = Table {
    forms: forms!(id title code pages),
    columns: &[TITLES, CODES, NUMBERS],
    list: list(&[filter(&[Attribute::Column(0)])]),
    ..BASE
};
/// A member that may be `null` is new.
static T1: Table = Table {
    forms: forms!(id title code pages note),
    columns: T0.columns,
    list: T0.list,
    ..BASE
};
/// A member with a default and a filter is new.
static T2: Table = Table {
    forms: forms!(id title code pages note state),
    columns: &[TITLES, CODES, NUMBERS, STATES],
    list: list(&[
        filter(&[Attribute::Column(0)]),
        filter(&[Attribute::Column(3)]),
    ]),
    ..BASE
};
/// A filter on a column that was there.
static T3: Table = Table {
    forms: T2.forms,
    columns: T2.columns,
    list: list(&[filter(&[
        Attribute::Column(0),
        Attribute::Column(1),
        Attribute::Column(3),
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
    forms: forms!(id title code note state),
    columns: &[TITLES, FOLDED, STATES],
    list: list(&[filter(&[
        Attribute::Column(0),
        Attribute::Column(1),
        Attribute::Column(2),
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
    forms: forms!(id title code note state pin),
    columns: T5.columns,
    list: T5.list,
    unique: T6.unique,
    secrets: &[SecretField::new(&["pin"], Visibility::Never)],
    ..BASE
};
/// Texts are shorter.
static T8: Table = Table {
    forms: forms!(id shorter_title code note state pin),
    columns: T5.columns,
    list: T5.list,
    unique: T6.unique,
    secrets: T7.secrets,
    ..BASE
};
/// What was gone is back, in another order, and so are the secrets.
static T9: Table = Table {
    forms: forms!(id shorter_title code note state pages key pin),
    columns: &[NUMBERS, TITLES, FOLDED, STATES],
    list: list(&[filter(&[
        Attribute::Column(1),
        Attribute::Column(2),
        Attribute::Column(3),
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
    forms: forms!(id name code note state pages key pin),
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

/// The value of a column.
pub(super) fn cell(shown: &Map<String, Value>, column: &Column) -> ColumnValue {
    match &shown[column.name] {
        Value::String(text) => ColumnValue::Text(text.clone()),
        Value::Number(number) => ColumnValue::Number(number.as_i64().unwrap()),
        _ => ColumnValue::Null,
    }
}
