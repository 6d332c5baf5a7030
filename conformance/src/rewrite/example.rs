//! What a rewrite made of an exchange, as text for people.

use super::message::{Fields, Request, Response};

/// Longer bodies are cut.
const MOST: usize = 400;

/// Tells what became of a request and its answer on the way through the proxy: what was
/// asked and passed on, what was answered and passed back.
pub(super) fn example(
    asked: &Request,
    passed: Option<&(Request, Response)>,
    answered: &Response,
) -> String {
    let mut text = format!("{} {}", asked.method, asked.target);
    let (sent, came) = match passed {
        Some((sent, came)) => (sent, came),
        None => return format!("{text}\n    not passed on, answered {}", answered.status),
    };
    if sent != asked {
        text += &format!("\n    asked  {}", body(&asked.body));
        text += &format!("\n    passed {} {}", sent.target, body(&sent.body));
    }
    if came != answered {
        let from = format!("{} {}", came.status, body(&came.body));
        let to = format!("{} {}", answered.status, body(&answered.body));
        text += &format!("\n    answer {from}\n    passed {to}");
        for field in changed(&came.fields, &answered.fields) {
            text += &format!("\n    {field}");
        }
    }
    text
}

/// Header fields that are missing, marked `-`, and that came in, marked `+`.
fn changed(before: &Fields, after: &Fields) -> Vec<String> {
    let other = |mark: char, one: &Fields, other: &Fields| -> Vec<String> {
        let lost = one.iter().filter(|field| !other.contains(field));
        lost.map(|(name, value)| format!("{mark} {name}: {value}"))
            .collect()
    };
    [other('-', before, after), other('+', after, before)].concat()
}

fn body(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Request, Response, example};

    #[test]
    fn tells_both_ways_and_fields() {
        let asked = Request {
            method: "PUT".to_owned(),
            target: "/a".to_owned(),
            body: b"1".to_vec(),
            ..Request::default()
        };
        let sent = Request {
            body: b"2".to_vec(),
            ..asked.clone()
        };
        let came = Response {
            status: 200,
            fields: vec![("etag".to_owned(), "x".to_owned())],
            body: b"3".to_vec(),
        };
        let back = Response {
            status: 200,
            fields: Vec::new(),
            body: b"4".to_vec(),
        };
        let told = example(&asked, Some(&(sent, came)), &back);
        let lines = [
            "PUT /a",
            "    asked  1",
            "    passed /a 2",
            "    answer 200 3",
            "    passed 200 4",
            "    - etag: x",
        ];
        assert_eq!(told, lines.join("\n"));
    }
}
