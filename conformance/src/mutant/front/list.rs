//! Mutations of lists: unpaged lists are cut, and items lack a member.

use fieldproof_spec::model::{Resource, Type};
use serde_json::Value;

use super::answer::{edit, shorten};
use crate::model::{Reply, Request, decode};
use crate::mutant::mutation::Operator;

/// Cuts an unpaged list to one object, or removes a member from its items.
pub(super) fn apply(operator: Operator, resource: &Resource, request: &Request, reply: &mut Reply) {
    match operator {
        Operator::ListCut if !is_paged(resource, request) => {
            items(resource, reply, |items| items.truncate(1));
        }
        Operator::ElementShort => items(resource, reply, |items| {
            let objects = items.iter_mut().filter_map(Value::as_object_mut);
            objects.for_each(|one| shorten(one, &resource.id));
        }),
        Operator::SelectedShort if is_selected(resource, request) => {
            items(resource, reply, |items| {
                let objects = items.iter_mut().filter_map(Value::as_object_mut);
                objects.for_each(|one| shorten(one, &resource.id));
            });
        }
        Operator::ElementChildless => items(resource, reply, |items| {
            let fields = resource.fields.iter();
            let children = fields.filter(|field| matches!(field.ty, Type::Child(_)));
            let names: Vec<&String> = children.map(|field| &field.name).collect();
            for item in items.iter_mut().filter_map(Value::as_object_mut) {
                for (_, value) in item.iter_mut().filter(|(name, _)| names.contains(name)) {
                    *value = Value::Array(Vec::new());
                }
            }
        }),
        _ => {}
    }
}

/// Whether a request selects by a filter.
pub(super) fn is_selected(resource: &Resource, request: &Request) -> bool {
    let filters = resource.list.iter().flat_map(|list| &list.filters);
    let names: Vec<&String> = filters.flat_map(|filter| &filter.names).collect();
    let mut pairs = request.query.split('&');
    pairs.any(|pair| {
        let name = pair.split('=').next().and_then(decode);
        name.is_some_and(|name| names.contains(&&name))
    })
}

/// Whether a request has paging parameters.
fn is_paged(resource: &Resource, request: &Request) -> bool {
    let pairs = request.query.split('&');
    let mut names = pairs.map(|pair| pair.split('=').next().unwrap_or_default());
    let pages = page_names(resource);
    names.any(|name| pages.iter().any(|page| page == name))
}

/// Changes the items of a list, inside its envelope if it has one.
pub(super) fn items(resource: &Resource, reply: &mut Reply, change: impl FnOnce(&mut Vec<Value>)) {
    let list = resource.list.as_ref();
    let envelope = list.and_then(|list| list.envelope.as_ref());
    edit(reply, |body| {
        let items = match (envelope, body) {
            (Some(envelope), Value::Object(map)) => map.get_mut(&envelope.items),
            (_, body) => Some(body),
        };
        if let Some(Value::Array(items)) = items {
            change(items);
        }
    });
}

/// The names of paging parameters.
pub(super) fn page_names(resource: &Resource) -> Vec<String> {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    let all = page.iter().flat_map(|(page, _)| page.parameters());
    all.map(|one| one.name.to_owned()).collect()
}
