//! The context in which an object is created.

use serde_json::Value;

use super::UnitOfWork;
use crate::auth::new_token;
use crate::body::Reading;
use crate::body::rule::Rule;
use crate::problem::Problem;
use crate::store::Stored;
use crate::value::Instant;

/// The context in which an object is created: its identifier, the time, settings.
pub struct CreateContext<'w, 't> {
    pub(crate) work: &'w mut UnitOfWork<'t>,
    pub(crate) reading: &'w mut Reading,
    pub(crate) id: &'w str,
    /// The stored object, when it is loaded again.
    pub(crate) there: Option<Stored>,
    pub(crate) created: Instant,
    pub(crate) updated: Instant,
}

impl CreateContext<'_, '_> {
    /// Its identifier.
    #[must_use]
    pub fn id(&self) -> String {
        self.id.to_owned()
    }

    /// The same where identifiers are numbers.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.id.parse().unwrap_or_default()
    }

    /// A setting of the deployment, when it is one that `rule` takes.
    #[must_use]
    pub fn setting<R: Rule + ?Sized>(&self, name: &str, rule: &R) -> Option<R::Value> {
        self.reading.setting(name, rule)
    }

    /// The public name of the host, as the deployment says it, when it is one
    /// that `rule` takes.
    #[must_use]
    pub fn host<R: Rule + ?Sized>(&self, rule: &R) -> Option<R::Value> {
        let value = self.reading.host.as_deref()?.into();
        let mut apart = Reading::default();
        rule.read(value, "", &mut apart)
    }

    /// The email address of the user who creates it.
    #[must_use]
    pub fn user(&self) -> Option<String> {
        self.work.user.clone()
    }

    /// A secret that nobody else has; an object that is loaded again keeps its own.
    ///
    /// # Errors
    /// A system without random bytes.
    pub fn token(&self, member: &str) -> Result<String, Problem> {
        let text = self
            .there
            .as_ref()
            .and_then(|there| there.privileged.as_deref());
        let whole: Option<Value> = text.and_then(|text| serde_json::from_str(text).ok());
        match whole.as_ref().and_then(|whole| whole[member].as_str()) {
            Some(token) => Ok(token.to_owned()),
            None => Ok(new_token()?),
        }
    }

    /// When it was created.
    #[must_use]
    pub fn created(&self) -> Instant {
        self.created
    }

    /// When it was last changed.
    #[must_use]
    pub fn updated(&self) -> Instant {
        self.updated
    }
}
