//! What was said before: the values of a list that are written wrongly are the same in many records.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::fast::RandomState;

/// What is said of an error.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// The value that was probably meant.
    pub(crate) suggestion: Option<String>,
}

/// Of how many values it is kept what was said of them.
const MOST_KEPT: usize = 1024;
/// The longest that is kept, in bytes: memory must not grow with the records.
const LONGEST: usize = 256;

/// What was said of values, by all that it depends on.
#[derive(Debug, Default)]
pub(super) struct SaidBefore {
    known: RwLock<HashMap<String, Arc<Said>, RandomState>>,
}

impl SaidBefore {
    /// What was said where all of `parts` were the same, else what `say` says.
    pub(super) fn or_say(&self, parts: &[&str], say: impl FnOnce() -> Said) -> Arc<Said> {
        if parts.iter().map(|part| part.len()).sum::<usize>() > LONGEST {
            return Arc::new(say());
        }
        // None of them has a NUL in it: they are JSON as it is written.
        let key = parts.join("\0");
        let (known, is_full) = {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            (known.get(&key).map(Arc::clone), known.len() >= MOST_KEPT)
        };
        known.unwrap_or_else(|| {
            let said = Arc::new(say());
            if !is_full {
                self.known.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&said));
            }
            said
        })
    }
}
