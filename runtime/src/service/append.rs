//! The operation that adds to lists of an object.

use http::StatusCode;

use super::condition::{Conditions, Edition};
use super::{Answer, Call, Service, Written, passwords, paths, response};
use crate::body::{Body, Members};
use crate::problem::Problem;
use crate::resource::Appends;
use crate::write::{Author, Relations, secrets};

impl Service {
    /// Adds values to lists of an object; the version stays the same if the object already has
    /// all of them.
    ///
    /// # Errors
    /// 400, 413 or 415 for a body that cannot be read; 404 for an unknown object; 422 with all
    /// violations; 412 or 428 for conditions that do not hold.
    pub async fn append<R: Appends>(&self, call: Call) -> Answer {
        let table = R::TABLE;
        let ids = paths::of_item(table, &call)?;
        self.refuse_parameters(&call)?;
        let conditions = Conditions::read(&call.headers)?;
        let mut reading = self.reading(&call.grant.tenant).await?;
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
        let required = self.switches.require_if_match;
        let privileged = secrets::can_view(table, &call.grant);
        let author = Author::client(&call.grant, self.mails);
        let pending = self.commit(author, move |work| {
            let mut reading = reading.clone();
            let stored = work.find(table, &ids)?;
            let before: R = secrets::join(table, &stored)?;
            let mut after = before.clone();
            if let Some(body) = body.clone() {
                after.append(body, &mut Relations::new(work, &mut reading, &stored.id))?;
                after.settle("", &mut reading);
            }
            work.judge(reading.verdict())?;
            let edition = Edition {
                version: stored.version,
                privileged,
            };
            conditions.judge_change(edition, required)?;
            if after == before {
                let version = stored.version;
                let body = stored.text(privileged);
                return Ok(Written {
                    ids: ids.clone(),
                    body,
                    version,
                    ignored: ignored.clone(),
                });
            }
            let row = work.changed(&before, after, &stored)?;
            let version = row.version;
            let body = row.text(privileged);
            Ok(Written {
                ids: ids.clone(),
                body,
                version,
                ignored: ignored.clone(),
            })
        });
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
