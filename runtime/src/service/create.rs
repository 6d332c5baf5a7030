//! The operation that creates an object.

use axum::response::Response;
use http::StatusCode;

use super::condition::Edition;
use super::idempotency::Key;
use super::make::make;
use super::stored::refresh_parent;
use super::{Answer, Call, Service, Written, passwords, paths, response};
use crate::body::Draft;
use crate::problem::Problem;
use crate::resource::Resource;
use crate::table::Table;
use crate::write::{Author, secrets};

impl Service {
    /// Creates an object and the children sent with it, or repeats the answer of the request that
    /// named itself by the same `Idempotency-Key`.
    ///
    /// # Errors
    /// 400, 413 or 415 for a body that cannot be read; 404 for an unknown parent; 422 with all
    /// violations, or for a key of another request; 409 for values that are taken, or a key whose
    /// request is being worked on.
    pub async fn create<R: Resource>(&self, call: Call) -> Answer {
        let table = R::TABLE;
        let privileged = secrets::can_view(table, &call.grant);
        let key = match self.api.dialect.no_idempotency_keys {
            true => None,
            false => Key::read(&call)?,
        };
        let Some(key) = key else {
            let written = self.created::<R>(call, privileged, None).await?;
            return Ok(self.answer_created(table, privileged, written));
        };
        let turn = self.in_flight.enter(&key.id);
        let _turn = turn.ok_or_else(Problem::in_progress)?;
        let written = match self
            .kept(table, &call.grant.tenant, &key, privileged)
            .await?
        {
            Some(written) => written,
            None => self.created::<R>(call, privileged, Some(key)).await?,
        };
        Ok(self.answer_created(table, privileged, written))
    }

    async fn created<R: Resource>(
        &self,
        call: Call,
        privileged: bool,
        key: Option<Key>,
    ) -> Result<Written, Problem> {
        let table = R::TABLE;
        let above = paths::of_collection(table, &call)?;
        self.refuse_parameters(&call)?;
        let mut reading = self.reading(&call.grant.tenant).await?;
        let value = self.parse(&call)?;
        let draft = Draft::<R::Create>::read(value, "", table, &mut reading);
        let ignored = reading.take_unknown(self.switches.reject_unknown_members);
        passwords::hash_in_turn(&mut reading).await?;
        let author = Author::client(&call.grant, self.mails);
        let written = self.commit(author, move |work| {
            work.find_parent(table, &above)?;
            let parent = above.last().map(String::as_str);
            let mut reading = reading.clone();
            work.judge_keys(&mut reading)?;
            let Some(draft) = draft.clone() else {
                work.judge(reading.verdict())?;
                unreachable!("a body is whole unless something was refused");
            };
            let (object, row) = make::<R>(work, draft, parent, &mut reading)?;
            work.judge_signed(None, &object, &mut reading)?;
            work.note_conflicts(table, &row, "")?;
            work.judge(reading.verdict())?;
            work.put(table, &row)?;
            refresh_parent::<R>(work, parent)?;
            let mut ids = above.clone();
            ids.push(row.id.clone());
            let written = Written {
                ids,
                version: row.version,
                body: row.shown(privileged).to_owned(),
                ignored: ignored.clone(),
            };
            if let Some(key) = &key {
                key.keep(work, &row, &written)?;
            }
            Ok(written)
        });
        written.answer().await
    }

    /// The answer to a create.
    fn answer_created(&self, table: &Table, privileged: bool, written: Written) -> Response {
        let status = self.switches.create_status.unwrap_or(table.create_status);
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::CREATED);
        let edition = Edition {
            version: written.version,
            privileged,
        };
        let mut answer = response::object(status, edition, written.body);
        let path = format!("{}{}", self.base, paths::object(table, &written.ids));
        response::locate(&mut answer, Some(path), None);
        response::name_ignored(answer.headers_mut(), &written.ignored);
        answer
    }
}
