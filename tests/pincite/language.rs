//! The query language against a brute-force reading of it.
//!
//! Random queries are made as trees of this file's own, written as text, and
//! run; the same trees are evaluated here from the grammar's meaning on lists
//! of words with sentence marks, by trying all combinations. Both must agree on
//! the passages that match, the spans that light up, the sentences and the
//! counts. Only the rules for words and sentences are shared.

use std::collections::BTreeSet;
use std::path::PathBuf;

use pincite::index::OpenIndex;
use pincite::query::{MatchMode, PassageQuery, Plan, parse};
use pincite::search::{Hit, SearchRequest, Sort, search};
use pincite::text::words::joined_printed_form;
use pincite::text::{Analysis, Language, Stemmer, sentences};

use crate::oracle::same_word;
use crate::support::{Random, build_index, folder, open, root, samples, shared};

/// A query.
#[derive(Debug, Clone)]
enum Q {
    Word(Word),
    /// Words in quotes with other words between.
    Phrase(Vec<Word>, u32),
    Near(Box<Q>, Box<Q>, How),
    And(Vec<Q>),
    Or(Vec<Q>),
    Not(Box<Q>),
    AtLeast(u32, Box<Q>),
    Boost(Box<Q>),
    /// The second half of the passages, told by their year.
    Later,
}

#[derive(Debug, Clone)]
enum Word {
    Stem(String),
    Form(String),
    Case(String),
    Star(String),
    Root(String),
    Regex(String),
    Fuzzy(String, usize),
}

#[derive(Debug, Clone, Copy)]
enum How {
    Words(u32),
    OrderedWords(u32),
    Sentence,
    OrderedSentence,
    OrderedPassage,
}

impl Word {
    fn bare(&self) -> String {
        match self {
            Word::Stem(w) => w.clone(),
            Word::Form(w) => format!("={w}"),
            Word::Case(w) => format!("case:\"{w}\""),
            Word::Star(w) => w.clone(),
            Word::Root(w) => format!("{w}!"),
            Word::Regex(w) => format!("/{w}/"),
            Word::Fuzzy(w, n) => format!("{w}~{n}"),
        }
    }
}

impl Q {
    fn is_function_word(&self) -> bool {
        matches!(self, Q::Word(Word::Stem(w)) if Language::default().is_function_word(w))
    }

    fn text(&self) -> String {
        let inside = |q: &Q| match q {
            Q::Near(..) | Q::And(_) | Q::Or(_) => format!("({})", q.text()),
            q => q.text(),
        };
        match self {
            Q::Word(word) => word.bare(),
            Q::Phrase(words, slop) => {
                let words: Vec<String> = words
                    .iter()
                    .map(|w| match w {
                        Word::Form(w) => w.clone(),
                        w => w.bare(),
                    })
                    .collect();
                let slop = match slop {
                    0 => String::new(),
                    n => format!("~{n}"),
                };
                format!("\"{}\"{slop}", words.join(" "))
            }
            Q::Near(a, b, how) => {
                let sign = match how {
                    How::Words(n) if n % 2 == 0 => format!("w/{n}"),
                    How::Words(n) => format!("NEAR/{n}"),
                    How::OrderedWords(n) if n % 2 == 0 => format!("pre/{n}"),
                    How::OrderedWords(n) => format!("+{n}"),
                    How::Sentence => "/s".to_owned(),
                    How::OrderedSentence => "+s".to_owned(),
                    How::OrderedPassage => "+p".to_owned(),
                };
                format!("{} {sign} {}", inside(a), inside(b))
            }
            Q::And(qs) => qs.iter().map(inside).collect::<Vec<_>>().join(" "),
            Q::Or(qs) => qs.iter().map(inside).collect::<Vec<_>>().join(" OR "),
            Q::Not(q) => format!("NOT {}", inside(q)),
            Q::AtLeast(n, q) => format!("ATLEAST{n}({})", q.text()),
            Q::Boost(q) => format!("{}^2", inside(q)),
            Q::Later => "year:2000..".to_owned(),
        }
    }
}

/// One word of a passage, or the joined form of a compound.
struct Token {
    form: String,
    printed: String,
    start: usize,
    end: usize,
}

struct Passage {
    id: String,
    later: bool,
    tokens: Vec<Token>,
    /// The bytes of each position.
    spans: Vec<(usize, usize)>,
    /// The number of the sentence of each position, from 1.
    sentence: Vec<usize>,
}

/// Half-open ranges of positions or bytes.
type Ranges = Vec<(usize, usize)>;
/// A place and what lights up in it, by position.
type Found = (usize, usize, Ranges);
/// A passage with the bytes that light up and the numbers of their sentences.
type Hits<'a> = Vec<(&'a str, Ranges, Vec<usize>)>;

