//! What emitted models tell the runtime about themselves.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::body::{Body, Reading};
use crate::problem::Problem;
use crate::service::Birth;
use crate::store::Cell;
use crate::table::Table;
use crate::value::Instant;

/// A resource: what is read of it, and how it is made and changed.
pub trait Resource: Serialize + DeserializeOwned + Clone + PartialEq + Send + 'static {
    /// What a create takes.
    type Create: Body;
    /// What an update takes.
    type Update: Change;

    /// Its description.
    fn table() -> &'static Table;

    /// Makes an object; children that were sent with it are made through `birth`.
    ///
    /// # Errors
    /// What the making of a child refuses.
    fn new(create: Self::Create, birth: &mut Birth<'_, '_>) -> Result<Self, Problem>;

    /// Writes what was sent over the object; everything else stays.
    fn merge(&mut self, update: Self::Update);

    /// Judges what only the whole object can tell, and computes derived
    /// members; `pointer` is the object's place in the body.
    fn settle(&mut self, pointer: &str, reading: &mut Reading);

    /// Notes the moment of a change.
    fn touch(&mut self, now: Instant);

    /// Values of the table's columns, in their order.
    fn cells(&self) -> Vec<Cell>;
}

/// What an update takes.
pub trait Change: Body {
    /// The change that leaves nothing as it is: what was not sent takes its default.
    #[must_use]
    fn replace(self) -> Self;
}

/// A parent that shows its children.
pub trait Embeds<C: Resource>: Resource {
    /// The children it shows.
    fn embedded(&mut self) -> &mut Vec<C>;
}
