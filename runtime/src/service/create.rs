//! The operation that creates an object.

use http::StatusCode;

use super::condition::Edition;
use super::make::make;
use super::stored::refresh_parent;
use super::{Answer, Call, Service, Written, passwords, paths, response};
use crate::body::Draft;
use crate::resource::Resource;
use crate::write::{Author, secrets};

impl Service {
    /// Creates an object and the children sent with it.
    ///
    /// # Errors
    /// 400, 413 or 415 for a body that cannot be read; 404 for an unknown parent; 422 with all
    /// violations; 409 for values that are taken.
    pub async fn create<R: Resource>(&self, call: Call) -> Answer {
        let table = R::table();
        let above = paths::of_collection(table, &call)?;
        self.refuse_parameters(&call)?;
        let mut reading = self.reading(&call.grant.tenant)?;
        let value = self.parse(&call)?;
        let draft = Draft::<R::Create>::read(value, "", table, &mut reading);
        let ignored = reading.take_unknown(self.switches.reject_unknown_members);
        passwords::hash_in_turn(&mut reading).await?;
        let privileged = secrets::can_view(table, &call.grant);
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
            Ok(Written {
                ids,
                version: row.version,
                body: row.text(privileged),
                ignored: ignored.clone(),
            })
        });
        let written = written.answer().await?;
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
        Ok(answer)
    }
}
