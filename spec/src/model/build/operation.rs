//! Operations of resources.

use super::super::{
    Append, Create, Delete, Envelope, Filter, Get, Interval, List, Sort, Update, Verb,
};
use super::Input;
use crate::syntax::{self, CiteList, OneOrMany, TextOrder};

impl Input<'_> {
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
                texts: self
                    .spec
                    .dialect
                    .order
                    .as_ref()
                    .map_or(TextOrder::Folded, |one| one.is),
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

    pub(super) fn get(&self, name: &str, get: &syntax::Get) -> Get {
        let also = get.also.iter();
        Get {
            also: also.map(|(name, op)| (name.clone(), *op)).collect(),
            about: get.about.clone(),
            row: self.row(&["resources", name, "get"], &get.at, &get.ruling),
        }
    }

    pub(super) fn create(&self, name: &str, create: &syntax::Create) -> Create {
        let set = self.spec.switches.create_status;
        Create {
            verbs: verbs(create.verb, &create.also),
            path: create.path.clone(),
            status: set.or(create.status).unwrap_or(201),
            status_is_said: self.says(set.or(create.status)),
            about: create.about.clone(),
            row: self.row(&["resources", name, "create"], &create.at, &create.ruling),
        }
    }

    pub(super) fn update(&self, name: &str, update: &syntax::Update) -> Update {
        Update {
            verbs: verbs(update.verb, &update.also),
            effect: self.spec.switches.put.unwrap_or(update.effect),
            also_path: update.also_path.clone(),
            about: update.about.clone(),
            row: self.row(&["resources", name, "update"], &update.at, &update.ruling),
        }
    }

    pub(super) fn append(&self, name: &str, append: &syntax::Append) -> Append {
        Append {
            verbs: vec![append.verb],
            fields: append.fields.clone(),
            about: append.about.clone(),
            row: self.row(&["resources", name, "append"], &append.at, &append.ruling),
        }
    }

    pub(super) fn delete(&self, name: &str, delete: &syntax::Delete) -> Delete {
        let set = self.spec.switches.delete_status;
        Delete {
            status: set.or(delete.status).unwrap_or(204),
            status_is_said: self.says(set.or(delete.status)),
            cascade: delete.cascade.clone(),
            about: delete.about.clone(),
            row: self.row(&["resources", name, "delete"], &delete.at, &delete.ruling),
        }
    }

    /// Whether a row or the house conventions state a status.
    fn says(&self, status: Option<u16>) -> bool {
        status.is_some() || self.spec.conventions.is_some()
    }
}

fn verbs(first: Verb, also: &[Verb]) -> Vec<Verb> {
    std::iter::once(first).chain(also.iter().copied()).collect()
}
