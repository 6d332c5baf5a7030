//! Resources, their lists and operations.

use super::super::{
    Append, Bound, Create, Delete, Distinct, Envelope, Exclusive, Field, Filter, Get, Interval,
    Invite, List, Login, On, Parent, Resource, Sort, Type, Unique, Update, Verb,
};
use super::Input;
use crate::syntax::{self, CiteList, OneOrMany};

impl Input<'_> {
    pub(super) fn resource(&self, name: &str, resource: &syntax::Resource) -> Resource {
        let path = ["resources", name];
        let row = |key: &str, at: &CiteList, ruling: &OneOrMany| {
            self.row(&["resources", name, key], at, ruling)
        };
        Resource {
            name: name.to_owned(),
            about: resource.about.clone(),
            path: resource.path.clone(),
            id: resource.id.field.clone(),
            id_in_path: resource.id.name_in_path().to_owned(),
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
                .map(|field| addressable(resource, field))
                .map(|field| Field {
                    stamped: (resource.times.iter())
                        .any(|times| field.name == times.created || field.name == times.updated),
                    ..field
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

    pub(super) fn list(&self, name: &str, list: &syntax::List) -> List {
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
                    max_items: filter.max_items,
                    about: filter.about.clone(),
                    row: row(&["filters", key], &filter.at, &filter.ruling),
                })
                .collect(),
            about: list.about.clone(),
            row: row(&[], &list.at, &list.ruling),
        }
    }
}

fn verbs(first: Verb, also: &[Verb]) -> Vec<Verb> {
    std::iter::once(first).chain(also.iter().copied()).collect()
}

/// Segments that name no object: whoever reads a path takes them out of it
/// (RFC 3986 section 5.2.4), however they are encoded.
const DOTS: [&str; 2] = [".", ".."];

/// A field whose text becomes the last segment of a path, or is the whole of
/// one that does, without texts that no path can have.
fn addressable(resource: &syntax::Resource, mut field: Field) -> Field {
    let names = resource.get.iter().flat_map(|get| get.also.keys());
    let is_segment = names.into_iter().any(|name| {
        let joined = resource
            .fields
            .get(name)
            .and_then(|field| field.derive.as_ref());
        let source = match joined {
            Some(syntax::Derive::Join { join }) if join.len() == 1 => join.first(),
            _ => Some(name),
        };
        source == Some(&field.name)
    });
    let free = matches!(field.ty, Type::Text { .. } | Type::ExternalId);
    if is_segment && free && field.derive.is_none() {
        let missing = DOTS
            .iter()
            .filter(|dots| !field.reserved.iter().any(|one| one == *dots));
        let missing: Vec<String> = missing.map(|dots| (*dots).to_owned()).collect();
        field.reserved.extend(missing);
    }
    field
}
