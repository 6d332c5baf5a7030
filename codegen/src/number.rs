//! Whole numbers in emitted code.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A whole number without a suffix; from 10,000 on its digits stand in groups of three.
pub(crate) fn number(value: i64) -> TokenStream {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && digits.len() > 4 && (digits.len() - at).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    let number: Literal = text.parse().expect("digits are a literal");
    match value < 0 {
        true => quote!(-#number),
        false => quote!(#number),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn long_numbers_have_groups() {
        let shown = |value| number(value).to_string().replace(' ', "");
        let all = [0, 999, 1000, 10_000, -1_234_567, i64::MIN];
        let wanted = [
            "0",
            "999",
            "1000",
            "10_000",
            "-1_234_567",
            "-9_223_372_036_854_775_808",
        ];
        assert_eq!(all.map(shown), wanted);
    }
}
