//! The signing keys of a tenant.

use axum::response::IntoResponse;
use http::StatusCode;
use serde_json::{Value, json};

use super::super::response;
use super::json;
use crate::body::Reading;
use crate::problem::Problem;
use crate::service::{Answer, Call, Service};
use crate::store::{Durability, KEYS, Select};
use crate::table::{Attribute, GLOBAL, Signature, Table};
use crate::value::IdKind;
use crate::watch::sign::generate;
use crate::watch::worker::{SigningKey, algorithm};

/// Maximum length of a key's name in Unicode scalar values.
const LONGEST: usize = 255;

/// The algorithms that sign what watches of a table send.
fn algorithms(table: &Table) -> &'static [&'static str] {
    match table.watch.map(|watch| watch.notification.signature) {
        None | Some(Signature::StandardWebhooks) => &["hmac-sha256", "ed25519"],
        // In hexadecimal digits there is HMAC alone.
        Some(Signature::HexHmac { .. } | Signature::Timestamped { .. }) => &["hmac-sha256"],
    }
}

impl Service {
    /// Lists the keys of the tenant, oldest first.
    pub(super) async fn keys(&self, _: &'static Table, call: Call) -> Answer {
        self.refuse_parameters(&call)?;
        let page = self.store.list(Select {
            table: &KEYS,
            tenant: GLOBAL.to_owned(),
            parent: Some(call.grant.tenant.clone()),
            privileged: false,
            conditions: Vec::new(),
            order: Attribute::Created,
            descending: false,
            after: None,
            limit: None,
            offset: 0,
        });
        let page = page.await?;
        let items: Value = serde_json::from_str(&page.body).map_err(|_| Problem::internal())?;
        Ok(json(StatusCode::OK, &json!({ "items": items })))
    }

    /// Returns one key without its secret.
    pub(super) async fn key(&self, _: &'static Table, call: Call) -> Answer {
        self.refuse_parameters(&call)?;
        Ok(json(StatusCode::OK, &json!(self.own_key(&call).await?)))
    }

    /// Creates a key. A secret is shown now and never again; of a key pair only the public key
    /// is shown.
    pub(super) async fn create_key(&self, table: &'static Table, call: Call) -> Answer {
        self.refuse_parameters(&call)?;
        let body = self.parse(&call)?;
        let wanted = self.wanted(&body, algorithms(table))?;
        let made = generate(algorithm(&wanted.algorithm).ok_or_else(Problem::internal)?);
        let made = made.map_err(|error| {
            tracing::error!(error, "no key was made");
            Problem::internal()
        })?;
        let (tenant, own) = (call.grant.tenant.clone(), call.grant.tenant.clone());
        let ignored = wanted.ignored;
        let pending = self.store.commit(&own, Durability::Full, move |tx| {
            let now = tx.now();
            let id = IdKind::Hex24.make(now, tx.number(), tx.seed());
            let name = wanted.name.clone();
            let key = SigningKey::new(id.clone(), name, &wanted.algorithm, &made, now);
            key.put(tx, &tenant, made.secret.clone(), now)?;
            let mut shown = json!(key);
            if made.public.is_none() {
                shown["secret"] = made.secret.clone().into();
            }
            Ok((id, shown))
        });
        let (id, shown) = pending.answer().await?;
        let mut answer = json(StatusCode::CREATED, &shown);
        let keys = table.watch.and_then(|watch| watch.keys).unwrap_or_default();
        let path = format!("{}{keys}/{id}", self.base);
        response::locate(&mut answer, Some(path), None);
        response::guard(answer.headers_mut(), true);
        response::name_ignored(answer.headers_mut(), &ignored);
        Ok(answer)
    }

    /// Disables a key for signing without removing it.
    pub(super) async fn disable_key(&self, _: &'static Table, call: Call) -> Answer {
        self.refuse_parameters(&call)?;
        let mut key = self.own_key(&call).await?;
        "disabled".clone_into(&mut key.status);
        let (tenant, own) = (call.grant.tenant.clone(), call.grant.tenant.clone());
        let pending = self.store.commit(&own, Durability::Full, move |tx| {
            let stored = tx.find(&KEYS, GLOBAL, &key.id)?;
            let stored = stored.ok_or_else(Problem::not_found)?;
            let secret = stored.secrets.unwrap_or_default();
            Ok(key.put(tx, &tenant, secret, stored.created)?)
        });
        pending.answer().await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    }

    /// The key of the path, if it belongs to the tenant.
    async fn own_key(&self, call: &Call) -> Result<SigningKey, Problem> {
        let id = call.ids.first().ok_or_else(Problem::not_found)?;
        let stored = self.store.get(&KEYS, GLOBAL, id).await?;
        let own = |parent: &Option<String>| parent.as_deref() == Some(&call.grant.tenant);
        let stored = stored.filter(|stored| own(&stored.parent));
        let text = stored.ok_or_else(Problem::not_found)?.body;
        serde_json::from_str(&text).map_err(|_| Problem::internal())
    }

    /// The key that a body asks for.
    fn wanted(&self, body: &Value, known: &[&str]) -> Result<Wanted, Problem> {
        let mut reading = Reading::default();
        let ignored = self.left_out(body, &["name", "algorithm"], &mut reading);
        let name = text(body, "name", &mut reading);
        if name.chars().count() > LONGEST {
            reading.refuse("/name", "too_long", "must be at most 255 characters long");
        } else if name.contains('\0') {
            reading.refuse("/name", "invalid_character", "must not contain U+0000");
        }
        let before = reading.found.len();
        let algorithm = text(body, "algorithm", &mut reading);
        if reading.found.len() == before && !known.contains(&algorithm) {
            let detail = format!("must be {}", known.join(" or "));
            reading.refuse("/algorithm", "not_a_value", detail);
        }
        let found = reading.verdict();
        if !found.is_empty() {
            return Err(Problem::validation(self.switches.validation_status, found));
        }
        Ok(Wanted {
            name: name.to_owned(),
            algorithm: algorithm.to_owned(),
            ignored,
        })
    }
}

/// What a key is made with, and the unknown members that it is made without.
struct Wanted {
    name: String,
    algorithm: String,
    ignored: Vec<String>,
}

/// A required text of a body; empty where it is refused.
fn text<'a>(body: &'a Value, name: &str, reading: &mut Reading) -> &'a str {
    let pointer = || format!("/{name}");
    match body.get(name) {
        Some(Value::String(text)) => return text,
        Some(_) => reading.refuse(&pointer(), "type", "must be text"),
        None => reading.refuse(&pointer(), "required", "must be sent"),
    }
    ""
}
