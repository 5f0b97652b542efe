//! Verified quotations as JSON and CSV.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Paint;
use super::cells::CsvWriter;
use super::json::{SCHEMA, write_line};
use super::text::marked;
use crate::cite::pincite;
use crate::desk::verify::{
    Claim, ClaimState, Compared, Held, Licence, Negation, Quotation, Spot, Verdict, Verified,
    difference_key,
};
use crate::report::Passage;
use crate::text::changes::{Change, changes};
use crate::text::span::in_code_points;

/// What was verified.
#[derive(Debug, Clone, Copy)]
pub struct VerifyReport<'a> {
    /// The name of the draft.
    pub name: &'a str,
    /// How many words a quotation has at least.
    pub min_words: usize,
    /// The quotations with what was found.
    pub verified: &'a [Verified],
    /// Those that were too short.
    pub short: &'a [Quotation],
}

impl VerifyReport<'_> {
    /// How many quotations have a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        let have = |v: &&Verified| v.verdict == verdict;
        self.verified.iter().filter(have).count()
    }
}

/// Writes verified quotations as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_json(out: &mut dyn Write, report: &VerifyReport<'_>) -> io::Result<()> {
    let counts = Verdict::ALL.map(|v| (v.as_str().to_owned(), json!(report.count(v))));
    let short = report.short.iter().map(|quotation| {
        json!({
            "id": quotation.id,
            "place": spot_json(quotation.spot),
            "quote": quotation.text,
        })
    });
    let object = json!({
        "schema": SCHEMA,
        "draft": report.name,
        "min_words": report.min_words,
        "total": report.verified.len(),
        "verdicts": Value::Object(counts.into_iter().collect()),
        "failed": report.count(Verdict::Failed),
        "quotations": report.verified.iter().map(quotation_json).collect::<Vec<_>>(),
        "short": short.collect::<Vec<_>>(),
    });
    write_line(out, &object)
}

fn quotation_json(verified: &Verified) -> Value {
    let quotation = &verified.quotation;
    json!({
        "id": quotation.id,
        "place": spot_json(quotation.spot),
        "quote": quotation.text,
        "verdict": verified.verdict.as_str(),
        "licences": names(&verified.licences),
        "negations": verified.negations.iter().map(negation_json).collect::<Vec<_>>(),
        "claim": verified.claim.as_ref().map(claim_json),
        "resemblance": rounded(verified.resemblance),
        "passages": verified.held.iter().map(held_json).collect::<Vec<_>>(),
        "others": verified.others,
        "also": verified.also.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "difference": verified.compared.as_ref().map(compared_json),
        "failure": verified.failure,
    })
}

fn negation_json(negation: &Negation) -> Value {
    json!({
        "place": negation.place.as_str(),
        "negations": negation.negations,
        "words": negation.words,
    })
}

fn spot_json(spot: Spot) -> Value {
    let (kind, number) = match spot {
        Spot::Line(n) => ("line", n),
        Spot::Paragraph(n) => ("paragraph", n),
        Spot::Row(n) => ("row", n),
    };
    json!({"kind": kind, "number": number})
}

fn claim_json((claim, state): &(Claim, ClaimState)) -> Value {
    let referred = claim.referred.as_ref();
    json!({
        "typed": claim.typed,
        "refers_to": referred.map(|referred| &referred.note),
        "state": state.as_str(),
    })
}

fn held_json(held: &Held) -> Value {
    let passage = &held.passage;
    let span = in_code_points(&passage.text, std::slice::from_ref(&held.span));
    json!({
        "id": passage.id.to_string(),
        "pincite": pincite(passage),
        "hash": passage.hash(),
        "remark": passage.remark(),
        "note": passage.report.note,
        "text": passage.text.get(held.span.clone()),
        "span": span.first().map(|span| [span.start, span.end]),
        "part": held.part,
    })
}

