//! Removals.

use fieldproof_spec::model::Resource;

use super::refusal::{problem, refuse_query};
use super::{Caller, Kind, Refusal, Reply, Request, Service};

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
        self.lay_off(resource, &record);
        self.touch(resource, record.parent.as_deref());
        let status = resource.delete.as_ref().map_or(204, |delete| delete.status);
        Ok(Reply {
            status,
            ..Reply::default()
        })
    }

    pub(super) fn remove(&mut self, resource: &Resource, id: &str) -> Result<(), Refusal> {
        let api = self.api.clone();
        let cascade = resource
            .delete
            .as_ref()
            .map(|delete| delete.cascade.clone())
            .unwrap_or_default();
        for child in api.children(&resource.name) {
            let below: Vec<String> = self
                .all(child)
                .iter()
                .filter(|one| one.parent.as_deref() == Some(id))
                .map(|one| one.id.clone())
                .collect();
            if !below.is_empty() && !cascade.contains(&child.name) {
                return Err(problem(409, "conflict", &[]));
            }
            if self.broken(Kind::CascadeMissing, &resource.name, "") {
                continue;
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
