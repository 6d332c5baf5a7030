//! The operation that updates an object.

use bytes::Bytes;
use http::{Method, StatusCode};
use serde_json::Value;

use super::condition::{Conditions, Edition};
use super::mend::mend;
use super::partial::Waiting;
use super::stored::refresh_parent;
use super::{Answer, Call, Service, Written, inside, passwords, paths, response, sent_back};
use crate::body::{Reading, SentBack, Unknown, open, token};
use crate::problem::{Found, Problem};
use crate::resource::Updates;
use crate::store::Stored;
use crate::table::Table;
use crate::write::{Author, Relations, UnitOfWork, secrets};

impl Service {
    /// Changes the members that were sent; if nothing changes, the version stays the same. PUT
    /// and its aliases set the others to their defaults if the deployment, or else the table,
    /// says so; PATCH never does.
    ///
    /// # Errors
    /// 400, 413 or 415 for a body that cannot be read; 404 for an unknown object; 422 with all
    /// violations; 409 for values that are taken; 412 or 428 for conditions that do not hold.
    pub async fn update<R: Updates>(&self, call: Call) -> Answer {
        let table = R::TABLE;
        let ids = paths::of_item(table, &call)?;
        self.refuse_parameters(&call)?;
        let conditions = Conditions::read(&call.headers)?;
        let replaces = call.method != Method::PATCH
            && self.switches.put_replaces.unwrap_or(table.put_replaces);
        let mut reading = self.reading(&call.grant.tenant).await?;
        let blank = reading.clone();
        let (mut value, patch) = self.parse_change(&call)?;
        let waiting = match replaces {
            true => {
                refuse_missing(table, &value, &mut reading);
                Waiting::default()
            }
            false => Waiting::take(&mut value, R::PARTIAL, patch),
        };
        reading.unknown = waiting.unknown::<R>(blank);
        reading.replaces = replaces;
        let (body, sent_back) = open::<R::Update>(value, "", table, &mut reading);
        // Judged before a password is hashed: of a body that is refused, none is.
        let unknown = std::mem::take(&mut reading.unknown);
        let refuses = self.switches.reject_unknown_members;
        let ignored = reading.judge_unknown(unknown.clone(), refuses);
        passwords::hash_in_turn(&mut reading).await?;
        let privileged = secrets::can_view(table, &call.grant);
        let author = Author::client(&call.grant, self.mails);
        let sent = Sent::<R> {
            text: call.body.clone(),
            body,
            waiting,
            sent_back,
            reading,
            unknown,
            ignored,
            conditions,
            privileged,
        };
        let pending = self.commit(author, move |work| sent.clone().write(work, ids.clone()));
        let written = pending.answer().await?;
        let edition = Edition {
            version: written.version,
            privileged,
        };
        let mut answer = response::object(StatusCode::OK, edition, written.body);
        // For another path, or another spelling of it, state the object's own path.
        let path = paths::object(table, &written.ids);
        let content = (path != call.path).then(|| format!("{}{path}", self.base));
        response::locate(&mut answer, None, content);
        response::name_ignored(answer.headers_mut(), &written.ignored);
        Ok(answer)
    }
}

/// An update as a request sends it.
#[derive(Clone)]
struct Sent<R: Updates> {
    text: Bytes,
    body: Option<R::Update>,
    waiting: Waiting,
    sent_back: Vec<SentBack>,
    reading: Reading,
    /// The unknown members that were found without the stored object.
    unknown: Unknown,
    /// JSON Pointers of those that are ignored.
    ignored: Vec<String>,
    conditions: Conditions,
    /// Whether the caller sees members that only a scope reveals.
    privileged: bool,
}

