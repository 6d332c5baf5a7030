//! The command `migrate`.

use super::args::Migrate;
use super::failure::Failure;
use super::terminal::say;
use crate::api::Api;
use crate::store::{Extent, Migration};

pub(super) fn run(apis: &[&'static Api], migrate: &Migrate) -> Result<(), Failure> {
    let extent = match migrate.accept {
        true => Extent::Accept,
        false => Extent::Additive,
    };
    let done = migrate.data.migrate(apis, (extent, migrate.plan))?;
    tell(&done, migrate.plan);
    match migrate.accept {
        true => Ok(()),
        false => Ok(done.judge()?),
    }
}

/// Prints what was done, or what would be.
fn tell(done: &Migration, plan: bool) {
    let Migration {
        number,
        script,
        breaches,
        ..
    } = done;
    for breach in breaches {
        say(&format!("-- {breach}"));
    }
    script.iter().for_each(|line| say(line));
    say(&match (script.is_empty(), plan) {
        (true, _) => format!("-- nothing to do; the schema is {number}"),
        (false, true) => format!("-- nothing was changed; the schema would be {number}"),
        (false, false) => format!("-- done; the schema is {number}"),
    });
}
