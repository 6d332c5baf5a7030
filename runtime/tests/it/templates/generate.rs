//! Templates and data by chance.

use serde_json::{Map, Value, json};

/// Texts that mean something to readers of JSON, of templates or of paths.
pub(super) const HOSTILE: &[&str] = &[
    "",
    "\"",
    "\\",
    "\\\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\":",
    "\",\"admin\":true,\"x\":\"",
    "\"},{\"admin\":true,\"x\":\"",
    "null,\"admin\":true",
    "${$.a}",
    "${",
    "$",
    "\\u0022",
    "\\ud83d",
    "\\ude00",
    "\\u00",
    "\n",
    "\r\n\t",
    "\u{8}\u{c}\u{1}\u{1f}\u{7f}",
    "\u{2028}\u{2029}",
    "\u{feff}",
    "\u{1F600}",
    "\u{10ffff}\u{fffd}",
    "ü",
    "null",
    "true",
    "1e999",
    "<!--</script>",
    "..*",
];

const NAMES: &[&str] = &[
    "a",
    "b",
    "c",
    "name",
    "list",
    "previousData",
    "",
    "$",
    "\"}\\",
    "ü",
];

/// Segments whose outcome no text of the data changes.
const SEGMENTS: &[&str] = &[
    ".a",
    ".b",
    ".name",
    ".list",
    ".previousData",
    "['c']",
    "[\"a\"]",
    "['}']",
    "['']",
    "[0]",
    "[-1]",
    "[*]",
    ".*",
    "..a",
    "..*",
    "..[0]",
    "[1:]",
    "[::-1]",
    "[0:2:2]",
    "['a','b']",
    "[?@.a]",
    "[?!@.b]",
    "[?@.a && @['b']]",
    "[?(@.a || @.list)]",
    "[?count(@.*) > 1]",
    "[?@[?@.a]]",
    "[\"\\\"}\\\\\"]",
];

/// Segments that compare.
const COMPARING: &[&str] = &[
    "[?@.a == 'x']",
    "[?@ < 3]",
    "[?@.a >= 0.5]",
    "[?@ != null]",
    "[?match(@.name, 'x+')]",
    "[?search(@, '[\"x]')]",
    "[?length(@) > 2]",
    "[?value(@..a) == 1]",
    "[?@ == $.a]",
    "[?@.b == $['list'][0]]",
    "[?@.a <= @.b || !(@.c == true)]",
    "[?length(@.name) == 1]",
];

/// A source of chance (SplitMix64): one seed, one case.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn hostile(&mut self) -> String {
        (0..=self.below(3)).map(|_| self.one(HOSTILE)).collect()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 6 } else { 9 }) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => json!([0.5, -1.0, 1e300, 3.25][self.below(4)]),
            3 => json!(self.below(5)),
            4 | 5 => self.hostile().into(),
            6 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => self.object(depth - 1),
        }
    }

    pub(super) fn object(&mut self, depth: usize) -> Value {
        let mut members = Map::new();
        for _ in 0..self.below(5) {
            members.insert(self.one(NAMES).to_owned(), self.value(depth));
        }
        members.into()
    }

    pub(super) fn path(&mut self, comparing: bool) -> String {
        let mut path = "$".to_owned();
        for _ in 0..self.below(4) {
            let compares = comparing && self.below(3) == 0;
            path += self.one(if compares { COMPARING } else { SEGMENTS });
        }
        path
    }

    /// A text of a template, as what it stands for; `json` makes it JSON.
    fn text(&mut self, comparing: bool, json: bool) -> String {
        let mut text = String::new();
        for _ in 0..self.below(4) {
            if self.below(2) == 0 {
                text += &format!("${{{}}}", self.path(comparing));
            } else {
                // A path of chance would not be one.
                let plain = self.hostile().replace('$', "");
                let quoted = Value::from(plain.as_str()).to_string();
                text += if json {
                    &quoted[1..quoted.len() - 1]
                } else {
                    &plain
                };
            }
        }
        text
    }

    pub(super) fn template(&mut self, comparing: bool) -> Value {
        match self.below(2) {
            0 => self.filled_object(comparing, 2),
            _ => self.filled_text(comparing, 2).into(),
        }
    }

    fn filled_object(&mut self, comparing: bool, depth: usize) -> Value {
        let mut members = Map::new();
        for _ in 0..self.below(4) {
            let value = match self.below(if depth == 0 { 3 } else { 5 }) {
                0 => json!([self.below(9), null, true]),
                1 | 2 => self.text(comparing, false).into(),
                3 => json!([
                    self.text(comparing, false),
                    self.filled_object(comparing, depth - 1)
                ]),
                _ => self.filled_object(comparing, depth - 1),
            };
            members.insert(self.one(NAMES).to_owned(), value);
        }
        members.into()
    }

    fn filled_text(&mut self, comparing: bool, depth: usize) -> String {
        let mut members = Vec::new();
        for at in 0..self.below(4) {
            let value = match self.below(if depth == 0 { 4 } else { 6 }) {
                0 => self.below(9).to_string(),
                1 => format!(" ${{{}}} ", self.path(comparing)),
                2 | 3 => format!("\"{}\"", self.text(comparing, true)),
                4 => format!("[true,{}]", self.filled_text(comparing, depth - 1)),
                _ => self.filled_text(comparing, depth - 1),
            };
            // Names from the data change with the data.
            let name = match comparing && self.below(8) == 0 {
                true => self.text(comparing, true),
                false => format!("m{at}"),
            };
            members.push(format!("\"{name}\": {value}"));
        }
        format!("{{{}}}", members.join(","))
    }

    /// A template, some with a fault somewhere.
    pub(super) fn broken(&mut self) -> Value {
        let template = self.template(true);
        let Value::String(text) = template else {
            return template;
        };
        let mut chars: Vec<_> = text.chars().collect();
        for _ in 0..self.below(3) {
            let at = self.below(chars.len());
            let new: Vec<_> = self.one(HOSTILE).chars().collect();
            let end = (at + self.below(3)).min(chars.len());
            chars.splice(at..end, new);
            if chars.is_empty() {
                break;
            }
        }
        chars.into_iter().collect::<String>().into()
    }
}

/// The same data with harmless texts.
pub(super) fn harmless(data: &Value) -> Value {
    match data {
        Value::String(_) => "x".into(),
        Value::Array(items) => items.iter().map(harmless).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), harmless(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}
