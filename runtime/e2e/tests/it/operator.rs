use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use super::client::{send, send_as};
use super::server::{Server, complaint, folder, program};

const SHELVES: &str = "/library/shelves";

#[test]
fn what_was_answered_survives_the_end_of_the_process() {
    let server = Server::start(&[]);
    let id = send(&server, "POST", SHELVES, "{\"label\":\"kept\"}").json()["shelfId"]
        .as_str()
        .unwrap()
        .to_owned();
    let data = server.kill();
    let mut server = Server::start_in(data, &[]);
    let answer = send(&server, "GET", &format!("{SHELVES}/{id}"), "");
    assert_eq!(answer.json()["label"], "kept");
    assert!(server.terminate(), "it ends well when it is asked to");
}

#[test]
fn tokens_come_and_go_beside_a_running_server() {
    let server = Server::start(&[]);
    let made = server.run(
        &[
            "token",
            "create",
            "--tenant",
            "other",
            "--scope",
            "shelves:read",
        ],
        "",
    );
    let token = String::from_utf8(made.stdout).unwrap().trim().to_owned();
    assert_eq!(send_as(&server, &token, "GET", SHELVES, "").status, 200);
    assert_eq!(
        send_as(&server, &token, "POST", SHELVES, "{\"label\":\"ab\"}").status,
        403
    );
    let listed = String::from_utf8(
        server
            .run(&["token", "list", "--tenant", "other"], "")
            .stdout,
    )
    .unwrap();
    assert!(
        listed.contains("shelves:read") && !listed.contains(&token),
        "{listed}"
    );
    let id = listed.split('\t').next().unwrap();
    assert!(server.run(&["token", "revoke", id], "").status.success());
    assert_eq!(send_as(&server, &token, "GET", SHELVES, "").status, 401);
    assert!(!server.run(&["token", "revoke", id], "").status.success());
}

#[test]
fn objects_are_loaded_as_printed_and_replace_those_of_the_same_id() {
    let server = Server::start(&[]);
    let printed = "[{\"shelfId\":\"7\",\"label\":\"old\",\"madeAt\":\"2001-02-03T04:05:06.789Z\",\"changedAt\":\"2002-02-03T04:05:06.789Z\",\
                   \"books\":[{\"bookId\":\"1000000000000001\",\"medium\":\"mail\",\"contact\":\"a@b.c\",\"madeAt\":\"2001-02-03T04:05:06+00:00\"}]}]";
    let load = |text: &str| server.run(&["import", "--api", "shelves", "-"], text);
    assert!(load(printed).status.success());
    let shelf = send(&server, "GET", &format!("{SHELVES}/7"), "").json();
    assert_eq!(shelf["madeAt"], "2001-02-03T04:05:06.789Z");
    assert_eq!(shelf["books"][0]["madeAt"], "2001-02-03T04:05:06+00:00");
    assert!(
        load(
            &printed
                .replace("old", "new")
                .replace("1000000000000001", "1000000000000002")
        )
        .status
        .success()
    );
    let shelf = send(&server, "GET", &format!("{SHELVES}/7"), "").json();
    assert_eq!(
        (&shelf["label"], shelf["books"].as_array().unwrap().len()),
        (&"new".into(), 1)
    );
    let refused =
        load("[{\"shelfId\":\"8\",\"label\":\"x\"},{\"shelfId\":\"0\",\"label\":\"good\"},{}]");
    let said = String::from_utf8(refused.stderr).unwrap();
    for place in ["/0/label", "/1/shelfId", "/2"] {
        assert!(said.contains(place), "{place}: {said}");
    }
    assert_eq!(
        send(&server, "GET", &format!("{SHELVES}/8"), "").status,
        404
    );
    assert!(
        !server
            .run(&["import", "--api", "nothing", "-"], "{}")
            .status
            .success()
    );
}

