//! Dates and times.

use std::marker::PhantomData;

use serde_json::Value;

use super::Rule;
use super::text::text;
use crate::body::Reading;
use crate::value::{Form, Printed};

/// A date and time in the format that `P` prints.
#[derive(Debug, Clone, Copy)]
pub struct Time<P>(PhantomData<P>);

impl<P> Time<P> {
    /// A date and time.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<P> Default for Time<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P: Printed> Rule for Time<P> {
    type Value = P;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<P> {
        let text = text(value, pointer, reading)?;
        let read = P::FORM.read(&text);
        if read.is_none() {
            let detail = match P::FORM {
                Form::Local => {
                    "must be a date and time without a zone, such as 2021-01-01T00:00:00"
                }
                _ => "must be a date and time of RFC 3339, such as 2021-01-01T00:00:00Z",
            };
            reading.refuse(pointer, "format", detail);
        }
        read.map(P::from)
    }
}
