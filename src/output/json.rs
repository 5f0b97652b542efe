//! The JSON of hits: one object for a search, one line for a hit.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::publication::JsonPublication;
use crate::cite::pincite;
use crate::query::filter::STRICT_VALUE;
use crate::query::synonyms::Added;
use crate::query::{Filters, STRICT};
use crate::report::Passage;
use crate::search::{
    Explanation, FacetCounts, Hit, Partial, PatternWords, Respelled, SearchResults, Tally,
};
use crate::text::span::in_code_points;

/// The version of the JSON, in its key `schema`.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct JsonSearch<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    schema: u32,
    query: Option<&'a str>,
    filters: Map<String, Value>,
    total: u64,
    headings: u64,
    hits: Vec<JsonHit<'a>>,
    /// What holds most of the query where nothing matches; null where something
    /// does or it was not asked for.
    partial: Option<Vec<JsonPartial<'a>>>,
    /// What phrases find in their other spelling, where the query finds little.
    respelled: Vec<JsonRespelled<'a>>,
    facets: Option<Map<String, Value>>,
}

#[derive(Serialize)]
struct JsonRespelled<'a> {
    query: &'a str,
    total: u64,
}

#[derive(Serialize)]
struct JsonPartial<'a> {
    #[serde(flatten)]
    hit: JsonHit<'a>,
    lacks: &'a [String],
}

#[derive(Serialize)]
struct JsonHit<'a> {
    rank: usize,
    score: f32,
    #[serde(flatten)]
    passage: JsonPassage<'a>,
    /// Left out where hits were not folded, as the id of a search that is no
    /// part of a batch is; null where none is like it.
    #[serde(skip_serializing_if = "Option::is_none")]
    alike: Option<Option<JsonAlike<'a>>>,
}

#[derive(Serialize)]
struct JsonAlike<'a> {
    count: usize,
    years: &'a [u16],
    ids: Vec<String>,
}

/// The keys of a passage, in the order of the design.
#[derive(Serialize)]
struct JsonPassage<'a> {
    id: String,
    series: &'a str,
    title: &'a str,
    title_source: Option<&'static str>,
    country: Option<JsonCountry<'a>>,
    region: Option<&'a str>,
    year: Option<u16>,
    year_source: Option<&'static str>,
    publication: JsonPublication<'a>,
    tier: Option<&'static str>,
    tier_source: Option<&'static str>,
    section: JsonSection<'a>,
    heading_source: Option<&'static str>,
    paragraph: u32,
    printed: Option<&'a str>,
    page: Option<u32>,
    remark: Option<String>,
    note: Option<&'a str>,
    sentences: &'a [usize],
    themes: Vec<&'a str>,
    text: &'a str,
    hash: String,
    highlights: Vec<[usize; 2]>,
    pincite: String,
    source: JsonSource<'a>,
}

#[derive(Serialize)]
struct JsonCountry<'a> {
    name: &'a str,
    iso3: &'a str,
}

#[derive(Serialize)]
struct JsonSection<'a> {
    key: &'a str,
    heading: Option<&'a str>,
    subheading: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonSource<'a> {
    path: &'a str,
    url: Option<&'a str>,
}