#[test]
fn loaded_identifiers_are_passed_and_never_shared() {
    let server = Server::start(&[]);
    let load = |text: &str| server.run(&["import", "--api", "shelves", "-"], text);
    let book = "[{\"bookId\":\"1000000000000009\",\"medium\":\"mail\",\"contact\":\"a@b.c\"}]";
    let shelf = |id: u32| format!("{{\"shelfId\":\"{id}\",\"label\":\"ab\",\"books\":{book}}}");
    assert!(load(&shelf(4_000)).status.success());
    let next = send(&server, "POST", SHELVES, "{\"label\":\"next\"}").json();
    assert!(
        next["shelfId"].as_str().unwrap().parse::<u64>().unwrap() > 4_000,
        "{next}"
    );
    let one = "{\"bookId\":\"1000000000000008\",\"medium\":\"mail\",\"contact\":\"c@b.c\"}";
    let twins = format!(
        "{{\"shelfId\":\"4600\",\"label\":\"ab\",\"books\":[{one},{}]}}",
        one.replace("c@", "d@")
    );
    let said = String::from_utf8(load(&twins).stderr).unwrap();
    assert!(
        said.contains("/0/books/0/bookId") && said.contains("/0/books/1/bookId"),
        "{said}"
    );
    let refused = load(&shelf(4_500));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("/0/books/0/bookId: belongs to an object with another parent"),
        "{said}"
    );
    assert_eq!(
        send(&server, "GET", &format!("{SHELVES}/4500"), "").status,
        404
    );
}

#[test]
fn the_first_start_leaves_one_token_that_only_its_owner_reads() {
    let data = folder();
    let mut command = program(&["--listen", "127.0.0.1:0", "--data"]);
    let mut process = command
        .arg(&data)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut stdout = std::io::BufReader::new(process.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut stdout, &mut line).unwrap();
    let file = data.join("bootstrap-token");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    process.kill().unwrap();
    process.wait().unwrap();
    assert_eq!(mode & 0o777, 0o600);
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("fpt_"));
    std::fs::remove_dir_all(data).unwrap();
}

#[test]
fn settings_that_cannot_be_used_end_the_start_with_a_reason() {
    let cases = [
        (
            ["--base", "shelves=/problems"],
            "`/problems/{code}` of the server and `/problems/shelves`",
        ),
        (["--base", "other=/x"], "no API `other`"),
        (["--base", "shelves=x"], "begins with `/`"),
        (["--set", "shelves.put=maybe"], "put=merge|replace"),
        (["--listen", "192.0.2.1:1"], "cannot listen"),
        (["--listen", "192.0.2.1:1"], "no mail is sent for Agent"),
    ];
    for (args, reason) in cases {
        let data = folder();
        let mut command = program(&args);
        command.env("FIELDPROOF_DATA", &data);
        let (ended_well, said) = complaint(command);
        assert!(!ended_well && said.contains(reason), "{args:?}: {said}");
        let _ = std::fs::remove_dir_all(data);
    }
}

#[test]
fn tokens_that_would_open_nothing_are_refused() {
    let server = Server::start(&[]);
    for (args, said) in [
        (&["--scope", "shelvse"][..], "did you mean `shelves`?"),
        (
            &["--scope", "shelves:wirte"],
            "did you mean `shelves:write`?",
        ),
        (&["--scope", "shelves,Agents"], "did you mean `agents`?"),
        (
            &["--scope", "everything"],
            "there are agents, depots, loans, members, shelves, visits",
        ),
        (
            &["--scope", "shelves", "--tenant", ""],
            "leave the flag out for `default`",
        ),
        (
            &["--scope", "shelves", "--tenant", " x"],
            "leave the flag out for `default`",
        ),
        (
            &["--scope", "shelves", "--user", "me"],
            "by an email address",
        ),
    ] {
        for what in ["token", "client"] {
            let done = server.run(&[&[what, "create"], args].concat(), "");
            let text = String::from_utf8(done.stderr).unwrap();
            assert!(
                !done.status.success() && text.contains(said),
                "{args:?}: {text}"
            );
            assert!(done.stdout.is_empty());
        }
    }
    let none = server.run(&["token", "create", "--scope", "none"], "");
    let token = String::from_utf8(none.stdout).unwrap();
    assert_eq!(
        send_as(&server, token.trim(), "GET", SHELVES, "").status,
        403
    );
}

