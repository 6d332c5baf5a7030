//! Parameters of paths and lists.

use fieldproof_spec::model::{List, Op, Order, PageStyle, Resource, Type};
use serde_json::{Value, json};

use super::schema::folded;
use super::source;

/// The parameters in a path template.
pub(super) fn path(template: &str) -> Vec<Value> {
    let names = template
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })).collect()
}

/// The query parameters of a list.
pub(super) fn query(resource: &Resource, list: &List) -> Vec<Value> {
    let mut parameters = Vec::new();
    let one = |name: &str, schema: Value| json!({ "name": name, "in": "query", "schema": schema });
    let limits = |page: &PageStyle| *page == PageStyle::LimitOffset;
    if let Some((page, _)) = list.page.as_ref().filter(|(page, _)| limits(&page.style)) {
        let mut limit = json!({ "type": "integer", "minimum": 1, "maximum": page.max });
        if let Some(default) = page.default {
            limit["default"] = default.into();
        }
        parameters.push(one("limit", limit));
        parameters.push(one(
            "offset",
            json!({ "type": "integer", "minimum": 0, "maximum": i64::MAX, "default": 0 }),
        ));
    }
    match list.page.as_ref().map(|(page, _)| page) {
        Some(page) if page.style == PageStyle::PageNumber => {
            let number = json!({ "type": "integer", "minimum": 1, "default": 1 });
            let size = json!({ "type": "integer", "minimum": 1, "maximum": page.max, "default": page.default });
            parameters.extend(page.by.as_ref().map(|by| one(by, number)));
            parameters.extend(page.size.as_ref().map(|by| one(by, size)));
            let cursor = page.cursor.as_ref();
            parameters.extend(cursor.map(|by| one(by, json!({ "type": "string" }))));
        }
        Some(page) if page.style == PageStyle::Cursor => {
            let by = page.by.as_ref();
            parameters.extend(by.map(|by| one(by, json!({ "type": "string" }))));
        }
        _ => {}
    }
    if let Some(sort) = &list.sort {
        let way = if sort.default_order == Order::Desc {
            "desc"
        } else {
            "asc"
        };
        parameters.push(one(
            &sort.by,
            json!({ "type": "string", "enum": sort.keys, "default": sort.default }),
        ));
        parameters.push(one(
            &sort.order,
            json!({ "type": "string", "enum": ["asc", "desc"], "default": way }),
        ));
    }
    for filter in &list.filters {
        let boolean = resource
            .field(&filter.field)
            .is_some_and(|field| field.ty == Type::Boolean);
        let id = filter.field == resource.id;
        let schema = match filter.op {
            _ if boolean => {
                let texts = folded(&["true", "false", "1", "0"]);
                json!({ "type": "string", "pattern": texts })
            }
            Op::Greater | Op::AtLeast | Op::Less if id => json!({ "type": "integer" }),
            _ => json!({ "type": "string" }),
        };
        for name in &filter.names {
            let mut parameter = one(name, schema.clone());
            if let Some(about) = &filter.about {
                parameter["description"] = about.as_str().into();
            }
            if let Some(source) = source(&filter.row) {
                parameter["x-source"] = source;
            }
            parameters.push(parameter);
        }
    }
    parameters
}
