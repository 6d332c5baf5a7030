//! Updates that send a part of an object, and values in unusual notations.

use serde_json::{Value, json};

use super::client::{Answer, raw, send};
use super::samples;
use super::server::{Server, TOKEN};

const SHELVES: &str = "/library/shelves";
const AGENTS: &str = "/agency/agents";
const COURIERS: &str = "/agency/couriers";

/// Sends a request with a media type and another header.
fn labelled(server: &Server, method: &str, path: &str, label: &str, body: &str) -> Answer {
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: test\r\nauthorization: Bearer {TOKEN}\r\ncontent-type: {label}\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    raw(server, request.as_bytes()).unwrap()
}

fn patch(server: &Server, path: &str, body: &Value) -> Answer {
    let label = "application/merge-patch+json";
    labelled(server, "PATCH", path, label, &body.to_string())
}

/// Creates an object and returns its path.
fn made(server: &Server, collection: &str, body: &Value) -> String {
    let answer = send(server, "POST", collection, &body.to_string());
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.header("location").unwrap().to_owned()
}

/// The status, location and code of the only violation.
fn wrong(answer: &Answer) -> (u16, String, String) {
    let errors = answer.json()["errors"].clone();
    assert_eq!(errors.as_array().map(Vec::len), Some(1), "{}", answer.body);
    let text = |name: &str| errors[0][name].as_str().unwrap().to_owned();
    (answer.status, text("pointer"), text("code"))
}

