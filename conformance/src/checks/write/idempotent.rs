//! Creates that are sent again under the same `Idempotency-Key`.

use fieldproof_spec::model::{Api, Credentials, Field, IdempotencyKeys, Operation, Resource, Verb};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, ClientTask, Exchange, Harness, Request, Role};
use crate::kind::kind;
use crate::model::path;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, owed};

pub(crate) static CHECK: Check = Check {
    name: "idempotent",
    about: "A create that is sent again with the same Idempotency-Key makes nothing and gets the first answer, one \
            that is still worked on 409; the key with another body is refused with 422, another key makes another \
            object, and so does the same key of another tenant.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let keys = &api.dialect.idempotency_keys;
        let mut subjects = each_operation(api, &[Operation::Create], &[]);
        subjects.retain(|subject| {
            let create = subject.resource(api).create.as_ref();
            create.is_some_and(|create| create.verbs.first() == Some(&Verb::Post))
        });
        owed(keys.row_if(IdempotencyKeys::Honoured), subjects)
    },
    mutants: |api, subject| {
        let resource = subject.resource(api);
        let foreign = has_foreign(api, resource);
        subject.resource_mutations_where(&[
            (true, Operator::IdempotencyIgnored),
            (true, Operator::IdempotencyBlind),
            (foreign, Operator::IdempotencyForeign),
        ])
    },
    run,
};

/// Whether another tenant can make an object, and remove it again.
fn has_foreign(api: &Api, resource: &Resource) -> bool {
    let known = api.credentials != Credentials::None;
    known && resource.parent.is_none() && resource.delete.is_some()
}

/// Clients that send the same create at the same time.
const CLIENTS: usize = 3;

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let above = harness.make_above(resource)?;
    let trial = Trial {
        harness,
        resource,
        collection: crate::harness::collection(resource, &above),
        above,
        status: resource.create.as_ref().map_or(201, |create| create.status),
    };
    let (key, body) = (trial.key(), trial.body());
    let first = trial.made(&trial.keyed(&key, &body))?;
    let again = trial.made(&trial.keyed(&key, &body))?;
    trial.same(&first, &again)?;
    trial.alone(&first)?;

    let other = trial.body();
    if other != body {
        harness.expect(422, &trial.keyed(&key, &other))?;
        trial.alone(&first)?;
    }
    trial.another(&first, &trial.keyed(&trial.key(), &other))?;
    let known = harness.token(Role::OtherTenant).is_some();
    if known && has_foreign(harness.api, resource) {
        trial.foreign(&first, &trial.keyed(&key, &body))?;
    }
    match harness.is_limited(resource) {
        // A conflict says nothing where few values are left.
        true => Ok(()),
        false => trial.at_once(),
    }
}

/// The creates of one resource.
struct Trial<'h, 'a> {
    harness: &'h Harness<'a>,
    resource: &'h Resource,
    above: Vec<String>,
    collection: String,
    status: u16,
}

impl Trial<'_, '_> {
    /// A key that was never sent.
    fn key(&self) -> String {
        let (word, nonce) = (self.harness.word(), self.harness.nonce());
        format!("{word}-{nonce}-{}", self.harness.number())
    }

    /// A body, with a text of its own if the resource has one.
    fn body(&self) -> Value {
        let own = self.marker().map(|field| {
            let text = self.harness.fresh_for(field, &Map::new());
            (field.name.clone(), text)
        });
        let body = self
            .harness
            .small_body(self.resource, &own.into_iter().collect());
        Value::Object(body)
    }

    /// A member by whose text an object can be told from all others.
    fn marker(&self) -> Option<&Field> {
        let mut fields = self.resource.fields.iter();
        fields.find(|field| {
            let free = kind(&field.ty).free().is_some() && !field.list;
            free && field.on_create() && field.is_shown() && field.scope.is_none()
        })
    }

    fn keyed(&self, key: &str, body: &Value) -> Request {
        let create = self.harness.create(self.resource, &self.collection);
        create.json(body).header("idempotency-key", key)
    }

