//! Members that no document names.

use fieldproof_spec::model::{Field, Type, UnknownMembers};
use serde_json::{Map, Value, json};

use super::duty::each_operation;
use super::{Check, Duty};
use crate::lab::{Lab, Made, Stop};

pub(super) static CHECK: Check = Check {
    name: "unknown",
    about: "A member that no document names is left out, never shown, and named in `Ignored-Members`; where the switch \
            says so the body is refused instead.",
    oblige: |api| each_operation(api, &["create", "update"], &[]),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    let made = lab.make_with(resource, &Map::new())?;
    let name = "zzzUnknown";
    let inner = |field: &&Field| {
        let written = match duty.member.as_str() {
            "create" => field.on_create(),
            _ => field.on_update(),
        };
        written && !field.list && matches!(field.ty, Type::Object(_))
    };
    judge(lab, duty, &made, &json!({ name: 1 }), name)?;
    if let Some(field) = resource.fields.iter().find(inner) {
        let mut value = lab.value(resource, field, &Map::new());
        while !value.is_object() {
            value = lab.value(resource, field, &Map::new());
        }
        value[name] = json!(1);
        let body = json!({ &field.name: value });
        judge(lab, duty, &made, &body, &format!("{}/{name}", field.name))?;
    }
    Ok(())
}

/// A body with a member that no document names at `place`.
fn judge(lab: &Lab<'_>, duty: &Duty, made: &Made, with: &Value, place: &str) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    let sent = with.as_object().cloned().unwrap_or_default();
    let ask = match duty.member.as_str() {
        "create" => {
            let mut body = lab.small_body(resource, &sent);
            body.extend(sent);
            lab.create(resource, &made.collection)
                .json(&Value::Object(body))
        }
        _ => lab.change(resource, &made.path, with)?,
    };
    if lab.api.switches.unknown_members == UnknownMembers::Reject {
        return lab
            .expect_violation(&ask, &format!("/{place}"), &["unknown_member"])
            .map(drop);
    }
    let exchange = lab.send(&ask)?;
    lab.ensure(exchange.status < 300, || {
        format!("the body is taken, got {}", exchange.status)
    })?;
    let named = exchange
        .header("ignored-members")
        .unwrap_or_default()
        .to_owned();
    // A name at the top of the body is its own pointer without the slash.
    let names = |one: &str| one.trim().trim_start_matches('/') == place;
    lab.ensure(named.split(',').any(names), || {
        format!("`{place}` is named in Ignored-Members, got `{named}`")
    })?;
    lab.ensure(
        exchange.json().pointer(&format!("/{place}")).is_none(),
        || format!("`{place}` is not kept"),
    )
}
