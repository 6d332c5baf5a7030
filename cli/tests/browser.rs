//! Shows the report in a real browser, headless; without a browser the test is shown as
//! ignored.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Command, ExitCode, Output};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fieldproof_conformance::mock::serve;
use fieldproof_conformance::model::Service;
use fieldproof_conformance::report::html;
use fieldproof_conformance::{Options, fixtures, run};
use libtest_mimic::{Arguments, Failed, Trial};

/// Programs that are tried.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

fn main() -> ExitCode {
    let works = |name: &&&str| {
        let version = Command::new(name).arg("--version").output();
        version.is_ok_and(|output| output.status.success())
    };
    let browser = BROWSERS.iter().find(works);
    let name = match browser {
        Some(_) => "the report needs nothing but itself, and its script runs",
        None => "the report needs nothing but itself: no browser here",
    };
    let program = browser.map_or("", |name| name);
    let trial = Trial::test(name, move || opens(program)).with_ignored_flag(browser.is_none());
    libtest_mimic::run(&Arguments::from_args(), vec![trial]).exit_code()
}

/// The first line of each request to a proxy that answers nothing.
type Asked = Arc<Mutex<BTreeSet<String>>>;

/// Starts a proxy for all requests that a page could make.
fn canary() -> std::io::Result<(String, Asked)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let (address, asked) = (listener.local_addr()?, Asked::default());
    let seen = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut line = String::new();
            let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
            // Browsers also open connections ahead of need, on which nothing is ever asked.
            let read = BufReader::new(stream).read_line(&mut line);
            if read.is_ok_and(|bytes| bytes > 0) {
                seen.lock().unwrap().insert(line.trim().to_owned());
            }
        }
    });
    Ok((address.to_string(), asked))
}

fn show(
    program: &str,
    folder: &std::path::Path,
    page: &str,
    proxy: &str,
) -> std::io::Result<Output> {
    let file = folder.join("page.html");
    std::fs::write(&file, page)?;
    Command::new(program)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--virtual-time-budget=2000",
            "--dump-dom",
        ])
        .arg(format!("--proxy-server={proxy}"))
        .arg("--proxy-bypass-list=<-loopback>")
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("file://{}", file.display()))
        .output()
}

fn opens(program: &str) -> Result<(), Failed> {
    let spec = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let spec = spec.join("../conformance/tests/it/shelves");
    let loaded = fieldproof_spec::load(&spec)?;
    let api = loaded.into_iter().find_map(|one| one.api);
    let api = api.ok_or("the spec of the tests")?;
    let mock = serve(Service::new(api.clone()).with(&fixtures(&api)))?;
    let mut options = Options {
        url: format!("http://{}", mock.address),
        only: vec!["*:status".to_owned(), "*:shown".to_owned()],
        ..Options::default()
    };
    options.tokens.main = "main".to_owned();
    let report = run(&[api], &options, &mut |_| {}).map_err(|lost| lost.0)?;
    let page = html::html(&report, &html::Texts::new())?;
    let folder = tempfile::tempdir()?;

    let (proxy, asked) = canary()?;
    let take = || std::mem::take(&mut *asked.lock().unwrap());
    // A browser sends requests of its own, whatever it shows.
    show(program, folder.path(), "<h1>nothing</h1>", &proxy)?;
    let own = take();
    let output = show(program, folder.path(), &page, &proxy)?;
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let all = report.outcomes.len();
    // The script counts the rows that it shows.
    if !dom.contains(&format!(">{all} of {all}<")) {
        return Err(format!("the script of the page did not run: {dom:.2000}").into());
    }
    let found: Vec<String> = take()
        .difference(&own)
        .filter(|line| !is_own(line))
        .cloned()
        .collect();
    if !found.is_empty() {
        return Err(format!("the page asked for {found:?}").into());
    }

    // The control: a page that does send a request is noticed.
    let asking = page.replace("<h1>", "<img src=\"http://example.org/x.png\"><h1>");
    show(program, folder.path(), &asking, &proxy)?;
    match take().iter().any(|line| line.contains("example.org")) {
        true => Ok(()),
        false => Err("a page with a picture from elsewhere was not noticed".into()),
    }
}

/// Whether browsers send this request on their own.
fn is_own(line: &str) -> bool {
    line.contains("google")
}
