//! References to shared objects in bodies.

use std::marker::PhantomData;

use serde_json::Value;

use super::text::text;
use super::{Nested, Rule};
use crate::body::Reading;
use crate::body::pointer::token;
use crate::resource::Shared;

/// A reference to a shared object: by its identifier, its key, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<M> {
    /// The identifier.
    pub id: Option<String>,
    /// The other members that were sent.
    pub members: M,
    /// Its place in the body.
    pub pointer: String,
}

/// A shared object to which a body refers.
#[derive(Debug, Clone, Copy)]
pub struct ByReference<T> {
    by_id: bool,
    object: PhantomData<T>,
}

impl<T> ByReference<T> {
    /// One that is referred to by its key; only an import accepts identifiers.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            by_id: false,
            object: PhantomData,
        }
    }

    /// One that may also be referred to by its identifier.
    #[must_use]
    pub const fn known() -> Self {
        Self {
            by_id: true,
            object: PhantomData,
        }
    }
}

impl<T> Default for ByReference<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Shared> Rule for ByReference<T> {
    type Value = Reference<T::Members>;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Self::Value> {
        let Value::Object(mut map) = value else {
            reading.refuse(pointer, "type", "must be an object");
            return None;
        };
        let (place, key) = (format!("{pointer}/{}", token(T::ID)), T::KEY);
        let id = map.shift_remove(T::ID);
        let before = reading.found.len();
        let id = match id {
            Some(_) if !self.by_id && !reading.importing => {
                reading.refuse(&place, "read_only", "is set by the server");
                None
            }
            Some(id) => text(id, &place, reading),
            None if !map.contains_key(key) => {
                let names = if self.by_id {
                    [key, " or ", T::ID]
                } else {
                    [key, "", ""]
                };
                let detail = format!("must be sent: {}", names.concat());
                let place = format!("{pointer}/{}", token(key));
                reading.refuse(&place, "required", detail);
                None
            }
            None => None,
        };
        let members = Nested::new().read(map.into(), pointer, reading)?;
        (reading.found.len() == before).then(|| Reference {
            id,
            members,
            pointer: pointer.to_owned(),
        })
    }
}
