//! Verified quotations for reading: each with its verdict, then the count.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{TextOptions, count, grouped, marked, write_notes, write_remark, write_wrapped};
use crate::cite::pincite;
use crate::desk::verify::{
    ClaimState, Held, Negation, NegationPlace, Quotation, Verdict, Verified, difference_key,
};
use crate::output::Paint;
use crate::output::verify::VerifyReport;
use crate::text::changes::changes;

/// How many quotations that are too short are named.
const SHORT_NAMED: usize = 8;
/// The longest of their texts, and of a quotation that is exact, in columns.
const SHORT_WIDTH: usize = 40;
const QUOTE_WIDTH: usize = 220;

/// Writes verified quotations.
///
/// # Errors
/// What writing fails with.
pub fn write_verified(
    out: &mut dyn Write,
    report: &VerifyReport<'_>,
    options: TextOptions,
) -> io::Result<()> {
    let ids = report.verified.iter().map(|v| v.quotation.id.width());
    let width = ids.max().unwrap_or(1).min(12);
    for verified in report.verified {
        write_one(out, verified, width, options)?;
        writeln!(out)?;
    }
    if report.verified.is_empty() {
        let none = format!(
            "`{}` holds no quotation of {} or more",
            report.name,
            count(report.min_words as u64, "word")
        );
        write_wrapped(out, &none, &[], 0, options)?;
    } else {
        let total = count(report.verified.len() as u64, "quotation");
        let counted = |v: Verdict| format!("{} {}", grouped_of(report.count(v)), v.as_str());
        let mut verdicts = Verdict::ALL.map(counted).to_vec();
        if report.count(Verdict::Failed) > 0 {
            verdicts.push(counted(Verdict::Failed));
        }
        let text = format!(
            "{total} of {} or more: {}",
            count(report.min_words as u64, "word"),
            verdicts.join(", ")
        );
        write_wrapped(out, &text, &[], 0, options)?;
    }
    write_short(out, report, options)
}

fn grouped_of(n: usize) -> String {
    grouped(n as u64)
}

fn write_one(
    out: &mut dyn Write,
    verified: &Verified,
    width: usize,
    options: TextOptions,
) -> io::Result<()> {
    let quotation = &verified.quotation;
    let paint = options.paint;
    let mut about = vec![painted(verified.verdict, paint), quotation.spot.to_string()];
    about.extend(remark(verified));
    let pad = width.saturating_sub(quotation.id.width());
    writeln!(out, "{:pad$}{}  {}", "", quotation.id, about.join(" · "))?;
    let indent = width + 2;
    match &verified.compared {
        Some(compared) => {
            let pieces = changes(&compared.source, &compared.quote, difference_key);
            let text = marked(&pieces, &compared.source, &compared.quote, paint);
            write_wrapped(out, &text, &[], indent, options)?;
        }
        None => {
            let text = format!("“{}”", clipped(&quotation.text, QUOTE_WIDTH));
            write_wrapped(out, &text, &[], indent, options)?;
        }
    }
    if verified.verdict == Verdict::Absent
        && let Some(held) = verified.held.first()
    {
        let near = format!(
            "nearest, {} of the words alike:",
            percent(verified.resemblance)
        );
        writeln!(out, "{:indent$}{}", "", paint.faint(&near))?;
        let said = held.passage.text.get(held.span.clone()).unwrap_or_default();
        let said = format!("“{}”", clipped(said, QUOTE_WIDTH));
        write_wrapped(out, &said, &[], indent, options)?;
    }
    for held in &verified.held {
        write_held(out, held, indent, options)?;
    }
    let passages = verified.held.iter().map(|held| &held.passage);
    write_notes(out, passages, indent, options)?;
    for negation in &verified.negations {
        write_wrapped(out, &told(negation), &[], indent, options)?;
    }
    if let Some(failure) = &verified.failure {
        write_wrapped(out, &format!("error: {failure}"), &[], indent, options)?;
    }
    write_others(out, verified, indent, options)?;
    write_claim(out, verified, indent, options)
}

/// What is worth knowing beside the verdict.
fn remark(verified: &Verified) -> Option<String> {
    let licences: Vec<&str> = verified.licences.iter().map(|l| l.as_str()).collect();
    match verified.verdict {
        Verdict::Exact | Verdict::Elsewhere => (!licences.is_empty()).then(|| licences.join(", ")),
        Verdict::Differs if verified.resemblance >= 1.0 => {
            Some("in signs or letter case alone".to_owned())
        }
        Verdict::Differs => Some(format!(
            "{} of the words alike",
            percent(verified.resemblance)
        )),
        Verdict::Stitched => Some(format!("of {} parts", verified.held.len())),
        Verdict::Absent | Verdict::Failed => None,
    }
}

