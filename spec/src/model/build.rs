//! From the language as written to the model.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::resolve::field_type;
use super::{
    Api, Append, Bound, Cited, Column, Command, Create, Delete, Derive, Distinct, Envelope,
    Example, Exclusive, Field, Filter, Get, Interval, Invite, List, Login, Object, On, Parent,
    Presets, Resource, Row, Ruling, Sort, SourceKind, Table, TableData, Type, Unique, Update, Verb,
};
use crate::diagnostic::position;
use crate::syntax::{self, Cite, CiteList, FieldType, OneOrMany, Spec};
use crate::tree::{Node, find_key};

/// What the model is built from.
pub struct Input<'a> {
    /// Path of the spec's file.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its tree.
    pub tree: &'a Node,
    /// The decoded spec.
    pub spec: &'a Spec,
    /// The files of its tables, by table name.
    pub tables: &'a IndexMap<String, TableData>,
    /// Rulings of the shared file.
    pub conventions: &'a IndexMap<String, Ruling>,
}

/// Builds the model of a spec that has no errors; what does not resolve is
/// left out, and the lints have said so.
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
        title: spec.title.clone(),
        about: spec.about.clone(),
        base: spec.base.trim_end_matches('/').to_owned(),
        documents: spec.documents.clone(),
        scope: spec.auth.scope.clone(),
        auth_headers: spec.auth.headers.clone(),
        auth: input.row(&["auth"], &spec.auth.at, &spec.auth.ruling),
        json_in_form: spec.media.json_in_form,
        media: input.row(&["media"], &spec.media.at, &spec.media.ruling),
        switches: spec.switches.clone(),
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
    /// A citation with its document's name filled in.
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
        let path: Vec<&str> = path.iter().copied().chain(["fields", name]).collect();
        let row = Row {
            source: field.source,
            ..self.row(&path, &field.at, &field.ruling)
        };
        Some(Field {
            name: name.to_owned(),
            list: matches!(field.ty, FieldType::List(_)),
            max_items: field.max_items,
            lenient: field.lenient,
            blank: field.blank,
            unwrap: field.unwrap.clone(),
            split: field.split.clone(),
            folded: field.folded,
            only_if: field.only_if.clone().into_iter().collect(),
            required_if: field.required_if.clone().into_iter().collect(),
            reserved: field.reserved.clone(),
            lone: field.lone,
            set: field.set,
            title: field.title.clone(),
            about: field.about.clone(),
            mode: field.mode,
            scope: field.scope.clone(),
            on: field.on,
            required: field.required,
            nullable: field.nullable,
            default: match (&field.default, &ty) {
                (None, Type::Object(object)) if !field.nullable && !field.required => {
                    self.empty(object)
                }
                (default, _) => default.clone(),
            },
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

    /// An object with what stands in for each member that is not sent.
    fn empty(&self, object: &str) -> Option<Value> {
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

    fn resource(&self, name: &str, resource: &syntax::Resource) -> Resource {
        let path = ["resources", name];
        let row = |key: &str, at: &CiteList, ruling: &OneOrMany| {
            self.row(&["resources", name, key], at, ruling)
        };
        Resource {
            name: name.to_owned(),
            about: resource.about.clone(),
            path: resource.path.clone(),
            id: resource.id.field.clone(),
            id_kind: resource.id.kind,
            id_rulings: resource.id.ruling.as_slice().to_vec(),
            times: resource.times.clone(),
            bound: resource.bound.as_ref().map(|bound| Bound {
                fields: bound.fields.clone(),
                row: row("bound", &bound.at, &bound.ruling),
            }),
            login: resource.login.as_ref().map(|login| Login {
                token: login.token.clone(),
                user: login.user.clone(),
                needs: login.needs.clone().into_iter().collect(),
                row: row("login", &login.at, &login.ruling),
            }),
            watch: resource.watch.clone(),
            invite: resource.invite.as_ref().map(|invite| Invite {
                when: invite.when.clone(),
                to: invite.to.clone(),
                sets: invite.sets.clone(),
                row: row("invite", &invite.at, &invite.ruling),
            }),
            parent: resource.parent.as_ref().map(|parent| Parent {
                resource: parent.resource.clone(),
                embed: parent.embed.as_ref().map(|embed| embed.field.clone()),
                touch: parent.embed.as_ref().is_some_and(|embed| embed.touch),
                rulings: parent.ruling.as_slice().to_vec(),
            }),
            fields: self
                .fields(&path, &resource.fields)
                .into_iter()
                .map(|field| match resource.update {
                    Some(_) => field,
                    // Without an update nothing but a create or an import writes it.
                    None => Field {
                        on: On::Create,
                        ..field
                    },
                })
                .collect(),
            unique: resource
                .unique
                .iter()
                .enumerate()
                .map(|(index, unique)| Unique {
                    fields: unique.fields.clone(),
                    within: unique.within,
                    row: self.row(
                        &["resources", name, "unique", &index.to_string()],
                        &unique.at,
                        &unique.ruling,
                    ),
                })
                .collect(),
            exclusive: resource
                .exclusive
                .iter()
                .enumerate()
                .map(|(index, exclusive)| Exclusive {
                    fields: exclusive.fields.clone(),
                    row: self.row(
                        &["resources", name, "exclusive", &index.to_string()],
                        &exclusive.at,
                        &exclusive.ruling,
                    ),
                })
                .collect(),
            list: resource.list.as_ref().map(|list| self.list(name, list)),
            distinct: resource.distinct.as_ref().map(|distinct| Distinct {
                fields: distinct.fields.clone(),
                row: row("distinct", &distinct.at, &distinct.ruling),
            }),
            get: resource.get.as_ref().map(|get| Get {
                also: get
                    .also
                    .iter()
                    .map(|(name, op)| (name.clone(), *op))
                    .collect(),
                about: get.about.clone(),
                row: row("get", &get.at, &get.ruling),
            }),
            create: resource.create.as_ref().map(|create| Create {
                verbs: verbs(create.verb, &create.also),
                path: create.path.clone(),
                status: self.spec.switches.create_status.unwrap_or(create.status),
                about: create.about.clone(),
                row: row("create", &create.at, &create.ruling),
            }),
            update: resource.update.as_ref().map(|update| Update {
                verbs: verbs(update.verb, &update.also),
                effect: self.spec.switches.put.unwrap_or(update.effect),
                also_path: update.also_path.clone(),
                about: update.about.clone(),
                row: row("update", &update.at, &update.ruling),
            }),
            append: resource.append.as_ref().map(|append| Append {
                verbs: vec![append.verb],
                fields: append.fields.clone(),
                about: append.about.clone(),
                row: row("append", &append.at, &append.ruling),
            }),
            delete: resource.delete.as_ref().map(|delete| Delete {
                status: self.spec.switches.delete_status.unwrap_or(delete.status),
                cascade: delete.cascade.clone(),
                about: delete.about.clone(),
                row: row("delete", &delete.at, &delete.ruling),
            }),
            row: self.row(&path, &resource.at, &resource.ruling),
        }
    }

    fn list(&self, name: &str, list: &syntax::List) -> List {
        let base = ["resources", name, "list"];
        let row = |rest: &[&str], at: &CiteList, ruling: &OneOrMany| {
            let path: Vec<&str> = base.iter().chain(rest).copied().collect();
            self.row(&path, at, ruling)
        };
        List {
            page: list
                .page
                .as_ref()
                .map(|page| (page.clone(), row(&["page"], &page.at, &page.ruling))),
            envelope: list.envelope.as_ref().map(|envelope| Envelope {
                items: envelope.items.clone(),
                total: envelope.total.clone(),
                pages: envelope.pages.clone(),
                page: envelope.page.clone(),
                when: envelope.when,
                row: row(&["envelope"], &envelope.at, &envelope.ruling),
            }),
            sort: list.sort.as_ref().map(|sort| Sort {
                by: sort.by.clone(),
                order: sort.order.clone(),
                keys: sort.keys.clone(),
                default: sort.default.clone(),
                default_order: sort.default_order,
                row: row(&["sort"], &sort.at, &sort.ruling),
            }),
            intervals: list
                .intervals
                .iter()
                .enumerate()
                .map(|(index, interval)| Interval {
                    from: interval.from.clone(),
                    to: interval.to.clone(),
                    row: row(
                        &["intervals", &index.to_string()],
                        &interval.at,
                        &interval.ruling,
                    ),
                })
                .collect(),
            filters: list
                .filters
                .iter()
                .map(|(key, filter)| Filter {
                    names: std::iter::once(key).chain(&filter.also).cloned().collect(),
                    field: filter.field.clone(),
                    or: filter.or.clone(),
                    op: filter.op,
                    or_join: filter.or_join.clone(),
                    about: filter.about.clone(),
                    row: row(&["filters", key], &filter.at, &filter.ruling),
                })
                .collect(),
            about: list.about.clone(),
            row: row(&[], &list.at, &list.ruling),
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
            operation: operation.to_owned(),
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

fn verbs(first: Verb, also: &[Verb]) -> Vec<Verb> {
    std::iter::once(first).chain(also.iter().copied()).collect()
}
