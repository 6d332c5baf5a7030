//! The limit on children of one parent.

use fieldproof_spec::model::{Api, Resource};

/// How many objects may exist below one parent; `usize::MAX` without a limit.
pub(crate) fn room(api: &Api, resource: &Resource) -> usize {
    let relation = resource.parent.as_ref();
    let above = relation.and_then(|relation| api.resource(&relation.resource));
    let embed = relation.and_then(|relation| relation.embed.as_ref());
    let most = above
        .zip(embed)
        .and_then(|(above, embed)| above.field(embed)?.max_items);
    most.map_or(usize::MAX, |most| most as usize)
}
