//! Signs that together tell something: a title that is only "test", a creator called "Tester".

use crate::document::{Misfit, NodeRef, Table};
use crate::format::{FieldId, FieldTable, FieldValue};

use super::terms::{TermSet, first_letter, next_word};
use super::{At, Raw, Record, RecordCheck, RuleId};

/// One thing to look for in the values of a field.
#[derive(Debug)]
struct Sign {
    field: FieldId,
    /// Words that tell.
    words: TermSet,
    /// Words that may stand beside them. Nothing: any may, and one word that tells is enough.
    beside: Option<TermSet>,
    /// The first letters of all these words; all letters where any word may stand beside.
    firsts: u32,
    /// How much it counts.
    weight: u32,
}

/// Signs that weigh enough together.
#[derive(Debug)]
pub(crate) struct Signs {
    all: Vec<Sign>,
    /// In which order they are looked for: first those that weigh most, and whole values before words of a text.
    order: Vec<usize>,
    /// What they have to weigh together.
    enough: u32,
}

impl Signs {
    pub(super) fn read(table: &mut Table<'_>, fields: &FieldTable) -> Result<Self, Misfit> {
        let signs: Vec<_> =
            table.list("sign").into_iter().map(|node| Sign::read(node, fields)).collect::<Result<_, _>>()?;
        if signs.is_empty() {
            return Err(Misfit::at(table.node(), "`[[check.sign]]` says what to look for"));
        }
        let enough = table.any("enough").map(weight).transpose()?.unwrap_or(1);
        if signs.iter().map(|sign| sign.weight).sum::<u32>() < enough {
            return Err(Misfit::at(table.node(), "all signs together do not weigh enough: this rule could never fire"));
        }
        let mut order: Vec<_> = (0..signs.len()).collect();
        order.sort_by_key(|number| (std::cmp::Reverse(signs[*number].weight), signs[*number].beside.is_none()));
        Ok(Self { all: signs, order, enough })
    }
}

impl RecordCheck for Signs {
    fn fields(&self) -> Vec<FieldId> {
        self.all.iter().map(|sign| sign.field).collect()
    }

    /// The finding stands at the first sign; the others belong to it.
    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let seen = |sign: &'_ Sign| record.fields.values(sign.field).find(|value| sign.is_in(value)).map(|v| v.hit);
        let (mut sum, mut left) = (0, self.all.iter().map(|sign| sign.weight).sum::<u32>());
        for sign in self.order.iter().map(|number| &self.all[*number]) {
            left -= sign.weight;
            sum += seen(sign).map_or(0, |_| sign.weight);
            // What is left cannot make up for it.
            if sum + left < self.enough {
                return;
            }
        }
        let mut hits = self.all.iter().filter_map(seen);
        let Some(first) = hits.next() else { return };
        let mut raw = Raw::new(rule, At::Node(first.node));
        raw.field = Some(first.field);
        for hit in hits {
            if hit.node != first.node && !raw.related.contains(&hit.node) {
                raw.related.push(hit.node);
            }
        }
        found.push(raw);
    }

    fn has_related(&self) -> bool {
        true
    }
}

impl Sign {
    fn read(node: NodeRef<'_>, fields: &FieldTable) -> Result<Self, Misfit> {
        let mut table = Table::new(node)?;
        let (name, at) = (table.need_text("field")?, table.any("field").unwrap_or(node));
        let words = |table: &mut Table<'_>, name| -> Result<Vec<Box<str>>, Misfit> {
            Ok(table.texts(name)?.into_iter().map(|(word, _)| word.into()).collect())
        };
        let field = fields.need(name, at)?;
        let telling = TermSet::new(words(&mut table, "words")?);
        let beside = match table.any("beside") {
            Some(_) => Some(TermSet::new(words(&mut table, "beside")?)),
            None => None,
        };
        let firsts = beside.as_ref().map_or(u32::MAX, |beside| beside.first_letters() | telling.first_letters());
        let weight = table.any("weight").map(weight).transpose()?.unwrap_or(1);
        let sign = Self { field, words: telling, beside, firsts, weight };
        table.done()?;
        if sign.words.is_empty() {
            return Err(Misfit::at(node, "`words` are missing here: those that tell"));
        }
        Ok(sign)
    }

    fn is_in(&self, value: &FieldValue<'_>) -> bool {
        // A long text is never only such words; and of one that may have others, the title is what counts.
        const LONGEST: usize = 200;
        let text = value.text();
        if text.len() > LONGEST {
            return false;
        }
        // Nor is one whose first word is another.
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) && self.firsts & first_letter(text) == 0 {
            return false;
        }
        let mut tells = false;
        let mut rest = text;
        while let Some((word, after)) = next_word(rest, false) {
            rest = after;
            let word = word.text;
            if self.words.has(word) {
                if self.beside.is_none() {
                    return true;
                }
                tells = true;
            } else if let Some(beside) = &self.beside
                && !beside.has(word)
                && !word.bytes().all(|byte| byte.is_ascii_digit())
            {
                return false;
            }
        }
        tells
    }
}

fn weight(node: NodeRef<'_>) -> Result<u32, Misfit> {
    node.source().parse().map_err(|_| Misfit::at(node, "a whole number is expected here"))
}
