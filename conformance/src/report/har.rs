//! The failures as an HTTP archive (HAR 1.2), which browsers and proxies open.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{Outcome, Report};
use crate::harness::Exchange;

/// The exchange of each failure, as JSON text of HAR 1.2. Tokens are named by their
/// variables, cookies that a service sets are left out.
#[must_use]
pub fn har(report: &Report) -> String {
    let failed = report
        .outcomes
        .iter()
        .filter(|one| one.verdict.is_failure());
    let entries: Vec<Value> = failed.filter_map(entry).collect();
    let whole = json!({ "log": {
        "version": "1.2",
        "creator": { "name": "fieldproof", "version": env!("CARGO_PKG_VERSION") },
        "entries": entries,
        "comment": format!("failures at {}, seed {}", report.url, report.seed),
    } });
    format!("{whole:#}\n")
}

fn entry(outcome: &Outcome) -> Option<Value> {
    let exchange = outcome.exchange.as_ref()?;
    Some(json!({
        "startedDateTime": exchange.started,
        "time": exchange.millis,
        "request": request(exchange),
        "response": response(exchange),
        "cache": {},
        "timings": { "send": 0, "wait": exchange.millis, "receive": 0 },
        "comment": format!("{}: {}", outcome.obligation.id, outcome.told().join("\n")),
    }))
}

fn request(exchange: &Exchange) -> Value {
    let query = exchange.url.split_once('?').map_or("", |(_, query)| query);
    let pairs = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            field(&decoded(name), &decoded(value))
        });
    let mut request = json!({
        "method": exchange.method,
        "url": exchange.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": fields(&exchange.headers),
        "queryString": pairs.collect::<Vec<_>>(),
        "headersSize": -1,
        "bodySize": exchange.sent().map_or(0, |body| body.len()),
    });
    if let Some(body) = &exchange.body {
        let label = exchange
            .headers
            .iter()
            .find(|(name, _)| name == "content-type");
        let label = label.map_or("", |(_, value)| value);
        request["postData"] = json!({ "mimeType": label, "text": body });
        if let Some(bytes) = &exchange.bytes {
            request["postData"]["comment"] = format!("the body in base64: {bytes}").into();
        }
    }
    request
}

fn response(exchange: &Exchange) -> Value {
    let shown = exchange
        .reply_headers
        .iter()
        .filter(|(name, _)| name != "set-cookie");
    let shown: Vec<(String, String)> = shown.cloned().collect();
    let label = exchange.header("content-type").unwrap_or_default();
    json!({
        "status": exchange.status,
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": fields(&shown),
        "content": { "size": exchange.reply.len(), "mimeType": label, "text": exchange.reply },
        "redirectURL": exchange.header("location").unwrap_or_default(),
        "headersSize": -1,
        "bodySize": -1,
    })
}

fn fields(all: &[(String, String)]) -> Vec<Value> {
    all.iter().map(|(name, value)| field(name, value)).collect()
}

fn field(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
