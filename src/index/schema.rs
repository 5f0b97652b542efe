//! The fields of the engine's index.

use tantivy::schema::{
    FacetOptions, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing,
    TextOptions,
};

use super::tokenizer::{EXACT, MARKS, STEM};

/// The fields of a passage's document.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// The sort key of the passage id: one term, and the order of documents.
    pub key: Field,
    /// The text as stems; stored as printed.
    pub stem: Field,
    /// The text as folded words.
    pub exact: Field,
    /// Where sentences begin, and words with capitals.
    pub marks: Field,
    /// All facets of the passage.
    pub facet: Field,
    /// The year of the edition.
    pub year: Field,
    /// The gazetteer name of the country.
    pub country: Field,
    /// What the sort keys of its report begin with.
    pub report: Field,
    /// The place in the report.
    pub place: Field,
    /// All else that is shown, as JSON.
    pub meta: Field,
}

/// The name of the field that documents are ordered by.
pub const ORDER: &str = "key";

/// The schema and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = |tokenizer: &str, lengths: bool| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_fieldnorms(lengths)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        )
    };
    let raw = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let fields = Fields {
        key: builder.add_text_field(
            ORDER,
            TextOptions::default()
                .set_indexing_options(raw)
                .set_fast("raw"),
        ),
        stem: builder.add_text_field("stem", words(STEM, true).set_stored()),
        exact: builder.add_text_field("exact", words(EXACT, true)),
        marks: builder.add_text_field("marks", words(MARKS, false)),
        facet: builder.add_facet_field("facet", FacetOptions::default()),
        year: builder.add_u64_field("year", NumericOptions::default().set_fast()),
        country: builder.add_text_field("country", TextOptions::default().set_fast("raw")),
        report: builder.add_text_field("report", TextOptions::default().set_fast("raw")),
        place: builder.add_u64_field("place", NumericOptions::default().set_fast()),
        meta: builder.add_text_field("meta", TextOptions::default() | STORED),
    };
    (builder.build(), fields)
}
