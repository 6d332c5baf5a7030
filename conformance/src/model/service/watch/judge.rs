//! Checks of watches that nothing could be delivered for.

use fieldproof_spec::model::{Resource, Role, Type};
use serde_json::{Map, Value};

use super::member::member;
use crate::model::below;
use crate::model::object::Violation;
use crate::model::service::{Caller, Service};

impl Service {
    /// Reports values in `body` that no watch may have: unusable signing keys and
    /// disallowed addresses.
    pub(in crate::model::service) fn judge_watch(
        &self,
        resource: &Resource,
        caller: &Caller,
        body: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) {
        if resource.watch.is_none() {
            return;
        }
        let (place, keys) = self.sent(resource, Role::Keys, body);
        for (at, id) in keys.as_array().into_iter().flatten().enumerate() {
            let judged = self.api.place(resource, Role::Keys);
            let judged = judged.and_then(|place| Some(place.last()?.ty.clone()));
            let judged = judged == Some(Type::SigningKey(Vec::new()));
            let Some(id) = id.as_str().filter(|_| judged) else {
                continue;
            };
            let key = self.outbox.keys.iter().find(|key| key.id == id);
            if !self.semantics.may_sign(resource, &caller.tenant, key) {
                found.push(Violation::new(&format!("{place}/{at}"), "not_a_value"));
            }
        }
        for role in [Role::Address, Role::TokenUrl] {
            let (place, address) = self.sent(resource, role, body);
            let reachable = |text: &str| self.semantics.is_reachable(resource, text);
            if !address.as_str().is_none_or(reachable) {
                found.push(Violation::new(&place, "unreachable"));
            }
        }
    }

    /// Reports a watch that is to be signed and names no key.
    pub(in crate::model::service) fn judge_signed(
        &self,
        resource: &Resource,
        before: Option<&Map<String, Value>>,
        after: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) {
        let bare = |object: &Map<String, Value>| {
            let value = |role| member(&self.api, resource, object, role);
            let keys = value(Role::Keys).unwrap_or_default();
            let signed = value(Role::Signed) == Some(Value::Bool(true));
            self.semantics.lacks_key(resource, signed, &keys)
        };
        if resource.watch.is_none() || before.is_some_and(bare) || !bare(after) {
            return;
        }
        if let Some(place) = self.api.place(resource, Role::Keys) {
            let place: String = place.iter().map(|one| below("", &one.name)).collect();
            found.push(Violation::new(&place, "required"));
        }
    }

    /// The pointer and the value of the member with a role, as sent in a body.
    fn sent(&self, resource: &Resource, role: Role, body: &Map<String, Value>) -> (String, Value) {
        let mut place = String::new();
        let mut value = Value::Object(body.clone());
        for field in self.api.place(resource, role).unwrap_or_default() {
            let mut names = std::iter::once(&field.name).chain(&field.also);
            let name = names.find(|name| value.get(*name).is_some());
            let name = name.unwrap_or(&field.name);
            place = below(&place, name);
            value = value.get(name).cloned().unwrap_or_default();
        }
        (place, value)
    }
}
