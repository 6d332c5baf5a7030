//! Applies a rewrite to an exchange on its way through the proxy.

use std::io::Result;
use std::sync::{Mutex, PoisonError};

use super::body;
use super::memory::Memory;
use super::message::{Request, Response, Seen, name_of};
use super::operator::{Operator, Scope};
use super::rule::{Rewrite, Side};
use super::value::{other_case, other_text};
use super::write;

/// Sends a request to the service.
pub(super) type Ask<'a> = &'a mut dyn FnMut(&Request) -> Result<Response>;

/// The answer to a request, and whether anything was rewritten.
pub(super) fn apply(
    rewrite: &Rewrite,
    route: &str,
    request: Request,
    shared: &Mutex<Memory>,
    ask: Ask<'_>,
) -> Result<(Response, bool)> {
    let known = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    let fits = rewrite.fits_request(route, &request);
    if fits && rewrite.side == Side::Request {
        if write::is(rewrite.operator) {
            return write::apply(rewrite, route, &request, shared, ask);
        }
        let turn = known().turn(rewrite.each);
        let other = match turn {
            true => of_request(rewrite, &request, &known()),
            false => None,
        };
        if let Some(other) = other {
            return Ok((noted(route, &other, shared, ask)?, true));
        }
        return Ok((noted(route, &request, shared, ask)?, false));
    }
    let response = ask(&request)?;
    let changes = fits && rewrite.fits_answer(&response) && known().turn(rewrite.each);
    let other = match changes {
        true => of_answer(rewrite, route, &request, &response, &mut known()),
        false => None,
    };
    known().note(&Seen {
        route: route.to_owned(),
        request,
        response: response.clone(),
    });
    let applied = other.as_ref().is_some_and(|other| *other != response);
    Ok((other.unwrap_or(response), applied))
}

/// Sends a request to the service, and remembers the exchange.
pub(super) fn noted(
    route: &str,
    request: &Request,
    shared: &Mutex<Memory>,
    ask: Ask<'_>,
) -> Result<Response> {
    let response = ask(request)?;
    let mut known = shared.lock().unwrap_or_else(PoisonError::into_inner);
    known.note(&Seen {
        route: route.to_owned(),
        request: request.clone(),
        response: response.clone(),
    });
    Ok(response)
}

/// The rewritten request; `None` if nothing changes.
fn of_request(rewrite: &Rewrite, request: &Request, known: &Memory) -> Option<Request> {
    let mut other = request.clone();
    let name = rewrite.name.as_str();
    match rewrite.operator {
        Operator::FieldLost => other
            .fields
            .retain(|(own, _)| !own.eq_ignore_ascii_case(name)),
        Operator::FieldOther => of_fields(&mut other.fields, name),
        Operator::ParameterLost | Operator::ParameterOther | Operator::ParameterCase => {
            let pairs = request
                .pairs()
                .filter_map(|pair| match name_of(pair) == name {
                    true => of_pair(rewrite.operator, pair),
                    false => Some(pair.to_owned()),
                });
            let pairs: Vec<String> = pairs.collect();
            other.set_pairs(&pairs);
        }
        Operator::BodyLost => other.body.clear(),
        operator if operator.scope() == Scope::Place => {
            let values = known.values(
                &request.method,
                &rewrite.route,
                &rewrite.place,
                &request.target,
            );
            other.body = body::rewritten(operator, &rewrite.place, &request.body, &values)?;
        }
        _ => return None,
    }
    (other != *request).then_some(other)
}

fn of_pair(operator: Operator, pair: &str) -> Option<String> {
    let (name, value) = pair.split_once('=')?;
    let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy();
    let other = match operator {
        Operator::ParameterOther => other_text(&value),
        Operator::ParameterCase => other_case(&value),
        _ => return None,
    };
    if other == value {
        return Some(pair.to_owned());
    }
    let encoded = percent_encoding::utf8_percent_encode(&other, percent_encoding::NON_ALPHANUMERIC);
    Some(format!("{name}={encoded}"))
}

fn of_fields(fields: &mut [(String, String)], name: &str) {
    for (_, value) in fields
        .iter_mut()
        .filter(|(own, _)| own.eq_ignore_ascii_case(name))
    {
        *value = other_text(value);
    }
}

/// The rewritten answer; `None` if nothing changes.
fn of_answer(
    rewrite: &Rewrite,
    route: &str,
    request: &Request,
    response: &Response,
    known: &mut Memory,
) -> Option<Response> {
    let mut other = response.clone();
    let name = rewrite.name.as_str();
    match rewrite.operator {
        Operator::Status => other.status = name.parse().ok()?,
        Operator::FieldLost => other
            .fields
            .retain(|(own, _)| !own.eq_ignore_ascii_case(name)),
        Operator::FieldOther => of_fields(&mut other.fields, name),
        Operator::FieldTwice => {
            let again = response.field(name).map(other_text)?;
            other.fields.push((name.to_owned(), again));
        }
        Operator::BodyLost => other.body.clear(),
        Operator::BodyCut => {
            other.body.pop();
        }
        Operator::Spaced => {
            other.body = serde_json::to_vec_pretty(&response.json()?).ok()?;
        }
        Operator::Escaped => other.body = escaped(&response.body)?,
        Operator::Stale => other = known.before(request, response, false)?,
        Operator::Frozen => other = known.before(request, response, true)?,
        Operator::Another => other = known.another(route, request)?.1,
        operator if operator.scope() == Scope::Place => {
            let values = known.values(&request.method, route, &rewrite.place, &request.target);
            other.body = body::rewritten(operator, &rewrite.place, &response.body, &values)?;
        }
        _ => return None,
    }
    Some(other)
}

/// The same JSON with every `e` in strings written as an escape, names included.
fn escaped(body: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(body).ok()?;
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let (mut escaped, mut inside, mut after) = (String::new(), false, false);
    for one in json.to_string().chars() {
        inside ^= one == '"' && !after;
        match one {
            'e' if inside && !after => escaped.push_str("\\u0065"),
            one => escaped.push(one),
        }
        after = one == '\\' && !after;
    }
    Some(escaped.into_bytes())
}
