//! Values in bodies: every notation that the rules of the runtime accept, and as little else as
//! a schema can express.

use fieldproof_spec::model::{Blank, Delimited, Field, Resource};
use serde_json::{Value, json};

use crate::ir::{MOST, is_option, read_as};
use crate::kind::{Body, kind};
use crate::plan::Plan;
use crate::shape::{BLANK, but, either, shaped, split};

/// A member of a body, without `null`.
pub(super) fn member(plan: &Plan<'_>, field: &Field, of: Body) -> Value {
    let mut one = spelled(plan, field, of);
    if let Some(Delimited { by, into }) = &field.delimited {
        let least = [0, 1].map(|at| shortest(plan, field, into.get(at)));
        let text = shaped(&split(by, least));
        one = either(one, text);
    }
    if let Some(inner) = &field.envelope {
        let object = json!({ "type": "object", "required": [inner], "maxProperties": 1, "properties": { inner: one.clone() } });
        one = either(one, object);
    }
    let blanks = shaped(BLANK);
    let refused = field.blank == Blank::Refused || field.list && field.blank == Blank::Nothing;
    if refused {
        let some = json!({ "type": "string", "pattern": BLANK, "minLength": 1 });
        one = but(one, some);
    }
    if !field.list {
        let nothing = field.blank == Blank::Nothing && is_option(field);
        return if nothing { either(one, blanks) } else { one };
    }
    let most = field.max_items.unwrap_or(MOST);
    let mut list = json!({ "type": "array", "items": one.clone(), "maxItems": most });
    // Children that are equal are also equal in their unique members.
    if let Some(name) = kind(&field.ty).child()
        && is_told_apart(plan.resource(name))
    {
        list["uniqueItems"] = true.into();
    }
    if field.scalar_as_list {
        list = either(list, one);
    }
    if field.blank == Blank::Nothing {
        list = either(list, blanks);
        list = either(list, json!({ "type": "null" }));
    }
    list
}

/// Whether required members distinguish the children of a parent.
fn is_told_apart(resource: &Resource) -> bool {
    let always = |name: &String| resource.field(name).is_some_and(|field| field.required);
    let mut unique = resource.unique.iter();
    unique.any(|one| one.fields.iter().all(always))
}

/// The minimum length of a member of a nested object.
fn shortest(plan: &Plan<'_>, object: &Field, name: Option<&String>) -> u32 {
    let object = kind(&object.ty)
        .object()
        .and_then(|name| plan.api.object(name));
    let fields = object.into_iter().flat_map(|one| &one.fields);
    let mut named = fields.filter(|one| Some(&one.name) == name);
    named.next().map_or(0, |field| kind(&field.ty).shortest())
}

/// One value in all accepted notations.
fn spelled(plan: &Plan<'_>, field: &Field, of: Body) -> Value {
    let kind = kind(&field.ty);
    let mut one = kind.member_schema(plan, field, read_as(field, of));
    if field.lenient {
        one = kind.lenient(one);
    }
    kind.without(one, &field.reserved)
}
