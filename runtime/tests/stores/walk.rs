//! The same writes and questions to each store, with the same answers.

use fieldproof_runtime::problem::Problem;
use fieldproof_runtime::store::{
    ColumnValue, Compare, Condition, Durability, Row, Select, Store, Term, Transaction,
};
use fieldproof_runtime::table::{Attribute, Column, ColumnKind, Table, Unique};
use fieldproof_runtime::value::{IdKind, Instant};
use proptest::prelude::*;

use super::kind::Kind;
use super::wait;

pub(crate) static TABLE: Table = THINGS;

pub(crate) const THINGS: Table = Table {
    name: "things",
    resource: "Thing",
    path: "/things",
    id: "id",
    id_kind: IdKind::Increasing,
    columns: &[
        Column {
            name: "label",
            kind: ColumnKind::Text,
        },
        Column {
            name: "code",
            kind: ColumnKind::External,
        },
        Column {
            name: "size",
            kind: ColumnKind::Number,
        },
        Column {
            name: "exact",
            kind: ColumnKind::Exact,
        },
    ],
    unique: &[Unique {
        columns: &[1],
        members: &["code"],
        in_parent: false,
    }],
    ..Table::BASE
};

/// A clock that stands still: stores have to make instants differ.
pub(crate) fn noon() -> Instant {
    Instant::from_micros(1_700_000_000_000_000)
}

#[derive(Debug, Clone)]
enum Step {
    Put(u8, u8, Option<String>, Option<String>, Option<i64>),
    Remove(u8, u8),
    Refuse(u8, u8),
    List(u8, u8, bool, Option<u32>, u64, Option<String>),
}

/// Texts that folded, raw and UTF-16 order put differently.
const LABELS: &[&str] = &["a", "A", "B", "ß", "SS", "é", "😀", "\u{ffff}", ""];

/// Identifiers of which some are equal in another case.
const CODES: &[&str] = &[
    "a",
    "A",
    "6F9619FF-8B86-D011-B42D-00CF4FC964FF",
    "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
];

fn texts(words: &'static [&'static str], sent: f64) -> impl Strategy<Value = Option<String>> {
    prop::option::weighted(sent, prop::sample::select(words).prop_map(str::to_owned))
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let tenant = || prop_oneof![4 => Just(0u8), 1 => Just(1u8)];
    let put = (
        tenant(),
        1..14u8,
        texts(LABELS, 0.8),
        texts(CODES, 0.2),
        prop::option::of(-2..3i64),
    );
    let list = (
        tenant(),
        0..7u8,
        any::<bool>(),
        prop::option::of(1..9u32),
        0..3u64,
        texts(LABELS, 0.2),
    );
    let step = prop_oneof![
        5 => put.prop_map(|(tenant, id, label, code, size)| Step::Put(tenant, id, label, code, size)),
        1 => (tenant(), 1..14u8).prop_map(|(tenant, id)| Step::Remove(tenant, id)),
        1 => (tenant(), 1..14u8).prop_map(|(tenant, id)| Step::Refuse(tenant, id)),
        4 => list.prop_map(|(tenant, order, down, limit, offset, label)| Step::List(tenant, order, down, limit, offset, label)),
    ];
    prop::collection::vec(step, 1..60)
}

fn text(value: &Option<String>) -> ColumnValue {
    value.clone().map_or(ColumnValue::Null, ColumnValue::Text)
}

fn put(
    tx: &mut dyn Transaction,
    tenant: u8,
    id: u8,
    cells: Vec<ColumnValue>,
) -> Result<(), Problem> {
    let now = tx.now();
    let row = Row {
        tenant: tenant.to_string(),
        id: id.to_string(),
        parent: None,
        version: tx.number(),
        created: now,
        updated: now,
        body: format!("{{\"id\":{id},\"cells\":{:?}}}", format!("{cells:?}")),
        privileged: id.is_multiple_of(3).then(|| format!("{{\"full\":{id}}}")),
        secrets: None,
        cells,
    };
    if tx.find_conflict(&TABLE, &TABLE.unique[0], &row)?.is_some() {
        return Err(Problem::conflict(Vec::new()));
    }
    Ok(tx.upsert(&TABLE, &row)?)
}

type Decide = dyn Fn(&mut dyn Transaction) -> Result<(), Problem> + Send;

/// The answer of a store to one step, as text.
fn answer(store: &dyn Store, step: &Step) -> String {
    let decide: Box<Decide> = match step.clone() {
        Step::Put(tenant, id, label, code, size) => {
            let cells = vec![
                text(&label),
                text(&code),
                size.map_or(ColumnValue::Null, ColumnValue::Number),
                text(&label),
            ];
            Box::new(move |tx| put(tx, tenant, id, cells.clone()))
        }
        Step::Remove(tenant, id) => {
            Box::new(move |tx| Ok(tx.remove(&TABLE, &tenant.to_string(), &id.to_string())?))
        }
        // Writes first and refuses then: nothing of it may stay.
        Step::Refuse(tenant, id) => Box::new(move |tx| {
            tx.remove(&TABLE, &tenant.to_string(), &id.to_string())?;
            Err(Problem::not_found())
        }),
        Step::List(tenant, order, descending, limit, offset, label) => {
            let order = match order {
                0 => Attribute::Id,
                1 => Attribute::Created,
                2 => Attribute::Updated,
                at => Attribute::Column(usize::from(at) - 3),
            };
            let term = label.map(|label| Term {
                field: Attribute::Column(0),
                folded: descending,
                compare: if descending {
                    Compare::Equal
                } else {
                    Compare::Least
                },
                value: ColumnValue::Text(label),
            });
            let conditions = term.map(|term| Condition::Any(vec![term]));
            let select = Select {
                after: None,
                table: &TABLE,
                tenant: tenant.to_string(),
                parent: None,
                privileged: offset % 2 == 1,
                conditions: conditions.into_iter().collect(),
                order,
                descending,
                limit,
                offset,
            };
            let page = wait(store.list(select.clone())).unwrap();
            // A refused write may move one clock and not the other.
            let last = page.last.map(|last| last.id);
            return format!(
                "{} {} {} {} {last:?}",
                page.body, page.count, page.total, page.rest
            );
        }
    };
    let written = store.commit("t", Durability::Full, decide).wait();
    let read: Vec<_> = (1..14)
        .map(|id| {
            wait(store.get(&TABLE, "0", &id.to_string()))
                .unwrap()
                .map(|one| (one.id, one.body, one.version > 0))
        })
        .collect();
    format!("{} {read:?}", written.is_ok())
}

/// One kind of store answers as another does.
pub(crate) fn same(kind: Kind, model: Kind, cases: u32) {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(steps in steps())| {
        let (one, other) = (kind.open(&[&TABLE], noon), model.open(&[&TABLE], noon));
        for step in &steps {
            prop_assert_eq!(answer(&*one, step), answer(&*other, step), "{:?}", step);
        }
    });
}
