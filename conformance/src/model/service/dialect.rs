//! The dialect of the service: the form of its requests and answers.
//!
//! Internally, the model follows the house conventions. Requests are translated from the
//! dialect to these, and answers from these to the dialect.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::{
    Credentials, OwnRefusal, Refusal, RefusalBody, Sent, UnknownMember, UnknownParameters,
    Validators, ViolationList, Violations,
};
use serde_json::{Map, Value, json};

use super::refusal::decode;
use super::{Reply, Request, Service};

impl Service {
    /// The request in the form of the house conventions.
    pub(crate) fn heard(&self, mut request: Request) -> Request {
        let token = self.credential(&mut request);
        if self.api.credentials != Credentials::Bearer("Bearer".to_owned()) {
            request.headers.remove("authorization");
            if let Some(token) = token {
                let bearer = format!("Bearer {token}");
                request.headers.insert("authorization".to_owned(), bearer);
            }
        }
        if self.api.dialect.validators.is(Validators::None) {
            request.headers.remove("if-match");
            request.headers.remove("if-none-match");
        }
        let ignored = self
            .api
            .dialect
            .unknown_parameters
            .is(UnknownParameters::Ignored);
        if ignored {
            request.query = self.known(&request);
        }
        request
    }

    /// The token of a request, from where the dialect has it.
    fn credential(&self, request: &mut Request) -> Option<String> {
        let header = |request: &Request, name: &str| {
            let value = request.headers.get(&name.to_lowercase());
            value.cloned()
        };
        let after = |text: String, prefix: &str| {
            let rest = text.strip_prefix(prefix)?.trim();
            Some(rest.to_owned())
        };
        match &self.api.credentials {
            Credentials::None => Some("main".to_owned()),
            Credentials::Bearer(word) => after(header(request, "authorization")?, word),
            Credentials::Basic => {
                let text = after(header(request, "authorization")?, "Basic ")?;
                let pair = STANDARD.decode(text).ok()?;
                String::from_utf8(pair).ok()
            }
            Credentials::Header { name, prefix } => after(header(request, name)?, prefix),
            Credentials::Cookie(name) => {
                let cookies = header(request, "cookie")?;
                let mut pairs = cookies
                    .split(';')
                    .filter_map(|one| one.trim().split_once('='));
                let (_, token) = pairs.find(|(own, _)| own == name)?;
                Some(token.to_owned())
            }
            Credentials::Query(name) => {
                let mut token = None;
                let is_other = |part: &&str| {
                    let (own, value) = part.split_once('=').unwrap_or((part, ""));
                    let is_own = decode(own).as_deref() == Some(name);
                    if is_own {
                        token = decode(value);
                    }
                    !is_own
                };
                let rest: Vec<&str> = request.query.split('&').filter(is_other).collect();
                request.query = rest.join("&");
                token
            }
        }
    }

    /// The query parameters that the operation has, each once.
    fn known(&self, request: &Request) -> String {
        let path = request.path.strip_prefix(&self.api.base);
        let matched = super::match_route(&self.api, &request.method, path.unwrap_or_default());
        let names = matched.map_or_else(Vec::new, |one| one.resource.parameters(one.operation));
        let mut seen = Vec::new();
        let is_known = |part: &&str| {
            let name = part.split('=').next().unwrap_or_default();
            let Some(name) = decode(name) else {
                return false;
            };
            let all = names.iter().find(|(own, _)| *own == name);
            let again = seen.contains(&name);
            seen.push(name);
            all.is_some_and(|(_, many)| *many || !again)
        };
        let known: Vec<&str> = request.query.split('&').filter(is_known).collect();
        known.join("&")
    }

    /// The answer in the form of the dialect.
    pub(crate) fn spoken(&self, mut reply: Reply) -> Reply {
        let dialect = &self.api.dialect;
        let mut silent = Vec::new();
        silent.extend(dialect.validators.is(Validators::None).then_some("etag"));
        silent.extend(dialect.location.is(Sent::None).then_some("location"));
        silent.extend(dialect.total.is(Sent::None).then_some("x-total-count"));
        silent.extend(dialect.links.is(Sent::None).then_some("link"));
        let unnamed = dialect.unknown_members.is(UnknownMember::Ignored);
        silent.extend(unnamed.then_some("ignored-members"));
        reply
            .headers
            .retain(|(name, _)| !silent.contains(&name.as_str()));
        if reply.status >= 400 {
            self.refuse(&mut reply);
        }
        reply
    }

