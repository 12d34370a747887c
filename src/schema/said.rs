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

/// What was said of values, by all that it depends on.
#[derive(Debug, Default)]
pub(super) struct SaidBefore {
    known: RwLock<HashMap<String, Arc<Said>, RandomState>>,
}

impl SaidBefore {
    /// What was said about `key`, else what `say` says.
    pub(super) fn or_say(&self, key: String, say: impl FnOnce() -> Said) -> Arc<Said> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&key).map(Arc::clone);
        known.unwrap_or_else(|| {
            let said = Arc::new(say());
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            if known.len() < MOST_KEPT {
                known.insert(key, Arc::clone(&said));
            }
            said
        })
    }
}
