//! The pipeline of every write: what an operation decides is committed together with everything
//! that follows from it.

use std::sync::Arc;

use super::Service;
use crate::problem::Problem;
use crate::store::{Durability, Pending};
use crate::write::{Author, UnitOfWork};

/// The object that a write made or changed.
pub(super) struct Written {
    /// Identifiers from the outermost parent down to the object.
    pub(super) ids: Vec<String>,
    /// The object as JSON text after the write.
    pub(super) body: String,
    /// The version of the object.
    pub(super) version: u64,
    /// JSON Pointers of the members of the request that were ignored.
    pub(super) ignored: Vec<String>,
}

impl Service {
    /// Commits what `decide` decides on behalf of `author`. The store can decide again, so
    /// `decide` must have no effect but on the unit of work.
    pub(super) fn commit<T: Send + 'static>(
        &self,
        author: Author,
        decide: impl Fn(&mut UnitOfWork<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Pending<T> {
        let (switches, hooks) = (self.switches, Arc::clone(&self.hooks));
        let tenant = Arc::clone(&author.tenant);
        self.store.commit(&tenant, Durability::Full, move |tx| {
            let unit = &mut UnitOfWork::new(tx, &author, &*hooks, switches);
            let decided = decide(unit)?;
            unit.publish()?;
            Ok(decided)
        })
    }
}
