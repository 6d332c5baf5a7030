//! The codes of findings: stable ids, one line each, a longer explanation.
//!
//! The reader's own codes are here; every lint keeps its code in its own file.
//! [`ALL`] is the one table from which `explain` and the docs derive.

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable id, such as `FP101`.
    pub id: &'static str,
    /// Short name in words.
    pub name: &'static str,
    /// What it means, why it matters, how to mend it.
    pub explain: &'static str,
}

impl Code {
    pub(crate) const fn new(id: &'static str, name: &'static str, explain: &'static str) -> Self {
        Self { id, name, explain }
    }
}

macro_rules! codes {
    ($($ident:ident = $id:literal, $name:literal, $explain:literal;)*) => {
        $(#[doc = $name] pub static $ident: &Code = &Code::new($id, $name, $explain);)*
        /// Every code of the reader.
        pub(crate) const READER: &[&&Code] = &[$(&$ident),*];
    };
}

codes! {
    NOT_YAML = "FP001", "not YAML",
        "The text cannot be read as one YAML document. Everything after the place shown is unread, so mend this first.";
    DUPLICATE_KEY = "FP002", "duplicate key",
        "A key stands twice in one map. Most YAML readers keep the last one silently, which loses a documented row; here it is an error.";
    TAB = "FP003", "tab",
        "A line is indented with a tab. YAML allows spaces only.";
    TOO_DEEP = "FP004", "nested too deeply",
        "Maps and lists nest deeper than any spec needs. The bound keeps a hostile file from exhausting the reader.";
    TOO_LARGE = "FP005", "too large",
        "The file is larger than the reader accepts. One spec describes one document or a small family of them.";
    ALIAS = "FP006", "alias",
        "YAML anchors and aliases are not part of the language: a row that is somewhere else cannot carry its own citation.";
    UNKNOWN_KEY = "FP101", "unknown key",
        "The language has no such key at this place. `fieldproof schema spec` prints every key; an editor with the schema completes them.";
    WRONG_TYPE = "FP102", "wrong type",
        "The value is of a type that this key does not take.";
    MISSING_KEY = "FP103", "missing key",
        "A key that every map at this place needs is absent.";
    UNKNOWN_VALUE = "FP104", "unknown value",
        "The value is not one of those that this key takes.";
    CONVENTIONS = "FP106", "unusable conventions",
        "The file of shared rulings that the spec names under use cannot be read or has errors of its own.";
    UNDECODED = "FP199", "undecoded",
        "The tree passed every check and still could not be decoded. This is a defect of Fieldproof; please report it with the spec.";
}

/// Every code there is, in the order of its id.
#[must_use]
pub fn all() -> Vec<&'static Code> {
    let lints = crate::lint::ALL.iter().map(|lint| lint.code);
    let mut all: Vec<&'static Code> = READER.iter().map(|code| **code).chain(lints).collect();
    all.sort_by_key(|code| code.id);
    all
}

/// The code with this id, whatever its case.
#[must_use]
pub fn find(id: &str) -> Option<&'static Code> {
    all()
        .into_iter()
        .find(|code| code.id.eq_ignore_ascii_case(id))
}
