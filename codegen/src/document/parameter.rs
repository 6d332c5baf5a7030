//! Parameters of paths and lists.

use fieldproof_spec::model::{Filter, List, Op, Order, Resource, Type};
use serde_json::{Value, json};

use super::schema::{ASKED, folded, listed};
use super::text::source;
use crate::paging;

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
    let one = |name: &str, about: &str, schema: Value| json!({ "name": name, "in": "query", "description": about, "schema": schema });
    let pages = list.page.iter();
    for asked in pages.flat_map(|(page, _)| paging::parameters(page)) {
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
        let schema = asked(resource, filter);
        for name in &filter.names {
            let about = filter.about.clone();
            let about = about.unwrap_or_else(|| selected(filter));
            let mut parameter = one(name, &format!("{about}{}", bounded(filter)), schema.clone());
            if let Some(source) = source(&filter.row) {
                parameter["x-source"] = source;
            }
            parameters.push(parameter);
        }
    }
    parameters
}

/// What the text of a filter may be.
fn asked(resource: &Resource, filter: &Filter) -> Value {
    let id = filter.field == resource.id;
    let shaped = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let ty = resource.field(&filter.field).map(|field| &field.ty);
    match (ty, filter.op) {
        (_, Op::ContainsWords) => json!({ "type": "string" }),
        (Some(Type::Boolean), _) => shaped(&folded(&["true", "false", "1", "0"])),
        (_, Op::Greater | Op::AtLeast | Op::Less) if id => json!({ "type": "integer" }),
        (Some(Type::Values(values)), Op::Equals) => json!({ "type": "string", "enum": values }),
        (Some(Type::Values(values)), Op::HasAll) => shaped(&listed(values)),
        (Some(Type::DateTime(_) | Type::ZonedTime { .. }), _) => shaped(ASKED),
        (Some(Type::Integer { .. }), _) => json!({ "type": "integer" }),
        _ => json!({ "type": "string" }),
    }
}

/// What a filter selects, of which the spec says no more.
fn selected(filter: &Filter) -> String {
    let fields = [&filter.field].into_iter().chain(&filter.or);
    let fields: Vec<String> = fields.map(|field| format!("`{field}`")).collect();
    let fields = fields.join(" or ");
    match filter.op {
        Op::Equals => format!("Only objects with this {fields}."),
        Op::EqualsFolded => format!("Only objects with this {fields}, in any case."),
        Op::Greater => format!("Only objects whose {fields} is greater."),
        Op::AtLeast => format!("Only objects whose {fields} is this or greater."),
        Op::Less => format!("Only objects whose {fields} is less."),
        Op::ContainsWords => format!("Only objects with each of these words in {fields}."),
        Op::HasAll => format!("Only objects with all of these in {fields}."),
    }
}

/// How much a filter can be asked at once.
fn bounded(filter: &Filter) -> String {
    let most = filter.most();
    match filter.op {
        Op::ContainsWords => format!(" At most {most} words."),
        Op::HasAll => format!(" At most {most} values."),
        _ => String::new(),
    }
}
