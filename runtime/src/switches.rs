//! Settings of an API that can be changed at run time.

/// Settings that can be changed at run time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switches {
    /// Status for a JSON body that breaks a rule: 422 or 400.
    pub validation_status: u16,
    /// Whether members that no document names are refused instead of ignored.
    pub reject_unknown_members: bool,
    /// Whether PUT sets members not sent to their defaults; overrides the setting of each
    /// table.
    pub put_replaces: Option<bool>,
    /// Whether a change requires `If-Match`.
    pub require_if_match: bool,
    /// Status of a successful create; overrides that of each table.
    pub create_status: Option<u16>,
    /// Status of a successful delete; overrides that of each table.
    pub delete_status: Option<u16>,
    /// Maximum number of objects in a list for which the client asks for no page.
    pub list_cap: Option<u32>,
    /// Whether the pair of headers may also be sent in the query string.
    pub query_credentials: bool,
}

impl Switches {
    /// Values that neither a spec nor a deployment has changed.
    pub const BASE: Self = Self {
        validation_status: 422,
        reject_unknown_members: false,
        put_replaces: None,
        require_if_match: false,
        create_status: None,
        delete_status: None,
        list_cap: None,
        query_credentials: false,
    };

    /// Sets `name` to `value`, as written on a command line.
    ///
    /// # Errors
    /// A description of legal names or values, when one of them is illegal.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match (name, value) {
            ("validation_status", "422") => self.validation_status = 422,
            ("validation_status", "400") => self.validation_status = 400,
            ("unknown_members", "ignore") => self.reject_unknown_members = false,
            ("unknown_members", "reject") => self.reject_unknown_members = true,
            ("put", "merge") => self.put_replaces = Some(false),
            ("put", "replace") => self.put_replaces = Some(true),
            ("if_match", "optional") => self.require_if_match = false,
            ("if_match", "required") => self.require_if_match = true,
            ("create_status", "201") => self.create_status = Some(201),
            ("create_status", "200") => self.create_status = Some(200),
            ("delete_status", "204") => self.delete_status = Some(204),
            ("delete_status", "200") => self.delete_status = Some(200),
            ("query_credentials", "refuse") => self.query_credentials = false,
            ("query_credentials", "accept") => self.query_credentials = true,
            ("list_cap", "none") => self.list_cap = None,
            ("list_cap", cap) if cap.parse::<u32>().is_ok_and(|cap| cap > 0) => {
                self.list_cap = cap.parse().ok();
            }
            _ => {
                return Err(format!(
                    "`{name}={value}` is not a switch; there are validation_status=422|400, \
                     unknown_members=ignore|reject, put=merge|replace, if_match=optional|required, list_cap=none|NUMBER, \
                     create_status=201|200, delete_status=204|200, query_credentials=refuse|accept"
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Switches;

    #[test]
    fn every_switch_goes_both_ways() {
        let there = Switches {
            validation_status: 422,
            reject_unknown_members: false,
            put_replaces: Some(false),
            require_if_match: false,
            create_status: Some(201),
            delete_status: Some(204),
            list_cap: None,
            query_credentials: false,
        };
        let back = Switches {
            validation_status: 400,
            reject_unknown_members: true,
            put_replaces: Some(true),
            require_if_match: true,
            create_status: Some(200),
            delete_status: Some(200),
            list_cap: Some(3),
            query_credentials: true,
        };
        let ways = [
            ("validation_status", "422", "400"),
            ("unknown_members", "ignore", "reject"),
            ("put", "merge", "replace"),
            ("if_match", "optional", "required"),
            ("create_status", "201", "200"),
            ("delete_status", "204", "200"),
            ("list_cap", "none", "3"),
            ("query_credentials", "refuse", "accept"),
        ];
        let mut switches = there;
        for (name, _, value) in ways {
            assert_eq!(switches.set(name, value), Ok(()), "{name}");
        }
        assert_eq!(switches, back);
        for (name, value, _) in ways {
            assert_eq!(switches.set(name, value), Ok(()), "{name}");
        }
        assert_eq!(switches, there);
        for (name, value) in [("list_cap", "0"), ("put", "x"), ("x", "merge")] {
            assert!(switches.set(name, value).is_err(), "{name}={value}");
        }
    }
}
