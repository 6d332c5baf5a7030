//! The parts of a resource that obligations are about.

use fieldproof_spec::model::Operation;

/// The part of a resource that an obligation is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectPart {
    /// The whole resource, or the whole API.
    Whole,
    /// One of its operations.
    Operation(Operation),
    /// One of its fields.
    Field(String),
    /// A filter, by its first name.
    Filter(String),
    /// A sort key; `None` for the default order.
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
    /// A unique combination of members, by its index in the resource.
    Unique(usize),
    /// A printed object, by its index in the API.
    Example(usize),
    /// A printed request, by its index in the API.
    Command(usize),
}

impl SubjectPart {
    /// The name of the part; empty if it has none.
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
