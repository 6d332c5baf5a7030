//! Mutations of how notifications are delivered.

use std::time::Duration;

use serde_json::{Value, json};

use super::MutatedSemantics;
use crate::model::{Delivery, Documented, Notification};
use crate::mutant::mutation::Operator;

impl Delivery for MutatedSemantics {
    fn queue(&self, one: &Notification) -> String {
        let own = Documented.queue(one);
        match self.by_name(&one.resource) {
            Some(Operator::OrderLost) => format!("{own} {}", one.id),
            _ => own,
        }
    }

    fn wait(&self, one: &Notification, attempt: usize) -> Option<Duration> {
        match self.by_name(&one.resource) {
            Some(Operator::RetryMissing) => None,
            _ => Documented.wait(one, attempt),
        }
    }

    fn next_id(&self, one: &Notification) -> String {
        let own = Documented.next_id(one);
        match self.by_name(&one.resource) {
            Some(Operator::RetryRenamed) => format!("{own}0"),
            _ => own,
        }
    }

    fn access_token(&self, one: &Notification, given: Option<String>) -> Option<String> {
        match self.by_name(&one.resource) {
            Some(Operator::BearerAgain) => None,
            _ => Documented.access_token(one, given),
        }
    }

    fn refresh_token(&self, one: &Notification, given: Option<&str>) -> Option<String> {
        match self.by_name(&one.resource) {
            Some(Operator::RefreshKept) => None,
            _ => Documented.refresh_token(one, given),
        }
    }

    fn recorded(&self, one: &Notification, secret: bool, value: &str) -> Value {
        match self.by_name(&one.resource) {
            Some(Operator::RequestSecret) => json!(value),
            _ => Documented.recorded(one, secret, value),
        }
    }
}
