//! Lint FP316: watches for which nothing could be delivered.

use serde_json::json;

use super::context::{Context, Lint};
use super::login::needed;
use crate::diagnostic::Code;
use crate::model::{Type, field_type};
use crate::syntax::{Event, Field, FieldType, Role, Spec, Watch};

/// Watches for which nothing could be delivered.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP316",
        "watch that nothing can be delivered for",
        "A watch is of another resource without a parent, has a field with the role address, and each role at most once, on a field of the type that the role needs; what a grant of OAuth 2.0 needs is required with it, and keys need a path; roles stand on fields of watches and of objects inside them. The fields below while have closed lists.",
        "name fields of the types that a watch needs",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let mut inside: Vec<&str> = Vec::new();
    for (name, resource) in &spec.resources {
        let path = ["resources", name.as_str()];
        let Some(watch) = &resource.watch else {
            for field in resource
                .fields
                .iter()
                .filter(|(_, field)| field.role.is_some())
            {
                let path = [path[0], path[1], "fields", field.0, "role"];
                lint.report(context, &path, format!("`{name}` is no watch"));
            }
            continue;
        };
        let of = spec.resources.get(&watch.of);
        if of.is_none_or(|of| of.parent.is_some() || of.watch.is_some()) || watch.of == *name {
            let message = format!(
                "`{}` is to name another resource without a parent",
                watch.of
            );
            lint.report(context, &[path[0], path[1], "watch", "of"], message);
        }
        for (field, value) in &watch.needs {
            let path = [path[0], path[1], "watch", "while", field];
            needed(lint, context, resource, (field, value), &path);
        }
        let mut seen: Vec<(Role, String)> = Vec::new();
        let members = members(spec, &resource.fields, name, &mut inside);
        for (place, needed) in ungranted(&members) {
            let place: Vec<&str> = place.iter().map(String::as_str).collect();
            lint.report(context, &place, needed);
        }
        for (place, field) in members {
            let Some(role) = field.role else { continue };
            let place: Vec<&str> = place.iter().map(String::as_str).collect();
            let whole = place[..place.len() - 1].join(".");
            if let Some((_, other)) = seen.iter().find(|(known, _)| *known == role) {
                lint.report(context, &place, format!("{other} has this role already"));
            }
            seen.push((role, whole));
            if let Some(needed) = misfit(spec, watch, role, field) {
                lint.report(context, &place, format!("the role needs {needed}"));
            }
            if role == Role::Keys && watch.keys.is_none() {
                let message = "the role needs `keys` of the watch: the path where keys are made";
                lint.report(context, &place, message);
            }
        }
        if !seen.iter().any(|(role, _)| *role == Role::Address) {
            let message = "no field has the role `address`";
            lint.report(context, &[path[0], path[1], "watch"], message);
        }
    }
    for (name, object) in &spec.objects {
        for (field, _) in object
            .fields
            .iter()
            .filter(|(_, field)| field.role.is_some())
        {
            if !inside.contains(&name.as_str()) {
                let path = ["objects", name, "fields", field, "role"];
                lint.report(context, &path, format!("{name} stands in no watch"));
            }
        }
    }
}

/// The members of a watch and of the objects inside it, with the path of their role.
fn members<'s>(
    spec: &'s Spec,
    fields: &'s indexmap::IndexMap<String, Field>,
    owner: &str,
    inside: &mut Vec<&'s str>,
) -> Vec<(Vec<String>, &'s Field)> {
    let place = |kind: &str, owner: &str, name: &str| {
        [kind, owner, "fields", name, "role"]
            .map(str::to_owned)
            .to_vec()
    };
    let mut all = Vec::new();
    for (name, field) in fields {
        all.push((place("resources", owner, name), field));
        let FieldType::Name(object) = &field.ty else {
            continue;
        };
        let Some((object, found)) = spec.objects.get_key_value(object) else {
            continue;
        };
        inside.push(object);
        for (name, field) in &found.fields {
            all.push((place("objects", object, name), field));
        }
    }
    all
}

