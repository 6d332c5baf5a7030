//! Lists, tables and settings of the deployment: read by clients, replaced by an import.

use http::StatusCode;
use serde_json::{Map, Value};

use super::condition::{Conditions, Edition};
use super::{Answer, Call, Service, response};
use crate::body::Reading;
use crate::presets::{ITEMS, Presets};
use crate::problem::Problem;
use crate::store::PRESETS;
use crate::write::UnitOfWork;

impl Service {
    /// Returns the lists in effect for the caller's tenant.
    ///
    /// # Errors
    /// 400 when there is a parameter; 412 for conditions that do not hold.
    pub async fn presets(&self, call: Call) -> Answer {
        self.shown(call, Presets::lists).await
    }

    /// Returns the rows of a table that belongs to the deployment.
    ///
    /// # Errors
    /// 400 when there is a parameter; 412 for conditions that do not hold.
    pub async fn rows(&self, call: Call, table: &'static str) -> Answer {
        let text = |presets: &Presets| {
            let rows = presets.rows(table).iter().cloned().map(Value::Object);
            serde_json::json!({ ITEMS: Value::Array(rows.collect()) }).to_string()
        };
        self.shown(call, text).await
    }

    /// Returns a part of the deployment's lists and tables.
    async fn shown(&self, call: Call, text: impl FnOnce(&Presets) -> String) -> Answer {
        self.refuse_parameters(&call)?;
        let conditions = Conditions::read(&call.headers)?;
        let stored = self
            .store
            .get(&PRESETS, &call.grant.tenant, self.api.name)
            .await?;
        let version = stored.as_ref().map_or(0, |stored| stored.version);
        let edition = Edition::plain(version);
        conditions.judge(edition)?;
        if conditions.is_known(edition) {
            return Ok(response::known(edition));
        }
        let presets = Presets::read(
            self.api.presets.as_ref(),
            stored.as_ref().map(|stored| stored.body.as_str()),
        );
        Ok(response::object(StatusCode::OK, edition, text(&presets)))
    }

    /// Prepares to read a body, with the tenant's lists, tables and settings.
    pub(super) async fn reading(&self, tenant: &str) -> Result<Reading, Problem> {
        let mut reading = Reading {
            host: self.host.clone(),
            guard: self.guard.clone(),
            ignores_read_only: self.api.dialect.ignores_read_only,
            ..Reading::default()
        };
        if let Some(lists) = &self.api.presets {
            let stored = self.store.get(&PRESETS, tenant, self.api.name).await?;
            let stored = stored.as_ref().map(|stored| stored.body.as_str());
            reading.presets = Presets::read(Some(lists), stored);
        }
        Ok(reading)
    }
}

impl UnitOfWork<'_> {
    /// Replaces the given lists, tables and settings of the deployment.
    pub(super) fn replace_presets(
        &mut self,
        api: &'static crate::api::Api,
        given: &Map<String, Value>,
    ) -> Result<(), Problem> {
        let tenant = self.tenant.clone();
        let stored = self.tx.find(&PRESETS, &tenant, api.name)?;
        let stored = stored.as_ref().map(|stored| stored.body.as_str());
        let Some(spec) = &api.presets else {
            return Ok(());
        };
        let presets = Presets::read(Some(spec), stored)
            .replaced(spec, given)
            .map_err(|found| Problem::validation(self.switches.validation_status, found))?;
        let (number, now) = (self.tx.number(), self.tx.now());
        let row = presets.stored(&tenant, api.name, number, now);
        self.tx.upsert(&PRESETS, &row)?;
        Ok(())
    }
}
