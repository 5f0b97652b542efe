//! Ranking as a test: where wanted passages stand, and figures on a public
//! collection beside the plain engine.
//!
//! The tables below `tests/ranking/` are committed, so that a change of the
//! ranking shows as a diff; `PINCITE_BLESS=1 cargo test ranking` writes them
//! anew.

use std::collections::HashMap;
use std::path::Path;

use pincite::query::{MatchMode, parse};
use pincite::search::{SearchRequest, search};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{
    IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{Index, TantivyDocument, Term};

use crate::support::{root, run, samples, shared};

/// Compares a table with the committed one.
fn committed(name: &str, table: &str) {
    let path = root().join("tests/ranking").join(name);
    if std::env::var_os("PINCITE_BLESS").is_some() {
        std::fs::write(&path, table).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(table, kept, "the ranking differs from {}", path.display());
}

#[test]
fn wanted_passages_of_the_samples_stay_where_they_are() {
    let wanted = std::fs::read_to_string(root().join("tests/ranking/wanted.tsv")).unwrap();
    let index = samples().open();
    let mut table = String::from("ranks of the wanted passages, best first\tquery\n");
    let (mut reciprocal, mut recall, mut queries) = (0.0, 0.0, 0);
    for line in wanted.lines().skip(1) {
        let (query, ids) = line.split_once('\t').unwrap();
        let mut request = SearchRequest::new(parse(query, MatchMode::Any).unwrap());
        request.limit = usize::MAX;
        let hits = search(&index, &request).unwrap().hits;
        let rank = |id: &str| hits.iter().position(|h| h.passage.id.to_string() == id);
        let ranks: Vec<usize> = ids
            .split_whitespace()
            .map(|id| rank(id).unwrap_or_else(|| panic!("{id} for {query}")) + 1)
            .collect();
        let first = ranks.iter().min().unwrap();
        reciprocal += 1.0 / *first as f64;
        let found = ranks.iter().filter(|r| **r <= 5).count();
        recall += found as f64 / ranks.len() as f64;
        queries += 1;
        let ranks: Vec<String> = ranks.iter().map(usize::to_string).collect();
        table += &format!("{}\t{query}\n", ranks.join(" "));
    }
    assert_eq!(queries, 25);
    table += &format!(
        "MRR {:.3}, recall@5 {:.3}\n",
        reciprocal / f64::from(queries),
        recall / f64::from(queries)
    );
    committed("samples.tsv", &table);
}

/// The judgements of a collection: by query the grade of each document.
type Judged = HashMap<String, HashMap<String, u32>>;

/// nDCG@10 with linear gain, mean average precision, recall@100.
#[derive(Debug, Clone, Copy)]
struct Figures {
    ndcg: f64,
    map: f64,
    recall: f64,
}

fn score(judged: &Judged, ranked: &HashMap<String, Vec<String>>) -> Figures {
    let mut sum = Figures {
        ndcg: 0.0,
        map: 0.0,
        recall: 0.0,
    };
    for (query, grades) in judged {
        let docs = ranked.get(query).map_or(&[][..], Vec::as_slice);
        let grade = |doc: &String| grades.get(doc).copied().unwrap_or(0);
        let gain = |grades: &[u32]| -> f64 {
            let gains = grades.iter().take(10).enumerate();
            gains
                .map(|(i, g)| f64::from(*g) / (i as f64 + 2.0).log2())
                .sum()
        };
        let mut best: Vec<u32> = grades.values().copied().collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let here: Vec<u32> = docs.iter().map(grade).collect();
        let relevant = best.iter().filter(|g| **g > 0).count();
        if relevant == 0 {
            continue;
        }
        sum.ndcg += gain(&here) / gain(&best);
        let mut found = 0.0;
        for (i, grade) in here.iter().take(1000).enumerate() {
            if *grade > 0 {
                found += 1.0;
                sum.map += found / (i as f64 + 1.0) / relevant as f64;
            }
        }
        let early = here.iter().take(100).filter(|g| **g > 0).count();
        sum.recall += early as f64 / relevant as f64;
    }
    let queries = judged.len() as f64;
    Figures {
        ndcg: sum.ndcg / queries,
        map: sum.map / queries,
        recall: sum.recall / queries,
    }
}

/// A run of the program, read back from its TREC lines.
fn run_of_program(folder: &Path, args: &[&str]) -> HashMap<String, Vec<String>> {
    let batch = [
        "batch",
        "queries.tsv",
        "--match",
        "any",
        "--format",
        "trec",
        "-n",
        "1000",
    ];
    let run = run(folder, &[&batch[..], args].concat());
    assert_eq!(run.status, 0, "no query fails: {}", run.stderr);
    let mut ranked: HashMap<String, Vec<String>> = HashMap::new();
    for line in run.stdout.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let docs = ranked.entry(fields[0].to_owned()).or_default();
        docs.push(fields[2].to_owned());
        assert_eq!(fields[3], docs.len().to_string(), "ranks count up");
    }
    ranked
}

/// The plain engine: one field, its English stemmer, BM25, any word.
fn run_of_engine(docs: &str, queries: &str) -> HashMap<String, Vec<String>> {
    let mut builder = Schema::builder();
    let id = builder.add_text_field("id", STRING | STORED);
    let words = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqs);
    let text = builder.add_text_field("text", TextOptions::default().set_indexing_options(words));
    let index = Index::create_in_ram(builder.build());
    let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
    for line in docs.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut document = TantivyDocument::new();
        document.add_text(id, record["id"].as_str().unwrap());
        document.add_text(text, record["text"].as_str().unwrap());
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.reader().unwrap().searcher();
    let mut analyzer = index.tokenizers().get("en_stem").unwrap();
    let mut ranked = HashMap::new();
    for line in queries.lines() {
        let (query, words) = line.split_once('\t').unwrap();
        let mut terms: Vec<Box<dyn Query>> = Vec::new();
        analyzer.token_stream(words).process(&mut |token| {
            let term = Term::from_field_text(text, &token.text);
            terms.push(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)));
        });
        let top = TopDocs::with_limit(1000).order_by_score();
        let found = searcher.search(&BooleanQuery::union(terms), &top).unwrap();
        let docs = found.into_iter().map(|(_, at)| {
            let document: TantivyDocument = searcher.doc(at).unwrap();
            document.get_first(id).unwrap().as_str().unwrap().to_owned()
        });
        ranked.insert(query.to_owned(), docs.collect());
    }
    ranked
}

