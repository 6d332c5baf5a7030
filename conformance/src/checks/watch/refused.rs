//! Watches for which nothing could be delivered.

use fieldproof_spec::model::{Api, Role, Row};
use serde_json::{Value, json};

use super::{Watching, at_home, has};
use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Inbox, Request, Role as Caller};
use crate::model::below;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-refused",
    about: "A watch that nothing could be delivered for is refused at its place, when it is registered and when it is \
            changed: a literal address that is not to be reached, a user name with a colon, a signature without keys, \
            and a key that is not there, disabled or another tenant's, all three with the same answer.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| {
        at_home(api, &[], |watch| {
            let places = ROLES.iter().filter_map(|role| api.place(watch, *role));
            let mut rows: Vec<&Row> = vec![&watch.row];
            for place in places {
                rows.extend(place.iter().map(|field| &field.row));
            }
            rows.dedup();
            rows
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let watch = subject.resource(api).watch.as_ref();
    let keys = has(api, subject, Role::Keys) && watch.is_some_and(|one| one.keys.is_some());
    subject.resource_mutations_where(&[
        (true, Operator::AddressTaken),
        (has(api, subject, Role::Username), Operator::ColonTaken),
        (keys, Operator::KeyUnknownTaken),
        (keys, Operator::KeyForeignTaken),
        (keys, Operator::KeyDisabledTaken),
        (
            keys && has(api, subject, Role::Signed),
            Operator::SignedBare,
        ),
    ])
}

/// The roles of the members that are judged.
const ROLES: [Role; 5] = [
    Role::Address,
    Role::TokenUrl,
    Role::Username,
    Role::Signed,
    Role::Keys,
];

/// Addresses that no deployment should allow, nor their neighbours: link-local, where
/// clouds serve credentials, multicast, and this network.
const NOWHERE: [&str; 4] = [
    "http://169.254.169.254/latest",
    "https://[fe80::1]:8443/in",
    "http://224.0.0.1/",
    "http://0.0.0.0/",
];

/// Values of a watch that are refused at the member with a role, with a code.
struct Bad {
    with: Vec<(Role, Value)>,
    /// The role, and the rest of the pointer.
    at: (Role, &'static str),
    code: &'static str,
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let inbox = harness.inbox()?;
    let made = watching.register(&inbox, &[])?;
    for address in NOWHERE {
        let with = vec![(Role::Address, json!(address))];
        refuses(&watching, &inbox, &made, &Bad::new(with, "unreachable"))?;
    }
    if watching.has(Role::TokenUrl) {
        let granted = super::oauth::granted(&watching, NOWHERE[0]);
        refuses(&watching, &inbox, &made, &Bad::new(granted, "unreachable"))?;
    }
    if watching.has(Role::Username) {
        let with = vec![
            (Role::Username, json!("some:body")),
            (Role::Password, json!(harness.word())),
        ];
        refuses(&watching, &inbox, &made, &Bad::new(with, "format"))?;
    }
    let keys = watching.watch.watch.as_ref();
    match keys.and_then(|one| one.keys.as_deref()) {
        Some(path) if watching.has(Role::Keys) => named(&watching, &inbox, &made, path),
        _ => Ok(()),
    }
}

impl Bad {
    /// Values of which the first is refused, at its own member.
    fn new(with: Vec<(Role, Value)>, code: &'static str) -> Self {
        let at = (with.first().map_or(Role::Address, |(role, _)| *role), "");
        Self { with, at, code }
    }
}

/// Judges watches with unusable keys, and with none at all.
fn named(
    watching: &Watching<'_>,
    inbox: &Inbox,
    made: &Fixture,
    path: &str,
) -> Result<(), CheckError> {
    let harness = watching.harness;
    let make = |by: Caller| -> Result<Value, CheckError> {
        let body = json!({ "name": harness.word(), "algorithm": "hmac-sha256" });
        let request = Request::new("POST", path).json(&body).by(by);
        Ok(harness.expect(201, &request)?.json()["id"].clone())
    };
    let disable = |id: &Value, by: Caller| {
        let path = format!("{path}/{}", id.as_str().unwrap_or_default());
        harness.expect(204, &Request::new("DELETE", &path).by(by))
    };
    let own = make(Caller::Main)?;
    let mut bad = vec![json!("0123456789abcdef01234567"), json!("")];
    let off = make(Caller::Main)?;
    disable(&off, Caller::Main)?;
    bad.push(off);
    let foreign = match make(Caller::OtherTenant) {
        Err(CheckError::Skip(_)) => None,
        made => Some(made?),
    };
    bad.extend(foreign.clone());
    for key in bad {
        let with = vec![(Role::Keys, json!([own, key]))];
        let wrong = Bad {
            at: (Role::Keys, "/1"),
            ..Bad::new(with, "not_a_value")
        };
        refuses(watching, inbox, made, &wrong)?;
    }
    if watching.has(Role::Signed) {
        let bare = Bad {
            with: vec![(Role::Signed, json!(true))],
            at: (Role::Keys, ""),
            code: "required",
        };
        refuses(watching, inbox, made, &bare)?;
    }
    if let Some(foreign) = foreign {
        disable(&foreign, Caller::OtherTenant)?;
    }
    disable(&own, Caller::Main).map(drop)
}

/// Fails unless a watch with these values is refused, on create and on update.
fn refuses(
    watching: &Watching<'_>,
    inbox: &Inbox,
    made: &Fixture,
    bad: &Bad,
) -> Result<(), CheckError> {
    let Watching { harness, watch, .. } = watching;
    let place = harness.api.place(watch, bad.at.0).unwrap_or_default();
    let place: String = place.iter().map(|one| below("", &one.name)).collect();
    let place = format!("{place}{}", bad.at.1);
    let body = harness.small_body(watch, &watching.body(inbox, &bad.with));
    let create = harness.create(watch, &made.collection);
    harness.expect_violation(&create.json(&Value::Object(body)), &place, &[bad.code])?;
    if watch.update.is_none() {
        return Ok(());
    }
    let mut change = serde_json::Map::new();
    for (role, value) in &bad.with {
        watching.put(&mut change, *role, value.clone());
    }
    let change = harness.change(watch, &made.path, &Value::Object(change))?;
    harness
        .expect_violation(&change, &place, &[bad.code])
        .map(drop)
}
