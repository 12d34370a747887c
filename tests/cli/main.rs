//! The program as its users meet it: the real binary, its whole output, its exit code.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod adopting;
mod changes;
mod compare;
mod config;
mod copied;
mod exits;
mod guide;
mod in_step;
mod inputs;
mod many;
mod outputs;
mod own;
mod page;
mod pages;
mod programs;
mod readme;
mod references;
mod reports;
mod scale;
mod schema;
mod score;
mod settings;
mod shells;
mod sources;
mod support;
mod tables;
mod terminal;
mod worklist;
mod yaml;
