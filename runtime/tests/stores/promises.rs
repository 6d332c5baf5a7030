//! What every store promises, one promise a test: the walk only shows that two of them do the
//! same.

use fieldproof_runtime::paging::{Behind, Position};
use fieldproof_runtime::problem::Problem;
use fieldproof_runtime::store::{
    ColumnValue, Compare, Condition, Durability, Row, Select, Store, Term, ToColumnValue,
    Transaction,
};
use fieldproof_runtime::table::{Attribute, Column, ColumnKind, Table, Unique};
use fieldproof_runtime::value::Instant;

use super::wait;
use super::walk::THINGS;

pub(crate) static ITEMS: Table = Table {
    name: "items",
    columns: &[
        Column {
            name: "label",
            kind: ColumnKind::Text,
        },
        Column {
            name: "marks",
            kind: ColumnKind::List,
        },
        Column {
            name: "code",
            kind: ColumnKind::Folded,
        },
        Column {
            name: "exact",
            kind: ColumnKind::Exact,
        },
    ],
    unique: &[IN_PARENT],
    ..THINGS
};

const IN_PARENT: Unique = Unique {
    columns: &[0, 2],
    members: &["label", "code"],
    in_parent: true,
};

/// A promise, asked of a store.
pub(crate) type Promise = fn(&dyn Store);

/// All of them.
pub(crate) const ALL: &[(&str, Promise)] = &[
    (
        "moments_and_numbers_only_grow",
        moments_and_numbers_only_grow,
    ),
    ("what_refuses_leaves_nothing", what_refuses_leaves_nothing),
    (
        "children_and_linked_objects_are_those_of_one_tenant_oldest_first",
        children_and_linked_objects_are_those_of_one_tenant_oldest_first,
    ),
    (
        "a_value_is_held_by_another_object_of_the_parent_or_by_none",
        a_value_is_held_by_another_object_of_the_parent_or_by_none,
    ),
    (
        "a_list_has_what_every_condition_selects",
        a_list_has_what_every_condition_selects,
    ),
    (
        "a_page_tells_where_it_ends_and_what_is_behind",
        a_page_tells_where_it_ends_and_what_is_behind,
    ),
    (
        "texts_are_ordered_by_their_folded_form_first",
        texts_are_ordered_by_their_folded_form_first,
    ),
];

fn write(store: &dyn Store, change: impl Fn(&mut dyn Transaction) + Send + 'static) {
    let decide = move |tx: &mut dyn Transaction| {
        change(tx);
        Ok(())
    };
    store.commit("t", Durability::Full, decide).wait().unwrap();
}

/// An item of tenant `t`; the instant of its create is `10 * id`, of its change `100 - id`.
fn item(id: i64, parent: &str, label: &str, marks: &[&str]) -> Row {
    let marks: Vec<String> = marks.iter().map(|&mark| mark.to_owned()).collect();
    Row {
        tenant: "t".to_owned(),
        id: id.to_string(),
        parent: Some(parent.to_owned()),
        version: 1,
        created: Instant::from_micros(10 * id),
        updated: Instant::from_micros(100 - id),
        body: id.to_string(),
        privileged: None,
        secrets: None,
        cells: vec![
            label.to_column_value(),
            marks.to_column_value(),
            "C".to_column_value(),
            label.to_column_value(),
        ],
    }
}

/// 2 and 11 below 1, 3 below 2, and one of another tenant.
fn fill(store: &dyn Store) {
    write(store, |tx| {
        let other = Row {
            tenant: "other".to_owned(),
            ..item(2, "1", "b", &["red"])
        };
        for row in [
            item(11, "1", "A", &["red", "blue"]),
            item(2, "1", "b", &["reddish"]),
            item(3, "2", "a", &["red"]),
            other,
        ] {
            tx.upsert(&ITEMS, &row).unwrap();
        }
    });
}

fn all() -> Select {
    Select {
        table: &ITEMS,
        tenant: "t".to_owned(),
        parent: None,
        privileged: false,
        conditions: Vec::new(),
        order: Attribute::Id,
        descending: false,
        after: None,
        limit: None,
        offset: 0,
    }
}

fn term(field: Attribute, compare: Compare, value: impl ToColumnValue) -> Term {
    Term {
        field,
        folded: false,
        compare,
        value: value.to_column_value(),
    }
}

fn moments_and_numbers_only_grow(store: &dyn Store) {
    write(store, |tx| {
        assert!(tx.now() < tx.now());
        assert!(tx.number() < tx.number());
        tx.advance_past(40);
        assert_eq!(tx.number(), 41);
        tx.advance_past(7);
        assert_eq!(tx.number(), 42);
    });
    write(store, |tx| assert_eq!(tx.number(), 43));
}

fn what_refuses_leaves_nothing(store: &dyn Store) {
    fill(store);
    let decide = |tx: &mut dyn Transaction| -> Result<(), Problem> {
        tx.remove(&ITEMS, "t", "3")?;
        assert!(tx.find(&ITEMS, "t", "3")?.is_none());
        Err(Problem::not_found())
    };
    assert!(store.commit("t", Durability::Full, decide).wait().is_err());
    assert!(wait(store.get(&ITEMS, "t", "3")).unwrap().is_some());
    assert!(wait(store.get(&ITEMS, "other", "3")).unwrap().is_none());
}

