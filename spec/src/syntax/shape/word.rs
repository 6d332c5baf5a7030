//! Words of other languages: what they are called here.

/// A key of other languages in lower case without `-` and `_`, the key that
/// stands for it, and how that is written.
const KEYS: &[(&[&str], &str, &str)] = &[
    (
        &["enum", "oneof", "allowed", "choices", "options"],
        "values",
        "`values: [a, b]`",
    ),
    (
        &[
            "maxlength",
            "maxlen",
            "maximum",
            "maxvalue",
            "exclusivemaximum",
            "length",
            "size",
        ],
        "max",
        "`max: 255`",
    ),
    (
        &[
            "minlength",
            "minlen",
            "minimum",
            "minvalue",
            "exclusiveminimum",
        ],
        "min",
        "`min: 1`",
    ),
    (
        &["maxitems", "maxcount", "maxelements"],
        "max-items",
        "`max-items: 10`",
    ),
    (&["uniqueitems"], "unique-items", "`unique-items: true`"),
    (&["readonly"], "mode", "`mode: read-only`"),
    (&["writeonly"], "mode", "`mode: write-only`"),
    (
        &["immutable", "const", "constant", "createonly"],
        "mode",
        "`mode: immutable`",
    ),
    (
        &[
            "description",
            "desc",
            "doc",
            "docs",
            "comment",
            "summary",
            "note",
            "notes",
        ],
        "about",
        "`about: What it is.`",
    ),
    (&["label", "displayname"], "title", "`title: A label`"),
    (
        &["format", "datatype", "kind", "schema"],
        "type",
        "a type such as `date-time`, `email`, `url` or `string`",
    ),
    (&["items", "array", "repeated"], "type", "`type: [string]`"),
    (
        &["ref", "$ref"],
        "type",
        "the name of an object as the `type`",
    ),
    (&["additionalproperties"], "type", "`type: map`"),
    (
        &["discriminator", "anyof", "switch"],
        "type",
        "`type: { by: field, of: { value: type } }`",
    ),
    (
        &["optional", "mandatory", "notnull"],
        "required",
        "`required: true`, or nothing for what may be left out",
    ),
    (
        &["null", "nil", "nillable", "allownull"],
        "nullable",
        "`nullable: true`",
    ),
    (&["examples", "sample"], "example", "`example: a value`"),
    (
        &["primarykey", "key", "identifier"],
        "id",
        "`id: { field: name, kind: increasing }`",
    ),
    (
        &["properties", "members", "attributes", "columns"],
        "fields",
        "`fields: { name: { type: string } }`",
    ),
    (&["method", "httpmethod"], "verb", "`verb: PUT`"),
    (&["methods", "aliases", "alias"], "also", "`also: [PATCH]`"),
    (
        &["code", "statuscode", "responsecode"],
        "status",
        "`status: 201`",
    ),
    (
        &["url", "uri", "route", "endpoint"],
        "path",
        "`path: /things`",
    ),
    (
        &["put", "patch", "edit", "modify", "change"],
        "update",
        "`update: { verb: PUT }`",
    ),
    (&["post", "add", "insert", "new"], "create", "`create: {}`"),
    (&["read", "show", "fetch", "retrieve"], "get", "`get: {}`"),
    (&["remove", "destroy"], "delete", "`delete: {}`"),
    (
        &["index", "search", "query", "getall"],
        "list",
        "`list: {}`",
    ),
    (
        &["params", "parameters", "where", "filter", "queryparameters"],
        "filters",
        "`filters: { name: { field: name, op: equals } }`",
    ),
    (
        &["orderby", "sortby", "sorting", "ordering"],
        "sort",
        "`sort: { by: sort, order: order, keys: [name], default: name }`",
    ),
    (
        &["pagination", "paging", "pages"],
        "page",
        "`page: { style: limit-offset }`",
    ),
    (
        &["perpage", "pagesize", "limit"],
        "size",
        "`size: pageSize`, the name of the parameter",
    ),
    (
        &["operator", "operation", "compare", "comparison"],
        "op",
        "`op: equals`",
    ),
    (
        &["wrapper", "wrap", "container"],
        "envelope",
        "`envelope: { items: items }`",
    ),
    (
        &["basepath", "prefix", "servers", "host"],
        "base",
        "`base: /api/v1`",
    ),
    (
        &[
            "security",
            "securityschemes",
            "authentication",
            "authorization",
        ],
        "auth",
        "`auth: { scope: name }`",
    ),
    (
        &["paths", "endpoints", "routes", "entities"],
        "resources",
        "`resources: { Thing: { path: /things } }`",
    ),
    (
        &["components", "schemas", "definitions", "models", "structs"],
        "objects",
        "`objects: { Part: { fields: {} } }`",
    ),
    (&["info", "name"], "title", "`title: A name for people`"),
    (
        &["regex", "regexp", "matches"],
        "pattern",
        "`pattern: \"^[A-Z]{3}$\"`",
    ),
    (
        &["openapi", "swagger", "version"],
        "fieldproof",
        "`fieldproof: 1`, the version of this language",
    ),
    (
        &["source", "sources", "line", "lines", "cite", "from"],
        "at",
        "`at: 12`, lines of the document",
    ),
];

