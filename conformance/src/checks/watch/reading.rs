//! Reads notifications of a watch as the spec describes them. What the spec does not
//! describe is searched for, and not judged.

use fieldproof_spec::model::{Event, Notification, Payload, Said};
use serde_json::Value;

use crate::model::Request;

/// A received notification.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    /// The name of the event; empty if it is unknown.
    pub(super) event: String,
    /// The identifier of the notification, equal for all attempts; empty if it is unknown.
    pub(super) id: String,
    /// The request that delivered it.
    pub(super) request: Request,
}

impl Notice {
    /// A header field.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.request.headers.get(name).map(String::as_str)
    }

    /// The body as JSON.
    pub(super) fn json(&self) -> Value {
        json(&self.request)
    }
}

/// Knows where notifications of a watch have which data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'w> {
    pub(super) look: &'w Notification,
    /// The member with the identifier of the observed resource.
    pub(super) id: &'w str,
}

impl Reading<'_> {
    /// Reads a notification from a request.
    pub(super) fn notice(&self, request: &Request) -> Notice {
        Notice {
            event: self.event(request).unwrap_or_default(),
            id: self.delivery(request).unwrap_or_default(),
            request: request.clone(),
        }
    }

    /// The name of an event, if the spec or a convention defines it.
    pub(super) fn name(&self, event: Event) -> Option<&str> {
        self.look.names(event).then(|| self.look.name(event))
    }

    /// Whether notifications of an event can be recognised.
    pub(super) fn names(&self, event: Event) -> bool {
        let envelope = self.look.envelope();
        let member = envelope.is_some_and(|one| one.event.is_some());
        self.name(event).is_some() && (member || said_header(&self.look.event_in).is_some())
    }

    /// Whether a repetition can be told from another notification.
    pub(super) fn identifies(&self) -> bool {
        let envelope = self.look.envelope();
        let member = envelope.is_some_and(|one| one.id.is_some());
        member || said_header(&self.look.id_in).is_some()
    }

    /// Whether a request can be of an event: it names no other one.
    pub(super) fn may_tell(&self, request: &Request, event: Event) -> bool {
        let (told, name) = (self.event(request), self.name(event));
        told.is_none_or(|told| name.is_none_or(|name| told == name))
    }

    /// Whether a request is of an event. An unknown event counts as a creation, which comes
    /// first.
    pub(super) fn tells(&self, request: &Request, event: Event) -> bool {
        match self.event(request) {
            Some(told) if self.name(event).is_some() => self.name(event) == Some(&told),
            _ => event == Event::Created,
        }
    }

    /// Whether a request is about the object or watch with this identifier.
    pub(super) fn is_about(&self, request: &Request, object: &str) -> bool {
        if let Some(name) = said_header(&self.look.object_in) {
            return request.headers.get(name).is_some_and(|own| own == object);
        }
        let body = json(request);
        match self.object(&body) {
            Some(shown) => {
                let id = shown.get(self.id).or_else(|| shown.get("id"));
                id.is_some_and(|id| is_text(id, object))
            }
            None => {
                let mut headers = request.headers.values();
                headers.any(|own| own == object) || stands_in(&body, object)
            }
        }
    }

    /// The object in a body, if the spec says where it is and it is there.
    fn object<'b>(&self, body: &'b Value) -> Option<&'b Value> {
        let object = match self.look.payload.said()? {
            Payload::Object(_) => body,
            Payload::Envelope(envelope) => body.get(&envelope.object)?,
        };
        // What a template makes is something else.
        let known = object.get(self.id).or_else(|| object.get("id"));
        known.map(|_| object)
    }

    /// Candidates for the object in a body: the value at its documented place, otherwise the
    /// body and each of its members.
    pub(super) fn objects(&self, body: &Value) -> Vec<Value> {
        match self.look.payload.said() {
            Some(Payload::Object(_)) => vec![body.clone()],
            Some(Payload::Envelope(envelope)) => vec![body[&envelope.object].clone()],
            None => {
                let members = body.as_object().into_iter().flatten();
                let members = members.map(|(_, value)| value);
                [body].into_iter().chain(members).cloned().collect()
            }
        }
    }

    /// The name of the event of a request, if the spec says where it is.
    fn event(&self, request: &Request) -> Option<String> {
        let envelope = self.look.envelope();
        let member = envelope.and_then(|one| one.event.as_deref());
        self.text(request, said_header(&self.look.event_in), member)
    }

    /// The identifier of the notification, if the spec says where it is.
    pub(super) fn delivery(&self, request: &Request) -> Option<String> {
        let envelope = self.look.envelope();
        let member = envelope.and_then(|one| one.id.as_deref());
        self.text(request, said_header(&self.look.id_in), member)
    }

    /// The text of a header field or of a member of the envelope; empty if it is missing
    /// there.
    fn text(
        &self,
        request: &Request,
        header: Option<&str>,
        member: Option<&str>,
    ) -> Option<String> {
        if let Some(name) = header {
            return Some(request.headers.get(name).cloned().unwrap_or_default());
        }
        let body = json(request);
        self.object(&body)?;
        Some(body[member?].as_str().unwrap_or_default().to_owned())
    }

    /// The notifications of an object, without repetitions where these can be
    /// told.
    pub(super) fn once(&self, all: &[Request], object: &str) -> Vec<Notice> {
        let own = all.iter().filter(|one| self.is_about(one, object));
        let mut own: Vec<Notice> = own.map(|one| self.notice(one)).collect();
        let mut seen = Vec::new();
        own.retain(|one| {
            let new = one.id.is_empty() || !seen.contains(&one.id);
            seen.push(one.id.clone());
            new
        });
        own
    }
}

/// The name of a header field, if the spec or a convention defines it.
pub(super) fn said_header(said: &Said<Option<String>>) -> Option<&str> {
    said.said()?.as_deref()
}

fn json(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap_or_default()
}

/// Whether a value is an identifier, as text or as a number.
fn is_text(value: &Value, text: &str) -> bool {
    match value {
        Value::String(own) => own == text,
        other => other
            .as_u64()
            .is_some_and(|number| text.parse() == Ok(number)),
    }
}

/// Whether a value contains an identifier at any depth.
fn stands_in(value: &Value, text: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|one| stands_in(one, text)),
        Value::Object(members) => members.values().any(|one| stands_in(one, text)),
        one => is_text(one, text),
    }
}
