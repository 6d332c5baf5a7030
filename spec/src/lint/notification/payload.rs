//! What the body of a notification is.

use super::found::Found;
use crate::syntax::{Payload, PayloadKind, Resource, Role, Spec};

/// The first of these names that stands before already, with the key of the other one.
fn twice<'n>(
    names: &[(&'static str, Option<&'n str>)],
) -> Option<(&'static str, &'n str, &'static str)> {
    let named = names
        .iter()
        .filter_map(|(key, name)| Some((*key, (*name)?)));
    let named: Vec<(&str, &str)> = named.collect();
    named.iter().enumerate().find_map(|(at, (key, name))| {
        let mut before = named[..at].iter();
        let other = before.find(|(_, one)| one.eq_ignore_ascii_case(name))?;
        Some((*key, *name, other.0))
    })
}

pub(super) fn of_payload(spec: &Spec, resource: &Resource, own: &Payload, found: &mut Vec<Found>) {
    let members = [
        ("id", own.id.as_deref()),
        ("event", own.event.as_deref()),
        ("time", own.time.as_deref()),
        ("object", own.object.as_deref()),
        ("previous", own.previous.as_deref()),
    ];
    if own.is == PayloadKind::Object {
        let extra = members[..4].iter().filter(|(_, name)| name.is_some());
        let extra = extra.map(|(key, _)| *key).chain(own.form.map(|_| "form"));
        for key in extra {
            let message = "only an envelope has this member".to_owned();
            found.push((vec!["payload", key], message, "write `is: envelope`"));
        }
        let of = resource
            .watch
            .as_ref()
            .and_then(|one| spec.resources.get(&one.of));
        let previous = own.previous.as_ref();
        let taken = previous.filter(|name| of.is_some_and(|of| of.fields.contains_key(*name)));
        if let Some(name) = taken {
            let message = format!("the object has a member `{name}` already");
            found.push((vec!["payload", "previous"], message, "choose another name"));
        }
        return;
    }
    if own.object.is_none() {
        let message = "an envelope has a member with the object".to_owned();
        found.push((vec!["payload"], message, "name it: `object: data`"));
    }
    if own.form.is_some() && own.time.is_none() {
        let message = "the form is of a moment that no member has".to_owned();
        found.push((
            vec!["payload", "form"],
            message,
            "name its member with `time`",
        ));
    }
    if let Some((key, name, other)) = twice(&members) {
        let message = format!("`{name}` is the member of `{other}` already");
        found.push((vec!["payload", key], message, "choose another name"));
    }
    if own.previous.is_none() && !spec.with_role(resource, Role::Previous).is_empty() {
        let message = "watches may ask for the object before the change".to_owned();
        found.push((vec!["payload"], message, "name its member with `previous`"));
    }
}
