//! Mutations: the one promise that a mutant breaks, and where.

use fieldproof_spec::model::{Operation, Resource};

/// One broken promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutation {
    /// In which way.
    pub operator: Operator,
    /// Of which resource.
    pub resource: String,
    /// Of which member, filter or sort key; empty for the whole resource.
    pub member: String,
}

impl Mutation {
    /// Whether it is about this member of a resource, or about the whole resource.
    pub(crate) fn is_at(&self, resource: &Resource, member: &str) -> bool {
        self.resource == resource.name && (self.member.is_empty() || self.member == member)
    }

    /// Whether it is about this operation of a resource, or about the whole resource.
    pub(crate) fn is_in(&self, resource: &Resource, operation: Operation) -> bool {
        self.is_at(resource, operation.as_str())
    }
}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// In which way a promise is broken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Operator {
            $($(#[$doc])* $name,)*
        }

        impl Operator {
            /// Every way.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

operators! {
    /// A filter selects everything.
    FilterIgnored,
    /// A filter selects by the beginning of the value.
    FilterPrefix,
    /// A filter tells upper from lower case.
    FilterCased,
    /// A bound of a filter includes what it should exclude, or the reverse.
    FilterStrict,
    /// A filter takes any number of words or values.
    FilterUnbounded,
    /// Another spelling of a filter is refused.
    FilterAliasMissing,
    /// A sort key is ignored.
    SortIgnored,
    /// `desc` is ignored.
    SortOneWay,
    /// Texts are ordered by their raw code points.
    SortCased,
    /// A page begins one object late.
    PageShifted,
    /// The greatest page is not enforced.
    PageUnbounded,
    /// The total counts this page only.
    TotalOfPage,
    /// Unknown parameters are ignored.
    ParameterIgnored,
    /// A member is not shown.
    MemberHidden,
    /// A member is not kept on create.
    CreateForgets,
    /// A member is not changed by an update.
    UpdateForgets,
    /// The bound of a member is not enforced.
    BoundIgnored,
    /// A required member may be left out.
    RequiredIgnored,
    /// A member takes values of any type, and keeps nothing of them.
    TypeIgnored,
    /// The default of a member is missing.
    DefaultMissing,
    /// A member that the server keeps can be written.
    ReadOnlyTaken,
    /// A member inside of an object that only the server sets is taken from the client.
    InsideTaken,
    /// A computed member is not computed again.
    DerivedStale,
    /// A unique value may occur twice.
    UniqueIgnored,
    /// A combination may occur twice.
    CombinationIgnored,
    /// Children outlive their parent.
    CascadeMissing,
    /// A change of a child does not touch its parent.
    TouchMissing,
    /// What an update does not send is cleared.
    MergeClears,
    /// Another path or method of an operation is missing.
    AliasMissing,
    /// A success has another status.
    StatusWrong,
    /// Another tenant sees the objects.
    TenantLeak,
    /// A user sees the objects of another.
    UserLeak,
    /// A page of numbers lacks its envelope.
    EnvelopeMissing,
    /// A list is in the reverse of its order.
    ListReversed,
    /// A refusal is of a kind that no list has.
    ProblemUnlisted,
    /// A violation has a code that no list has.
    CodeUnlisted,
    /// An answer says twice, and in two ways, what its body is.
    LabelTwice,
    /// What answers a write lacks a member.
    AnswerShort,
    /// The elements of a list lack a member.
    ElementShort,
    /// A list that is not asked for a page shows one object, and no link.
    ListCut,
    /// A token is not asked for.
    TokenIgnored,
    /// A scope is not asked for.
    ScopeIgnored,
    /// `If-Match` is not judged.
    ConditionIgnored,
    /// A change may name no version where one is demanded.
    ConditionUnasked,
    /// A child is found below another parent.
    ParentIgnored,
    /// A change that changes nothing counts as a change.
    IdleTouches,
    /// Members that exclude each other may both have a value.
    ExclusiveIgnored,
    /// Other JSON values of the same meaning are refused.
    LenientMissing,
    /// A text of blanks alone is a value.
    BlankTaken,
    /// Values of a set occur twice.
    SetRepeats,
    /// One value alone is refused where a list is documented.
    LoneRefused,
    /// A closed list of the deployment is not shown.
    PresetHidden,
    /// What siblings say of each other is not judged when an object was merged.
    ConditionLate,
    /// A row of the deployment lacks a column.
    RowCut,
    /// A capped list ends without a link to the rest.
    LinkMissing,
    /// A nested object is replaced by an update that sends one member.
    NestedReplaced,
    /// An object may be named as another one is in another member.
    DistinctIgnored,
    /// Other fields do not find an object.
    LookupMissing,
    /// Bounds of an interval are taken in one order only.
    IntervalOneWay,
    /// A text that nobody may take is taken.
    ReservedTaken,
    /// The object around a value is refused.
    UnwrapMissing,
    /// The value that stands in for a member has to keep to its limit.
    ExcuseMissing,
    /// What a body says of a shared object that is there is not kept.
    SharedStale,
    /// A shared object is made although its key is there.
    SharedTwice,
    /// The identifier of nothing is passed over.
    MentionIgnored,
    /// What is added to a list replaces it.
    AppendReplaces,
    /// An append takes members it should refuse.
    AppendTakesAll,
    /// No mail goes out.
    InviteMissing,
    /// A mail goes out with every change of an object that asked for one.
    InviteRepeated,
    /// A mail goes out although nobody asks for it.
    InviteUnasked,
    /// A secret is shown.
    SecretShown,
    /// A secret that a body sends back as it is shown is lost.
    SecretLost,
    /// A member is taken with a sibling that forbids it, or may be left out.
    ConditionMissing,
    /// Other names of members are not read.
    NameMissing,
    /// Text of two members is refused.
    SplitMissing,
    /// Values of a closed list are read in one case.
    FoldMissing,
    /// A member that a scope shows is shown to everybody.
    ScopeShowsAll,
    /// Answers with and without members that a scope shows have one ETag.
    VariantMissing,
    /// A token and the client it was not given to are taken.
    PairIgnored,
    /// The token of an object is known although the object does not fit.
    LoginStale,
    /// The token of an object may do everything.
    LoginOpen,
    /// Members that no document names are taken where they should be refused.
    UnknownTaken,
    /// What is not sent stays although the method replaces.
    ReplaceKeeps,
    /// A create does not say where the object is.
    LocationMissing,
    /// An answer of JSON is labelled as something else.
    LabelWrong,
    /// A member that no row documents is shown.
    MemberAdded,
    /// A computed member is not computed at all.
    DerivedMissing,
    /// A member that is only written is shown.
    WriteOnlyShown,
    /// `If-None-Match` is not judged.
    KnownIgnored,
    /// `null` is taken where it is refused, or refused where it is taken.
    NullTurned,
    /// Above the greatest number there is the number itself.
    FilterSaturates,
    /// Moments that no standard has are read in queries.
    MomentLoose,
    /// Moments that no standard has are read in bodies.
    DateLoose,
    /// Whole numbers with a point are refused.
    IntegerWritten,
    /// `null` leaves a member as it is that it should set to its default.
    ResetMissing,
    /// A merge patch replaces an object or a map as a whole.
    PatchReplaces,
    /// What a merge patch removes from a map is kept as `null`.
    PatchKeepsNull,
    /// A row is not known without its key, although a change need not say it.
    RowWhole,
    /// PUT takes every format on the base of JSON.
    PutTakesAny,
    /// A part of an object is taken for the whole.
    RangeTaken,
    /// Who sends a format that is not read is not told which ones are.
    FormatsUnnamed,
    /// Commas inside of entity tags separate them.
    TagSplit,
    /// The time zone beside a moment is always UTC.
    ZoneIgnored,
    /// Identifiers lack their last digit.
    IdShortened,
    /// A moment that the server stamps is always the same.
    TimeFrozen,
    /// What is not there is answered as if it were.
    AbsentAnswered,
    /// A refused method does not name the others.
    AllowMissing,
    /// An answer lacks its entity tag.
    EtagMissing,
    /// Bodies of any type are read.
    MediaIgnored,
    /// A body that is not JSON is taken for an empty object.
    MalformedTaken,
    /// Refusals are plain JSON.
    ProblemPlain,
    /// Kinds of problems are not explained.
    ProblemUnexplained,
    /// Links to other pages forget what was asked for.
    LinkForgets,
    /// A truth value is shown as it was sent.
    BooleanKept,
    /// Who may not is told whether an object is there.
    ScopeLate,
    /// Of a refused create the parent is stored.
    HalfKept,
    /// A page is cut before it is sorted.
    SortInPage,
    /// Of several filters one has to hold.
    FiltersAnyOf,
    /// Names of parameters are not decoded.
    EncodingIgnored,
    /// Changes begin from what was there some time ago.
    UpdateTorn,
    /// Creates begin from what was there some time ago.
    CreateTorn,
    /// Lists lack what was made a moment ago.
    ListStale,
    /// A value that a change leaves unfit for its sibling is kept.
    FitIgnored,
    /// A computed text is cut at the bound of one of its parts.
    DerivedCut,
    /// A list without a limit has a page of another size.
    PageDefault,
    /// Children stand in the order of their last change.
    ChildrenByChange,
    /// One body may have a unique value twice.
    TwinsTaken,
    /// Texts are compared in lower case, which is not folding.
    FilterLowered,
    /// HEAD answers without the headers of GET.
    HeadBare,
    /// Of a list of entity tags the first one counts.
    TagFirst,
    /// A weak entity tag is as good as a strong one.
    TagWeak,
    /// `If-None-Match` is not judged by changes.
    DiffersIgnored,
    /// The link to the page before leads to the page itself.
    LinkBack,
    /// A truth value is read from any word.
    BooleanLoose,
    /// An external identifier is shown in lower case.
    ExternalLowered,
    /// A unique value may not be that of an object above either.
    UniqueAcross,
    /// An import loses a member.
    LoadForgets,
    /// Unknown members are named as they are, in a header.
    UnknownRaw,
    /// Members that no document names are shown as they were sent.
    UnknownShown,
    /// Unknown members are not named.
    UnknownUnnamed,
    /// Nobody is told of changes.
    NoticeMissing,
    /// Each change is told twice.
    NoticeTwice,
    /// What was refused is told.
    NoticeOfRefused,
    /// What changed nothing is told.
    NoticeOfIdle,
    /// Only of the object that a request names anything is told.
    NoticeOfNamed,
    /// What is told is the object as it was before.
    NoticeStale,
    /// Watches of other tenants are told.
    NoticeAcross,
    /// A watch is told after it was removed.
    NoticeAfterRemoval,
    /// A watch is told although it is switched off.
    NoticeWhileOff,
    /// What is told shows members that only a scope shows.
    NoticeSecret,
    /// A watch is told of events that it did not ask for.
    EventsIgnored,
    /// What was there before is not sent.
    PreviousMissing,
    /// What was there before is what is there now.
    PreviousLate,
    /// A template is not filled in.
    TemplateIgnored,
    /// Texts of the data are JSON of the template.
    TemplateOpen,
    /// Templates of everybody see members that a scope shows.
    TemplateShowsAll,
    /// Templates show what only a scope shows wherever it stands.
    TemplateShowsWhole,
    /// Templates see nothing that a scope shows.
    TemplateShowsNothing,
    /// Every notification is sent by POST.
    MethodIgnored,
    /// DELETE sends a body.
    DeleteSendsBody,
    /// Header fields of the owner are not sent.
    HeadersMissing,
    /// Nobody is told who sends.
    SenderMissing,
    /// The owner cannot say who sends.
    SenderKept,
    /// Name and password are not sent.
    BasicMissing,
    /// No access token is sent.
    BearerMissing,
    /// Every notification has an access token of its own.
    BearerAgain,
    /// A refresh token that came in place of another is not kept.
    RefreshKept,
    /// Nothing is signed.
    SignatureMissing,
    /// Only the body is signed.
    SignatureOfBody,
    /// Only the first key signs.
    SignatureOfFirst,
    /// A key that is not there may be named.
    KeyUnknownTaken,
    /// A key of another tenant may be named.
    KeyForeignTaken,
    /// A key that is disabled may be named.
    KeyDisabledTaken,
    /// A watch may be signed to without a key.
    SignedBare,
    /// A user name may have a colon.
    ColonTaken,
    /// An address that is not to be reached may be named.
    AddressTaken,
    /// A failed notification is given up.
    RetryMissing,
    /// Each attempt has an identifier of its own.
    RetryRenamed,
    /// What happened later does not wait for what happened before.
    OrderLost,
    /// A ping sends nothing.
    PingMissing,
    /// No requests are on record.
    RequestsMissing,
    /// The record of requests shows what proves the sender.
    RequestSecret,
    /// Nothing is sent again.
    RedeliverMissing,
    /// The secret of a key is shown again.
    KeyShown,
}
