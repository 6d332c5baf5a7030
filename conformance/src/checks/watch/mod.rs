//! Watches: who is notified of changes, and with what.

pub(super) mod basic;
pub(super) mod events;
pub(super) mod headers;
pub(super) mod manage;
pub(super) mod method;
pub(super) mod oauth;
pub(super) mod previous;
mod reach;
mod record;
pub(super) mod refused;
pub(super) mod retry;
pub(super) mod secrets;
pub(super) mod shared;
pub(super) mod signature;
pub(super) mod silent;
pub(super) mod template;
pub(super) mod told;

use fieldproof_spec::model::{Api, Field, Resource, Role, Row, Verb};
use serde_json::{Map, Value, json};

use crate::harness::{CheckError, Fixture, Harness, Inbox, Notice, Request};
use crate::model::below;
use crate::subject::{Subject, SubjectPart};
use crate::support::other_value;

/// Watches that can be registered.
fn watches(api: &Api) -> impl Iterator<Item = &Resource> {
    let registered = |one: &&Resource| one.watch.is_some() && one.create.is_some();
    api.resources.iter().filter(registered)
}

/// A subject for each watch that has all of `roles`, with the rows of these members and of
/// `more`.
fn with_roles<'a>(
    api: &'a Api,
    roles: &[Role],
    more: impl Fn(&'a Resource) -> Vec<&'a Row>,
) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for watch in watches(api) {
        let places: Option<Vec<Vec<&Field>>> =
            roles.iter().map(|role| api.place(watch, *role)).collect();
        let Some(places) = places else { continue };
        let mut rows: Vec<&Row> = Vec::new();
        for field in places.iter().flatten() {
            if !rows.contains(&&field.row) {
                rows.push(&field.row);
            }
        }
        rows.extend(more(watch));
        let member = places.first().map(|place| place[0].name.clone());
        let id = match &member {
            None => watch.name.clone(),
            Some(member) => format!("{}.{member}", watch.name),
        };
        let part = member.map_or(SubjectPart::Whole, SubjectPart::Field);
        subjects.push(Subject::new(id, &watch.name, part, &rows));
    }
    subjects
}

/// The resource that the watch of a subject observes.
fn watched<'a>(api: &'a Api, subject: &Subject) -> Option<&'a Resource> {
    let watch = subject.resource(api).watch.as_ref()?;
    api.resource(&watch.of)
}

/// Whether a member of the watch has the role.
fn has(api: &Api, subject: &Subject, role: Role) -> bool {
    api.place(subject.resource(api), role).is_some()
}

/// A watch, the resource it observes, and the harness.
struct Watching<'w> {
    harness: &'w Harness<'w>,
    watch: &'w Resource,
    of: &'w Resource,
}

impl<'w> Watching<'w> {
    fn new(harness: &'w Harness<'w>, subject: &Subject) -> Result<Self, CheckError> {
        let watch = subject.resource(harness.api);
        let of = watch
            .watch
            .as_ref()
            .and_then(|one| harness.api.resource(&one.of));
        let of = of.filter(|one| one.create.is_some());
        let of = of.ok_or_else(|| CheckError::Skip("nothing it watches can be made".to_owned()))?;
        let watching = Self { harness, watch, of };
        reach::reach(&watching)?;
        Ok(watching)
    }

    /// Sets the member of a watch that has a role.
    fn put(&self, body: &mut Map<String, Value>, role: Role, value: Value) {
        let place = self.harness.api.place(self.watch, role).unwrap_or_default();
        match &place[..] {
            [field] => {
                body.insert(field.name.clone(), value);
            }
            [field, member] => {
                let own = body.entry(field.name.clone()).or_insert_with(|| json!({}));
                own[&member.name] = value;
            }
            _ => {}
        }
    }

    fn has(&self, role: Role) -> bool {
        self.harness.api.place(self.watch, role).is_some()
    }

    /// A body that registers a watch with these values.
    fn body(&self, inbox: &Inbox, with: &[(Role, Value)]) -> Map<String, Value> {
        let mut body = Map::new();
        let needs = self.watch.watch.iter().flat_map(|one| &one.needs);
        body.extend(needs.map(|(name, text)| (name.clone(), text.as_str().into())));
        self.put(&mut body, Role::Address, inbox.url.as_str().into());
        for (role, value) in with {
            self.put(&mut body, *role, value.clone());
        }
        body
    }

