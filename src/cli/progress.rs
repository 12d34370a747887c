//! Progress on standard error, for work that takes longer than a moment.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that appears when the work takes long.
pub(super) struct Bar {
    total: Option<u64>,
    shows: bool,
    began: Instant,
    drawn: Mutex<Option<ProgressBar>>,
}

impl Bar {
    /// A bar for `total` bytes, if that is known.
    pub(super) fn new(total: Option<u64>, shows: bool) -> Self {
        Self { total, shows, began: Instant::now(), drawn: Mutex::new(None) }
    }

    /// So many bytes have been judged.
    pub(super) fn tell(&self, bytes: u64) {
        if !self.shows || self.began.elapsed() < PATIENCE {
            return;
        }
        if let Ok(mut bar) = self.drawn.try_lock() {
            bar.get_or_insert_with(|| self.make()).set_position(bytes);
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = self.drawn.lock().ok().and_then(|mut bar| bar.take()) {
            bar.finish_and_clear();
        }
    }

    fn make(&self) -> ProgressBar {
        let (bar, template) = match self.total {
            Some(total) => (ProgressBar::new(total), "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left"),
            None => (ProgressBar::no_length(), "{spinner} {bytes} judged, {bytes_per_sec}"),
        };
        match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
}