/// Members that an OAuth 2.0 grant requires and that bodies may leave out, each with the
/// advice.
fn ungranted(members: &[(Vec<String>, &Field)]) -> Vec<(Vec<String>, String)> {
    let with = |role| {
        let mut all = members.iter();
        all.find(|(_, field)| field.role == Some(role))
    };
    let Some((token_url, _)) = with(Role::TokenUrl) else {
        return Vec::new();
    };
    let grant = with(Role::GrantType);
    let name = grant.map(|(place, _)| place[place.len() - 2].as_str());
    let alone = ["refresh_token".to_owned()];
    let grants = grant.map_or(&alone[..], |(_, one)| &one.values);
    let mut found = Vec::new();
    let always = [Role::TokenUrl, Role::ClientId].map(|role| (role, None));
    let own = |grant: &String| match grant.as_str() {
        "client_credentials" => (Role::ClientSecret, Some(grant.clone())),
        _ => (Role::RefreshToken, Some(grant.clone())),
    };
    for (role, grant) in always.into_iter().chain(grants.iter().map(own)) {
        let member = with(role);
        let needed = member.is_some_and(|(_, field)| {
            let mut conditions = field.required_if.iter();
            field.required
                || conditions
                    .any(|(by, value)| Some(by.as_str()) == name && Some(value) == grant.as_ref())
        });
        if !needed {
            let place = member.map_or(token_url, |(place, _)| place).clone();
            let role = json!(role);
            let role = role.as_str().unwrap_or_default();
            let message = match (&grant, name) {
                (Some(grant), Some(name)) => format!(
                    "the grant needs a member with the role `{role}`: `required-if: {{ {name}: {grant} }}`"
                ),
                _ => format!("a grant needs a member with the role `{role}` that is `required`"),
            };
            found.push((place, message));
        }
    }
    found
}

/// The requirement of a role that the field does not meet.
fn misfit(spec: &Spec, watch: &Watch, role: Role, field: &Field) -> Option<String> {
    let Ok(ty) = field_type(spec, field) else {
        return None;
    };
    let list = matches!(field.ty, FieldType::List(_));
    let among = |known: &[&str]| match &ty {
        Type::Values(values) => values.iter().all(|one| known.contains(&one.as_str())),
        _ => false,
    };
    let events = watch.notification.events.as_ref();
    let changes = Event::CHANGES.map(|event| {
        let own = events.and_then(|own| own.are.get(&event));
        own.map_or(event.word(), String::as_str)
    });
    let [created, updated, deleted] = changes;
    let listed = format!("a list of values among {created}, {updated} and {deleted}");
    let (fits, needed) = match role {
        Role::Address | Role::TokenUrl => (matches!(ty, Type::Url { .. }), "type `url`"),
        Role::Headers => (ty == Type::Headers, "type `headers`"),
        Role::Template => (ty == Type::Template, "type `template`"),
        Role::Previous | Role::Signed => (ty == Type::Boolean, "type `boolean`"),
        Role::Password | Role::ClientSecret | Role::RefreshToken => {
            (matches!(ty, Type::Secret { .. }), "type `secret`")
        }
        Role::Username | Role::ClientId | Role::TokenScope => {
            (matches!(ty, Type::Text { .. }), "type `string`")
        }
        Role::Keys => (matches!(ty, Type::SigningKey(_)) && list, "a list of texts"),
        Role::Method => (
            among(&["POST", "PUT", "PATCH", "DELETE"]),
            "values among POST, PUT, PATCH and DELETE",
        ),
        Role::GrantType => (
            among(&["refresh_token", "client_credentials"]),
            "values among refresh_token and client_credentials",
        ),
        Role::Events => (among(&changes), &*listed),
    };
    let single = list == matches!(role, Role::Keys | Role::Events);
    (!fits || !single).then(|| needed.to_owned())
}

#[cfg(test)]
mod tests;
