//! Builds the model from a decoded spec.

mod auth;
mod dialect;
mod notification;
mod operation;
mod resource;

use std::collections::BTreeMap;
use std::path::Path;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::resolve::field_type;
use super::{
    Api, Cited, Column, Command, Derive, Example, Field, Object, Operation, Presets, Row, Ruling,
    SourceKind, Table, TableData, Type,
};
use crate::diagnostic::position;
use crate::kind::kind;
use crate::syntax::{self, Cite, CiteList, FieldType, OneOrMany, Spec};
use crate::tree::{Node, find_key};

/// The inputs for building the model.
pub struct Input<'a> {
    /// Path of the spec's file.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The extended spec, and the number of lines before its text.
    pub extends: Option<(&'a Path, usize)>,
    /// Its tree.
    pub tree: &'a Node,
    /// The decoded spec.
    pub spec: &'a Spec,
    /// The files of its tables, by table name.
    pub tables: &'a IndexMap<String, TableData>,
    /// The objects with a finite smallest value.
    pub ending: &'a BTreeMap<&'a str, usize>,
    /// Rulings of the shared file.
    pub conventions: &'a IndexMap<String, Ruling>,
}

/// Builds the model of a spec without errors. What cannot be resolved is left out; the
/// lints report it.
#[must_use]
pub fn build(input: &Input<'_>) -> Api {
    let spec = input.spec;
    let mut rulings = spec.rulings.clone();
    for (id, ruling) in input.conventions {
        rulings.entry(id.clone()).or_insert_with(|| ruling.clone());
    }
    Api {
        name: spec.api.clone(),
        file: input.file.to_owned(),
        extends: input
            .extends
            .map(|(file, lines)| (file.display().to_string(), lines)),
        title: spec.title.clone(),
        about: spec.about.clone(),
        base: spec.base.trim_end_matches('/').to_owned(),
        documents: spec.documents.clone(),
        scope: spec.auth.scope.clone().unwrap_or_else(|| spec.api.clone()),
        scoped: spec.auth.scope.is_some(),
        credentials: auth::credentials(&spec.auth),
        auth_headers: spec.auth.headers.clone(),
        auth: input.row(&["auth"], &spec.auth.at, &spec.auth.ruling),
        json_in_form: spec.media.json_in_form,
        media: input.row(&["media"], &spec.media.at, &spec.media.ruling),
        switches: self::dialect::switches(spec),
        dialect: input.dialect(),
        tables: spec
            .tables
            .iter()
            .map(|(name, table)| input.table(name, table))
            .collect(),
        settings: spec.settings.keys().cloned().collect(),
        presets: spec.presets.as_ref().map(|presets| Presets {
            about: presets.about.clone(),
            path: presets.path.clone(),
            lists: presets
                .lists
                .iter()
                .map(|(name, list)| (name.clone(), list.values.clone()))
                .collect(),
            row: input.row(&["presets"], &presets.at, &presets.ruling),
        }),
        objects: spec
            .objects
            .iter()
            .map(|(name, object)| input.object(name, object))
            .collect(),
        resources: spec
            .resources
            .iter()
            .map(|(name, r)| input.resource(name, r))
            .collect(),
        examples: spec
            .examples
            .iter()
            .enumerate()
            .map(|(i, e)| input.example(i, e))
            .collect(),
        commands: spec
            .commands
            .iter()
            .enumerate()
            .filter_map(|(i, c)| input.command(i, c))
            .collect(),
        rulings,
        pending: spec.pending.clone(),
        ignored: spec.ignored.clone(),
    }
}

