//! Raw Tantivy: one text field with its default tokenizer, stored, with
//! positions; country, year, and both as facets. One segment.

use std::ops::Bound;
use std::path::Path;
use std::process::Command;

use ::tantivy::collector::{Count, FacetCollector, TopDocs};
use ::tantivy::indexer::NoMergePolicy;
use ::tantivy::query::{BooleanQuery, Occur, PhraseQuery, RangeQuery, TermQuery};
use ::tantivy::schema::{
    FAST, Facet, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TEXT,
    Value,
};
use ::tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};
use anyhow::{Context, Result};

use super::{BuiltIn, Engine, HITS, MEMORY, Peer, Source, ask_here, build_here};
use crate::corpus::{CutPassage, read_passages};
use crate::queries::{Join, Query};

/// Its name as a built-in engine.
pub const NAME: &str = "Tantivy";

/// The engine.
#[derive(Debug)]
pub struct Tantivy;

impl Peer for Tantivy {
    fn name(&self) -> &'static str {
        NAME
    }

    fn version(&self) -> String {
        // `tantivy v0.27.0, index_format v7`
        let all = ::tantivy::version_string();
        let words = all.split([' ', ',']).find_map(|w| w.strip_prefix('v'));
        words.unwrap_or(all).to_owned()
    }

    fn build(&self, source: Source<'_>, index: &Path) -> Command {
        build_here(NAME, source, index)
    }

    fn has_facets(&self) -> bool {
        true
    }

    fn open(&self, index: &Path) -> Result<Box<dyn Engine>> {
        let index = Index::open_in_dir(index)?;
        let searcher = index.reader()?.searcher();
        let fields = Fields::of(&index.schema())?;
        Ok(Box::new(Open { searcher, fields }))
    }

    fn ask(&self, index: &Path, query: &Query) -> Result<Command> {
        ask_here(NAME, index, query)
    }
}

impl BuiltIn for Tantivy {
    fn write(&self, passages: &Path, folder: &Path, threads: usize) -> Result<()> {
        std::fs::create_dir_all(folder)?;
        let index = Index::create_in_dir(folder, schema())?;
        let fields = Fields::of(&index.schema())?;
        let mut writer: IndexWriter = index.writer_with_num_threads(threads, MEMORY)?;
        // All segments are merged at once at the end, not some of them before.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for passage in read_passages(passages)? {
            writer.add_document(fields.document(passage?))?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        Ok(())
    }
}

fn schema() -> Schema {
    let mut schema = Schema::builder();
    schema.add_text_field("text", TEXT | STORED);
    schema.add_text_field("country", STRING);
    schema.add_u64_field("year", INDEXED | FAST);
    schema.add_facet_field("facet", FacetOptions::default());
    schema.build()
}

struct Fields {
    text: Field,
    country: Field,
    year: Field,
    facet: Field,
}

impl Fields {
    fn of(schema: &Schema) -> Result<Self> {
        Ok(Fields {
            text: schema.get_field("text")?,
            country: schema.get_field("country")?,
            year: schema.get_field("year")?,
            facet: schema.get_field("facet")?,
        })
    }

    fn document(&self, passage: CutPassage) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        if !passage.country.is_empty() {
            document.add_text(self.country, &passage.country);
            document.add_facet(self.facet, Facet::from_path(["country", &passage.country]));
        }
        let year = passage.year.to_string();
        document.add_u64(self.year, passage.year.into());
        document.add_facet(self.facet, Facet::from_path(["year", &year]));
        document.add_text(self.text, passage.text);
        document
    }
}

struct Open {
    searcher: Searcher,
    fields: Fields,
}

impl Open {
    fn query(&self, query: &Query) -> Box<dyn tantivy::query::Query> {
        let words = query.words.iter();
        let mut terms = words.map(|w| Term::from_field_text(self.fields.text, w));
        let found = match query.join {
            Join::Phrase => Box::new(PhraseQuery::new(terms.collect())),
            Join::Any => joined(terms, Occur::Should),
            Join::All if query.words.len() > 1 => joined(terms, Occur::Must),
            Join::All => terms.next().map_or(joined(terms, Occur::Must), term_query),
        };
        let Some(place) = &query.place else {
            return found;
        };
        let country = Term::from_field_text(self.fields.country, &place.country);
        let year = |year: u16| Bound::Included(Term::from_field_u64(self.fields.year, year.into()));
        let country = TermQuery::new(country, IndexRecordOption::Basic);
        let years = RangeQuery::new(year(place.from), year(place.to));
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, found),
            (Occur::Must, Box::new(country)),
            (Occur::Must, Box::new(years)),
        ]))
    }
}

fn term_query(term: Term) -> Box<dyn tantivy::query::Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn joined(terms: impl Iterator<Item = Term>, occur: Occur) -> Box<dyn tantivy::query::Query> {
    let parts = terms.map(|term| (occur, term_query(term)));
    Box::new(BooleanQuery::new(parts.collect()))
}

impl Engine for Open {
    fn answer(&mut self, query: &Query) -> Result<Vec<String>> {
        let built = self.query(query);
        let top = TopDocs::with_limit(HITS).order_by_score();
        let best = match query.facets {
            false => self.searcher.search(&built, &top)?,
            true => {
                let mut facets = FacetCollector::for_field("facet");
                facets.add_facet("/country");
                facets.add_facet("/year");
                let (best, total, counts) = self.searcher.search(&built, &(top, Count, facets))?;
                std::hint::black_box((total, counts.get("/country").count()));
                std::hint::black_box(counts.get("/year").count());
                best
            }
        };
        best.into_iter()
            .map(|(_, address)| {
                let document: TantivyDocument = self.searcher.doc(address)?;
                let text = document.get_first(self.fields.text);
                let text = text.and_then(|t| t.as_str().map(str::to_owned));
                text.context("a passage without a text")
            })
            .collect()
    }
}
