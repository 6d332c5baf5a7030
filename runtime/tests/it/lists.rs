//! What a list is asked for, in each way to cut it into pages.

use fieldproof_runtime::query::{Question, read};
use fieldproof_runtime::table::{Filter, FilterValue, List, Op, OrderBy, Page};

const NUMBERED: Page = Page::PageNumber {
    by: "page",
    size: "size",
    cursor: Some("rest"),
    default: 10,
    max: 20,
};

/// Each way with the parameters that turn its pages.
const WAYS: &[(Page, &[&str])] = &[
    (
        Page::LimitOffset {
            default: Some(50),
            max: 500,
        },
        &["limit=5", "offset=5"],
    ),
    (Page::IdAfter("behind"), &["behind=5"]),
    (Page::Cursor("rest"), &["rest=5.a"]),
    (NUMBERED, &["page=5", "size=5", "rest=5.a"]),
];

fn list(page: Page) -> List {
    List {
        page: Some(page),
        envelope: None,
        intervals: &[],
        sort: None,
        filters: &[
            Filter {
                names: &["colour"],
                fields: &[OrderBy::Column(0)],
                op: Op::Equals,
                read: FilterValue::Exact,
            },
            Filter {
                names: &["behind"],
                fields: &[OrderBy::Id],
                op: Op::Greater,
                read: FilterValue::Integer,
            },
        ],
    }
}

fn asked(page: Page, query: &str) -> Question {
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
