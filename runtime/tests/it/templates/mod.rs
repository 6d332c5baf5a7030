//! Templates: nothing in the data breaks out of one, and each ends in time.

mod generate;

use std::collections::BTreeSet;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use fieldproof_runtime::watch::jsonpath::{Budget, Path};
use fieldproof_runtime::watch::template::{RenderError, Template};
use jsonpath_rust::query::js_path_vals;
use proptest::prelude::*;
use serde_json::{Value, json};

use generate::{Chance, HOSTILE};

/// Paths of all members, and how long arrays are.
fn members(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => {
            found.insert(format!("{path}/{}", items.len()));
            for (at, item) in items.iter().enumerate() {
                members(item, &format!("{path}/{at}"), found);
            }
        }
        Value::Object(map) => {
            for (name, item) in map {
                let path = format!("{path}/{name:?}");
                members(item, &path, found);
                found.insert(path);
            }
        }
        _ => {}
    }
}

/// What is rendered has the same members with any texts in the data.
fn has_the_same_members(chance: &mut Chance) {
    let data = chance.object(3);
    let template = chance.template(false);
    let read = Template::parse(&template).unwrap_or_else(|why| panic!("{template}: {why}"));
    let shape = |data: &Value| {
        let text = read
            .render(data, &[])
            .unwrap_or_else(|why| panic!("{template} {data}: {why}"));
        let mut found = BTreeSet::new();
        members(&serde_json::from_str(&text).unwrap(), "", &mut found);
        found
    };
    assert_eq!(
        shape(&data),
        shape(&generate::harmless(&data)),
        "{template} {data}"
    );
}

