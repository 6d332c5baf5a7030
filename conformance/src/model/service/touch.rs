//! Storing of changed objects, and updates of the parents that show them.

use std::sync::Arc;

use fieldproof_spec::model::Resource;

use super::{Record, Service};

impl Service {
    /// Stores the new version of an object.
    pub(super) fn put(&mut self, resource: &Resource, next: &Record) {
        if let Some(records) = self.records.get_mut(&resource.name) {
            for record in records.iter_mut().filter(|record| record.id == next.id) {
                *record = next.clone();
            }
        }
    }

    /// Marks the parent as changed if it shows the child.
    pub(super) fn touch(&mut self, resource: &Resource, parent: Option<&str>) {
        let (Some(relation), Some(id)) = (&resource.parent, parent) else {
            return;
        };
        if !self.semantics.touches(resource, relation) {
            return;
        }
        let api = Arc::clone(&self.api);
        let Some(above) = api.resource(&relation.resource) else {
            return;
        };
        let mut records = self.all(above).iter();
        let Some(mut record) = records.find(|record| record.id == id).cloned() else {
            return;
        };
        self.number += 1;
        record.version = self.number;
        if relation.touch {
            self.tick();
            record.updated = self.clock;
            self.stamp_time(above, &mut record);
        }
        self.put(above, &record);
        self.touch(above, record.parent.as_deref());
    }
}
