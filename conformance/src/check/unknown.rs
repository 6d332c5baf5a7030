//! Members that no document names.

use fieldproof_spec::model::UnknownMembers;
use serde_json::{Map, Value, json};

use super::duty::each_operation;
use super::{Check, Duty};
use crate::lab::{Lab, Stop};

pub(super) static CHECK: Check = Check {
    name: "unknown",
    about: "A member that no document names is left out, never shown, and named in `Ignored-Members`; where the switch \
            says so the body is refused instead.",
    oblige: |api| each_operation(api, &["create", "update"], &[]),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    let made = lab.make(resource)?;
    let name = "zzzUnknown";
    let ask = match duty.member.as_str() {
        "create" => {
            let mut body = lab.small_body(resource, &Map::new());
            body.insert(name.to_owned(), json!(1));
            lab.create(resource, &made.collection)
                .json(&Value::Object(body))
        }
        _ => lab.change(resource, &made.path, &json!({ name: 1 }))?,
    };
    if lab.api.switches.unknown_members == UnknownMembers::Reject {
        return lab
            .expect_violation(&ask, &format!("/{name}"), &["unknown_member"])
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
    lab.ensure(named.split(',').any(|one| one.trim() == name), || {
        format!("`{name}` is named in Ignored-Members, got `{named}`")
    })?;
    lab.ensure(exchange.json().get(name).is_none(), || {
        format!("`{name}` is not kept")
    })
}
