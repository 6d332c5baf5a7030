//! What the runtime knows of a resource: static descriptions that emitted code fills in.

use std::fmt;

use crate::problem::Problem;
use crate::service::Work;
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
    /// Members that the server keeps.
    pub kept: &'static [Kept],
    /// Members that are stored apart from what everybody sees.
    pub apart: &'static [Apart],
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
    /// Members with a value per user: users see what was loaded for them.
    pub bound: &'static [&'static str],
    /// Members that a whole object must have.
    pub required: &'static [&'static str],
    /// Columns beside the object's text.
    pub columns: &'static [Column],
    /// Columns that find an object as well, and whether without regard to case.
    pub also: &'static [(usize, bool)],
    /// Members whose values no two objects share across them.
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
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Parents and children name each other, so a name is all that is shown.
        f.debug_tuple("Table").field(&self.name).finish()
    }
}

/// The tenant of rows of the runtime itself. Tenants have names, so this is
/// none of them.
pub(crate) const EVERYWHERE: &str = "";

impl Table {
    /// A table of the runtime itself: texts by name, served under no path.
    #[must_use]
    pub(crate) const fn own(name: &'static str) -> Self {
        Self {
            name,
            resource: name,
            path: "",
            id: "name",
            id_kind: IdKind::Name,
            kept: &[],
            apart: &[],
            scope: None,
            login: None,
            invite: None,
            watch: None,
            watched: false,
            bound: &[],
            required: &[],
            columns: &[],
            also: &[],
            distinct: &[],
            unique: &[],
            parent: None,
            children: &[],
            list: List {
                page: None,
                envelope: None,
                sort: None,
                intervals: &[],
                filters: &[],
            },
            create_status: 201,
            delete_status: 204,
        }
    }

    /// The tables from the outermost parent down to this one.
    #[must_use]
    pub fn line(&'static self) -> Vec<&'static Table> {
        let mut line = match &self.parent {
            Some(parent) => parent.table.line(),
            None => Vec::new(),
        };
        line.push(self);
        line
    }
}

/// A member that the server keeps; clients may send it back unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Its name on the wire.
    pub member: &'static str,
    /// Who keeps it.
    pub by: Keeper,
}

/// Who keeps a member, and how an echo of it is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// The identifier.
    Id,
    /// The moment of the create.
    Created,
    /// The moment of the last change; an earlier one is an old echo.
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

/// A member that is stored apart from what everybody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Apart {
    /// Names that lead to it.
    pub path: &'static [&'static str],
    /// What is shown of it.
    pub shown: Shown,
}

/// What is shown of a member that is stored apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Never,
    /// All of it, to callers with the scope of the table.
    Scope,
    /// Whether it has a value.
    Presence,
}

/// Objects that call with a token of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Login {
    /// The member with the token, shown by a scope.
    pub token: &'static str,
    /// The member with the user it speaks for.
    pub user: &'static str,
    /// Members and the texts they need to be.
    pub needs: &'static [(&'static str, &'static str)],
}

/// Users are invited by mail to set a password of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invite {
    /// The member that asks for it when it becomes true.
    pub when: &'static str,
    /// The member with the address it goes to.
    pub to: &'static str,
    /// The member with the password that the link sets.
    pub sets: &'static str,
}

/// Objects that tell an address about changes of objects of another table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// Name of the other table.
    pub of: &'static str,
    /// Members and the texts they need to be; with others nothing is sent.
    pub needs: &'static [(&'static str, &'static str)],
    /// Path of one watch below the base, such as `/watches/{id}`.
    pub item: &'static str,
    /// Path of the keys that sign, when it has some.
    pub keys: Option<&'static str>,
    /// What members mean, each by the names that lead to it.
    pub roles: &'static [(Role, &'static [&'static str])],
}

/// What a member of a watch means to the one who delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Where changes are sent.
    Address,
    /// The method to send with.
    Method,
    /// Header fields to send.
    Headers,
    /// User name for HTTP Basic (RFC 7617).
    Username,
    /// Password for HTTP Basic.
    Password,
    /// Grant of OAuth 2.0 (RFC 6749 sections 4.4 and 6).
    GrantType,
    /// Client of OAuth 2.0.
    ClientId,
    /// Its secret.
    ClientSecret,
    /// Refresh token of OAuth 2.0.
    RefreshToken,
    /// Where OAuth 2.0 tokens are given.
    TokenUrl,
    /// Scope of those tokens.
    TokenScope,
    /// Shape of what is sent.
    Template,
    /// Whether what was there before is sent too.
    Previous,
    /// Whether what is sent is signed.
    Signed,
    /// Identifiers of the keys that sign.
    Keys,
    /// Which changes are sent.
    Events,
}

