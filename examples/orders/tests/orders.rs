//! The order book, asked as a client would, and judged by its spec.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fieldproof_conformance::report::Verdict;
use fieldproof_conformance::{Options, run};
use serde_json::{Value, json};

const TOKEN: &str = "of-the-tests";

/// A running order book with data of its own.
struct Book {
    base: String,
    folder: tempfile::TempDir,
    process: Child,
}

impl Drop for Book {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldproof-example-orders"));
    command
        .env("FIELDPROOF_LOG", "warn")
        .env("FIELDPROOF_DATA", data)
        .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN);
    command
}

impl Book {
    fn open() -> Self {
        Self::open_in(tempfile::tempdir().unwrap())
    }

    fn open_in(folder: tempfile::TempDir) -> Self {
        let mut command = program(&folder.path().join("data"));
        command.args(["--listen", "127.0.0.1:0"]);
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        lines.read_line(&mut line).unwrap();
        let base = line.trim().trim_start_matches("listening on ").to_owned();
        Self {
            base,
            folder,
            process,
        }
    }

    /// The status and the body of an answer.
    fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}/v1{path}", self.base))
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("content-type", "application/json");
        let sent = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let mut answer = agent.run(request.body(sent).unwrap()).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        (answer.status().as_u16(), body)
    }

    /// A new order of two espressos and a thing without a price.
    fn order(&self) -> (String, Value) {
        let lines = json!([
            { "article": "espresso", "quantity": 2 },
            { "article": "something", "quantity": 7 },
        ]);
        let body = json!({ "customer": "Ada", "lines": lines });
        let (status, order) = self.ask("POST", "/orders", &body);
        assert_eq!(status, 201, "{order}");
        let id = order["orderId"].as_str().unwrap();
        (format!("/orders/{id}"), order)
    }
}

#[test]
fn an_order_costs_what_its_articles_cost() {
    let book = Book::open();
    let (path, order) = book.order();
    assert_eq!(
        (&order["total"], &order["state"]),
        (&json!(440), &json!("draft"))
    );
    let lines = json!([{ "article": "croissant", "quantity": 3 }]);
    let (_, changed) = book.ask("PATCH", &path, &json!({ "lines": lines }));
    assert_eq!(changed["total"], 570);
    assert_eq!(book.ask("GET", &path, &Value::Null).1, changed);
    let (_, list) = book.ask("GET", "/orders", &Value::Null);
    assert_eq!(list, json!([changed]));
}

#[test]
fn a_placed_order_is_final_kept_and_shipped() {
    let book = Book::open();
    let (path, _) = book.order();
    let (status, placed) = book.ask("POST", &format!("{path}/place"), &Value::Null);
    assert_eq!((status, &placed["state"]), (200, &json!("placed")));
    let refused = |(status, problem): (u16, Value)| {
        let detail = problem["detail"].as_str().unwrap_or_default().to_owned();
        let kind = problem["type"].as_str().unwrap_or_default().to_owned();
        assert!(kind.ends_with("refused"), "{status} {problem}");
        (status, detail)
    };
    let (status, detail) = refused(book.ask("PATCH", &path, &json!({ "lines": [] })));
    assert_eq!(
        (status, &*detail),
        (409, "the order is placed: its lines are final")
    );
    let (_, detail) = refused(book.ask("DELETE", &path, &Value::Null));
    assert_eq!(detail, "the order is placed: it is kept");
    // What is not final may change.
    let (status, noted) = book.ask("PATCH", &path, &json!({ "note": "soon" }));
    assert_eq!((status, &noted["total"]), (200, &json!(440)));
    let end = Instant::now() + Duration::from_secs(30);
    while book.ask("GET", &path, &Value::Null).1["state"] != "shipped" {
        assert!(Instant::now() < end, "the order is never shipped");
        std::thread::sleep(Duration::from_millis(50));
    }
    let (_, detail) = refused(book.ask("POST", &format!("{path}/place"), &Value::Null));
    assert_eq!(detail, "an order that is Shipped cannot become Placed");
}

#[test]
fn an_action_has_the_conditions_and_methods_of_other_operations() {
    let book = Book::open();
    let (status, empty) = book.ask("POST", "/orders", &json!({ "customer": "Ada" }));
    assert_eq!(status, 201);
    let path = format!("/orders/{}/place", empty["orderId"].as_str().unwrap());
    assert_eq!(book.ask("POST", &path, &Value::Null).0, 409);
    assert_eq!(book.ask("GET", &path, &Value::Null).0, 405);
    let unknown = "/orders/0123456789abcdef01234567/place";
    assert_eq!(book.ask("POST", unknown, &Value::Null).0, 404);
    assert_eq!(
        book.ask("POST", &format!("{path}?x=1"), &Value::Null).0,
        400
    );
}

#[test]
fn an_imported_order_keeps_what_it_cost() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("orders.json");
    let order = json!({
        "orderId": "0123456789abcdef01234567", "customer": "Ada", "state": "shipped",
        "total": 1, "lines": [{ "article": "espresso", "quantity": 2 }],
    });
    let data = folder.path().join("data");
    let import = |order: &Value| {
        std::fs::write(&file, order.to_string()).unwrap();
        let mut import = program(&data);
        import.args(["import", "--api", "orders"]).arg(&file);
        import.output().unwrap()
    };
    let output = import(&order);
    assert!(output.status.success(), "{output:?}");
    // Once it is there, an import changes it, and the rules for changes hold.
    let mut other = order.clone();
    other["lines"] = json!([]);
    let output = import(&other);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && said.contains("its lines are final"),
        "{said}"
    );
    let book = Book::open_in(folder);
    let (_, list) = book.ask("GET", "/orders", &Value::Null);
    let shown = (&list[0]["state"], &list[0]["total"], &list[0]["lines"]);
    assert_eq!(shown, (&json!("shipped"), &json!(1), &order["lines"]));
}

/// What own logic adds takes nothing from what the spec says.
#[test]
fn the_order_book_does_what_its_spec_says() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    let loaded = fieldproof_spec::load(&spec).unwrap();
    let api = loaded.into_iter().find_map(|one| one.api).unwrap();
    let book = Book::open();
    let token = |args: &[&str]| {
        let mut command = program(&book.folder.path().join("data"));
        let output = command
            .args(["token", "create"])
            .args(args)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let mut options = Options {
        url: book.base.clone(),
        ..Options::default()
    };
    options.tokens.main = TOKEN.to_owned();
    options.tokens.other_tenant = Some(token(&["--tenant", "other", "--scope", "orders"]));
    options.tokens.read_only = Some(token(&["--tenant", "default", "--scope", "orders:read"]));
    options.tokens.no_scope = Some(token(&["--tenant", "default", "--scope", "none"]));
    let report = run(&[api], &options, &mut |_| {})
        .map_err(|lost| lost.0)
        .unwrap();
    let failed = report.outcomes.iter();
    let failed = failed.filter(|one| one.verdict != Verdict::Pass);
    let failed: Vec<String> = failed.map(|one| format!("{one:?}")).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(report.outcomes.len() > 80, "{}", report.outcomes.len());
}
