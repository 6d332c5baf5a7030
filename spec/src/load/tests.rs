//! Files that a spec names.

use crate::testing::check;

#[test]
fn shared_rulings_can_be_read() {
    check(
        "",
        r#"
use: nowhere.yaml
     ^^^^^^^^^^^^ FP106: cannot use `nowhere.yaml`: No such file or directory (os error 2)
"#,
    );
}
