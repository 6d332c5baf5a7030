//! Parameters of paths and lists.

use fieldproof_spec::model::{Asks, Filter, List, Order, Resource};
use serde_json::{Value, json};

use super::text::source;
use crate::filter::about;
use crate::kind::kind;
use crate::paging;

/// The parameters in a path template.
pub(super) fn path(template: &str) -> Vec<Value> {
    let names = template
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })).collect()
}

/// The header by which a create names itself.
pub(super) fn idempotency_key() -> Value {
    json!({
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Names the request, so that it can be sent again for 24 hours: it then gets the first answer.",
        "schema": { "type": "string", "minLength": 1, "maxLength": 255 },
    })
}

/// The query parameters of a list.
pub(super) fn query(resource: &Resource, list: &List) -> Vec<Value> {
    let mut parameters = Vec::new();
    let one = |name: &str, about: &str, schema: Value| json!({ "name": name, "in": "query", "description": about, "schema": schema });
    let pages = list.page.iter();
    for asked in pages.flat_map(|(page, _)| paging::parameters(resource, page)) {
        parameters.push(one(asked.name, asked.about, asked.schema));
    }
    if let Some(sort) = &list.sort {
        let way = if sort.default_order == Order::Desc {
            "desc"
        } else {
            "asc"
        };
        parameters.push(one(
            &sort.by,
            "What objects are ordered by.",
            json!({ "type": "string", "enum": sort.keys, "default": sort.default }),
        ));
        parameters.push(one(
            &sort.order,
            "Which way.",
            json!({ "type": "string", "enum": ["asc", "desc"], "default": way }),
        ));
    }
    for filter in &list.filters {
        let (about, schema) = (about(filter), asked(resource, filter));
        for name in &filter.names {
            let mut parameter = one(name, &about, schema.clone());
            if let Some(source) = source(&filter.row) {
                parameter["x-source"] = source;
            }
            parameters.push(parameter);
        }
    }
    parameters
}

/// The schema for the value of a filter.
fn asked(resource: &Resource, filter: &Filter) -> Value {
    let field = resource.field(&filter.field);
    match (field, filter.op.asks()) {
        // Words are not a value of the field's type.
        (None, _) | (_, Asks::Words) => json!({ "type": "string" }),
        (Some(field), asks) => kind(&field.ty).parameter_schema(asks),
    }
}
