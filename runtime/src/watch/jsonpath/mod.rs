//! JSONPath (RFC 9535) with bounded cost.
//!
//! `jsonpath-rust` parses the text; the query is executed here. The library's own evaluation is
//! unbounded: every segment with several selectors and every nested `..` multiplies the nodes,
//! a pattern is compiled again for each node and may come from the data, and each node carries
//! its path as text. Here every node, comparison and matched byte is paid for from a
//! [`Budget`], so that a query ends in time or reports that it did not.

mod budget;
mod compare;
mod filter;
mod lower;
mod pattern;
mod select;
mod syntax;

use jsonpath_rust::parser::parse_json_path;
use serde_json::Value;

pub use budget::{Budget, Spent};
pub(super) use select::is_open;
use syntax::Query;

/// Maximum length of a path in bytes.
const LONGEST: usize = 500;

/// Maximum nesting of brackets.
const DEEPEST: usize = 16;

/// A parsed path.
#[derive(Debug, Clone)]
pub struct Path(Query);

impl Path {
    /// Parses a path of at most 500 bytes with at most 16 levels of brackets. The pattern of
    /// `match` and `search` has to be a literal.
    ///
    /// # Errors
    /// A description of what is wrong with the path.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut depth = 0usize;
        let mut deepest = 0;
        for c in text.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        // Checked first, because the parser expects paths written by people.
        if text.len() > LONGEST || deepest > DEEPEST {
            return Err(format!(
                "a path has at most {LONGEST} bytes and {DEEPEST} nested brackets"
            ));
        }
        let read = parse_json_path(text);
        let read = read.map_err(|_| format!("`{text}` is not a JSONPath such as $.name"))?;
        let query = lower::query(true, &read.segments);
        query.map(Self).map_err(|why| format!("`{text}`: {why}"))
    }

    /// The values that the path selects, in the order of the RFC; those in `named`, which are
    /// members inside `data`, only if the path names them.
    ///
    /// # Errors
    /// The budget is spent.
    pub fn select<'a>(
        &self,
        data: &'a Value,
        named: &[&'a Value],
        budget: &mut Budget,
    ) -> Result<Vec<&'a Value>, Spent> {
        select::found(&self.0, data, data, named, budget)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Budget, Path, Spent};

    fn select(path: &str, data: &Value) -> Result<Value, Spent> {
        let path = Path::parse(path).unwrap();
        let nodes = path.select(data, &[], &mut Budget::default())?;
        Ok(nodes.into_iter().cloned().collect())
    }

    #[test]
    fn selects_as_the_rfc_says() {
        let data = json!({
            "a": [3, 5, 1, 2, 4, 6, { "b": "j" }, { "b": "k" }, { "b": {} }, { "b": "kilo" }],
            "o": { "p": 1, "q": 2, "r": 3, "s": 5, "t": { "u": 6 } },
            "e": "f",
            "n": null,
            "": 7,
            "x": 1.0,
        });
        // The examples of tables 5 to 17, and common mistakes.
        for (path, expected) in [
            ("$", json!([data])),
            ("$.e", json!(["f"])),
            ("$['e','x','e']", json!(["f", 1.0, "f"])),
            ("$.n", json!([null])),
            ("$['']", json!([7])),
            ("$.none", json!([])),
            ("$.a[1]", json!([5])),
            ("$.a[-1].b", json!(["kilo"])),
            ("$.a[10]", json!([])),
            ("$.a[1:3]", json!([5, 1])),
            ("$.a[7:]..b", json!(["k", {}, "kilo"])),
            ("$.a[5::-2]", json!([6, 2, 5])),
            ("$.a[::-1][::0]", json!([])),
            ("$.a[1:3:0]", json!([])),
            ("$.a[-2:-100:-3].b", json!([{}])),
            ("$.o[*]", json!([1, 2, 3, 5, { "u": 6 }])),
            ("$.o[*,*].u", json!([6, 6])),
            ("$..u", json!([6])),
            ("$.a[0,0:2,-1].b", json!(["kilo"])),
            ("$[?@.u, ?@.p].p", json!([1])),
            ("$.a[?@.b == 'kilo']", json!([{ "b": "kilo" }])),
            ("$.a[?(@.b == 'kilo')].b", json!(["kilo"])),
            ("$.a[?@>3.5]", json!([5, 4, 6])),
            ("$.a[?@.b].b", json!(["j", "k", {}, "kilo"])),
            ("$[?@[?@.b]][6].b", json!(["j"])),
            ("$[?@.*][0]", json!([3])),
            ("$.a[?@<2 || @.b == \"k\"]", json!([1, { "b": "k" }])),
            ("$.a[?match(@.b, \"[jk]\")].b", json!(["j", "k"])),
            ("$.a[?search(@.b, \"[jk]\")].b", json!(["j", "k", "kilo"])),
            ("$.a[?!match(@.b, 'k.*') && @.b].b", json!(["j", {}])),
            ("$.o[?@>1 && @<4]", json!([2, 3])),
            ("$.o[?@.u || @.x]", json!([{ "u": 6 }])),
            ("$.a[?@.b == $.x]", json!([])),
            ("$.a[?@ == @] [0]", json!([])),
            ("$.a[?@.none == $.none][0]", json!([])),
            ("$.o[?@ == $.x]", json!([1])),
            ("$.o[?@ <= $.x]", json!([1])),
            ("$.o[?@.none <= $.none].u", json!([6])),
            ("$[?length(@) > 9][0]", json!([3])),
            ("$[?length('ü') == 1 && count(@.*) == 5].p", json!([1])),
            ("$.o[?value(@..u) == 6].u", json!([6])),
            ("$[?value(@.*) == 1]", json!([])),
            ("$[?count(@.a) == 0].p", json!([1])),
        ] {
            assert_eq!(select(path, &data), Ok(expected), "{path}");
        }
    }

    #[test]
    fn values_follow_each_node_and_each_selector() {
        let data = json!([{ "a": 1, "b": [2, 3] }, { "a": 4, "b": [5] }]);
        assert_eq!(
            select("$[*]['b','a']", &data),
            Ok(json!([[2, 3], 1, [5], 4]))
        );
        let all = json!([data[0], data[1], 1, [2, 3], 2, 3, 4, [5], 5]);
        assert_eq!(select("$..*", &data), Ok(all));
    }

    #[test]
    fn refuses_what_is_no_path_or_cannot_be_bounded() {
        for (bad, why) in [
            ("", "not a JSONPath"),
            ("a", "not a JSONPath"),
            ("$.", "not a JSONPath"),
            ("$[01]", "not a JSONPath"),
            ("$[?length(@.*) > 1]", "one value"),
            ("$[?length(@)]", "compared"),
            ("$[?count(1) > 1]", "not a JSONPath"),
            ("$[?value('a') == 'a']", "a path"),
            ("$[?in(@, 1)]", "no function"),
            ("$[?match(@.a, @.b)]", "stands in the path"),
            ("$[?match(@.a, 1)]", "stands in the path"),
            ("$[?match(@.*, 'a')]", "one value"),
            ("$[?match(@.a, '(')]", "not a pattern"),
            ("$[?match(@.a, '(\\\\w{99}){99}')]", "not a pattern"),
        ] {
            let error = Path::parse(bad).unwrap_err();
            assert!(error.contains(why), "{bad}: {error}");
        }
        assert!(Path::parse(&format!("$.{}", "b".repeat(600))).is_err());
        let deep = format!("${}1{}", "[?(".repeat(9), ")]".repeat(9));
        assert!(Path::parse(&deep).unwrap_err().contains("nested brackets"));
    }

    #[test]
    fn texts_of_usual_length_are_compared_at_little_cost() {
        let texts: Value = (0..50).map(|_| Value::from("x".repeat(1_000))).collect();
        assert_eq!(select("$[?@ == $[0]]", &texts), Ok(texts));
    }

    #[test]
    fn a_path_that_would_not_end_in_time_says_so() {
        let wide: Value = (0..2_000)
            .map(|n| json!({ "a": [n, n, n], "b": "x".repeat(400) }))
            .collect();
        let mut deep = json!(1);
        for _ in 0..60 {
            deep = json!([deep, 1]);
        }
        for (path, data) in [
            ("$..*..*..*..*", &deep),
            (&format!("${}", "[*,*]".repeat(30)), &deep),
            ("$..[?$..[?@.a]]", &wide),
            ("$[?$[?$[?@.a]]]", &wide),
            ("$[?$ == $]", &wide),
            ("$[?count($..*) > 1]", &wide),
            ("$[::1,::1,::1]['a','a'][?$[::1]]", &wide),
            ("$[?search($[0].b, '(x+x+x+)+y')]", &wide),
        ] {
            assert!(select(path, data) == Err(Spent), "{path}");
        }
    }
}
