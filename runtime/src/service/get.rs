//! The operation that reads one object.

use http::StatusCode;

use super::condition::{Conditions, Edition};
use super::{Answer, Call, Service, paths, response, user};
use crate::problem::Problem;
use crate::resource::Resource;
use crate::store::{Compare, Condition, Select, Stored, Term, ToColumnValue};
use crate::table::{OrderBy, Table};
use crate::write::secrets;

impl Service {
    /// Returns one object as it is stored.
    ///
    /// # Errors
    /// 403 for a token without a user if each user sees their own objects; 404 for an unknown
    /// object; 412 for conditions that do not hold.
    pub async fn get<R: Resource>(&self, call: Call) -> Answer {
        let table = R::table();
        self.refuse_parameters(&call)?;
        let conditions = Conditions::read(&call.headers)?;
        let stored = self.look_up(table, &call)?;
        let edition = Edition {
            version: stored.version,
            privileged: secrets::can_view(table, &call.grant),
        };
        conditions.judge(edition)?;
        if conditions.is_known(edition) {
            return Ok(response::known(edition));
        }
        let body = stored.text(edition.privileged);
        Ok(response::object(StatusCode::OK, edition, body))
    }

    /// Finds the object of the path by its identifier, or by the other columns that identify
    /// one.
    fn look_up(&self, table: &'static Table, call: &Call) -> Result<Stored, Problem> {
        let tenant = user::partition(table, &call.grant)?;
        let ids = paths::of_item(table, call);
        let found = ids.and_then(|ids| self.find(table, &tenant, &ids));
        let (Err(_), Some(text)) = (&found, call.ids.last()) else {
            return found;
        };
        if table.lookups.is_empty() {
            return found;
        }
        let above = paths::above_item(table, call)?;
        if let Some(parent) = &table.parent {
            self.find(parent.table, &call.grant.tenant, &above)?;
        }
        for (column, folded) in table.lookups {
            let select = Select {
                table,
                tenant: tenant.clone(),
                parent: above.last().cloned(),
                privileged: false,
                conditions: vec![Condition::Any(vec![Term {
                    field: OrderBy::Column(*column),
                    folded: *folded,
                    compare: Compare::Equal,
                    value: text.to_column_value(),
                }])],
                order: OrderBy::Created,
                descending: false,
                after: None,
                limit: Some(1),
                offset: 0,
            };
            if let Some(place) = self.store.list(&select)?.last
                && let Some(stored) = self.store.get(table, &tenant, &place.id)?
            {
                return Ok(stored);
            }
        }
        found
    }

    /// Finds the object at `ids` and checks that its parents are those of the path.
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
        // A row names only its parent; ancestors are looked up.
        if let Some(parent) = &table.parent
            && above.len() > 1
        {
            self.find(parent.table, tenant, above)?;
        }
        Ok(stored)
    }
}
