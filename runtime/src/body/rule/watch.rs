//! Rules for members of a watch that deliveries depend on.

use serde_json::Value;

use super::{Rule, Text};
use crate::body::Reading;

/// A user name for HTTP Basic (RFC 7617 section 2), which must not contain a colon: the
/// password follows the first one.
#[derive(Debug, Clone, Copy)]
pub struct Username<R>(pub R);

impl<R: Rule<Value = String>> Rule for Username<R> {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = self.0.read(value, pointer, reading)?;
        if text.contains(|c: char| c == ':' || c.is_ascii_control()) {
            let detail = "must have no colon and no control character";
            reading.refuse(pointer, "format", detail);
            return None;
        }
        Some(text)
    }
}

/// An address whose literal host the delivery guard allows; host names are checked when they
/// are resolved.
#[derive(Debug, Clone, Copy)]
pub struct Reachable<R>(pub R);

impl<R: Rule<Value = String>> Rule for Reachable<R> {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = self.0.read(value, pointer, reading)?;
        let judged = match &reading.guard {
            Some(guard) => guard.literal(&text),
            None => Ok(()),
        };
        match judged {
            Ok(()) => Some(text),
            Err(why) => {
                reading.refuse(pointer, "unreachable", why.to_string());
                None
            }
        }
    }
}

/// The identifier of a signing key; whether the tenant has it is checked in the write's
/// transaction.
#[derive(Debug, Clone, Copy)]
pub struct SigningKey;

impl Rule for SigningKey {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = Text::new(0, 255).read(value, pointer, reading)?;
        reading.keys.push((pointer.to_owned(), text.clone()));
        Some(text)
    }
}
