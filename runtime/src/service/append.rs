//! The operation that adds to lists of an object.

use http::StatusCode;

use super::condition::{Conditions, Edition};
use super::{Answer, Call, Service, passwords, paths, response};
use crate::body::{Body, Members};
use crate::problem::Problem;
use crate::resource::Appends;
use crate::store::Written;
use crate::write::{Relations, UnitOfWork, secrets};

impl Service {
    /// Adds values to lists of an object; the version stays the same if the object already has
    /// all of them.
    ///
    /// # Errors
    /// 400, 413 or 415 for a body that cannot be read; 404 for an unknown object; 422 with all
    /// violations; 412 or 428 for conditions that do not hold.
    pub async fn append<R: Appends>(&self, call: Call) -> Answer {
        let table = R::table();
        let ids = paths::of_item(table, &call)?;
        self.refuse_parameters(&call)?;
        let conditions = Conditions::read(&call.headers)?;
        let mut reading = self.reading(&call.grant.tenant)?;
        let serde_json::Value::Object(map) = self.parse_added(&call)? else {
            reading.refuse("", "type", "must be an object");
            return Err(Problem::validation(
                self.switches.validation_status,
                reading.verdict(),
            ));
        };
        let mut members = Members::new(map, String::new(), &mut reading);
        let body = R::Append::read(&mut members);
        for (name, _) in members.rest() {
            let pointer = || format!("/{}", crate::body::token(&name));
            match table.members.contains(&name.as_str()) {
                true => reading.refuse(
                    &pointer(),
                    "not_appended",
                    "is not a list that can be added to",
                ),
                false => reading.ignore(pointer),
            }
        }
        reading.refuse_inside();
        let ignored = reading.take_unknown(self.switches.reject_unknown_members);
        passwords::hash_in_turn(&mut reading).await?;
        let (tenant, switches) = (call.grant.tenant.as_str().into(), self.switches);
        let privileged = secrets::can_view(table, &call.grant);
        let pending = self.store.write(Box::new(move |tx| {
            let work = &mut UnitOfWork::new(tx, &tenant, switches);
            let stored = work.find(table, &ids)?;
            let before: R = secrets::join(table, &stored)?;
            let mut after = before.clone();
            if let Some(body) = body {
                after.append(body, &mut Relations::new(work, &mut reading, &stored.id))?;
                after.settle("", &mut reading);
            }
            work.judge(reading.verdict())?;
            let edition = Edition {
                version: stored.version,
                privileged,
            };
            conditions.judge_change(edition, switches.require_if_match)?;
            if after == before {
                let version = stored.version;
                let body = stored.text(privileged);
                return Ok(Written {
                    ids,
                    body,
                    version,
                    ignored,
                });
            }
            let row = work.changed(after, &stored)?;
            work.publish()?;
            let version = row.version;
            let body = row.text(privileged);
            Ok(Written {
                ids,
                body,
                version,
                ignored,
            })
        }));
        let written = pending.answer().await?;
        let edition = Edition {
            version: written.version,
            privileged,
        };
        let mut answer = response::object(StatusCode::OK, edition, written.body);
        response::name_ignored(answer.headers_mut(), &written.ignored);
        Ok(answer)
    }
}
