//! Servers of others: one written by hand in another language, with faults that can be
//! switched on, and some that are not HTTP services at all. Without Python, tests of the
//! former are shown as ignored.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;

use fieldproof_conformance::harness::RoleTokens;
use fieldproof_conformance::mock::serve;
use fieldproof_conformance::model::Service;
use fieldproof_conformance::report::{Report, Verdict};
use fieldproof_conformance::{Options, run};
use fieldproof_spec::load;
use fieldproof_spec::model::Api;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let python = Command::new("python3").arg("--version").output();
    let python = python.is_ok_and(|output| output.status.success());
    let mut trials = vec![
        Trial::test("a server without a fault has no finding", sound).with_ignored_flag(!python),
    ];
    let received = Trial::test(
        "a receiver of others verifies what the mock sends",
        received,
    );
    trials.push(received.with_ignored_flag(!python));
    for (fault, obligation) in faults() {
        let name = format!("{fault} is found by {obligation}");
        let trial = Trial::test(name, move || found(&fault, &obligation));
        trials.push(trial.with_ignored_flag(!python));
    }
    for (name, dull, status) in [
        (
            "always 200 and an empty object",
            Dull::Answer(200, "{}"),
            Some("expected status 201"),
        ),
        (
            "always 500",
            Dull::Answer(500, ""),
            Some("the service failed with 500"),
        ),
        (
            "always 404",
            Dull::Answer(404, ""),
            Some("an answer of 404"),
        ),
        ("never an answer", Dull::Hang, None),
        ("connections are dropped", Dull::Drop, None),
    ] {
        trials.push(Trial::test(name, move || dull_ends(dull, status)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign")
}

/// Each fault with the obligation that detects it.
fn faults() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(folder().join("faults.txt")).unwrap_or_default();
    let pair = |line: &str| {
        let (fault, obligation) = line.split_once(' ')?;
        Some((fault.to_owned(), obligation.trim().to_owned()))
    };
    text.lines().filter_map(pair).collect()
}

/// The API that the server implements.
fn api() -> Result<Api, Failed> {
    let file = folder().join("../../../spec/profiles.yaml");
    let loaded = load(&file)?.into_iter().next();
    let api = loaded.and_then(|one| one.api);
    api.ok_or_else(|| "the spec has findings".into())
}

/// The hand-written server; it stops when dropped.
struct Server {
    url: String,
    process: Child,
}

impl Server {
    fn start(faults: &[&str]) -> Result<Self, Failed> {
        let mut command = Command::new("python3");
        command.arg(folder().join("profiles.py"));
        for fault in faults {
            command.args(["--fault", fault]);
        }
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let url = line.trim().trim_start_matches("listening on ").to_owned();
        Ok(Self { url, process })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn judge(url: &str, only: &[&str]) -> Result<Report, Failed> {
    let options = Options {
        url: url.to_owned(),
        tokens: RoleTokens {
            main: "main".to_owned(),
            other_tenant: Some("other".to_owned()),
            read_only: Some("reader".to_owned()),
            no_scope: Some("nobody".to_owned()),
            ..RoleTokens::default()
        },
        only: only.iter().map(|one| (*one).to_owned()).collect(),
        workers: 4,
        patience: Duration::from_secs(2),
        ..Options::default()
    };
    let report = run(&[api()?], &options, &mut |_| {});
    report.map_err(|lost| format!("lost: {}", lost.0).into())
}

fn sound() -> Result<(), Failed> {
    let server = Server::start(&[])?;
    let report = judge(&server.url, &[])?;
    let findings = report
        .outcomes
        .iter()
        .filter(|one| one.verdict.is_finding());
    let ids: Vec<&str> = findings.map(|one| one.obligation.id.as_str()).collect();
    match ids.is_empty() && report.count(Verdict::Pass) > 250 {
        true => Ok(()),
        false => Err(format!("{ids:?}").into()),
    }
}

/// What watches send in other shapes than the house's is taken by a receiver that shares
/// nothing with the mock.
fn received() -> Result<(), Failed> {
    let case = folder().join("../../../codegen/tests/cases/notification/spec.yaml");
    let loaded = load(&case)?.into_iter().next();
    let api = loaded
        .and_then(|one| one.api)
        .ok_or("the case has findings")?;
    let base = api.base.clone();
    let mock = serve(Service::new(api))?;
    let url = format!("http://{}{base}", mock.address);
    let mut receiver = Command::new("python3");
    receiver.arg(folder().join("receiver.py"));
    let output = receiver.args([url.as_str(), "main"]).output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{output:?}").into()),
    }
}

fn found(fault: &str, obligation: &str) -> Result<(), Failed> {
    let server = Server::start(&[fault])?;
    let report = judge(&server.url, &[obligation])?;
    match report.count(Verdict::Fail) {
        0 => Err(format!("{:?}", report.counts).into()),
        _ => Ok(()),
    }
}

/// How a server without an API reacts to each request.
#[derive(Clone, Copy)]
enum Dull {
    Answer(u16, &'static str),
    Hang,
    Drop,
}

/// Judges that a run ends, with the reason if there was an answer.
fn dull_ends(dull: Dull, reason: Option<&str>) -> Result<(), Failed> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(&stream, dull));
        }
    });
    match (judge(&url, &[]), reason) {
        (Err(lost), None) if format!("{lost:?}").contains("lost:") => Ok(()),
        (Ok(report), Some(reason)) => {
            let create = |id: &str| id.ends_with("Profile.create:status");
            let own = report
                .outcomes
                .iter()
                .find(|one| create(&one.obligation.id));
            let said = own.and_then(|one| one.message.clone()).unwrap_or_default();
            match report.count(Verdict::Pass) == 0 && said.contains(reason) {
                true => Ok(()),
                false => Err(format!("{:?}: {said}", report.counts).into()),
            }
        }
        (other, _) => Err(format!("{other:?}").into()),
    }
}

fn answer(stream: &TcpStream, dull: Dull) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let (mut line, mut length) = (String::new(), 0);
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        while !line.trim().is_empty() {
            let lower = line.to_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or_default();
            }
            line.clear();
            reader.read_line(&mut line)?;
        }
        reader.read_exact(&mut vec![0; length])?;
        match dull {
            Dull::Answer(status, body) => {
                let length = body.len();
                let mut stream = stream;
                write!(
                    stream,
                    "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
                )?;
            }
            Dull::Hang => std::thread::sleep(Duration::from_secs(60)),
            Dull::Drop => return Ok(()),
        }
    }
}
