//! What answers a create.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use super::shown::{agrees, object};
use crate::harness::{CheckError, Harness, collection};
use crate::model::path;
use crate::support::{children, made_of};

/// By each method, with everything that a body may have and with little.
pub(super) fn creates(harness: &Harness<'_>, resource: &Resource) -> Result<(), CheckError> {
    let Some(create) = &resource.create else {
        return Ok(());
    };
    for verb in &create.verbs {
        for whole in [true, false] {
            // Where a parent has few children, each has one of its own.
            let above = harness.make_above(resource)?;
            let target = collection(resource, &above);
            let body = match whole {
                true => harness.wide_body(resource, &children(harness, resource)),
                false => harness.small_body(resource, &Map::new()),
            };
            let mut request = harness.create(resource, &target);
            verb.as_str().clone_into(&mut request.method);
            let request = request.json(&Value::Object(body.clone()));
            let answer = harness.expect(create.status, &request)?;
            made_of(harness, resource, &body, &object(&answer))?;
            let Some(id) = resource.id_of(&answer.json()) else {
                return harness.fail(format!("the object has its `{}`", resource.id));
            };
            let mut ids = above;
            ids.push(id);
            let own = path(resource, &ids);
            harness.located(&answer, &own)?;
            agrees(harness, &own, &answer)?;
        }
    }
    Ok(())
}