#[test]
fn null_sets_what_is_never_null_to_its_default() {
    let server = Server::start(&[]);
    let shelf = made(&server, SHELVES, &samples::shelf());
    for method in ["PATCH", "PUT"] {
        for (member, default) in [
            ("type", json!("oak")),
            ("open", json!(true)),
            ("capacity", json!(40)),
            ("keywords", json!([])),
            ("extra", json!({})),
        ] {
            let body = json!({ member: null }).to_string();
            let answer = send(&server, method, &shelf, &body);
            assert_eq!(
                answer.json()[member],
                default,
                "{method} {body} {}",
                answer.body
            );
        }
        let refused = send(&server, method, &shelf, r#"{"label":null}"#);
        assert_eq!(
            wrong(&refused),
            (422, "/label".to_owned(), "null".to_owned())
        );
    }
    let agent = made(&server, AGENTS, &samples::agent());
    let answer = send(
        &server,
        "PUT",
        &agent,
        r#"{"taste":null,"coin":null,"badges":null}"#,
    );
    let taste = json!({ "zone": null, "speaks": null, "alias": "a@b.c" });
    let shown = answer.json();
    assert_eq!(
        (&shown["taste"], &shown["coin"], &shown["badges"]),
        (&taste, &json!("USD"), &json!([]))
    );
}

#[test]
fn a_merge_patch_changes_single_members_and_removes_what_is_null() {
    let server = Server::start(&[]);
    let shelf = made(&server, SHELVES, &samples::shelf());
    let answer = patch(
        &server,
        &shelf,
        &json!({ "size": { "width": 2.5, "note": null }, "extra": { "a": { "b": null, "x": 1 }, "y": null } }),
    );
    let shown = answer.json();
    assert_eq!(
        shown["size"],
        json!({ "height": 3, "width": 2.5, "note": null })
    );
    assert_eq!(shown["extra"], json!({ "a": { "x": 1 } }));
    let refused = patch(&server, &shelf, &json!({ "size": { "height": null } }));
    assert_eq!(
        wrong(&refused),
        (422, "/size/height".to_owned(), "required".to_owned())
    );
    let named = patch(
        &server,
        &shelf,
        &json!({ "size": { "width": 3, "depth": 1 } }),
    );
    assert_eq!(named.header("ignored-members"), Some("size/depth"));
    // Without the media type of merge patches, values are replaced.
    let plain = send(
        &server,
        "PATCH",
        &shelf,
        r#"{"size":{"height":4},"extra":{"z":null}}"#,
    );
    assert_eq!(
        plain.json()["size"],
        json!({ "height": 4, "width": 0, "note": null })
    );
    assert_eq!(plain.json()["extra"], json!({ "z": null }));
    let cleared = patch(&server, &shelf, &json!({ "size": null }));
    assert_eq!(cleared.json()["size"], Value::Null);
    let again = patch(
        &server,
        &shelf,
        &json!({ "size": { "height": 5, "note": null } }),
    );
    assert_eq!(again.json()["size"]["height"], 5);
}

#[test]
fn a_merge_patch_keeps_secrets_and_reads_other_names() {
    let server = Server::start(&[]);
    let mut courier = samples::courier();
    for other in ["grant", "seal"] {
        courier.as_object_mut().unwrap().remove(other);
    }
    let answer = send(
        &server,
        "POST",
        "/agency/agents/courier",
        &courier.to_string(),
    );
    assert_eq!(answer.status, 201, "{}", answer.body);
    let id = answer.json()["courierId"].as_str().unwrap().to_owned();
    let path = format!("{COURIERS}/{id}");
    let body = json!({ "login": { "name": "v" }, "head": { "x-a": null, "x-b": "c" }, "shape": { "d": "e" } });
    let shown = patch(&server, &path, &body).json();
    assert_eq!(shown["login"], json!({ "name": "v", "word": true }));
    assert_eq!(shown["head"], json!({ "x-b": "c" }));
    assert_eq!(shown["shape"], json!({ "a": "${$.b}", "d": "e" }));
}

#[test]
fn a_change_need_not_name_a_row_by_its_key() {
    let server = Server::start(&[]);
    let agent = made(&server, AGENTS, &samples::agent());
    let row = send(&server, "GET", &agent, "").json()["grade"].clone();
    for part in [
        json!({}),
        json!({ "label": row["label"] }),
        json!({ "code": row["code"] }),
    ] {
        let answer = send(
            &server,
            "PUT",
            &agent,
            &json!({ "grade": part }).to_string(),
        );
        assert_eq!(
            (answer.status, &answer.json()["grade"]),
            (200, &row),
            "{part}"
        );
    }
    let other = send(&server, "PUT", &agent, r#"{"grade":{"label":"Nobody"}}"#);
    assert_eq!(
        wrong(&other),
        (422, "/grade/label".to_owned(), "read_only".to_owned())
    );
}

#[test]
fn who_sends_another_type_is_told_which_are_read() {
    let server = Server::start(&[]);
    let shelf = made(&server, SHELVES, &samples::shelf());
    let both = Some("application/json, application/merge-patch+json");
    let json = Some("application/json");
    for (method, path, label, formats, more) in [
        (
            "PUT",
            shelf.as_str(),
            "application/merge-patch+json",
            json,
            None,
        ),
        ("PUT", &shelf, "application/vnd.x+json", json, None),
        ("PATCH", &shelf, "text/plain", both, Some("accept-patch")),
        (
            "PATCH",
            &shelf,
            "application/json-patch+json",
            both,
            Some("accept-patch"),
        ),
        ("POST", SHELVES, "text/plain", json, Some("accept-post")),
    ] {
        let answer = labelled(&server, method, path, label, "{}");
        assert_eq!(
            (answer.status, answer.header("accept")),
            (415, formats),
            "{method} {label}"
        );
        for name in ["accept-patch", "accept-post"] {
            assert_eq!(
                answer.header(name),
                formats.filter(|_| more == Some(name)),
                "{method} {label}"
            );
        }
    }
    let agent = made(&server, AGENTS, &samples::agent());
    let added = labelled(
        &server,
        "PATCH",
        &agent,
        "application/merge-patch+json",
        "{}",
    );
    assert_eq!((added.status, added.header("accept-patch")), (415, json));
    for (method, status) in [("PUT", 400), ("PATCH", 200)] {
        let part = "application/json\r\ncontent-range: bytes 0-1/2";
        let answer = labelled(&server, method, &shelf, part, "{}");
        assert_eq!(answer.status, status, "{method} {}", answer.body);
    }
}

#[test]
fn tags_are_read_by_their_grammar() {
    let server = Server::start(&[]);
    let shelf = made(&server, SHELVES, &samples::shelf());
    let tag = send(&server, "GET", &shelf, "")
        .header("etag")
        .unwrap()
        .to_owned();
    for (tags, status) in [
        (format!("\"a,b\", {tag}"), 304),
        (format!("\"a,{tag},b\""), 400),
        ("\"a,b\", \"2\"".to_owned(), 200),
        ("a, b".to_owned(), 400),
    ] {
        let label = format!("text/plain\r\nif-none-match: {tags}");
        let answer = labelled(&server, "GET", &shelf, &label, "");
        assert_eq!(answer.status, status, "{tags}");
    }
}

#[test]
fn whole_numbers_are_whole_however_they_are_written() {
    let server = Server::start(&[]);
    let shelf = made(&server, SHELVES, &samples::shelf());
    for (text, whole) in [("3.0", 3), ("1e1", 10), ("-0", 0), ("50000e-2", 500)] {
        let answer = send(&server, "PUT", &shelf, &format!("{{\"capacity\":{text}}}"));
        assert_eq!(answer.json()["capacity"], whole, "{text}");
        assert!(
            answer.body.contains(&format!("\"capacity\":{whole},")),
            "{text}"
        );
    }
    for (text, code) in [
        ("1e300", "too_large"),
        ("-1e300", "too_small"),
        ("1.5", "type"),
    ] {
        let answer = send(&server, "PUT", &shelf, &format!("{{\"capacity\":{text}}}"));
        assert_eq!(
            wrong(&answer),
            (422, "/capacity".to_owned(), code.to_owned())
        );
    }
    let huge = send(&server, "PUT", &shelf, "{\"capacity\":1e999999999}");
    assert_eq!(huge.status, 400);
    let books = format!("{shelf}/books");
    let mut numbers = Vec::new();
    for pages in ["9223372036854775807", "9223372036854775806"] {
        let body =
            format!("{{\"medium\":\"mail\",\"contact\":\"x{pages}@b.c\",\"pages\":{pages}}}");
        numbers.push(send(&server, "POST", &books, &body).status);
    }
    assert_eq!(numbers, [201, 201]);
    for (asked, count) in [(i64::MAX, 0), (i64::MAX - 1, 1), (i64::MAX - 2, 2)] {
        let found = send(&server, "GET", &format!("{books}?thicker={asked}"), "").json();
        assert_eq!(found.as_array().map(Vec::len), Some(count), "{asked}");
    }
}

#[test]
fn moments_are_those_of_the_standard() {
    let server = Server::start(&[]);
    let shelf = made(&server, SHELVES, &samples::shelf());
    for (text, shown) in [
        ("2021-01-01t02:00:00.0009+02:00", "2021-01-01T00:00:00.000Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"),
    ] {
        let answer = send(
            &server,
            "PUT",
            &shelf,
            &json!({ "dusted": text }).to_string(),
        );
        assert_eq!(answer.json()["dusted"], shown, "{}", answer.body);
    }
    for text in [
        "2021-01-01T00:00:00+24:00",
        "2021-01-01T00:00:00+0100",
        "2021-01-01T00:00:00+01",
        "2021-01-01T00:00:00,5Z",
        "2021-01-01T10:30Z",
        "2016-12-31T12:00:60Z",
    ] {
        let answer = send(
            &server,
            "PUT",
            &shelf,
            &json!({ "dusted": text }).to_string(),
        );
        assert_eq!(
            wrong(&answer),
            (422, "/dusted".to_owned(), "format".to_owned()),
            "{text}"
        );
    }
}

#[test]
fn no_text_of_a_path_is_one_that_no_client_can_ask_for() {
    let server = Server::start(&[]);
    let agent = made(&server, AGENTS, &samples::agent());
    for badge in [".", ".."] {
        let mut body = samples::phrase();
        body["mail"] = "other@b.c".into();
        body["badge"] = badge.into();
        let answer = send(&server, "POST", AGENTS, &body.to_string());
        assert_eq!(
            wrong(&answer),
            (422, "/badge".to_owned(), "reserved".to_owned())
        );
        let answer = send(
            &server,
            "PUT",
            &agent,
            &json!({ "badge": badge }).to_string(),
        );
        assert_eq!(
            wrong(&answer),
            (422, "/badge".to_owned(), "reserved".to_owned())
        );
    }
    let answer = send(&server, "PUT", &agent, r#"{"badge":"..."}"#);
    assert_eq!(answer.status, 200, "{}", answer.body);
}
