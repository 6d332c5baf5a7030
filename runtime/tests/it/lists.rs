//! What a list is asked for, in each way to cut it into pages.

use fieldproof_runtime::paging::{Pages, Role};
use fieldproof_runtime::query::{Question, read};
use fieldproof_runtime::table::{Attribute, Filter, FilterValue, List, Op};
use fieldproof_runtime::value::IdKind;

const NUMBERED: Pages = Pages {
    takes: &[
        ("page", Role::Number),
        ("size", Role::Size),
        ("rest", Role::Position),
    ],
    default: Some(10),
    max: 20,
    ..Pages::BASE
};

const CURSOR: Pages = Pages {
    takes: &[("rest", Role::Position)],
    order: Some(Attribute::Created),
    ..Pages::BASE
};

/// Each way with the parameters that turn its pages.
const WAYS: &[(Pages, &[&str])] = &[
    (
        Pages {
            takes: &[("limit", Role::Size), ("offset", Role::Offset)],
            default: Some(50),
            max: 500,
            ..Pages::BASE
        },
        &["limit=5", "offset=5"],
    ),
    (
        Pages {
            takes: &[("behind", Role::After(IdKind::Increasing))],
            order: Some(Attribute::Id),
            ..Pages::BASE
        },
        &["behind=5"],
    ),
    (CURSOR, &["rest=5.a"]),
    (NUMBERED, &["page=5", "size=5", "rest=5.a"]),
];

fn list(page: Pages) -> List {
    List {
        page: Some(page),
        envelope: None,
        intervals: &[],
        sort: None,
        filters: &[
            Filter {
                names: &["colour"],
                fields: &[Attribute::Column(0)],
                op: Op::Equals,
                read: FilterValue::Exact,
            },
            Filter {
                names: &["behind"],
                fields: &[Attribute::Id],
                op: Op::Greater,
                read: FilterValue::Integer,
            },
            Filter {
                names: &["words", "terms"],
                fields: &[Attribute::Column(0)],
                op: Op::ContainsWords(3),
                read: FilterValue::Folded,
            },
            Filter {
                names: &["all"],
                fields: &[Attribute::Column(1)],
                op: Op::HasAll(3),
                read: FilterValue::OneOf(&["a", "b"]),
            },
        ],
    }
}

fn asked(page: Pages, query: &str) -> Question {
    read(&list(page), Some(7), Some(query)).unwrap()
}

#[test]
fn links_to_other_pages_keep_all_but_what_turns_them() {
    for (page, turning) in WAYS {
        for one in *turning {
            let question = asked(*page, &format!("{one}&colour=red"));
            let kept = [("colour".to_owned(), "red".to_owned())];
            assert_eq!(question.others, kept, "{page:?} {one}");
        }
    }
}

#[test]
fn a_list_is_cut_where_its_style_says() {
    let limits = |page: Pages, query: &str| {
        let question = asked(page, query);
        (question.turn.limit, question.turn.offset)
    };
    let (by_offset, turning) = WAYS[0];
    assert_eq!(limits(by_offset, ""), (Some(50), 0));
    assert_eq!(limits(by_offset, &turning.join("&")), (Some(5), 5));
    assert_eq!(limits(CURSOR, ""), (Some(7), 0), "the cap");
    assert_eq!(limits(NUMBERED, ""), (Some(7), 0), "the cap");
    assert_eq!(limits(NUMBERED, "page=3"), (Some(10), 20));
    assert_eq!(limits(NUMBERED, "size=4"), (Some(4), 0));
    assert_eq!(limits(NUMBERED, "size=4&page=3"), (Some(4), 8));
    assert_eq!(limits(NUMBERED, "page=3&size=4"), (Some(4), 8));
    let farthest = format!("page={}", u64::MAX);
    assert_eq!(limits(NUMBERED, &farthest).1, i64::MAX as u64);
    for bad in [
        "page=0",
        "size=0",
        "size=21",
        "rest=5.",
        "rest=5.a_b",
        "rest=a.5",
    ] {
        assert!(read(&list(NUMBERED), None, Some(bad)).is_err(), "{bad}");
    }
}

#[test]
fn a_parameter_that_is_none_is_answered_with_those_that_are() {
    let legal = |page: Pages| {
        let refused = read(&list(page), None, Some("x=1")).unwrap_err();
        let detail = refused.errors[0].detail.clone();
        detail.split("there are ").nth(1).unwrap().to_owned()
    };
    let expected = [
        "limit, offset, colour, behind, words, terms, all",
        "colour, behind, words, terms, all",
        "rest, colour, behind, words, terms, all",
        "page, size, rest, colour, behind, words, terms, all",
    ];
    for ((page, _), expected) in WAYS.iter().zip(expected) {
        assert_eq!(legal(*page), expected, "{page:?}");
    }
}

#[test]
fn words_and_values_of_a_filter_are_bounded_together() {
    let (page, _) = WAYS[0];
    for good in [
        "words=a+b+c",
        "words=",
        "all=a,b,a",
        "all=a&all=b&all=a",
        "words=a+b&terms=c",
        "words=a&all=a&all=b",
    ] {
        let conditions = asked(page, good).conditions;
        let filters = usize::from(good.contains("words")) + usize::from(good.contains("all"));
        assert_eq!(conditions.len(), filters, "{good}: one for each filter");
    }
    for bad in [
        "words=a+b+c+d",
        "all=a,b,a,b",
        "all=a,b&all=b,a",
        "words=a+b&terms=c+d",
    ] {
        let refused = read(&list(page), None, Some(bad)).unwrap_err();
        assert_eq!((refused.status, refused.errors.len()), (400, 1), "{bad}");
        assert_eq!(refused.errors[0].code, "too_many_items", "{bad}");
    }
}

#[test]
fn what_is_wrong_with_a_long_query_is_named_up_to_a_bound() {
    // Compared with each other these names would take minutes.
    let many: String = (0..300_000).map(|at| format!("x{at}&")).collect();
    let refused = read(&list(WAYS[0].0), None, Some(&many)).unwrap_err();
    assert_eq!((refused.errors.len(), refused.more), (100, 299_900));
    let again = "colour=red&".repeat(300_000);
    let refused = read(&list(WAYS[0].0), None, Some(&again)).unwrap_err();
    assert_eq!(refused.errors.len() + refused.more, 299_999);
}
