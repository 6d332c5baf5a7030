//! Whatever a spec calls things, what is emitted has names for them.

use std::fmt::Write;

use fieldproof_codegen::emit;
use fieldproof_spec::load;
use fieldproof_spec::model::Api;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::written::faults;

/// Names of the language, of its prelude, of the runtime and of emitted files,
/// and names that are none.
const NAMES: &[&str] = &[
    "Answer",
    "Api",
    "Append",
    "Appends",
    "Apart",
    "Arc",
    "Birth",
    "Body",
    "Box",
    "Call",
    "Cell",
    "Change",
    "Child",
    "Column",
    "Create",
    "Default",
    "Distinct",
    "Draft",
    "Embeds",
    "Envelope",
    "Err",
    "Form",
    "Instant",
    "Invite",
    "LazyLock",
    "Link",
    "Links",
    "List",
    "Login",
    "Members",
    "Mod",
    "None",
    "Ok",
    "Op",
    "Option",
    "Page",
    "Parent",
    "Presence",
    "Problem",
    "Reading",
    "Reference",
    "Resource",
    "Result",
    "Role",
    "Rows",
    "Self",
    "Service",
    "Shared",
    "Shown",
    "Some",
    "Sort",
    "State",
    "String",
    "Table",
    "ToCell",
    "Update",
    "Values",
    "Vec",
    "Watch",
    "CreateLink",
    "UpdateLink",
    "LinkMembers",
    "abstract",
    "as",
    "async",
    "await",
    "axum",
    "become",
    "bin",
    "birth",
    "bool",
    "box",
    "core",
    "crate",
    "create",
    "do",
    "dyn",
    "fieldproof_runtime",
    "fn",
    "gen",
    "handlers",
    "i64",
    "id",
    "_id",
    "impl",
    "lib",
    "link",
    "load",
    "macro",
    "main",
    "match",
    "members",
    "members_",
    "mod",
    "model",
    "move",
    "pointer",
    "reading",
    "resource",
    "rule",
    "rule_of_kind",
    "self",
    "self_",
    "serde",
    "serde_json",
    "server",
    "settle",
    "static",
    "std",
    "store",
    "super",
    "table",
    "tests",
    "touch",
    "try",
    "type",
    "union",
    "update",
    "validate",
    "value",
    "where",
    "yield",
    "zone",
    "2fa",
    "$ref",
    "ref",
    "host-fqdn",
    "host_fqdn",
    "hostFqdn",
    "é",
    "日本",
    "+",
    "a/b",
    "a~b",
    "{x}",
    "oAuth2Auth",
    "id2",
    "A",
    "a",
    "1",
];

/// A spec of one API with these names: a resource that holds an object which holds
/// itself, a child, a closed list, a value that a sibling decides.
fn spec(api: &str, names: &[String], members: &[String]) -> String {
    let [object, resource, child, ..] = names else {
        return String::new();
    };
    let quoted = |name: &String| format!("{name:?}");
    let mut fields = String::new();
    for (at, name) in members.iter().enumerate() {
        let ty = match at % 6 {
            0 => "{ type: string, values: [a, A, self, \"\", \"+\"], default: self }".to_owned(),
            1 => format!("{{ type: {} }}", quoted(object)),
            2 => format!(
                "{{ type: {{ by: {}, of: {{ a: integer, A: string, self: {}, \"\": email, \"+\": map }} }}, nullable: true }}",
                quoted(&members[at - 2]),
                quoted(object)
            ),
            3 => format!("{{ type: {}, nullable: true }}", quoted(object)),
            4 => format!("{{ type: [{}] }}", quoted(object)),
            _ => "{ type: date-time, nullable: true }".to_owned(),
        };
        // The object has every type but itself where it would never end.
        let inner = if at % 6 == 1 {
            "{ type: boolean }"
        } else {
            &ty
        };
        let _ = writeln!(fields, "      {}: {inner}", quoted(name));
    }
    let own = fields.replacen(
        "{ type: boolean }",
        &format!("{{ type: {} }}", quoted(object)),
        1,
    );
    format!(
        r#"
fieldproof: 1
api: {api:?}
title: Names
base: /{api}
auth: {{ scope: names }}
objects:
  {object}:
    fields:
{fields}
resources:
  {resource}:
    path: /one
    id: {{ field: the-id, kind: hex24 }}
    fields:
      the-id: {{ type: id, mode: read-only }}
      the-children: {{ type: [{child}], on: create }}
{own}
    list: {{}}
    create: {{}}
    update: {{}}
    delete: {{ cascade: [{child}] }}
  {child}:
    path: "/one/{{above}}/two"
    id: {{ field: the-id, kind: increasing }}
    parent: {{ resource: {resource}, embed: {{ field: the-children }} }}
    fields:
      the-id: {{ type: id, mode: read-only }}
    list: {{}}
    create: {{}}
"#,
        object = quoted(object),
        resource = quoted(resource),
        child = quoted(child),
    )
}

