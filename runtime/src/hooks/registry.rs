//! The own logic of a deployment, by resource.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::Hooks;
use crate::problem::Problem;
use crate::resource::Resource;
use crate::store::Stored;
use crate::table::Table;
use crate::write::{UnitOfWork, secrets};

/// The own logic of a deployment, by resource.
#[derive(Clone, Default)]
pub struct Registry(HashMap<&'static str, Arc<dyn Entry>>);

impl Registry {
    /// Registers own logic for the objects of `R`, in place of what was registered before.
    pub fn add<R: Resource>(&mut self, hooks: impl Hooks<R>) {
        self.0
            .insert(R::TABLE.name, Arc::new(Of::<R>(Box::new(hooks))));
    }

    /// The own logic for the objects of `R`.
    pub(crate) fn of<R: Resource>(&self) -> Option<&dyn Hooks<R>> {
        let entry = self.0.get(R::TABLE.name)?.as_any();
        let own = entry.downcast_ref::<Of<R>>();
        own.map(|own| &*own.0)
    }

    /// The own logic for the objects of a table.
    pub(crate) fn of_table(&self, table: &Table) -> Option<&dyn Entry> {
        self.0.get(table.name).map(|entry| &**entry)
    }
}

impl<'t> UnitOfWork<'t> {
    /// The own logic of the program.
    pub(crate) fn registry(&self) -> &'t Registry {
        static NONE: LazyLock<Registry> = LazyLock::new(Registry::default);
        self.hooks.downcast_ref().unwrap_or(&NONE)
    }
}

/// Own logic whose resource is not known at compile time.
pub(crate) trait Entry: Send + Sync {
    /// A stored object is about to be removed.
    fn delete(&self, stored: &Stored, unit: &mut UnitOfWork<'_>) -> Result<(), Problem>;

    fn as_any(&self) -> &dyn Any;
}

struct Of<R>(Box<dyn Hooks<R>>);

impl<R: Resource> Entry for Of<R> {
    fn delete(&self, stored: &Stored, unit: &mut UnitOfWork<'_>) -> Result<(), Problem> {
        let object: R = secrets::join(R::TABLE, stored)?;
        self.0.delete(&object, unit)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
