//! Reads one object.

use axum::response::IntoResponse;
use http::StatusCode;
use http::header::ETAG;

use super::condition::{Conditions, etag};
use super::{Answer, Call, Service, place, response};
use crate::problem::Problem;
use crate::query;
use crate::resource::Resource;
use crate::store::Stored;
use crate::table::Table;

impl Service {
    /// Reads one object: the stored text as it is.
    ///
    /// # Errors
    /// 404 for an unknown object, 412 for conditions that do not hold.
    pub async fn get<R: Resource>(&self, call: Call) -> Answer {
        let table = R::table();
        let ids = place::of_item(table, &call)?;
        query::refuse_all(call.query.as_deref())?;
        let conditions = Conditions::read(&call.headers)?;
        let stored = self.find(table, &call.grant.tenant, &ids)?;
        conditions.judge(stored.version)?;
        if conditions.is_known(stored.version) {
            let tag = [(ETAG, response::value(&etag(stored.version)))];
            return Ok((StatusCode::NOT_MODIFIED, tag).into_response());
        }
        Ok(response::object(
            StatusCode::OK,
            stored.version,
            stored.body,
        ))
    }

    /// The object at `ids`, whose parents are those of the path.
    pub(super) fn find(
        &self,
        table: &'static Table,
        tenant: &str,
        ids: &[String],
    ) -> Result<Stored, Problem> {
        let (Some(id), above) = (ids.last(), &ids[..ids.len().saturating_sub(1)]) else {
            return Err(Problem::not_found());
        };
        let stored = self
            .store
            .get(table, tenant, id)?
            .ok_or_else(Problem::not_found)?;
        if stored.parent.as_ref() != above.last() {
            return Err(Problem::not_found());
        }
        // A child is stored with its parent alone; those above are looked up.
        if let Some(parent) = &table.parent
            && above.len() > 1
        {
            self.find(parent.table, tenant, above)?;
        }
        Ok(stored)
    }
}
