//! Mutations of how changes affect an object.

use fieldproof_spec::model::{Api, Blank, Field, Resource, Type};
use serde_json::{Map, Value};

use super::MutatedSemantics;
use crate::model::{
    Changing, Documented, Member, Part, Violation, below, merges, resets, takes_null,
};
use crate::mutant::mutation::Operator;

impl Changing for MutatedSemantics {
    fn unsent(&self, at: &Member<'_>, replaces: bool, stored: &Value) -> Value {
        let clears = self.of(at.resource) == Some(Operator::MergeClears);
        Documented.unsent(at, replaces || clears, stored)
    }

    fn completed(
        &self,
        at: &Member<'_>,
        part: &Map<String, Value>,
        stored: &Value,
        patch: bool,
    ) -> Option<Value> {
        let right = || Documented.completed(at, part, stored, patch);
        let is_row = matches!(at.field.ty, Type::Entry(_));
        match self.on(at) {
            Some(Operator::RowWhole) if is_row => Some(part.clone().into()),
            Some(Operator::PatchReplaces) if patch && !is_row => Some(part.clone().into()),
            Some(Operator::PatchKeepsNull) if patch => {
                let mut kept = right()?;
                let nulls = part.iter().filter(|(_, value)| value.is_null());
                let nulls = nulls.map(|(name, value)| (name.clone(), value.clone()));
                if let Value::Object(kept) = &mut kept {
                    kept.extend(nulls);
                }
                Some(kept)
            }
            _ => right(),
        }
    }

    fn changed(
        &self,
        at: &Member<'_>,
        part: &Part<'_>,
        found: &mut Vec<Violation>,
    ) -> Option<Value> {
        let (field, null) = (at.field, part.value.is_null());
        match self.on(at) {
            Some(Operator::UpdateForgets) => {
                Documented.changed(at, part, found);
                None
            }
            Some(Operator::NullTurned) if null && !resets(field) && !takes_null(field) => {
                Some(Value::Null)
            }
            Some(Operator::NullTurned)
                if null || part.sent.is_null() && field.blank == Blank::Nothing =>
            {
                found.push(Violation::new(&below("", &field.name), "null"));
                None
            }
            Some(Operator::ResetMissing) if null && resets(field) => None,
            Some(Operator::ResetMissing) if merges(field) => {
                let value = &unreset(at.api, field, part.value);
                Documented.changed(at, &Part { value, ..*part }, found)
            }
            Some(Operator::UpdateTurns) => Documented.changed(at, part, found).map(turned),
            Some(Operator::FormsOfCreate) => {
                let field = &plain(field);
                Documented.changed(&Member { field, ..*at }, part, found)
            }
            Some(Operator::NestedReplaced) => {
                let replaces = true;
                Documented.changed(at, &Part { replaces, ..*part }, found)
            }
            Some(Operator::BooleanLoose) if part.value.is_string() => {
                let value = &Value::Bool(*part.value != "false");
                Documented.changed(at, &Part { value, ..*part }, found)
            }
            Some(operator) if !null => {
                let mut own = Vec::new();
                let changed = Documented.changed(at, part, &mut own);
                let nested = merges(field) && !part.replaces;
                own.retain(|violation| match violation.code {
                    "unexpected" | "required" if nested => operator != Operator::ConditionLate,
                    "type" => operator != Operator::TypeIgnored,
                    _ => operator != Operator::BoundIgnored,
                });
                let passed = own.is_empty().then(|| part.value.clone());
                found.extend(own);
                changed.or(passed)
            }
            _ => Documented.changed(at, part, found),
        }
    }

    fn refitted(
        &self,
        at: &Member<'_>,
        value: &Value,
        owner: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) -> Option<Value> {
        match self.on(at) {
            Some(Operator::FitIgnored) => None,
            _ => Documented.refitted(at, value, owner, found),
        }
    }

    fn carried(
        &self,
        at: &Member<'_>,
        value: &Value,
        stored: &Value,
        found: &mut Vec<Violation>,
    ) -> Value {
        match self.on(at) {
            Some(Operator::SecretLost) if !stored.is_null() => value.clone(),
            Some(Operator::SecretOfCreate) if !stored.is_null() => {
                let value = Documented.carried(at, value, stored, found);
                with_secrets(at.api, at.field, value, stored)
            }
            _ => Documented.carried(at, value, stored, found),
        }
    }

    fn is_sent_back(
        &self,
        at: &Member<'_>,
        sent: &Value,
        before: Option<&Value>,
        after: Option<&Value>,
    ) -> bool {
        let taken = self.on(at) == Some(Operator::ReadOnlyTaken);
        taken || Documented.is_sent_back(at, sent, before, after)
    }

    fn unwritten(&self, at: &Member<'_>, sent: &Value, own: Option<&Value>) -> Option<Value> {
        match self.on(at) {
            Some(Operator::ReadOnlyTaken) => Some(sent.clone()),
            _ => Documented.unwritten(at, sent, own),
        }
    }

    fn counts(
        &self,
        resource: &Resource,
        before: &Map<String, Value>,
        after: &Map<String, Value>,
    ) -> bool {
        let idle = self.mutation.operator == Operator::IdleTouches;
        let always = idle && self.mutation.resource == resource.name;
        always || Documented.counts(resource, before, after)
    }
}

/// A list in reverse; any other value as it is.
pub(super) fn turned(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().rev().collect(),
        value => value,
    }
}

/// A field that takes its values in one form alone.
fn plain(field: &Field) -> Field {
    Field {
        lenient: false,
        folded: false,
        scalar_as_list: false,
        delimited: None,
        envelope: None,
        ..field.clone()
    }
}

/// An object with the secrets that another one has.
fn with_secrets(api: &Api, field: &Field, value: Value, stored: &Value) -> Value {
    let (Type::Object(name), Value::Object(mut map)) = (&field.ty, value.clone()) else {
        return value;
    };
    let members = api.object(name).map_or(&[][..], |object| &object.fields);
    let secret = |one: &&Field| matches!(one.ty, Type::Secret { .. });
    for one in members.iter().filter(secret) {
        if let (Some(own), Some(kept)) = (map.get_mut(&one.name), stored.get(&one.name)) {
            own.clone_from(kept);
        }
    }
    map.into()
}

/// A nested object without members that are `null` and would be reset.
fn unreset(api: &Api, field: &Field, value: &Value) -> Value {
    let (Type::Object(name), Value::Object(map)) = (&field.ty, value) else {
        return value.clone();
    };
    let mut kept = map.clone();
    let fields = api.object(name).map_or(&[][..], |one| &one.fields);
    for field in fields.iter().filter(|field| resets(field)) {
        if kept.get(&field.name) == Some(&Value::Null) {
            kept.shift_remove(&field.name);
        }
    }
    kept.into()
}
