//! The context in which an object is created.

use serde_json::Value;

use super::UnitOfWork;
use crate::auth::new_token;
use crate::body::Reading;
use crate::body::rule::Rule;
use crate::problem::Problem;
use crate::store::Stored;
use crate::value::{Instant, Token};

/// The context in which an object is created: its identifier, the time and settings.
pub struct CreateContext<'w, 't> {
    pub(crate) work: &'w mut UnitOfWork<'t>,
    pub(crate) reading: &'w mut Reading,
    pub(crate) id: &'w str,
    /// The stored object, if it is loaded again.
    pub(crate) there: Option<Stored>,
    pub(crate) created: Instant,
    pub(crate) updated: Instant,
}

impl CreateContext<'_, '_> {
    /// The identifier of the object.
    #[must_use]
    pub fn id(&self) -> String {
        self.id.to_owned()
    }

    /// The identifier as a number, for kinds of identifiers that are numbers.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.id.parse().unwrap_or_default()
    }

    /// A setting of the deployment, if `rule` accepts its value.
    #[must_use]
    pub fn setting<R: Rule + ?Sized>(&self, name: &str, rule: &R) -> Option<R::Value> {
        self.reading.setting(name, rule)
    }

    /// The public name of the host that the deployment sets, if `rule` accepts it.
    #[must_use]
    pub fn host<R: Rule + ?Sized>(&self, rule: &R) -> Option<R::Value> {
        let value = self.reading.host.as_deref()?.into();
        let mut apart = Reading::default();
        rule.read(value, "", &mut apart)
    }

    /// The email address of the user who creates it.
    #[must_use]
    pub fn user(&self) -> Option<String> {
        self.work.author.user.clone()
    }

    /// The email address of the user who creates it; empty if no user does, as in a migration
    /// and in jobs of own logic.
    #[must_use]
    pub fn user_or_empty(&self) -> String {
        self.user().unwrap_or_default()
    }

    /// Generates a token; an object that is loaded again keeps its own.
    ///
    /// # Errors
    /// The system provides no random bytes.
    pub fn token(&self, member: &str) -> Result<Token, Problem> {
        let text = self
            .there
            .as_ref()
            .and_then(|there| there.privileged.as_deref());
        let whole: Option<Value> = text.and_then(|text| serde_json::from_str(text).ok());
        match whole.as_ref().and_then(|whole| whole[member].as_str()) {
            Some(token) => Ok(token.to_owned().into()),
            None => Ok(new_token()?.into()),
        }
    }

    /// Stands for a value until [`Resource::settle`](crate::resource::Resource::settle) has
    /// computed it.
    #[must_use]
    pub fn until_settled<T: Default>(&self) -> T {
        T::default()
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