#[test]
fn ranks_a_public_collection_better_than_the_plain_engine() {
    let Some(folder) = shared().map(|f| f.join("ir/cranfield")) else {
        return;
    };
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let (docs, queries) = (read("docs.jsonl"), read("queries.tsv"));
    let mut judged = Judged::new();
    for line in read("qrels.txt").lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let grades = judged.entry(fields[0].to_owned()).or_default();
        grades.insert(fields[2].to_owned(), fields[3].parse().unwrap());
    }
    let work = crate::support::folder(&[
        ("corpus/docs.jsonl", docs.as_bytes()),
        ("queries.tsv", format!("id\tquery\n{queries}").as_bytes()),
    ]);
    // One record has no text: it is told, and the rest is read.
    assert_eq!(run(work.path(), &["index"]).status, 4);
    let engine = score(&judged, &run_of_engine(&docs, &queries));
    let ours = score(&judged, &run_of_program(work.path(), &[]));
    let fed = score(&judged, &run_of_program(work.path(), &["--feedback"]));
    let mut table = String::from("Cranfield, any word\tnDCG@10\tMAP\trecall@100\n");
    for (name, figures) in [
        ("Tantivy BM25, en_stem", engine),
        ("pincite", ours),
        ("pincite --feedback", fed),
    ] {
        table += &format!(
            "{name}\t{:.4}\t{:.4}\t{:.4}\n",
            figures.ndcg, figures.map, figures.recall
        );
    }
    let _ = std::io::Write::write_all(&mut std::io::stderr(), table.as_bytes());
    assert!(ours.ndcg >= 1.03 * engine.ndcg, "{ours:?} {engine:?}");
    assert!(ours.map > engine.map && ours.recall > engine.recall);
    assert!(fed.ndcg > ours.ndcg && fed.map > ours.map);
    committed("cranfield.tsv", &table);
}