impl Input<'_> {
    /// A citation with the name of its document filled in.
    pub(crate) fn cited(&self, cite: &Cite) -> Cited {
        let first = || {
            self.spec
                .documents
                .keys()
                .next()
                .cloned()
                .unwrap_or_default()
        };
        Cited {
            document: cite.document.clone().unwrap_or_else(first),
            first: cite.first,
            last: cite.last,
        }
    }

    fn row(&self, path: &[&str], at: &CiteList, rulings: &OneOrMany) -> Row {
        Row {
            path: path.join("."),
            position: position(self.text, find_key(self.tree, path).start),
            at: at.as_slice().iter().map(|cite| self.cited(cite)).collect(),
            rulings: rulings.as_slice().to_vec(),
            source: SourceKind::Documented,
        }
    }

    fn field(&self, path: &[&str], name: &str, field: &syntax::Field) -> Option<Field> {
        let ty = field_type(self.spec, field).ok()?;
        let empty = kind(&ty).empty();
        let path: Vec<&str> = path.iter().copied().chain(["fields", name]).collect();
        let row = Row {
            source: field.source,
            ..self.row(&path, &field.at, &field.ruling)
        };
        Some(Field {
            name: name.to_owned(),
            rust: field.rust.clone(),
            was: field.was.clone(),
            list: is_list(field),
            max_items: field.max_items,
            lenient: field.lenient || self.is_lenient(field, &ty),
            blank: field.blank,
            envelope: field.envelope.clone(),
            delimited: field.delimited.clone(),
            also: field.also.clone(),
            folded: field.folded,
            only_if: field.only_if.clone().into_iter().collect(),
            required_if: field.required_if.clone().into_iter().collect(),
            reserved: field.reserved.clone(),
            scalar_as_list: field.scalar_as_list,
            unique_items: field.unique_items,
            title: field.title.clone(),
            about: field.about.clone(),
            mode: field.mode,
            scope: field.scope.clone(),
            on: field.on,
            required: field.required,
            nullable: field.nullable,
            stamped: false,
            may_lack: field.may_lack,
            default: match (&field.default, &ty) {
                (None, Type::Object(object))
                    if !field.nullable && !field.required && !is_list(field) =>
                {
                    self.empty(object)
                }
                (default, _) => default.clone(),
            },
            empty,
            fallback: field.fallback.clone(),
            role: field.role,
            derive: field
                .derive
                .as_ref()
                .and_then(|derive| self.derive(&path, derive, &ty)),
            unique: field.unique,
            example: field.example.clone(),
            row,
            ty,
        })
    }

    fn derive(&self, path: &[&str], derive: &syntax::Derive, ty: &Type) -> Option<Derive> {
        match derive {
            syntax::Derive::Join { join: parts } => Some(Derive::Join(parts.clone())),
            syntax::Derive::Lookup { lookup: key } => {
                let Type::TableRow(table) = ty else {
                    return None;
                };
                let fields = match path {
                    ["resources", name, ..] => &self.spec.resources.get(*name)?.fields,
                    ["objects", name, ..] => &self.spec.objects.get(*name)?.fields,
                    _ => return None,
                };
                let Ok(Type::Key { column, .. }) = field_type(self.spec, fields.get(key)?) else {
                    return None;
                };
                Some(Derive::Lookup {
                    key: key.clone(),
                    table: table.clone(),
                    column,
                })
            }
        }
    }

    /// An object with the default of every member.
    fn empty(&self, object: &str) -> Option<Value> {
        self.ending.get(object)?;
        let object = self.spec.objects.get(object)?;
        let fields = self.fields(&[], &object.fields);
        let members = fields.iter().map(|one| (one.name.clone(), one.initial()));
        Some(Value::Object(members.collect()))
    }

    fn fields(&self, path: &[&str], fields: &IndexMap<String, syntax::Field>) -> Vec<Field> {
        fields
            .iter()
            .filter_map(|(name, field)| self.field(path, name, field))
            .collect()
    }

    fn object(&self, name: &str, object: &syntax::Object) -> Object {
        Object {
            name: name.to_owned(),
            about: object.about.clone(),
            fields: self.fields(&["objects", name], &object.fields),
            shared: object.shared.clone(),
            row: self.row(&["objects", name], &object.at, &object.ruling),
        }
    }

    fn table(&self, name: &str, table: &syntax::Table) -> Table {
        let columns: Vec<Column> = table
            .fields
            .iter()
            .map(|(column, field)| Column {
                name: column.clone(),
                about: field.about.clone(),
                nullable: field.nullable,
                row: self.row(
                    &["tables", name, "fields", column],
                    &field.at,
                    &field.ruling,
                ),
            })
            .collect();
        let data = self.tables.get(name).cloned().unwrap_or_default();
        let index = |column: &Column| data.header.iter().position(|head| *head == column.name);
        let rows = data
            .rows
            .iter()
            .map(|cells| {
                let cell = |column: &Column| cells.get(index(column)?)?.clone();
                columns
                    .iter()
                    .map(|c| (c.name.clone(), cell(c).map_or(Value::Null, Value::String)))
                    .collect::<Map<String, Value>>()
            })
            .collect();
        Table {
            name: name.to_owned(),
            about: table.about.clone(),
            path: table.path.clone(),
            rows,
            columns,
            row: self.row(&["tables", name], &table.at, &table.ruling),
        }
    }

    fn example(&self, index: usize, example: &syntax::Example) -> Example {
        Example {
            of: example.of.clone(),
            value: example.value.clone(),
            printed: self.cited(&example.printed),
            row: self.row(
                &["examples", &index.to_string()],
                &example.at,
                &OneOrMany::None,
            ),
        }
    }

    fn command(&self, index: usize, command: &syntax::Command) -> Option<Command> {
        let (resource, operation) = command.operation.split_once('.')?;
        Some(Command {
            resource: resource.to_owned(),
            operation: Operation::named(operation)?,
            target: command.target.clone(),
            body: command.body.clone(),
            printed: command.printed.as_ref().map(|cite| self.cited(cite)),
            row: self.row(
                &["commands", &index.to_string()],
                &command.at,
                &command.ruling,
            ),
        })
    }
}

fn is_list(field: &syntax::Field) -> bool {
    matches!(field.ty, FieldType::List(_))
}
