//! Members that are never shown: a replacing update loses them when an object is sent back
//! as shown.

use fieldproof_spec::model::{Api, Field, Resource, Type};
use serde_json::Value;

use super::Harness;
use crate::model::merges;
use crate::strategy;

/// What an object loses when it is sent back as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loss {
    /// No member.
    None,
    /// Optional members.
    Optional,
    /// Required members.
    Required,
}

/// What updates by the documented methods lose.
pub(super) fn loss(api: &Api, resource: &Resource) -> Loss {
    let replaces = resource
        .update
        .as_ref()
        .is_some_and(|update| !update.merges());
    let written = resource.fields.iter().filter(|one| one.on_update());
    let each = written.map(|field| of_field(api, field, replaces, &mut Vec::new()));
    each.max().unwrap_or(Loss::None)
}

/// What a field loses, if the object around it is replaced.
fn of_field<'a>(api: &'a Api, field: &'a Field, replaced: bool, above: &mut Vec<&'a str>) -> Loss {
    // A member that a sibling may require has to be sent too, if the sibling is.
    let needed = field.required || !field.required_if.is_empty();
    match (field.is_shown(), replaced && needed) {
        (false, true) => return Loss::Required,
        (false, false) if replaced => return Loss::Optional,
        (false, false) => return Loss::None,
        (true, _) => {}
    }
    let Type::Object(name) = &field.ty else {
        return Loss::None;
    };
    if above.contains(&name.as_str()) {
        return Loss::None;
    }
    above.push(name);
    let members = api.object(name).map_or(&[][..], |object| &object.fields);
    // A nullable object and one in a list are replaced as a whole.
    let replaced = replaced || !merges(field);
    let each = members
        .iter()
        .map(|member| of_field(api, member, replaced, above));
    let inside = each.max().unwrap_or(Loss::None);
    above.pop();
    // An object that is absent loses nothing.
    match field.required || !field.nullable && !field.list {
        true => inside,
        false => inside.min(Loss::Optional),
    }
}

impl Harness<'_> {
    /// Adds the required members that are never shown to the objects inside a shown value.
    pub(super) fn completed(&self, field: &Field, mut value: Value) -> Value {
        if let Value::Array(items) = value {
            let each = items.into_iter().map(|item| self.completed(field, item));
            return Value::Array(each.collect());
        }
        if let (Type::Object(name), Value::Object(object)) = (&field.ty, &mut value) {
            let members = self.api.object(name).map_or(&[][..], |one| &one.fields);
            for member in members {
                let same = |(sibling, text): &(String, String)| object[sibling] == text.as_str();
                let asked = member.required || member.required_if.iter().any(same);
                match object.get_mut(&member.name).map(Value::take) {
                    Some(inside) => {
                        object.insert(member.name.clone(), self.completed(member, inside));
                    }
                    None if asked && !member.is_shown() => {
                        let made = self.draw(&strategy::valid(self.api, member, object));
                        object.insert(member.name.clone(), made);
                    }
                    None => {}
                }
            }
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Loss, loss};

    /// What a thing with an object loses, if the object's member `word` is never shown.
    fn lost(word: &str, part: &str, update: &str) -> Loss {
        let text = format!(
            "fieldproof: 1\napi: things\ntitle: Things\nconventions: house\ndate-time: millis-z\nauth: {{ scope: things }}\n\
             objects:\n  Part: {{ fields: {{ word: {{ type: string, mode: write-only{word} }}, note: {{ type: string }} }} }}\n\
             resources:\n  Thing:\n    path: /things\n    id: {{ field: id, kind: digits }}\n    \
             fields: {{ id: {{ type: id, mode: read-only }}, part: {{ type: {part} }} }}\n    \
             get: {{}}\n    create: {{}}\n    update: {{ {update} }}\n"
        );
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("things.yaml");
        fs::write(&path, &text).unwrap();
        let mut loaded = fieldproof_spec::load(&path).unwrap();
        let one = loaded.remove(0);
        let found = one.render(false);
        let api = one.api.unwrap_or_else(|| panic!("{text}\n{found}"));
        loss(&api, &api.resources[0])
    }

    #[test]
    fn what_is_replaced_loses_what_is_never_shown() {
        let merges = "verb: PATCH";
        let replaces = "verb: PUT, effect: replace";
        assert_eq!(lost("", "Part", merges), Loss::None);
        assert_eq!(lost("", "Part", replaces), Loss::Optional);
        assert_eq!(lost("", "Part, nullable: true", merges), Loss::Optional);
        let required = ", required: true";
        assert_eq!(lost(required, "Part, required: true", merges), Loss::None);
        assert_eq!(
            lost(required, "Part, required: true", replaces),
            Loss::Required
        );
        // An object that is absent loses nothing.
        assert_eq!(
            lost(required, "Part, nullable: true", replaces),
            Loss::Optional
        );
    }
}
