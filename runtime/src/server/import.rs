//! `import`.

use std::fs;
use std::io::{Read, stdin};
use std::path::Path;
use std::sync::Arc;

use super::Failure;
use super::args::Import;
use super::serve::service;
use super::terminal::say;
use crate::api::Api;
use crate::auth::MemoryTokens;
use crate::body::parse;
use crate::problem::{At, Problem};
use crate::store::Sqlite;

pub(super) fn run(apis: &[&'static Api], import: &Import) -> Result<(), Failure> {
    let Some(api) = apis.iter().find(|api| api.name == import.api) else {
        let names: Vec<&str> = apis.iter().map(|api| api.name).collect();
        return Err(format!(
            "there is no API `{}`; there are {}",
            import.api,
            names.join(", ")
        )
        .into());
    };
    let text = read(&import.file)
        .map_err(|error| format!("cannot read {}: {error}", import.file.display()))?;
    let value = parse(&text).map_err(|problem| problem.detail)?;
    let store = Sqlite::open(&import.data.data, api.tables)?;
    let service = service(
        api,
        String::new(),
        None,
        api.switches,
        Arc::new(store),
        Arc::new(MemoryTokens::default()),
    );
    let count = service
        .import(&import.tenant, import.user.as_deref(), value)
        .map_err(|problem| describe(&problem))?;
    say(&format!("{count} loaded"));
    Ok(())
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    if file != Path::new("-") {
        return fs::read(file);
    }
    let mut text = Vec::new();
    stdin().read_to_end(&mut text)?;
    Ok(text)
}

/// Everything that is wrong with the file, a line each.
fn describe(problem: &Problem) -> String {
    let mut lines = vec![format!("nothing was loaded: {}", problem.detail)];
    for violation in &problem.errors {
        let (At::Pointer(place) | At::Parameter(place) | At::Header(place)) = &violation.at;
        lines.push(format!(
            "  {place}: {} ({})",
            violation.detail, violation.code
        ));
    }
    lines.join("\n")
}