fn compared_json(compared: &Compared) -> Value {
    let (source, quote) = (&compared.source, &compared.quote);
    let pieces = changes(source, quote, difference_key);
    let pieces = pieces.iter().map(|piece| {
        let change = match piece.change {
            Change::Same => "same",
            Change::Removed => "source",
            Change::Added => "quote",
        };
        json!([change, piece.of(source, quote)])
    });
    json!({
        "source": source,
        "quote": quote,
        "words": pieces.collect::<Vec<_>>(),
    })
}

fn names(licences: &[Licence]) -> Vec<&'static str> {
    licences.iter().map(|licence| licence.as_str()).collect()
}

/// A share with three digits.
fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

const COLUMNS: [&str; 17] = [
    "quotation",
    "place",
    "quote",
    "verdict",
    "licences",
    "claim",
    "claim_state",
    "resemblance",
    "passages",
    "hashes",
    "pincites",
    "others",
    "also",
    "difference",
    "notes",
    "negations",
    "failure",
];

/// Writes verified quotations as CSV (RFC 4180), a header first. Lists are
/// divided by `; `; in a difference `[-words-]` are the source's and `{+words+}`
/// the quotation's. Quotations that are too short have the verdict `short`. Cells
/// are [guarded](super::cells::guarded).
///
/// # Errors
/// What writing fails with.
pub fn write_csv(out: &mut dyn Write, report: &VerifyReport<'_>) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    writer.row(COLUMNS)?;
    for verified in report.verified {
        writer.row(row(verified))?;
    }
    for quotation in report.short {
        writer.row(short_row(quotation))?;
    }
    writer.flush()
}

fn short_row(quotation: &Quotation) -> Vec<String> {
    let mut row = vec![
        quotation.id.clone(),
        quotation.spot.to_string(),
        quotation.text.clone(),
        "short".to_owned(),
    ];
    row.resize(COLUMNS.len(), String::new());
    row
}

fn row(verified: &Verified) -> Vec<String> {
    let quotation = &verified.quotation;
    let passages = verified.held.iter().map(|held| &held.passage);
    let ids: Vec<String> = passages.clone().map(|p| p.id.to_string()).collect();
    let hashes: Vec<String> = passages.clone().map(Passage::hash).collect();
    let mut notes: Vec<&str> = passages
        .clone()
        .filter_map(|p| p.report.note.as_deref())
        .collect();
    notes.dedup();
    let pincites: Vec<String> = passages.map(pincite).collect();
    let also: Vec<String> = verified.also.iter().map(ToString::to_string).collect();
    let claim = verified.claim.as_ref();
    let negations: Vec<String> = verified.negations.iter().map(negation_cell).collect();
    let difference = verified.compared.as_ref().map(|compared| {
        let pieces = changes(&compared.source, &compared.quote, difference_key);
        marked(&pieces, &compared.source, &compared.quote, Paint::Plain)
    });
    vec![
        quotation.id.clone(),
        quotation.spot.to_string(),
        quotation.text.clone(),
        verified.verdict.as_str().to_owned(),
        names(&verified.licences).join("; "),
        claim.map_or(String::new(), |(claim, _)| claim.typed.clone()),
        claim.map_or("", |(_, state)| state.as_str()).to_owned(),
        rounded(verified.resemblance).to_string(),
        ids.join("; "),
        hashes.join("; "),
        pincites.join("; "),
        verified.others.to_string(),
        also.join("; "),
        difference.unwrap_or_default(),
        notes.join("; "),
        negations.join("; "),
        verified.failure.clone().unwrap_or_default(),
    ]
}

fn negation_cell(negation: &Negation) -> String {
    let Negation {
        place,
        negations,
        words,
    } = negation;
    if negations.is_empty() {
        return format!("{} “{words}”", place.as_str());
    }
    format!(
        "{} `{}` in “{words}”",
        place.as_str(),
        negations.join("`, `")
    )
}
