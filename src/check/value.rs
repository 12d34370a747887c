//! A value fails its kind: a date that is none, a DOI that cannot be one.

use std::borrow::Cow;

use crate::document::{self, Misfit, NodeRef, Table, suggest};
use crate::few::FewMap;
use crate::format::{FieldId, FieldKind, FieldTable, FieldValue, Form, style};
use crate::value::{Class, Fault, text};

use super::condition_text::Names;
use super::reach::Reach;
use super::when::When;
use super::{At, Detail, Raw, Record, RuleId};

const CLASSES: [(&str, Class); 21] = [
    ("form", Class::Form),
    ("notation", Class::Notation),
    ("impossible", Class::Impossible),
    ("checksum", Class::Checksum),
    ("placeholder", Class::Placeholder),
    ("code", Class::Code),
    ("other-kind", Class::OtherKind),
    ("ambiguous", Class::Ambiguous),
    ("reversed", Class::Reversed),
    ("surrounded", Class::Surrounded),
    ("invisible", Class::Invisible),
    ("lost", Class::Lost),
    ("line-break", Class::LineBreak),
    ("markup", Class::Markup),
    ("emphasis", Class::Emphasis),
    ("escaped", Class::Escaped),
    ("mojibake", Class::Mojibake),
    ("capitals", Class::Capitals),
    ("several", Class::Several),
    ("punctuation", Class::Punctuation),
    ("email", Class::Email),
];

/// The classes of faults that `faults` names.
pub(crate) fn classes(table: &mut Table<'_>) -> Result<Vec<Class>, Misfit> {
    table.list("faults").into_iter().map(class_at).collect()
}

fn class_at(node: NodeRef<'_>) -> Result<Class, Misfit> {
    let word = document::text("faults", node)?;
    let class = CLASSES.iter().find(|(name, _)| *name == word).map(|(_, class)| *class);
    class.ok_or_else(|| {
        Misfit::at(node, format!("there is no class of faults `{word}`"))
            .help(suggest(word, CLASSES.map(|(name, _)| name)))
    })
}

/// Which faults of which kinds of value a rule speaks of.
#[derive(Debug)]
pub(crate) struct ValueCheck {
    kinds: Vec<FieldKind>,
    classes: Vec<Class>,
    /// Fields in which such a value is as it should be.
    except: Vec<FieldId>,
    /// What the rule finds besides: a condition that holds.
    or_when: Option<Box<When>>,
}

impl ValueCheck {
    pub(super) fn read(table: &mut Table<'_>, (names, reach): (Names<'_>, &Reach<'_>)) -> Result<Self, Misfit> {
        let kinds = table.texts("of")?.into_iter().map(|(name, node)| {
            let kind = FieldKind::read(name, node)?;
            let mut of_kind = names.fields.iter().filter(|(_, field)| field.kind == kind);
            let has_field = of_kind.any(|(field, _)| reach.formats().iter().any(|format| format.maps(field)));
            if has_field || names.formats.is_empty() {
                return Ok(kind);
            }
            Err(Misfit::at(node, format!("this can never be found: no format has a field of the kind `{name}`"))
                .help("`reclint formats --fields` shows the kind of each field"))
        });
        let kinds: Vec<_> = kinds.collect::<Result<_, _>>()?;
        if kinds.is_empty() {
            return Err(Misfit::at(table.node(), "`of` says which kinds of value the rule looks at"));
        }
        let classes = classes(table)?;
        if classes.is_empty() {
            return Err(Misfit::at(table.node(), "`faults` says which classes of faults the rule speaks of"));
        }
        let except = table.texts("except")?.into_iter().map(|(name, node)| names.fields.need(name, node));
        let except = except.collect::<Result<_, _>>()?;
        let or_when = table.any("or-when").map(|node| When::of(names.read(node)?, node, table, (names, reach)));
        Ok(Self { kinds, classes, except, or_when: or_when.transpose()?.map(Box::new) })
    }

    fn takes(&self, kind: FieldKind, class: Class) -> bool {
        self.kinds.contains(&kind) && self.classes.contains(&class)
    }

    /// What the rule finds besides faulty values.
    pub(crate) fn or_when(&self) -> Option<&When> {
        self.or_when.as_deref()
    }

    /// The rule speaks of texts for people.
    pub(crate) fn takes_texts(&self) -> bool {
        self.kinds.iter().any(|kind| style(*kind, Form::Any).is_some())
    }

    /// Gives each fault of the record to the one rule of `rules` that speaks of it. The same text with the same fault
    /// is one finding: its other places are related.
    #[cold]
    pub(crate) fn run<'c>(
        rules: &(impl Iterator<Item = (RuleId, &'c Self)> + Clone),
        table: &FieldTable,
        record: &Record<'_>,
        found: &mut Vec<Raw>,
    ) {
        let mut given = Given { rules, table, known: FewMap::default(), again: FewMap::default(), found };
        for (value, fault) in record.fields.faults() {
            given.give(&value, Cow::Borrowed(fault));
        }
        let mut faults = Vec::new();
        for value in record.fields.suspects() {
            let Some(style) = value.style(table.get(value.hit.field).kind) else { continue };
            text::faults(value.text(), style, &mut faults);
            for fault in faults.drain(..) {
                given.give(&value, Cow::Owned(fault));
            }
        }
    }
}

/// What has been given to rules so far.
struct Given<'g, 'v, R> {
    rules: &'g R,
    table: &'g FieldTable,
    /// The finding about each text of which a rule has spoken.
    known: FewMap<(RuleId, &'v str), Option<usize>>,
    /// Where such a text stands again.
    again: FewMap<(RuleId, u32), bool>,
    found: &'g mut Vec<Raw>,
}

impl<'c, 'v, R: Iterator<Item = (RuleId, &'c ValueCheck)> + Clone> Given<'_, 'v, R> {
    fn give(&mut self, value: &FieldValue<'v>, fault: Cow<'_, Fault>) {
        let kind = self.table.get(value.hit.field).kind;
        let mut rules = self.rules.clone().filter(|(_, check)| check.takes(kind, fault.class));
        let Some((rule, check)) = rules.next() else { return };
        if check.except.contains(&value.hit.field) {
            return;
        }
        let known = self.known.entry((rule, value.text()));
        if let Some(earlier) = known.map(|earlier| &mut self.found[earlier]) {
            // One value can be of two fields: of all dates, and of those of publication.
            if earlier.at.node() != Some(value.hit.node)
                && !std::mem::replace(self.again.entry((rule, value.hit.node)), true)
            {
                earlier.related.push(value.hit.node);
            }
            return;
        }
        let whole = fault.at == (0..value.text().len());
        let at = if whole { At::Node(value.hit.node) } else { At::Within(value.hit.node, fault.at.clone()) };
        let mut raw = Raw::new(rule, at);
        raw.field = Some(value.hit.field);
        raw.detail = Detail::Fault(fault.into_owned());
        *known = Some(self.found.len());
        self.found.push(raw);
    }
}
