//! The lines of a copied page: which are labels, which banners, and which values belong to which label.

use std::ops::Range;

use super::{ENOUGH_LABELS, Page, Takes, without_colon};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A label, by its number.
    Label(usize),
    /// A banner, by its number.
    Banner(usize),
    /// Of the site, among values.
    Skip,
    /// Of the site, behind values.
    End,
    /// A value, or something that is not known.
    Text,
}

/// A line with something in it, white space at its ends left out.
#[derive(Clone, Debug)]
struct Line {
    span: Range<usize>,
    role: Role,
}

/// A value that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
    /// Its text, where that differs.
    pub(super) text: Option<String>,
    /// The banner that says it.
    pub(super) banner: Option<usize>,
}

impl Value {
    fn plain(span: Range<usize>) -> Self {
        Self { span, text: None, banner: None }
    }
}

/// What stands at a place of the tree.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled {
    /// The first label for it, in bytes of the text: one with a value, if there is one.
    pub(super) label: Option<Range<usize>>,
    pub(super) values: Vec<Value>,
}

/// The lines of a text, as a page reads them.
pub(super) struct Lines<'p> {
    page: &'p Page,
    text: &'p str,
    all: Vec<Line>,
    /// The label with which a second page begins: it and what follows are not among the lines.
    second: Option<Range<usize>>,
}

impl<'p> Lines<'p> {
    pub(super) fn of(page: &'p Page, text: &'p str, range: Range<usize>) -> Self {
        let mut lines = Vec::new();
        let mut start = range.start;
        for written in text[range].split_inclusive('\n') {
            let line = written.trim();
            if !line.is_empty() {
                let begins = start + (written.len() - written.trim_start().len());
                let role = role(page, line);
                let length = if matches!(role, Role::Label(_)) { without_colon(line).len() } else { line.len() };
                lines.push(Line { span: begins..begins + length, role });
            }
            start += written.len();
        }
        let mut lines = Self { page, text, all: lines, second: None };
        lines.settle_values();
        lines.end_before_second();
        lines.settle_repeated();
        lines
    }

    /// How many labels there are, and how many banners.
    pub(super) fn known(&self) -> (usize, usize) {
        let count = |is: fn(Role) -> bool| self.all.iter().filter(|line| is(line.role)).count();
        (count(|role| matches!(role, Role::Label(_))), count(|role| matches!(role, Role::Banner(_))))
    }

    /// What stands under a label that has such values is one, although it is called like a label.
    fn settle_values(&mut self) {
        for number in 1..self.all.len() {
            let (Role::Label(above), Role::Label(_)) = (self.all[number - 1].role, self.all[number].role) else {
                continue;
            };
            let text = &self.text[self.all[number].span.clone()];
            if self.page.labels[above].values.iter().any(|value| **value == *text) {
                self.all[number].role = Role::Text;
            }
        }
    }

    /// Where as many labels follow each other as make a page, and all have been there before, another page begins.
    fn end_before_second(&mut self) {
        let label = |(number, line): (usize, &Line)| match line.role {
            Role::Label(label) => Some((number, label)),
            _ => None,
        };
        let labels: Vec<_> = self.all.iter().enumerate().filter_map(label).collect();
        let mut seen = vec![false; self.page.labels.len()];
        for (place, run) in labels.windows(ENOUGH_LABELS).enumerate() {
            let is_new = |at: usize| !run[..at].iter().any(|(_, label)| *label == run[at].1);
            if place >= ENOUGH_LABELS && run.iter().all(|(_, label)| seen[*label]) && (0..run.len()).all(is_new) {
                self.second = Some(self.all[run[0].0].span.clone());
                return self.all.truncate(run[0].0);
            }
            seen[run[0].1] = true;
        }
    }

    /// The label with which a second page begins, in bytes of the text.
    pub(super) fn second(self) -> Option<Range<usize>> {
        self.second
    }

    /// Of a label that stands several times all but one are values that are called like it: it is that one which stands
    /// best in the order of the page.
    fn settle_repeated(&mut self) {
        let mut places: Vec<Vec<usize>> = vec![Vec::new(); self.page.labels.len()];
        for (number, line) in self.all.iter().enumerate() {
            if let Role::Label(label) = line.role {
                places[label].push(number);
            }
        }
        let once: Vec<_> =
            places.iter().enumerate().filter(|(_, at)| at.len() == 1).map(|(label, at)| (label, at[0])).collect();
        for (label, at) in places.iter().enumerate().filter(|(_, at)| at.len() > 1) {
            let disorder =
                |line: &usize| once.iter().filter(|(other, place)| (*other < label) != (place < line)).count();
            let best = at.iter().copied().min_by_key(disorder);
            at.iter().filter(|line| Some(**line) != best).for_each(|line| self.all[*line].role = Role::Text);
        }
    }

