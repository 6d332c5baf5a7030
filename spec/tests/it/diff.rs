//! What breaks clients when a spec changes.

use fieldproof_spec::diff::{Change, diff};
use fieldproof_spec::model::Api;

use super::{SPEC, frames, read};

fn api(text: &str) -> Api {
    let (api, found) = read(text);
    assert!(found.is_empty(), "{}", frames(text));
    api.expect("a spec without findings")
}

/// The differences after `from` was replaced by `to`.
fn changed(from: &str, to: &str) -> Vec<Change> {
    assert!(SPEC.contains(from), "{from}");
    diff(&[api(SPEC)], &[api(&SPEC.replacen(from, to, 1))])
}

#[test]
fn equal_specs_have_no_differences() {
    assert_eq!(diff(&[api(SPEC)], &[api(SPEC)]), []);
}

#[test]
fn every_difference_is_named_where_it_stands() {
    // What is replaced, by what, the path, whether it breaks, and its reverse.
    let cases = [
        ("max: 60", "max: 50", "fields.label", true, false),
        (
            "max: 60, required: true",
            "max: 60",
            "fields.label",
            false,
            true,
        ),
        (
            "kind: hex24",
            "kind: increasing",
            "resources.Shelf",
            true,
            true,
        ),
        (
            "    path: /shelves\n",
            "    path: /racks\n",
            "resources.Shelf",
            true,
            true,
        ),
        (
            "op: equals-folded",
            "op: equals",
            "filters.label",
            true,
            true,
        ),
        (
            "tags: { type: [string] }",
            "tags: { type: [string] }\n      extra: { type: boolean }",
            "fields.extra",
            false,
            true,
        ),
        (
            "tags: { type: [string] }",
            "tags: { type: [string] }\n      extra: { type: string, required: true }",
            "fields.extra",
            true,
            true,
        ),
    ];
    for (from, to, path, breaks, back) in cases {
        let there = changed(from, to);
        let after = SPEC.replacen(from, to, 1);
        let reverse = diff(&[api(&after)], &[api(SPEC)]);
        for (changes, expected) in [(there, breaks), (reverse, back)] {
            let own = changes.iter().find(|change| change.path.ends_with(path));
            let own = own.unwrap_or_else(|| panic!("{to}: {changes:?}"));
            assert_eq!(own.breaking, expected, "{to}: {own:?}");
        }
    }
}

#[test]
fn an_api_that_is_gone_breaks() {
    let [gone] = &diff(&[api(SPEC)], &[])[..] else {
        panic!("one difference")
    };
    assert!(gone.breaking && gone.what.contains("`shelves` is gone"));
}

#[test]
fn a_renamed_member_is_called_so_and_compared_under_its_new_name() {
    let from = "tags: { type: [string] }";
    let changes = changed(from, "marks: { type: [string], was: tags, max-items: 3 }");
    let told: Vec<(&str, &str)> = changes
        .iter()
        .map(|one| (one.path.rsplit('.').next().unwrap(), one.what.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("tags", "the member is called `marks` now"),
            ("marks", "fewer values of the list are taken"),
        ]
    );
}

#[test]
fn a_renamed_resource_is_the_same_to_clients() {
    let book = SPEC.replacen("\n  Book:\n", "\n  Volume:\n    was: Book\n", 1);
    let renamed = book.replace("[Book]", "[Volume]");
    assert_eq!(diff(&[api(SPEC)], &[api(&renamed)]), []);
}
