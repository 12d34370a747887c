//! Handles and web addresses.

use reclint::value::Class::{Escaped, Form, Impossible, Notation, OtherKind, Placeholder, Punctuation, Several};
use reclint::value::{handle, url};

use super::{Row, assert_clean, assert_faults};

#[test]
fn handles_that_are_in_order() {
    let handles = [
        "10568/110997",
        "hdl:loc/hatii",
        "2027/loc.ark:/13960/t9w0x2k48",
        "20.500.11850/123",
        "2027.42/4321",
        "0.NA/456.789",
        "loc.pnp/cph.3c12345",
        "hdl:2381/12345",
        "hdl:loc/cph",
        "http://hdl.handle.net/2381/12345",
        "https://hdl.handle.net/20.500.11850/a/b?x=1",
        "10.5061/dryad.8515",
        "11346/TIB-(Z)-1a2x",
        "21.11101/0000-0007-C6C0-B",
    ];
    assert_clean("handle", handles, |text| handle::parse(text).err());
    assert_eq!(handle::parse("https://hdl.handle.net/1/2").expect("it is one").canonical(), "1/2");
}

#[test]
fn faulty_handles() {
    let handles: &[Row] = &[
        ("20.500.11850", Form, "the slash and the part after it", "20.500.11850", None),
        ("10568/", Form, "the part after the slash", "10568/", None),
        ("10568/11 0997", Form, "white space stands inside", " 0997", None),
        ("10568/110997 ", Form, "white space stands after", " ", Some("10568/110997")),
        ("10568/110997.", Punctuation, "punctuation", ".", Some("10568/110997")),
        ("hdl: 10568/110997", Form, "white space stands inside", " ", Some("hdl:10568/110997")),
        ("handle:10568/110997", Notation, "without a label", "handle:", Some("10568/110997")),
        ("https://hdl.handle.net/", Form, "there is no handle", "https://hdl.handle.net/", None),
        (
            "https:/hdl.handle.net/10568/1",
            Form,
            "the resolver is mistyped",
            "https:/hdl.handle.net/",
            Some("https://hdl.handle.net/10568/1"),
        ),
        (
            "https://www.example.org/handle/10568/1",
            Notation,
            "a repository's page",
            "https://www.example.org/handle/",
            Some("10568/1"),
        ),
        (
            "http://localhost:4000/handle/10568/1",
            Impossible,
            "localhost",
            "http://localhost:4000/handle/",
            Some("10568/1"),
        ),
        ("123456789/{{id}}", Placeholder, "template", "123456789/{{id}}", None),
        ("123456789/xxx", Placeholder, "template", "123456789/xxx", None),
        ("10568/1; hdl:10568/2", Form, "white space", " hdl:10568/2", None),
        ("10568/1;hdl:10568/2", Several, "two handles", ";hdl:10568/2", None),
        ("https://doi.org/10.1000/182", OtherKind, "a DOI", "https://doi.org/10.1000/182", None),
        ("https://example.org/a", OtherKind, "a web address", "https://example.org/a", None),
        ("n/a", Placeholder, "no value", "n/a", None),
        ("a handle", Form, "this is not a handle", "a handle", None),
        ("", Form, "blank", "", None),
    ];
    assert_faults("handle", handles, |text| handle::parse(text).err());
}

#[test]
fn addresses_that_are_in_order() {
    let addresses = [
        "https://example.org",
        "https://example.org/",
        "HTTPS://Example.ORG/A",
        "http://example.org:8080/a?b=c&d=e#f",
        "https://user@example.org/",
        "https://data.example.org/view?id=doi:10.5061/dryad.8515&sid=A",
        "https://doi.org/10.4121/uuid:5f3067df-f10b-45da-b98b-86ae4c7a310b",
        "http://gallica.bnf.fr/ark:/12148/bpt6k5440618t",
        "https://web.archive.org/web/2019/http://example.org/",
        "https://de.wikipedia.org/wiki/Zürich_(Kanton)",
        "https://en.wikipedia.org/wiki/Michelson\u{2013}Morley_experiment",
        "https://müller.example.org/ä",
        "https://例え.jp/パス",
        "https://example.org/a,b;c|d",
        "https://example.org/~name/x-y_z",
        "http://8.8.8.8/a",
        "http://[2001:db8::1]/a",
        "ftp://ftp.example.org/pub/data.tar.gz",
        "urn:nbn:de:0009-20-2010",
        "ark:/12148/bpt6k5440618t",
        "hdl:10568/1",
        "swh:1:rev:309cf2674ee7a0749978cf8265ab91a60aea0f7d",
        "info:eu-repo/semantics/openAccess",
        "s3://bucket/key",
    ];
    assert_clean("URL", addresses, |text| url::parse(text).err());
    let url = url::parse("HTTPS://User@Example.ORG:80/A").expect("it is one");
    assert_eq!((url.scheme, url.host), ("HTTPS", "Example.ORG"));
    assert_eq!(url.canonical(), "https://User@example.org:80/A");
}