    /// What stands at each place of the tree.
    pub(super) fn values(&self) -> Vec<Filled> {
        let mut filled: Vec<Filled> = vec![Filled::default(); self.page.places.len()];
        if let (Some(place), Some(title)) = (self.page.title, self.title()) {
            filled[place].values.push(Value::plain(title.span.clone()));
        }
        let mut label: Option<(usize, Range<usize>)> = None;
        let mut under: Vec<&Line> = Vec::new();
        for line in &self.all {
            match line.role {
                Role::Text => under.extend(label.is_some().then_some(line)),
                Role::Skip => {}
                Role::Banner(number) => {
                    let banner = Some(number);
                    let value = Value { banner, ..Value::plain(line.span.clone()) };
                    filled[self.page.banners[number].place].values.push(value);
                }
                Role::End | Role::Label(_) => {
                    self.close(label.take(), &mut under, &mut filled);
                    if let Role::Label(number) = line.role {
                        label = Some((number, line.span.clone()));
                    }
                }
            }
        }
        self.close(label, &mut under, &mut filled);
        filled
    }

    /// Puts the values under a label to their place.
    fn close(&self, label: Option<(usize, Range<usize>)>, under: &mut Vec<&Line>, filled: &mut [Filled]) {
        let Some((number, span)) = label else { return };
        let label = &self.page.labels[number];
        let Some(filled) = label.place.and_then(|place| filled.get_mut(place)) else { return under.clear() };
        if filled.label.is_none() || (filled.values.is_empty() && !under.is_empty()) {
            filled.label = Some(span);
        }
        match (label.takes, under.as_slice()) {
            (_, []) => {}
            (Takes::One, [first, ..]) => self.split(&first.span, label.split.as_deref(), &mut filled.values),
            (Takes::Each, lines) => {
                for line in lines {
                    self.split(&line.span, label.split.as_deref(), &mut filled.values);
                }
            }
            (Takes::All, [first, .., last]) => filled.values.push(self.joined(first.span.start..last.span.end, under)),
            (Takes::All, [only]) => filled.values.push(Value::plain(only.span.clone())),
        }
        under.clear();
    }

    /// The values in a line.
    fn split(&self, line: &Range<usize>, between: Option<&str>, values: &mut Vec<Value>) {
        let Some(between) = between else { return values.push(Value::plain(line.clone())) };
        let mut start = line.start;
        for part in self.text[line.clone()].split(between) {
            let value = part.trim();
            let begins = start + (part.len() - part.trim_start().len());
            if !value.is_empty() {
                values.push(Value::plain(begins..begins + value.len()));
            }
            start += part.len() + between.len();
        }
    }

    /// A value of several lines. Where nothing but line ends stands between them, it is as it is written.
    fn joined(&self, span: Range<usize>, lines: &[&Line]) -> Value {
        let mut text = String::with_capacity(span.len());
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                text.push('\n');
            }
            text.push_str(&self.text[line.span.clone()]);
        }
        let as_written = text == self.text[span.clone()];
        Value { text: (!as_written).then_some(text), ..Value::plain(span) }
    }

    /// The line that is the title: where a page's path and its head have it twice, that; else the first before all labels and
    /// behind what is known of the site. Behind the path of a page (its `end`) it is the last of the lines that stand there.
    fn title(&self) -> Option<&Line> {
        let first_label = self.all.iter().position(|line| matches!(line.role, Role::Label(_)))?;
        let before = &self.all[..first_label];
        let text = |line: &Line| &self.text[line.span.clone()];
        let repeated = before.iter().enumerate().rev().find(|(number, line)| {
            line.role == Role::Text
                && before[..*number].iter().any(|other| other.role == Role::Text && text(other) == text(line))
        });
        if let Some((_, line)) = repeated {
            return Some(line);
        }
        let is_text = |line: &&Line| line.role == Role::Text;
        let site = before.iter().rposition(|line| matches!(line.role, Role::End | Role::Banner(_)));
        let mut here = before[site.map_or(0, |site| site + 1)..].iter().skip_while(|line| !is_text(line));
        let in_path = site.is_some_and(|site| before[site].role == Role::End);
        let title = if in_path { here.take_while(is_text).last() } else { here.next() };
        // Where the site's own lines stand behind it, it is the last before them.
        title.or_else(|| before.iter().rfind(is_text))
    }
}

fn role(page: &Page, line: &str) -> Role {
    let any = |wordings: &[super::Wording]| wordings.iter().any(|wording| wording.fits(line));
    if let Some(number) = page.labels.iter().position(|label| label.is_written(line)) {
        return Role::Label(number);
    }
    if let Some(number) = page.banners.iter().position(|banner| any(&banner.says)) {
        return Role::Banner(number);
    }
    if any(&page.end) {
        Role::End
    } else if any(&page.skip) {
        Role::Skip
    } else {
        Role::Text
    }
}
