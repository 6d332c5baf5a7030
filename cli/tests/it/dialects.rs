use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use super::{ran, root, scratch};

/// Specs with other dialects than the house: a foreign service, the vendor's dialect of one
/// of our specs, and the cases of every point and of all credentials.
const SPECS: &[(&str, &str)] = &[
    ("parcels.yaml", "bench/foreign/spec/parcels.yaml"),
    ("parcels.lines", "bench/foreign/spec/parcels.lines"),
    ("resellers.yaml", "spec/dialects/resellers/resellers.yaml"),
    ("dialect.yaml", "codegen/tests/cases/dialect/spec.yaml"),
    (
        "basic.yaml",
        "codegen/tests/cases/credentials-basic/spec.yaml",
    ),
    (
        "cookie.yaml",
        "codegen/tests/cases/credentials-cookie/spec.yaml",
    ),
    (
        "notification.yaml",
        "codegen/tests/cases/notification/spec.yaml",
    ),
    (
        "none.yaml",
        "codegen/tests/cases/credentials-none/spec.yaml",
    ),
    (
        "query.yaml",
        "codegen/tests/cases/credentials-query/spec.yaml",
    ),
    (
        "word.yaml",
        "codegen/tests/cases/credentials-word/spec.yaml",
    ),
];

/// One server serves all of these dialects side by side, each below its base path.
#[test]
fn a_server_speaks_the_dialect_of_each_of_its_specs() {
    let folder = scratch("dialects");
    let runtime = format!("path:{}", root().join("runtime").display());
    let (code, _, err) = ran(&folder, &["new", "polyglot", "--runtime", &runtime]);
    assert_eq!(code, 0, "{err}");
    let project = folder.join("polyglot");
    fs::remove_file(project.join("spec/polyglot.yaml")).unwrap();
    let specs = root().join("spec");
    for (name, from) in SPECS {
        let text = fs::read_to_string(root().join(from)).unwrap();
        let text = text.replace("extends: ../..", &format!("extends: {}", specs.display()));
        fs::write(project.join("spec").join(name), text).unwrap();
    }
    fs::copy(root().join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
    let mut prove = Command::new(env!("CARGO_BIN_EXE_fieldproof"));
    let output = prove
        .arg("prove")
        .current_dir(&project)
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TARGET_DIR", root().join("target"))
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&output.stdout);
    let said = format!("{out}{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        !said.contains("fail ") && !said.contains("warning"),
        "{said}"
    );
    // Required members that are never shown cannot be sent back.
    for (api, least, skipped) in [
        ("parcels", 400, 3),
        ("resellers", 300, 0),
        ("dialect", 80, 0),
        ("credentials_basic", 20, 0),
        ("credentials_cookie", 20, 0),
        ("credentials_none", 15, 0),
        ("credentials_query", 20, 0),
        ("credentials_word", 20, 0),
        ("notification", 250, 0),
    ] {
        let (pass, all) = passed(&out, api).unwrap_or_else(|| panic!("{said}"));
        assert_eq!(pass + skipped, all, "{api}: {said}");
        assert!(pass >= least, "{api}: {said}");
    }
    assert!(
        out.contains("resellers: 106 rows, 106 checked, 106 proven"),
        "{out}"
    );
    received(&folder);
}

/// What the server sends is taken by a receiver in another language, where there is one.
fn received(folder: &Path) {
    let python = Command::new("python3").arg("--version").output();
    if !python.is_ok_and(|output| output.status.success()) {
        return;
    }
    let mut server = Command::new(root().join("target/debug/polyglot"))
        .args(["--listen", "127.0.0.1:0", "--until-input-ends", "--data"])
        .arg(folder.join("data"))
        .env("FIELDPROOF_ALLOW_PRIVATE_WEBHOOKS", "127.0.0.0/8")
        .env("FIELDPROOF_BOOTSTRAP_TOKEN", "of-the-tests")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    let url = line.trim().trim_start_matches("listening on ");
    let output = Command::new("python3")
        .arg(root().join("conformance/tests/foreign/receiver.py"))
        .args([&format!("{url}/notification"), "of-the-tests"])
        .output()
        .unwrap();
    // Its input ends, and so does the server.
    drop(server.stdin.take());
    server.wait().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// How many obligations of an API pass, out of how many.
fn passed(out: &str, api: &str) -> Option<(usize, usize)> {
    let prefix = format!("{api}: ");
    let line = out.lines().find_map(|line| line.strip_prefix(&prefix))?;
    let mut numbers = line.split(' ').filter_map(|word| word.parse().ok());
    Some((numbers.next()?, numbers.next()?))
}