    /// Turns a refusal in the form of the house into one of the API's own.
    fn refuse(&self, reply: &mut Reply) {
        let house: Value = serde_json::from_str(&reply.body).unwrap_or_default();
        let kind = house["type"].as_str().and_then(kind);
        if let Some(kind) = kind.filter(|kind| *kind != Refusal::Validation) {
            reply.status = self.api.dialect.status(kind).value;
        }
        if !house.is_object() {
            return;
        }
        let RefusalBody::Own(own) = &self.api.dialect.refusals.value else {
            let mut house = house;
            house["status"] = reply.status.into();
            reply.body = house.to_string();
            return;
        };
        let first = self.api.dialect.violations.is(Violations::First);
        reply.headers.retain(|(name, _)| name != "content-type");
        reply
            .headers
            .push(("content-type".to_owned(), own.media.clone()));
        reply.body = body(own, reply.status, &house, first).to_string();
    }
}

/// The kind of a refusal by the `type` of its problem.
pub(crate) fn kind(ty: &str) -> Option<Refusal> {
    Some(match ty.trim_start_matches("/problems/") {
        "validation" => Refusal::Validation,
        "malformed_body" | "too_deep" | "bad_header" => Refusal::Malformed,
        "body_too_large" => Refusal::TooLarge,
        "unsupported_media_type" => Refusal::MediaType,
        "bad_query" => Refusal::Query,
        "unauthorized" => Refusal::Unauthenticated,
        "forbidden" | "user_required" => Refusal::Forbidden,
        "not_found" => Refusal::NotFound,
        "method_not_allowed" => Refusal::Method,
        "conflict" => Refusal::Conflict,
        "precondition_failed" => Refusal::Precondition,
        "precondition_required" => Refusal::Unconditional,
        _ => return None,
    })
}

/// The body of a refusal in the API's own form.
fn body(own: &OwnRefusal, status: u16, house: &Value, first: bool) -> Value {
    let mut body = Value::Object(Map::new());
    let code = house["type"].as_str().unwrap_or_default();
    let code = code.trim_start_matches("/problems/");
    let text = house["title"].as_str().unwrap_or_default();
    for (place, value) in [
        (&own.code, json!(code)),
        (&own.message, json!(text)),
        (&own.status, json!(status)),
    ] {
        if let Some(place) = place {
            put(&mut body, place, value);
        }
    }
    if let Some(list) = &own.violations {
        let errors = house["errors"].as_array().map_or(&[][..], Vec::as_slice);
        let most = if first { 1 } else { errors.len() };
        let errors = &errors[..most.min(errors.len())];
        put(&mut body, &list.list, violations(list, errors));
    }
    body
}

/// Violations as a list, or as an object of messages keyed by place.
fn violations(list: &ViolationList, errors: &[Value]) -> Value {
    let place = |error: &Value| match error["pointer"].as_str() {
        Some(pointer) => list.places.of(pointer),
        None => error["parameter"].as_str().unwrap_or_default().to_owned(),
    };
    let code = |error: &Value| error["code"].clone();
    let Some(field) = &list.field else {
        let mut all = Map::new();
        for error in errors {
            let messages = all.entry(place(error)).or_insert_with(|| json!([]));
            if let Some(own) = messages.as_array_mut() {
                own.push(code(error));
            }
        }
        return Value::Object(all);
    };
    let one = |error: &Value| {
        let mut one = Map::new();
        one.insert(field.clone(), place(error).into());
        for name in [&list.code, &list.message].into_iter().flatten() {
            one.insert(name.clone(), code(error));
        }
        Value::Object(one)
    };
    errors.iter().map(one).collect()
}

/// Sets the value at a JSON Pointer; missing objects on the way are created.
fn put(body: &mut Value, place: &str, value: Value) {
    let mut at = body;
    for name in place.split('/').skip(1) {
        let name = name.replace("~1", "/").replace("~0", "~");
        at = &mut at[name.as_str()];
    }
    *at = value;
}
