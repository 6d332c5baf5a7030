//! Answers that are broken on their way out.

use fieldproof_spec::model::Resource;
use serde_json::{Value, json};

use super::{Kind, Refusal, Reply, Service};

impl Service {
    /// The answer of an operation, with its broken promise.
    pub(super) fn bend(
        &self,
        resource: &Resource,
        reply: Result<Reply, Refusal>,
    ) -> Result<Reply, Refusal> {
        let broken = |kind| self.broken(kind, &resource.name, "");
        let drop = |reply: &mut Reply, name: &str| reply.headers.retain(|(own, _)| own != name);
        match reply {
            Ok(mut reply) => {
                if broken(Kind::StatusWrong) {
                    reply.status = if reply.status == 200 { 202 } else { 200 };
                }
                if broken(Kind::LocationMissing) {
                    drop(&mut reply, "location");
                }
                if broken(Kind::EtagMissing) {
                    drop(&mut reply, "etag");
                }
                if broken(Kind::LabelWrong) {
                    drop(&mut reply, "content-type");
                    let label = ("content-type".to_owned(), "text/html".to_owned());
                    reply.headers.push(label);
                }
                if self.broken(Kind::MemberAdded, &resource.name, &resource.id) {
                    let mut body: Value = serde_json::from_str(&reply.body).unwrap_or_default();
                    add(&mut body, &resource.id);
                    reply.body = body.to_string();
                }
                Ok(reply)
            }
            Err(refusal) if refusal.status == 404 && broken(Kind::AbsentAnswered) => Ok(Reply {
                status: 200,
                headers: vec![("content-type".to_owned(), "application/json".to_owned())],
                body: "{}".to_owned(),
            }),
            Err(mut refusal) => {
                if broken(Kind::ProblemPlain) {
                    drop(&mut refusal, "content-type");
                    let label = ("content-type".to_owned(), "application/json".to_owned());
                    refusal.headers.push(label);
                }
                Err(refusal)
            }
        }
    }
}

/// Adds a member to every object with an identifier.
fn add(value: &mut Value, id: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| add(item, id)),
        Value::Object(map) => {
            map.values_mut().for_each(|value| add(value, id));
            if map.contains_key(id) {
                map.insert("undocumented".to_owned(), json!(1));
            }
        }
        _ => {}
    }
}
