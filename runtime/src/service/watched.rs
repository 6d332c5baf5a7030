//! Refuses watches for which nothing could be delivered.

use serde_json::Value;

use crate::body::Reading;
use crate::problem::Problem;
use crate::resource::Resource;
use crate::store::KEYS;
use crate::table::{GLOBAL, Role, Watch};
use crate::watch::worker::SigningKey;
use crate::write::{UnitOfWork, unreadable};

impl UnitOfWork<'_> {
    /// Refuses identifiers that are not those of an enabled signing key of this tenant. The
    /// message does not reveal whether the key is missing, disabled or another tenant's.
    pub(super) fn judge_keys(&mut self, reading: &mut Reading) -> Result<(), Problem> {
        for (pointer, id) in std::mem::take(&mut reading.keys) {
            let stored = self.tx.find(&KEYS, GLOBAL, &id)?;
            let own = stored.filter(|one| one.parent.as_deref() == Some(&*self.tenant));
            let key = own.map(|one| serde_json::from_str::<SigningKey>(&one.body));
            let key = key.transpose().map_err(|error| unreadable(&error))?;
            if key.is_none_or(|key| !key.signs()) {
                reading.refuse(
                    &pointer,
                    "not_a_value",
                    "is not the identifier of an enabled key",
                );
            }
        }
        Ok(())
    }

    /// Refuses a watch with signed requests but without keys, unless `before` was the same.
    pub(super) fn judge_signed<R: Resource>(
        &self,
        before: Option<&R>,
        after: &R,
        reading: &mut Reading,
    ) -> Result<(), Problem> {
        let Some(watch) = &R::TABLE.watch else {
            return Ok(());
        };
        let bare = |object: &R| -> Result<bool, Problem> {
            let object = serde_json::to_value(object).map_err(|error| unreadable(&error))?;
            let signed = value(watch, &object, Role::Signed) == Some(&Value::Bool(true));
            let keys = value(watch, &object, Role::Keys).and_then(Value::as_array);
            Ok(signed && keys.is_none_or(Vec::is_empty))
        };
        let was = before.map(bare).transpose()?.unwrap_or(false);
        let place = place(watch, Role::Keys);
        if let (false, true, Some(path)) = (was, bare(after)?, place) {
            let pointer = format!("/{}", path.join("/"));
            let detail = "must name a key, because notifications are signed";
            reading.refuse(&pointer, "required", detail);
        }
        Ok(())
    }
}

/// The path of the member with a role.
fn place(watch: &Watch, role: Role) -> Option<&'static [&'static str]> {
    let mut roles = watch.roles.iter();
    roles.find(|(own, _)| *own == role).map(|(_, path)| *path)
}

/// The value of the member with a role.
fn value<'v>(watch: &Watch, object: &'v Value, role: Role) -> Option<&'v Value> {
    let mut names = place(watch, role)?.iter();
    names.try_fold(object, |value, name| value.get(name))
}
