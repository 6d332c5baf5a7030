//! Types of bodies.

use serde_json::{Map, Value, json};

use super::duty::each_operation;
use super::{Check, Duty};
use crate::lab::{Ask, Lab, Stop};

pub(super) static CHECK: Check = Check {
    name: "media",
    about: "A body is read as application/json, another +json type or without a label, and as a form label only where \
            that is documented and the text is an object; other types are refused with 415.",
    oblige: |api| each_operation(api, &["create", "update"], &[&api.media]),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    let made = lab.make(resource)?;
    let creates = duty.member == "create";
    let status = match creates {
        true => resource.create.as_ref().map_or(201, |create| create.status),
        false => 200,
    };
    let ask = |label: Option<&str>, body: Option<&str>| -> Result<Ask, Stop> {
        let small = || Value::Object(lab.small_body(resource, &Map::new()));
        let mut ask = match creates {
            true => lab.create(resource, &made.collection).json(&small()),
            false => lab.change(resource, &made.path, &json!({}))?,
        };
        ask.headers.clear();
        if let Some(body) = body {
            ask = ask.bytes(body.into());
        }
        Ok(match label {
            Some(label) => ask.header("content-type", label),
            None => ask,
        })
    };
    for label in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/vnd.x+json",
    ] {
        lab.expect(status, &ask(Some(label), None)?)?;
    }
    lab.expect(status, &ask(None, None)?)?;
    let form = Some("application/x-www-form-urlencoded");
    match lab.api.json_in_form {
        true => lab.expect(status, &ask(form, None)?)?,
        false => lab.expect(415, &ask(form, None)?)?,
    };
    lab.expect(415, &ask(form, Some("a=1"))?)?;
    for label in [
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
    ] {
        lab.expect(415, &ask(Some(label), None)?)?;
    }
    Ok(())
}
