//! The operation that deletes an object.

use axum::response::IntoResponse;
use http::StatusCode;

use super::condition::{Conditions, Edition};
use super::stored::refresh_parent;
use super::{Answer, Call, Service, paths};
use crate::resource::Resource;
use crate::write::{Author, secrets};

impl Service {
    /// Deletes an object and its cascading children.
    ///
    /// # Errors
    /// 404 for an unknown object; 409 when children prevent it; 412 or 428 for conditions that
    /// do not hold.
    pub async fn delete<R: Resource>(&self, call: Call) -> Answer {
        let table = R::TABLE;
        let ids = paths::of_item(table, &call)?;
        self.refuse_parameters(&call)?;
        let conditions = Conditions::read(&call.headers)?;
        let privileged = secrets::can_view(table, &call.grant);
        let required = self.switches.require_if_match;
        let author = Author::client(&call.grant, self.mails);
        let pending = self.commit(author, move |work| {
            let stored = work.find(table, &ids)?;
            let edition = Edition {
                version: stored.version,
                privileged,
            };
            conditions.judge_change(edition, required)?;
            work.remove(table, &stored.id)?;
            refresh_parent::<R>(work, stored.parent.as_deref())
        });
        pending.answer().await?;
        let status = self.switches.delete_status.unwrap_or(table.delete_status);
        let status = StatusCode::from_u16(status);
        Ok(status.unwrap_or(StatusCode::NO_CONTENT).into_response())
    }
}
