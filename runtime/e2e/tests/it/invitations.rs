//! Users who are invited by mail to set a password.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fieldproof_runtime::store::{
    ColumnValue, Durability, INVITATIONS, Row, Select, Sqlite, Store, Transaction,
};
use fieldproof_runtime::table::Attribute;
use fieldproof_runtime::watch::seal::Sealer;
use fieldproof_runtime::write::Invitation;

use super::client::{Answer, raw, send};
use super::server::{Server, complaint, folder, program};

const PAGE: &str = "http://127.0.0.1/signup";

fn start(data: PathBuf) -> Server {
    let way = format!("file:{}", data.join("mails").display());
    Server::start_in(data, &["--signup-url", PAGE, "--mail", &way])
}

fn invite(server: &Server) -> Answer {
    let body = r#"{"mail":"a@x.example","grade":{"code":"x"},"invited":"true"}"#;
    send(server, "POST", "/agency/agents", body)
}

/// The tokens in all mails, once there are `count`.
fn tokens(data: &Path, count: usize) -> Vec<String> {
    let started = Instant::now();
    loop {
        let entries = fs::read_dir(data.join("mails")).unwrap().flatten();
        let files = entries.map(|entry| entry.path());
        let mut files: Vec<_> = files
            .filter(|file| file.extension().is_some_and(|kind| kind == "eml"))
            .collect();
        files.sort();
        if files.len() >= count {
            let token = |file: &PathBuf| {
                let text = fs::read_to_string(file).unwrap();
                assert!(text.contains("To: a@x.example\r\n"), "{text}");
                let link = text.lines().find(|line| line.starts_with(PAGE)).unwrap();
                link.rsplit_once("?token=").unwrap().1.to_owned()
            };
            return files.iter().map(token).collect();
        }
        assert!(started.elapsed() < Duration::from_secs(20), "no mail");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn post(server: &Server, label: &str, body: &str) -> Answer {
    let head = format!("POST /signup HTTP/1.1\r\nhost: x\r\ncontent-type: {label}\r\n");
    let request = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    raw(server, request.as_bytes()).unwrap()
}

#[test]
fn a_link_sets_the_password_once_and_ends_the_others() {
    let server = start(folder());
    let made = invite(&server);
    let path = format!(
        "/agency/agents/{}",
        made.json()["agentId"].as_str().unwrap()
    );
    send(&server, "PUT", &path, r#"{"invited":false}"#);
    send(&server, "PUT", &path, r#"{"invited":true}"#);
    let [first, second] = tokens(&server.data, 2).try_into().unwrap();
    assert_ne!(first, second);

    let show = format!("GET /signup?token={first} HTTP/1.1\r\nhost: x\r\n\r\n");
    let page = raw(&server, show.as_bytes()).unwrap();
    assert!(page.status == 200 && page.body.contains(&first), "{page:?}");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));

    let form = "application/x-www-form-urlencoded";
    let short = post(&server, form, &format!("token={first}&password=abc"));
    assert!(
        short.status == 422 && short.body.contains("at least 8"),
        "{short:?}"
    );
    let before = send(&server, "GET", &path, "");
    let set = post(&server, form, &format!("token={first}&password=a+long+one"));
    assert!(set.status == 200 && set.body.contains("is set"), "{set:?}");
    let after = send(&server, "GET", &path, "");
    assert_ne!(before.header("etag"), after.header("etag"));
    assert!(!after.body.contains("long"), "{after:?}");
    for token in [&first, &second, &"made-up".to_owned()] {
        let again = post(
            &server,
            form,
            &format!("token={token}&password=another+one"),
        );
        assert_eq!(again.status, 404, "{again:?}");
        assert!(again.body.contains("used already"), "{again:?}");
        let json = format!(r#"{{"token":"{token}","password":"another one"}}"#);
        assert_eq!(post(&server, "application/json", &json).status, 404);
    }
}

#[test]
fn json_sets_the_password_as_well() {
    let server = start(folder());
    invite(&server);
    let [token] = tokens(&server.data, 1).try_into().unwrap();
    let json = |password: &str| format!(r#"{{"token":"{token}","password":{password}}}"#);
    let short = post(&server, "application/json", &json("\"abc\""));
    assert_eq!(
        (short.status, short.json()["errors"][0]["pointer"].as_str()),
        (422, Some("/phrase"))
    );
    assert_eq!(post(&server, "application/json", &json("7")).status, 422);
    assert_eq!(post(&server, "application/json", "{").status, 400);
    let set = post(&server, "application/json", &json("\"a long one\""));
    assert_eq!((set.status, set.body.as_str()), (204, ""));
}

/// Waits for a read, outside of asynchronous code.
fn wait<T>(read: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.build().unwrap().block_on(read)
}

/// Lets the only link in `data` expire, while a server is running on it.
fn end_time(data: &Path) {
    let sealer = Sealer::from_file(&data.join("secret-key")).unwrap();
    let store = Sqlite::open(data, &[], sealer).unwrap();
    let all = || Select {
        table: &INVITATIONS,
        tenant: String::new(),
        parent: None,
        privileged: false,
        conditions: Vec::new(),
        order: Attribute::Id,
        descending: false,
        after: None,
        limit: None,
        offset: 0,
    };
    // The server still writes an invitation that is not settled.
    let invitation = loop {
        let body = wait(store.list(all())).unwrap().body;
        let [one]: [Invitation; 1] = serde_json::from_str(&body).unwrap();
        if one.settled {
            break one;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let decide = move |tx: &mut dyn Transaction| {
        let stored = tx.find(&INVITATIONS, "", &invitation.id)?.unwrap();
        let cells = vec![
            invitation
                .hash
                .clone()
                .map_or(ColumnValue::Null, ColumnValue::Text),
        ];
        let ended = Invitation {
            expires: 0,
            ..invitation.clone()
        };
        let row = Row {
            tenant: String::new(),
            id: stored.id,
            parent: stored.parent,
            version: stored.version,
            created: stored.created,
            updated: stored.updated,
            body: serde_json::to_string(&ended).unwrap(),
            privileged: None,
            secrets: None,
            cells,
        };
        Ok(tx.upsert(&INVITATIONS, &row)?)
    };
    let store: &dyn Store = &store;
    store.commit("t", Durability::Full, decide).wait().unwrap();
}

#[test]
fn a_link_leads_nowhere_when_its_time_is_over() {
    let server = start(folder());
    invite(&server);
    let [token] = tokens(&server.data, 1).try_into().unwrap();
    end_time(&server.data);
    let json = format!(r#"{{"token":"{token}","password":"a long one"}}"#);
    assert_eq!(post(&server, "application/json", &json).status, 404);
}

#[test]
fn a_mail_that_is_due_survives_the_end_of_the_server() {
    let data = folder();
    let server = start(data.clone());
    // The mail cannot be written while a file has the name of the folder.
    let mails = data.join("mails");
    fs::remove_dir_all(&mails).unwrap();
    fs::write(&mails, "").unwrap();
    assert_eq!(invite(&server).status, 201);
    std::thread::sleep(Duration::from_millis(600));
    let data = server.kill();
    fs::remove_file(&mails).unwrap();
    let server = start(data);
    let [token] = tokens(&server.data, 1).try_into().unwrap();
    let json = format!(r#"{{"token":"{token}","password":"a long one"}}"#);
    assert_eq!(post(&server, "application/json", &json).status, 204);
}

#[test]
fn a_server_without_mails_says_so_and_half_of_the_settings_is_refused() {
    let data = folder();
    let refused = |args: &[&str]| {
        let mut command = program(&["--listen", "127.0.0.1:0"]);
        command.args(args).env("FIELDPROOF_DATA", &data);
        complaint(command)
    };
    for (args, why) in [
        (["--signup-url", PAGE].as_slice(), "needs --mail"),
        (&["--mail", "file:x"], "needs --signup-url"),
        (&["--mail", "x", "--signup-url", PAGE], "--mail is"),
        (
            &["--mail", "smtp://x", "--signup-url", "x"],
            "--signup-url x",
        ),
        (
            &[
                "--mail",
                "smtp://x",
                "--signup-url",
                PAGE,
                "--mail-from",
                "x",
            ],
            "--mail-from",
        ),
    ] {
        let (done, said) = refused(args);
        assert!(!done && said.contains(why), "{args:?}: {said}");
    }
    let server = Server::start_in(data, &[]);
    let made = invite(&server);
    assert_eq!(made.json()["invited"], true);
}
