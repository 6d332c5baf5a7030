//! Objects that others share.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::body::Body;

/// An object that objects of a tenant share.
pub trait Shared: Serialize + DeserializeOwned + Clone + PartialEq + Send + 'static {
    /// Its members beside the identifier, as bodies send them.
    type Members: Body;

    /// Its name, unique among all APIs.
    const NAME: &'static str;
    /// The member that identifies it.
    const ID: &'static str;
    /// The member that tells it from others.
    const KEY: &'static str;

    /// A new one, when its key was sent.
    fn new(id: String, members: Self::Members) -> Option<Self>;

    /// Its identifier.
    fn id(&self) -> &str;

    /// Its key.
    fn own_key(&self) -> &str;

    /// The key that a body sends.
    fn key(members: &Self::Members) -> Option<&str>;

    /// Writes what a body sends over it; the key is the same.
    fn merge(&mut self, members: Self::Members);
}
