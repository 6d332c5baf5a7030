//! What will not be asked, as far as that is known before anything is.

use fieldproof_spec::model::{Api, Credentials};

use crate::harness::Role;
use crate::options::Options;

/// What is left out, each with the reason and what changes that.
pub(super) fn left_out(apis: &[&Api], options: &Options) -> Vec<String> {
    let mut left = Vec::new();
    if !options.writes {
        left.push(format!(
            "every write, because {} is not on this machine and is only read (--allow-writes judges all of it)",
            options.url
        ));
    }
    let missing = Role::ALL.iter().filter(|role| {
        let needed = apis.iter().any(|api| is_asked(api, **role));
        needed && options.tokens.of(**role).is_none()
    });
    let names = missing.filter_map(|role| role.name());
    let mut names: Vec<&str> = names.collect();
    let pairs = apis.iter().any(|api| api.auth_headers.is_some());
    if pairs && options.tokens.client.is_none() {
        names.push("client");
    }
    if !names.is_empty() {
        left.push(format!(
            "what only other callers show, because no token is given for {} (--token ROLE=TOKEN)",
            names.join(", ")
        ));
    }
    let watches = apis.iter().flat_map(|api| &api.resources);
    if options.receiver.is_none() && watches.into_iter().any(|one| one.watch.is_some()) {
        left.push(
            "notifications, because the service is not known to reach this machine (--receiver ADDRESS)"
                .to_owned(),
        );
    }
    left
}

/// Whether anything of an API is asked by a role.
fn is_asked(api: &Api, role: Role) -> bool {
    let bound = api.resources.iter().any(|one| one.bound.is_some());
    let mut fields = api.resources.iter().flat_map(|one| &one.fields);
    let told = api.credentials != Credentials::None;
    match role {
        Role::Main | Role::Nobody | Role::Unknown => false,
        Role::OtherTenant => told,
        Role::ReadOnly | Role::NoScope => told && api.scoped,
        Role::OtherUser | Role::NoUser => bound,
        Role::NoSecret => fields.any(|field| field.scope.is_some()),
    }
}