/// Any template is refused, or rendered as JSON, or not rendered.
fn is_json_or_nothing(chance: &mut Chance) {
    let data = chance.object(3);
    let template = chance.broken();
    if let Ok(read) = Template::parse(&template)
        && let Ok(text) = read.render(&data, &[])
    {
        let json: Result<Value, _> = serde_json::from_str(&text);
        assert!(json.is_ok(), "{template} {data}: {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_of_the_data_adds_a_member(seed: u64) {
        has_the_same_members(&mut Chance::new(seed));
    }

    #[test]
    fn what_is_rendered_is_json(seed: u64) {
        is_json_or_nothing(&mut Chance::new(seed));
    }

    #[test]
    fn any_text_stays_inside_its_quotes(first in any::<String>(), second in any::<String>()) {
        let data = json!({ "a": first, "b": second });
        for template in [json!({ "x": "<${$.a}|${$.b}>" }), json!("{\"x\": \"<${$.a}|${$.b}>\"}")] {
            let text = Template::parse(&template).unwrap().render(&data, &[]).unwrap();
            let rendered: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(rendered, json!({ "x": format!("<{first}|{second}>") }));
        }
    }

    /// The library goes by selector instead of by node, so the order differs,
    /// and takes a filter right behind the `@` of another one for a question
    /// about the node itself.
    #[test]
    fn paths_lead_where_a_second_implementation_goes(seed: u64) {
        let mut chance = Chance::new(seed);
        let (data, path) = (chance.object(3), chance.path(true));
        prop_assume!(!path.contains("[?@[?"));
        let sorted = |nodes: Vec<&Value>| {
            let mut texts: Vec<_> = nodes.iter().map(ToString::to_string).collect();
            texts.sort();
            texts
        };
        let read = Path::parse(&path).unwrap();
        let found = read.select(&data, &[], &mut Budget::default()).unwrap();
        let expected = js_path_vals(&path, &data).unwrap();
        prop_assert_eq!(sorted(found), sorted(expected), "{} {}", path, data);
    }
}

#[test]
fn the_injection_of_the_ruling_and_its_kin_add_nothing() {
    let typed = json!("{\"a\": ${$.v}, \"b\": \"${$.v} ${$.v}\", \"c\": [${$..v}]}");
    let texts = json!({ "a": "${$.v}", "b": "${$.v} ${$.v}", "c": ["${$..v}"] });
    for template in [typed, texts] {
        let read = Template::parse(&template).unwrap();
        for value in HOSTILE {
            let text = read.render(&json!({ "v": value }), &[]).unwrap();
            let twice = format!("{value} {value}");
            let expected = json!({ "a": value, "b": twice, "c": [value] });
            assert_eq!(
                serde_json::from_str::<Value>(&text).unwrap(),
                expected,
                "{value}"
            );
        }
    }
}

/// The fastest of some runs: others may use the machine at the same time. One
/// is enough where nothing is judged by it.
fn time(mut run: impl FnMut()) -> Duration {
    let mut fastest = Duration::MAX;
    for _ in 0..if cfg!(debug_assertions) { 1 } else { 5 } {
        let start = Instant::now();
        run();
        fastest = fastest.min(start.elapsed());
    }
    fastest
}

/// Says how long something takes at most; only optimised code is judged.
fn judge(what: &str, slowest: Duration) {
    let _ = writeln!(std::io::stderr(), "{what}: {slowest:?}");
    assert!(
        cfg!(debug_assertions) || slowest < Duration::from_millis(100),
        "{what}"
    );
}

#[test]
fn the_most_costly_templates_end_in_time() {
    let letters: Value = (0..2_000).map(|_| Value::from("x".repeat(500))).collect();
    let objects: Value = (0..20_000)
        .map(|n| json!({ "a": n, "b": [n, "x"] }))
        .collect();
    let mut deep = json!("x");
    for _ in 0..60 {
        deep = json!([deep, { "a": "x" }]);
    }
    let patterns = [
        "(x+x+x+)+y",
        "(x{50}){20}y",
        "(x|xx|xxx|xxxx)*y",
        "(.{30}x?){30}y",
        "\\\\w{50}y",
        "(\\\\p{L}|\\\\w){20}y",
        "[^y]*x{99}[^x]",
        "((x*)*)*y",
        "(x?){90}x{90}y",
    ];
    let patterns = patterns.map(|one| format!("$[?search(@, '{one}')]"));
    let others = [
        "$..*..*..*..*",
        "$..[?@..[?@..*]]",
        "$..[?$..[?@.a]]",
        "$[?$[?$[?@]]]",
        "$[?$ == $]",
        "$[?count($..*) > 1]",
        "$[::1,::1,::1,::-1]['a','b','a'][?$[::1]]",
        "$[?@ == $[0]]",
        "$..[?@.a < $[0].a || @.b != $[1].b]",
        "$[?length(@) == length($[1])]",
        "$..a..b..c",
        "$[?!(@.a == 1 || @.a == 2 || @.b[0] == 3) && !@.c]",
        "$[?value($..a) == 1]",
    ]
    .map(str::to_owned);
    let wide = format!("${}", "[*,*]".repeat(90));
    let names = format!("$[*][{}]", vec!["'a'"; 110].join(","));
    for path in patterns.iter().chain(&others).chain([&wide, &names]) {
        let template = json!("[${P},${P},${P}]".replace('P', path));
        let parsing = time(|| {
            let _ = Template::parse(&template);
        });
        judge(&format!("reading {path:.60}"), parsing);
        let Ok(read) = Template::parse(&template) else {
            continue;
        };
        for (name, data) in [
            ("letters", &letters),
            ("objects", &objects),
            ("deep", &deep),
        ] {
            let mut rendered = None;
            let slowest = time(|| rendered = Some(read.render(data, &[]).map(|text| text.len())));
            judge(&format!("{path:.60} {name} {rendered:?}"), slowest);
            assert!(!matches!(rendered, Some(Err(RenderError::NotJson(_)))));
        }
    }
}

/// `FIELDPROOF_TEMPLATES=10000000 cargo test --release` makes it a campaign.
#[test]
fn no_template_panics_or_takes_long() {
    let count = std::env::var("FIELDPROOF_TEMPLATES");
    let count: u64 = count.map_or(2_000, |count| count.parse().unwrap());
    let (mut panics, mut slowest, start) = (0, Duration::ZERO, Instant::now());
    for seed in 0..count {
        let case = match seed % 2 {
            0 => has_the_same_members,
            _ => is_json_or_nothing,
        };
        let run = || catch_unwind(AssertUnwindSafe(|| case(&mut Chance::new(seed))));
        let start = Instant::now();
        panics += u64::from(run().is_err());
        if start.elapsed() > slowest {
            slowest = slowest.max(time(|| drop(run())));
        }
    }
    let all = start.elapsed();
    let _ = writeln!(
        std::io::stderr(),
        "{count} templates in {all:?}, {panics} panics"
    );
    judge("slowest, with the making of template and data", slowest);
    assert_eq!(panics, 0);
}
