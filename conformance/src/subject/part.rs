//! What an obligation is about.

use fieldproof_spec::model::Operation;

/// What an obligation is about, within its resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectPart {
    /// The resource, or the API where there is none.
    Whole,
    /// One of its operations.
    Operation(Operation),
    /// One of its fields.
    Field(String),
    /// A filter, by its first name.
    Filter(String),
    /// A sort key; without one the order of a list that names none.
    SortKey(Option<String>),
    /// A member of an object, or a column of a table.
    Member {
        /// The object or table.
        owner: String,
        /// The member or column.
        name: String,
    },
    /// Two filters that bound an interval.
    Interval {
        /// The lower bound.
        from: String,
        /// The upper bound.
        to: String,
    },
    /// A table of the deployment.
    Table(String),
    /// Members that exclude each other.
    Exclusive(Vec<String>),
    /// Members that together may occur only once, by their place in the resource.
    Unique(usize),
    /// A printed object, by its place in the API.
    Example(usize),
    /// A printed request, by its place in the API.
    Command(usize),
}

impl SubjectPart {
    /// Its name; empty for what has none.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Operation(operation) => operation.to_string(),
            Self::Field(name) | Self::Filter(name) | Self::Table(name) => name.clone(),
            Self::SortKey(name) => name.clone().unwrap_or_default(),
            Self::Member { owner, name } => format!("{owner}.{name}"),
            Self::Interval { from, to } => format!("{from}+{to}"),
            Self::Exclusive(names) => names.join("+"),
            Self::Whole | Self::Unique(_) | Self::Example(_) | Self::Command(_) => String::new(),
        }
    }
}
