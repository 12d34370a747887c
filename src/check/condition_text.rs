//! Reads conditions from their text: names, comparisons, lists, `and`, `or`, `not` and parentheses.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Misfit, NodeRef, did_you_mean_all, suggest};
use crate::format::{FieldId, FieldKind, FieldTable, Format};
use crate::value::date;

use super::condition::{Condition, Operand, Pattern, State, bare};
use super::terms::TermSet;

/// What names in a condition can mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'n> {
    pub(crate) fields: &'n FieldTable,
    pub(crate) states: &'n [Arc<State>],
    pub(crate) formats: &'n [Format],
}

impl Names<'_> {
    /// The name of a format that `node` holds.
    pub(crate) fn format(self, node: NodeRef<'_>) -> Result<Box<str>, Misfit> {
        let name = crate::document::text("formats", node)?;
        if self.formats.iter().any(|format| *format.name == *name) {
            return Ok(name.into());
        }
        let names: Vec<_> = self.formats.iter().map(|format| &*format.name).collect();
        Err(Misfit::at(node, format!("there is no format `{name}`")).help(suggest(name, names)))
    }

    /// Reads the condition that stands as a text at `node`.
    pub(crate) fn read(self, node: NodeRef<'_>) -> Result<Condition, Misfit> {
        let text = crate::document::text("a condition", node)?;
        let fault = |fault: Fault| {
            let misfit = Misfit::at(node, fault.message).within(&fault.at);
            match fault.help {
                Some(help) => misfit.help(help),
                None => misfit,
            }
        };
        let tokens = tokens(text).map_err(fault)?;
        let mut reader = Reader { names: self, tokens: &tokens, at: 0, end: text.len() };
        let condition = reader.any().map_err(fault)?;
        match reader.tokens.get(reader.at) {
            None => Ok(condition),
            Some(token) => Err(fault(token.fault("`and` or `or` belongs before this"))),
        }
    }
}

/// Words that no state can be called by.
pub(crate) const KEYWORDS: [&str; 6] = ["and", "or", "not", "in", "true", "false"];

/// The names that stand in the text of a condition, states and fields alike; none where it cannot be read.
pub(crate) fn names_in(text: &str) -> Vec<Box<str>> {
    let words = tokens(text).unwrap_or_default().into_iter().map(|token| token.word);
    words.filter_map(|word| if let Word::Name(name) = word { Some(name) } else { None }).collect()
}

struct Fault {
    message: String,
    at: Range<usize>,
    help: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Word {
    Name(Box<str>),
    Text(Box<str>),
    Number(f64),
    Sign(&'static str),
}

#[derive(Clone, Debug)]
struct Token {
    word: Word,
    at: Range<usize>,
}

impl Token {
    fn fault(&self, message: impl Into<String>) -> Fault {
        Fault { message: message.into(), at: self.at.clone(), help: None }
    }
}

/// The longer signs first.
const SIGNS: [&str; 11] = ["<=", ">=", "!=", "=", "<", ">", "(", ")", "[", "]", ","];

fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (word, length) = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if first == '"' || first == '\'' {
            let Some(end) = rest[1..].find(first) else {
                return Err(Fault {
                    message: "this text has no closing quote".to_owned(),
                    at: at..text.len(),
                    help: None,
                });
            };
            (Word::Text(rest[1..=end].into()), end + 2)
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            (Word::Sign(sign), sign.len())
        } else {
            let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
            let length = rest.find(|c| !part(c)).unwrap_or(rest.len());
            if length == 0 {
                let at = at..at + first.len_utf8();
                return Err(Fault { message: format!("`{first}` has no meaning in a condition"), at, help: None });
            }
            let word = &rest[..length];
            (word.parse().map_or_else(|_| Word::Name(word.into()), Word::Number), length)
        };
        tokens.push(Token { word, at: at..at + length });
        at += length;
    }
    Ok(tokens)
}

/// The signs of comparisons, and the orders for which they hold.
const RELATIONS: [(&str, &[Ordering]); 5] = [
    ("=", &[Ordering::Equal]),
    ("<", &[Ordering::Less]),
    (">", &[Ordering::Greater]),
    ("<=", &[Ordering::Less, Ordering::Equal]),
    (">=", &[Ordering::Greater, Ordering::Equal]),
];

struct Reader<'t, 'n> {
    names: Names<'n>,
    tokens: &'t [Token],
    at: usize,
    end: usize,
}