    /// Sends a create that is to be made.
    fn made(&self, create: &Request) -> Result<Exchange, CheckError> {
        let exchange = self.harness.send(create)?;
        self.harness.has_room(&exchange)?;
        self.harness.ensure(exchange.status == self.status, || {
            format!("a create with a key is made, got {}", exchange.status)
        })?;
        Ok(exchange)
    }

    /// Judges that an answer is the first one again.
    fn same(&self, first: &Exchange, again: &Exchange) -> Result<(), CheckError> {
        let (one, other) = (first.json(), again.json());
        self.harness.ensure(one == other, || {
            format!("a repeated create gets the first answer {one}, got {other}")
        })?;
        for name in ["location", "etag"] {
            let (one, other) = (first.header(name), again.header(name));
            self.harness.ensure(one == other, || {
                format!("a repeated create gets the `{name}` {one:?} of the first, got {other:?}")
            })?;
        }
        Ok(())
    }

    /// Judges that nothing was made beside the first object.
    fn alone(&self, first: &Exchange) -> Result<(), CheckError> {
        let (Some(marker), true) = (self.marker(), self.resource.list.is_some()) else {
            return Ok(());
        };
        let shown = first.json();
        let all = self.harness.all(self.resource, &self.collection, "")?;
        let twins = all
            .iter()
            .filter(|one| one[&marker.name] == shown[&marker.name]);
        let count = twins.count();
        self.harness.ensure(count == 1, || {
            format!("a repeated create makes nothing, and the list shows {count} objects of it")
        })
    }

    /// Judges that another tenant's create makes an object of its own, and removes it.
    fn foreign(&self, first: &Exchange, create: &Request) -> Result<(), CheckError> {
        let made = self.made(&create.clone().by(Role::OtherTenant))?;
        if let Some(path) = self.path(&made) {
            let remove = Request::new("DELETE", &path).by(Role::OtherTenant);
            self.harness.send(&remove)?;
        }
        self.differ(first, &made)
    }

    /// The path of an object that was made.
    fn path(&self, made: &Exchange) -> Option<String> {
        let mut ids = self.above.clone();
        ids.push(self.resource.id_of(&made.json())?);
        Some(path(self.resource, &ids))
    }

    /// Judges that a request makes an object of its own.
    fn another(&self, first: &Exchange, create: &Request) -> Result<(), CheckError> {
        self.differ(first, &self.made(create)?)
    }

    fn differ(&self, first: &Exchange, made: &Exchange) -> Result<(), CheckError> {
        let ids = [first, made].map(|one| self.resource.id_of(&one.json()));
        self.harness.ensure(ids[0] != ids[1], || {
            format!(
                "a create that was not sent before makes an object, got {:?} again",
                ids[0]
            )
        })
    }

    /// The same create by several clients at the same time makes one object.
    fn at_once(&self) -> Result<(), CheckError> {
        let create = self.keyed(&self.key(), &self.body());
        let client = |_| -> ClientTask<'_, Exchange> {
            let create = create.clone();
            Box::new(move |wire| wire.send(&create))
        };
        let clients = (0..CLIENTS).map(client).collect();
        let seen = self.harness.side_by_side(clients);
        let seen = seen.map_err(CheckError::Unreachable)?;
        let mut made = Vec::new();
        for exchange in &seen {
            self.harness.note(exchange);
            self.harness.has_room(exchange)?;
            match exchange.status {
                409 => {}
                status if status == self.status => {
                    if let Some(path) = self.path(exchange) {
                        self.harness.remember(&path);
                    }
                    made.push(exchange);
                }
                status => {
                    return self.harness.fail(format!(
                        "a create that is sent several times at once is made or refused with \
                         409, got {status}"
                    ));
                }
            }
        }
        let Some((first, others)) = made.split_first() else {
            return self.harness.fail("one of several equal creates is made");
        };
        others.iter().try_for_each(|one| self.same(first, one))?;
        self.alone(first)
    }
}
