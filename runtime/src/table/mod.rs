//! What the runtime knows of a resource: static descriptions that emitted code fills in.

mod ability;
mod column;
mod list;

pub use self::ability::{Invite, Login, Role, SecretField, Visibility, Watch};
pub use self::column::{Column, ColumnKind};
pub use self::list::{Envelope, Filter, FilterValue, List, Op, OrderBy, Sort};

use std::fmt;

use crate::value::IdKind;

/// A resource as it is stored and served.
pub struct Table {
    /// Name of the table in the store, unique among all APIs.
    pub name: &'static str,
    /// Name of the resource.
    pub resource: &'static str,
    /// Path of the collection below the base, such as `/shelves/{shelfId}/books`.
    pub path: &'static str,
    /// The member that identifies an object.
    pub id: &'static str,
    /// How identifiers are made.
    pub id_kind: IdKind,
    /// Members that documents name, where it has to be known: objects are told from
    /// those of another table by them, or lists are added to.
    pub members: &'static [&'static str],
    /// Members that the server manages.
    pub managed: &'static [Managed],
    /// Paths of members inside of objects that only the server sets; on the way each
    /// element of a list counts.
    pub managed_inside: &'static [&'static [&'static str]],
    /// Members that not every caller sees.
    pub secrets: &'static [SecretField],
    /// The scope that shows some of them.
    pub scope: Option<&'static str>,
    /// Its objects call with a token of their own.
    pub login: Option<Login>,
    /// Users are invited by mail to set a password.
    pub invite: Option<Invite>,
    /// Its objects are watches of another table.
    pub watch: Option<Watch>,
    /// There are watches of its objects.
    pub watched: bool,
    /// Members with a value per user: each user sees the value that was loaded for them.
    pub per_user: &'static [&'static str],
    /// Paths of members that a whole object must have, where what holds them is sent.
    pub required: &'static [&'static [&'static str]],
    /// Columns beside the object's text.
    pub columns: &'static [Column],
    /// Columns that find an object as well, and whether without regard to case.
    pub lookups: &'static [(usize, bool)],
    /// Members whose value no other object may have in another member.
    pub distinct: &'static [Distinct],
    /// Combinations of columns that may occur only once.
    pub unique: &'static [Unique],
    /// The resource it lives below.
    pub parent: Option<Parent>,
    /// Resources that live below it.
    pub children: &'static [Child],
    /// How it is listed.
    pub list: List,
    /// Status of a successful create.
    pub create_status: u16,
    /// Status of a successful delete.
    pub delete_status: u16,
    /// PUT and its aliases set what is not sent to its default; otherwise it stays.
    pub put_replaces: bool,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Parents and children name each other, so a name is all that is shown.
        f.debug_tuple("Table").field(&self.name).finish()
    }
}

/// The tenant of rows of the runtime itself. Names of tenants are not empty, so this
/// is none of them.
pub(crate) const GLOBAL: &str = "";

impl Table {
    /// What holds for a table where nothing else is said; a name, a path and an
    /// identifier have to be.
    pub const BASE: Self = Self {
        name: "",
        resource: "",
        path: "",
        id: "name",
        id_kind: IdKind::Name,
        members: &[],
        managed: &[],
        managed_inside: &[],
        secrets: &[],
        scope: None,
        login: None,
        invite: None,
        watch: None,
        watched: false,
        per_user: &[],
        required: &[],
        columns: &[],
        lookups: &[],
        distinct: &[],
        unique: &[],
        parent: None,
        children: &[],
        list: List::BASE,
        create_status: 201,
        delete_status: 204,
        put_replaces: false,
    };

    /// A table of the runtime itself: texts by name, served under no path.
    #[must_use]
    pub(crate) const fn internal(name: &'static str) -> Self {
        Self {
            name,
            resource: name,
            ..Self::BASE
        }
    }

    /// The tables from the outermost parent down to this one.
    #[must_use]
    pub fn lineage(&'static self) -> Vec<&'static Table> {
        let mut line = match &self.parent {
            Some(parent) => parent.table.lineage(),
            None => Vec::new(),
        };
        line.push(self);
        line
    }
}

/// A member that the server manages; clients may send it back unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Managed {
    /// Its name on the wire.
    pub member: &'static str,
    /// Who manages it.
    pub by: ManagedBy,
}

impl Managed {
    /// The member called `member`.
    #[must_use]
    pub const fn new(member: &'static str, by: ManagedBy) -> Self {
        Self { member, by }
    }
}

/// Who manages a member, and how a value that is sent back is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManagedBy {
    /// The identifier.
    Id,
    /// When the object was created.
    Created,
    /// When the object was last changed; an earlier instant is an old value that is sent back.
    Updated,
    /// Computed from other members; equal before or after the change is accepted.
    Derived,
    /// Set by the deployment alone.
    Deployment,
    /// Set on create and never changed.
    Immutable,
    /// Taken on create; afterwards it has operations of its own.
    Create,
}

/// A combination of columns that may occur only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unique {
    /// The columns, by index.
    pub columns: &'static [usize],
    /// The members they come from.
    pub members: &'static [&'static str],
    /// Within one parent; otherwise within one tenant.
    pub in_parent: bool,
}

impl Unique {
    /// Within one tenant.
    #[must_use]
    pub const fn in_tenant(columns: &'static [usize], members: &'static [&'static str]) -> Self {
        Self {
            columns,
            members,
            in_parent: false,
        }
    }

    /// Within one parent.
    #[must_use]
    pub const fn in_parent(columns: &'static [usize], members: &'static [&'static str]) -> Self {
        Self {
            columns,
            members,
            in_parent: true,
        }
    }
}

/// A member whose value no other object has in another member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Distinct {
    /// The member.
    pub member: &'static str,
    /// Its column.
    pub column: usize,
    /// It is not the identifier of another object.
    pub id: bool,
    /// The columns of members whose values are unique that it does not occur in.
    pub others: &'static [usize],
}

/// The resource that another one lives below.
pub struct Parent {
    /// Its table.
    pub table: &'static Table,
    /// A change of a child counts as a change of the parent.
    pub touch: bool,
    /// Most children of one parent.
    pub most: Option<usize>,
}

/// A resource that lives below another one.
#[derive(Debug, Clone, Copy)]
pub struct Child {
    /// Its table.
    pub table: &'static Table,
    /// Goes with its parent; otherwise a parent with children stays.
    pub cascade: bool,
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_table_is_shown_by_its_name_because_parents_and_children_name_each_other() {
        assert_eq!(
            format!("{:?}", Table::internal("things")),
            "Table(\"things\")"
        );
    }
}
