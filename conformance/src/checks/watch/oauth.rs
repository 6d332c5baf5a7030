//! OAuth 2.0 tokens for receivers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::{Api, Event, Role, Verb};
use serde_json::{Map, Value, json};

use super::{Watching, has, with_roles};
use crate::check::Check;
use crate::harness::{Answer, CheckError, Fixture, Harness, Inbox};
use crate::model::Request;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-oauth",
    about: "A watch with a grant, be it of its create or of any method of a change, gets an access token with it (RFC \
            6749), sends it with each notification, asks again when it is refused, and keeps a refresh token that comes \
            in place of its own.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| {
        with_roles(api, &[Role::ClientId, Role::TokenUrl], |watch| {
            let others = [
                Role::GrantType,
                Role::ClientSecret,
                Role::RefreshToken,
                Role::TokenScope,
            ];
            let places = others.iter().filter_map(|role| api.place(watch, *role));
            places
                .filter_map(|place| Some(&place.last()?.row))
                .collect()
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let mut all = subject.resource_mutations_where(&[
        (true, Operator::BearerMissing),
        (true, Operator::BearerAgain),
        (has(api, subject, Role::RefreshToken), Operator::RefreshKept),
    ]);
    if subject.resource(api).update.is_some() {
        all.extend(subject.mutations(&[Operator::SecretOfCreate]));
    }
    all
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let changes = watching.watch.update.iter().flat_map(|one| &one.verbs);
    for way in std::iter::once(None).chain(changes.map(|verb| Some(*verb))) {
        if watching.has(Role::ClientSecret) && watching.has(Role::GrantType) {
            client_credentials(&watching, way)?;
        }
        if watching.has(Role::RefreshToken) {
            refresh_token(&watching, way)?;
        }
    }
    Ok(())
}

/// Registers a watch with a grant: by a create, or by a method of a change, in place of
/// another grant.
fn register(
    watching: &Watching<'_>,
    inbox: &Inbox,
    with: &[(Role, Value)],
    way: Option<Verb>,
) -> Result<(), CheckError> {
    let harness = watching.harness;
    let Some(verb) = way else {
        return watching.register(inbox, with).map(drop);
    };
    let before = with.iter().map(|(role, value)| match role {
        Role::ClientId | Role::ClientSecret | Role::RefreshToken => (*role, harness.word().into()),
        _ => (*role, value.clone()),
    });
    let made = watching.register(inbox, &before.collect::<Vec<_>>())?;
    let mut body = Map::new();
    for (role, value) in with {
        watching.put(&mut body, *role, value.clone());
    }
    let change = harness.change_by(watching.watch, &made.path, verb, &Value::Object(body));
    harness.expect(200, &change).map(drop)
}

fn client_credentials(watching: &Watching<'_>, way: Option<Verb>) -> Result<(), CheckError> {
    let harness = watching.harness;
    let (inbox, server) = (harness.inbox()?, harness.inbox()?);
    let (token, client, secret) = (harness.word(), harness.word(), harness.word());
    server.always(Answer::json(&given(&token, None)));
    let mut with = vec![
        (Role::GrantType, json!("client_credentials")),
        (Role::ClientId, json!(client)),
        (Role::ClientSecret, json!(secret)),
        (Role::TokenUrl, json!(server.url)),
    ];
    if watching.has(Role::TokenScope) {
        with.push((Role::TokenScope, json!("tell more")));
    }
    register(watching, &inbox, &with, way)?;
    let made = harness.make(watching.of)?;
    bearer(watching, &inbox, &made, Event::Created, &token)?;
    watching.change(&made)?;
    bearer(watching, &inbox, &made, Event::Updated, &token)?;
    let asked = server.taken();
    harness.ensure(asked.len() == 1, || {
        format!(
            "a token that holds is asked for once, got {} requests",
            asked.len()
        )
    })?;
    let pair = STANDARD.encode(format!("{client}:{secret}"));
    let proof = asked[0].headers.get("authorization");
    harness.ensure(proof == Some(&format!("Basic {pair}")), || {
        format!("the client proves itself by HTTP Basic, got {proof:?}")
    })?;
    parameter(harness, &asked[0], "grant_type", "client_credentials")?;
    match watching.has(Role::TokenScope) {
        true => parameter(harness, &asked[0], "scope", "tell more"),
        false => Ok(()),
    }
}

fn refresh_token(watching: &Watching<'_>, way: Option<Verb>) -> Result<(), CheckError> {
    let harness = watching.harness;
    let (inbox, server) = (harness.inbox()?, harness.inbox()?);
    let (first, second) = (harness.word(), harness.word());
    let (refresh, rotated) = (harness.word(), harness.word());
    server.answer(vec![Answer::json(&given(&first, Some(&rotated)))]);
    server.always(Answer::json(&given(&second, None)));
    let mut with = vec![
        (Role::ClientId, json!(harness.word())),
        (Role::RefreshToken, json!(refresh)),
        (Role::TokenUrl, json!(server.url)),
    ];
    if watching.has(Role::GrantType) {
        with.push((Role::GrantType, json!("refresh_token")));
    }
    register(watching, &inbox, &with, way)?;
    // The receiver rejects the first token.
    inbox.answer(vec![Answer::status(401)]);
    let made = harness.make(watching.of)?;
    bearer(watching, &inbox, &made, Event::Created, &first)?;
    watching.change(&made)?;
    bearer(watching, &inbox, &made, Event::Updated, &second)?;
    let asked = server.taken();
    harness.ensure(asked.len() == 2, || {
        format!(
            "a token is asked for again when it is refused, got {} requests",
            asked.len()
        )
    })?;
    parameter(harness, &asked[0], "refresh_token", &refresh)?;
    parameter(harness, &asked[1], "refresh_token", &rotated)
}

/// A grant with the token endpoint `url`, which comes first.
pub(super) fn granted(watching: &Watching<'_>, url: &str) -> Vec<(Role, Value)> {
    let harness = watching.harness;
    let mut with = vec![
        (Role::TokenUrl, json!(url)),
        (Role::ClientId, json!(harness.word())),
    ];
    let (grant, role) = match watching.has(Role::RefreshToken) {
        true => ("refresh_token", Role::RefreshToken),
        false => ("client_credentials", Role::ClientSecret),
    };
    with.push((role, json!(harness.word())));
    if watching.has(Role::GrantType) {
        with.push((Role::GrantType, json!(grant)));
    }
    with
}

/// The answer of a token server.
fn given(token: &str, refresh: Option<&str>) -> Value {
    let mut given = json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3600 });
    if let Some(refresh) = refresh {
        given["refresh_token"] = refresh.into();
    }
    given
}

/// Judges that the first attempt of the notification of an event has the token.
fn bearer(
    watching: &Watching<'_>,
    inbox: &Inbox,
    made: &Fixture,
    event: Event,
    token: &str,
) -> Result<(), CheckError> {
    let notice = watching.one(inbox, made.id(), event)?;
    let found = notice.header("authorization");
    watching
        .harness
        .ensure(found == Some(&format!("Bearer {token}")), || {
            let event = watching.reading.look.name(event);
            format!("`{event}` is sent with the token `{token}`, got {found:?}")
        })
}

/// Judges that a form has a parameter with this value.
fn parameter(
    harness: &Harness<'_>,
    form: &Request,
    name: &str,
    value: &str,
) -> Result<(), CheckError> {
    let text = String::from_utf8_lossy(&form.body).into_owned();
    let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let same = |(own, found): (&str, &str)| {
        own == name && found.replace("%20", "+") == value.replace(' ', "+")
    };
    harness.ensure(pairs.any(same), || {
        format!("a token is asked for with `{name}={value}`, got `{text}`")
    })
}