impl Passage {
    fn new(id: String, later: bool, text: &str) -> Self {
        let analysis = Analysis::of(text);
        let cut = sentences(text);
        let mut passage = Passage {
            id,
            later,
            tokens: Vec::new(),
            spans: Vec::new(),
            sentence: Vec::new(),
        };
        for token in analysis.tokens() {
            let form = analysis.form(token).to_owned();
            let start = token.position as usize;
            if token.length == 1 {
                passage.spans.push((token.span.start, token.span.end));
                let begun = cut.iter().filter(|s| s.start <= token.span.start).count();
                passage.sentence.push(begun);
            }
            let covered = token.position..token.position + token.length;
            let parts = analysis.tokens().iter().filter(|t| t.length == 1);
            let parts = parts.filter(|t| covered.contains(&t.position));
            let printed = joined_printed_form(parts.map(|t| &text[t.span.clone()]));
            passage.tokens.push(Token {
                printed: printed.unwrap_or_else(|| form.clone()),
                form,
                start,
                end: start + token.length as usize,
            });
        }
        passage
    }

    fn is(&self, token: &Token, word: &Word) -> bool {
        match word {
            Word::Stem(w) => same_word(&Stemmer::default(), &token.form, w),
            Word::Form(w) => token.form == *w,
            Word::Case(w) => token.printed == *w,
            Word::Star(w) => like(
                &w.chars().collect::<Vec<_>>(),
                &token.form.chars().collect::<Vec<_>>(),
            ),
            Word::Root(w) => token.form.starts_with(w.as_str()),
            Word::Regex(w) => regex::Regex::new(&format!("^(?:{w})$"))
                .unwrap()
                .is_match(&token.form),
            Word::Fuzzy(w, n) => strsim::osa_distance(w, &token.form) <= *n,
        }
    }

    /// Every place of something that has places.
    fn places(&self, q: &Q) -> BTreeSet<Found> {
        match q {
            Q::Word(word) => self
                .tokens
                .iter()
                .filter(|t| self.is(t, word))
                .map(|t| (t.start, t.end, vec![(t.start, t.end)]))
                .collect(),
            Q::Phrase(words, slop) => {
                let mut found: Vec<Found> = Vec::new();
                for (i, word) in words.iter().enumerate() {
                    let here: Vec<&Token> =
                        self.tokens.iter().filter(|t| self.is(t, word)).collect();
                    if i == 0 {
                        found = here
                            .iter()
                            .map(|t| (t.start, 0, vec![(t.start, t.end)]))
                            .collect();
                        continue;
                    }
                    let mut longer = Vec::new();
                    for (start, passed, lit) in &found {
                        let end = lit[lit.len() - 1].1;
                        for token in &here {
                            if token.start < end || passed + token.start - end > *slop as usize {
                                continue;
                            }
                            let mut lit = lit.clone();
                            match token.start == end {
                                true => lit.last_mut().unwrap().1 = token.end,
                                false => lit.push((token.start, token.end)),
                            }
                            longer.push((*start, passed + token.start - end, lit));
                        }
                    }
                    found = longer;
                }
                found
                    .into_iter()
                    .map(|(start, _, lit)| (start, lit[lit.len() - 1].1, lit))
                    .collect()
            }
            Q::Near(a, b, how) => {
                let mut found = BTreeSet::new();
                for x in self.places(a) {
                    for y in self.places(b) {
                        let x_first = x.1 <= y.0;
                        if !x_first && y.1 > x.0 {
                            continue;
                        }
                        let (start, end) = (x.0.min(y.0), x.1.max(y.1));
                        let gap = if x_first { y.0 - x.1 } else { x.0 - y.1 };
                        let one = self.sentence[start] == self.sentence[end - 1];
                        let near = match how {
                            How::Words(n) => gap < *n as usize,
                            How::OrderedWords(n) => x_first && gap < *n as usize,
                            How::Sentence => one,
                            How::OrderedSentence => one && x_first,
                            How::OrderedPassage => x_first,
                        };
                        if near {
                            let mut lit = [x.2.clone(), y.2.clone()].concat();
                            lit.sort_unstable();
                            found.insert((start, end, lit));
                        }
                    }
                }
                found
            }
            Q::Or(qs) => qs.iter().flat_map(|q| self.places(q)).collect(),
            q => panic!("{q:?} has no places"),
        }
    }

