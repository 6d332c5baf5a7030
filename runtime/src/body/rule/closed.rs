//! Closed lists of texts.

use std::marker::PhantomData;

use serde_json::Value;

use super::Rule;
use super::lenient::{Loose, digits};
use super::text::text;
use crate::body::Reading;
use crate::value::Values;

/// One of a closed list of texts.
#[derive(Debug, Clone, Copy)]
pub struct Closed<V>(PhantomData<V>);

impl<V> Closed<V> {
    /// One of the texts of `V`.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<V> Default for Closed<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: Values> Rule for Closed<V> {
    type Value = V;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<V> {
        let text = text(value, pointer, reading)?;
        let known = V::named(&text);
        if known.is_none() {
            let legal = || V::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>();
            let detail = || format!("must be one of: {}", legal().join(", "));
            reading.refuse_at(|| pointer.to_owned(), "not_a_value", detail);
        }
        known
    }

    fn rank(&self, value: &V, _reading: &Reading) -> Option<usize> {
        V::ALL.iter().position(|(_, other)| other == value)
    }
}

impl<V: Values> Loose for Closed<V> {
    fn meant(value: Value) -> Value {
        digits(value)
    }
}

/// A value of a closed list, regardless of case.
#[derive(Debug, Clone, Copy)]
pub struct Folded<V>(pub Closed<V>);

impl<V: Values> Rule for Folded<V> {
    type Value = V;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<V> {
        let known = value.as_str().and_then(|text| {
            let mut names = V::ALL.iter().map(|(name, _)| *name);
            names.find(|name| name.eq_ignore_ascii_case(text))
        });
        let value = known.map_or(value, Value::from);
        self.0.read(value, pointer, reading)
    }

    fn rank(&self, value: &V, reading: &Reading) -> Option<usize> {
        self.0.rank(value, reading)
    }
}

impl<V: Values> Loose for Folded<V> {
    fn meant(value: Value) -> Value {
        digits(value)
    }
}
