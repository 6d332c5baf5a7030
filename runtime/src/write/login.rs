//! Objects that authenticate with their own token.
//!
//! The token is found by its hash, which is stored with the object and changes with it in one
//! transaction. It grants no scope: the caller is known, but may do nothing that requires a
//! scope.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::UnitOfWork;
use super::observer::{Change, Observer};
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
pub(crate) async fn log_in(store: &dyn Store, token: &str) -> Result<Option<Grant>, Problem> {
    let stored = store.get(&LOGINS, GLOBAL, &hex(&hash(token))).await?;
    let known = stored.and_then(|stored| serde_json::from_str::<Known>(&stored.body).ok());
    Ok(known.filter(|known| known.active).map(|known| Grant {
        tenant: known.tenant,
        scopes: Vec::new(),
        user: known.user,
    }))
}

/// Keeps the tokens of objects.
pub(super) struct Logins;

impl Observer for Logins {
    fn observes(&self, table: &Table) -> bool {
        table.login.is_some()
    }

    fn changed(&self, unit: &mut UnitOfWork<'_>, change: &Change<'_>) -> Result<(), Problem> {
        let table = change.table;
        let before = change
            .before(unit)?
            .and_then(|one| one.privileged.as_deref());
        let old = known(table, "", before)?.map(|(id, _)| id);
        let after = change.after.and_then(|row| row.privileged.as_deref());
        let new = known(table, &unit.tenant, after)?;
        if let Some(old) = old
            && new.as_ref().is_none_or(|(id, _)| *id != old)
        {
            unit.tx.remove(&LOGINS, GLOBAL, &old)?;
        }
        let (Some((id, known)), Some(row)) = (new, change.after) else {
            return Ok(());
        };
        let body = serde_json::to_string(&known).map_err(|error| unreadable(&error))?;
        let there = unit.tx.find(&LOGINS, GLOBAL, &id)?;
        if there.is_some_and(|there| there.body == body) {
            return Ok(());
        }
        let row = Row {
            created: row.created,
            ..Row::internal(id, row.version, row.updated, body)
        };
        Ok(unit.tx.upsert(&LOGINS, &row)?)
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