    /// The most places that do not overlap, by trying.
    fn count(&self, q: &Q) -> u32 {
        let places: BTreeSet<(usize, usize)> =
            self.places(q).into_iter().map(|f| (f.0, f.1)).collect();
        // The most up to each position.
        let mut most = vec![0; self.spans.len() + 1];
        for end in 1..most.len() {
            most[end] = most[end - 1];
            for (start, _) in places.iter().filter(|p| p.1 == end) {
                most[end] = most[end].max(most[*start] + 1);
            }
        }
        most[self.spans.len()]
    }

    /// What lights up; none where the passage does not match.
    fn lit(&self, q: &Q) -> Option<Vec<(usize, usize)>> {
        match q {
            Q::And(qs) => {
                // Function words need not match where others are asked for.
                let asks = |q: &&Q| !q.is_function_word() && !matches!(q, Q::Not(_) | Q::Later);
                let any = qs.iter().any(|q| asks(&q));
                let needed = qs.iter().filter(|q| !any || !q.is_function_word());
                let all: Option<Vec<_>> = needed.map(|q| self.lit(q)).collect();
                all.map(|lit| lit.concat())
            }
            Q::Or(qs) => {
                let any: Vec<_> = qs.iter().filter_map(|q| self.lit(q)).collect();
                (!any.is_empty()).then(|| any.concat())
            }
            Q::Not(q) => self.lit(q).is_none().then(Vec::new),
            Q::AtLeast(n, q) => (self.count(q) >= *n).then(|| self.lit(q)).flatten(),
            Q::Boost(q) => self.lit(q),
            Q::Later => self.later.then(Vec::new),
            q => {
                let places = self.places(q);
                (!places.is_empty()).then(|| places.into_iter().flat_map(|f| f.2).collect())
            }
        }
    }
}

/// Whether a word is like a pattern with `*` and `?`.
fn like(pattern: &[char], word: &[char]) -> bool {
    match (pattern.first(), word.first()) {
        (None, None) => true,
        (Some('*'), _) => {
            like(&pattern[1..], word) || (!word.is_empty() && like(pattern, &word[1..]))
        }
        (Some('?'), Some(_)) => like(&pattern[1..], &word[1..]),
        (Some(p), Some(w)) => p == w && like(&pattern[1..], &word[1..]),
        _ => false,
    }
}

/// Positions that overlap melted, as bytes.
fn bytes(passage: &Passage, mut lit: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    lit.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (start, end) in lit {
        match out.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out.into_iter()
        .map(|(s, e)| (passage.spans[s].0, passage.spans[e - 1].1))
        .collect()
}

/// Makes random queries from the words of passages.
struct Maker<'a> {
    random: Random,
    passages: &'a [Passage],
}

