//! Objects that authenticate with their own token.
//!
//! The token is found by its hash, which is stored with the object and changes with it in one
//! transaction. It grants no scope: the caller is known, but may do nothing that requires a
//! scope.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::UnitOfWork;
use super::unreadable::unreadable;
use crate::auth::{Grant, hash, hex};
use crate::problem::Problem;
use crate::store::{LOGINS, Row, Store};
use crate::table::{GLOBAL, Table};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Known {
    tenant: String,
    user: Option<String>,
    active: bool,
}

/// Returns the grant of an object's token, which has no scopes.
///
/// # Errors
/// The store cannot be read.
pub(crate) fn log_in(store: &dyn Store, token: &str) -> Result<Option<Grant>, Problem> {
    let stored = store.get(&LOGINS, GLOBAL, &hex(&hash(token)))?;
    let known = stored.and_then(|stored| serde_json::from_str::<Known>(&stored.body).ok());
    Ok(known.filter(|known| known.active).map(|known| Grant {
        tenant: known.tenant,
        scopes: Vec::new(),
        user: known.user,
    }))
}

impl UnitOfWork<'_> {
    /// Records the token of an object that is about to be stored.
    pub(crate) fn note_login(&mut self, table: &'static Table, row: &Row) -> Result<(), Problem> {
        let Some((id, known)) = known(table, &row.tenant, row.privileged.as_deref())? else {
            return Ok(());
        };
        let before = self.tx.find(table, &row.tenant, &row.id)?;
        if let Some((old, _)) =
            self::known(table, "", before.and_then(|one| one.privileged).as_deref())?
            && old != id
        {
            self.tx.remove(&LOGINS, GLOBAL, &old)?;
        }
        let body = serde_json::to_string(&known).map_err(|error| unreadable(&error))?;
        let there = self.tx.find(&LOGINS, GLOBAL, &id)?;
        if there.is_some_and(|there| there.body == body) {
            return Ok(());
        }
        let row = Row {
            tenant: GLOBAL.to_owned(),
            id,
            parent: None,
            body,
            privileged: None,
            secrets: None,
            cells: Vec::new(),
            ..row.clone()
        };
        Ok(self.tx.upsert(&LOGINS, &row)?)
    }

    /// Removes the token of an object that was stored with the text `privileged`.
    pub(crate) fn forget_login(
        &mut self,
        table: &'static Table,
        privileged: Option<&str>,
    ) -> Result<(), Problem> {
        match known(table, GLOBAL, privileged)? {
            Some((id, _)) => Ok(self.tx.remove(&LOGINS, GLOBAL, &id)?),
            None => Ok(()),
        }
    }
}

/// The hash of an object's token, and the user that it acts for.
fn known(
    table: &Table,
    tenant: &str,
    privileged: Option<&str>,
) -> Result<Option<(String, Known)>, Problem> {
    let (Some(login), Some(privileged)) = (&table.login, privileged) else {
        return Ok(None);
    };
    let whole: Value = serde_json::from_str(privileged).map_err(|error| unreadable(&error))?;
    let text = |name: &str| whole.get(name).and_then(Value::as_str);
    let holds = |(name, value): &(&str, &str)| text(name) == Some(*value);
    Ok(text(login.token).map(|token| {
        let known = Known {
            tenant: tenant.to_owned(),
            user: text(login.user).map(str::to_owned),
            active: login.needs.iter().all(holds),
        };
        (hex(&hash(token)), known)
    }))
}
