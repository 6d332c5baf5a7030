//! Operations that every watch has in addition to its own, as the runtime serves them.
//!
//! No spec describes them; a test of the emitted server compares them with the routes and
//! responses of the runtime.

mod delivery;
mod envelope;
mod header;
mod key;
mod notification;
mod operation;
mod record;

pub(super) use notification::webhooks;

use fieldproof_spec::model::{Api, Event, Refusal, Resource, Watch};
use heck::ToLowerCamelCase;
use serde_json::{Map, Value, json};

use self::operation::Operation;
use super::answer::{ALWAYS, content, responses, security};
use super::parameter;

/// The watches of an API.
fn watches(api: &Api) -> impl Iterator<Item = (&Resource, &Watch)> {
    let resources = api.resources.iter();
    resources.filter_map(|one| Some((one, one.watch.as_ref()?)))
}

/// All operations by path and method.
pub(super) fn paths(api: &Api) -> Map<String, Value> {
    let mut paths = Map::new();
    for (resource, watch) in watches(api) {
        let item = resource.item_path();
        let mut all = delivery::operations(&item);
        all.extend(record::operations(&item));
        all.extend(watch.keys.iter().flat_map(|keys| key::operations(keys)));
        for one in all {
            let method = one.method;
            let path = paths.entry(one.path.clone()).or_insert_with(|| json!({}));
            path[method] = operation(api, resource, one);
        }
    }
    paths
}

/// All schemas that these operations and notifications use, by name.
pub(super) fn schemas(api: &Api) -> Map<String, Value> {
    let mut all = Map::new();
    if watches(api).next().is_some() {
        let mut events = Vec::new();
        for (event, (_, watch)) in Event::ALL
            .into_iter()
            .flat_map(|event| watches(api).map(move |one| (event, one)))
        {
            let name = watch.notification.name(event);
            if !events.contains(&name) {
                events.push(name);
            }
        }
        all.extend([delivery::health(), record::record(&events)]);
    }
    let keys = || watches(api).filter(|(_, watch)| watch.keys.is_some());
    if keys().next().is_some() {
        let signatures = keys().map(|(_, watch)| &watch.notification.signature.value);
        all.extend(key::schemas(signatures));
    }
    all
}

fn operation(api: &Api, resource: &Resource, one: Operation) -> Value {
    let writes = one.method != "get";
    let mut parameters = parameter::path(&one.path);
    parameters.extend(one.query);
    let mut refusals = ALWAYS.to_vec();
    if one.path.contains('{') {
        refusals.push(Refusal::NotFound);
    }
    if writes {
        refusals.push(Refusal::TooLarge);
    }
    if one.body.is_some() {
        refusals.extend([Refusal::MediaType, Refusal::Validation]);
    }
    let id = format!("{}-{}", one.name, resource.name).to_lower_camel_case();
    let mut operation = json!({
        "operationId": id,
        "tags": [resource.name],
        "summary": one.about,
        "security": security(api, writes),
        "parameters": parameters,
        "responses": responses(api, one.status, one.success, &refusals),
    });
    if let Some(schema) = one.body {
        operation["requestBody"] = json!({ "required": true, "content": content(&schema) });
    }
    operation
}