impl Reader<'_, '_> {
    fn next(&mut self, expected: &str) -> Result<Token, Fault> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token.ok_or_else(|| {
            let at = self.end.saturating_sub(1)..self.end;
            Fault { message: format!("the condition ends where {expected} is expected"), at, help: None }
        })
    }

    fn takes_name(&mut self, name: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token { word: Word::Name(word), .. }) if **word == *name);
        self.at += usize::from(found);
        found
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token { word: Word::Sign(word), .. }) if *word == sign);
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<Condition, Fault> {
        let mut parts = vec![self.all()?];
        while self.takes_name("or") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) })
    }

    fn all(&mut self) -> Result<Condition, Fault> {
        let mut parts = vec![self.one()?];
        while self.takes_name("and") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) })
    }

    fn one(&mut self) -> Result<Condition, Fault> {
        if self.takes_name("not") {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        if self.takes_sign("(") {
            let inner = self.any()?;
            if !self.takes_sign(")") {
                let token = self.next("`)`")?;
                return Err(token.fault("`)` is expected here"));
            }
            return Ok(inner);
        }
        let token = self.next("a field or state")?;
        let Word::Name(name) = &token.word else {
            return Err(token.fault("a field or state is expected here"));
        };
        if let Some(state) = self.names.states.iter().find(|state| state.name == *name) {
            let state = Arc::clone(state);
            return self.nothing_is_said_of(name).map(|()| Condition::State(state));
        }
        let field = self.field(name, &token)?;
        self.relation(field)
    }

    fn field(&self, name: &str, token: &Token) -> Result<FieldId, Fault> {
        self.names.fields.id(name).ok_or_else(|| {
            let known = self.names.fields.names().chain(self.names.states.iter().map(|state| &*state.name));
            let help = did_you_mean_all(name, known);
            Fault { message: format!("there is no field or state `{name}`"), at: token.at.clone(), help }
        })
    }

    /// A state is no value: it cannot be compared.
    fn nothing_is_said_of(&self, state: &str) -> Result<(), Fault> {
        let Some(token) = self.tokens.get(self.at) else { return Ok(()) };
        let is_in = |token: &Token| matches!(&token.word, Word::Name(name) if **name == *"in");
        let compares = match &token.word {
            Word::Sign(sign) => *sign == "!=" || RELATIONS.iter().any(|(relation, _)| relation == sign),
            Word::Name(name) if **name == *"not" => self.tokens.get(self.at + 1).is_some_and(is_in),
            Word::Name(_) => is_in(token),
            _ => false,
        };
        if compares {
            Err(token.fault(format!("`{state}` is a state: it stands alone, or after `not`")))
        } else {
            Ok(())
        }
    }

    /// What is said of `field`: nothing more, a list, or a comparison.
    fn relation(&mut self, field: FieldId) -> Result<Condition, Fault> {
        let negated = matches!(
            self.tokens.get(self.at..self.at + 2),
            Some([Token { word: Word::Name(not), .. }, Token { word: Word::Name(list), .. }]) if **not == *"not" && **list == *"in"
        );
        self.at += usize::from(negated);
        if self.takes_name("in") {
            return Ok(Condition::OneOf { field, texts: TermSet::new(self.list()?), negated });
        }
        if self.takes_name("like") {
            let token = self.next("a pattern in quotes")?;
            let pattern = if let Word::Text(text) = &token.word { Pattern::read(text) } else { None };
            let pattern = pattern.ok_or_else(|| token.fault("a text in quotes, with `*` at one end or both"))?;
            return Ok(Condition::Like(field, pattern));
        }
        if self.takes_sign("!=") {
            let operand = self.operand(field)?;
            let equal = Condition::Compare(field, &[Ordering::Equal], operand);
            return Ok(Condition::All(vec![Condition::Has(field), Condition::Not(Box::new(equal))]));
        }
        for (sign, orderings) in RELATIONS {
            if self.takes_sign(sign) {
                return Ok(Condition::Compare(field, orderings, self.operand(field)?));
            }
        }
        Ok(bare(field, self.names.fields))
    }

    fn list(&mut self) -> Result<Vec<Box<str>>, Fault> {
        if !self.takes_sign("[") {
            let token = self.next("a list `[\"...\", ...]`")?;
            return Err(token.fault("a list `[\"...\", ...]` is expected here"));
        }
        let mut texts = Vec::new();
        loop {
            let token = self.next("a text or `]`")?;
            match token.word {
                Word::Sign("]") => return Ok(texts),
                Word::Text(text) => texts.push(text.trim().into()),
                _ => return Err(token.fault("a text in quotes is expected here")),
            }
            if !self.takes_sign(",") && !self.takes_sign("]") {
                let token = self.next("`,` or `]`")?;
                return Err(token.fault("`,` or `]` is expected here"));
            } else if self.tokens.get(self.at - 1).is_some_and(|token| token.word == Word::Sign("]")) {
                return Ok(texts);
            }
        }
    }

    fn operand(&mut self, field: FieldId) -> Result<Operand, Fault> {
        let token = self.next("a value")?;
        Ok(match &token.word {
            Word::Text(text) | Word::Name(text)
                if self.names.fields.get(field).kind == FieldKind::Date
                    && text.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                let date = date::parse(text, date::Form::W3cdtf).ok().and_then(|date| date.start());
                Operand::Date(date.ok_or_else(|| token.fault("a date is expected here: \"2020\", \"2020-05-01\""))?)
            }
            Word::Text(text) => Operand::Text(text.clone()),
            Word::Number(number) => Operand::Number(*number),
            Word::Name(name) if **name == *"true" => Operand::Flag(true),
            Word::Name(name) if **name == *"false" => Operand::Flag(false),
            Word::Name(name) if **name == *"today" || **name == *"next-year" => {
                if self.names.fields.get(field).kind != FieldKind::Date {
                    return Err(token.fault(format!("`{name}` can be compared with a date alone")));
                }
                if **name == *"today" { Operand::Today } else { Operand::NextYear }
            }
            Word::Name(name) => Operand::Field(self.field(name, &token)?),
            Word::Sign(_) => return Err(token.fault("a value is expected here")),
        })
    }
}