impl<R: Updates> Sent<R> {
    /// Updates the object at `ids`, unless nothing changes.
    fn write(mut self, work: &mut UnitOfWork<'_>, ids: Vec<String>) -> Result<Written, Problem> {
        let table = R::TABLE;
        let stored = work.find(table, &ids)?;
        if stored.unfit {
            return self.mend(work, ids, stored);
        }
        let before: R = secrets::join(table, &stored)?;
        let mut after = self.over(&before, &stored.id, work)?;
        // Those of an object that a sibling chooses are known only now.
        let unknown = std::mem::take(&mut self.reading.unknown).since(&self.unknown);
        let refuses = work.switches.reject_unknown_members;
        let later = self.reading.judge_unknown(unknown, refuses);
        let mut ignored = std::mem::take(&mut self.ignored);
        ignored.extend(later);
        work.judge_signed(Some(&before), &after, &mut self.reading)?;
        let (parent, id) = (stored.parent.clone(), stored.id.clone());
        let (version, created) = (stored.version, stored.created);
        let privileged = self.privileged;
        let edition = Edition {
            version,
            privileged,
        };
        let shown = stored.text(privileged);
        self.judge_sent_back(&shown, &after)?;
        work.judge(self.reading.verdict())?;
        let required = work.switches.require_if_match;
        if after == before {
            self.conditions.judge_change(edition, required)?;
            let body = shown;
            return Ok(Written {
                ids,
                body,
                version,
                ignored,
            });
        }
        let now = work.tx.now();
        after.touch(now);
        let times = (created, now);
        let row = work.row(Some(&before), &mut after, &id, parent.as_deref(), times)?;
        work.note_conflicts(table, &row, "")?;
        work.judge(Found::default())?;
        self.conditions.judge_change(edition, required)?;
        work.put(table, &row)?;
        refresh_parent::<R>(work, parent.as_deref())?;
        let (version, body) = (row.version, row.text(privileged));
        Ok(Written {
            ids,
            body,
            version,
            ignored,
        })
    }

    /// Updates an object that breaks rules, which has to keep all of them afterwards. Own logic
    /// sees one that cannot be read as a new one.
    fn mend(
        mut self,
        work: &mut UnitOfWork<'_>,
        ids: Vec<String>,
        stored: Stored,
    ) -> Result<Written, Problem> {
        let table = R::TABLE;
        let before: Option<R> = serde_json::from_value(secrets::whole(table, &stored)?).ok();
        let over = before.as_ref();
        let over = over
            .map(|before| self.over(before, &stored.id, work))
            .transpose()?;
        let after = mend(work, &stored, over.as_ref(), &self.text, &mut self.reading)?;
        work.judge(std::mem::take(&mut self.reading).verdict())?;
        let mut after = after.ok_or_else(Problem::internal)?;
        work.judge_signed(before.as_ref(), &after, &mut self.reading)?;
        let privileged = self.privileged;
        let edition = Edition {
            version: stored.version,
            privileged,
        };
        let (parent, id) = (stored.parent.clone(), stored.id.clone());
        let now = work.tx.now();
        let times = (stored.created, now);
        self.judge_sent_back(&stored.text(privileged), &after)?;
        work.judge(self.reading.verdict())?;
        after.touch(now);
        let row = work.row(before.as_ref(), &mut after, &id, parent.as_deref(), times)?;
        work.note_conflicts(table, &row, "")?;
        work.judge(Found::default())?;
        let required = work.switches.require_if_match;
        self.conditions.judge_change(edition, required)?;
        work.put(table, &row)?;
        let tenant = work.tenant.clone();
        work.tx.mended(table, &tenant, &id)?;
        refresh_parent::<R>(work, parent.as_deref())?;
        Ok(Written {
            ids,
            version: row.version,
            body: row.text(privileged),
            ignored: std::mem::take(&mut self.ignored),
        })
    }

    /// The object after the update, or unchanged if the body could not be read.
    fn over(&mut self, before: &R, id: &str, work: &mut UnitOfWork<'_>) -> Result<R, Problem> {
        let reading = &mut self.reading;
        let mut after = before.clone();
        let merged = std::mem::take(&mut self.waiting).read(before, reading)?;
        work.judge_keys(reading)?;
        // Only passwords in merged members are hashed here; there are few.
        passwords::hash(reading);
        let Some(mut body) = self.body.take() else {
            return Ok(after);
        };
        after.relate(&mut body, &mut Relations::new(work, reading, id))?;
        after.merge(body);
        if let Some(merged) = merged {
            after.merge(merged);
        }
        let after = inside::keep(before, after)?;
        let mut after = secrets::carry(R::TABLE, Some(before), after, "", reading)?;
        after.settle("", reading);
        Ok(after)
    }

    /// Checks the server-set members that the client sends back.
    fn judge_sent_back(&mut self, shown: &str, after: &R) -> Result<(), Problem> {
        sent_back::judge_change(&self.sent_back, shown, after, &mut self.reading)?;
        let sent = std::mem::take(&mut self.reading.inside);
        inside::judge(&sent, shown, &mut self.reading)
    }
}

/// Records missing members that are required in a whole object.
fn refuse_missing(table: &Table, value: &Value, reading: &mut Reading) {
    for path in table.required {
        let Some((name, above)) = path.split_last() else {
            continue;
        };
        let holder = above.iter().try_fold(value, |value, step| value.get(step));
        if holder.is_some_and(|holder| holder.is_object() && holder.get(name).is_none()) {
            let place = path.iter().map(|step| format!("/{}", token(step)));
            reading.refuse(&place.collect::<String>(), "required", "must be sent");
        }
    }
}
