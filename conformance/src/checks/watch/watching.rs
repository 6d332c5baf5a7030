//! A watch, the resource it observes, and its notifications.

use fieldproof_spec::model::{Event, Resource, Role, Verb};
use serde_json::{Map, Value, json};

use super::difference::difference;
use super::reach;
use super::reading::{Notice, Reading};
use crate::harness::{CheckError, Fixture, Harness, Inbox, Request};
use crate::kind::kind;
use crate::model;
use crate::subject::Subject;
use crate::support::other_value;

/// A watch, the resource it observes, the harness, and how its notifications are read.
pub(super) struct Watching<'w> {
    pub(super) harness: &'w Harness<'w>,
    pub(super) watch: &'w Resource,
    pub(super) of: &'w Resource,
    pub(super) reading: Reading<'w>,
}

impl<'w> Watching<'w> {
    pub(super) fn new(harness: &'w Harness<'w>, subject: &Subject) -> Result<Self, CheckError> {
        let watch = subject.resource(harness.api);
        let own = watch.watch.as_ref();
        let of = own.and_then(|one| Some((harness.api.resource(&one.of)?, one)));
        let of = of.filter(|(of, _)| of.create.is_some());
        let nothing = || CheckError::Skip("nothing it watches can be made".to_owned());
        let (of, own) = of.ok_or_else(nothing)?;
        let reading = Reading {
            look: &own.notification,
            id: &of.id,
        };
        let watching = Self {
            harness,
            watch,
            of,
            reading,
        };
        reach::reach(&watching)?;
        Ok(watching)
    }

    /// Sets the member of a watch that has a role.
    pub(super) fn put(&self, body: &mut Map<String, Value>, role: Role, value: Value) {
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

    pub(super) fn has(&self, role: Role) -> bool {
        self.harness.api.place(self.watch, role).is_some()
    }

    /// A body that registers a watch with these values.
    pub(super) fn body(&self, inbox: &Inbox, with: &[(Role, Value)]) -> Map<String, Value> {
        let mut body = Map::new();
        let needs = self.watch.watch.iter().flat_map(|one| &one.needs);
        body.extend(needs.map(|(name, text)| (name.clone(), text.as_str().into())));
        self.put(&mut body, Role::Address, inbox.url.as_str().into());
        self.put_every_event(&mut body);
        for (role, value) in with {
            self.put(&mut body, *role, value.clone());
        }
        body
    }

    /// Asks for every event where a watch that names none is told of some only.
    fn put_every_event(&self, body: &mut Map<String, Value>) {
        let place = self.harness.api.place(self.watch, Role::Events);
        let Some(field) = place.and_then(|place| place.last().copied()) else {
            return;
        };
        let told = field.initial();
        let told = told.as_array().map(Vec::as_slice).unwrap_or_default();
        let all = kind(&field.ty).closed().unwrap_or_default();
        let all: Vec<Value> = all.into_iter().map(Value::from).collect();
        if !told.is_empty() && all.iter().any(|event| !told.contains(event)) {
            self.put(body, Role::Events, all.into());
        }
    }

    /// Registers a watch that sends to `inbox`.
    pub(super) fn register(
        &self,
        inbox: &Inbox,
        with: &[(Role, Value)],
    ) -> Result<Fixture, CheckError> {
        self.harness.make_with(self.watch, &self.body(inbox, with))
    }

    /// Registers a watch with these values for each method of a change, and gives it others
    /// by it; where each sends to.
    pub(super) fn changes(
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
    pub(super) fn changes_to(
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
    pub(super) fn shown(&self, made: &Fixture) -> Result<Value, CheckError> {
        let mut shown = self.harness.get(self.of, &made.path)?;
        for field in self.of.fields.iter().filter(|one| one.scope.is_some()) {
            shown.shift_remove(&field.name);
        }
        Ok(Value::Object(shown))
    }

    /// Changes an object and returns its new state.
    pub(super) fn change(&self, made: &Fixture) -> Result<Value, CheckError> {
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
    pub(super) fn remove(&self, made: &Fixture) -> Result<bool, CheckError> {
        let Some(delete) = &self.of.delete else {
            return Ok(false);
        };
        self.harness
            .expect(delete.status, &Request::new("DELETE", &made.path))?;
        Ok(true)
    }

    /// Fails unless a notification carries this object. If the spec does not say where the
    /// object is, nothing is checked.
    pub(super) fn says(&self, notice: &Notice, expected: &Value) -> Result<(), CheckError> {
        if self.reading.look.payload.said().is_none() {
            return Ok(());
        }
        let objects = self.reading.objects(&notice.json());
        let found = objects.iter().find_map(|found| difference(expected, found));
        found.map_or(Ok(()), |difference| {
            let event = &notice.event;
            self.harness
                .fail(format!("in the body of `{event}`: {difference}"))
        })
    }

    /// The reason to skip a check that has to recognise an event.
    pub(super) fn unnamed(event: Event) -> CheckError {
        let event = event.word();
        CheckError::Skip(format!(
            "nothing says how notifications tell that an object was {event}"
        ))
    }

    /// Waits for a notification of an event of an object; returns all notifications of this
    /// object so far, without repetitions.
    ///
    /// # Errors
    /// It does not arrive in time, or the spec does not say how to recognise the event.
    pub(super) fn notified(
        &self,
        inbox: &Inbox,
        object: &str,
        event: Event,
    ) -> Result<Vec<Notice>, CheckError> {
        let (harness, reading) = (self.harness, &self.reading);
        if event != Event::Created && !reading.names(event) {
            return Err(Self::unnamed(event));
        }
        let about = |one: &model::Request| reading.is_about(one, object);
        let fits = |one: &model::Request| about(one) && reading.tells(one, event);
        if !inbox.wait(harness.patience(), |taken| taken.iter().any(fits)) {
            let name = reading.look.name(event);
            return harness.fail(format!(
                "`{name}` of {object} is not sent to {}; may the service send there?",
                inbox.url
            ));
        }
        Ok(self.so_far(inbox, object))
    }

    /// Waits for `count` notifications of an object; returns those that arrived, without
    /// repetitions.
    pub(super) fn in_all(&self, inbox: &Inbox, object: &str, count: usize) -> Vec<Notice> {
        inbox.wait(self.harness.patience(), |taken| {
            self.reading.once(taken, object).len() >= count
        });
        self.so_far(inbox, object)
    }

    /// The notifications of an object that arrived so far, without repetitions.
    pub(super) fn so_far(&self, inbox: &Inbox, object: &str) -> Vec<Notice> {
        self.reading.once(&inbox.taken(), object)
    }

    /// The only notification of an event of an object.
    pub(super) fn one(
        &self,
        inbox: &Inbox,
        object: &str,
        event: Event,
    ) -> Result<Notice, CheckError> {
        let mut told = self.notified(inbox, object, event)?;
        told.retain(|one| self.reading.tells(&one.request, event));
        let count = told.len();
        let known = self.reading.names(event);
        match told.into_iter().next() {
            Some(one) if count == 1 || !known => Ok(one),
            _ => {
                let name = self.reading.look.name(event);
                self.harness
                    .fail(format!("`{name}` of {object} is told once, got {count}"))
            }
        }
    }
}
