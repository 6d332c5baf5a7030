//! Closed lists of texts.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

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

    /// The value with this text.
    #[must_use]
    fn named(text: &str) -> Option<Self> {
        let own = Self::ALL.iter().find(|(name, _)| *name == text);
        own.map(|(_, value)| *value)
    }
}

/// The texts of `V`, which has `N` values.
#[must_use]
pub const fn names<V: Values, const N: usize>() -> [&'static str; N] {
    assert!(V::ALL.len() == N);
    let mut names = [""; N];
    let mut at = 0;
    while at < N {
        names[at] = V::ALL[at].0;
        at += 1;
    }
    names
}

/// Implements `Serialize` and `Deserialize` for a type by the texts of its
/// [`Values`](crate::value::Values).
#[macro_export]
macro_rules! serde_by_name {
    ($values:ty) => {
        impl $crate::serde::Serialize for $values {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                $crate::value::write_name(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $values {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::serde::Deserializer<'de>,
            {
                $crate::value::read_name(deserializer)
            }
        }
    };
}

pub use crate::serde_by_name;

/// Writes the text of a value.
///
/// # Errors
/// Those of the serializer.
pub fn write_name<T: Values, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.name())
}

/// Reads a value by its text.
///
/// # Errors
/// Those of the deserializer; the text is none of the list.
pub fn read_name<'de, T: Values, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(Named(PhantomData))
}

struct Named<T>(PhantomData<T>);

impl<T: Values> Visitor<'_> for Named<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = T::ALL.iter().map(|(name, _)| *name).collect();
        write!(f, "one of `{}`", names.join("`, `"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::named(text).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }
}
