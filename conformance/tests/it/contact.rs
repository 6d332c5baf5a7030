//! One look at services that cannot be judged as they are.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};

use fieldproof_conformance::harness::RoleTokens;
use fieldproof_conformance::mock::serve;
use fieldproof_conformance::model::Service;
use fieldproof_conformance::{Contact, Options, contact};

use super::shelves;

/// A service that answers a path with a status, header lines and a body.
fn service(answer: fn(&str) -> (u16, &'static str, &'static str)) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let head: Vec<String> = lines
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            let path = head
                .first()
                .and_then(|line| line.split(' ').nth(1))
                .unwrap_or_default();
            let (status, headers, body) = answer(path);
            let length = body.len();
            let text = format!(
                "HTTP/1.1 {status} -\r\n{headers}connection: close\r\ncontent-length: {length}\r\n\r\n{body}"
            );
            let _ = stream.write_all(text.as_bytes());
        }
    });
    format!("http://{address}")
}

fn options(url: &str) -> Options {
    Options {
        url: url.to_owned(),
        tokens: RoleTokens {
            main: "main".to_owned(),
            ..RoleTokens::default()
        },
        ..Options::default()
    }
}

fn looked(answer: fn(&str) -> (u16, &'static str, &'static str)) -> Contact {
    contact(&[shelves()], &options(&service(answer))).unwrap()
}

const JSON: &str = "content-type: application/json\r\n";

#[test]
fn what_keeps_a_service_from_being_judged_is_one_sentence() {
    let elsewhere = looked(|path| match path.starts_with("/api/v1/") {
        true => (200, JSON, "[]"),
        false => (404, "", ""),
    });
    let page = looked(|_| (200, "content-type: text/html\r\n", "<html>"));
    let moved = looked(|_| (301, "location: https://shelves.example.org/\r\n", ""));
    let limited = looked(|_| (429, "retry-after: 3600\r\n", ""));
    let refused = looked(|_| (403, JSON, "{\"error\":{\"message\":\"no licence\"}}"));
    for (contact, said) in [
        (elsewhere, "try `--base shelves=/api/v1`"),
        (page, "is a page and no JSON"),
        (moved, "leads to https://shelves.example.org/"),
        (limited, "wants to be asked again in 3600 s"),
        (refused, "answers 403 (no licence)"),
    ] {
        assert_eq!(contact.blocks.len(), 1, "{contact:?}");
        assert!(contact.blocks[0].contains(said), "{contact:?}");
    }
}

#[test]
fn a_gateway_without_a_service_is_no_service() {
    let url = service(|_| (503, "", ""));
    let gone = contact(&[shelves()], &options(&url)).unwrap_err();
    assert!(gone.0.contains("503 for every path"), "{gone:?}");
    // One list that fails is a finding of its own.
    let broken = looked(|path| {
        if path.contains("first-contact") {
            (404, "", "")
        } else {
            (503, "", "")
        }
    });
    assert!(broken.blocks.is_empty(), "{broken:?}");
}

#[test]
fn https_is_spoken() {
    let url = service(|_| (200, JSON, "[]")).replace("http:", "https:");
    let refused = contact(&[shelves()], &options(&url)).unwrap_err();
    // Plain HTTP is no TLS, which only somebody who tries TLS can tell.
    assert!(!refused.0.contains("unsecured"), "{refused:?}");
}

#[test]
fn what_is_found_and_what_is_left_out_is_said() {
    let late = looked(|_| {
        let headers = "content-type: application/json\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\nx-ratelimit-limit: 60\r\n";
        (200, headers, "[]")
    });
    let [found, left] = &late.sentences()[..] else {
        panic!("{late:?}")
    };
    for part in [
        "over plain HTTP",
        "`shelves` is at `",
        "the token of `main` is accepted",
        "s behind",
        "x-ratelimit-limit: 60",
    ] {
        assert!(found.contains(part), "{found}");
    }
    assert!(
        left.contains("other-tenant, read-only, no-scope") && !left.contains("write"),
        "{left}"
    );
    let mock = serve(Service::new(shelves())).unwrap();
    let sound = Options {
        tokens: RoleTokens::of_mock(),
        ..options(&format!("http://{}", mock.address))
    };
    let sound = contact(&[shelves()], &sound).unwrap();
    assert!(
        sound.left_out.is_empty() && sound.blocks.is_empty(),
        "{sound:?}"
    );
    let afar = Options {
        writes: false,
        ..options(&format!("http://{}", mock.address))
    };
    let afar = contact(&[shelves()], &afar).unwrap();
    assert!(afar.left_out[0].contains("--allow-writes"), "{afar:?}");
}
