//! Cutting a JSON file into its records: the elements of its list, of the list in its envelope, or the one value it is.
//!
//! The cutter sees only brackets and strings. What it hands on is read strictly by the workers: each record, and of an
//! envelope also what stands round its list. Between the elements of a list it looks for itself.

use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Prefix, push_token};
use crate::format::Cuts;
use crate::syntax::Syntax;
use crate::syntax::json::Reason;

use super::Limits;
use super::chunk::{Base, Chunk, character, kept_of};
use super::envelope::Envelope;
use super::piece::{Content, Piece};
use super::probe::{Probe, probe};
use super::reader::Reader;
use super::skip::{Skip, skip_space, value_end};

/// How much of a value that is too large is kept for its frame, in bytes.
pub(super) const KEPT_OF_TOO_LARGE: usize = 400;

/// Where the cutter stands.
#[derive(Debug)]
pub(super) enum State {
    /// Between the outermost values, of which there should be one.
    Top { values: u64 },
    /// In a list of records.
    List(List),
    /// Behind the list of an envelope, whose rest is gathered.
    Tail(Skip, Envelope),
    /// In a value that is too large, which is passed over; the list it stands in.
    Discard(Skip, Option<List>),
    /// At the end.
    Done,
}

/// A list of records.
#[derive(Debug)]
pub(super) struct List {
    /// The pointer to the list.
    pub(super) pointer: Arc<str>,
    /// The number of the next element.
    pub(super) next: u64,
    /// A comma or the closing bracket is due; else an element.
    pub(super) after_element: bool,
    /// A comma was passed, and after it more white space than is kept.
    pub(super) far_comma: bool,
    /// All that has been found in it is no value.
    pub(super) only_litter: bool,
    envelope: Option<Envelope>,
}

/// Cuts a JSON file.
pub(super) struct ValueCutter {
    pub(super) limits: Limits,
    pub(super) buffer: Vec<u8>,
    /// How far the buffer has been cut.
    pub(super) at: usize,
    /// Where the buffer's beginning stands in the file.
    base: Base,
    pub(super) state: State,
    cuts: Arc<Cuts>,
    index: u64,
    pieces: Vec<Piece>,
    /// The text round a list, when it is complete.
    pub(super) frame: Option<Chunk<'static>>,
    /// Nothing more can be read.
    pub(super) at_end: bool,
    reader: Reader,
}

/// What a step came to.
pub(super) enum Step {
    /// Something was cut or skipped.
    Went,
    /// What has been cut must be handed over before anything more is skipped.
    Emit,
    /// More bytes are needed.
    NeedsMore,
}

impl ValueCutter {
    /// A cutter for the file that begins at `base`; `first` are pieces that come before all others.
    pub(super) fn new(limits: Limits, base: Base, cuts: Arc<Cuts>, first: Vec<Piece>) -> Self {
        Self {
            limits,
            buffer: Vec::new(),
            at: 0,
            base,
            state: State::Top { values: 0 },
            cuts,
            index: 0,
            pieces: first,
            frame: None,
            at_end: false,
            reader: Reader::default(),
        }
    }

    /// Takes all that can be read, so that nothing need be.
    pub(super) fn take_all(&mut self, text: Vec<u8>) {
        self.buffer = text;
        self.at_end = true;
    }

