//! Notifications as receivers get them.

use fieldproof_spec::model::{Api, Event, Field, Notification, Payload, Resource, Role, Watch};
use heck::ToLowerCamelCase;
use serde_json::{Map, Value, json};

use super::super::answer::content;
use super::envelope::envelope;
use super::header::headers;
use super::watches;
use crate::kind::kind;
use crate::shape::reference;

/// The notifications by name: changes and pings.
pub(in crate::document) fn webhooks(api: &Api) -> Map<String, Value> {
    let mut all = Map::new();
    for (resource, watch) in watches(api) {
        let told = |events: &'static [Event], about: String, name| Told {
            api,
            resource,
            watch,
            events,
            about,
            name,
        };
        let about = format!(
            "A change of `{}` is told to whoever registered a `{}`.",
            watch.of, resource.name
        );
        let changed = told(&Event::CHANGES, about, "notify");
        all.insert(
            format!("{}-change", resource.name).to_lower_camel_case(),
            changed.item(reference(&watch.of)),
        );
        let about = "Asked for by the owner of the watch, to see whether it works.";
        let ping = told(&[Event::Ping], about.to_owned(), "notify-ping");
        let body = json!({
            "type": "object",
            "required": ["id", "event"],
            "properties": {
                "id": { "type": "string", "description": "The watch." },
                "event": { "const": watch.notification.name(Event::Ping) },
            },
        });
        all.insert(
            format!("{}-ping", resource.name).to_lower_camel_case(),
            ping.item(body),
        );
    }
    all
}

/// Notifications of some events.
struct Told<'a> {
    api: &'a Api,
    resource: &'a Resource,
    watch: &'a Watch,
    events: &'static [Event],
    about: String,
    name: &'a str,
}

impl Told<'_> {
    fn notification(&self) -> &Notification {
        &self.watch.notification
    }

    /// What the events are called.
    fn names(&self) -> Vec<&str> {
        let names = self.events.iter();
        names
            .map(|event| self.notification().name(*event))
            .collect()
    }

    /// One notification about `object`, with each method that a watch can choose.
    fn item(&self, object: Value) -> Value {
        let Self { api, resource, .. } = self;
        let body = self.body(object);
        let method = member(api, resource, Role::Method);
        let values = method.and_then(|(_, field)| kind(&field.ty).values());
        let methods = values.map_or_else(|| vec!["POST".to_owned()], <[String]>::to_vec);
        let shaped = member(api, resource, Role::Template).map(|(path, _)| path);
        let signed = member(api, resource, Role::Signed).map(|(path, _)| path);
        let whole = match self.notification().payload.value {
            Payload::Object(_) => "this one",
            Payload::Envelope(_) => "the object, with the one before as its `previousData`",
        };
        let shaped = shaped
            .map(|path| format!("With `{path}` set, the body is what that makes of {whole}."));
        let one = |method: &String| {
            let method = method.to_lowercase();
            let id = format!("{}-{}-by-{method}", self.name, resource.name);
            let mut operation = json!({
                "operationId": id.to_lower_camel_case(),
                "tags": [resource.name],
                "summary": self.about,
                "security": [],
                "parameters": headers(self.notification(), &self.names(), signed.as_deref()),
                "responses": {
                    "2XX": { "description": "It is taken." },
                    "410": { "description": "The receiver wants nothing any more: the watch is disabled." },
                    "default": { "description": "It is sent again later, as often as the server's schedule says." },
                },
            });
            // A `DELETE` has no body; its header fields name the object.
            if method != "delete" {
                operation["requestBody"] =
                    json!({ "description": shaped, "content": content(&body) });
            }
            (method, operation)
        };
        Value::Object(methods.iter().map(one).collect())
    }

    /// The object before the change.
    fn previous(&self) -> Value {
        match self.events {
            [Event::Ping] => json!({ "type": "null" }),
            _ => {
                json!({ "anyOf": [reference(&self.watch.of), { "type": "null" }], "description": "The object before the change, when the watch asks for it; `null` for a new one, the last version of a removed one." })
            }
        }
    }

    /// What is sent about `object`.
    fn body(&self, mut object: Value) -> Value {
        let asks = member(self.api, self.resource, Role::Previous).is_some();
        match &self.notification().payload.value {
            Payload::Envelope(one) => envelope(one, &self.names(), object, (self.previous(), asks)),
            Payload::Object(_) if !asks => object,
            Payload::Object(name) if self.events == [Event::Ping] => {
                object["properties"][name] = self.previous();
                object
            }
            Payload::Object(name) => {
                let before = json!({ name: self.previous() });
                json!({ "allOf": [object, { "type": "object", "properties": before }] })
            }
        }
    }
}

/// The member of a watch with a role, and its path in text form.
fn member<'a>(api: &'a Api, resource: &'a Resource, role: Role) -> Option<(String, &'a Field)> {
    let place = api.place(resource, role)?;
    let names: Vec<&str> = place.iter().map(|field| field.name.as_str()).collect();
    Some((names.join("."), place.last()?))
}
