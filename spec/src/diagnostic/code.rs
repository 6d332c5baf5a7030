//! The codes of findings: stable ids, one line each, a longer explanation.
//!
//! The reader's own codes are here; every lint keeps its code in its own file.
//! `codes` is the one table from which `explain` and the docs derive.

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable id, such as `FP101`.
    pub id: &'static str,
    /// Short name in words.
    pub name: &'static str,
    /// Its meaning, why it matters, and how to fix it.
    pub explain: &'static str,
    /// The advice if a finding has none of its own.
    pub mend: &'static str,
}

impl Code {
    pub(crate) const fn new(
        id: &'static str,
        name: &'static str,
        explain: &'static str,
        mend: &'static str,
    ) -> Self {
        Self {
            id,
            name,
            explain,
            mend,
        }
    }
}

macro_rules! codes {
    ($($ident:ident = $id:literal, $name:literal, $explain:literal, $mend:literal;)*) => {
        $(#[doc = $name] pub static $ident: &Code = &Code::new($id, $name, $explain, $mend);)*
        /// All codes of the reader.
        pub(crate) const READER: &[&&Code] = &[$(&$ident),*];
    };
}

codes! {
    NOT_YAML = "FP001", "not YAML",
        "The text cannot be read as one YAML document. Everything after the place shown is unread, so mend this first.",
        "mend the text at this place first: what stands behind it is unread";
    DUPLICATE_KEY = "FP002", "duplicate key",
        "A key stands twice in one map. Most YAML readers keep the last one silently, which loses a documented row; here it is an error.",
        "leave one of them out, or join their rows";
    TAB = "FP003", "tab",
        "A line is indented with a tab. YAML allows spaces only.",
        "indent with spaces";
    TOO_DEEP = "FP004", "nested too deeply",
        "Maps and lists nest deeper than any spec needs. The bound keeps a hostile file from exhausting the reader.",
        "name the inner parts as objects of their own";
    TOO_LARGE = "FP005", "too large",
        "The file is larger than the reader accepts. One spec describes one document or a small family of them.",
        "split the spec by document";
    ALIAS = "FP006", "alias",
        "YAML anchors and aliases are not part of the language: a row that is somewhere else cannot carry its own citation.",
        "write the value out: every row stands for itself";
    UNKNOWN_KEY = "FP101", "unknown key",
        "The language has no such key at this place. `fieldproof schema spec` prints every key; an editor with the schema completes them.",
        "`fieldproof schema spec` prints every key";
    WRONG_TYPE = "FP102", "wrong type",
        "The value is of a type that this key does not take.",
        "write a value of the type that the message names";
    MISSING_KEY = "FP103", "missing key",
        "A key that every map at this place needs is absent.",
        "add it, or take the row out";
    UNKNOWN_VALUE = "FP104", "unknown value",
        "The value is not one of those that this key takes.",
        "write one of the values that the message names";
    CONVENTIONS = "FP106", "unusable conventions",
        "The file of shared rulings that the spec names under use cannot be read or has errors of its own.",
        "mend that file first, or leave out `use`";
    SAME_NAME = "FP107", "two specs of one name",
        "Specs of one folder are served side by side, each under the name of its API: modules, files and obligations are told apart by it.",
        "give one of the APIs another name, or put its spec into another folder";
    SAME_PATH = "FP108", "two specs on one path",
        "Specs of one folder are served side by side, and a path leads to one thing, whatever its parameters are called.",
        "give one of the APIs another `base`, or the thing another path";
    EXTENDS = "FP109", "a spec that cannot be extended",
        "The spec that this one names under extends cannot be read, or extends another one itself: what holds has to be found in two files at most.",
        "name a spec that stands for itself, by its path from this file";
    UNDECODED = "FP199", "undecoded",
        "The tree passed every check and still could not be decoded. This is a defect of Fieldproof; please report it with the spec.",
        "report this with the spec: it is a defect of Fieldproof";
}
