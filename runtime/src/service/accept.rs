//! Accepting an invitation: its link sets a password, once.

use serde_json::{Value, json};

use super::{Service, passwords};
use crate::api::Accepted;
use crate::body::open;
use crate::problem::Problem;
use crate::resource::Updates;
use crate::store::INVITATIONS;
use crate::table::GLOBAL;
use crate::write::{Author, Invitation, secrets};

impl Service {
    /// Sets the password of the object that `invitation` is for. This invalidates its link and
    /// all others for the object.
    ///
    /// # Errors
    /// 404 for a link that is unknown or no longer valid; 422 for a password that breaks its
    /// rule, in which case the link remains valid.
    pub async fn accept_invitation(
        &self,
        invitation: Invitation,
        password: Value,
    ) -> Result<(), Problem> {
        let mut entries = self.api.resources.iter();
        let entry = entries.find(|one| one.model.table.name == invitation.table);
        let accept_invitation = entry.and_then(|entry| entry.accept_invitation);
        let accept_invitation = accept_invitation.ok_or_else(Problem::not_found)?;
        accept_invitation(self, invitation, password).await
    }
}

/// Sets the password of an object of `R`.
pub(super) fn accept_invitation<R: Updates>(
    service: &Service,
    invitation: Invitation,
    password: Value,
) -> Accepted<'_> {
    Box::pin(set::<R>(service, invitation, password))
}

async fn set<R: Updates>(
    service: &Service,
    invitation: Invitation,
    password: Value,
) -> Result<(), Problem> {
    let table = R::TABLE;
    let invite = table.invite.as_ref().ok_or_else(Problem::not_found)?;
    let mut reading = service.reading(&invitation.tenant).await?;
    let (body, _) = open::<R::Update>(json!({ invite.sets: password }), "", table, &mut reading);
    passwords::hash_in_turn(&mut reading).await?;
    let author = Author::deployment(&invitation.tenant);
    let pending = service.commit(author, move |work| {
        let mut reading = reading.clone();
        let over = invitation.expires < work.tx.now().micros();
        if over || !invitation.fresh(work.tx)? {
            return Err(Problem::not_found());
        }
        let stored = work
            .tx
            .find(table, &invitation.tenant, &invitation.object)?;
        let stored = stored.ok_or_else(Problem::not_found)?;
        let before: R = secrets::join(table, &stored)?;
        let mut after = before.clone();
        if let Some(body) = body.clone() {
            after.merge(body);
            after = secrets::carry(table, Some(&before), after, "", &mut reading)?;
            after.settle("", &mut reading);
        }
        work.judge(reading.verdict())?;
        work.changed(&before, after, &stored)?;
        let key = invitation.key();
        for other in work.tx.children(&INVITATIONS, GLOBAL, &key)? {
            work.tx.remove(&INVITATIONS, GLOBAL, &other.id)?;
        }
        Ok(())
    });
    pending.answer().await
}
