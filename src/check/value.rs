//! A value fails its kind: a date that is none, a DOI that cannot be one.

use crate::document::{Misfit, NodeRef, Table, suggest, text};
use crate::few::FewMap;
use crate::format::{FieldId, FieldKind, FieldTable};
use crate::value::Class;

use super::condition_text::Names;
use super::reach::Reach;
use super::when::When;
use super::{At, Detail, Raw, Record, RuleId};

const CLASSES: [(&str, Class); 19] = [
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
    ("line-break", Class::LineBreak),
    ("markup", Class::Markup),
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
    let word = text("faults", node)?;
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

    /// Gives each fault of the record to the one rule of `rules` that speaks of it. The same text with the same fault
    /// is one finding: its other places are related.
    #[cold]
    pub(crate) fn run<'c>(
        rules: &(impl Iterator<Item = (RuleId, &'c Self)> + Clone),
        table: &FieldTable,
        record: &Record<'_>,
        found: &mut Vec<Raw>,
    ) {
        let mut known: FewMap<(RuleId, &str), Option<usize>> = FewMap::default();
        for (value, fault) in record.fields.faults() {
            let kind = table.get(value.hit.field).kind;
            let mut rules = rules.clone().filter(|(_, check)| check.takes(kind, fault.class));
            let Some((rule, check)) = rules.next() else { continue };
            if check.except.contains(&value.hit.field) {
                continue;
            }
            let known = known.entry((rule, value.text()));
            if let Some(earlier) = known.map(|earlier| &mut found[earlier]) {
                // One value can be of two fields: of all dates, and of those of publication.
                if earlier.at.node() != Some(value.hit.node) && !earlier.related.contains(&value.hit.node) {
                    earlier.related.push(value.hit.node);
                }
                continue;
            }
            let whole = fault.at == (0..value.text().len());
            let at = if whole { At::Node(value.hit.node) } else { At::Within(value.hit.node, fault.at.clone()) };
            let mut raw = Raw::new(rule, at);
            raw.field = Some(value.hit.field);
            raw.detail = Detail::Fault(fault.clone());
            *known = Some(found.len());
            found.push(raw);
        }
    }
}
