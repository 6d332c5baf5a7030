//! Stored objects that break the rules of the program, counted.

use std::fmt;

use crate::problem::{At, Violation};

/// How many objects are named.
const NAMED: usize = 5;

/// Objects of one table that break one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The table.
    pub table: &'static str,
    /// The member, as a JSON Pointer in which `*` is any element of a list.
    pub place: String,
    /// What holds for it.
    pub rule: String,
    /// The number of objects.
    pub count: u64,
    /// Identifiers of the first of them.
    pub ids: Vec<String>,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            table, place, rule, ..
        } = self;
        let (objects, more) = match self.count {
            1 => ("1 object breaks".to_owned(), ""),
            count if count > NAMED as u64 => (format!("{count} objects break"), ", …"),
            count => (format!("{count} objects break"), ""),
        };
        let ids = self.ids.join(", ");
        write!(f, "{table}: {objects} `{place}`: {rule} ({ids}{more})")
    }
}

/// All breaches, in the order in which they were found.
#[derive(Debug, Default)]
pub(super) struct Breaches(pub(super) Vec<Breach>);

impl Breaches {
    /// Counts an object that breaks rules; each rule once.
    pub(super) fn count(&mut self, table: &'static str, id: &str, found: &[Violation]) {
        let mut seen = Vec::new();
        for one in found {
            let key = (place(one), one.detail.clone());
            if !seen.contains(&key) {
                seen.push(key);
            }
        }
        for (place, rule) in seen {
            self.add(table, place, rule, id);
        }
    }

    fn add(&mut self, table: &'static str, place: String, rule: String, id: &str) {
        let same = |one: &&mut Breach| (one.table, &one.place, &one.rule) == (table, &place, &rule);
        if let Some(known) = self.0.iter_mut().find(same) {
            known.count += 1;
            if known.ids.len() < NAMED {
                known.ids.push(id.to_owned());
            }
            return;
        }
        self.0.push(Breach {
            table,
            place,
            rule,
            count: 1,
            ids: vec![id.to_owned()],
        });
    }
}

/// The place of a violation, with `*` for the indexes of lists.
fn place(one: &Violation) -> String {
    let (At::Pointer(place) | At::Parameter(place) | At::Header(place)) = &one.at;
    let step = |step: &str| match step.bytes().all(|byte| byte.is_ascii_digit()) {
        true if !step.is_empty() => "*".to_owned(),
        _ => step.to_owned(),
    };
    let steps: Vec<String> = place.split('/').map(step).collect();
    steps.join("/")
}

/// How a violation is noted with its object.
pub(super) fn noted(found: &[Violation]) -> String {
    let lines = found
        .iter()
        .map(|one| format!("{}: {}", place(one), one.detail));
    lines.collect::<Vec<_>>().join("\n")
}
