//! What a spec can say that is well-formed and still wrong.
//!
//! One file per lint, with its code, its explanation and its tests; [`ALL`] is
//! the table from which the run, `explain` and the docs derive.

mod also;
mod answer;
mod attribute;
mod bound;
mod choice;
mod citation;
mod citing;
mod closed_list;
mod condition;
mod contradiction;
mod default;
mod derived;
mod document;
mod endless;
mod envelope;
mod exclusive;
mod fallback;
mod filter_type;
mod header;
mod ignored;
mod inside;
mod interval;
mod invite;
mod label;
mod login;
mod long_citation;
mod name_clash;
mod operation;
mod page;
mod parent;
pub(crate) mod path;
mod path_text;
mod reference;
mod repeated;
mod ruling;
mod rust_name;
mod shared;
mod sort_key;
mod stamped;
mod table;
mod type_name;
mod unkept;
mod unused;
mod unused_ruling;
mod watch;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, TableData};
use crate::syntax::{Field, Ruling, Spec};
use crate::tree::{Node, Span, find, find_key};

/// A rule about specs.
pub struct Lint {
    /// Its code.
    pub code: &'static Code,
    /// Looks at the whole spec and reports every breach.
    run: fn(&Lint, &mut Context<'_>),
}

/// Every lint, in the order they run.
pub static ALL: &[&Lint] = &[
    &header::LINT,
    &document::LINT,
    &type_name::LINT,
    &reference::LINT,
    &derived::LINT,
    &fallback::LINT,
    &unkept::LINT,
    &unused::LINT,
    &attribute::LINT,
    &bound::LINT,
    &closed_list::LINT,
    &default::LINT,
    &choice::LINT,
    &contradiction::LINT,
    &stamped::LINT,
    &repeated::LINT,
    &filter_type::LINT,
    &sort_key::LINT,
    &page::LINT,
    &envelope::LINT,
    &interval::LINT,
    &answer::LINT,
    &exclusive::LINT,
    &login::LINT,
    &shared::LINT,
    &condition::LINT,
    &invite::LINT,
    &watch::LINT,
    &also::LINT,
    &label::LINT,
    &name_clash::LINT,
    &rust_name::LINT,
    &endless::LINT,
    &inside::LINT,
    &path_text::LINT,
    &path::LINT,
    &parent::LINT,
    &operation::LINT,
    &table::LINT,
    &citation::LINT,
    &long_citation::LINT,
    &ignored::LINT,
    &ruling::LINT,
    &unused_ruling::LINT,
];

/// What a lint may look at.
pub struct Context<'a> {
    /// The decoded spec.
    pub spec: &'a Spec,
    /// What of it could be resolved, to judge values by.
    pub api: &'a Api,
    /// Its tree, for places.
    pub tree: &'a Node,
    /// Files of the tables that could be read, by table name.
    pub tables: &'a IndexMap<String, TableData>,
    /// Rulings of the shared file.
    pub conventions: &'a IndexMap<String, Ruling>,
    /// Number of lines of each document whose lines are on record.
    pub lines: &'a IndexMap<String, u32>,
    /// What was found.
    pub found: &'a mut Vec<Diagnostic>,
}

/// Runs every lint.
pub fn run(context: &mut Context<'_>) {
    for lint in ALL {
        (lint.run)(lint, context);
    }
}

impl Lint {
    /// A finding of this lint at the key or value that `path` leads to.
    fn report(&self, context: &mut Context<'_>, path: &[&str], message: impl Into<String>) {
        let span = context.span(path);
        context
            .found
            .push(Diagnostic::new(self.code, message, span));
    }

    /// The same with something to do about it.
    fn report_with(
        &self,
        context: &mut Context<'_>,
        path: &[&str],
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let span = context.span(path);
        context
            .found
            .push(Diagnostic::new(self.code, message, span).help(help));
    }
}

impl<'a> Context<'a> {
    /// The span of the value at `path` when it is short, else of its key.
    fn span(&self, path: &[&str]) -> Span {
        let node = find(self.tree, path);
        match node.kind {
            crate::tree::Kind::Map(_) | crate::tree::Kind::List(_) => find_key(self.tree, path),
            _ => node.span.clone(),
        }
    }

    /// Every field with the path that leads to it and its siblings.
    fn fields(&self) -> Vec<Place<'a>> {
        let spec = self.spec;
        let resources = spec
            .resources
            .iter()
            .map(|(name, r)| ("resources", name, &r.fields));
        let objects = spec
            .objects
            .iter()
            .map(|(name, o)| ("objects", name, &o.fields));
        resources
            .chain(objects)
            .flat_map(|(group, owner, siblings)| {
                siblings.iter().map(move |(name, field)| Place {
                    group,
                    owner,
                    name,
                    field,
                    siblings,
                })
            })
            .collect()
    }
}

/// A field with its surroundings.
struct Place<'a> {
    group: &'static str,
    owner: &'a str,
    name: &'a str,
    field: &'a Field,
    siblings: &'a IndexMap<String, Field>,
}

impl<'a> Place<'a> {
    /// The field of the model, when its type is known.
    fn resolved(&self, api: &'a Api) -> Option<&'a crate::model::Field> {
        let fields = match self.group {
            "resources" => &api.resource(self.owner)?.fields,
            _ => &api.object(self.owner)?.fields,
        };
        fields.iter().find(|field| field.name == self.name)
    }

    /// The path that leads to `key` of the field.
    fn path(&self, key: &'a str) -> [&'a str; 5] {
        [self.group, self.owner, "fields", self.name, key]
    }
}