/// Types of other languages in lower case without `-` and `_`, and what to write.
const TYPES: &[(&[&str], &str)] = &[
    (
        &[
            "int", "int32", "int64", "long", "short", "bigint", "uint", "uint32", "uint64", "i32",
            "i64", "u32", "u64",
        ],
        "`integer`",
    ),
    (&["bool", "flag", "bit"], "`boolean`"),
    (
        &[
            "float", "float32", "float64", "double", "real", "f32", "f64", "fraction",
        ],
        "`number`, or `decimal` where at most four digits stand after the point",
    ),
    (
        &["numeric", "money", "currency", "price"],
        "`decimal`, or `integer` for whole numbers",
    ),
    (
        &["text", "str", "varchar", "char", "chars", "character"],
        "`string`",
    ),
    (
        &["enum", "enumeration", "choice"],
        "`string` with `values: [a, b]`",
    ),
    (
        &["array", "list", "set", "vec", "collection"],
        "`[string]`, brackets around the type of an element",
    ),
    (
        &[
            "object",
            "struct",
            "dict",
            "dictionary",
            "hash",
            "json",
            "any",
            "record",
            "hashmap",
        ],
        "the name of an object below `objects`, or `map` for any JSON object",
    ),
    (
        &["datetime", "timestamp", "time", "instant", "datetimeoffset"],
        "`date-time`",
    ),
    (&["guid", "uuid4"], "`uuid`"),
    (&["fulldate", "day", "localdate"], "`date`"),
    (
        &["reference", "foreignkey", "key"],
        "`external-id`, or `id` for the identifier that the server makes",
    ),
    (&["uri", "link", "href", "address"], "`url`"),
    (&["mail", "emailaddress"], "`email`"),
    (&["tel", "telephone", "phonenumber", "mobile"], "`phone`"),
    (&["timezone", "tz", "zone"], "`time-zone`"),
    (&["locale", "lang", "languagecode"], "`language`"),
    (&["colour", "hexcolor", "rgb"], "`color`"),
    (&["slug", "username"], "`name`"),
];

/// The key that `word` is called here, and how it is written.
pub(crate) fn renamed(word: &str) -> Option<(&'static str, &'static str)> {
    let plain = plain(word);
    let found = KEYS
        .iter()
        .find(|(words, ..)| words.contains(&plain.as_str()));
    found.map(|(_, key, write)| (*key, *write))
}

/// What a type of another language is called here.
pub(crate) fn retyped(word: &str) -> Option<&'static str> {
    let plain = plain(word);
    let found = TYPES
        .iter()
        .find(|(words, _)| words.contains(&plain.as_str()));
    found.map(|(_, write)| *write)
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace(['-', '_'], "")
}
