//! What emitted models tell the runtime about themselves.

mod columns;

pub use self::columns::{Column, Columns};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::body::{Body, Reading};
use crate::problem::Problem;
use crate::service::{Birth, Link};
use crate::store::Cell;
use crate::table::Table;
use crate::value::Instant;

/// A resource: what is read of it, and how it is made and changed.
pub trait Resource: Serialize + DeserializeOwned + Clone + PartialEq + Send + 'static {
    /// What a create takes.
    type Create: Body;
    /// What an update takes.
    type Update: Body;

    /// Members that a change merges with what is stored before it is read.
    const PARTIAL: &'static [Partial] = &[];

    /// Its description.
    fn table() -> &'static Table;

    /// Makes an object; children that were sent with it are made through `birth`.
    ///
    /// # Errors
    /// What the making of a child refuses.
    fn new(create: Self::Create, birth: &mut Birth<'_, '_>) -> Result<Self, Problem>;

    /// Takes shared objects that a change names out of it and into the object.
    ///
    /// # Errors
    /// A store that fails; names of nothing are noted.
    fn link(
        &mut self,
        _update: &mut Self::Update,
        _link: &mut Link<'_, '_>,
    ) -> Result<(), Problem> {
        Ok(())
    }

    /// Writes what was sent over the object; everything else stays.
    fn merge(&mut self, update: Self::Update);

    /// Judges what only the whole object can tell, and computes derived
    /// members; `pointer` is the object's place in the body.
    fn settle(&mut self, _pointer: &str, _reading: &mut Reading) {}

    /// Notes the moment of a change.
    fn touch(&mut self, _now: Instant) {}

    /// Values of the table's columns, in their order.
    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }
}

/// A member of which a change may send a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partial {
    /// Names that lead to it.
    pub path: &'static [&'static str],
    /// How it is merged.
    pub how: Merging,
}

impl Partial {
    /// The member at the end of `path`.
    #[must_use]
    pub const fn new(path: &'static [&'static str], how: Merging) -> Self {
        Self { path, how }
    }
}

/// How a part of a member is merged with what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merging {
    /// Under a merge patch (RFC 7396): an object that may be `null`, a map or
    /// a template.
    Patch,
    /// Its members have other names in bodies, each with its own. They come
    /// before the object that is merged.
    Names(&'static [(&'static str, &'static str)]),
    /// Always: the row of a table that its key names, which is this member.
    Row(&'static str),
}

/// A parent that shows its children.
pub trait Embeds<C: Resource>: Resource {
    /// The children it shows.
    fn embedded(&mut self) -> &mut Vec<C>;
}

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

/// A resource with a list of shared objects.
pub trait Links<T: Shared>: Resource {
    /// The column with their identifiers.
    const COLUMN: usize;

    /// The shared objects it shows.
    fn links(&mut self) -> &mut Vec<T>;
}

/// A resource with lists that can be added to.
pub trait Appends: Resource {
    /// What is added.
    type Append: Body;

    /// Adds to the lists.
    ///
    /// # Errors
    /// A store that fails; what is refused is noted.
    fn append(&mut self, append: Self::Append, link: &mut Link<'_, '_>) -> Result<(), Problem>;
}