    /// The next chunk; nothing at the end. `spare` is a buffer to use again.
    pub(super) fn next(&mut self, input: &mut dyn Read, spare: Vec<u8>) -> io::Result<Option<Chunk<'static>>> {
        loop {
            if self.frame.is_some() && self.pieces.is_empty() {
                return Ok(self.frame.take());
            }
            let step = if self.at >= self.limits.chunk { Step::Emit } else { self.step() };
            match step {
                Step::Went => continue,
                Step::NeedsMore if self.at_end => {
                    self.end();
                    if self.pieces.is_empty() && self.frame.is_none() {
                        return Ok(None);
                    }
                }
                Step::Emit | Step::NeedsMore => {}
            }
            if !self.pieces.is_empty() {
                return Ok(Some(self.emit(spare)));
            }
            self.drop_cut();
            if matches!(step, Step::NeedsMore) && !self.at_end {
                self.read(input)?;
            }
        }
    }

    /// Reads on; the larger the value that is not complete yet, the more.
    fn read(&mut self, input: &mut dyn Read) -> io::Result<()> {
        let wanted = self.buffer.len().max(self.limits.chunk);
        self.at_end = self.reader.read(input, &mut self.buffer, wanted)? == 0;
        Ok(())
    }

    /// Hands over what has been cut.
    fn emit(&mut self, mut spare: Vec<u8>) -> Chunk<'static> {
        spare.clear();
        spare.extend_from_slice(&self.buffer[self.at..]);
        let mut text = std::mem::replace(&mut self.buffer, spare);
        text.truncate(self.at);
        let segment = self.base.segment(0);
        self.base.advance(&text);
        self.at = 0;
        Chunk { text: text.into(), segments: vec![segment], pieces: std::mem::take(&mut self.pieces) }
    }

    /// Forgets what has been skipped.
    fn drop_cut(&mut self) {
        self.base.advance(&self.buffer[..self.at]);
        self.buffer.drain(..self.at);
        self.at = 0;
    }

    pub(super) fn push(&mut self, range: Range<usize>, prefix: Prefix, content: Content) {
        let counts = matches!(content, Content::Value | Content::TooLarge);
        self.pieces.push(Piece { range, index: self.index, row: None, prefix, content, syntax: Syntax::Json });
        self.index += u64::from(counts);
    }

    pub(super) fn fault(&mut self, at: usize, reason: Reason) {
        // One character, or at the end none.
        let length = character(&self.buffer[at..]);
        self.push(at..at + length, Prefix::Root, Content::Fault(reason));
    }

    fn base_at(&self, at: usize) -> Base {
        let mut base = self.base.clone();
        base.advance(&self.buffer[..at]);
        base
    }

    fn step(&mut self) -> Step {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Done => {
                self.at = self.buffer.len();
                Step::NeedsMore
            }
            State::Top { values } => self.top(values),
            State::List(list) => self.list(list),
            State::Tail(skip, envelope) => self.tail(skip, envelope),
            State::Discard(skip, list) => self.discard(skip, list),
        }
    }

    /// Between the outermost values.
    fn top(&mut self, values: u64) -> Step {
        self.state = State::Top { values };
        let start = skip_space(&self.buffer, self.at);
        // White space need not be kept.
        self.at = start;
        let Some(first) = self.buffer.get(start).copied() else { return Step::NeedsMore };
        match if matches!(first, b'{' | b'[') { Some(false) } else { self.is_litter(start) } {
            Some(false) => {}
            Some(true) => return self.litter_at_top(start, values),
            None => return Step::NeedsMore,
        }
        let probed = match first {
            b'[' => Probe::List { path: usize::MAX, bracket: start },
            b'{' => probe(&self.buffer, start, &self.cuts.lists),
            _ => value_end(&self.buffer, start).map_or(Probe::NeedsMore, |end| Probe::Whole { end }),
        };
        let length = match probed {
            Probe::List { .. } => 0,
            Probe::Whole { end } => end - start,
            Probe::NeedsMore => self.buffer.len() - start,
        };
        if length > self.limits.record {
            return self.too_large(start, Prefix::Root, None);
        }
        if probed == Probe::NeedsMore && !self.at_end {
            return Step::NeedsMore;
        }
        if values == 1 {
            self.fault(start, Reason::TrailingText);
        }
        match probed {
            Probe::List { path, bracket } => self.open_list(start, bracket, path),
            Probe::Whole { end } => {
                self.push(start..end, Prefix::Root, Content::Value);
                self.at = end;
                self.state = State::Top { values: values + 1 };
            }
            Probe::NeedsMore => {
                // The file ends inside this value, which will say so.
                self.push(start..self.buffer.len(), Prefix::Root, Content::Value);
                self.at = self.buffer.len();
                self.state = State::Done;
            }
        }
        Step::Went
    }

    /// A list of records begins at `bracket`, in an envelope unless that is where the value itself begins.
    fn open_list(&mut self, start: usize, bracket: usize, path: usize) {
        let names: &[Box<str>] = self.cuts.lists.get(path).map_or(&[], Vec::as_slice);
        let mut pointer = String::new();
        for name in names {
            push_token(&mut pointer, name);
        }
        let envelope = (bracket > start).then(|| Envelope {
            text: self.buffer[start..=bracket].to_vec(),
            base: self.base_at(start),
            open: names.len() as u64,
            tail: None,
            too_large: false,
        });
        self.at = bracket + 1;
        let list = List {
            pointer: pointer.into(),
            next: 0,
            after_element: false,
            far_comma: false,
            only_litter: true,
            envelope,
        };
        self.state = State::List(list);
    }

    /// In a list of records: the next element, or what stands between two.
    fn list(&mut self, mut list: List) -> Step {
        let start = skip_space(&self.buffer, self.at);
        self.at = start;
        let Some(first) = self.buffer.get(start).copied() else {
            self.state = State::List(list);
            return Step::NeedsMore;
        };
        match first {
            b']' => {
                if list.far_comma {
                    self.fault(start, Reason::TrailingComma);
                }
                self.at = start + 1;
                self.state = match list.envelope {
                    None => State::Top { values: if list.only_litter && list.next > 0 { 2 } else { 1 } },
                    Some(mut envelope) => {
                        envelope.tail = Some((envelope.text.len(), self.base_at(start)));
                        envelope.text.push(b']');
                        State::Tail(Skip::inside(envelope.open), envelope)
                    }
                };
                Step::Went
            }
            b',' if list.after_element => self.comma(list, start),
            b',' | b'}' | b':' => {
                list.far_comma = false;
                let due = if list.after_element { Reason::ExpectedCommaOrBracket } else { Reason::ExpectedValue };
                self.fault(start, due);
                self.at = start + 1;
                self.state = State::List(list);
                Step::Went
            }
            _ => match self.is_litter(start).inspect(|_| list.far_comma = false) {
                Some(false) => self.element(list, start),
                Some(true) => self.litter_in_list(list, start),
                None => {
                    self.state = State::List(list);
                    Step::NeedsMore
                }
            },
        }
    }

    /// The comma that was due; whether it is one too many shows in what follows.
    fn comma(&mut self, mut list: List, start: usize) -> Step {
        let next = skip_space(&self.buffer, start + 1);
        if next == self.buffer.len() && !self.at_end {
            // It is not kept for as long as white space may be: then the bracket is told of.
            list.far_comma = next - start > self.limits.record;
            list.after_element = !list.far_comma;
            self.at = if list.far_comma { next } else { start };
            self.state = State::List(list);
            return Step::NeedsMore;
        }
        list.after_element = self.buffer.get(next) == Some(&b']');
        if list.after_element {
            self.fault(start, Reason::TrailingComma);
        }
        self.at = start + 1;
        self.state = State::List(list);
        Step::Went
    }

    fn element(&mut self, mut list: List, start: usize) -> Step {
        let prefix = Prefix::Element { list: Arc::clone(&list.pointer), index: list.next };
        let found = value_end(&self.buffer, start);
        let end = found.unwrap_or(self.buffer.len());
        if end - start > self.limits.record {
            list.next += 1;
            list.after_element = true;
            return self.too_large(start, prefix, Some(list));
        }
        if found.is_none() && !self.at_end {
            self.state = State::List(list);
            return Step::NeedsMore;
        }
        if list.after_element {
            self.fault(start, Reason::ExpectedCommaOrBracket);
        }
        self.push(start..end, prefix, Content::Value);
        self.at = end;
        list.next += 1;
        list.after_element = true;
        list.only_litter = false;
        // Where the file ends inside an element in brackets, that will say so.
        let says_so = found.is_none() && matches!(self.buffer[start], b'{' | b'[' | b'"');
        self.state = if says_so { State::Done } else { State::List(list) };
        Step::Went
    }

    /// The value at `start` is larger than any record: it is named and passed over.
    fn too_large(&mut self, start: usize, prefix: Prefix, list: Option<List>) -> Step {
        let kept = kept_of(&self.buffer, start, KEPT_OF_TOO_LARGE);
        let mut skip = Skip::of_value(self.buffer[start]);
        skip.run(&self.buffer[start..kept]);
        self.push(start..start + 1, prefix, Content::TooLarge);
        self.at = kept;
        self.state = State::Discard(skip, list);
        Step::Emit
    }

    /// Goes on through a value that is too large.
    fn discard(&mut self, mut skip: Skip, list: Option<List>) -> Step {
        let rest = &self.buffer[self.at..];
        if let Some(length) = skip.run(rest) {
            self.at += length;
            self.state = list.map_or(State::Top { values: 1 }, State::List);
            return Step::Emit;
        }
        self.at = self.buffer.len();
        self.state = State::Discard(skip, list);
        Step::NeedsMore
    }

    /// The file has ended.
    fn end(&mut self) {
        let end = self.buffer.len();
        self.at = end;
        match std::mem::replace(&mut self.state, State::Done) {
            State::List(_) => self.fault(end, Reason::Truncated),
            State::Tail(_, envelope) => self.frame = Some(envelope.into_chunk()),
            State::Top { values: 0 } => self.fault(end, Reason::Empty),
            State::Top { .. } | State::Discard(..) | State::Done => {}
        }
    }
}
