//! The fields of the engine's index.

use tantivy::schema::{
    FacetOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

/// The fields of a passage.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// The sort key of the passage id: one term; the passages are in its order.
    pub key: Field,
    /// Folded words and the joined forms of compounds, with positions.
    pub exact: Field,
    /// Stems that several words of the index have, without positions.
    pub stem: Field,
    /// The words of stems: a dictionary alone, without passages.
    pub forms: Field,
    /// Where sentences begin, and words with capitals.
    pub marks: Field,
    /// All facets of the passage.
    pub facet: Field,
    /// The year of the edition.
    pub year: Field,
    /// The gazetteer name of the country, folded.
    pub country: Field,
    /// The place of its report among all, from 0.
    pub report: Field,
    /// The place in the report.
    pub place: Field,
    /// How many words it has, the parts of a compound counted one by one.
    pub words: Field,
}

/// The schema and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let terms = |record: IndexRecordOption, lengths: bool| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                // The index is written as a whole; the engine cuts no text.
                .set_tokenizer("raw")
                .set_fieldnorms(lengths)
                .set_index_option(record),
        )
    };
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        key: builder.add_text_field("key", terms(IndexRecordOption::Basic, false)),
        exact: builder.add_text_field(
            "exact",
            terms(IndexRecordOption::WithFreqsAndPositions, true),
        ),
        stem: builder.add_text_field("stem", terms(IndexRecordOption::WithFreqs, true)),
        forms: builder.add_text_field("forms", terms(IndexRecordOption::Basic, false)),
        marks: builder.add_text_field(
            "marks",
            terms(IndexRecordOption::WithFreqsAndPositions, false),
        ),
        facet: builder.add_facet_field("facet", FacetOptions::default()),
        year: builder.add_u64_field("year", number()),
        country: builder.add_text_field("country", TextOptions::default().set_fast("raw")),
        report: builder.add_u64_field("report", number()),
        place: builder.add_u64_field("place", number()),
        words: builder.add_u64_field("words", number()),
    };
    (builder.build(), fields)
}
