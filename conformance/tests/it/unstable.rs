//! What fails and holds when it is tried again has a word of its own.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};

use fieldproof_conformance::harness::RoleTokens;
use fieldproof_conformance::mock::serve;
use fieldproof_conformance::mutant::{Mutation, Operator, served};
use fieldproof_conformance::report::{Report, Verdict, github, junit, sarif};
use fieldproof_conformance::{Baseline, Options, fixtures, run};

use super::shelves;

const ID: &str = "shelves.Shelf.create:status";

/// A way to a service that answers the first create by itself, with two places of what was made.
fn stumbling(service: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut stumbled = false;
        for mut client in listener.incoming().flatten() {
            let mut start = [0; 4];
            let create = client.peek(&mut start).is_ok() && start == *b"POST";
            if create && !stumbled {
                stumbled = true;
                let _ = client.read(&mut [0; 4096]);
                let _ = client
                    .write_all(b"HTTP/1.1 201 -\r\nlocation: /a\r\nlocation: /b\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                continue;
            }
            let Ok(server) = TcpStream::connect(service) else {
                return;
            };
            for (mut from, mut to) in [(&client, &server), (&server, &client)]
                .map(|(from, to)| (from.try_clone().unwrap(), to.try_clone().unwrap()))
            {
                std::thread::spawn(move || {
                    let _ = std::io::copy(&mut from, &mut to);
                    let _ = to.shutdown(std::net::Shutdown::Write);
                });
            }
        }
    });
    address
}

fn judged(mutation: Option<&Mutation>, baseline: &str, allow_unstable: bool) -> Report {
    let api = shelves();
    let mock = serve(served(&api, mutation, &fixtures(&api), None)).unwrap();
    let options = Options {
        url: format!("http://{}", stumbling(mock.address)),
        tokens: RoleTokens::of_mock(),
        only: vec![ID.to_owned()],
        again: true,
        allow_unstable,
        baseline: Baseline::read(baseline).unwrap(),
        ..Options::default()
    };
    run(&[api], &options, &mut |_| {}).unwrap()
}

#[test]
fn what_fails_once_is_unstable_and_a_finding_unless_that_is_allowed() {
    let report = judged(None, "[]", false);
    let outcome = &report.outcomes[0];
    assert_eq!(outcome.verdict, Verdict::Unstable, "{outcome:#?}");
    assert_eq!(outcome.exchange.as_ref().map(|one| one.status), Some(201));
    assert!(!report.is_success() && report.causes.len() == 1);
    for text in [
        github::summary(&report),
        junit(&report).unwrap(),
        sarif(&report),
    ] {
        assert!(text.contains("it held"), "{text}");
    }
    assert!(github::summary(&report).contains("1 unstable"));
    assert!(judged(None, "[]", true).is_success());
    let accepted = format!(r#"[{{"id":"{ID}","reason":"ticket 7"}}]"#);
    assert_eq!(judged(None, &accepted, false).count(Verdict::Waived), 1);
}

#[test]
fn what_fails_again_fails() {
    let mutation = Mutation {
        operator: Operator::StatusWrong,
        resource: "Shelf".to_owned(),
        member: "create".to_owned(),
    };
    assert_eq!(judged(Some(&mutation), "[]", true).count(Verdict::Fail), 1);
}
