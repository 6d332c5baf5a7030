//! The commands `import` and `renew`.

use std::fs;
use std::io::{Read, stdin};
use std::path::Path;
use std::sync::Arc;

use super::args::{Data, Import, Renew};
use super::failure::Failure;
use super::program::Server;
use super::serve::find;
use super::terminal::say;
use crate::api::Api;
use crate::auth::MemoryTokens;
use crate::body::parse;
use crate::hooks::Registry;
use crate::problem::At;
use crate::service::{Service, Stopped};
use crate::store::Extent;

pub(super) fn run(server: Server, import: &Import) -> Result<(), Failure> {
    let api = server.apis[find(&server.apis, &import.api)?];
    if let Some(name) = &import.resource {
        let mut names = api.loaders().map(|one| one.table.resource);
        if !names.any(|own| own == name) {
            let names: Vec<&str> = api.loaders().map(|one| one.table.resource).collect();
            let names = names.join(", ");
            return Err(format!("no resource to load is called `{name}`; there is {names}").into());
        }
    }
    // Read first, so that an unreadable file leaves no new folder behind.
    let text = read(&import.file)
        .map_err(|error| format!("cannot read {}: {error}", import.file.display()))?;
    let value = parse(&text).map_err(|problem| problem.detail)?;
    let service = open(api, server.hooks, &import.data)?;
    let import = service.import(
        &import.tenant,
        import.user.as_deref(),
        import.resource.as_deref(),
        value,
    );
    let threads = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let count = threads
        .block_on(import)
        .map_err(|stopped| describe(&stopped))?;
    say(&format!("{count} loaded"));
    Ok(())
}

pub(super) fn renew(server: Server, renew: &Renew) -> Result<(), Failure> {
    let api = server.apis[find(&server.apis, &renew.api)?];
    let service = open(api, server.hooks, &renew.data)?;
    let done = service.rotate_token(&renew.tenant, &renew.id);
    done.map_err(|problem| match problem.status {
        404 => format!("there is no object `{}` with a token", renew.id),
        _ => problem.detail,
    })?;
    Ok(())
}

/// Opens an API on its data.
fn open(api: &'static Api, hooks: Registry, data: &Data) -> Result<Service, Failure> {
    // A server may run on it: what that uses is not changed.
    let store = data.open(&[api], Extent::NewTables)?;
    let tokens = Arc::new(MemoryTokens::default());
    Ok(Service::new(api, Arc::new(hooks), store, tokens))
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    if file != Path::new("-") {
        return fs::read(file);
    }
    let mut text = Vec::new();
    stdin().read_to_end(&mut text)?;
    Ok(text)
}

/// Describes everything that is wrong with the file, one violation per line.
fn describe(stopped: &Stopped) -> String {
    let problem = &stopped.problem;
    let mut lines = vec![match stopped.loaded {
        0 => format!("nothing was loaded: {}", problem.detail),
        count => format!(
            "the first {count} objects were loaded, and no other: {}",
            problem.detail
        ),
    }];
    for violation in &problem.errors {
        let (At::Pointer(place) | At::Parameter(place) | At::Header(place)) = &violation.at;
        lines.push(format!(
            "  {place}: {} ({})",
            violation.detail, violation.code
        ));
    }
    lines.join("\n")
}
