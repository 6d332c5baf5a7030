//! Closed lists of a deployment, as the service itself shows them.

use fieldproof_spec::model::Api;
use serde_json::Value;

use crate::harness::{CheckError, Harness, Pace, Request, Unreachable};
use crate::options::Options;

/// The API with the lists that the service shows; where it shows none, those of the spec
/// remain.
///
/// # Errors
/// The service does not answer.
pub(crate) fn of_service(api: &Api, options: &Options, pace: &Pace) -> Result<Api, Unreachable> {
    let mut own = api.clone();
    let harness = Harness::new(api, options, &options.tokens, pace);
    let read = |path: &str| match harness.send(&Request::get(path)) {
        Ok(exchange) => Ok(exchange.json()),
        Err(CheckError::Unreachable(unreachable)) => Err(unreachable),
        // If the answer is wrong, its check reports it.
        Err(_) => Ok(Value::Null),
    };
    for table in &mut own.tables {
        let Some(path) = &table.path else { continue };
        if let Some(rows) = read(path)?["items"].as_array() {
            table.rows = rows
                .iter()
                .filter_map(|row| row.as_object().cloned())
                .collect();
        }
    }
    let Some(presets) = &mut own.presets else {
        return Ok(own);
    };
    let lists = read(&presets.path)?;
    for (name, values) in &mut presets.lists {
        if let Some(found) = lists[name.as_str()].as_array() {
            let texts = found.iter().filter_map(|text| text.as_str());
            *values = texts.map(str::to_owned).collect();
        }
    }
    Ok(own)
}
