//! Any bytes as a copied item page: the linter never panics, and what it finds stands in the text.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use reclint::Linter;

fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::builder().select(["all"]).build().expect("the words are known"))
}

fuzz_target!(|content: &[u8]| {
    let with_labels = [b"Title\nAuthors\nDate\nAbstract\n", content].concat();
    for content in [content, &with_labels] {
        let report = linter().check("page.txt", content);
        for finding in &report.findings {
            assert_ne!(&*finding.rule, "internal-error");
            assert!(finding.start.byte <= finding.end.byte);
            if let Ok(text) = std::str::from_utf8(content) {
                let ends = [finding.start, finding.end].map(|end| usize::try_from(end.byte).expect("it is small"));
                assert!(ends.iter().all(|end| text.is_char_boundary(*end)), "{finding:?}");
            }
        }
    }
});
