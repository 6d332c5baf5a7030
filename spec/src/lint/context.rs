//! The inputs of lints: the spec, its positions, and the list of findings.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, TableData};
use crate::syntax::{Field, Ruling, Spec};
use crate::tree::{Node, Span, find, find_key};

/// A rule about specs.
pub struct Lint {
    /// Its code.
    pub code: &'static Code,
    /// Checks the whole spec and reports every violation.
    pub(super) run: fn(&Lint, &mut Context<'_>),
}

/// The inputs of a lint.
pub struct Context<'a> {
    /// The decoded spec.
    pub spec: &'a Spec,
    /// The resolved parts of the spec, to check values with.
    pub api: &'a Api,
    /// Its tree, for positions.
    pub tree: &'a Node,
    /// The table files that could be read, by table name.
    pub tables: &'a IndexMap<String, TableData>,
    /// Rulings of the shared file.
    pub conventions: &'a IndexMap<String, Ruling>,
    /// The number of lines of each recorded document.
    pub lines: &'a IndexMap<String, u32>,
    /// The findings.
    pub found: &'a mut Vec<Diagnostic>,
}

impl Lint {
    /// Reports a finding at the key or value that `path` leads to.
    pub(super) fn report(
        &self,
        context: &mut Context<'_>,
        path: &[&str],
        message: impl Into<String>,
    ) {
        let span = context.span(path);
        context
            .found
            .push(Diagnostic::new(self.code, message, span));
    }

    /// Reports a finding with advice.
    pub(super) fn report_with(
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
    /// The span of the value at `path` if it is short, otherwise of its key.
    pub(super) fn span(&self, path: &[&str]) -> Span {
        let node = find(self.tree, path);
        match node.kind {
            crate::tree::Kind::Map(_) | crate::tree::Kind::List(_) => find_key(self.tree, path),
            _ => node.span.clone(),
        }
    }

    /// All fields, with their paths and siblings.
    pub(super) fn fields(&self) -> Vec<Place<'a>> {
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
pub(super) struct Place<'a> {
    pub(super) group: &'static str,
    pub(super) owner: &'a str,
    pub(super) name: &'a str,
    pub(super) field: &'a Field,
    pub(super) siblings: &'a IndexMap<String, Field>,
}

impl<'a> Place<'a> {
    /// The field in the model, if its type is known.
    pub(super) fn resolved(&self, api: &'a Api) -> Option<&'a crate::model::Field> {
        let fields = match self.group {
            "resources" => &api.resource(self.owner)?.fields,
            _ => &api.object(self.owner)?.fields,
        };
        fields.iter().find(|field| field.name == self.name)
    }

    /// The path to `key` of the field.
    pub(super) fn path(&self, key: &'a str) -> [&'a str; 5] {
        [self.group, self.owner, "fields", self.name, key]
    }
}
