//! A quick look, before the first obligation, at whether a service can be judged at all.

use fieldproof_spec::model::Api;

use crate::compile::compile;
use crate::harness::{Harness, Pace, Request, Role, Unreachable};
use crate::options::Options;

/// The obstacles to judging the service, one line each: an unknown token, a wrong base
/// path, a missing scope. Otherwise every obligation would report the same.
///
/// # Errors
/// The service does not answer.
pub fn reach(apis: &[Api], options: &Options) -> Result<Vec<String>, Unreachable> {
    let pace = Pace::new(options.rate);
    let mut found = Vec::new();
    let mut strangers: Vec<Role> = Vec::new();
    for api in apis {
        if !compile(api).iter().any(|one| options.chooses(one)) {
            continue;
        }
        let harness = Harness::new(api, options, &options.tokens, &pace);
        let own = api.resources.iter();
        let own = own.filter(|one| one.list.is_some() && one.parent.is_none());
        let paths: Vec<&str> = own.map(|one| one.path.as_str()).collect();
        let Some(first) = paths.first() else { continue };
        for role in Role::ALL.iter().filter(|role| role.name().is_some()) {
            if options.tokens.of(*role).is_none() || strangers.contains(role) {
                continue;
            }
            let answer = harness.wire().send(&Request::get(first).by(*role))?;
            if answer.status == 401 {
                strangers.push(*role);
                found.push(unknown(*role, &answer.url));
            }
        }
        if strangers.contains(&Role::Main) {
            continue;
        }
        found.extend(closed(&harness, &paths)?);
    }
    Ok(found)
}

fn unknown(role: Role, url: &str) -> String {
    let name = role.name().unwrap_or_default();
    format!(
        "the service does not know the token of the role `{name}`: GET {url} answers 401; \
         give one of its own with --token {name}=TOKEN"
    )
}

/// Why an API cannot be read, if each of its lists is refused.
fn closed(harness: &Harness<'_>, paths: &[&str]) -> Result<Option<String>, Unreachable> {
    let name = &harness.api.name;
    let mut refusal = None;
    for path in paths {
        let answer = harness.wire().send(&Request::get(path))?;
        let why = match answer.status {
            404 => format!(
                "nothing of `{name}` is served: GET {} answers 404; --base {name}=PATH says what stands \
                 before `{path}`, and --exclude '{name}.*' leaves it out",
                answer.url
            ),
            403 => {
                let detail = answer.json()["detail"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned();
                format!(
                    "the token of the role `main` may not read `{name}`: GET {} answers 403 ({detail}); give it \
                     the scope `{}`, and a user where each sees his own, or --exclude '{name}.*'",
                    answer.url, harness.api.scope
                )
            }
            // Checks can tell more about any other answer.
            _ => return Ok(None),
        };
        refusal.get_or_insert(why);
    }
    Ok(refusal)
}
