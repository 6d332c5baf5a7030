//! Nested objects that an update changes member by member.

use fieldproof_spec::model::{Api, Field, Mode, Object, Resource, Type, Update};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{below, merges, resets, shown as masked, stand_ins, takes_null};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::strategy::of_type;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "merged",
    about: "An update that sends one member of the nested object changes it and keeps the others; `null` clears it where \
            that is a value, and where another member stands in for it that one is shown; one that is never `null` gets its \
            default by it, and is refused where it has none.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && resource.update.as_ref().is_some_and(Update::merges)
                && field.on_update()
                && field.is_shown()
                && merges(field)
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let object = object_of(api, subject.field(api));
    let some = object.is_some_and(|object| object.fields.iter().any(resets));
    subject.mutations_where(&[
        (true, Operator::NestedReplaced),
        (some, Operator::ResetMissing),
    ])
}

/// The object that the field holds.
fn object_of<'a>(api: &'a Api, field: &Field) -> Option<&'a Object> {
    let Type::Object(name) = &field.ty else {
        return None;
    };
    api.object(name)
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let Some(object) = object_of(harness.api, field) else {
        return Ok(());
    };
    let whole = harness.draw(&of_type(harness.api, &field.ty, &Map::new()));
    let with = [(field.name.clone(), whole)].into_iter().collect();
    let made = harness.make_with(resource, &with)?;
    let mut walk = Walk {
        harness,
        resource,
        at: &made.path,
        before: made.shown.clone(),
    };
    walk.change_each(&[field], &object.fields)
}

/// An object whose nested members are changed one by one.
struct Walk<'a, 'b> {
    harness: &'a Harness<'b>,
    resource: &'a Resource,
    /// The path of the object, below the base.
    at: &'a str,
    /// The object as last shown.
    before: Map<String, Value>,
}

impl Walk<'_, '_> {
    /// Changes each member of the object at `path`, and recursively those of nested objects
    /// that always have a value.
    fn change_each(&mut self, path: &[&Field], members: &[Field]) -> Result<(), CheckError> {
        let place = place(path);
        let decides = |member: &Field| {
            let by = |one: &Field| {
                let mut conditions = one.only_if.iter().chain(&one.required_if);
                kind(&one.ty).decided_by() == Some(member.name.as_str())
                    || conditions.any(|(sibling, _)| *sibling == member.name)
            };
            members.iter().any(by)
        };
        let written = |one: &&Field| one.mode != Mode::ReadOnly && !decides(one);
        for member in members.iter().filter(written) {
            let owner = Value::Object(self.before.clone()).pointer(&place).cloned();
            let owner = owner
                .and_then(|one| one.as_object().cloned())
                .unwrap_or_default();
            let holds = |(sibling, text): &(String, String)| {
                owner.get(sibling) == Some(&text.as_str().into())
            };
            if !member.only_if.iter().all(holds) {
                continue;
            }
            let other = self.other_value(member, &owner);
            let needed = member.required_if.iter().any(holds);
            self.change(path, member, &owner, &other)?;
            if needed {
                self.refuse_null(path, member, &["required"])?;
            } else if takes_null(member) || resets(member) {
                self.change(path, member, &owner, &Value::Null)?;
            } else {
                self.refuse_null(path, member, &["null", "type"])?;
            }
            if let (Type::Object(name), true) = (&member.ty, merges(member)) {
                let inner = self.harness.api.object(name);
                let inner = inner.map_or(&[][..], |one| &one.fields);
                self.change_each(&[path, &[member]].concat(), inner)?;
            }
        }
        Ok(())
    }

    /// A value other than the one that `null` sets, so that the reset can be seen.
    fn other_value(&self, member: &Field, owner: &Map<String, Value>) -> Value {
        let harness = self.harness;
        let mut other = harness.value(self.resource, member, owner);
        for _ in 0..20 {
            if read(harness, member, &other, owner) != member.initial() {
                break;
            }
            other = harness.value(self.resource, member, owner);
        }
        other
    }

    /// Judges that `null` is refused for a member of the object at `path`.
    fn refuse_null(
        &self,
        path: &[&Field],
        member: &Field,
        codes: &[&str],
    ) -> Result<(), CheckError> {
        let body = nested(path, member, &Value::Null);
        let refused = self.harness.change(self.resource, self.at, &body)?;
        let place = below(&place(path), &member.name);
        let refused = self.harness.expect_violation(&refused, &place, codes);
        refused.map(drop)
    }

    /// Sends one member of the object at `path`, and judges that it changes and its
    /// siblings do not.
    fn change(
        &mut self,
        path: &[&Field],
        member: &Field,
        owner: &Map<String, Value>,
        value: &Value,
    ) -> Result<(), CheckError> {
        let (harness, field) = (self.harness, path[0]);
        let body = nested(path, member, value);
        let change = harness.change(self.resource, self.at, &body)?;
        let after = harness.expect(200, &change)?.json();
        let stored = match path {
            [_] => stored(harness, self.resource, field, member, value, owner, &after),
            _ if value.is_null() && resets(member) => {
                masked(harness.api, &member.ty, &member.initial())
            }
            _ => read(harness, member, value, owner),
        };
        let mut expected = self.before.get(&field.name).cloned().unwrap_or_default();
        if let Some(object) = expected.pointer_mut(&place(&path[1..])) {
            object[&member.name] = stored;
        }
        let expected = masked(harness.api, &field.ty, &expected);
        harness.ensure(after[&field.name] == expected, || {
            let (name, found) = (&field.name, &after[&field.name]);
            format!("after {body} `{name}` is {expected}, got {found}")
        })?;
        self.before = after.as_object().cloned().unwrap_or_default();
        Ok(())
    }
}

/// The JSON Pointer of a path of fields.
fn place(path: &[&Field]) -> String {
    path.iter().map(|one| below("", &one.name)).collect()
}

/// A body with one member of the object at `path`.
fn nested(path: &[&Field], member: &Field, value: &Value) -> Value {
    let inner = json!({ &member.name: value });
    let steps = path.iter().rev();
    steps.fold(inner, |inner, one| json!({ &one.name: inner }))
}

fn read(harness: &Harness<'_>, member: &Field, value: &Value, owner: &Map<String, Value>) -> Value {
    if value.is_null() {
        return Value::Null;
    }
    crate::model::accept(harness.api, member, value, owner, "", &mut Vec::new()).unwrap_or_default()
}

/// The value of a member after it was sent.
fn stored(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    member: &Field,
    value: &Value,
    owner: &Map<String, Value>,
    shown: &Value,
) -> Value {
    if value.is_null() && resets(member) {
        return masked(harness.api, &member.ty, &member.initial());
    }
    if value.is_null() {
        let from = stand_ins(harness.api, resource)
            .into_iter()
            .find(|(object, own, _)| *object == field.name && *own == member.name);
        return from.map_or(Value::Null, |(_, _, from)| shown[&from].clone());
    }
    read(harness, member, value, owner)
}