impl Maker<'_> {
    /// Some words that stand near each other in a passage.
    fn neighbours(&mut self) -> Vec<(String, String)> {
        loop {
            let passage = &self.passages[self.random.below(self.passages.len())];
            if passage.tokens.is_empty() {
                continue;
            }
            let from = self.random.below(passage.tokens.len());
            let words: Vec<(String, String)> = passage.tokens[from..]
                .iter()
                .take(12)
                .filter(|t| t.form.chars().all(|c| c.is_ascii_alphanumeric()))
                .map(|t| (t.form.clone(), t.printed.clone()))
                .collect();
            if !words.is_empty() {
                return words;
            }
        }
    }

    fn word(&mut self, near: &[(String, String)], quoted: bool) -> Word {
        let (form, printed) = near[self.random.below(near.len())].clone();
        let letters = form.len();
        let kind = self.random.below(if quoted { 10 } else { 14 });
        match kind {
            0 if letters > 2 => {
                let at = 1 + self.random.below(letters - 1);
                Word::Star(format!("{}*", &form[..at.max(2)]))
            }
            1 if letters > 2 => {
                let at = 1 + self.random.below(letters - 2);
                Word::Star(format!("{}?{}", &form[..at], &form[at + 1..]))
            }
            2 if letters > 3 => Word::Star(format!("*{}", &form[letters - 3..])),
            3 if letters > 2 => Word::Root(form[..letters - 1].to_owned()),
            4 if letters > 2 => Word::Regex(format!("{}[a-m].*|{}s?", &form[..1], form)),
            5 if letters > 3 => {
                let n = 1 + self.random.below(2);
                Word::Fuzzy(format!("{}{}", &form[..1], &form[2..]), n)
            }
            6..10 => Word::Form(form),
            10 => Word::Case(printed),
            _ if quoted => Word::Form(form),
            _ => Word::Stem(form),
        }
    }

    /// Something with places.
    fn place(&mut self, depth: usize, near: &[(String, String)]) -> Q {
        match self.random.below(if depth == 0 { 3 } else { 6 }) {
            0 | 1 => Q::Word(self.word(near, false)),
            2 => {
                // Words in the order of the passage, so that some phrases match.
                let n = 2 + self.random.below(2);
                let from = self.random.below(near.len());
                let slop = self.random.below(3) as u32;
                let step = 1 + self.random.below(2);
                let words = near[from..].iter().step_by(step).take(n);
                let words: Vec<Word> = words
                    .map(|w| match self.random.below(3) {
                        0 => self.word(std::slice::from_ref(w), true),
                        _ => Word::Form(w.0.clone()),
                    })
                    .collect();
                Q::Phrase(words, slop)
            }
            3 => Q::Or(vec![
                self.place(depth - 1, near),
                self.place(depth - 1, near),
            ]),
            _ => {
                let n = 1 + self.random.below(9) as u32;
                let how = [
                    How::Words(n),
                    How::OrderedWords(n),
                    How::Sentence,
                    How::OrderedSentence,
                ][self.random.below(4)];
                let (a, b) = (self.place(depth - 1, near), self.place(depth - 1, near));
                Q::Near(Box::new(a), Box::new(b), how)
            }
        }
    }

    fn query(&mut self, depth: usize) -> Q {
        let near = self.neighbours();
        self.node(depth, &near)
    }

    fn node(&mut self, depth: usize, near: &[(String, String)]) -> Q {
        if depth == 0 {
            return self.place(0, near);
        }
        match self.random.below(12) {
            0..=4 => self.place(depth, near),
            5 | 6 => {
                let n = 2 + self.random.below(2);
                Q::And((0..n).map(|_| self.node(depth - 1, near)).collect())
            }
            7 | 8 => {
                let n = 2 + self.random.below(2);
                Q::Or((0..n).map(|_| self.node(depth - 1, near)).collect())
            }
            9 => Q::Not(Box::new(self.node(depth - 1, near))),
            10 => Q::AtLeast(
                1 + self.random.below(3) as u32,
                Box::new(self.place(depth - 1, near)),
            ),
            _ => match self.random.below(3) {
                0 => Q::Later,
                1 => Q::Boost(Box::new(self.place(depth - 1, near))),
                _ => Q::Near(
                    Box::new(self.place(depth - 1, near)),
                    Box::new(self.place(depth - 1, near)),
                    How::OrderedPassage,
                ),
            },
        }
    }
}

fn has_places(q: &Q) -> bool {
    match q {
        Q::Word(_) | Q::Phrase(..) => true,
        Q::Near(_, _, how) => !matches!(how, How::OrderedPassage),
        Q::Or(qs) => qs.iter().all(has_places),
        _ => false,
    }
}

/// Compares `n` random queries on an index with the passages it was made of.
fn compare(index: &OpenIndex, passages: &[Passage], n: usize, seed: u64) {
    assert_eq!(index.manifest.counts.passages, passages.len() as u64);
    let mut maker = Maker {
        random: Random::new(seed),
        passages,
    };
    let mut matched = 0;
    let mut compared = 0;
    let mut lit_spans = 0;
    while compared < n {
        let q = maker.query(compared % 5);
        let text = q.text();
        let parsed = parse(&text, MatchMode::All)
            .unwrap_or_else(|e| panic!("{text}: {e} {:?}", e.snippet()));
        // What is understood is understood again.
        let understood = parsed.tree.to_string();
        let again = parse(&understood, MatchMode::All).unwrap();
        assert_eq!(again.tree.to_string(), understood, "{text}");
        let plan = match Plan::new(&parsed.tree, &text, index) {
            Ok(plan) => plan,
            Err(e) if e.to_string().contains("more than the 1024") => continue,
            Err(e) => panic!("{text}: {e}"),
        };
        let mut request = SearchRequest::new(parsed);
        request.limit = passages.len();
        let results = search(index, &request).unwrap();
        let mut expected: Hits<'_> = Vec::new();
        for passage in passages {
            if let Some(lit) = passage.lit(&q) {
                let numbers: BTreeSet<usize> = lit
                    .iter()
                    .flat_map(|(s, e)| passage.sentence[*s]..=passage.sentence[e - 1])
                    .collect();
                expected.push((
                    &passage.id,
                    bytes(passage, lit),
                    numbers.into_iter().collect(),
                ));
            }
        }
        expected.sort();
        let mut found: Hits<'_> = Vec::new();
        let ids: Vec<String> = results
            .hits
            .iter()
            .map(|h| h.passage.id.to_string())
            .collect();
        for (hit, id) in results.hits.iter().zip(&ids) {
            let lit = hit.highlights.iter().map(|r| (r.start, r.end)).collect();
            found.push((id, lit, hit.sentences.clone()));
        }
        found.sort();
        assert_eq!(results.total, expected.len() as u64, "passages of {text}");
        assert_eq!(found, expected, "{text}");
        // Ten best are the first ten of all.
        request.limit = 10;
        let best = search(index, &request).unwrap();
        let scores = |hits: &[Hit]| -> Vec<(String, f32)> {
            let score = |h: &Hit| (h.passage.id.to_string(), h.score);
            hits.iter().map(score).collect()
        };
        assert_eq!(
            scores(&best.hits),
            scores(&results.hits[..best.hits.len()]),
            "the best of {text}"
        );
        // Another order reads the same scores in another way.
        request.sort = Sort::Position;
        for (id, score) in scores(&search(index, &request).unwrap().hits) {
            let hit = results.hits.iter().find(|h| h.passage.id.to_string() == id);
            assert_eq!(hit.map(|h| h.score), Some(score), "{text} in {id}");
        }
        if has_places(&q) {
            let query = PassageQuery::new(plan, index);
            let mut looker = query.looker(index).unwrap();
            // Documents are in order of passage id, as `passages` is.
            for (doc, passage) in (0u32..).zip(passages) {
                let count = looker.look(doc).count(&query.plan().root);
                assert_eq!(count, passage.count(&q), "{text} in {}", passage.id);
            }
        }
        compared += 1;
        matched += usize::from(!found.is_empty());
        lit_spans += found.iter().map(|f| f.1.len()).sum::<usize>();
    }
    assert!(matched > n / 3, "{matched} of {n} queries match something");
    assert!(lit_spans > n, "{lit_spans} spans");
}

