//! Mutations of notifications and of how they are sent.

use std::sync::PoisonError;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::{Event, MomentForm, Payload, Signature};
use serde_json::{Map, Value, json};

use super::MutatedFront;
use crate::mock::{Headers, SENDER, USER_AGENT};
use crate::model::{Notification, hex_hmac, signature};
use crate::mutant::mutation::Operator;

impl MutatedFront {
    /// The notifications to send, from those that wait.
    pub(super) fn other_notifications(&self, waiting: Vec<Notification>) -> Vec<Notification> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = waiting;
        all.retain(|one| {
            let first = sent.insert(one.id.clone());
            match self.of(one) {
                Some(Operator::PingMissing) => one.what != Event::Ping,
                Some(Operator::RedeliverMissing) => first,
                _ => true,
            }
        });
        for one in &mut all {
            if let Some(operator) = self.of(one) {
                reshaped(operator, one);
            }
        }
        all
    }

    /// The header fields of a notification.
    pub(super) fn other_headers(&self, one: &Notification, mut headers: Headers) -> Headers {
        let is = |field: &(String, String), name: &str| field.0.eq_ignore_ascii_case(name);
        let look = &one.look;
        let signed_in = look.signature.value.header();
        let without = match self.of(one) {
            Some(Operator::NoticeUnnamed) => look.event_in.value.as_deref(),
            Some(Operator::NoticeUnaddressed) => look.object_in.value.as_deref(),
            Some(Operator::NoticeUnnumbered) => look.id_in.value.as_deref(),
            Some(Operator::NoticeUndated) => look.timestamp_in.value.as_deref(),
            Some(Operator::SignatureMissing) => Some(signed_in),
            _ => None,
        };
        headers.retain(|field| without.is_none_or(|name| !is(field, name)));
        match self.of(one) {
            Some(Operator::SenderMissing) => {
                headers.retain(|field| !is(field, USER_AGENT) || field.1 != SENDER);
            }
            Some(Operator::SenderKept) => {
                headers.retain(|field| !is(field, USER_AGENT));
                headers.push((USER_AGENT.to_owned(), SENDER.to_owned()));
            }
            Some(Operator::BearerMissing) => {
                let token = |field: &(String, String)| field.1.starts_with("Bearer ");
                headers.retain(|field| !is(field, "authorization") || !token(field));
            }
            Some(operator) => {
                let signed = headers.iter_mut().filter(|(name, _)| name == signed_in);
                signed.for_each(|(_, text)| *text = resigned(operator, one, text));
            }
            None => {}
        }
        headers
    }
}

/// Another signature than `text`, or the same.
fn resigned(operator: Operator, one: &Notification, text: &str) -> String {
    let body = one.body.as_deref().unwrap_or_default();
    let scheme = &one.look.signature.value;
    match (operator, scheme) {
        (Operator::SignatureOfBody, Signature::StandardWebhooks) => {
            signature(scheme, &one.keys, "", 0, body)
        }
        (Operator::SignatureOfBody, _) => {
            let moment = text.split(',').next().unwrap_or_default();
            format!("{moment},{}", hex_hmac(&one.keys, "v1=", body))
        }
        (Operator::SignatureStale, _) => signature(scheme, &one.keys, &one.id, 1, body),
        (Operator::SignatureOtherwise, _) => STANDARD.encode(text),
        (Operator::SignatureOfFirst, Signature::StandardWebhooks) => {
            text.split(' ').next().unwrap_or_default().to_owned()
        }
        (Operator::SignatureOfFirst, Signature::HexHmac { .. }) => {
            text.split(',').next().unwrap_or_default().to_owned()
        }
        (Operator::SignatureOfFirst, Signature::Timestamped { .. }) => {
            text.split(',').take(2).collect::<Vec<_>>().join(",")
        }
        _ => text.to_owned(),
    }
}

/// Gives a notification another shape.
fn reshaped(operator: Operator, one: &mut Notification) {
    if operator == Operator::NoticeMisnamed {
        one.event = format!("{}-too", one.event);
    }
    let Payload::Envelope(envelope) = &one.look.payload.value else {
        return;
    };
    let body = one.body.as_deref().map(serde_json::from_str);
    let Some(Ok(mut body)) = body as Option<Result<Map<String, Value>, _>> else {
        return;
    };
    let mut put = |name: &Option<String>, value: Value| {
        body.extend(name.iter().map(|name| (name.clone(), value.clone())));
    };
    match (operator, &envelope.time) {
        (Operator::NoticeMisnamed, _) => put(&envelope.event, json!(one.event)),
        (Operator::NoticeNumbered, _) => put(&envelope.id, json!("the same")),
        (Operator::NoticeUntimed, Some((name, form))) => {
            let past = match form {
                MomentForm::MillisZ => json!("1970-01-01T00:00:00.000Z"),
                MomentForm::SecondsZ => json!("1970-01-01T00:00:00Z"),
                MomentForm::Unix => json!(0),
            };
            put(&Some(name.clone()), past);
        }
        (Operator::NoticeTimeForm, Some((name, form))) => {
            let now = jiff::Timestamp::now();
            let other = match form {
                MomentForm::Unix => json!(now.to_string()),
                MomentForm::MillisZ | MomentForm::SecondsZ => json!(now.as_second()),
            };
            put(&Some(name.clone()), other);
        }
        (Operator::NoticeBare, _) => {
            let object = body.remove(&envelope.object);
            one.body = object.map(|object| object.to_string());
            return;
        }
        _ => {}
    }
    one.body = Some(Value::Object(body).to_string());
}
