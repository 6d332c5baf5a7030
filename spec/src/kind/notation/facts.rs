//! What is known of a notation, as data.

/// What is known of a notation.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Its name as a type of field.
    pub name: &'static str,
    /// The one form of a text, in which it is shown; `None` if the text is none.
    pub form: fn(&str) -> Option<String>,
    /// The code of the violation by other texts.
    pub code: &'static str,
    /// The minimum and maximum length.
    pub lengths: (u32, u32),
    /// The maximum length, if no pattern says it.
    pub max: Option<u32>,
    /// What filters compare.
    pub asked: Asked,
    /// Its `format` in JSON Schema.
    pub format: Option<&'static str>,
    /// The pattern in bodies; `None` if it says no more than the name.
    pub taken: Option<&'static str>,
    /// The pattern in responses; `None` if it says no more than the name.
    pub shown: Option<&'static str>,
}

/// What filters compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Never,
    /// The text, as filters compare any text.
    Text,
    /// The one form, together with fields of the same class.
    Form(&'static str),
}

/// The facts of a notation about which nothing is known.
pub(super) const PLAIN: Facts = Facts {
    name: "",
    form: |text| Some(text.to_owned()),
    code: "format",
    lengths: (1, 255),
    max: None,
    asked: Asked::Never,
    format: None,
    taken: None,
    shown: None,
};
