//! What a run begins with: nothing, or what a power cut has left of the run before.

use crate::cut::Image;
use crate::history::{History, Object, Write};
use crate::judge::Kept;

#[derive(Debug, Default)]
pub(crate) struct Base {
    pub(crate) image: Image,
    /// What is known of objects that were there.
    pub(crate) objects: Vec<Object>,
    /// The number of the last change.
    pub(crate) number: u64,
}

impl Base {
    /// An image that was found to be as it should at a moment.
    pub(crate) fn new(image: Image, kept: &Kept, history: &History, time: u64) -> Self {
        let objects = history.objects.iter().filter_map(|(key, object)| {
            let state = kept.objects.get(key).copied();
            // What nobody was told of may be made again under the same identifier.
            let is_known = object.writes.first()?.answered < time;
            (state.is_some() || is_known).then(|| Object {
                kind: object.kind,
                id: object.id.clone(),
                writes: vec![Write {
                    sent: 0,
                    answered: 0,
                    state,
                }],
            })
        });
        Self {
            objects: objects.collect(),
            number: kept.number,
            image,
        }
    }
}
