//! Metrics for the operator. Labels have few fixed values: they contain no data of tenants, no
//! addresses and no identifiers.

use std::fmt;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use http::{Method, StatusCode};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::value::Instant;
use crate::watch::machine::{Backlog, DeliveryState};

/// A counter for each combination of `N` labels.
type Counters<const N: usize> = Family<[(&'static str, &'static str); N], Counter>;

/// Histogram buckets for the duration of requests, in seconds.
const TIMES: [f64; 8] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 10.0];

/// The metrics of the server. Counters start at zero with the process.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Counters<2>,
    times: Histogram,
    attempts: Counters<1>,
    open: Family<[(&'static str, &'static str); 1], Gauge>,
    oldest: Gauge<f64, AtomicU64>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Metrics {
    /// Creates the metrics with all counters at zero.
    pub(crate) fn new() -> Self {
        let own = Self {
            registry: Registry::with_prefix("fieldproof"),
            requests: Family::default(),
            times: Histogram::new(TIMES),
            attempts: Family::default(),
            open: Family::default(),
            oldest: Gauge::default(),
        };
        // A counter that starts at zero instead of being absent gives rates a starting point.
        for state in [
            DeliveryState::Open,
            DeliveryState::Delivered,
            DeliveryState::Dead,
        ] {
            drop(own.attempts.get_or_create(&[("outcome", state.outcome())]));
        }
        own.registered()
    }

    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register(
            "requests",
            "Answered requests by method and class of status",
            self.requests.clone(),
        );
        registry.register_with_unit(
            "request_duration",
            "Time from the head of a request to its answer",
            Unit::Seconds,
            self.times.clone(),
        );
        registry.register(
            "delivery_attempts",
            "Attempts to notify receivers of watches, by what became of the notification",
            self.attempts.clone(),
        );
        registry.register(
            "deliveries_open",
            "Notifications that are to be sent, of watches that are served or disabled",
            self.open.clone(),
        );
        registry.register_with_unit(
            "deliveries_oldest",
            "Age of the oldest notification that is to be sent, of watches that are served",
            Unit::Seconds,
            self.oldest.clone(),
        );
        self
    }

    /// Counts a completed request by its method, status and duration.
    pub(crate) fn answered(&self, method: &Method, status: StatusCode, time: Duration) {
        let labels = [("method", name(method)), ("status", class(status))];
        self.requests.get_or_create(&labels).inc();
        self.times.observe(time.as_secs_f64());
    }

    /// Counts a delivery attempt by the state in which it left the delivery.
    pub(crate) fn attempted(&self, state: DeliveryState) {
        let labels = [("outcome", state.outcome())];
        self.attempts.get_or_create(&labels).inc();
    }

    /// Renders all metrics at `now` as OpenMetrics text.
    ///
    /// # Errors
    /// The text cannot be written.
    pub(crate) fn text(&self, backlog: &Backlog, now: Instant) -> Result<String, fmt::Error> {
        for (watch, count) in [("served", backlog.open), ("disabled", backlog.held)] {
            let gauge = self.open.get_or_create(&[("watch", watch)]);
            gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
        }
        let age = |oldest: Instant| now.micros().saturating_sub(oldest.micros()).max(0);
        let micros = backlog.oldest.map_or(0, age);
        self.oldest
            .set(Duration::from_micros(micros.unsigned_abs()).as_secs_f64());
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// A method as a label; clients may send any method name.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_clients_are_no_labels() {
        let metrics = Metrics::new();
        let own = Method::from_bytes(b"SECRET").unwrap();
        metrics.answered(&own, StatusCode::NOT_FOUND, Duration::from_millis(2));
        for status in [
            StatusCode::CONTINUE,
            StatusCode::OK,
            StatusCode::NOT_MODIFIED,
        ] {
            metrics.answered(&Method::GET, status, Duration::ZERO);
        }
        metrics.answered(&Method::GET, StatusCode::BAD_GATEWAY, Duration::ZERO);
        let backlog = Backlog {
            oldest: Some(Instant::from_micros(5)),
            ..Backlog::default()
        };
        // A clock that was set back does not make ages negative.
        let text = metrics.text(&backlog, Instant::from_micros(0)).unwrap();
        for line in [
            "fieldproof_requests_total{method=\"GET\",status=\"1xx\"} 1",
            "fieldproof_requests_total{method=\"GET\",status=\"2xx\"} 1",
            "fieldproof_requests_total{method=\"GET\",status=\"3xx\"} 1",
            "fieldproof_requests_total{method=\"GET\",status=\"5xx\"} 1",
            "fieldproof_requests_total{method=\"other\",status=\"4xx\"} 1",
            "fieldproof_request_duration_seconds_bucket{le=\"0.003\"} 5",
            "fieldproof_delivery_attempts_total{outcome=\"dead\"} 0",
            "fieldproof_deliveries_oldest_seconds 0.0",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}: {text}");
        }
        assert!(
            text.ends_with("# EOF\n") && !text.contains("SECRET"),
            "{text}"
        );
    }
}
