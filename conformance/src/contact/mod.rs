//! First contact: one look at a service before the first obligation.

mod answer;
mod clock;
mod elsewhere;
mod left_out;

use fieldproof_spec::model::{Api, Credentials};

use self::answer::{Kind, hint};
use self::clock::Clock;
use self::elsewhere::elsewhere;
use self::left_out::left_out;
use crate::compile::compile;
use crate::harness::{Exchange, Harness, Pace, Request, Role, Unreachable};
use crate::options::Options;

/// What one look at a service shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// What keeps it from being judged, a sentence each: without them every
    /// obligation would say the same once more.
    pub blocks: Vec<String>,
    /// What was found, in parts of one sentence.
    pub found: Vec<String>,
    /// What will not be asked, each with the reason.
    pub left_out: Vec<String>,
}

impl Contact {
    /// What was found and what is left out, a sentence each.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = vec![format!("first contact: {}", self.found.join("; "))];
        if !self.left_out.is_empty() {
            sentences.push(format!("left out: {}", self.left_out.join("; ")));
        }
        sentences
    }
}

/// Looks at a service: whether it answers, whether the APIs stand where they are looked
/// for, which tokens it knows, how its clock goes, whether it limits requests.
///
/// # Errors
/// A service that does not answer, or before which something says that it is not there.
pub fn contact(apis: &[Api], options: &Options) -> Result<Contact, Unreachable> {
    let pace = Pace::new(options.rate);
    let chosen = |api: &&Api| compile(api).iter().any(|one| options.chooses(one));
    let apis: Vec<&Api> = apis.iter().filter(chosen).collect();
    let mut contact = Contact::default();
    let (mut known, mut strangers) = (Vec::new(), Vec::new());
    let (mut there, mut limit, mut clock) = (Vec::new(), None, Clock::default());
    for api in &apis {
        let harness = Harness::new(api, options, &options.tokens, &pace);
        let own = api.resources.iter();
        let own = own.filter(|one| one.list.is_some() && one.parent.is_none());
        let paths: Vec<&str> = own.map(|one| one.path.as_str()).collect();
        let Some(first) = paths.first() else {
            there.push(format!("`{}` has no list to look at", api.name));
            continue;
        };
        for role in Role::ALL.iter().filter(|role| role.name().is_some()) {
            if options.tokens.of(*role).is_none() || strangers.contains(role) {
                continue;
            }
            let answer = clock.around(|| harness.wire().send(&Request::get(first).by(*role)))?;
            limit = limit.or_else(|| hint(&answer));
            match answer.status {
                401 => {
                    strangers.push(*role);
                    contact.blocks.push(unknown(api, *role, &answer.url));
                }
                _ if !known.contains(role) => known.push(*role),
                _ => {}
            }
        }
        if strangers.contains(&Role::Main) {
            continue;
        }
        match closed(&harness, &paths)? {
            Some(why) => contact.blocks.push(why),
            None => there.push(format!("`{}` is at `{}{first}`", api.name, harness.base())),
        }
    }
    let scheme = match options.url.starts_with("https:") {
        true => "TLS",
        false => "plain HTTP",
    };
    contact
        .found
        .push(format!("{} answers over {scheme}", options.url));
    contact.found.extend(there);
    contact.found.extend(tokens(&apis, &known));
    contact.found.extend(clock.said());
    contact.found.extend(limit);
    contact.left_out = left_out(&apis, options);
    Ok(contact)
}

/// Whose tokens the service knows.
fn tokens(apis: &[&Api], known: &[Role]) -> Option<String> {
    let named = apis.iter().any(|one| one.credentials != Credentials::None);
    let names = known.iter().filter_map(|role| role.name());
    let names: Vec<&str> = names.collect();
    match names[..] {
        [] => None,
        _ if !named => None,
        [name] => Some(format!("the token of `{name}` is accepted")),
        _ => Some(format!("the tokens of {} are accepted", names.join(", "))),
    }
}

fn unknown(api: &Api, role: Role, url: &str) -> String {
    let name = role.name().unwrap_or_default();
    if api.credentials == Credentials::None {
        return format!(
            "`{}` says that callers need no credentials, but GET {url} answers 401; say in `auth` how callers name \
             themselves",
            api.name
        );
    }
    format!(
        "the service does not know the token of the role `{name}`: GET {url} answers 401; \
         give one of its own with --token {name}=TOKEN"
    )
}

/// Why nothing of an API can be read, when that is so for each of its lists.
fn closed(harness: &Harness<'_>, paths: &[&str]) -> Result<Option<String>, Unreachable> {
    let mut first: Option<(Kind, Exchange)> = None;
    for path in paths {
        let answer = harness.wire().send(&Request::get(path))?;
        match Kind::of(&answer) {
            // Whatever this is, checks can say more of it.
            Kind::Open => return Ok(None),
            kind => drop(first.get_or_insert((kind, answer))),
        }
    }
    let (Some((kind, answer)), Some(path)) = (first, paths.first()) else {
        return Ok(None);
    };
    let name = &harness.api.name;
    let place = format!("GET {} answers {}", answer.url, answer.status);
    let base = format!("--base {name}=PATH says what stands before `{path}`");
    Ok(match kind {
        Kind::Open => None,
        Kind::Missing => {
            let other = elsewhere(harness, path)?;
            let base = other.map_or(base, |other| {
                format!("something answers at `{other}{path}`, so try `--base {name}={other}`")
            });
            Some(format!(
                "nothing of `{name}` is served: {place}; {base}, and --exclude '{name}.*' leaves it out"
            ))
        }
        Kind::Forbidden(detail) => Some(format!(
            "the token of the role `main` may not read `{name}`: {place} ({detail}); give it the scope `{}`, and a user \
             where each sees his own, or --exclude '{name}.*'",
            harness.api.scope
        )),
        Kind::Moved(target) => Some(format!(
            "`{name}` is somewhere else: {place} and leads to {target}; give that address, or {base}"
        )),
        Kind::Page(label) => Some(format!(
            "`{name}` is not at this place: {place} with `{label}`, which is a page and no JSON; {base}"
        )),
        Kind::Limited(after) => Some(format!(
            "the service limits how often it is asked: {place}{after}; wait, and give --rate N to stay below the limit"
        )),
        Kind::Absent => {
            let nowhere = harness
                .wire()
                .send(&Request::get("/fieldproof-first-contact"))?;
            if Kind::of(&nowhere) == Kind::Absent {
                return Err(Unreachable(format!(
                    "{place} for every path, which is what a gateway says of a service that is not there"
                )));
            }
            None
        }
    })
}
