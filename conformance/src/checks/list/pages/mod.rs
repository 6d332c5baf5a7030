//! Pages of lists.

mod continued;
mod counted;
mod link;
mod numbered;
mod offset;

use fieldproof_spec::model::{Api, List, Resource, Sent};
use fieldproof_spec::paging::PageRole;

use self::continued::continued;
use self::link::flag;
use self::numbered::numbered;
use self::offset::cut;
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};

pub(crate) static CHECK: Check = Check {
    name: "pages",
    about: "Pages of any size, walked by offset and by `Link: rel=next`, give every object once and in one order; \
            `X-Total-Count` counts all of them; beyond the end is an empty array.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let list = subject.resource(api).list.as_ref();
    let page = list.and_then(|list| list.page.as_ref());
    let page = page.map(|(page, _)| page);
    let has = |role| page.is_some_and(|page| page.has(role));
    let (by_offset, by_number) = (has(PageRole::Offset), has(PageRole::Number));
    let sized = has(PageRole::Size) && !by_offset && !by_number;
    let continued = !by_offset && !by_number;
    let linked = api.dialect.links.is(Sent::Sent);
    let capped = api.switches.list_cap.is_some();
    let enveloped = list.is_some_and(|list| list.envelope.is_some());
    let filtered = flag(subject.resource(api)).is_some();
    let asked = list.is_some_and(|list| is_asked(subject.resource(api), list));
    let counted = has(PageRole::Size) && asked && is_counted(api, list);
    subject.resource_mutations_where(&[
        (by_offset || by_number || sized, Operator::PageShifted),
        (by_offset, Operator::TotalOfPage),
        (by_offset, Operator::LinkBack),
        (by_offset && filtered, Operator::LinkForgets),
        (by_number, Operator::ListCut),
        (by_number && enveloped, Operator::EnvelopeMissing),
        (
            continued && (capped || sized && linked),
            Operator::LinkMissing,
        ),
        (continued && !capped, Operator::ListReversed),
        (by_offset && linked, Operator::LinkOutside),
        (counted, Operator::TotalOfAll),
    ])
}

/// Whether a list says how many objects there are.
fn is_counted(api: &Api, list: Option<&List>) -> bool {
    let named = list.and_then(|list| list.envelope.as_ref()?.total.as_ref());
    named.is_some() || api.dialect.total.is(Sent::Sent)
}

/// Whether a filter finds an object by a text of its own.
fn is_asked(resource: &Resource, list: &List) -> bool {
    list.filters.iter().any(|filter| {
        let field = resource.field(&filter.field);
        let own = field.is_some_and(|one| one.required && kind(&one.ty).free().is_some());
        own && filter.op.asks().is_equality()
    })
}

/// A subject per list that is paged, or at least counted.
pub(super) fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in &api.resources {
        let Some(list) = &resource.list else { continue };
        if let Some((_, row)) = &list.page {
            let id = format!("{}.list.page", resource.name);
            let mut rows = vec![row, &list.row];
            rows.extend(list.envelope.iter().map(|envelope| &envelope.row));
            subjects.push(Subject::new(id, &resource.name, SubjectPart::Whole, &rows));
        }
    }
    subjects
}
fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    let Some((page, _)) = page else {
        return Ok(());
    };
    if page.has(PageRole::Offset) {
        cut(harness, resource, page)
    } else if page.has(PageRole::Number) {
        numbered(harness, resource, page)
    } else {
        continued(harness, resource, page)
    }
}
