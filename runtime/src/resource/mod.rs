//! The traits that emitted models implement.

mod columns;
mod partial;
mod shared;

pub use self::columns::{Column, Columns};
pub use self::partial::{Merging, Partial};
pub use self::shared::Shared;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::body::{Body, Reading};
use crate::problem::Problem;
use crate::store::ColumnValue;
use crate::table::Table;
use crate::value::Instant;
use crate::write::{CreateContext, Relations, UnitOfWork};

/// A resource: the bodies it takes, and how objects are created and changed.
pub trait Resource: Serialize + DeserializeOwned + Clone + PartialEq + Send + 'static {
    /// What a create takes.
    type Create: Body;
    /// What an update takes.
    type Update: Body;

    /// Members of a change that are merged with the stored object before they are read.
    const PARTIAL: &'static [Partial] = &[];

    /// Its description.
    fn table() -> &'static Table;

    /// Makes an object; children that were sent with it are made through `context`.
    ///
    /// # Errors
    /// What the making of a child refuses.
    fn new(create: Self::Create, context: &mut CreateContext<'_, '_>) -> Result<Self, Problem>;

    /// Takes the shared objects that a change names out of it and into the object.
    ///
    /// # Errors
    /// A store that fails; references to nothing are collected as violations.
    fn relate(
        &mut self,
        _update: &mut Self::Update,
        _relations: &mut Relations<'_, '_>,
    ) -> Result<(), Problem> {
        Ok(())
    }

    /// Writes the members that were sent over the object; all others stay.
    fn merge(&mut self, update: Self::Update);

    /// Judges the rules that concern the whole object, and computes derived members; `pointer` is the object's place in the body.
    fn settle(&mut self, _pointer: &str, _reading: &mut Reading) {}

    /// Brings the object of `parent` up to its children, when it shows them.
    ///
    /// # Errors
    /// More children than one parent may have, or a store that fails.
    fn refresh_parent(_unit: &mut UnitOfWork<'_>, _parent: &str) -> Result<(), Problem> {
        Ok(())
    }

    /// Sets the time of the last change.
    fn touch(&mut self, _now: Instant) {}

    /// Values of the table's columns, in their order.
    fn column_values(&self) -> Vec<ColumnValue> {
        Vec::new()
    }
}

/// A parent that shows its children.
pub trait Embeds<C: Resource>: Resource {
    /// The children it shows.
    fn embedded(&mut self) -> &mut Vec<C>;
}

/// A resource with a list of shared objects.
pub trait Relates<T: Shared>: Resource {
    /// The column with their identifiers.
    const COLUMN: usize;

    /// The shared objects it shows.
    fn related(&mut self) -> &mut Vec<T>;
}

/// A resource with lists that can be added to.
pub trait Appends: Resource {
    /// What is added.
    type Append: Body;

    /// Adds to the lists.
    ///
    /// # Errors
    /// A store that fails; violations are collected.
    fn append(
        &mut self,
        append: Self::Append,
        relations: &mut Relations<'_, '_>,
    ) -> Result<(), Problem>;
}