fn children_and_linked_objects_are_those_of_one_tenant_oldest_first(store: &dyn Store) {
    fill(store);
    write(store, |tx| {
        let ids = |found: Vec<fieldproof_runtime::store::Stored>| -> Vec<String> {
            found.into_iter().map(|one| one.id).collect()
        };
        assert_eq!(ids(tx.children(&ITEMS, "t", "1").unwrap()), ["2", "11"]);
        assert_eq!(
            ids(tx.referencing(&ITEMS, "t", 1, "red").unwrap()),
            ["3", "11"]
        );
    });
}

fn a_value_is_held_by_another_object_of_the_parent_or_by_none(store: &dyn Store) {
    fill(store);
    write(store, |tx| {
        let mut holds = |row: &Row| tx.find_conflict(&ITEMS, &IN_PARENT, row).unwrap().is_some();
        let mut row = item(5, "1", "A", &[]);
        row.cells[2] = "c".to_column_value();
        assert!(holds(&row));
        assert!(!holds(&item(11, "1", "A", &[])), "by itself");
        assert!(!holds(&item(5, "2", "A", &[])), "below another parent");
        row.cells[2] = "d".to_column_value();
        assert!(!holds(&row), "half of it");
        row.cells[2] = ColumnValue::Null;
        assert!(!holds(&row), "no value");
    });
}

fn a_list_has_what_every_condition_selects(store: &dyn Store) {
    let id = |id: &str| id.to_owned();
    let one = |term: Term| vec![Condition::Any(vec![term])];
    let texts = |fields: &[usize], folded, texts: &[&str]| {
        vec![Condition::Each {
            fields: fields.iter().map(|at| Attribute::Column(*at)).collect(),
            folded,
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        }]
    };
    let many = vec!["red"; 40_000];
    let cases = [
        (one(term(Attribute::Id, Compare::Least, id("3"))), "[3,11]"),
        (one(term(Attribute::Id, Compare::Less, id("11"))), "[2,3]"),
        (one(term(Attribute::Id, Compare::Greater, id("3"))), "[11]"),
        (one(term(Attribute::Id, Compare::Most, id("3"))), "[2,3]"),
        (one(term(Attribute::Created, Compare::Greater, 30)), "[11]"),
        (one(term(Attribute::Id, Compare::Equal, id("11"))), "[11]"),
        (one(term(Attribute::Created, Compare::Least, 30)), "[3,11]"),
        (one(term(Attribute::Updated, Compare::Least, 97)), "[2,3]"),
        (one(term(Attribute::Updated, Compare::Less, 97)), "[11]"),
        (texts(&[0], false, &["A"]), "[11]"),
        (texts(&[0], false, &["A", "B"]), "[]"),
        (texts(&[0], true, &["a", "A"]), "[3,11]"),
        (texts(&[1], true, &["red"]), "[2,3,11]"),
        (texts(&[1], true, &many), "[2,3,11]"),
        (texts(&[0, 1], false, &["A", "red"]), "[11]"),
        (texts(&[0, 1, 2], true, &["red", "no such one"]), "[]"),
        (texts(&[1], false, &[]), "[2,3,11]"),
        (texts(&[1], false, &["r\0ed"]), "[]"),
        (texts(&[1], false, &["\"'\\%"]), "[]"),
        (
            one(term(Attribute::Column(2), Compare::Equal, id("D"))),
            "[]",
        ),
        (
            vec![Condition::Any(vec![
                term(Attribute::Id, Compare::Equal, id("2")),
                term(Attribute::Id, Compare::Equal, id("3")),
            ])],
            "[2,3]",
        ),
    ];
    fill(store);
    for (conditions, body) in &cases {
        let select = Select {
            conditions: conditions.clone(),
            ..all()
        };
        assert_eq!(
            wait(store.list(select.clone())).unwrap().body,
            *body,
            "{conditions:?}"
        );
    }
    let below = Select {
        parent: Some("1".to_owned()),
        ..all()
    };
    assert_eq!(wait(store.list(below.clone())).unwrap().body, "[2,11]");
}

fn a_page_tells_where_it_ends_and_what_is_behind(store: &dyn Store) {
    fill(store);
    let place = |id: &str, created| Position {
        created: Instant::from_micros(created),
        id: id.to_owned(),
    };
    let mut select = Select {
        order: Attribute::Created,
        limit: Some(1),
        after: Some(Behind::Position(place("2", 20))),
        ..all()
    };
    let page = wait(store.list(select.clone())).unwrap();
    assert_eq!((page.body.as_str(), page.count), ("[3]", 1));
    assert_eq!((page.total, page.rest), (3, 2));
    assert_eq!(page.last, Some(place("3", 30)));
    select.limit = Some(3);
    assert_eq!(
        wait(store.list(select.clone())).unwrap().last,
        None,
        "not full"
    );
    select.order = Attribute::Id;
    select.after = Some(Behind::Id("3".to_owned()));
    let page = wait(store.list(select.clone())).unwrap();
    assert_eq!(page.body, "[11]", "identifiers of digits are numbers");
    assert_eq!((page.total, page.rest), (3, 1));
}

fn texts_are_ordered_by_their_folded_form_first(store: &dyn Store) {
    fill(store);
    let mut select = Select {
        order: Attribute::Column(0),
        ..all()
    };
    assert_eq!(wait(store.list(select.clone())).unwrap().body, "[11,3,2]");
    select.order = Attribute::Column(3);
    assert_eq!(wait(store.list(select.clone())).unwrap().body, "[11,3,2]");
    select.order = Attribute::Updated;
    assert_eq!(wait(store.list(select.clone())).unwrap().body, "[11,3,2]");
    select.descending = true;
    assert_eq!(wait(store.list(select.clone())).unwrap().body, "[2,3,11]");
}
