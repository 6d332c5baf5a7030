//! Which twins of what watches are promised are wrong.

use fieldproof_spec::model::{Api, Role};

use crate::model::Kind;
use crate::obligation::Obligation;

/// The ways in which the promise of `owner` can be broken.
pub(super) fn of(api: &Api, owner: &Obligation) -> Vec<Kind> {
    use Kind as K;
    let resource = api.resource(&owner.resource);
    let watch = resource.and_then(|one| one.watch.as_ref());
    let of = watch.and_then(|watch| api.resource(&watch.of));
    let changes = of.is_some_and(|one| one.update.is_some());
    let apart = of.is_some_and(|one| one.fields.iter().any(|field| field.scope.is_some()));
    let has = |role| resource.is_some_and(|one| api.place(one, role).is_some());
    let keys = has(Role::Keys) && watch.is_some_and(|one| one.keys.is_some());
    let some = |kind, holds: bool| holds.then_some(kind);
    let kinds = match owner.check {
        "watch" => vec![
            Some(K::NoticeMissing),
            Some(K::SenderMissing),
            Some(K::NoticeTwice),
            Some(K::NoticeOfRefused),
            some(K::NoticeOfIdle, changes),
            some(K::NoticeStale, changes),
        ],
        "watch-shared" => vec![Some(K::NoticeOfNamed)],
        "watch-silent" => vec![
            Some(K::NoticeAcross),
            some(
                K::NoticeAfterRemoval,
                resource.is_some_and(|one| one.delete.is_some()),
            ),
            some(
                K::NoticeWhileOff,
                watch.is_some_and(|one| !one.needs.is_empty()),
            ),
        ],
        "watch-events" => vec![Some(K::EventsIgnored)],
        "watch-previous" => vec![Some(K::PreviousMissing), Some(K::PreviousLate)],
        "watch-template" => vec![Some(K::TemplateIgnored), Some(K::TemplateOpen)],
        "watch-method" => vec![Some(K::MethodIgnored), Some(K::DeleteSendsBody)],
        "watch-headers" => vec![Some(K::HeadersMissing), Some(K::SenderKept)],
        "watch-basic" => vec![Some(K::BasicMissing)],
        "watch-oauth" => vec![
            Some(K::BearerMissing),
            Some(K::BearerAgain),
            some(K::RefreshKept, has(Role::RefreshToken)),
        ],
        "watch-signature" => vec![
            Some(K::SignatureMissing),
            Some(K::SignatureOfBody),
            Some(K::SignatureOfFirst),
        ],
        "watch-refused" => vec![
            Some(K::AddressTaken),
            some(K::ColonTaken, has(Role::Username)),
            some(K::KeyUnknownTaken, keys),
            some(K::KeyForeignTaken, keys),
            some(K::KeyDisabledTaken, keys),
            some(K::SignedBare, keys && has(Role::Signed)),
        ],
        "watch-retry" => vec![
            Some(K::RetryMissing),
            Some(K::RetryRenamed),
            some(K::OrderLost, changes),
        ],
        "watch-manage" => vec![
            Some(K::PingMissing),
            Some(K::RequestsMissing),
            Some(K::RedeliverMissing),
        ],
        _ => vec![
            some(K::NoticeSecret, apart),
            some(K::TemplateShowsAll, apart && has(Role::Template)),
            some(K::TemplateShowsWhole, apart && has(Role::Template)),
            some(K::TemplateShowsNothing, apart && has(Role::Template)),
            some(K::RequestSecret, has(Role::Password)),
            some(K::KeyShown, watch.is_some_and(|one| one.keys.is_some())),
        ],
    };
    kinds.into_iter().flatten().collect()
}
