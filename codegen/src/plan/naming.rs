//! Assigns names to everything in an API.

use std::collections::BTreeMap;

use fieldproof_spec::model::{Api, Field};

use super::names::{Names, Thing};
use super::word::{self, Numbered};
use crate::kind::kind;

impl Names {
    /// Names everything in an API with the module `module`, next to others whose tables in the
    /// store are `tables`.
    pub(super) fn new(api: &Api, module: String, tables: &mut Numbered) -> Self {
        let (mut modules, mut types) = (Numbered::default(), Numbered::default());
        let mut things = BTreeMap::new();
        let resources = api.resources.iter();
        let resources = resources.map(|one| (&one.name, &one.fields[..]));
        let objects = api.objects.iter();
        let objects = objects.map(|one| (&one.name, &one.fields[..]));
        for (name, fields) in resources.chain(objects) {
            let wires: Vec<_> = fields
                .iter()
                .map(|one| (&one.name, one.rust.as_ref()))
                .collect();
            let module = modules.next(beside(&module, name));
            let ty = types.next(word::ty(name));
            let thing = Thing {
                members: members(&wires),
                values: BTreeMap::new(),
                module,
                ty,
            };
            things.insert(name.clone(), thing.with_values(fields));
        }
        for table in &api.tables {
            let columns: Vec<_> = table.columns.iter().map(|one| (&one.name, None)).collect();
            let thing = Thing {
                module: modules.next(beside(&module, &table.name)),
                ty: types.next(word::ty(&table.name)),
                members: members(&columns),
                values: BTreeMap::new(),
            };
            things.insert(table.name.clone(), thing);
        }
        let resources = api.resources.iter().map(|one| &one.name);
        let shared = api.objects.iter().filter(|one| one.shared.is_some());
        let kept = resources.chain(shared.map(|one| &one.name));
        let stored = kept.map(|wire| {
            let own = word::module(wire);
            let own = if own == module {
                &own
            } else {
                &things[wire].module
            };
            let name = format!("{}_{own}", api.name);
            (wire.clone(), tables.next(name))
        });
        let stored = stored.collect();
        Self {
            api: module,
            things,
            stored,
        }
    }
}

/// The module of an item, which must differ from that of its API.
fn beside(api: &str, name: &str) -> String {
    let module = word::module(name);
    match module == api {
        true => format!("{module}_"),
        false => module,
    }
}

impl Thing {
    /// Adds the types of closed lists, whose names must differ from the item's own types.
    fn with_values(mut self, fields: &[Field]) -> Self {
        let mut types = Numbered::default();
        types.next(self.ty.clone());
        for prefix in ["Create", "Update", "Append"] {
            types.next(format!("{prefix}{}", self.ty));
        }
        types.next(format!("{}Members", self.ty));
        for field in fields {
            if kind(&field.ty).values().is_some() {
                let own = self.member(&field.name);
                let own = word::camel(&match field.list {
                    true => word::singular(own),
                    false => own.to_owned(),
                });
                let name = types.next(format!("{}{own}", self.ty));
                self.values.insert(field.name.clone(), name);
            }
        }
        self
    }
}

/// The Rust names of members by their names on the wire. Names given in the spec take
/// precedence.
fn members<'a>(wires: &[(&'a String, Option<&'a String>)]) -> BTreeMap<String, String> {
    let mut names = Numbered::default();
    let given = wires
        .iter()
        .filter_map(|(wire, given)| given.map(|name| ((*wire).clone(), names.next(name.clone()))));
    let mut all: BTreeMap<String, String> = given.collect();
    for (wire, _) in wires.iter().filter(|(_, given)| given.is_none()) {
        all.insert((*wire).clone(), names.next(word::member(wire)));
    }
    all
}
