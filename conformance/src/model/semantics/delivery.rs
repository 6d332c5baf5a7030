//! How notifications are delivered.

use std::time::Duration;

use serde_json::{Value, json};

use crate::model::service::Notification;

/// Delays in milliseconds before the second and later attempts.
const SCHEDULE: [u64; 8] = [20, 50, 100, 200, 400, 400, 400, 400];

/// How notifications are delivered.
pub(crate) trait Delivery {
    /// The queue of a notification. Notifications of one watch about one object share a
    /// queue, so that changes arrive in order.
    fn queue(&self, one: &Notification) -> String {
        format!("{} {}", one.watch, one.object)
    }

    /// The delay after a failed attempt, numbered from 0; `None` when the notification is
    /// given up.
    fn wait(&self, _one: &Notification, attempt: usize) -> Option<Duration> {
        let wait = SCHEDULE.get(attempt)?;
        Some(Duration::from_millis(*wait))
    }

    /// The identifier of a notification that is sent again: unchanged, so that receivers
    /// can detect duplicates.
    fn next_id(&self, one: &Notification) -> String {
        one.id.clone()
    }

    /// The access token that a notification is first sent with: the one issued for its
    /// watch, until it is refused.
    fn access_token(&self, _one: &Notification, given: Option<String>) -> Option<String> {
        given
    }

    /// The refresh token to use from now on: the newly issued one (RFC 6749 section 6).
    fn refresh_token(&self, _one: &Notification, given: Option<&str>) -> Option<String> {
        given.map(str::to_owned)
    }

    /// The value of a header field in the log of requests: hidden if it may prove the
    /// sender.
    fn recorded(&self, _one: &Notification, secret: bool, value: &str) -> Value {
        match secret {
            true => json!("not shown"),
            false => json!(value),
        }
    }
}
