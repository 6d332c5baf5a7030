//! What each thing of a spec is called in Rust, decided once for all files.

use std::collections::BTreeMap;

use fieldproof_spec::model::{Api, Field, Type};

use super::word::{self, Numbered};

/// The Rust names of one API, found by names on the wire.
#[derive(Debug)]
pub(crate) struct Names {
    /// Its module.
    pub(crate) api: String,
    /// Its resources, objects and tables.
    things: BTreeMap<String, Thing>,
    /// The tables of its resources and shared objects in the store.
    stored: BTreeMap<String, String>,
}

/// The Rust names of a resource, an object or a table.
#[derive(Debug)]
pub(crate) struct Thing {
    /// Its module.
    pub(crate) module: String,
    /// Its type.
    pub(crate) ty: String,
    /// Its members.
    members: BTreeMap<String, String>,
    /// The types of its closed lists, by member.
    values: BTreeMap<String, String>,
}

/// The modules of several APIs, in their order.
pub(crate) fn modules(apis: &[Api]) -> Vec<String> {
    let mut names = Numbered::default();
    let wires = apis.iter().map(|api| word::module(&api.name));
    wires.map(|name| names.next(name)).collect()
}

/// The variants of a closed list of texts, all different.
pub(crate) fn variants(texts: &[String]) -> Vec<proc_macro2::Ident> {
    let mut names = Numbered::default();
    let wires = texts.iter().map(|text| word::camel(text));
    wires.map(|name| word::raw(&names.next(name))).collect()
}

impl Names {
    pub(crate) fn new(api: &Api, module: String, tables: &mut Numbered) -> Self {
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
            let module = modules.next(word::module(name));
            let ty = types.next(word::camel(name));
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
                module: modules.next(word::module(&table.name)),
                ty: types.next(word::camel(&table.name)),
                members: members(&columns),
                values: BTreeMap::new(),
            };
            things.insert(table.name.clone(), thing);
        }
        let resources = api.resources.iter().map(|one| &one.name);
        let shared = api.objects.iter().filter(|one| one.shared.is_some());
        let kept = resources.chain(shared.map(|one| &one.name));
        let stored = kept.map(|wire| {
            let name = format!("{}_{}", api.name, things[wire].module);
            (wire.clone(), tables.next(name))
        });
        let stored = stored.collect();
        Self {
            api: module,
            things,
            stored,
        }
    }

    /// The table of a resource or shared object in the store.
    pub(crate) fn stored(&self, wire: &str) -> &str {
        self.stored
            .get(wire)
            .expect("a checked spec keeps resources and shared objects")
    }

    /// The names of a resource, object or table.
    pub(crate) fn thing(&self, wire: &str) -> &Thing {
        self.things
            .get(wire)
            .expect("a checked spec names things that exist")
    }
}

impl Thing {
    /// The name of a member, without `r#`.
    pub(crate) fn member(&self, wire: &str) -> &str {
        self.members
            .get(wire)
            .expect("a checked spec names members that exist")
    }

    /// The name of the type of a closed list.
    pub(crate) fn values(&self, member: &str) -> &str {
        self.values
            .get(member)
            .expect("a checked spec names closed lists that exist")
    }

    /// The thing with types for its closed lists, which stand beside its own.
    fn with_values(mut self, fields: &[Field]) -> Self {
        let mut types = Numbered::default();
        types.next(self.ty.clone());
        for prefix in ["Create", "Update", "Append"] {
            types.next(format!("{prefix}{}", self.ty));
        }
        types.next(format!("{}Members", self.ty));
        for field in fields {
            if matches!(field.ty, Type::Values(_)) {
                let own = word::camel(self.member(&field.name));
                let name = types.next(format!("{}{own}", self.ty));
                self.values.insert(field.name.clone(), name);
            }
        }
        self
    }
}

/// The names of members by what they are on the wire. What the spec gives them
/// comes first.
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
