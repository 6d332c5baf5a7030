//! What own logic can do: in the transaction of a write, in an operation of its own, and in a
//! job.

use std::collections::BTreeSet;
use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::condition::{Conditions, Edition};
use super::make::make;
use super::stored::refresh_parent;
use super::{Answer, Call, Service, passwords, paths, response};
use crate::body::{Draft, Reading};
use crate::problem::{At, Problem, Violation};
use crate::resource::Resource;
use crate::store::{Row, Stored};
use crate::value::Instant;
use crate::write::{Author, UnitOfWork, secrets};

impl Service {
    /// Commits the changes that `decide` makes on behalf of a tenant. It can be called again, so
    /// it must have no effect but on the unit of work.
    ///
    /// # Errors
    /// `decide` refuses, or the store fails; nothing is stored then.
    pub async fn write<T: Send + 'static>(
        &self,
        tenant: &str,
        decide: impl Fn(&mut UnitOfWork<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let author = Author::deployment(tenant);
        self.commit(author, decide).answer().await
    }

    /// The tenants that have a token, in order: those that a job goes over. It reads every token.
    ///
    /// # Errors
    /// The store fails.
    pub async fn tenants(&self) -> Result<Vec<String>, Problem> {
        let tokens = Arc::clone(&self.tokens);
        let listed = tokio::task::spawn_blocking(move || tokens.list(None)).await;
        let listed = listed.map_err(|_| Problem::internal())??;
        let tenants: BTreeSet<String> = listed.into_iter().map(|one| one.grant.tenant).collect();
        Ok(tenants.into_iter().collect())
    }

    /// An operation of one's own that changes the object of the path, such as
    /// `POST /orders/{orderId}/cancel`; answers with the object.
    ///
    /// # Errors
    /// 404 for an unknown object; 412 or 428 for conditions that do not hold; what `act` refuses.
    pub async fn act<R: Resource>(
        &self,
        call: Call,
        act: impl Fn(&mut R, &mut UnitOfWork<'_>) -> Result<(), Problem> + Send + 'static,
    ) -> Answer {
        let table = R::TABLE;
        let ids = paths::of_item(table, &call)?;
        self.refuse_parameters(&call)?;
        let conditions = Conditions::read(&call.headers)?;
        let required = self.switches.require_if_match;
        let privileged = secrets::can_view(table, &call.grant);
        let author = Author::client(&call.grant, self.mails);
        let pending = self.commit(author, move |unit| {
            let stored = unit.find(table, &ids)?;
            let edition = |version| Edition {
                version,
                privileged,
            };
            conditions.judge_change(edition(stored.version), required)?;
            match unit.apply(&stored, &act)? {
                Some(row) => Ok((edition(row.version), row.text(privileged))),
                None => Ok((edition(stored.version), stored.text(privileged))),
            }
        });
        let (edition, body) = pending.answer().await?;
        Ok(response::object(StatusCode::OK, edition, body))
    }
}

impl UnitOfWork<'_> {
    /// The tenant on whose behalf the write happens.
    #[must_use]
    pub fn tenant(&self) -> &str {
        &self.tenant
    }

    /// The email address of the user who writes, if the token names one.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        self.author.user.as_deref()
    }

    /// A refusal of the member at `place`, a JSON Pointer, as of a body that breaks a rule: 422, or
    /// what the deployment answers then. `code` is for programs, `detail` says what would be legal.
    pub fn invalid(&self, place: &str, code: &'static str, detail: impl Into<String>) -> Problem {
        let found = Violation {
            at: At::Pointer(place.to_owned()),
            code,
            detail: detail.into(),
        };
        Problem::validation(self.switches.validation_status, vec![found])
    }

    /// Whether objects are imported: what the server sets is then already in them.
    #[must_use]
    pub fn is_import(&self) -> bool {
        self.author.imports
    }

    /// The current instant, later than that of every earlier write.
    pub fn now(&mut self) -> Instant {
        self.tx.now()
    }

    /// Reads an object of the tenant, as this write has left it so far.
    ///
    /// # Errors
    /// The store fails.
    pub fn read<R: Resource>(&mut self, id: &str) -> Result<Option<R>, Problem> {
        let stored = self.tx.find(R::TABLE, &self.tenant, id)?;
        let object = stored.map(|stored| secrets::join(R::TABLE, &stored));
        object.transpose()
    }

    /// Reads the children of an object, oldest first.
    ///
    /// # Errors
    /// The store fails.
    pub fn read_children<R: Resource>(&mut self, parent: &str) -> Result<Vec<R>, Problem> {
        let stored = self.tx.children(R::TABLE, &self.tenant, parent)?;
        let objects = stored.iter().map(|one| secrets::join(R::TABLE, one));
        objects.collect()
    }

    /// Creates an object from a body, by the rules of its create; `parent` is the identifier of
    /// its parent, if its resource has one. Lists and settings that belong to a deployment are
    /// not known here.
    ///
    /// # Errors
    /// The body breaks rules, values are taken, or the store fails.
    pub fn create<R: Resource>(&mut self, parent: Option<&str>, body: Value) -> Result<R, Problem> {
        let (table, mut reading) = (R::TABLE, Reading::default());
        let draft = Draft::<R::Create>::read(body, "", table, &mut reading);
        reading.take_unknown(true);
        passwords::hash(&mut reading);
        self.judge_keys(&mut reading)?;
        let Some(draft) = draft else {
            self.judge(reading.verdict())?;
            return Err(Problem::internal());
        };
        let (object, row) = make::<R>(self, draft, parent, &mut reading)?;
        self.note_conflicts(table, &row, "")?;
        self.judge(reading.verdict())?;
        self.put(table, &row)?;
        refresh_parent::<R>(self, parent)?;
        Ok(object)
    }

    /// Changes an object, whatever its rules for bodies say; `false` if there is none.
    ///
    /// # Errors
    /// `change` refuses, values are taken, or the store fails.
    pub fn change<R: Resource>(
        &mut self,
        id: &str,
        change: impl Fn(&mut R) -> Result<(), Problem>,
    ) -> Result<bool, Problem> {
        let Some(stored) = self.tx.find(R::TABLE, &self.tenant, id)? else {
            return Ok(false);
        };
        self.apply(&stored, |object, _| change(object))?;
        Ok(true)
    }

    /// Applies a change to a stored object; returns its row, unless nothing changes.
    fn apply<R: Resource>(
        &mut self,
        stored: &Stored,
        change: impl Fn(&mut R, &mut UnitOfWork<'_>) -> Result<(), Problem>,
    ) -> Result<Option<Row>, Problem> {
        let before: R = secrets::join(R::TABLE, stored)?;
        let mut after = before.clone();
        change(&mut after, self)?;
        if after == before {
            return Ok(None);
        }
        self.changed(&before, after, stored).map(Some)
    }

    /// Removes an object and its cascading children; `false` if there is none.
    ///
    /// # Errors
    /// Children keep it, or the store fails.
    pub fn delete<R: Resource>(&mut self, id: &str) -> Result<bool, Problem> {
        let table = R::TABLE;
        let Some(stored) = self.tx.find(table, &self.tenant, id)? else {
            return Ok(false);
        };
        self.remove(table, id)?;
        refresh_parent::<R>(self, stored.parent.as_deref())?;
        Ok(true)
    }
}
