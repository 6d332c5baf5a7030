//! Mutations of notifications and of how they are sent.

use std::sync::PoisonError;

use super::MutatedFront;
use crate::mock::{Headers, SENDER, USER_AGENT};
use crate::model::{Notification, signature};
use crate::mutant::mutation::Operator;

impl MutatedFront {
    /// The notifications to send, from those that wait.
    pub(super) fn other_notifications(&self, waiting: Vec<Notification>) -> Vec<Notification> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = waiting;
        all.retain(|one| {
            let first = sent.insert(one.id.clone());
            match self.of(one) {
                Some(Operator::PingMissing) => one.event != "ping",
                Some(Operator::RedeliverMissing) => first,
                _ => true,
            }
        });
        all
    }

    /// The header fields of a notification.
    pub(super) fn other_headers(&self, one: &Notification, mut headers: Headers) -> Headers {
        let is = |field: &(String, String), name: &str| field.0.eq_ignore_ascii_case(name);
        let body = one.body.as_deref().unwrap_or_default();
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
            Some(Operator::SignatureMissing) => {
                headers.retain(|field| !is(field, SIGNATURE));
            }
            Some(Operator::SignatureOfBody) => with(&mut headers, SIGNATURE, |_| {
                signature(&one.keys, "", 0, body)
            }),
            Some(Operator::SignatureOfFirst) => with(&mut headers, SIGNATURE, |all| {
                all.split(' ').next().unwrap_or_default().to_owned()
            }),
            _ => {}
        }
        headers
    }
}

/// The header field with the signatures.
const SIGNATURE: &str = "webhook-signature";

fn with(headers: &mut Headers, name: &str, apply: impl Fn(&str) -> String) {
    for (_, value) in headers.iter_mut().filter(|(own, _)| own == name) {
        *value = apply(value);
    }
}
