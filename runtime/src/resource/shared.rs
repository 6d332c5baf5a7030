//! Objects that other objects share.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::body::Body;

/// An object that several objects of a tenant share.
pub trait Shared: Serialize + DeserializeOwned + Clone + PartialEq + Send + 'static {
    /// Its members except the identifier, as bodies send them.
    type Members: Body;

    /// Its name, unique among all APIs.
    const NAME: &'static str;
    /// The name of its identifier member.
    const ID: &'static str;
    /// The name of the member that distinguishes it from others.
    const KEY: &'static str;

    /// Creates an object, if its key was sent.
    fn new(id: String, members: Self::Members) -> Option<Self>;

    /// Its identifier.
    fn id(&self) -> &str;

    /// Its key.
    fn own_key(&self) -> &str;

    /// The key that a body sends.
    fn key(members: &Self::Members) -> Option<&str>;

    /// Overwrites the members that a body sends; the key stays the same.
    fn merge(&mut self, members: Self::Members);
}
