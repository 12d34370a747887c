//! What is wanted of a run over many records: statistics, limits, tolerances, and what each rule has cost.

use crate::config::ConfigFile;
use crate::engine::{Measures, RunResult};
use crate::finding::Severity;
use crate::format::FieldId;
use crate::policy::{Most, RateWords, Rates};
use crate::report::{Align, Minima, Points, Share, grouped, table};
use crate::rule::Catalogue;

use super::args::{Check, OutputFormat};
use super::clock;
use super::error::CliError;

/// What the command line and the configuration want to be measured.
pub(super) fn measures(
    check: &Check,
    config: &ConfigFile,
    fail_on: Severity,
    catalogue: &Catalogue,
) -> Result<Measures, CliError> {
    let group_by = check.group_by.as_deref().map(|name| field(name, catalogue)).transpose()?;
    let given = check.max_rate.iter().map(|word| rate(word, catalogue)).collect::<Result<RateWords, _>>()?;
    Ok(Measures {
        statistics: check.statistics || group_by.is_some(),
        group_by,
        score: score(check, config.min_score)?,
        most_per_rule: check.max_findings_per_rule,
        rates: Rates::new(catalogue, &config.rates, &given),
        infos_fail: fail_on == Severity::Info && !check.exit_zero,
        clock: check.timings.then_some(clock::nanoseconds as fn() -> u64),
    })
}

fn field(name: &str, catalogue: &Catalogue) -> Result<FieldId, CliError> {
    let fields = &catalogue.formats.fields;
    fields.id(name).ok_or_else(|| {
        let help = crate::document::did_you_mean(name, fields.names());
        let help = help.map_or_else(
            || "`reclint formats --fields` lists the fields".to_owned(),
            |name| format!("did you mean `{name}`?"),
        );
        CliError::said(format!("there is no field `{name}`")).help(help)
    })
}

/// `missing-license=0.1%`.
fn rate(word: &str, catalogue: &Catalogue) -> Result<(crate::rule::Selector, Most), CliError> {
    let form = || CliError::said(format!("`{word}` is no rate")).help("write a rule and a share: missing-license=0.1%");
    let (rule, share) = word.split_once('=').ok_or_else(form)?;
    let selector = catalogue.selector(rule.trim()).map_err(|(message, help)| CliError::Said { message, help })?;
    let most = share.parse().map_err(|message: String| CliError::said(message).help(Most::HELP))?;
    Ok((selector, most))
}

/// What is asked of the score, if it is wanted. What is written into a baseline is not judged as a whole.
fn score(check: &Check, configured: Minima) -> Result<Option<Minima>, CliError> {
    let mut minima = Minima::default();
    for word in &check.min_score {
        let (dimension, least) =
            word.split_once('=').map_or((None, &**word), |(name, least)| (Some(name.trim()), least));
        let least = least.parse().map_err(|message: String| CliError::said(message).help(Points::HELP))?;
        if !minima.set(dimension, least) {
            let name = dimension.unwrap_or_default();
            let help = crate::document::suggest(name, Minima::names());
            return Err(CliError::said(format!("there is no dimension `{name}`")).help(help));
        }
    }
    let minima = minima.or(configured);
    let wanted = check.score || check.output_format.contains(&OutputFormat::Badge) || !minima.is_empty();
    Ok((wanted && check.write_baseline.is_none()).then_some(minima))
}

/// What each rule has cost, the dearest first.
pub(super) fn timings(result: &RunResult, catalogue: &Catalogue) -> Option<String> {
    let times = result.times.as_ref()?;
    let mut rows = times.rows(catalogue.rules().map(|(_, rule)| &*rule.name));
    rows.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(right.0)));
    let all = rows.iter().map(|(_, time)| time).sum();
    let records = result.summary.values().max(1);
    rows.push(("(all)", all));
    let row = |(name, time): &(&str, u64)| {
        let cells = vec![
            (*name).to_owned(),
            format!("{}.{:03} ms", grouped(time / 1_000_000), time / 1_000 % 1_000),
            Share::new(*time, all).percent(),
            format!("{} ns", grouped(time / records)),
        ];
        (cells, None)
    };
    let header = [("rule", Align::Left), ("time", Align::Right), ("share", Align::Right), ("per record", Align::Right)];
    Some(table(&header, &rows.iter().map(row).collect::<Vec<_>>()))
}