    /// Registers a watch that sends to `inbox`.
    fn register(&self, inbox: &Inbox, with: &[(Role, Value)]) -> Result<Fixture, CheckError> {
        self.harness.make_with(self.watch, &self.body(inbox, with))
    }

    /// Registers a watch with these values for each method of a change, and gives it others
    /// by it; where each sends to.
    fn changes(
        &self,
        first: &[(Role, Value)],
        then: &[(Role, Value)],
    ) -> Result<Vec<Inbox>, CheckError> {
        let mut body = Map::new();
        for (role, value) in then {
            self.put(&mut body, *role, value.clone());
        }
        self.changes_to(first, &body)
    }

    /// The same with the body of the change.
    fn changes_to(
        &self,
        first: &[(Role, Value)],
        body: &Map<String, Value>,
    ) -> Result<Vec<Inbox>, CheckError> {
        let verbs = self.watch.update.iter().flat_map(|update| &update.verbs);
        let changed = |verb: &Verb| {
            let inbox = self.harness.inbox()?;
            let made = self.register(&inbox, first)?;
            let sent = Value::Object(body.clone());
            let change = self.harness.change_by(self.watch, &made.path, *verb, &sent);
            self.harness.expect(200, &change)?;
            Ok(inbox)
        };
        verbs.map(changed).collect()
    }

    /// The object without scoped members.
    fn shown(&self, made: &Fixture) -> Result<Value, CheckError> {
        let mut shown = self.harness.get(self.of, &made.path)?;
        for field in self.of.fields.iter().filter(|one| one.scope.is_some()) {
            shown.shift_remove(&field.name);
        }
        Ok(Value::Object(shown))
    }

    /// Changes an object and returns its new state.
    fn change(&self, made: &Fixture) -> Result<Value, CheckError> {
        let harness = self.harness;
        let Some(field) =
            crate::subject::independent_field(self.of).filter(|_| self.of.update.is_some())
        else {
            return Err(CheckError::Skip(
                "nothing it watches can be changed".to_owned(),
            ));
        };
        let before = harness.get(self.of, &made.path)?;
        let value = other_value(harness, self.of, field, &before);
        let change = json!({ &field.name: value });
        harness.expect(200, &harness.change(self.of, &made.path, &change)?)?;
        self.shown(made)
    }

    /// Removes an object, if that is documented; returns whether it did.
    fn remove(&self, made: &Fixture) -> Result<bool, CheckError> {
        let Some(delete) = &self.of.delete else {
            return Ok(false);
        };
        self.harness
            .expect(delete.status, &Request::new("DELETE", &made.path))?;
        Ok(true)
    }

    /// Fails unless a notification has this body.
    fn says(&self, notice: &Notice, expected: &Value) -> Result<(), CheckError> {
        match difference(expected, &notice.json()) {
            Some(difference) => {
                let event = &notice.event;
                self.harness
                    .fail(format!("in the body of `{event}`: {difference}"))
            }
            None => Ok(()),
        }
    }

    /// The only notification of an event of an object.
    fn one(&self, inbox: &Inbox, object: &str, event: &str) -> Result<Notice, CheckError> {
        let mut told = self.harness.notified(inbox, object, event)?;
        told.retain(|one| one.event == event);
        let count = told.len();
        match told.pop() {
            Some(one) if count == 1 => Ok(one),
            _ => self
                .harness
                .fail(format!("`{event}` of {object} is told once, got {count}")),
        }
    }
}

/// The first difference of two values, as one line.
fn difference(expected: &Value, found: &Value) -> Option<String> {
    fn at(place: &str, expected: &Value, found: &Value) -> Option<String> {
        let (Value::Object(one), Value::Object(other)) = (expected, found) else {
            let told = || format!("expected {expected} at `{place}`, got {found}");
            return (expected != found).then(told);
        };
        let names = one.keys().chain(other.keys());
        let mut differences = names.filter_map(|name| {
            let place = below(place, name);
            match (one.get(name), other.get(name)) {
                (Some(one), Some(other)) => at(&place, one, other),
                (None, _) => Some(format!("there is a `{place}`")),
                (_, None) => Some(format!("there is no `{place}`")),
            }
        });
        differences.next()
    }
    at("", expected, found)
}
