//! Secret fields, which are stored separately from the text that every caller sees.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::unreadable::unreadable;
use crate::auth::Grant;
use crate::body::Reading;
use crate::problem::Problem;
use crate::store::Stored;
use crate::table::{SecretField, Table, Visibility};

/// The texts under which an object is stored.
pub(crate) struct Texts {
    /// The text that every caller sees.
    pub(crate) body: String,
    /// The text that callers with the table's scope see, if it has one.
    pub(crate) privileged: Option<String>,
    /// Values of the secret fields, in the order of the table.
    pub(crate) secrets: Option<String>,
}

/// Whether a caller can view the members that a scope reveals.
pub(crate) fn can_view(table: &Table, grant: &Grant) -> bool {
    table.scope.is_some_and(|scope| grant.allows(scope, false))
}

/// Whether a caller can view the members that a scope reveals in the table that `table`
/// watches.
pub(crate) fn can_view_watched(table: &Table, grant: &Grant) -> bool {
    let scope = table.watch.as_ref().and_then(|watch| watch.scope);
    scope.is_some_and(|scope| grant.allows(scope, false))
}

/// Splits an object into the texts under which it is stored.
pub(crate) fn split(table: &Table, object: &impl Serialize) -> Result<Texts, Problem> {
    if table.secrets.is_empty() {
        return Ok(Texts {
            body: serde_json::to_string(object).map_err(|error| unreadable(&error))?,
            privileged: None,
            secrets: None,
        });
    }
    let mut body = serde_json::to_value(object).map_err(|error| unreadable(&error))?;
    let secrets: Vec<Value> = table.secrets.iter().map(|one| value(&body, one)).collect();
    hide(&mut body, table, |shown| shown != Visibility::Scope);
    let privileged = table.scope.map(|_| body.to_string());
    hide(&mut body, table, |shown| shown == Visibility::Scope);
    Ok(Texts {
        body: body.to_string(),
        privileged,
        secrets: Some(Value::Array(secrets).to_string()),
    })
}

/// Rebuilds an object from its stored texts.
pub(crate) fn join<T: DeserializeOwned>(table: &Table, stored: &Stored) -> Result<T, Problem> {
    let read = match table.secrets {
        [] => serde_json::from_str(&stored.body),
        _ => serde_json::from_value(whole(table, stored)?),
    };
    read.map_err(|error| unreadable(&error))
}

/// Rebuilds the JSON of a stored object, including its secret fields.
pub(crate) fn whole(table: &Table, stored: &Stored) -> Result<Value, Problem> {
    let mut whole = parse(&stored.body)?;
    let Some(secrets) = &stored.secrets else {
        return Ok(whole);
    };
    let secrets: Vec<Value> = serde_json::from_str(secrets).map_err(|error| unreadable(&error))?;
    for (one, value) in table.secrets.iter().zip(secrets) {
        if let Some((map, name)) = place(&mut whole, one) {
            map.insert(name.to_owned(), value);
        }
    }
    Ok(whole)
}

/// Returns the object with its stored secrets where a body sends back `true`; if no secret is
/// stored, this is refused.
pub(crate) fn carry<T: Serialize + DeserializeOwned>(
    table: &Table,
    before: Option<&T>,
    after: T,
    pointer: &str,
    reading: &mut Reading,
) -> Result<T, Problem> {
    let shown = |one: &&SecretField| one.shown == Visibility::Presence;
    let mut secrets = table.secrets.iter().filter(shown).peekable();
    if secrets.peek().is_none() {
        return Ok(after);
    }
    let json = |object: &T| serde_json::to_value(object).map_err(|error| unreadable(&error));
    let before = before.map(json).transpose()?.unwrap_or_default();
    let mut whole = json(&after)?;
    for one in secrets {
        if value(&whole, one) != Value::Bool(true) {
            continue;
        }
        let kept = value(&before, one);
        if kept.is_null() {
            let place = format!("{pointer}/{}", one.path.join("/"));
            reading.refuse(
                &place,
                "type",
                "must be text, because no value is stored that could be kept",
            );
        }
        if let Some((map, name)) = place(&mut whole, one) {
            map.insert(name.to_owned(), kept);
        }
    }
    serde_json::from_value(whole).or(Ok(after))
}

/// Removes secret fields from a text, or replaces them by whether they have a value.
fn hide(shown: &mut Value, table: &Table, which: fn(Visibility) -> bool) {
    for one in table.secrets.iter().filter(|one| which(one.shown)) {
        let Some((map, name)) = place(shown, one) else {
            continue;
        };
        match one.shown {
            Visibility::Presence => {
                let there = map.get(name).is_some_and(|value| !value.is_null());
                map.insert(name.to_owned(), there.into());
            }
            Visibility::Never | Visibility::Scope => {
                map.shift_remove(name);
            }
        }
    }
}

/// The value of a secret field.
fn value(whole: &Value, one: &SecretField) -> Value {
    let mut names = one.path.iter();
    let found = names.try_fold(whole, |value, name| value.get(name));
    found.cloned().unwrap_or_default()
}

/// The object that contains a secret field, and the name of its member.
fn place<'a>(
    whole: &'a mut Value,
    one: &SecretField,
) -> Option<(&'a mut Map<String, Value>, &'static str)> {
    let (name, above) = one.path.split_last()?;
    let mut value = whole;
    for step in above {
        value = value.get_mut(step)?;
    }
    Some((value.as_object_mut()?, name))
}

fn parse(text: &str) -> Result<Value, Problem> {
    serde_json::from_str(text).map_err(|error| unreadable(&error))
}
