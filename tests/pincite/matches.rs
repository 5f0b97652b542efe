//! All passages of a query, and what the index tells of passages without their
//! texts, beside the searches and texts themselves.

use pincite::query::{FilterSpec, Filters, MatchMode, parse};
use pincite::search::{Columns, Matches, SearchRequest, Sort, search};
use pincite::text::Analysis;
use pincite::text::shingles::shingles;

use crate::support::samples;

#[test]
fn all_passages_of_a_query_are_those_of_a_search_without_limit() {
    let index = samples().open();
    let mut spec = FilterSpec::default();
    spec.add(
        pincite::index::FacetName::Year,
        false,
        &["2019..".to_owned()],
    );
    let narrowed = Filters::resolve(&spec, &index).unwrap();
    for query in [
        "\"brick kilns\"",
        "debt OR kiln*",
        "victim -child",
        "debt w/5 bondage",
        "NOT kiln",
        "zebra",
    ] {
        for filters in [&Filters::default(), &narrowed] {
            let parsed = parse(query, MatchMode::All).unwrap();
            let request = SearchRequest {
                filters: filters.clone(),
                limit: usize::MAX,
                sort: Sort::Position,
                ..SearchRequest::new(parsed.clone())
            };
            let mut hits = search(&index, &request).unwrap().hits;
            hits.sort_by_key(|hit| hit.passage.id.sort_key());
            let matches = Matches::of(&index, Some(&parsed), filters).unwrap();
            let counted = matches.counted().unwrap();
            let all = matches.hits(matches.docs()).unwrap();
            assert_eq!(counted.len(), hits.len(), "{query}");
            for ((hit, found), count) in hits.iter().zip(&all).zip(&counted) {
                assert_eq!(hit.passage, found.passage, "{query}");
                assert_eq!(hit.highlights, found.highlights, "{query}");
                assert_eq!(hit.highlights.len() as u32, count.hits, "{query}");
            }
        }
    }
}

#[test]
fn the_index_knows_words_reports_and_shingles_of_every_passage() {
    let index = samples().open();
    let columns = Columns::of(&index).unwrap();
    let reports = index.reports().unwrap();
    let mut passages = index.passages();
    let mut doc = 0;
    for (number, report) in reports.iter().enumerate() {
        assert_eq!(report.passages.start, doc, "reports stand side by side");
        for at in report.passages.clone() {
            let passage = passages.passage(at).unwrap();
            assert_eq!(passage.id.report, report.id);
            assert_eq!(columns.report(at), number);
            let words = Analysis::of(&passage.text).word_count();
            assert_eq!(columns.words(at), words as u64, "{}", passage.id);
            let mut least: Vec<u32> = shingles(&passage.text)
                .into_iter()
                .map(|hash| (hash >> 32) as u32)
                .collect();
            least.sort_unstable();
            least.truncate(pincite::index::shingles::KEPT);
            let kept: Vec<u32> = index.shingles.of(at).collect();
            assert_eq!(kept, least, "{}", passage.id);
        }
        doc = report.passages.end;
    }
    assert_eq!(u64::from(doc), index.manifest.counts.passages);
    assert_eq!(reports.len() as u64, index.manifest.counts.reports);
}