/// How many queries are compared on each set of passages: enough for a gate,
/// or what `PINCITE_QUERIES` says.
fn queries(few: usize) -> usize {
    let many = std::env::var("PINCITE_QUERIES").ok();
    many.map_or(few, |n| n.parse().expect("PINCITE_QUERIES is a number"))
}

fn passages_of(index: &OpenIndex) -> Vec<Passage> {
    let mut request = SearchRequest::new(parse("a", MatchMode::All).unwrap());
    request.query = None;
    request.limit = usize::MAX;
    // Equal scores are in order of passage id, as documents are.
    let hits = search(index, &request).unwrap().hits;
    hits.into_iter()
        .map(|h| {
            let later = h.passage.report.year.is_some_and(|y| y.get() >= 2000);
            Passage::new(h.passage.id.to_string(), later, &h.passage.text)
        })
        .collect()
}

#[test]
fn random_queries_on_random_passages() {
    const WORDS: [&str; 14] = [
        "kiln",
        "kilns",
        "Kiln",
        "debt",
        "debts",
        "bondage",
        "anti-kiln",
        "antikiln",
        "brick",
        "Brick",
        "bricks",
        "U.S.",
        "re-brick-kiln",
        "dept",
    ];
    let mut random = Random::new(5);
    let mut records = String::new();
    for id in 0..260 {
        let mut text = String::new();
        for _ in 0..1 + random.below(30) {
            text += WORDS[random.below(WORDS.len())];
            text += [" ", " ", " ", " ", ". ", "? ", ", "][random.below(7)];
        }
        let year = 1990 + random.below(20);
        records +=
            &serde_json::json!({"id": id.to_string(), "text": text, "year": year}).to_string();
        records.push('\n');
    }
    let work = folder(&[("corpus/a.jsonl", records.as_bytes())]);
    let index = work.path().join("index");
    build_index(&[work.path().join("corpus")], &index, 0);
    let index = open(&index);
    compare(&index, &passages_of(&index), queries(150), 17);
}

#[test]
fn random_queries_on_the_samples() {
    let index = samples().open();
    compare(&index, &passages_of(&index), queries(100), 19);
}

#[test]
fn random_queries_on_shared_passages() {
    let Some(folder) = shared() else { return };
    let mut files: Vec<PathBuf> = Vec::new();
    for year in ["1975", "1990", "2010"] {
        let (found, _) = pincite::read::find_files(&[folder.join("corpus/ungd")]).unwrap();
        let of_year = found
            .into_iter()
            .filter(|f| f.path.to_string_lossy().contains(year));
        files.extend(of_year.take(2).map(|f| f.path));
    }
    files.push(root().join("corpus/tip/2021-cambodia.txt"));
    let work = tempfile::tempdir().unwrap();
    let index = work.path().join("index");
    build_index(&files, &index, 0);
    let index = open(&index);
    compare(&index, &passages_of(&index), queries(40), 23);
}
