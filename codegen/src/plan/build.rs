//! Building the plan of an API.

use fieldproof_spec::model::Api;

use super::Plan;
use super::names::{Names, modules};
use super::word::Numbered;
use crate::kind::kind;

impl<'a> Plan<'a> {
    /// The plan of a single API.
    pub(crate) fn new(api: &'a Api) -> Self {
        let module = modules(std::slice::from_ref(api)).remove(0);
        Self::within(api, module, &mut Numbered::default())
    }

    /// The plan of an API in the module `module`, next to others whose tables in the store are
    /// `tables`.
    pub(crate) fn within(api: &'a Api, module: String, tables: &mut Numbered) -> Self {
        let resources = api.resources.iter().flat_map(|one| &one.fields);
        let fields = resources.chain(api.objects.iter().flat_map(|one| &one.fields));
        let keys = fields.flat_map(|field| kind(&field.ty).keys());
        let keys = keys.map(|(table, column)| (table.to_owned(), column.to_owned()));
        Self {
            api,
            names: Names::new(api, module, tables),
            keys: keys.collect(),
        }
    }
}
