//! Removal of members that an operation does not write, if the dialect ignores them.

use fieldproof_spec::kind::{Within, kind};
use fieldproof_spec::model::{Api, Field, Mode, ReadOnlyMembers, Resource};
use serde_json::{Map, Value};

use super::Service;

impl Service {
    /// The body without members that the operation does not write, if the dialect ignores
    /// them.
    pub(super) fn written(
        &self,
        resource: &Resource,
        body: Map<String, Value>,
        creates: bool,
    ) -> Map<String, Value> {
        match self
            .api
            .dialect
            .read_only_members
            .is(ReadOnlyMembers::Ignored)
        {
            true => kept(&self.api, &resource.fields, body, &|field| match creates {
                true => field.on_create(),
                // Updates decide on these later, member by member.
                false => true,
            }),
            false => body,
        }
    }
}

/// The members of an object that are written, at every depth.
fn kept(
    api: &Api,
    fields: &[Field],
    body: Map<String, Value>,
    writes: &dyn Fn(&Field) -> bool,
) -> Map<String, Value> {
    let mut all = Map::new();
    for (name, value) in body {
        let field = fields.iter().find(|field| field.name == name);
        match field {
            Some(field) if !writes(field) => {}
            Some(field) => drop(all.insert(name, inner(api, field, value))),
            None => drop(all.insert(name, value)),
        }
    }
    all
}

fn inner(api: &Api, field: &Field, value: Value) -> Value {
    let fields = match kind(&field.ty).within() {
        Some(Within::Object(name)) => api.object(name).map(|one| &one.fields),
        Some(Within::Child(name)) => api.resource(name).map(|one| &one.fields),
        Some(_) | None => None,
    };
    let Some(fields) = fields else { return value };
    let writes = |field: &Field| field.mode != Mode::ReadOnly && field.derive.is_none();
    match value {
        Value::Object(map) => Value::Object(kept(api, fields, map, &writes)),
        Value::Array(items) => items
            .into_iter()
            .map(|item| match item {
                Value::Object(map) => Value::Object(kept(api, fields, map, &writes)),
                other => other,
            })
            .collect(),
        other => other,
    }
}
