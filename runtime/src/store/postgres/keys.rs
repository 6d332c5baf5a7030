//! The names of the keys that seal in a database: each process seals and opens with the same keys.

use super::settings::{self, SEALS};
use super::statement::Statement;
use crate::store::Error;

/// Notes the first key beside those that sealed before, which have to be given as well.
///
/// # Errors
/// One of them is not given.
pub(super) fn note(noted: &[&str], given: &[&str]) -> Result<Option<Statement>, Error> {
    let Some(first) = given.first() else {
        return Ok(None);
    };
    if let Some(missing) = noted.iter().find(|name| !given.contains(name)) {
        let why = format!(
            "secrets in it are sealed with key {missing}, which is not among those given ({}); \
             give it as well, behind the others",
            given.join(", ")
        );
        return Err(Error::new("use the keys of secrets", why));
    }
    if noted.contains(first) {
        return Ok(None);
    }
    let all: Vec<&str> = noted.iter().chain([first]).copied().collect();
    Ok(Some(settings::put(SEALS, &all.join("\n"))))
}