impl<'a> JsonPassage<'a> {
    fn new(
        passage: &'a Passage,
        highlights: &[std::ops::Range<usize>],
        sentences: &'a [usize],
    ) -> Self {
        let report = &passage.report;
        let country = report.country.as_ref();
        JsonPassage {
            id: passage.id.to_string(),
            series: report.series.as_str(),
            title: &report.title,
            title_source: report.title_source.map(|s| s.as_str()),
            country: country.map(|c| JsonCountry {
                name: &c.name,
                iso3: &c.iso3,
            }),
            region: country.map(|c| c.region.as_str()),
            year: report.year.map(|y| y.get()),
            year_source: report.year_source.map(|s| s.as_str()),
            publication: JsonPublication::new(report),
            tier: report.tier.map(|t| t.code()),
            tier_source: report.tier_source.map(|s| s.as_str()),
            section: JsonSection {
                key: &passage.section.key,
                heading: passage.section.heading.as_deref(),
                subheading: passage.section.subheading.as_deref(),
            },
            heading_source: passage.section.source.map(|s| s.as_str()),
            paragraph: passage.id.number,
            printed: passage.printed_number.as_deref(),
            page: passage.page,
            remark: passage.remark(),
            note: report.note.as_deref(),
            sentences,
            themes: passage.themes.iter().map(|t| t.path.as_str()).collect(),
            text: &passage.text,
            hash: passage.hash(),
            highlights: in_code_points(&passage.text, highlights)
                .into_iter()
                .map(|r| [r.start, r.end])
                .collect(),
            pincite: pincite(passage),
            source: JsonSource {
                path: &report.path,
                url: report.url.as_deref(),
            },
        }
    }
}

impl<'a> JsonHit<'a> {
    fn new(hit: &'a Hit) -> Self {
        JsonHit {
            rank: hit.rank,
            score: hit.score,
            passage: JsonPassage::new(&hit.passage, &hit.highlights, &hit.sentences),
            alike: hit.alike.as_ref().map(|alike| {
                (!alike.ids.is_empty()).then(|| JsonAlike {
                    count: alike.ids.len(),
                    years: &alike.years,
                    ids: alike.ids.iter().map(ToString::to_string).collect(),
                })
            }),
        }
    }
}

/// Filters as JSON: the values of each facet, `not-` before those left out, and
/// `strict`.
pub fn filters_json(filters: &Filters) -> Map<String, Value> {
    let mut map = Map::new();
    for (prefix, side) in [("", &filters.only), ("not-", &filters.not)] {
        for (facet, values) in side {
            let shown: Vec<&str> = values.iter().map(|v| v.shown.as_str()).collect();
            map.insert(format!("{prefix}{facet}"), json!(shown));
        }
    }
    if filters.strict {
        map.insert(STRICT.to_owned(), json!([STRICT_VALUE]));
    }
    map
}

/// Facet counts as JSON: pairs of value and count under the facet's name.
pub fn facets_json(counts: &FacetCounts) -> Map<String, Value> {
    counts
        .iter()
        .map(|(name, values)| (name.to_string(), json!(values)))
        .collect()
}

/// Hits as JSON, each as a search has it.
pub fn hits_json(hits: &[Hit]) -> Value {
    json!(hits.iter().map(JsonHit::new).collect::<Vec<_>>())
}

impl<'a> JsonRespelled<'a> {
    fn new(respelled: &'a Respelled) -> Self {
        JsonRespelled {
            query: &respelled.query,
            total: respelled.passages,
        }
    }
}

impl<'a> JsonPartial<'a> {
    fn new(partial: &'a Partial) -> Self {
        JsonPartial {
            hit: JsonHit::new(&partial.hit),
            lacks: &partial.lacks,
        }
    }
}

/// Writes a search as one object on one line; with an id where it is one of a
/// batch.
///
/// # Errors
/// What writing fails with.
pub fn write_search(
    out: &mut dyn Write,
    id: Option<&str>,
    query: Option<&str>,
    filters: &Filters,
    results: &SearchResults,
) -> io::Result<()> {
    let object = JsonSearch {
        id,
        schema: SCHEMA,
        query,
        filters: filters_json(filters),
        total: results.total,
        headings: results.headings,
        hits: results.hits.iter().map(JsonHit::new).collect(),
        partial: results.partial.as_ref().map(|partial| {
            let partial = partial.iter();
            partial.map(JsonPartial::new).collect()
        }),
        respelled: results.respelled.iter().map(JsonRespelled::new).collect(),
        facets: results.facets.as_ref().map(facets_json),
    };
    write_line(out, &object)
}

/// The patterns of a query with the words that they stood for.
pub(super) fn patterns_json(patterns: &[PatternWords]) -> Value {
    let patterns = patterns.iter();
    let patterns: Vec<Value> = patterns
        .map(|e| json!({"pattern": e.pattern, "words": e.words}))
        .collect();
    json!(patterns)
}

