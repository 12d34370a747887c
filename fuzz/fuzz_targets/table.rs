//! The linter on any bytes as a table: it never panics, and what it names as a cell is called like one.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use reclint::Linter;

fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::builder().select(["all"]).build().expect("the words are known"))
}

fuzz_target!(|content: &[u8]| {
    let with_header = [b"id,collection,action,dc.title,dc.title[en],dc.date.issued\n", content].concat();
    for content in [content, &with_header] {
        let report = linter().check("table.csv", content);
        for finding in &report.findings {
            assert_ne!(&*finding.rule, "internal-error");
            assert!(finding.start.byte <= finding.end.byte);
            let Some(cell) = &finding.cell else { continue };
            let digits = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
            assert!(digits.len() < cell.len() && digits.parse::<u64>().is_ok_and(|row| row > 0), "{cell}");
        }
    }
});
