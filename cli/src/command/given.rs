//! Command-line data about a service: switches, tokens, objects.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::Args;
use fieldproof_conformance::harness::{Renewals, Role, RoleTokens};
use fieldproof_conformance::{FixtureData, Fixtures, fixtures};
use fieldproof_spec::model::Api;
use serde_json::Value;

use crate::exit::{Exit, Failure};

/// Sets switches of the form `API.SWITCH=VALUE`.
pub(crate) fn switch(apis: &mut [Api], given: &[String]) -> Result<(), Failure> {
    let usage = |why: String| Failure::new(Exit::Usage, format!("error: {why}"));
    for (key, value) in pairs(given, "--set")? {
        let found = key.split_once('.').and_then(|(api, name)| {
            let api = apis.iter_mut().find(|one| one.name == api)?;
            Some((api, name))
        });
        let Some((api, name)) = found else {
            return Err(usage(format!(
                "`--set {key}={value}` names no API and switch"
            )));
        };
        api.set(name, &value).map_err(usage)?;
    }
    Ok(())
}

pub(super) fn pairs(given: &[String], flag: &str) -> Result<Vec<(String, String)>, Failure> {
    let pair = |text: &String| {
        let pair = text
            .split_once('=')
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        pair.ok_or_else(|| {
            Failure::new(
                Exit::Usage,
                format!("error: `{flag} {text}` is not of the form NAME=VALUE"),
            )
        })
    };
    given.iter().map(pair).collect()
}

/// Who a command speaks for.
#[derive(Debug, Args)]
pub(super) struct Roles {
    /// A token for a role, such as `main=TOKEN`; repeatable
    #[arg(
        long,
        value_name = "ROLE=TOKEN",
        env = "FIELDPROOF_TOKEN",
        value_delimiter = ',',
        hide_env_values = true,
        required = true
    )]
    token: Vec<String>,
}

impl Roles {
    /// The token of each role.
    pub(super) fn tokens(&self) -> Result<RoleTokens, Failure> {
        tokens(&self.token, Renewals::default(), true)
    }
}

/// The tokens of a command line, beside those that come from elsewhere; `named` where
/// callers have to name themselves.
pub(super) fn tokens(
    given: &[String],
    renewals: Renewals,
    named: bool,
) -> Result<RoleTokens, Failure> {
    let mut all: BTreeMap<String, String> = pairs(given, "--token")?.into_iter().collect();
    let mut take = |role: Role| {
        let given = role.name().and_then(|name| all.remove(name));
        renewals.current(role).or(given)
    };
    let main = take(Role::Main).or_else(|| (!named).then(String::new));
    let tokens = RoleTokens {
        main: main
            .ok_or_else(|| Failure::new(Exit::Usage, "error: `--token main=TOKEN` is needed"))?,
        other_tenant: take(Role::OtherTenant),
        read_only: take(Role::ReadOnly),
        no_scope: take(Role::NoScope),
        other_user: take(Role::OtherUser),
        no_user: take(Role::NoUser),
        no_secret: take(Role::NoSecret),
        client: all.remove("client"),
        user: all.remove("user"),
        renewals,
    };
    match all.keys().next() {
        None => Ok(tokens),
        Some(role) => {
            let message = format!(
                "error: no role is called `{role}`; there are main, other-tenant, read-only, no-scope, other-user, no-user, no-secret, client, and user for the address that main speaks for"
            );
            Err(Failure::new(Exit::Usage, message))
        }
    }
}

/// The objects of `FILE` and `other-user=FILE`, and those of a mock for `printed`.
pub(super) fn objects_there(given: &[String], apis: &[Api]) -> Result<Fixtures, Failure> {
    let mut all = Fixtures::default();
    for text in given {
        match text.strip_prefix("other-user=") {
            Some(file) => all.other_user.extend(objects(Path::new(file))?),
            None if text == "printed" => apis.iter().for_each(|api| all.extend(fixtures(api))),
            None => all.main.extend(objects(Path::new(text))?),
        }
    }
    Ok(all)
}

/// The objects of a file: one, or an array of them.
fn objects(file: &Path) -> Result<Vec<FixtureData>, Failure> {
    let unusable = |why: String| {
        Failure::new(
            Exit::Usage,
            format!("error: cannot use {}: {why}", file.display()),
        )
    };
    let text = fs::read_to_string(file).map_err(|error| unusable(error.to_string()))?;
    let objects = match serde_json::from_str(&text).map_err(|error| unusable(error.to_string()))? {
        Value::Array(items) => items,
        one => vec![one],
    };
    let object = |value| match value {
        Value::Object(object) => Ok(FixtureData { of: None, object }),
        other => Err(unusable(format!("{other} is not an object"))),
    };
    objects.into_iter().map(object).collect()
}