/// The APIs of specs, which have no findings.
fn apis(specs: &[String]) -> Vec<Api> {
    let folder = tempfile::tempdir().unwrap();
    for (at, text) in specs.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{at}.yaml")), text).unwrap();
    }
    let loaded = load(folder.path()).unwrap();
    let one = |one: fieldproof_spec::Loaded| {
        let found = one.render(false);
        one.api.unwrap_or_else(|| panic!("{found}"))
    };
    loaded.into_iter().map(one).collect()
}

/// Those that things of one spec can have: they begin with a capital, differ in more
/// than their case, and are not what refusals or the bodies of another are called.
fn apart(names: &[&str]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let capital = |name: &&&str| {
        name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let bodies = |name: &str, prefix: &str| {
        let rest = name.strip_prefix(prefix);
        rest.is_some_and(|rest| names.contains(&rest))
    };
    let free = |name: &&&str| {
        **name != "Problem"
            && !["Create", "Update", "Append"]
                .iter()
                .any(|one| bodies(name, one))
    };
    for name in names.iter().filter(capital).filter(free) {
        if !kept.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            kept.push((*name).to_owned());
        }
    }
    kept
}

#[test]
fn every_nasty_name_is_a_name_of_everything() {
    let all: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let things = apart(NAMES);
    // Every name is a member once beside all others, every capital one a thing.
    let members = |at: usize| match at {
        0 => &all[..],
        _ => &all[..6],
    };
    let chunks = things.chunks_exact(3).enumerate();
    let specs: Vec<String> = chunks
        .map(|(at, chunk)| spec(&format!("api{at}"), chunk, members(at)))
        .collect();
    assert_eq!(faults(&emit(&apis(&specs), "names")), Vec::<String>::new());
}

#[test]
fn no_two_resources_of_a_project_share_a_table() {
    let spec = |api: &str, resource: &str| {
        format!(
            "fieldproof: 1\napi: {api}\ntitle: X\ndate-time: millis-z\nauth: {{ scope: x }}\nbase: /{api}\n\
             resources:\n  {resource}:\n    path: /xs\n    id: {{ field: id, kind: digits }}\n    \
             fields: {{ id: {{ type: id, mode: read-only }} }}\n    get: {{}}\n    create: {{}}\n"
        )
    };
    let apis = apis(&[spec("shop", "OrderItem"), spec("shop_order", "Item")]);
    let files = emit(&apis, "names");
    let tables = files
        .0
        .iter()
        .filter(|(path, _)| path.ends_with("/table.rs"));
    let names: Vec<&str> = tables
        .flat_map(|(_, text)| text.lines().filter(|line| line.starts_with("    name: ")))
        .collect();
    assert_eq!(
        names,
        [
            "    name: \"shop_order_item\",",
            "    name: \"shop_order_item2\","
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_choice_of_names_makes_what_is_no_rust(
        order in Just(NAMES.to_vec()).prop_shuffle(),
        members in subsequence(NAMES.to_vec(), 6..12).prop_shuffle(),
        api in select(NAMES.iter().filter(|name| name.is_ascii()).copied().collect::<Vec<_>>()),
    ) {
        let members: Vec<String> = members.into_iter().map(str::to_owned).collect();
        let api: String = api.to_lowercase().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        prop_assume!(api.starts_with(|c: char| c.is_ascii_lowercase()));
        let specs = [spec(&api, &apart(&order), &members)];
        prop_assert_eq!(faults(&emit(&apis(&specs), "names")), Vec::<String>::new());
    }
}
