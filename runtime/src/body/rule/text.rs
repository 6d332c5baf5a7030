//! Texts: free, from a closed list, and of a known syntax.

use std::marker::PhantomData;

use serde_json::Value;

use super::Rule;
use crate::body::Reading;
use crate::value::{is_email, normalise_phone};

/// Text of `min` to `max` Unicode scalar values.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    min: usize,
    max: usize,
}

impl Text {
    /// Text of `min` to `max` Unicode scalar values.
    #[must_use]
    pub const fn new(min: usize, max: usize) -> Self {
        Self { min, max }
    }
}

impl Rule for Text {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = text(value, pointer, reading)?;
        // A scalar value takes at least one byte, so short texts need no count.
        if text.len() > self.max && text.chars().count() > self.max {
            let detail = format!("must be at most {} characters long", self.max);
            reading.refuse(pointer, "too_long", detail);
            return None;
        }
        if self.min > 0 && text.chars().count() < self.min {
            let detail = format!("must be at least {} characters long", self.min);
            reading.refuse(pointer, "too_short", detail);
            return None;
        }
        Some(text)
    }
}

/// An email address, kept as sent.
#[derive(Debug, Clone, Copy)]
pub struct Email(Text);

impl Email {
    /// An address of at most `max` characters.
    #[must_use]
    pub const fn new(max: usize) -> Self {
        Self(Text::new(0, max))
    }
}

impl Rule for Email {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = self.0.read(value, pointer, reading)?;
        if !is_email(&text) {
            let detail = "must be an email address";
            reading.refuse(pointer, "format", detail);
            return None;
        }
        Some(text)
    }
}

/// A telephone number, kept as `+` and digits.
#[derive(Debug, Clone, Copy)]
pub struct Phone;

impl Rule for Phone {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let normal = normalise_phone(&text(value, pointer, reading)?);
        if normal.is_none() {
            let detail = "must be `+` and 7 to 15 digits; blanks, dots, hyphens and parentheses are taken out";
            reading.refuse(pointer, "format", detail);
        }
        normal
    }
}

/// An identifier of another system: 1 to 255 characters.
#[derive(Debug, Clone, Copy)]
pub struct ExternalId;

impl Rule for ExternalId {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        Text::new(1, 255).read(value, pointer, reading)
    }
}

/// A name of 1 to 255 characters: a letter, then letters, digits, `.`, `_` and `-`.
#[derive(Debug, Clone, Copy)]
pub struct Name;

impl Rule for Name {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = Text::new(0, 255).read(value, pointer, reading)?;
        let letter = text.starts_with(|c: char| c.is_ascii_alphabetic());
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if !letter || !text.bytes().all(plain) {
            let detail = "must be a letter, then letters, digits, dots, hyphens and `_`";
            reading.refuse(pointer, "format", detail);
            return None;
        }
        Some(text)
    }
}

/// A type whose values are a closed list of texts.
pub trait Values: Copy + PartialEq + 'static {
    /// Every value with its text.
    const ALL: &'static [(&'static str, Self)];

    /// The text of the value.
    #[must_use]
    fn name(&self) -> &'static str {
        let own = Self::ALL.iter().find(|(_, other)| other == self);
        own.map_or("", |(name, _)| name)
    }
}

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
        let known = V::ALL.iter().find(|(name, _)| *name == text);
        if known.is_none() {
            let legal = || V::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>();
            let detail = || format!("must be one of: {}", legal().join(", "));
            reading.refuse_at(|| pointer.to_owned(), "not_a_value", detail);
        }
        known.map(|(_, value)| *value)
    }

    fn rank(&self, value: &V, _reading: &Reading) -> Option<usize> {
        V::ALL.iter().position(|(_, other)| other == value)
    }
}

/// Text without U+0000, which no store can keep.
pub(super) fn text(value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
    let Value::String(text) = value else {
        reading.refuse(pointer, "type", "must be text");
        return None;
    };
    if text.contains('\0') {
        reading.refuse(pointer, "invalid_character", "must not contain U+0000");
        return None;
    }
    Some(text)
}
