//! Names: the generated code compiles without warnings, whatever a spec calls its API,
//! resources, objects, members and values.

mod compile;
mod draw;
mod scene;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use fieldproof_spec::model::Api;

pub use compile::compile;
pub use draw::draw;

/// Number of names that one spec uses in every role.
const TOGETHER: usize = 10;

/// Number of a campaign's names that specs use in each role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roles {
    /// Of APIs.
    pub apis: usize,
    /// Of resources and objects.
    pub types: usize,
    /// Of members.
    pub members: usize,
    /// Of values of closed lists.
    pub values: usize,
}

/// Builds APIs that use these names, each in every role in which `check` accepts it.
#[must_use]
pub fn apis(names: &[String]) -> Vec<Api> {
    let mut taken = BTreeSet::new();
    let mut apis = Vec::new();
    for (number, some) in names.chunks(TOGETHER).enumerate() {
        let name = scene::api(some, number, &taken);
        taken.insert(name.clone());
        let made = crate::sound(scene::spec(&name, number, some));
        apis.extend(made.map(|made| made.api));
    }
    apis
}

/// Counts the names in these APIs by role.
#[must_use]
pub fn roles(apis: &[Api]) -> Roles {
    let mut roles = Roles::default();
    for api in apis {
        roles.apis += 1;
        roles.types += api.resources.len() + api.objects.len();
        roles.members += scene::members(api);
        roles.values += scene::values(api);
    }
    roles
}

/// Compiles specs with these names; returns the compiler's output, if it reports anything.
///
/// # Errors
/// The folder cannot be written, or the compiler cannot be started.
pub fn judge(root: &Path, target: &Path, names: &[String]) -> io::Result<(Roles, Option<String>)> {
    let apis = apis(names);
    Ok((roles(&apis), compile(root, target, &apis)?))
}
