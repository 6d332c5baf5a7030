use super::{ran, root};

#[test]
fn what_is_committed_is_what_the_specs_give() {
    for folder in ["codegen/golden/shelves", "codegen/golden/awkward"] {
        let spec = format!("{folder}/spec");
        let (code, _, err) = ran(
            &root(),
            &["generate", "--check", "--spec", &spec, "--out", folder],
        );
        assert_eq!(code, 0, "{err}");
    }
    let (code, _, err) = ran(&root(), &["generate", "--check"]);
    assert_eq!(code, 0, "{err}");
}
