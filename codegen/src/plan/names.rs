//! The Rust names of everything in a spec, decided once for all files.

use std::collections::BTreeMap;

use fieldproof_spec::model::Api;

use super::word::{self, Numbered};

/// The Rust names of one API, found by names on the wire.
#[derive(Debug)]
pub(crate) struct Names {
    /// Its module.
    pub(crate) api: String,
    /// Its resources, objects and tables.
    pub(super) things: BTreeMap<String, Thing>,
    /// The tables in the store of its resources and shared objects.
    pub(super) stored: BTreeMap<String, String>,
}

/// The Rust names of a resource, an object or a table.
#[derive(Debug)]
pub(crate) struct Thing {
    /// Its module.
    pub(crate) module: String,
    /// Its type.
    pub(crate) ty: String,
    /// Its members.
    pub(super) members: BTreeMap<String, String>,
    /// The types of its closed lists, by member.
    pub(super) values: BTreeMap<String, String>,
}

/// The modules of several APIs, in order.
pub(crate) fn modules(apis: &[Api]) -> Vec<String> {
    let mut names = Numbered::default();
    let wires = apis.iter().map(|api| word::module(&api.name));
    wires.map(|name| names.next(name)).collect()
}

/// The variants of a closed list of texts, all distinct.
pub(crate) fn variants(texts: &[String]) -> Vec<proc_macro2::Ident> {
    let mut names = Numbered::default();
    let wires = texts.iter().map(|text| word::camel(text));
    wires.map(|name| word::raw(&names.next(name))).collect()
}

impl Names {
    /// The table in the store of a resource or shared object.
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

    /// Whether any member has this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.values().any(|other| other == name)
    }

    /// The name of the type of a closed list.
    pub(crate) fn values(&self, member: &str) -> &str {
        self.values
            .get(member)
            .expect("a checked spec names closed lists that exist")
    }
}
