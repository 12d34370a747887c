//! The page that says what is judged and what is left alone.
