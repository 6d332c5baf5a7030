//! Mutations: the one promise that a mutant breaks, and where.

use fieldproof_spec::model::{Operation, Resource};

/// One broken promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutation {
    /// How the promise is broken.
    pub operator: Operator,
    /// The resource that the promise is about.
    pub resource: String,
    /// The member, filter, sort key or operation that it is about; empty for the whole
    /// resource.
    pub member: String,
}

impl Mutation {
    /// Whether the mutation is about this member of a resource, or about the whole
    /// resource.
    pub(crate) fn is_at(&self, resource: &Resource, member: &str) -> bool {
        self.resource == resource.name && (self.member.is_empty() || self.member == member)
    }

    /// Whether the mutation is about this operation of a resource, or about the whole
    /// resource.
    pub(crate) fn is_in(&self, resource: &Resource, operation: Operation) -> bool {
        self.is_at(resource, operation.as_str())
    }
}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The way in which a promise is broken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Operator {
            $($(#[$doc])* $name,)*
        }

        impl Operator {
            /// All operators.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

operators! {
    /// A filter selects everything.
    FilterIgnored,
    /// A filter matches by prefix.
    FilterPrefix,
    /// A filter is case-sensitive.
    FilterCased,
    /// A bound of a filter includes what it should exclude, or vice versa.
    FilterStrict,
    /// A filter accepts any number of words or values.
    FilterUnbounded,
    /// An alias of a filter is refused.
    FilterAliasMissing,
    /// A sort key is ignored.
    SortIgnored,
    /// `desc` is ignored.
    SortOneWay,
    /// Texts are sorted by raw code points.
    SortCased,
    /// A page starts one object late.
    PageShifted,
    /// The maximum page size is not enforced.
    PageUnbounded,
    /// The total only counts this page.
    TotalOfPage,
    /// Unknown parameters are ignored.
    ParameterIgnored,
    /// A member is not shown.
    MemberHidden,
    /// A create does not store a member.
    CreateForgets,
    /// An update does not change a member.
    UpdateForgets,
    /// The bound of a member is not enforced.
    BoundIgnored,
    /// A required member may be left out.
    RequiredIgnored,
    /// A member accepts values of any type, and stores none of them.
    TypeIgnored,
    /// The default of a member is missing.
    DefaultMissing,
    /// A server-set member can be written.
    ReadOnlyTaken,
    /// A read-only member is refused where it should be ignored.
    ReadOnlyRefused,
    /// A server-set member inside an object is accepted from the client.
    InsideTaken,
    /// A computed member is not recomputed.
    DerivedStale,
    /// A unique value may be used twice.
    UniqueIgnored,
    /// A unique combination may be used twice.
    CombinationIgnored,
    /// Children outlive their parent.
    CascadeMissing,
    /// A change of a child does not touch its parent.
    TouchMissing,
    /// An update clears members that it does not send.
    MergeClears,
    /// An alias path or method of an operation is missing.
    AliasMissing,
    /// An alias path or method does not store optional members.
    AliasForgets,
    /// An alias path or method creates two objects.
    AliasTwice,
    /// A create stores a list in reverse order.
    CreateTurns,
    /// An update stores a list in reverse order.
    UpdateTurns,
    /// Other forms of a value are accepted by creates only.
    FormsOfCreate,
    /// An update keeps the old secrets.
    SecretOfCreate,
    /// A success has another status.
    StatusWrong,
    /// Another tenant sees the objects.
    TenantLeak,
    /// A user sees the objects of another.
    UserLeak,
    /// A numbered page lacks its envelope.
    EnvelopeMissing,
    /// A list is in the reverse of its order.
    ListReversed,
    /// A refusal has an unlisted problem type.
    ProblemUnlisted,
    /// A violation has an unlisted code.
    CodeUnlisted,
    /// An answer has two different content types.
    LabelTwice,
    /// The answer to a write lacks a member.
    AnswerShort,
    /// The items of a list lack a member.
    ElementShort,
    /// The removal of an object removes those beside it.
    SiblingsRemoved,
    /// A removed object stays in the list.
    RemovedListed,
    /// Only the first method of a change keeps to the rules.
    RulesOfFirst,
    /// The total under a filter is that of all objects.
    TotalOfAll,
    /// The items of a list that is asked for with a filter lack a member.
    SelectedShort,
    /// The elements of a list show none of their children.
    ElementChildless,
    /// Another user is shown objects that lack a member.
    OtherUserShort,
    /// A list without paging parameters shows one object, and no link.
    ListCut,
    /// No token is required.
    TokenIgnored,
    /// No scope is required.
    ScopeIgnored,
    /// `If-Match` is ignored.
    ConditionIgnored,
    /// A change needs no version although one is required.
    ConditionUnasked,
    /// A child is found below another parent.
    ParentIgnored,
    /// A change that changes nothing counts as a change.
    IdleTouches,
    /// Members that exclude each other may both have a value.
    ExclusiveIgnored,
    /// Alternative JSON forms of a value are refused.
    LenientMissing,
    /// A text of only spaces is accepted as a value.
    BlankTaken,
    /// A set may contain a value twice.
    SetRepeats,
    /// A single value is refused where a list is documented.
    LoneRefused,
    /// A closed list of the deployment is not shown.
    PresetHidden,
    /// Conditions between siblings are not checked after an object was merged.
    ConditionLate,
    /// A row of a table lacks a column.
    RowCut,
    /// A capped list ends without a link to the rest.
    LinkMissing,
    /// A nested object is replaced by an update that sends one member.
    NestedReplaced,
    /// An object may have a value that is another object's in another member.
    DistinctIgnored,
    /// Other fields do not find an object.
    LookupMissing,
    /// Bounds of an interval are accepted in one order only.
    IntervalOneWay,
    /// A reserved text is accepted.
    ReservedTaken,
    /// A value wrapped in an object is refused.
    UnwrapMissing,
    /// A value that stands in for a member is subject to the member's limit.
    ExcuseMissing,
    /// Values that a body sends for an existing shared object are not stored.
    SharedStale,
    /// A shared object is created although one with its key exists.
    SharedTwice,
    /// A reference to an object that does not exist is skipped.
    MentionIgnored,
    /// An append replaces the list.
    AppendReplaces,
    /// An append accepts members it should refuse.
    AppendTakesAll,
    /// No mail is sent.
    InviteMissing,
    /// A mail is sent with every change of an object that asked for one.
    InviteRepeated,
    /// A mail is sent although nobody asked for it.
    InviteUnasked,
    /// A secret is shown.
    SecretShown,
    /// A secret is lost when a body sends it back as shown.
    SecretLost,
    /// A member is accepted with a sibling that forbids it, or may be left out when
    /// required.
    ConditionMissing,
    /// Aliases of members are not read.
    NameMissing,
    /// A text that combines two members is refused.
    SplitMissing,
    /// Values of a closed list are matched case-sensitively.
    FoldMissing,
    /// A scoped member is shown to everybody.
    ScopeShowsAll,
    /// Answers with and without scoped members have the same ETag.
    VariantMissing,
    /// A token is accepted from a client that it was not issued to.
    PairIgnored,
    /// The token of an object is accepted although the object no longer meets its
    /// conditions.
    LoginStale,
    /// The token of an object grants all rights.
    LoginOpen,
    /// Undocumented members are accepted where they should be refused.
    UnknownTaken,
    /// Members that are not sent stay although the method replaces the object.
    ReplaceKeeps,
    /// A create does not send `Location`.
    LocationMissing,
    /// A JSON answer has another content type.
    LabelWrong,
    /// An undocumented member is shown.
    MemberAdded,
    /// A computed member is never computed.
    DerivedMissing,
    /// A write-only member is shown.
    WriteOnlyShown,
    /// `If-None-Match` is ignored.
    KnownIgnored,
    /// `null` is accepted where it should be refused, or refused where it should be
    /// accepted.
    NullTurned,
    /// A filter for more than the largest number also matches that number.
    FilterSaturates,
    /// Times in non-standard formats are accepted in queries.
    MomentLoose,
    /// Times in non-standard formats are accepted in bodies.
    DateLoose,
    /// Whole numbers with a decimal point are refused.
    IntegerWritten,
    /// `null` leaves a member unchanged instead of resetting it to its default.
    ResetMissing,
    /// A merge patch replaces an object or a map as a whole.
    PatchReplaces,
    /// A map entry that a merge patch removes is stored as `null`.
    PatchKeepsNull,
    /// The key of a row is not filled in, although a change may omit it.
    RowWhole,
    /// PUT accepts any JSON-based format.
    PutTakesAny,
    /// A partial body is accepted as the whole object.
    RangeTaken,
    /// The refusal of an unsupported format does not list the supported ones.
    FormatsUnnamed,
    /// Commas inside entity tags act as separators.
    TagSplit,
    /// The time zone of a zoned time is always UTC.
    ZoneIgnored,
    /// Identifiers lack their last digit.
    IdShortened,
    /// A timestamp set by the server is always the same.
    TimeFrozen,
    /// A missing object is answered as if it existed.
    AbsentAnswered,
    /// The refusal of a method lacks `Allow`.
    AllowMissing,
    /// A refused method is among those that are named.
    AllowRefused,
    /// Who is not known is not told how to say who he is.
    ChallengeMissing,
    /// Of several violations only the first is named.
    ViolationsCut,
    /// The last violation is named twice.
    ViolationTwice,
    /// What is no kind of problem is refused without a word.
    ProblemWordless,
    /// An answer lacks its entity tag.
    EtagMissing,
    /// Bodies of any content type are read.
    MediaIgnored,
    /// A duplicate member name in a body is accepted.
    TwiceTaken,
    /// A body that is not JSON is read as an empty object.
    MalformedTaken,
    /// Refusals are plain text.
    ProblemPlain,
    /// Problem types have no explanation page.
    ProblemUnexplained,
    /// Links to other pages lose parameters of the request.
    LinkForgets,
    /// Links to other pages lead out of the API.
    LinkOutside,
    /// A Boolean is shown as it was sent.
    BooleanKept,
    /// A caller without the scope learns whether an object exists.
    ScopeLate,
    /// The parent from a refused create is stored.
    HalfKept,
    /// A page is cut before it is sorted.
    SortInPage,
    /// An object is selected if one of several filters matches.
    FiltersAnyOf,
    /// Parameter names are not decoded.
    EncodingIgnored,
    /// Updates start from an outdated state.
    UpdateTorn,
    /// Creates start from an outdated state.
    CreateTorn,
    /// Lists lack objects that were just created.
    ListStale,
    /// A value is kept although a change made it unfit for its sibling.
    FitIgnored,
    /// A computed text is cut at the limit of one of its parts.
    DerivedCut,
    /// A list without a limit has another page size.
    PageDefault,
    /// Children are ordered by their last change.
    ChildrenByChange,
    /// One body may contain a unique value twice.
    TwinsTaken,
    /// Texts are compared in lower case instead of case-folded.
    FilterLowered,
    /// Answers to HEAD lack the headers of GET.
    HeadBare,
    /// Only the first of several entity tags counts.
    TagFirst,
    /// A weak entity tag counts as a strong one.
    TagWeak,
    /// Changes ignore `If-None-Match`.
    DiffersIgnored,
    /// The link to the previous page leads to the page itself.
    LinkBack,
    /// Any word is read as a Boolean.
    BooleanLoose,
    /// An external identifier is shown in lower case.
    ExternalLowered,
    /// A unique value may not occur in objects of other resources either.
    UniqueAcross,
    /// An import loses a member.
    LoadForgets,
    /// The header that names unknown members has them unencoded.
    UnknownRaw,
    /// Undocumented members are shown as they were sent.
    UnknownShown,
    /// The header names an unknown member that was not sent.
    UnknownInvented,
    /// Unknown members are stored and shown by reads.
    UnknownKept,
    /// Unknown members are not named in the header.
    UnknownUnnamed,
    /// Changes send no notification.
    NoticeMissing,
    /// Each change is notified twice.
    NoticeTwice,
    /// Refused requests are notified.
    NoticeOfRefused,
    /// Requests that change nothing are notified.
    NoticeOfIdle,
    /// Only the object that a request names is notified.
    NoticeOfNamed,
    /// A notification shows the object before the change.
    NoticeStale,
    /// What is told stands alone, without its envelope.
    NoticeBare,
    /// Every notification has the same identifier around the object.
    NoticeNumbered,
    /// The moment around the object is another one.
    NoticeUntimed,
    /// The moment around the object is written in another form.
    NoticeTimeForm,
    /// Events have other names.
    NoticeMisnamed,
    /// No header field says what happened.
    NoticeUnnamed,
    /// No header field says to which object.
    NoticeUnaddressed,
    /// No header field has the identifier of the notification.
    NoticeUnnumbered,
    /// No header field says when it is sent.
    NoticeUndated,
    /// Watches of other tenants are notified.
    NoticeAcross,
    /// A watch is still notified after it was removed.
    NoticeAfterRemoval,
    /// A watch is notified although it is switched off.
    NoticeWhileOff,
    /// A notification shows scoped members.
    NoticeSecret,
    /// A watch is notified of events that it did not list.
    EventsIgnored,
    /// The previous state is not sent.
    PreviousMissing,
    /// The previous state equals the current one.
    PreviousLate,
    /// A template is not filled in.
    TemplateIgnored,
    /// Texts of the data become JSON of the template.
    TemplateOpen,
    /// All templates can show scoped members.
    TemplateShowsAll,
    /// Templates show scoped members inside other values too.
    TemplateShowsWhole,
    /// No template can show scoped members.
    TemplateShowsNothing,
    /// Every notification is sent by POST.
    MethodIgnored,
    /// DELETE sends a body.
    DeleteSendsBody,
    /// Header fields that the owner set are not sent.
    HeadersMissing,
    /// Nothing identifies the sender.
    SenderMissing,
    /// The owner cannot override the header that identifies the sender.
    SenderKept,
    /// User name and password are not sent.
    BasicMissing,
    /// No access token is sent.
    BearerMissing,
    /// Each notification requests a new access token.
    BearerAgain,
    /// A newly issued refresh token is not kept.
    RefreshKept,
    /// Nothing is signed.
    SignatureMissing,
    /// The signature covers only the body.
    SignatureOfBody,
    /// The signature is not written in hexadecimal digits.
    SignatureOtherwise,
    /// The signature is of a moment that is long gone.
    SignatureStale,
    /// Only the first key signs.
    SignatureOfFirst,
    /// A signing key that does not exist may be named.
    KeyUnknownTaken,
    /// A signing key of another tenant may be named.
    KeyForeignTaken,
    /// A disabled signing key may be named.
    KeyDisabledTaken,
    /// A watch may be signed without naming a key.
    SignedBare,
    /// A user name may contain a colon.
    ColonTaken,
    /// A disallowed address may be named.
    AddressTaken,
    /// A failed notification is not retried.
    RetryMissing,
    /// Each attempt has a new identifier.
    RetryRenamed,
    /// Later notifications do not wait for earlier ones.
    OrderLost,
    /// A ping sends no notification.
    PingMissing,
    /// The log of requests is empty.
    RequestsMissing,
    /// The log of requests shows credentials.
    RequestSecret,
    /// Redelivery sends nothing.
    RedeliverMissing,
    /// The secret of a key is shown again.
    KeyShown,
    /// Keys are shown without their names.
    KeyUnnamed,
    /// The record of requests does not show how long they took.
    RequestShort,
    /// What commands of a watch answer counts one too many.
    CommandCounts,
    /// A create that is sent again under its key creates again.
    IdempotencyIgnored,
    /// Another create under the same key gets the first answer.
    IdempotencyBlind,
    /// A key of another tenant counts as one's own.
    IdempotencyForeign,
}
