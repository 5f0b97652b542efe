//! Writing what was gathered: each part of an index as one segment, with the
//! postings and columns of the engine and the texts beside them.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use tantivy::columnar::{ColumnType, ColumnarWriter};
use tantivy::directory::TerminatingWrite;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer};
use tantivy::index::SegmentComponent;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::Field;
use tantivy::store::{Compressor, StoreWriter as EngineStore};
use tantivy::{DocId, Index, IndexWriter, Segment, TantivyError};

use super::facet::DOUBTFUL;
use super::gather::Gathered;
use super::invert::{Detail, write_field};
use super::part::{GatheredPart, IndexPart};
use super::schema::{Fields, schema};
use super::shingles::ShinglesWriter;
use super::terms::Terms;
use super::texts::{write_passages, write_reports};
use super::worker::Attributes;
use crate::text::fold;

/// The least memory that the engine's writer starts with, in bytes. It writes
/// nothing but the list of segments.
const WRITER_MEMORY: usize = 15_000_000;

/// Writes all parts of an index into an empty folder; a part without documents
/// is not written. At most `places` places of words are in memory at a time, or
/// those of one word.
pub(super) fn write_segments(
    gathered: &Gathered,
    lexicon: &[String],
    places: usize,
    folder: &Path,
) -> tantivy::Result<()> {
    for part in IndexPart::ALL {
        let of = GatheredPart { gathered, part };
        match part.folder() {
            None => {
                write_segment(of, places, folder)?;
                write_reports(gathered, lexicon, folder)?;
            }
            Some(name) if of.docs() > 0 => {
                let below = folder.join(name);
                std::fs::create_dir(&below)?;
                write_segment(of, places, &below)?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Writes one part into an empty folder.
fn write_segment(part: GatheredPart<'_>, places: usize, folder: &Path) -> tantivy::Result<()> {
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema)?;
    let segment = index.new_segment().with_max_doc(part.docs());
    let words = || write_postings(part, &fields, places, &segment);
    let texts = || -> tantivy::Result<()> {
        write_columns(part, &segment, folder)?;
        Ok(write_passages(part, folder)?)
    };
    let (words, texts) = rayon::join(words, texts);
    words?;
    texts?;
    // The engine asks for its own file of texts.
    let none = segment.open_write(SegmentComponent::Store)?;
    EngineStore::new(none, Compressor::None, 1, false)?.close()?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY)?;
    writer.add_segment(segment.meta().clone())?;
    writer.commit()?;
    writer.wait_merging_threads()
}

fn write_postings(
    part: GatheredPart<'_>,
    fields: &Fields,
    places: usize,
    segment: &Segment,
) -> tantivy::Result<()> {
    let lengths: Vec<u8> = part
        .reports()
        .flat_map(|(_, kept)| kept.lengths.iter().copied())
        .collect();
    let norms = segment.open_write(SegmentComponent::FieldNorms)?;
    let mut norms = FieldNormsSerializer::from_write(norms)?;
    norms.serialize_field(fields.exact, &lengths)?;
    norms.serialize_field(fields.stem, &lengths)?;
    norms.close()?;
    let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
    let length = part.reports().map(|(_, kept)| kept.length).sum();

    let terms = Terms::new(part.vocabularies(), fields);
    let mut postings = InvertedIndexSerializer::open(segment)?;
    for (terms, detail) in [
        (&terms.exact, Detail::Positions),
        (&terms.stems, Detail::Frequencies),
        (&terms.marks, Detail::Positions),
    ] {
        let norms = norms.get_field(terms.field)?;
        let mut field = postings.new_field(terms.field, length, norms)?;
        write_field(part, terms, detail, places, &mut field)?;
        field.close()?;
    }
    let mut forms = postings.new_field(fields.forms, 0, None)?;
    for key in &terms.forms {
        forms.new_term(key.as_bytes(), 0, false)?;
        forms.close_term()?;
    }
    forms.close()?;
    write_attributes(part, fields, &mut postings)?;
    postings.close()?;
    Ok(())
}

/// Calls a function with every passage's attributes, in order.
fn for_each_passage(
    part: GatheredPart<'_>,
    mut call: impl FnMut(usize, DocId, &Attributes<'_>) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let mut buffer = Vec::new();
    let mut doc = 0;
    for (number, (report, kept)) in part.reports().enumerate() {
        let spool = &part.gathered.spools[report.worker];
        let mut rest = spool.get(kept.attributes, &mut buffer)?;
        for _ in 0..kept.passages {
            let (attributes, after) = postcard::take_from_bytes::<Attributes<'_>>(rest)
                .map_err(|e| TantivyError::InternalError(e.to_string()))?;
            rest = after;
            call(number, doc, &attributes)?;
            doc += 1;
        }
    }
    Ok(())
}

/// The terms that are found whole: keys and facet values.
fn write_attributes(
    part: GatheredPart<'_>,
    fields: &Fields,
    postings: &mut InvertedIndexSerializer,
) -> tantivy::Result<()> {
    let mut facets: BTreeMap<String, Vec<DocId>> = BTreeMap::new();
    let mut keys = postings.new_field(fields.key, u64::from(part.docs()), None)?;
    let mut last = String::new();
    let mut prefix = (usize::MAX, String::new());
    for_each_passage(part, |report, doc, passage| {
        if prefix.0 != report {
            prefix = (report, part.gathered.reports[report].id.sort_prefix());
        }
        let key = format!("{}{}", prefix.1, passage.key);
        if key <= last {
            let message = format!("`{key}` comes after `{last}`");
            return Err(TantivyError::InternalError(message));
        }
        keys.new_term(key.as_bytes(), 1, false)?;
        last = key;
        keys.write_doc(doc, 1, &[]);
        keys.close_term()?;
        let doubtful = passage.is_doubtful.then_some(DOUBTFUL);
        for facet in passage.facets.iter().copied().chain(doubtful) {
            for value in with_those_above(facet) {
                match facets.get_mut(value) {
                    Some(docs) if docs.last() == Some(&doc) => {}
                    Some(docs) => docs.push(doc),
                    None => {
                        facets.insert(value.to_owned(), vec![doc]);
                    }
                }
            }
        }
        Ok(())
    })?;
    keys.close()?;
    write_facets(fields.facet, &facets, postings)?;
    Ok(())
}

fn write_facets(
    field: Field,
    facets: &BTreeMap<String, Vec<DocId>>,
    postings: &mut InvertedIndexSerializer,
) -> io::Result<()> {
    let total = facets.values().map(|docs| docs.len() as u64).sum();
    let mut field = postings.new_field(field, total, None)?;
    for (value, docs) in facets {
        field.new_term(value.as_bytes(), docs.len() as u32, false)?;
        docs.iter().for_each(|doc| field.write_doc(*doc, 1, &[]));
        field.close_term()?;
    }
    field.close()
}

/// A facet value, coded by the engine, with all above it that have a value too:
/// steps end with a zero byte.
fn with_those_above(facet: &str) -> impl Iterator<Item = &str> {
    let above = facet
        .match_indices('\0')
        .skip(1)
        .map(|(end, _)| &facet[..end]);
    above.chain([facet])
}

fn write_columns(part: GatheredPart<'_>, segment: &Segment, folder: &Path) -> tantivy::Result<()> {
    let mut shingles = ShinglesWriter::create(folder)?;
    let mut columns = ColumnarWriter::default();
    for (name, kind) in [
        ("year", ColumnType::U64),
        ("report", ColumnType::U64),
        ("place", ColumnType::U64),
        ("words", ColumnType::U64),
        ("country", ColumnType::Str),
        ("facet", ColumnType::Str),
    ] {
        columns.record_column_type(name, kind, name == "facet");
    }
    let mut last = usize::MAX;
    let mut country = None;
    for_each_passage(part, |number, doc, passage| {
        let info = &part.gathered.reports[number].info;
        if last != number {
            // Folded, so that names sort as readers expect.
            country = info.country.as_ref().map(|c| fold(&c.name));
            last = number;
        }
        if let Some(year) = info.year {
            columns.record_numerical(doc, "year", u64::from(year.get()));
        }
        if let Some(country) = &country {
            columns.record_str(doc, "country", country);
        }
        columns.record_numerical(doc, "report", number as u64);
        columns.record_numerical(doc, "place", u64::from(passage.place));
        columns.record_numerical(doc, "words", u64::from(passage.words));
        shingles.add(&passage.shingles)?;
        for facet in &passage.facets {
            columns.record_str(doc, "facet", facet);
        }
        Ok(())
    })?;
    shingles.close()?;
    let mut file = segment.open_write(SegmentComponent::FastFields)?;
    columns.serialize(part.docs(), None, &mut file)?;
    file.terminate()?;
    Ok(())
}