/// What quoting did to a negation, a number or a duty.
fn told(negation: &Negation) -> String {
    let (what, done) = match negation.place {
        NegationPlace::Ellipsis => ("negation", "the ellipsis leaves out"),
        NegationPlace::Replaced => ("negation", "the brackets stand in place of"),
        NegationPlace::Inserted => ("negation", "the brackets put in"),
        NegationPlace::Number => ("number", "the brackets put another in place of"),
        NegationPlace::Duty => ("duty", "the brackets stand in place of"),
        NegationPlace::DutyInserted => ("duty", "the brackets put in"),
    };
    let negations = negation.negations.join("`, `");
    let words = clipped(&negation.words, QUOTE_WIDTH);
    if negations.is_empty() {
        return format!("{done} “{words}”");
    }
    format!("{what}: {done} `{negations}`: “{words}”")
}

/// A share as whole percent; less than all is never `100 %`.
fn percent(share: f64) -> String {
    let whole = (share * 100.0).round();
    let whole = if share < 1.0 { whole.min(99.0) } else { whole };
    format!("{whole:.0} %")
}

fn painted(verdict: Verdict, paint: Paint) -> String {
    match verdict {
        Verdict::Exact => paint.added(verdict.as_str()),
        _ => paint.removed(verdict.as_str()),
    }
}

fn write_held(
    out: &mut dyn Write,
    held: &Held,
    indent: usize,
    options: TextOptions,
) -> io::Result<()> {
    if let Some(part) = &held.part {
        let part = format!("“{}”", clipped(part, QUOTE_WIDTH));
        write_wrapped(out, &part, &[], indent, options)?;
    }
    let indent = indent + if held.part.is_some() { 2 } else { 0 };
    write_wrapped(out, &pincite(&held.passage), &[], indent, options)?;
    let id = held.passage.id.to_string();
    writeln!(out, "{:indent$}{}", "", options.paint.id(&id))?;
    write_remark(out, &held.passage, indent, options)
}

fn write_others(
    out: &mut dyn Write,
    verified: &Verified,
    indent: usize,
    options: TextOptions,
) -> io::Result<()> {
    if verified.others == 0 {
        return Ok(());
    }
    let also: Vec<String> = verified.also.iter().map(ToString::to_string).collect();
    let more = match verified.others > also.len() {
        true => " ...",
        false => "",
    };
    let text = format!(
        "also in {}: {}{more}",
        count(verified.others as u64, "other passage"),
        also.join(", ")
    );
    write_wrapped(out, &text, &[], indent, options)
}

fn write_claim(
    out: &mut dyn Write,
    verified: &Verified,
    indent: usize,
    options: TextOptions,
) -> io::Result<()> {
    let Some((claim, state)) = &verified.claim else {
        return Ok(());
    };
    let typed = match &claim.referred {
        Some(referred) => format!("{} ({})", claim.typed, referred.note),
        None => claim.typed.clone(),
    };
    let typed = clipped(&typed, QUOTE_WIDTH);
    let typed = typed.trim_end_matches(['.', ',', ';', ':']);
    let said = match state {
        ClaimState::Holds => return Ok(()),
        ClaimState::OtherPassage => "it stands in another passage of that report",
        ClaimState::OtherReport => "that report does not say so",
        ClaimState::NotHeld => "the index holds no such report",
        ClaimState::Unclear => "not understood as a source",
        ClaimState::NotRead => {
            let text = format!("source not read: {typed}");
            return write_wrapped(out, &text, &[], indent, options);
        }
        ClaimState::NotFound => "not found there",
    };
    let text = format!("claimed: {typed}: {said}");
    write_wrapped(out, &text, &[], indent, options)
}

fn write_short(
    out: &mut dyn Write,
    report: &VerifyReport<'_>,
    options: TextOptions,
) -> io::Result<()> {
    if report.short.is_empty() {
        return Ok(());
    }
    let named = report.short.iter().take(SHORT_NAMED).map(short);
    let mut named: Vec<String> = named.collect();
    if report.short.len() > SHORT_NAMED {
        named.push("...".to_owned());
    }
    let text = format!(
        "left aside as shorter (--min-words): {}: {}",
        grouped_of(report.short.len()),
        named.join("; ")
    );
    write_wrapped(out, &text, &[], 0, options)
}

fn short(quotation: &Quotation) -> String {
    format!(
        "{} “{}”",
        quotation.spot,
        clipped(&quotation.text, SHORT_WIDTH)
    )
}

/// A text in at most so many columns, on one line.
fn clipped(text: &str, width: usize) -> String {
    let flat: Vec<&str> = text.split_whitespace().collect();
    let flat = flat.join(" ");
    if flat.width() <= width {
        return flat;
    }
    let mut clipped = String::new();
    for word in flat.split(' ') {
        if clipped.width() + word.width() + 2 > width {
            break;
        }
        clipped.push_str(word);
        clipped.push(' ');
    }
    clipped + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_long_texts() {
        assert_eq!(percent(0.997), "99 %");
        assert_eq!(percent(0.5), "50 %");
        assert_eq!(clipped("one  two three", 20), "one two three");
        assert_eq!(clipped("one two three", 9), "one two …");
    }
}
