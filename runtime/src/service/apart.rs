//! Members that are stored apart from what everybody sees.

use serde_json::{Map, Value};

use super::work::unreadable;
use crate::auth::Grant;
use crate::body::Reading;
use crate::problem::Problem;
use crate::resource::Resource;
use crate::store::Stored;
use crate::table::{Apart, Shown, Table};

/// What is stored of an object.
pub(super) struct Texts {
    /// What everybody sees.
    pub(super) body: String,
    /// What callers with the scope of the table see, when it has one.
    pub(super) full: Option<String>,
    /// Values of the members that stand apart, in the order of the table.
    pub(super) hidden: Option<String>,
}

/// Whether a caller sees the members that a scope shows.
pub(super) fn sees(table: &Table, grant: &Grant) -> bool {
    table.scope.is_some_and(|scope| grant.allows(scope, false))
}

/// Whether a caller sees the members that a scope shows of what `table` watches.
pub(super) fn sees_watched(table: &Table, grant: &Grant) -> bool {
    let scope = table.watch.as_ref().and_then(|watch| watch.scope);
    scope.is_some_and(|scope| grant.allows(scope, false))
}

/// The texts of an object.
pub(super) fn split<R: Resource>(object: &R) -> Result<Texts, Problem> {
    let table = R::table();
    if table.apart.is_empty() {
        return Ok(Texts {
            body: serde_json::to_string(object).map_err(|error| unreadable(&error))?,
            full: None,
            hidden: None,
        });
    }
    let mut body = serde_json::to_value(object).map_err(|error| unreadable(&error))?;
    let hidden: Vec<Value> = table.apart.iter().map(|one| value(&body, one)).collect();
    hide(&mut body, table, |shown| shown != Shown::Scope);
    let full = table.scope.map(|_| body.to_string());
    hide(&mut body, table, |shown| shown == Shown::Scope);
    Ok(Texts {
        body: body.to_string(),
        full,
        hidden: Some(Value::Array(hidden).to_string()),
    })
}

/// The object of stored text.
pub(super) fn join<R: Resource>(stored: &Stored) -> Result<R, Problem> {
    let read = match R::table().apart {
        [] => serde_json::from_str(&stored.body),
        _ => serde_json::from_value(whole(R::table(), stored)?),
    };
    read.map_err(|error| unreadable(&error))
}

/// The JSON of a stored object with the members that stand apart.
pub(crate) fn whole(table: &Table, stored: &Stored) -> Result<Value, Problem> {
    let mut whole = parse(&stored.body)?;
    let Some(hidden) = &stored.hidden else {
        return Ok(whole);
    };
    let hidden: Vec<Value> = serde_json::from_str(hidden).map_err(|error| unreadable(&error))?;
    for (one, value) in table.apart.iter().zip(hidden) {
        if let Some((map, name)) = place(&mut whole, one) {
            map.insert(name.to_owned(), value);
        }
    }
    Ok(whole)
}

/// The object with the secrets it keeps, where a body sends back what is shown
/// of them; one that it does not have is refused.
pub(super) fn carry<R: Resource>(
    before: Option<&R>,
    after: R,
    pointer: &str,
    reading: &mut Reading,
) -> Result<R, Problem> {
    let shown = |one: &&Apart| one.shown == Shown::Presence;
    let mut secrets = R::table().apart.iter().filter(shown).peekable();
    if secrets.peek().is_none() {
        return Ok(after);
    }
    let json = |object: &R| serde_json::to_value(object).map_err(|error| unreadable(&error));
    let before = before.map(json).transpose()?.unwrap_or_default();
    let mut whole = json(&after)?;
    for one in secrets {
        if value(&whole, one) != Value::Bool(true) {
            continue;
        }
        let kept = value(&before, one);
        if kept.is_null() {
            let place = format!("{pointer}/{}", one.path.join("/"));
            reading.refuse(&place, "type", "must be text: there is none to be kept");
        }
        if let Some((map, name)) = place(&mut whole, one) {
            map.insert(name.to_owned(), kept);
        }
    }
    serde_json::from_value(whole).or(Ok(after))
}

/// Takes members out of what is shown; of some it stays whether there is one.
fn hide(shown: &mut Value, table: &Table, which: fn(Shown) -> bool) {
    for one in table.apart.iter().filter(|one| which(one.shown)) {
        let Some((map, name)) = place(shown, one) else {
            continue;
        };
        match one.shown {
            Shown::Presence => {
                let there = map.get(name).is_some_and(|value| !value.is_null());
                map.insert(name.to_owned(), there.into());
            }
            Shown::Never | Shown::Scope => {
                map.shift_remove(name);
            }
        }
    }
}

/// The value of a member that stands apart.
fn value(whole: &Value, one: &Apart) -> Value {
    let mut names = one.path.iter();
    let found = names.try_fold(whole, |value, name| value.get(name));
    found.cloned().unwrap_or_default()
}

/// The object that such a member stands in, and its name.
fn place<'a>(
    whole: &'a mut Value,
    one: &Apart,
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
