//! What a curator wants to read of genuine records, on records of the same kinds.
