//! Objects of which each user sees their own values.
//!
//! The store keeps one object per user, with that user's values, and lists read only those. The
//! tenant's own object is stored as well: uniqueness is checked against it. An import updates
//! the shared members for all users.

use serde_json::Value;

use crate::auth::Grant;
use crate::problem::Problem;
use crate::resource::Resource;
use crate::store::{Row, VIEWERS};
use crate::table::Table;
use crate::value::fold;
use crate::write::{UnitOfWork, unreadable};

/// The tenant under which the store keeps the objects that a caller sees.
///
/// # Errors
/// 403 when each user sees their own objects and the token has no user.
pub(super) fn partition(table: &Table, grant: &Grant) -> Result<String, Problem> {
    match (table.per_user, &grant.user) {
        ([], _) => Ok(grant.tenant.clone()),
        (_, Some(user)) => Ok(of_user(&grant.tenant, user)),
        (_, None) => Err(Problem::user_required()),
    }
}

/// The key of a user's part of a tenant; email addresses are compared ignoring case.
fn of_user(tenant: &str, user: &str) -> String {
    format!("{tenant}\u{1f}{}", fold(user))
}

/// Stores the object of `row` for `user`, and updates the shared members for all other users
/// who have it.
pub(super) fn spread<R: Resource>(
    work: &mut UnitOfWork<'_>,
    object: &R,
    row: &Row,
    user: &str,
) -> Result<(), Problem> {
    let table = R::TABLE;
    let place = format!("{}/{}", table.name, row.id);
    let there = work.tx.find(&VIEWERS, &row.tenant, &place)?;
    let mut viewers: Vec<String> = there
        .and_then(|stored| serde_json::from_str(&stored.body).ok())
        .unwrap_or_default();
    let user = fold(user);
    let shared = serde_json::to_value(object).map_err(|error| unreadable(&error))?;
    for viewer in viewers.iter().filter(|viewer| **viewer != user) {
        let tenant = of_user(&row.tenant, viewer);
        let Some(stored) = work.tx.find(table, &tenant, &row.id)? else {
            continue;
        };
        let own: Value = serde_json::from_str(&stored.body).map_err(|error| unreadable(&error))?;
        let mut merged = shared.clone();
        for member in table.per_user {
            merged[*member] = own[*member].clone();
        }
        let merged: R = serde_json::from_value(merged).map_err(|error| unreadable(&error))?;
        let mut next = work.bare_row(&merged, &row.id, None, (row.created, row.updated))?;
        next.tenant = tenant;
        work.tx.upsert(table, &next)?;
    }
    let mut own = row.clone();
    own.tenant = of_user(&row.tenant, &user);
    work.tx.upsert(table, &own)?;
    if !viewers.contains(&user) {
        viewers.push(user);
        let text = serde_json::to_string(&viewers).map_err(|error| unreadable(&error))?;
        let viewers = Row {
            id: place,
            body: text,
            cells: Vec::new(),
            privileged: None,
            secrets: None,
            ..row.clone()
        };
        work.tx.upsert(&VIEWERS, &viewers)?;
    }
    Ok(())
}
