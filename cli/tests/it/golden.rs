use super::{ran, root};

#[test]
fn what_is_committed_is_what_the_specs_give() {
    let e2e = ["--spec", "runtime/e2e/spec", "--out", "runtime/e2e"];
    for arguments in [&e2e[..], &[]] {
        let arguments = [&["generate", "--check"], arguments].concat();
        let (code, _, err) = ran(&root(), &arguments);
        assert_eq!(code, 0, "{err}");
    }
}