#[test]
fn faulty_addresses() {
    const MEANT: Option<&str> = Some("https://example.org/a");
    let addresses: &[Row] = &[
        ("https://https://example.org/a", Form, "stands https", "https://https", MEANT),
        ("https://https//example.org/a", Form, "stands https", "https://https", MEANT),
        ("http://https://example.org/a", Form, "stands https", "http://https", None),
        ("htpps://example.org/a", Form, "htpps: is mistyped", "htpps", MEANT),
        ("hptt://example.org/a", Form, "hptt: is mistyped", "hptt", Some("http://example.org/a")),
        ("ttps://example.org/a", Form, "ttps: is mistyped", "ttps", MEANT),
        ("https:/example.org/a", Form, "two slashes", "/", MEANT),
        ("https:///example.org/a", Form, "the host is missing", "https:///", None),
        ("https//example.org/a", Form, "mistyped", "//", MEANT),
        ("www.example.org", Form, "is missing", "www.example.org", None),
        ("data.example.org/datasets/3157", Form, "is missing", "data.example.org", None),
        ("//example.org/a", Form, "https: at its beginning is missing", "//", None),
        ("https://", Form, "the host is missing", "https://", None),
        ("https:", Form, "nothing stands after", "https:", None),
        ("https://exa mple.org/a", Form, "white space stands inside", " ", None),
        ("https://example.org/a b", Form, "white space stands inside", " ", None),
        ("\n  https://example.org/a\n ", Form, "before and after", "\n  ", MEANT),
        ("https://example.org/\u{200b}a", Form, "invisible character (U+200B)", "\u{200b}", MEANT),
        ("https://example.org/a https://example.org/b", Several, "two web addresses", "https://example.org/b", None),
        ("https://example.org/a;https://example.org/b", Several, "two web addresses", ";https://example.org/b", None),
        ("Data: https://example.org/a", Form, "text stands before", "Data: ", None),
        ("https://example.org/a.", Punctuation, "punctuation", ".", MEANT),
        ("https://example.org/a)", Punctuation, "a bracket", ")", MEANT),
        ("https://example.org/a?b=1&amp;c=2", Escaped, "as in HTML", "&amp;", Some("https://example.org/a?b=1&c=2")),
        (
            "https://example.org/a?b=1&amp;amp;c=2",
            Escaped,
            "as in HTML",
            "&amp;",
            Some("https://example.org/a?b=1&c=2"),
        ),
        ("http://localhost:3000/works/1", Impossible, "localhost", "localhost", None),
        ("localhost:3000/works/1", Impossible, "localhost", "localhost", None),
        ("http://192.168.0.7/a", Impossible, "inner network", "192.168.0.7", None),
        ("https://127.0.0.1:5000/records/1", Impossible, "inner network", "127.0.0.1", None),
        ("http://[::1]/a", Impossible, "inner network", "[::1]", None),
        ("https://publication/0000-0003-3681-2038", Impossible, "its domain is missing", "publication", None),
        ("http://repo.local/a", Impossible, "ends in .local", "repo.local", None),
        ("file:///home/me/data.csv", Impossible, "a file on one computer", "file:///home/me/data.csv", None),
        ("C:\\data.csv", Impossible, "a file on one computer", "C:\\data.csv", None),
        ("https://example..org/a", Form, "cannot be the name", "example..org", None),
        ("https://example.org:80a/", Form, "no number of a port", ":80a", None),
        ("https://300.1.1.1/", Form, "not the number of a host", "300.1.1.1", None),
        ("https://example.org/<id>", Placeholder, "template", "https://example.org/<id>", None),
        ("https://example.org/{{id}}", Placeholder, "template", "https://example.org/{{id}}", None),
        ("10.1000/182", OtherKind, "this is a DOI, not a web address", "10.1000/182", None),
        ("978-0-306-40615-7", OtherKind, "this is an ISBN", "978-0-306-40615-7", None),
        ("me@example.org", Form, "an e-mail address", "me@example.org", None),
        ("not yet published", Placeholder, "still to come", "not yet published", None),
        ("in the reading room", Form, "this is not a web address", "in the reading room", None),
        ("n/a", Placeholder, "no value", "n/a", None),
        ("", Form, "blank", "", None),
    ];
    assert_faults("URL", addresses, |text| url::parse(text).err());
}
