//! The JSON of comparisons.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::cite::pincite;
use crate::desk::compare::{
    AllChanges, Comparison, Edition, Figure, FigureKind, OutlineChange, Row, SectionChange,
    SectionSide, Tally, Term, figures, terms, word_changes,
};
use crate::index::IndexedReport;
use crate::output::changes::pieces_json;
use crate::output::json::{SCHEMA, write_line};
use crate::report::{Passage, Year};
use crate::text::span::in_code_points;

/// Writes how two editions differ as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_comparison(
    out: &mut dyn Write,
    compared: &Comparison,
    sections: &[String],
) -> io::Result<()> {
    let terms = terms(compared);
    let figures = figures(compared).into_iter().map(|change| {
        json!({
            "old": figure(compared.old.passages.get(change.old_passage), &change.old),
            "new": figure(compared.new.passages.get(change.new_passage), &change.new),
        })
    });
    write_line(
        out,
        &json!({
            "schema": SCHEMA,
            "old": edition(&compared.old),
            "new": edition(&compared.new),
            "only_sections": sections,
            "counts": tally(&compared.tally()),
            "outline": compared.outline.iter().map(outline).collect::<Vec<_>>(),
            "sections": compared.sections.iter().map(|s| section(compared, s)).collect::<Vec<_>>(),
            "figures": figures.collect::<Vec<_>>(),
            "terms": {"lost": told(&terms.lost), "gained": told(&terms.gained)},
        }),
    )
}

/// Writes what changed in each country's report as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_ranking(
    out: &mut dyn Write,
    all: &AllChanges,
    years: [Year; 2],
    sections: &[String],
) -> io::Result<()> {
    let ids = |reports: &[IndexedReport]| -> Vec<String> {
        reports.iter().map(|report| report.id.to_string()).collect()
    };
    let changes = all.ranked().map(|(rank, change)| {
        json!({
            "rank": rank,
            "old": change.old.to_string(),
            "new": change.new.to_string(),
            "series": change.info.series.as_str(),
            "country": country(&change.info),
            "counts": tally(&change.tally),
            "outline": change.outline.iter().map(outline).collect::<Vec<_>>(),
        })
    });
    write_line(
        out,
        &json!({
            "schema": SCHEMA,
            "years": years.map(Year::get),
            "only_sections": sections,
            "changes": changes.collect::<Vec<_>>(),
            "old_alone": ids(&all.old_alone),
            "new_alone": ids(&all.new_alone),
            "without_sections": all.without_sections.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "failed": all.failed.iter().map(|(id, error)| json!({
                "new": id.to_string(), "error": error.to_string(),
            })).collect::<Vec<_>>(),
        }),
    )
}

fn edition(edition: &Edition) -> Value {
    json!({
        "id": edition.id.to_string(),
        "series": edition.info.series.as_str(),
        "title": edition.info.title,
        "country": country(&edition.info),
        "year": edition.info.year.map(Year::get),
        "tier": edition.info.tier.map(|tier| tier.code()),
        "words": edition.word_count(),
        "paragraphs": edition.passages.len(),
        "source": {"path": edition.info.path, "url": edition.info.url},
        "note": edition.info.note,
    })
}

fn country(info: &crate::report::ReportInfo) -> Option<Value> {
    let country = info.country.as_ref();
    country.map(|country| json!({"name": country.name, "iso3": country.iso3}))
}

fn tally(tally: &Tally) -> Value {
    json!({
        "kept": tally.kept,
        "renumbered": tally.renumbered,
        "reworded": tally.reworded,
        "moved": tally.moved,
        "divided": tally.divided,
        "joined": tally.joined,
        "added": tally.added,
        "removed": tally.removed,
        "old_words": tally.old_words,
        "new_words": tally.new_words,
        "common_words": tally.common_words,
        "change": tally.change(),
    })
}

fn outline(change: &OutlineChange) -> Value {
    match change {
        OutlineChange::Gone(key) => json!({"change": "gone", "section": key}),
        OutlineChange::New(key) => json!({"change": "new", "section": key}),
        OutlineChange::Source { key, old, new } => json!({
            "change": "heading_source",
            "section": key,
            "old": old.map(|source| source.as_str()),
            "new": new.map(|source| source.as_str()),
        }),
        OutlineChange::Order(order) => json!({"change": "order", "sections": order}),
    }
}

fn section(compared: &Comparison, section: &SectionChange) -> Value {
    let side = |side: &Option<SectionSide>| {
        side.as_ref().map(|side| {
            json!({
                "heading": side.name.heading,
                "subheading": side.name.subheading,
                "heading_source": side.name.source.map(|source| source.as_str()),
                "words": side.words,
                "paragraphs": side.paragraphs,
            })
        })
    };
    json!({
        "key": section.key,
        "old": side(&section.old),
        "new": side(&section.new),
        "counts": tally(&compared.tally_of(section)),
        "paragraphs": section.rows.iter().map(|r| row(compared, r)).collect::<Vec<_>>(),
    })
}

fn row(compared: &Comparison, row: &Row) -> Value {
    let (old, new) = compared.passages(row);
    let whole = match row.old {
        Some(_) => &compared.new,
        None => &compared.old,
    };
    let whole = row.stands_in.and_then(|at| whole.passages.get(at));
    let part = compared.part_change(row);
    let diff = match (&part, old, new) {
        (Some(part), _, _) => Some(pieces_json(&part.pieces, part.old.text, part.new.text)),
        (None, Some(old), Some(new)) if row.is_reworded() => {
            let pieces = word_changes(&old.text, &new.text);
            Some(pieces_json(&pieces, &old.text, &new.text))
        }
        _ => None,
    };
    json!({
        "verdict": row.verdict.as_str(),
        "reworded": row.is_reworded() || part.is_some(),
        "similarity": row.similarity,
        "common_words": row.common,
        "stands_in": whole.map(|whole| whole.id.to_string()),
        "old": old.map(|p| passage(p, row.old, &compared.old)),
        "new": new.map(|p| passage(p, row.new, &compared.new)),
        "diff": diff,
    })
}

fn passage(passage: &Passage, at: Option<usize>, edition: &Edition) -> Value {
    json!({
        "id": passage.id.to_string(),
        "pincite": pincite(passage),
        "words": at.and_then(|at| edition.words.get(at)),
        "hash": passage.hash(),
        "remark": passage.remark(),
        "text": passage.text,
    })
}

fn figure(passage: Option<&Passage>, figure: &Figure) -> Option<Value> {
    passage.map(|passage| {
        let span = in_code_points(&passage.text, std::slice::from_ref(&figure.span));
        json!({
            "id": passage.id.to_string(),
            "pincite": pincite(passage),
            "kind": match figure.kind {
                FigureKind::Count => "count",
                FigureKind::Percent => "percent",
                FigureKind::Money => "money",
            },
            "shown": figure.shown,
            "value": figure.value,
            "span": span.first().map(|span| [span.start, span.end]),
        })
    })
}

fn told(terms: &[Term]) -> Vec<Value> {
    let terms = terms.iter();
    let term = |term: &Term| json!({"term": term.term, "count": term.count, "g2": term.g2});
    terms.map(term).collect()
}
