//! Pages that begin behind an identifier.

use serde_json::{Value, json};

use super::client::{Answer, send};
use super::server::Server;

const VISITS: &str = "/visits/v1/visits";

/// Makes visits of these guests and returns their identifiers.
fn visits(server: &Server, guests: &[&str]) -> Vec<String> {
    let make = |guest: &&str| {
        let made = send(
            server,
            "POST",
            VISITS,
            &json!({ "guest": guest }).to_string(),
        );
        made.json()["visitId"].as_str().unwrap().to_owned()
    };
    guests.iter().map(make).collect()
}

/// Makes a visit with so many sights; their collection, and the numbers of them all.
fn sights(server: &Server, count: usize) -> (String, Vec<u64>) {
    let visit = visits(server, &["a"]).remove(0);
    let target = format!("{VISITS}/{visit}/sights");
    let make = |_| {
        let made = send(server, "POST", &target, "{\"what\":\"owl\"}");
        made.json()["sight"].as_u64().unwrap()
    };
    let all = (0..count).map(make).collect();
    (target, all)
}

fn numbers(shown: &Value) -> Vec<u64> {
    let shown = shown.as_array().unwrap().iter();
    shown.map(|one| one["sight"].as_u64().unwrap()).collect()
}

/// The target of the link to the next page.
fn next(answer: &Answer) -> Option<String> {
    let link = answer.header("link")?.strip_prefix('<')?;
    link.strip_suffix(">; rel=\"next\"").map(str::to_owned)
}

#[test]
fn links_lead_through_all_objects_in_the_order_of_their_identifiers() {
    let server = Server::start(&[]);
    let all = visits(&server, &["a", "b", "a", "a", "b", "a"]);
    assert!(all.is_sorted());
    let own: Vec<&String> = [0, 2, 3, 5].map(|at| &all[at]).to_vec();
    let mut walked = Vec::new();
    let mut target = Some(format!("{VISITS}?guest=a&most=3"));
    while let Some(path) = target {
        let answer = send(&server, "GET", &path, "");
        assert_eq!(answer.header("x-total-count"), Some("4"), "{path}");
        let page = answer.json();
        assert_eq!(page["total"], 4, "{path}");
        let shown = page["visits"].as_array().unwrap();
        walked.push(shown.len());
        let before: usize = walked.iter().sum::<usize>() - shown.len();
        for (at, one) in shown.iter().enumerate() {
            assert_eq!(one["visitId"], **own[before + at], "{path}");
        }
        target = next(&answer);
        let last = own[before + shown.len() - 1];
        let more = walked.len() == 1;
        let expected = more.then(|| format!("{VISITS}?most=3&behind={last}&guest=a"));
        assert_eq!(target, expected);
    }
    assert_eq!(walked, [3, 1]);
}

#[test]
fn a_page_begins_behind_any_identifier() {
    let server = Server::start(&[]);
    let (target, all) = sights(&server, 12);
    let after = |id: u64| {
        let answer = send(&server, "GET", &format!("{target}?after={id}"), "");
        let total = answer.header("x-total-count").unwrap().to_owned();
        (numbers(&answer.json()), total)
    };
    // Numbers are compared as numbers.
    assert!(all.windows(2).any(|two| two[0].ilog10() < two[1].ilog10()));
    for (at, id) in all.iter().enumerate() {
        assert_eq!(after(*id), (all[at + 1..].to_vec(), "12".to_owned()));
    }
    assert_eq!(after(999_999_999_999_999_999), (vec![], "12".to_owned()));
    let gone = send(&server, "DELETE", &format!("{target}/{}", all[4]), "");
    assert_eq!(gone.status, 204);
    let rest = (all[5..].to_vec(), "11".to_owned());
    assert_eq!(after(all[4]), rest, "there is no such object");

    let made = visits(&server, &["a", "b"]);
    let upper = made[0].to_uppercase();
    let page = send(&server, "GET", &format!("{VISITS}?behind={upper}"), "").json();
    assert_eq!(page["visits"][0]["visitId"], *made[1]);
    assert_eq!(
        (page["visits"].as_array().map(Vec::len), &page["total"]),
        (Some(1), &json!(3))
    );
}

#[test]
fn what_is_no_identifier_is_refused() {
    let server = Server::start(&[]);
    let (target, _) = sights(&server, 1);
    let number = ["", "x", "0", "01", "-1", "1.0", "1000000000000000000"];
    let number = number.map(|bad| format!("{target}?after={bad}"));
    let uuid = ["", "1", "00000000-0000-0000-0000-00000000000g"];
    let uuid = uuid.map(|bad| format!("{VISITS}?behind={bad}"));
    for path in number.iter().chain(&uuid) {
        let refused = send(&server, "GET", path, "");
        let errors = &refused.json()["errors"];
        let named = if uuid.contains(path) {
            "behind"
        } else {
            "after"
        };
        assert_eq!(
            (refused.status, &errors[0]["parameter"], &errors[0]["code"]),
            (400, &named.into(), &"not_a_value".into()),
            "{path}"
        );
    }
}

#[test]
fn a_list_without_a_usual_size_shows_everything_unless_it_is_capped() {
    let server = Server::start(&[]);
    let (target, all) = sights(&server, 45);
    let answer = send(&server, "GET", &target, "");
    assert_eq!((numbers(&answer.json()), next(&answer)), (all, None));

    let server = Server::start(&["--set", "visits.list_cap=2"]);
    let (target, all) = sights(&server, 3);
    let answer = send(&server, "GET", &target, "");
    assert_eq!(numbers(&answer.json()), all[..2]);
    let link = format!("{target}?limit=2&after={}", all[1]);
    assert_eq!(next(&answer), Some(link.clone()));
    let answer = send(&server, "GET", &link, "");
    assert_eq!(
        (numbers(&answer.json()), next(&answer)),
        (all[2..].to_vec(), None)
    );
}
