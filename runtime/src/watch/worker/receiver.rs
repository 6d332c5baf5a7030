//! Reads the receiver from the object of a watch.

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::table::{Payload, Role, Signature, Watch};
use crate::watch::event::{Receiver, basic, method};
use crate::watch::oauth::{Credentials, Grant};
use crate::watch::sign::Key;
use crate::watch::template::Template;

/// The members of a watch by their roles.
pub(super) struct Members<'a> {
    pub(super) watch: &'static Watch,
    pub(super) object: &'a Value,
}

impl Members<'_> {
    /// Whether its owner can say something about this.
    fn has(&self, role: Role) -> bool {
        self.watch.roles.iter().any(|(own, _)| *own == role)
    }

    fn value(&self, role: Role) -> Option<&Value> {
        let (_, path) = self.watch.roles.iter().find(|(own, _)| *own == role)?;
        let value = path
            .iter()
            .try_fold(self.object, |value, name| value.get(name))?;
        (!value.is_null()).then_some(value)
    }

    pub(super) fn text(&self, role: Role) -> Option<&str> {
        self.value(role)?.as_str()
    }

    fn flag(&self, role: Role) -> bool {
        self.value(role).is_some_and(|value| *value == true)
    }

    /// Where its notifications are sent, and in which form.
    ///
    /// # Errors
    /// Why nothing can be sent.
    pub(super) fn receiver(&self, mut keys: Vec<Key>) -> Result<Receiver, String> {
        let notification = &self.watch.notification;
        if notification.signature != Signature::StandardWebhooks {
            keys.retain(Key::is_shared);
        }
        let address = self.text(Role::Address).unwrap_or_default();
        let template = self
            .value(Role::Template)
            .map(Template::parse)
            .transpose()?;
        let authorization = match (self.text(Role::Username), self.text(Role::Password)) {
            (Some(username), Some(password)) => {
                Some(basic(username, password).map_err(|why| why.to_string())?)
            }
            _ => None,
        };
        let enveloped = matches!(notification.payload, Payload::Envelope(_));
        let always = enveloped && !self.has(Role::Previous);
        let signed = self.flag(Role::Signed);
        if signed && keys.is_empty() {
            return Err("none of the keys that are to sign is there".to_owned());
        }
        Ok(Receiver {
            uri: address
                .parse()
                .map_err(|_| "the address is none".to_owned())?,
            method: method(self.text(Role::Method).unwrap_or("POST")).unwrap_or_default(),
            template,
            named: self.watch.named,
            with_previous: self.flag(Role::Previous) || always,
            headers: self.headers()?,
            authorization,
            notification,
            keys: if signed { keys } else { Vec::new() },
        })
    }

    /// Identifiers of the signing keys.
    pub(super) fn keys(&self) -> Vec<String> {
        let keys = self.value(Role::Keys).cloned();
        keys.and_then(|keys| serde_json::from_value(keys).ok())
            .unwrap_or_default()
    }

    fn headers(&self) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        let own = self.value(Role::Headers).and_then(Value::as_object);
        for (name, value) in own.into_iter().flatten() {
            let unusable = || format!("the header field {name} cannot be sent");
            let read = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unusable())?;
            let value = HeaderValue::from_str(value.as_str().unwrap_or_default());
            let mut value = value.map_err(|_| unusable())?;
            // It may contain a token of the owner.
            value.set_sensitive(true);
            headers.insert(read, value);
        }
        Ok(headers)
    }

    /// The credentials for requesting tokens, if the receiver requires any.
    pub(super) fn credentials(&self) -> Option<Credentials> {
        let text = |role| self.text(role).map(str::to_owned);
        let grant = match self.text(Role::GrantType) {
            Some("client_credentials") => Grant::ClientCredentials,
            _ => Grant::RefreshToken(text(Role::RefreshToken)?),
        };
        Some(Credentials {
            token_url: text(Role::TokenUrl)?,
            client_id: text(Role::ClientId)?,
            client_secret: text(Role::ClientSecret),
            scope: text(Role::TokenScope),
            grant,
        })
    }
}