/// What synonyms added to a query.
pub(super) fn added_json(added: &[Added]) -> Value {
    let added = added.iter();
    let added: Vec<Value> = added
        .map(|a| json!({"of": a.of, "words": a.words}))
        .collect();
    json!(added)
}

/// How much a group of passages holds.
pub(super) fn tally_json(tally: &Tally) -> Value {
    json!({
        "passages": tally.passages,
        "hits": tally.hits,
        "reports": tally.reports,
        "words": tally.words,
    })
}

/// Writes an explanation as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_explanation(
    out: &mut dyn Write,
    query: &str,
    explained: &Explanation,
) -> io::Result<()> {
    let passage = explained.passage.as_ref().map(|p| {
        json!({
            "id": p.passage.id.to_string(),
            "note": p.passage.report.note,
            "matches": p.matches,
            "passes_filters": p.passes_filters,
            "highlights": in_code_points(&p.passage.text, &p.highlights)
                .into_iter()
                .map(|r| [r.start, r.end])
                .collect::<Vec<_>>(),
            "sentences": p.sentences,
            "score": p.score,
            "length": p.length,
            "mean_length": p.mean_length,
            "units": p.units.iter().map(|(unit, score)| json!({
                "unit": unit.shown,
                "weight": unit.weight,
                "idf": unit.idf,
                "asked": score.times,
                "times": score.frequency,
                "typed": score.typed,
                "words": score.words,
                "closeness": score.closeness,
            })).collect::<Vec<_>>(),
        })
    });
    let object = json!({
        "schema": SCHEMA,
        "query": query,
        "understood": explained.understood,
        "mixed": explained.mixed,
        "added": added_json(&explained.added),
        "total": explained.total,
        "parts": explained.parts.iter().map(|p| json!({
            "depth": p.depth,
            "part": p.label,
            "passages": p.passages,
            "here": p.here.map(|h| h.0),
            "times": p.here.and_then(|h| h.1),
        })).collect::<Vec<_>>(),
        "patterns": patterns_json(&explained.expansions),
        "feedback": explained.feedback.iter().map(|w| json!([w.stem, w.weight])).collect::<Vec<_>>(),
        "passage": passage,
    });
    write_line(out, &object)
}

/// Writes hits, one object a line.
///
/// # Errors
/// What writing fails with.
pub fn write_hits(out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
    hits.iter()
        .try_for_each(|hit| write_line(out, &JsonHit::new(hit)))
}

/// Writes passages with the words that gave each theme, as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_passages(out: &mut dyn Write, passages: &[Passage]) -> io::Result<()> {
    let objects: Vec<Value> = passages
        .iter()
        .map(|passage| {
            let mut object = json!(JsonPassage::new(passage, &[], &[]));
            let words = |spans: &[std::ops::Range<usize>]| -> Vec<&str> {
                spans
                    .iter()
                    .filter_map(|s| passage.text.get(s.clone()))
                    .collect()
            };
            let given: Map<String, Value> = passage
                .themes
                .iter()
                .map(|t| (t.path.clone(), json!(words(&t.spans))))
                .collect();
            object["theme_words"] = Value::Object(given);
            object["tier_note"] = json!(passage.report.tier_note);
            object
        })
        .collect();
    write_line(out, &json!({ "schema": SCHEMA, "passages": objects }))
}

/// Writes facet counts as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_facets(
    out: &mut dyn Write,
    query: Option<&str>,
    filters: &Filters,
    results: &SearchResults,
    counts: &FacetCounts,
) -> io::Result<()> {
    write_line(
        out,
        &json!({
            "schema": SCHEMA,
            "query": query,
            "filters": filters_json(filters),
            "total": results.total,
            "headings": results.headings,
            "facets": facets_json(counts),
        }),
    )
}

/// Writes a value on a line of its own.
///
/// # Errors
/// What writing fails with.
pub fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
