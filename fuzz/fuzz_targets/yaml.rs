//! Any bytes as YAML: the linter never panics, ends, and reads JSON that is YAML, too, as it reads JSON.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use reclint::Linter;

fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::builder().select(["all"]).build().expect("the words are known"))
}

fuzz_target!(|content: &[u8]| {
    for name in ["record.yaml", "CITATION.cff"] {
        let report = linter().check(name, content);
        for finding in &report.findings {
            assert_ne!(&*finding.rule, "internal-error");
            assert!(finding.start.byte <= finding.end.byte && finding.end.byte <= content.len() as u64);
            if let Ok(text) = std::str::from_utf8(content) {
                let ends = [finding.start, finding.end].map(|end| usize::try_from(end.byte).expect("it is small"));
                assert!(ends.iter().all(|end| text.is_char_boundary(*end)), "{finding:?}");
            }
        }
    }
});