/// A column of a table, computed from the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the store.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text as it is, and folded in a second column for order and comparison.
    Text,
    /// Text by which external identifiers are compared.
    External,
    /// Text without regard to case.
    Folded,
    /// Texts of a list.
    List,
    /// A whole number, a truth value, ten-thousandths or microseconds.
    Number,
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

/// A member whose value no other object has in another member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Distinct {
    /// The member.
    pub member: &'static str,
    /// Its column.
    pub column: usize,
    /// It is not the identifier of another object.
    pub id: bool,
    /// Unique combinations of one column that it does not occur in, by index.
    pub unique: &'static [usize],
}

/// The resource that another one lives below.
pub struct Parent {
    /// Its table.
    pub table: &'static Table,
    /// What to do in it after a child has changed, when it shows its children.
    pub refresh: Option<Refresh>,
    /// A change of a child counts as a change of the parent.
    pub touch: bool,
    /// Most children of one parent.
    pub most: Option<usize>,
}

/// Brings the parent's object up to its children.
pub type Refresh = fn(&mut Work<'_>, parent: &str) -> Result<(), Problem>;

/// A resource that lives below another one.
#[derive(Debug, Clone, Copy)]
pub struct Child {
    /// Its table.
    pub table: &'static Table,
    /// Goes with its parent; otherwise a parent with children stays.
    pub cascade: bool,
}

/// How a resource is listed.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// How it is cut into pages, when the document says so.
    pub page: Option<Page>,
    /// The object around the array.
    pub envelope: Option<Envelope>,
    /// The order the client can choose.
    pub sort: Option<Sort>,
    /// Two filters each that bound an interval in either order.
    pub intervals: &'static [(&'static str, &'static str)],
    /// Query parameters that select.
    pub filters: &'static [Filter],
}

/// How a list is cut into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// By `limit` and `offset`.
    LimitOffset {
        /// Objects on a page when the client asks for no number; `None` is all.
        default: Option<u32>,
        /// Most objects on a page.
        max: u32,
    },
    /// In the order of identifiers, continued by the filter of this name.
    IdAfter(&'static str),
    /// In the order of creation, continued by the parameter of this name.
    Cursor(&'static str),
    /// Page 1, 2, 3 … when the client asks for one, else everything.
    PageNumber {
        /// Parameter for the number of the page.
        by: &'static str,
        /// Parameter for the objects on a page.
        size: &'static str,
        /// Parameter that continues what is not cut into pages.
        cursor: Option<&'static str>,
        /// Objects on a page when the client asks for a page alone.
        default: u32,
        /// Most objects on a page.
        max: u32,
    },
}

/// The object around the array of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope {
    /// Member with the array.
    pub items: &'static str,
    /// Member with the number of objects on all pages.
    pub total: Option<&'static str>,
    /// Member with the number of pages.
    pub pages: Option<&'static str>,
    /// Member with the number of this page.
    pub page: Option<&'static str>,
    /// It is there only when the client asks for a page.
    pub paged: bool,
}

/// The order a client can choose.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    /// Query parameter of the key.
    pub by: &'static str,
    /// Query parameter of the direction.
    pub order: &'static str,
    /// Names of the keys and what they order by.
    pub keys: &'static [(&'static str, OrderBy)],
    /// The key when the client names none.
    pub default: OrderBy,
    /// Largest first when the client names no direction.
    pub descending: bool,
}

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    /// The identifier.
    Id,
    /// The moment of the create.
    Created,
    /// The moment of the last change.
    Updated,
    /// A column by index: `null` last, texts by their folded form first.
    Column(usize),
}

/// A query parameter that selects.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// Its spellings.
    pub names: &'static [&'static str],
    /// What is compared; one of them has to match.
    pub fields: &'static [OrderBy],
    /// How it is compared.
    pub op: Op,
    /// How the text of the parameter is read.
    pub read: FilterValue,
}

/// How a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// The same value.
    Equals,
    /// A greater one.
    Greater,
    /// The same or a greater one.
    AtLeast,
    /// A smaller one.
    Less,
    /// Every word, in one of the fields.
    Words,
    /// A list with every value.
    All,
}

/// How the text of a filter is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterValue {
    /// Text as it is.
    Exact,
    /// Text under simple case folding.
    Folded,
    /// Text under simple case folding; a telephone number in its one form.
    FoldedPhone,
    /// An external identifier.
    External,
    /// An identifier of this resource.
    Id(IdKind),
    /// 1, 0, true or false.
    Flag,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A date and time.
    Time(crate::value::Form),
    /// Values of a closed list, with commas between.
    OneOf(&'static [&'static str]),
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_table_is_shown_by_its_name_because_parents_and_children_name_each_other() {
        assert_eq!(format!("{:?}", Table::own("things")), "Table(\"things\")");
    }
}
