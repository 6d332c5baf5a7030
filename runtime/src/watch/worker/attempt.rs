//! One delivery attempt: the request and its outcome.

use bytes::Bytes;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::receiver::Members;
use super::redact::Redaction;

use super::request_log::LoggedRequest;
use super::{SigningKey, Worker, refresh_token};
use crate::table::{Role, Table};
use crate::value::Instant;
use crate::watch::client::{Answer, Failure, KEPT, Request};
use crate::watch::event::{self, Receiver};
use crate::watch::machine::{Claim, Delivery, Outcome};
use crate::watch::oauth::{Bearer, Credentials, Grant, Granted};
use crate::write::secrets::whole;
use crate::write::{Event, Watcher};

impl Worker {
    /// Sends a delivery once.
    pub(super) async fn attempt(&self, claim: &Claim) -> (Outcome, LoggedRequest) {
        let mut logged = LoggedRequest {
            webhook_id: claim.delivery.id.clone(),
            resource_id: claim.delivery.object.clone(),
            attempt: claim.attempt,
            ..LoggedRequest::default()
        };
        let start = std::time::Instant::now();
        let mut redaction = Redaction::default();
        let outcome = match self.send(claim, &mut logged, &mut redaction).await {
            Ok(Ok(answer)) => {
                logged.status = Some(answer.status.as_u16());
                logged.response = Some(redaction.show(&answer.first_bytes));
                Outcome::Answered {
                    status: answer.status.as_u16(),
                    retry_after: answer.retry_after,
                }
            }
            Ok(Err(failure)) => Outcome::Unreached(failure.to_string()),
            Err(outcome) => outcome,
        };
        if let Outcome::Unreached(why) | Outcome::Unsendable(why) = &outcome {
            logged.error = Some(why.clone());
        }
        logged.duration = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        (outcome, logged)
    }

    async fn send(
        &self,
        claim: &Claim,
        logged: &mut LoggedRequest,
        redaction: &mut Redaction,
    ) -> Result<Result<Answer, Failure>, Outcome> {
        let delivery = &claim.delivery;
        let failed = |why: String| Outcome::Unreached(why);
        let event = Event::of(&*self.store, delivery.number, false).await;
        let event = event.map_err(|why| failed(why.to_string()))?;
        let event = event.ok_or_else(|| unsendable("the change is no longer kept"))?;
        let watcher = Watcher::of_name(&delivery.watch);
        let (watcher, table) = watcher
            .and_then(|one| Some((self.table(&one.table)?, one)))
            .map(|(table, one)| (one, table))
            .ok_or_else(|| unsendable("the watch belongs to another version of this server"))?;
        let stored = self.store.get(table, &watcher.tenant, &watcher.id).await;
        let stored = stored.map_err(|why| failed(why.to_string()))?;
        let stored = stored.ok_or_else(|| unsendable("the watch no longer exists"))?;
        let object = whole(table, &stored).map_err(|why| failed(why.detail))?;
        let Some(watch) = &table.watch else {
            return Err(unsendable("the object is not a watch"));
        };
        let told = watch.notification.events.told(&event.name);
        told.clone_into(&mut logged.event);
        let members = Members {
            watch,
            object: &object,
        };
        let keys = SigningKey::of(&*self.store, &watcher.tenant, &members.keys()).await;
        let keys = keys.map_err(|why| failed(why.to_string()))?;
        let receiver = members.receiver(keys).map_err(Outcome::Unsendable)?;
        let message = request(delivery, &event, &receiver)?;
        // Callers without the scope can read the log, too.
        logged.sends(&message);
        redaction.headers(message.headers());
        redaction.secret(members.text(Role::Password).unwrap_or_default());
        let asks = watch.scope.is_some() && receiver.template.is_some();
        let privileged = asks
            && Watcher::can_view_secrets(&*self.store, &delivery.watch)
                .await
                .map_err(|why| failed(why.to_string()))?;
        let message = match privileged {
            true => {
                redaction.everything();
                let privileged_event = Event::of(&*self.store, delivery.number, true).await;
                let privileged_event = privileged_event.map_err(|why| failed(why.to_string()))?;
                request(delivery, &privileged_event.unwrap_or(event), &receiver)?
            }
            false => message,
        };
        let (head, body) = message.into_parts();
        let mut request = Request {
            method: head.method,
            url: head.uri.to_string(),
            headers: head.headers,
            body,
            time_out: self.time_out,
            keep: KEPT,
            once: false,
        };
        let Some(mut credentials) = members.credentials() else {
            return Ok(self.client.send(&request).await);
        };
        let bearer = self.bearer(&delivery.watch, &mut credentials).await?;
        request.headers.insert(AUTHORIZATION, bearer.header());
        redaction.headers(&request.headers);
        let answer = self.client.send(&request).await;
        if !answer.as_ref().is_ok_and(|answer| answer.status == 401) {
            return Ok(answer);
        }
        // The token may have been revoked before it expired.
        self.tokens.reject(&credentials, &bearer).await;
        let bearer = self.bearer(&delivery.watch, &mut credentials).await?;
        let fresh: HeaderValue = bearer.header();
        request.headers.insert(AUTHORIZATION, fresh);
        redaction.headers(&request.headers);
        Ok(self.client.send(&request).await)
    }

    /// Returns a token for the receiver. A new refresh token is stored before the token is
    /// used.
    async fn bearer(&self, watch: &str, credentials: &mut Credentials) -> Result<Bearer, Outcome> {
        let failed = |why: String| Outcome::Unreached(why);
        let given = credentials.grant.clone();
        let current = refresh_token::current(&*self.store, watch, given.clone()).await;
        credentials.grant = current.map_err(|why| failed(why.to_string()))?;
        loop {
            let granted = self.tokens.token(credentials).await;
            match granted.map_err(|why| failed(why.to_string()))? {
                Granted::Token(bearer) => return Ok(bearer),
                Granted::Rotated(new) => {
                    let kept = refresh_token::keep(&*self.store, watch, &given, &new).await;
                    kept.map_err(|why| failed(why.detail))?;
                    credentials.grant = Grant::RefreshToken(new);
                }
            }
        }
    }

    fn table(&self, name: &str) -> Option<&'static Table> {
        self.tables.iter().find(|table| table.name == name).copied()
    }
}

fn unsendable(why: &str) -> Outcome {
    Outcome::Unsendable(why.to_owned())
}

/// Builds the request that notifies a receiver of an event.
fn request(
    delivery: &Delivery,
    event: &Event,
    receiver: &Receiver,
) -> Result<http::Request<Bytes>, Outcome> {
    let told = event::Event {
        id: &delivery.id,
        name: &event.name,
        object: &event.object,
        resource: &event.resource,
        previous: event.previous.as_deref(),
        made: delivery.created,
    };
    let message = event::request(&told, receiver, Instant::now());
    message.map_err(|why| Outcome::Unsendable(why.to_string()))
}