#[test]
fn a_port_that_is_taken_is_said_before_anything_is_made() {
    let server = Server::start(&[]);
    let data = folder();
    let mut command = program(&["--listen", &server.address]);
    command.env("FIELDPROOF_DATA", &data);
    let (ended_well, said) = complaint(command);
    assert!(
        !ended_well && said.contains("another program has it"),
        "{said}"
    );
    assert!(!data.exists());
    for args in [
        ["import", "--api", "shelves", "nowhere.json"],
        ["token", "create", "--scope", "shelf"],
    ] {
        let mut command = program(&args);
        command.env("FIELDPROOF_DATA", &data);
        assert!(!complaint(command).0 && !data.exists(), "{args:?}");
    }
}

#[test]
fn a_folder_is_for_one_server_at_a_time() {
    let server = Server::start(&[]);
    for args in [&["serve", "--listen", "127.0.0.1:0"][..], &["migrate"]] {
        let mut command = program(args);
        command.env("FIELDPROOF_DATA", &server.data);
        let (ended_well, said) = complaint(command);
        assert!(
            !ended_well && said.contains("a server runs over it"),
            "{args:?}: {said}"
        );
    }
    assert!(server.run(&["migrate", "--plan"], "").status.success());
    assert_eq!(send(&server, "GET", SHELVES, "").status, 200);
}

#[test]
fn a_name_is_listened_on_and_a_log_in_a_file_has_no_colours() {
    let (data, logs) = (folder(), folder());
    std::fs::create_dir_all(&logs).unwrap();
    let log = logs.join("log");
    let server = Server::start_saying_all(data, &["--listen", "localhost:0"], &log);
    assert_eq!(send(&server, "GET", "/healthz", "").body, "ok");
    let text = std::fs::read_to_string(&log).unwrap();
    assert!(!text.is_empty() && !text.contains('\u{1b}'), "{text}");
    std::fs::remove_dir_all(logs).unwrap();
}

#[test]
fn the_server_tells_about_itself() {
    let server = Server::start(&["--base", "shelves=/v1"]);
    assert_eq!(send(&server, "GET", "/healthz", "").body, "ok");
    assert_eq!(send(&server, "GET", "/readyz", "").body, "ready");
    let openapi = send(&server, "GET", "/openapi/shelves.json", "").json();
    assert_eq!(openapi["servers"][0]["url"], "/v1");
    assert!(openapi["paths"]["/shelves"].is_object());
    let whole = send(&server, "GET", "/openapi.json", "").json();
    let mut ids: Vec<&str> = Vec::new();
    for item in whole["paths"].as_object().unwrap().values() {
        let operations = item.as_object().unwrap().values();
        ids.extend(operations.filter_map(|one| one["operationId"].as_str()));
    }
    assert!(!whole.to_string().contains("\"tags\":null"), "{whole}");
    let distinct: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "names of operations are unique");
    assert!(
        whole["paths"]["/v1/shelves"].is_object() && whole["paths"]["/agency/grades"].is_object()
    );
    assert_eq!(send(&server, "GET", "/v1/shelves", "").status, 200);
    let refused = send(&server, "GET", "/v1/shelves/x", "");
    let kind = refused.json()["type"].as_str().unwrap().to_owned();
    assert!(
        send(&server, "GET", &kind, "")
            .body
            .contains("<h1>Not found</h1>")
    );
    assert!(refused.header("request-id").is_some());
}

#[test]
fn a_server_ends_with_the_input_that_it_was_given() {
    let data = folder();
    let mut command = program(&["--listen", "127.0.0.1:0", "--until-input-ends"]);
    command.env("FIELDPROOF_DATA", &data);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(process.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    assert!(line.starts_with("listening on"), "{line}");
    assert!(process.try_wait().unwrap().is_none());
    drop(process.stdin.take());
    assert!(process.wait().unwrap().success());
}
