//! Watches: what they watch, and what notifications look like.

use super::super::{Notification, NotificationEnvelope, Payload, Said, Signature, Watch};
use super::Input;
use crate::syntax::{self, Event, PayloadKind, Role, SignatureScheme};

/// The member with the object before the change, where nothing calls it otherwise.
const PREVIOUS: &str = "previousData";

impl Input<'_> {
    pub(super) fn watch(&self, name: &str, resource: &syntax::Resource) -> Option<Watch> {
        let watch = resource.watch.as_ref()?;
        Some(Watch {
            of: watch.of.clone(),
            keys: watch.keys.clone(),
            needs: watch.needs.clone(),
            notification: self.notification(name, resource, &watch.notification),
        })
    }

    fn notification(
        &self,
        name: &str,
        resource: &syntax::Resource,
        own: &syntax::Notification,
    ) -> Notification {
        let signature = self.signature(name, own.signature.as_ref());
        let events = Event::ALL.map(|event| (event, self.event(name, own, event)));
        let signs = !self.spec.with_role(resource, Role::Keys).is_empty();
        let standard = signs && signature.value == Signature::StandardWebhooks;
        // Who verifies by Standard Webhooks needs these two.
        let signed = |house: &str| Said {
            value: standard.then(|| house.to_owned()),
            row: signature.row.clone(),
        };
        let headers = |of: fn(&syntax::NotificationHeaders) -> &Option<String>, house: &str| {
            let Some(own) = &own.headers else {
                return Said {
                    value: Some(house.to_owned()),
                    row: self.adopted(),
                };
            };
            let path = notification(name, "headers");
            Said {
                value: of(own).as_ref().map(|one| one.to_ascii_lowercase()),
                row: Some(self.row(&path, &own.at, &own.ruling)),
            }
        };
        let or_signed = |said: Said<Option<String>>, house: &str| match &said.value {
            None if standard => signed(house),
            _ => said,
        };
        let (id, timestamp) = ("webhook-id", "webhook-timestamp");
        Notification {
            payload: self.payload(name, own.payload.as_ref()),
            event_in: headers(|own| &own.event, "x-watch-event"),
            object_in: headers(|own| &own.object, "x-watch-resource-id"),
            id_in: or_signed(headers(|own| &own.id, id), id),
            timestamp_in: or_signed(headers(|own| &own.timestamp, timestamp), timestamp),
            events: events.into_iter().collect(),
            signature,
        }
    }

    fn payload(&self, name: &str, own: Option<&syntax::Payload>) -> Said<Payload> {
        let Some(own) = own else {
            return Said {
                value: Payload::Object(PREVIOUS.to_owned()),
                row: self.adopted(),
            };
        };
        let time = own.time.clone();
        let value = match own.is {
            PayloadKind::Object => {
                let previous = own.previous.as_deref().unwrap_or(PREVIOUS);
                Payload::Object(previous.to_owned())
            }
            PayloadKind::Envelope => Payload::Envelope(NotificationEnvelope {
                id: own.id.clone(),
                event: own.event.clone(),
                time: time.map(|time| (time, own.form.unwrap_or_default())),
                object: own.object.clone().unwrap_or_default(),
                previous: own.previous.clone(),
            }),
        };
        Said {
            value,
            row: Some(self.row(&notification(name, "payload"), &own.at, &own.ruling)),
        }
    }

    fn signature(&self, name: &str, own: Option<&syntax::Signature>) -> Said<Signature> {
        let Some(own) = own else {
            return Said {
                value: Signature::StandardWebhooks,
                row: self.adopted(),
            };
        };
        let header = own.header.as_deref().unwrap_or_default();
        let header = header.to_ascii_lowercase();
        let value = match own.is {
            SignatureScheme::StandardWebhooks => Signature::StandardWebhooks,
            SignatureScheme::HexHmac => Signature::HexHmac {
                header,
                prefix: own.prefix.clone().unwrap_or_default(),
            },
            SignatureScheme::Timestamped => Signature::Timestamped { header },
        };
        Said {
            value,
            row: Some(self.row(&notification(name, "signature"), &own.at, &own.ruling)),
        }
    }

    fn event(&self, name: &str, own: &syntax::Notification, event: Event) -> Said<String> {
        let row = own.events.as_ref();
        match row.and_then(|own| Some((own, own.are.get(&event)?))) {
            Some((own, text)) => Said {
                value: text.clone(),
                row: Some(self.row(&notification(name, "events"), &own.at, &own.ruling)),
            },
            None => Said {
                value: event.word().to_owned(),
                row: self.adopted(),
            },
        }
    }
}

/// The path of a point.
fn notification<'p>(name: &'p str, point: &'p str) -> [&'p str; 5] {
    ["resources", name, "watch", "notification", point]
}
