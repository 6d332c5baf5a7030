//! The operation that reads one object.

use http::StatusCode;

use super::condition::{Conditions, Edition};
use super::{Answer, Call, Service, paths, response, user};
use crate::problem::Problem;
use crate::resource::Resource;
use crate::store::{Compare, Condition, Select, Stored, Term, ToColumnValue};
use crate::table::{Attribute, Lookup, Table};
use crate::write::secrets;

impl Service {
    /// Returns one object as it is stored.
    ///
    /// # Errors
    /// 403 for a token without a user if each user sees their own objects; 404 for an unknown
    /// object; 412 for conditions that do not hold.
    pub async fn get<R: Resource>(&self, call: Call) -> Answer {
        let table = R::TABLE;
        self.refuse_parameters(&call)?;
        let conditions = Conditions::read(&call.headers)?;
        let stored = self.look_up(table, &call).await?;
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
    async fn look_up(&self, table: &'static Table, call: &Call) -> Result<Stored, Problem> {
        let tenant = user::partition(table, &call.grant)?;
        let found = match paths::of_item(table, call) {
            Ok(ids) => self.find(table, &tenant, &ids).await,
            Err(malformed) => Err(malformed),
        };
        let (Err(_), Some(text)) = (&found, call.ids.last()) else {
            return found;
        };
        if table.lookups.is_empty() {
            return found;
        }
        let above = paths::above_item(table, call)?;
        if let Some(parent) = &table.parent {
            self.find(parent.table, &call.grant.tenant, &above).await?;
        }
        for Lookup { column, folded } in table.lookups {
            let select = Select {
                table,
                tenant: tenant.clone(),
                parent: above.last().cloned(),
                privileged: false,
                conditions: vec![Condition::Any(vec![Term {
                    field: Attribute::Column(*column),
                    folded: *folded,
                    compare: Compare::Equal,
                    value: text.to_column_value(),
                }])],
                order: Attribute::Created,
                descending: false,
                after: None,
                limit: Some(1),
                offset: 0,
            };
            if let Some(place) = self.store.list(select).await?.last
                && let Some(stored) = self.store.get(table, &tenant, &place.id).await?
            {
                return Ok(stored);
            }
        }
        found
    }

    /// Finds the object at `ids` and checks that its parents are those of the path.
    pub(super) async fn find(
        &self,
        table: &'static Table,
        tenant: &str,
        ids: &[String],
    ) -> Result<Stored, Problem> {
        let (mut level, mut ids, mut found) = (table, ids, None);
        while let Some((id, above)) = ids.split_last() {
            let stored = self.store.get(level, tenant, id).await?;
            let stored = stored.ok_or_else(Problem::not_found)?;
            if stored.parent.as_ref() != above.last() {
                return Err(Problem::not_found());
            }
            found = found.or(Some(stored));
            // A row names only its parent; further ancestors are looked up.
            match &level.parent {
                Some(parent) if above.len() > 1 => (level, ids) = (parent.table, above),
                _ => break,
            }
        }
        found.ok_or_else(Problem::not_found)
    }
}
