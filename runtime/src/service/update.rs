//! Changes an object.

use http::{Method, StatusCode};

use super::condition::Conditions;
use super::work::{Work, object};
use super::{Answer, Call, Service, echo, place, response};
use crate::body::open;
use crate::query;
use crate::resource::{Change, Resource};
use crate::store::Written;

impl Service {
    /// Changes the members that were sent; an object that stays the same keeps
    /// its version. PUT sets the others to their defaults when the deployment
    /// says so.
    ///
    /// # Errors
    /// 400, 413 or 415 for a body that cannot be read, 404 for an unknown
    /// object, 422 naming every violation, 409 for values that are taken, 412
    /// or 428 for conditions that do not hold.
    pub async fn update<R: Resource>(&self, call: Call) -> Answer {
        let table = R::table();
        let ids = place::of_item(table, &call)?;
        query::refuse_all(call.query.as_deref())?;
        let conditions = Conditions::read(&call.headers)?;
        let replaces = call.method == Method::PUT && self.switches.put_replaces;
        let mut reading = self.reading(&call.grant.tenant)?;
        let value = self.parse(&call)?;
        if replaces && value.is_object() {
            for name in table
                .required
                .iter()
                .filter(|name| value.get(name).is_none())
            {
                reading.refuse(&format!("/{name}"), "required", "must be sent");
            }
        }
        let (body, echoes) = open::<R::Update>(value, "", table, &mut reading);
        let body = if replaces {
            body.map(Change::replace)
        } else {
            body
        };
        let ignored = self.judge_unknown(&mut reading);
        let (tenant, switches) = (call.grant.tenant.as_str().into(), self.switches);
        let pending = self.store.write(Box::new(move |tx| {
            let work = &mut Work::new(tx, &tenant, switches);
            let stored = work.find(table, &ids)?;
            let before: R = object(&stored)?;
            let mut after = before.clone();
            if let Some(body) = body {
                after.merge(body);
                after.settle("", &mut reading);
            }
            echo::judge_change(&echoes, &stored.body, &after, &mut reading)?;
            work.judge(reading.verdict())?;
            let parent = stored.parent.as_deref();
            if after == before {
                conditions.judge_change(stored.version, switches.require_if_match)?;
                let (body, version) = (stored.body, stored.version);
                return Ok(Written { ids, body, version });
            }
            let now = work.tx.now();
            after.touch(now);
            let row = work.row(&after, &stored.id, parent, (stored.created, now))?;
            work.note_conflicts(table, &row, "")?;
            work.judge(Vec::new())?;
            conditions.judge_change(stored.version, switches.require_if_match)?;
            work.tx.put(table, &row)?;
            work.refresh_parent(table, parent)?;
            let (body, version) = (row.body, row.version);
            Ok(Written { ids, body, version })
        }));
        let written = pending.answer().await?;
        let mut answer = response::object(StatusCode::OK, written.version, written.body);
        // Another path or another spelling of it: say where the object is.
        let path = place::path(table, &written.ids);
        let content = (path != call.path).then(|| format!("{}{path}", self.base));
        response::locate(&mut answer, None, content);
        response::name_ignored(answer.headers_mut(), &ignored);
        Ok(answer)
    }
}
