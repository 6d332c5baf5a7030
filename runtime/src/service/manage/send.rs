//! Pings, redelivery and health.

use http::StatusCode;
use serde_json::json;

use super::super::response;
use super::json;
use crate::body::Reading;
use crate::problem::Problem;
use crate::service::{Answer, Call, Service};
use crate::store::{Durability, REQUESTS};
use crate::table::{EventNames, GLOBAL, Table};
use crate::value::{Instant, parse_instant, whole};
use crate::watch::machine::{Delivery, Ledger, Selection, enqueue, redeliver, resume};
use crate::write::{Author, Event, Watcher};

impl Service {
    /// Sends a test notification to one watch.
    pub(super) async fn ping(&self, table: &'static Table, call: Call) -> Answer {
        let watcher = self.plain_watcher(table, &call).await?;
        let author = Author::client(&call.grant, self.mails);
        let kept = EventNames::BASE.ping;
        let events = table.watch.map(|watch| watch.notification.events);
        let told = events.map_or(kept, |events| events.ping);
        let pending = self.commit(author, move |work| {
            let (number, now) = (work.tx.number(), work.tx.now());
            let event = Event {
                number,
                name: kept.to_owned(),
                object: watcher.id.clone(),
                resource: json!({ "id": watcher.id, "event": told }).to_string(),
                previous: None,
            };
            work.keep_event(&event, None, now)?;
            let id = format!("{number}-{}", watcher.id);
            let object = watcher.id.clone();
            let delivery = Delivery::new(id.clone(), watcher.name(), object, number, now);
            enqueue(work.tx.ledger(), &delivery)?;
            Ok(id)
        });
        let id = pending.answer().await?;
        Ok(json(StatusCode::ACCEPTED, &json!({ "webhookId": id })))
    }

    /// Enables a watch that was disabled after long failure.
    pub(super) async fn resume(&self, table: &'static Table, call: Call) -> Answer {
        let watcher = self.plain_watcher(table, &call).await?;
        let tenant = watcher.tenant.clone();
        let open = self.with_ledger(&tenant, move |ledger, now| {
            let name = watcher.name();
            resume(ledger, &name, now)?;
            Ok(ledger.open(&name)?.len())
        });
        Ok(json(StatusCode::ACCEPTED, &json!({ "open": open.await? })))
    }

    /// Redelivers the notification of a logged request.
    pub(super) async fn redeliver_one(&self, table: &'static Table, call: Call) -> Answer {
        let watcher = self.plain_watcher(table, &call).await?;
        let record = self.record(&watcher, &call).await?;
        let id = record["webhookId"].as_str().unwrap_or_default().to_owned();
        self.again(watcher, Selection::One(id)).await
    }

    /// Redelivers the notifications that died since an instant, or those of a range of changes.
    pub(super) async fn redeliver(&self, table: &'static Table, call: Call) -> Answer {
        let watcher = self.plain_watcher(table, &call).await?;
        let body = self.parse(&call)?;
        // `null` counts as absent; a value of another type is refused.
        let sent = |name: &str| body.get(name).filter(|value| !value.is_null());
        let since = || sent("since")?.as_str().and_then(parse_instant);
        let number = |name: &str| {
            let number = sent(name)?.as_number()?;
            let other = || u64::try_from(whole(number)?).ok();
            number.as_u64().or_else(other)
        };
        let range = || Some((number("from")?, number("to")?));
        let selection = match (sent("since"), sent("from").or(sent("to"))) {
            (Some(_), None) => since().map(Selection::DeadSince),
            (None, Some(_)) => range().map(|(from, to)| Selection::Range(from, to)),
            _ => None,
        };
        let mut reading = Reading::default();
        let ignored = self.left_out(&body, &["since", "from", "to"], &mut reading);
        if selection.is_none() {
            let detail = "must have `since` with a date and time, or `from` and `to` with numbers of changes";
            reading.refuse("", "type", detail);
        }
        let found = reading.verdict();
        let Some(selection) = selection.filter(|_| found.is_empty()) else {
            return Err(Problem::validation(self.switches.validation_status, found));
        };
        let mut answer = self.again(watcher, selection).await?;
        response::name_ignored(answer.headers_mut(), &ignored);
        Ok(answer)
    }

    async fn again(&self, watcher: Watcher, selection: Selection) -> Answer {
        let tenant = watcher.tenant.clone();
        let count = self.with_ledger(&tenant, move |ledger, now| {
            Ok(redeliver(ledger, &watcher.name(), &selection, now)?)
        });
        Ok(json(
            StatusCode::ACCEPTED,
            &json!({ "deliveries": count.await? }),
        ))
    }

    /// Returns the health of a watch.
    pub(super) async fn health(&self, table: &'static Table, call: Call) -> Answer {
        let watcher = self.plain_watcher(table, &call).await?;
        let tenant = watcher.tenant.clone();
        let health = self.with_ledger(&tenant, move |ledger, _| {
            let name = watcher.name();
            Ok((ledger.health(&name)?, ledger.open(&name)?.len()))
        });
        let (health, open) = health.await?;
        let print = |at: Instant| crate::value::Form::MillisZ.print(at);
        let disabled = health.disabled.as_ref();
        let body = json!({
            "state": if disabled.is_some() { "disabled" } else { "served" },
            "reason": disabled.map(|one| &one.reason),
            "since": disabled.map(|one| print(one.since)),
            "failingSince": health.failing.map(print),
            "open": open,
        });
        Ok(json(StatusCode::OK, &body))
    }

    /// Runs `work` on the ledger in a transaction, and returns its result.
    async fn with_ledger<T: Send + 'static>(
        &self,
        tenant: &str,
        work: impl Fn(&mut dyn Ledger, Instant) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let pending = self.store.commit(tenant, Durability::Full, move |tx| {
            let now = tx.now();
            work(tx.ledger(), now)
        });
        pending.answer().await
    }

    /// The logged request of the path, if it belongs to the watch.
    pub(super) async fn record(
        &self,
        watcher: &Watcher,
        call: &Call,
    ) -> Result<serde_json::Value, Problem> {
        let id = call.ids.get(1).ok_or_else(Problem::not_found)?;
        let stored = self.store.get(&REQUESTS, GLOBAL, id).await?;
        let own = stored.filter(|stored| stored.parent.as_deref() == Some(&watcher.name()));
        let text = own.ok_or_else(Problem::not_found)?.body;
        serde_json::from_str(&text).map_err(|_| Problem::internal())
    }
}
