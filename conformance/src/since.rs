//! Which obligations a change of the specs touches.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Api, Filter, Resource};

use crate::compile::compile;
use crate::obligation::Obligation;
use crate::schedule::root;
use crate::subject::SubjectPart;

/// The ids of the obligations of `after` that the change from `before` touches: those that
/// were not there, those whose rows are others, and those about what is resolved to
/// something else. In doubt an obligation is touched.
#[must_use]
pub fn touched(before: &[Api], after: &[Api]) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for api in after {
        let old = before.iter().find(|one| one.name == api.name);
        let then = old.map(compile).unwrap_or_default();
        let change = old.map(|old| Change::of(old, api));
        for obligation in compile(api) {
            let same = then.iter().find(|one| one.id == obligation.id);
            let kept = same.is_some_and(|one| says(one) == says(&obligation));
            let reached = change
                .as_ref()
                .is_none_or(|one| one.reaches(api, &obligation));
            if !kept || reached {
                ids.insert(obligation.id);
            }
        }
    }
    ids
}

/// What the rows of an obligation say, wherever they stand.
fn says(obligation: &Obligation) -> Vec<(&str, &[String], &[String])> {
    let rows = obligation.rows.iter();
    let said = rows.map(|row| (row.path.as_str(), &row.at[..], &row.rulings[..]));
    said.collect()
}

/// What a change is about.
struct Change {
    /// Everything, for what all resources share has changed.
    all: bool,
    /// Outermost parents of resources of which anything has changed.
    families: BTreeSet<String>,
    /// Resources of which more has changed than fields, filters and sort keys.
    whole: BTreeSet<String>,
    /// Fields, by resource.
    fields: BTreeSet<(String, String)>,
    /// Filters and sort keys, by resource.
    choices: BTreeSet<(String, String)>,
}

impl Change {
    fn of(old: &Api, new: &Api) -> Self {
        let mut change = Self {
            all: shared(old) != shared(new),
            families: BTreeSet::new(),
            whole: BTreeSet::new(),
            fields: BTreeSet::new(),
            choices: BTreeSet::new(),
        };
        for next in &new.resources {
            let Some(last) = old.resource(&next.name).filter(|last| *last != next) else {
                if old.resource(&next.name).is_none() {
                    change.families.insert(root(new, &next.name));
                }
                continue;
            };
            change.families.insert(root(new, &next.name));
            if frame(last) != frame(next) {
                change.whole.insert(next.name.clone());
            }
            let fields = next.fields.iter();
            let fields = fields.filter(|field| last.field(&field.name) != Some(*field));
            change
                .fields
                .extend(fields.map(|field| (next.name.clone(), field.name.clone())));
            let filters = filters(next)
                .iter()
                .filter(|filter| !filters(last).contains(filter));
            change
                .choices
                .extend(filters.map(|one| (next.name.clone(), one.names[0].clone())));
        }
        change
    }

    /// Whether an obligation is about something that has changed.
    fn reaches(&self, api: &Api, obligation: &Obligation) -> bool {
        let name = &obligation.resource;
        let Some(resource) = api.resource(name) else {
            return self.all || !self.families.is_empty();
        };
        let field = |field: &str| self.fields.contains(&(name.clone(), field.to_owned()));
        // What is derived may rest on any field.
        let rests = |one: &str| {
            let derived = resource.field(one).is_some_and(|one| one.derive.is_some());
            field(one) || derived && self.fields.iter().any(|(of, _)| of == name)
        };
        let part = match &obligation.part {
            SubjectPart::Field(one) => rests(one),
            SubjectPart::SortKey(Some(one)) => rests(one),
            SubjectPart::Filter(one) => {
                let own = filters(resource)
                    .iter()
                    .find(|filter| filter.names[0] == *one);
                let compared =
                    own.is_some_and(|own| rests(&own.field) || own.or.iter().any(|one| rests(one)));
                compared || self.choices.contains(&(name.clone(), one.clone()))
            }
            SubjectPart::SortKey(None)
            | SubjectPart::Whole
            | SubjectPart::Operation(_)
            | SubjectPart::Member { .. }
            | SubjectPart::Interval { .. }
            | SubjectPart::Table(_)
            | SubjectPart::Exclusive(_)
            | SubjectPart::Unique(_)
            | SubjectPart::Example(_)
            | SubjectPart::Command(_) => self.families.contains(&root(api, name)),
        };
        self.all || part || self.is_whole(api, name)
    }

    /// Whether more than single fields of a resource or of one above it has changed.
    fn is_whole(&self, api: &Api, name: &str) -> bool {
        let above = api.resource(name).and_then(|one| one.parent.as_ref());
        self.whole.contains(name) || above.is_some_and(|above| self.is_whole(api, &above.resource))
    }
}

/// What all resources of an API share; where it is written and what is said about it is no
/// part of that.
fn shared(api: &Api) -> Api {
    Api {
        file: String::new(),
        extends: None,
        title: String::new(),
        about: None,
        documents: Default::default(),
        resources: Vec::new(),
        rulings: Default::default(),
        pending: Vec::new(),
        ignored: Vec::new(),
        ..api.clone()
    }
}

/// A resource without its fields and filters, which are compared one by one; the order of
/// its fields is a part of it.
fn frame(resource: &Resource) -> (Resource, Vec<&str>) {
    let mut frame = resource.clone();
    frame.about = None;
    frame.fields = Vec::new();
    if let Some(list) = &mut frame.list {
        list.filters = Vec::new();
        list.about = None;
    }
    let names = resource.fields.iter().map(|field| field.name.as_str());
    (frame, names.collect())
}

fn filters(resource: &Resource) -> &[Filter] {
    resource.list.as_ref().map_or(&[], |list| &list.filters)
}
