//! Removals.

use std::sync::Arc;

use fieldproof_spec::model::Resource;

use super::refusal::{problem, refuse_query};
use super::{Caller, Refusal, Reply, Request, Service};

impl Service {
    pub(super) fn delete(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let record = self.find(resource, caller, ids)?;
        self.judge_match(resource, caller, &record, request)?;
        self.remove(resource, &record.id)?;
        self.touch(resource, record.parent.as_deref());
        let status = resource.delete.as_ref().map_or(204, |delete| delete.status);
        Ok(Reply {
            status,
            ..Reply::default()
        })
    }

    /// Removes an object and everything that is removed with it.
    pub(super) fn remove(&mut self, resource: &Resource, id: &str) -> Result<(), Refusal> {
        let api = Arc::clone(&self.api);
        let delete = resource.delete.as_ref();
        let cascade = delete.map_or(&[][..], |delete| &delete.cascade);
        for child in api.children(&resource.name) {
            let all = self.all(child).iter();
            let below = all.filter(|one| self.semantics.goes_along(resource, id, one));
            let below: Vec<String> = below.map(|one| one.id.clone()).collect();
            if !below.is_empty() && !cascade.contains(&child.name) {
                return Err(problem(409, "conflict", &[]));
            }
            for one in below {
                self.remove(child, &one)?;
            }
        }
        if let Some(records) = self.records.get_mut(&resource.name) {
            records.retain(|record| record.id != id);
        }
        Ok(())
    }
}
