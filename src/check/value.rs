//! A value fails its kind: a date that is none, a DOI that cannot be one.

use crate::document::{Misfit, Table, suggest, text};
use crate::few::FewMap;
use crate::format::{FieldKind, FieldTable};
use crate::value::Class;

use super::{At, Detail, Raw, Record, RuleId};

const CLASSES: [(&str, Class); 18] = [
    ("form", Class::Form),
    ("notation", Class::Notation),
    ("impossible", Class::Impossible),
    ("checksum", Class::Checksum),
    ("placeholder", Class::Placeholder),
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

/// The name of a class of faults, by which the cases of a rule tell them apart.
pub(crate) fn class_name(class: Class) -> &'static str {
    CLASSES.iter().find(|(_, known)| *known == class).map_or("", |(name, _)| name)
}

/// Which faults of which kinds of value a rule speaks of.
#[derive(Debug)]
pub(crate) struct ValueCheck {
    kinds: Vec<FieldKind>,
    classes: Vec<Class>,
}

impl ValueCheck {
    pub(super) fn read(table: &mut Table<'_>) -> Result<Self, Misfit> {
        let kinds = table.texts("of")?.into_iter().map(|(name, node)| FieldKind::read(name, node));
        let kinds: Vec<_> = kinds.collect::<Result<_, _>>()?;
        if kinds.is_empty() {
            return Err(Misfit::at(table.node(), "`of` says which kinds of value the rule looks at"));
        }
        let mut classes = Vec::new();
        for node in table.list("faults") {
            let word = text("faults", node)?;
            let class = CLASSES.iter().find(|(name, _)| *name == word).map(|(_, class)| *class);
            classes.push(class.ok_or_else(|| {
                Misfit::at(node, format!("there is no class of faults `{word}`"))
                    .help(suggest(word, CLASSES.map(|(name, _)| name)))
            })?);
        }
        if classes.is_empty() {
            return Err(Misfit::at(table.node(), "`faults` says which classes of faults the rule speaks of"));
        }
        Ok(Self { kinds, classes })
    }

    pub(crate) fn takes(&self, kind: FieldKind, class: Class) -> bool {
        self.kinds.contains(&kind) && self.classes.contains(&class)
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
            let Some((rule, _)) = rules.clone().find(|(_, check)| check.takes(kind, fault.class)) else { continue };
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
