//! The scopes of the served APIs.

use super::failure::Failure;
use crate::api::Api;

/// The scope of a token that may do nothing.
const NONE: &str = "none";

/// All scopes of the APIs, including those that reveal members.
pub(super) fn every(apis: &[&'static Api]) -> Vec<String> {
    let shown = apis
        .iter()
        .flat_map(|api| api.tables())
        .filter_map(|table| table.scope);
    let mut all: Vec<String> = Vec::new();
    for scope in apis.iter().map(|api| api.scope).chain(shown) {
        if !all.iter().any(|other| other == scope) {
            all.push(scope.to_owned());
        }
    }
    all
}

/// Refuses scopes that no API has: a token with such a scope would grant nothing.
pub(super) fn refuse_unknown(apis: &[&'static Api], given: &[String]) -> Result<(), Failure> {
    let whole = every(apis);
    let halves = |scope: &String| {
        [
            scope.clone(),
            format!("{scope}:read"),
            format!("{scope}:write"),
        ]
    };
    let mut known: Vec<String> = whole.iter().flat_map(halves).collect();
    known.push(NONE.to_owned());
    for scope in given {
        if known.contains(scope) {
            continue;
        }
        let near = nearest(scope, &known);
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(format!(
            "no scope is called `{scope}`{near}\nthere are {}, each also with `:read` or `:write`, \
             and `{NONE}` for a token that may do nothing",
            whole.join(", ")
        )
        .into());
    }
    Ok(())
}

/// The known scope that `name` was probably meant to be.
fn nearest<'k>(name: &str, known: &'k [String]) -> Option<&'k String> {
    let name = name.trim().to_lowercase();
    let limit = (name.chars().count() / 3).max(1);
    let far = |one: &String| strsim::damerau_levenshtein(&name, one);
    let near = known.iter().min_by_key(|one| far(one))?;
    (far(near) <= limit).then_some(near)
}
