//! How notifications are delivered.

use std::time::Duration;

use serde_json::{Value, json};

use crate::model::service::Notification;

/// Waits in milliseconds before the attempts after the first one.
const SCHEDULE: [u64; 8] = [20, 50, 100, 200, 400, 400, 400, 400];

/// How notifications are delivered.
pub(crate) trait Delivery {
    /// What a notification waits for: the earlier ones of its watch about the same
    /// object, so that changes arrive in their order.
    fn queue(&self, one: &Notification) -> String {
        format!("{} {}", one.watch, one.object)
    }

    /// How long to wait after the failed attempt of this number, from 0; nothing when the
    /// notification is given up.
    fn wait(&self, _one: &Notification, attempt: usize) -> Option<Duration> {
        let wait = SCHEDULE.get(attempt)?;
        Some(Duration::from_millis(*wait))
    }

    /// The identifier that a notification is sent with once more: its own, so that
    /// whoever got it already can tell.
    fn next_id(&self, one: &Notification) -> String {
        one.id.clone()
    }

    /// The access token that a notification is sent with, before another one is asked
    /// for: the one that was given for its watch, until it is refused.
    fn access_token(&self, _one: &Notification, given: Option<String>) -> Option<String> {
        given
    }

    /// The refresh token that counts from now on: the one that came in place of another
    /// (RFC 6749 section 6).
    fn refresh_token(&self, _one: &Notification, given: Option<&str>) -> Option<String> {
        given.map(str::to_owned)
    }

    /// What the record shows of a header field: its value, unless it may prove who sends.
    fn recorded(&self, _one: &Notification, secret: bool, value: &str) -> Value {
        match secret {
            true => json!("not shown"),
            false => json!(value),
        }
    }
}
