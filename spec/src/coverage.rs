//! How much of each document the rows of a spec cite.

use std::collections::{BTreeMap, BTreeSet};

use crate::lines::Lines;
use crate::model::{Api, Cited, Resource, Row};

/// The coverage of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The document's name in the spec.
    pub document: String,
    /// Its file.
    pub file: String,
    /// The numbers of non-blank lines, as far as they are on record.
    pub lines: BTreeSet<u32>,
    /// The cited lines, with the paths of the rows.
    pub cited: BTreeMap<u32, Vec<String>>,
    /// The lines left out on purpose, with the reason.
    pub ignored: BTreeMap<u32, String>,
    /// The lines that no row covers yet, with what is missing.
    pub pending: BTreeMap<u32, String>,
}

impl Coverage {
    /// The non-blank lines that are neither cited nor ignored nor pending.
    pub fn uncited(&self) -> impl Iterator<Item = u32> {
        self.lines.iter().copied().filter(|line| {
            let named = self.ignored.contains_key(line) || self.pending.contains_key(line);
            !self.cited.contains_key(line) && !named
        })
    }
}

/// Every row of an API that can cite: fields, operations, filters and the rest.
#[must_use]
pub fn rows(api: &Api) -> Vec<&Row> {
    let mut rows = vec![&api.auth];
    let writes = |one: &Resource| one.create.is_some() || one.update.is_some();
    let said = api.json_in_form || api.dialect.edges.row.is_some() || !api.media.at.is_empty();
    if said && api.resources.iter().any(writes) {
        rows.push(&api.media);
    }
    rows.extend(api.dialect.rows());
    rows.extend(api.presets.iter().map(|presets| &presets.row));
    for table in &api.tables {
        rows.push(&table.row);
        rows.extend(table.columns.iter().map(|column| &column.row));
    }
    for object in &api.objects {
        rows.push(&object.row);
        rows.extend(object.fields.iter().map(|field| &field.row));
    }
    for resource in &api.resources {
        rows.push(&resource.row);
        rows.extend(resource.fields.iter().map(|field| &field.row));
        rows.extend(resource.login.iter().map(|login| &login.row));
        rows.extend(resource.invite.iter().map(|invite| &invite.row));
        rows.extend(resource.append.iter().map(|append| &append.row));
        rows.extend(resource.bound.iter().map(|bound| &bound.row));
        rows.extend(resource.unique.iter().map(|unique| &unique.row));
        rows.extend(resource.exclusive.iter().map(|exclusive| &exclusive.row));
        if let Some(list) = &resource.list {
            rows.push(&list.row);
            rows.extend(list.page.iter().map(|(_, row)| row));
            rows.extend(list.envelope.iter().map(|envelope| &envelope.row));
            rows.extend(list.sort.iter().map(|sort| &sort.row));
            rows.extend(list.intervals.iter().map(|interval| &interval.row));
            rows.extend(list.filters.iter().map(|filter| &filter.row));
        }
        rows.extend(resource.distinct.iter().map(|distinct| &distinct.row));
        rows.extend(resource.get.iter().map(|get| &get.row));
        rows.extend(resource.create.iter().map(|create| &create.row));
        rows.extend(resource.update.iter().map(|update| &update.row));
        rows.extend(resource.delete.iter().map(|delete| &delete.row));
        let notifications = resource.watch.iter().map(|watch| &watch.notification);
        for notification in notifications {
            rows.extend(notification.rows());
            rows.extend(notification.signature_row());
        }
    }
    rows.extend(api.examples.iter().map(|example| &example.row));
    rows.extend(api.commands.iter().map(|command| &command.row));
    rows
}

/// The coverage of each document of `api` whose lines are on record.
#[must_use]
pub fn coverage(api: &Api, lines: &Lines) -> Vec<Coverage> {
    let on_record = |mut one: Coverage| {
        let record = lines.get(&one.file)?;
        one.lines = record.hashes.keys().copied().collect();
        Some(one)
    };
    named(api).into_iter().filter_map(on_record).collect()
}

/// How `api` covers the lines of each document, whether or not they are on record.
#[must_use]
pub fn named(api: &Api) -> Vec<Coverage> {
    let mut all: Vec<Coverage> = api
        .documents
        .iter()
        .map(|(name, document)| Coverage {
            document: name.clone(),
            file: document.file.clone(),
            lines: BTreeSet::new(),
            cited: BTreeMap::new(),
            ignored: BTreeMap::new(),
            pending: BTreeMap::new(),
        })
        .collect();
    for row in rows(api) {
        for cite in &row.at {
            if let Some(coverage) = all.iter_mut().find(|c| c.document == cite.document) {
                for line in cite.first..=cite.last {
                    coverage
                        .cited
                        .entry(line)
                        .or_default()
                        .push(row.path.clone());
                }
            }
        }
    }
    let first = api.documents.keys().next().cloned().unwrap_or_default();
    let pending = api.pending.iter().map(|one| (one, false));
    for (ignored, left_out) in api.ignored.iter().map(|one| (one, true)).chain(pending) {
        for cite in ignored.at.as_slice() {
            let document = cite.document.clone().unwrap_or_else(|| first.clone());
            let cite = Cited {
                document,
                first: cite.first,
                last: cite.last,
            };
            if let Some(coverage) = all.iter_mut().find(|c| c.document == cite.document) {
                for line in cite.first..=cite.last {
                    let map = match left_out {
                        true => &mut coverage.ignored,
                        false => &mut coverage.pending,
                    };
                    map.insert(line, ignored.why.clone());
                }
            }
        }
    }
    all
}
