//! Own logic: what a deployment adds to the operations of an API.

mod registry;

pub use registry::Registry;

use crate::problem::Problem;
use crate::resource::Resource;
use crate::write::UnitOfWork;

/// Own logic for the objects of `R`; each method has a default that does nothing.
///
/// It runs in the transaction of the write, for every change, whichever operation makes it. A
/// store can run it again, so it must have no effect but on the object and the unit of work, and
/// it should be quick: other writes wait meanwhile.
///
/// A refusal refuses the whole write, and nothing of it is stored.
pub trait Hooks<R: Resource>: Send + Sync + 'static {
    /// A new object is about to be stored.
    ///
    /// # Errors
    /// The reason why it must not be stored.
    fn create(&self, _object: &mut R, _unit: &mut UnitOfWork<'_>) -> Result<(), Problem> {
        Ok(())
    }

    /// A changed object is about to be stored; also one that embeds a changed child, and one that
    /// an import loads over the stored one.
    ///
    /// # Errors
    /// The reason why it must not be changed.
    fn update(
        &self,
        _before: &R,
        _after: &mut R,
        _unit: &mut UnitOfWork<'_>,
    ) -> Result<(), Problem> {
        Ok(())
    }

    /// An object is about to be removed; its cascading children are already.
    ///
    /// # Errors
    /// The reason why it must not be removed.
    fn delete(&self, _object: &R, _unit: &mut UnitOfWork<'_>) -> Result<(), Problem> {
        Ok(())
    }
}
