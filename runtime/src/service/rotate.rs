//! The operation that gives an object a new token.

use super::Service;
use crate::auth::new_token;
use crate::problem::Problem;
use crate::resource::Resource;
use crate::write::{Author, UnitOfWork, secrets, unreadable};

impl Service {
    /// Gives the object with this id a new token and revokes the old one.
    ///
    /// # Errors
    /// 404 when there is no such object or objects of this API have no tokens.
    pub fn rotate_token(&self, tenant: &str, id: &str) -> Result<(), Problem> {
        let (author, id) = (Author::deployment(tenant), id.to_owned());
        let resources = self.api.resources;
        let pending = self.commit(author, move |work| {
            let rotate = resources.iter().find_map(|one| one.rotate_token);
            rotate.ok_or_else(Problem::not_found)?(work, &id)
        });
        pending.wait()
    }
}

/// Gives an object of `R` a new token and revokes the old one.
///
/// # Errors
/// 404 when there is no such object or its resource has no tokens; a failure of the store.
pub(super) fn rotate_token<R: Resource>(
    work: &mut UnitOfWork<'_>,
    id: &str,
) -> Result<(), Problem> {
    let table = R::TABLE;
    let id = table.id_kind.read(id).ok_or_else(Problem::not_found)?;
    let tenant = work.tenant.clone();
    let stored = work.tx.find(table, &tenant, &id)?;
    let stored = stored.ok_or_else(Problem::not_found)?;
    let login = table.login.as_ref().ok_or_else(Problem::not_found)?;
    let object: R = secrets::join(table, &stored)?;
    let mut whole = serde_json::to_value(&object).map_err(|error| unreadable(&error))?;
    whole[login.token] = new_token()?.into();
    let mut next: R = serde_json::from_value(whole).map_err(|error| unreadable(&error))?;
    let (parent, times) = (stored.parent.as_deref(), (stored.created, stored.updated));
    let row = work.row(Some(&object), &mut next, &id, parent, times)?;
    work.put(table, &row)
}
