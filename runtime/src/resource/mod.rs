//! The traits that generated models implement.

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

/// A resource: the body of a create, and how objects are made and stored.
pub trait Resource: Serialize + DeserializeOwned + Clone + PartialEq + Send + 'static {
    /// The body of a create.
    type Create: Body;

    /// The table that describes the resource.
    const TABLE: &'static Table;

    /// Creates an object; children that were sent with it are created through `context`.
    ///
    /// # Errors
    /// Creating a child fails.
    fn new(create: Self::Create, context: &mut CreateContext<'_, '_>) -> Result<Self, Problem>;

    /// Checks the rules for the object as a whole, and computes derived members; `pointer` is
    /// the location of the object in the body.
    fn settle(&mut self, _pointer: &str, _reading: &mut Reading) {}

    /// Updates the children embedded in the object `parent`, if it shows them.
    ///
    /// # Errors
    /// The parent would have too many children, or the store fails.
    fn refresh_parent(_unit: &mut UnitOfWork<'_>, _parent: &str) -> Result<(), Problem> {
        Ok(())
    }

    /// Sets the time of the last change to `now`.
    fn touch(&mut self, _now: Instant) {}

    /// The values of the table's columns, in order.
    fn column_values(&self) -> Vec<ColumnValue> {
        Vec::new()
    }
}

/// A resource whose objects can be updated.
pub trait Updates: Resource {
    /// The body of an update.
    type Update: Body;

    /// Members of an update that are merged with the stored object before they are validated.
    const PARTIAL: &'static [Partial] = &[];

    /// Moves the shared objects to which an update refers into the object.
    ///
    /// # Errors
    /// The store fails; unknown references are recorded as violations.
    fn relate(
        &mut self,
        _update: &mut Self::Update,
        _relations: &mut Relations<'_, '_>,
    ) -> Result<(), Problem> {
        Ok(())
    }

    /// Overwrites the members that were sent; all others keep their values.
    fn merge(&mut self, update: Self::Update);
}

/// A parent that embeds its children.
pub trait Embeds<C: Resource>: Resource {
    /// The embedded children.
    fn embedded(&mut self) -> &mut Vec<C>;
}

/// A resource with a list of shared objects.
pub trait Relates<T: Shared>: Resource {
    /// The index of the column with their identifiers.
    const COLUMN: usize;

    /// The shared objects in the list.
    fn related(&mut self) -> &mut Vec<T>;
}

/// A resource with lists to which values can be added.
pub trait Appends: Resource {
    /// The body with the values to add.
    type Append: Body;

    /// Adds values to the lists.
    ///
    /// # Errors
    /// The store fails; violations are recorded.
    fn append(
        &mut self,
        append: Self::Append,
        relations: &mut Relations<'_, '_>,
    ) -> Result<(), Problem>;
}
