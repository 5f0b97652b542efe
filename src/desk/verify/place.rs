//! Where a quotation stands word for word in a source, as quoting understands
//! it.

use rustc_hash::FxHashSet;

use super::Licence;
use super::quote::{Fit, Quote, fit};
use super::source::Source;
use super::typography::is_quote;

/// The most words of the source that a bracket may stand for: long enough for
/// the full name of a government or an act, too short for a sentence.
pub(super) const BRACKET_WORDS: usize = 8;

/// Where the words of a quotation stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placement {
    /// The word of the source for each word of the quotation.
    pub(super) at: Vec<usize>,
    /// What quoting changed, in order, each once.
    pub(super) licences: Vec<Licence>,
}

/// The first place where a quotation stands in a source, be it that the source
/// has marks of notes that the quotation leaves out. Marks are left out on one
/// side alone: where both have one, the two are compared.
pub(super) fn place_or_bare(quote: &Quote, source: &Source) -> Option<(Placement, Source)> {
    if let Some(placement) = place(quote, source) {
        return Some((placement, source.clone()));
    }
    let bare = source.bare().filter(|_| !quote.is_bare)?;
    Some((place(quote, &bare)?, bare))
}

/// The first place where a quotation stands in a source.
pub(super) fn place(quote: &Quote, source: &Source) -> Option<Placement> {
    if quote.words.is_empty() {
        return None;
    }
    let mut search = Search {
        quote,
        source,
        at: vec![0; quote.len()],
        failed: FxHashSet::default(),
    };
    let mut starts = 0..source.words.len();
    starts.find(|start| search.walk(0, *start))?;
    let at = search.at;
    Some(Placement {
        licences: licences(quote, source, &at),
        at,
    })
}

struct Search<'a> {
    quote: &'a Quote,
    source: &'a Source,
    at: Vec<usize>,
    /// Pairs of words after a mark of quoting that led nowhere.
    failed: FxHashSet<(usize, usize)>,
}

impl Search<'_> {
    /// Whether the words from `word` on stand in the source from `at` on.
    fn walk(&mut self, mut word: usize, mut at: usize) -> bool {
        loop {
            if !self.fits(word, at) {
                return false;
            }
            self.at[word] = at;
            word += 1;
            if word == self.quote.len() {
                return trailing(self.quote, self.source, at).is_some();
            }
            let joint = &self.quote.joints[word];
            if !joint.is_direct() {
                let (least, most) = match joint.ellipsis {
                    true => (at + 1, self.end_of_next_passage(at)),
                    false => (at + 1, at + 2 + BRACKET_WORDS),
                };
                return (least..most.min(self.source.words.len()))
                    .any(|next| self.tries(word, next));
            }
            let is_side_by_side =
                self.source.ends_passage(at) || joint.signs == self.source.signs_after(at);
            if !is_side_by_side {
                return false;
            }
            at += 1;
        }
    }

    /// [`walk`](Self::walk), once for each pair.
    fn tries(&mut self, word: usize, at: usize) -> bool {
        if self.failed.contains(&(word, at)) {
            return false;
        }
        let stands = self.walk(word, at);
        if !stands {
            self.failed.insert((word, at));
        }
        stands
    }

    fn fits(&self, word: usize, at: usize) -> bool {
        let Some(held) = self.source.words.get(at) else {
            return false;
        };
        let quoted = &self.quote.words[word];
        if quoted.patch.is_none() && quoted.hash != held.hash {
            return false;
        }
        let printed = self.source.printed(at);
        match fit(self.quote.printed(word), quoted.patch.as_ref(), printed) {
            // A sentence may begin where a quotation does.
            Some(Fit::Case) => quoted.patch.is_some() || begins(self.quote, word),
            fit => fit.is_some(),
        }
    }

    /// The word after the last of the passage that follows the one of `at`.
    fn end_of_next_passage(&self, at: usize) -> usize {
        let last = self.source.words[at].part + 1;
        self.source.words.partition_point(|word| word.part <= last)
    }
}

/// Whether a word begins a quotation, or goes on after what was left out.
pub(super) fn begins(quote: &Quote, word: usize) -> bool {
    let joint = &quote.joints[word];
    word == 0 || joint.ellipsis || joint.is_break
}

/// What the signs at the end of a quotation need, if they can stand: they are
/// those of the source, or a comma or point in place of them.
pub(super) fn trailing(quote: &Quote, source: &Source, last: usize) -> Option<Option<Licence>> {
    let end = quote.joints.last()?;
    if end.ellipsis || end.bracket.is_some() {
        return Some(None);
    }
    let own = |signs: &str| -> String {
        let kept = |c: &char| !is_quote(*c) && !matches!(c, ')' | '(' | ']' | '[');
        signs.chars().filter(kept).collect()
    };
    let (quoted, held) = (own(&end.signs), own(&source.signs_after(last)));
    if held.starts_with(&quoted) {
        return Some(None);
    }
    let without = quoted.strip_suffix([',', '.'])?;
    held.starts_with(without)
        .then_some(Some(Licence::FinalPunctuation))
}

fn licences(quote: &Quote, source: &Source, at: &[usize]) -> Vec<Licence> {
    let mut licences = quote.licences.clone();
    for (word, held) in at.iter().enumerate() {
        let printed = source.printed(*held);
        let patch = quote.words[word].patch.as_ref();
        licences.extend(match fit(quote.printed(word), patch, printed) {
            Some(Fit::Typography) => Some(Licence::Typography),
            Some(Fit::Case) => Some(Licence::Case),
            _ => None,
        });
        let Some(joint) = quote.joints.get(word + 1).filter(|_| word + 1 < at.len()) else {
            continue;
        };
        if source.words[at[word + 1]].part != source.words[*held].part {
            licences.push(Licence::Paragraphs);
        } else if joint.is_direct() {
            let between = quote.words[word].span.end..quote.words[word + 1].span.start;
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let (gap, is_marked) = source.bare_gap_after(*held);
            if bare(&quote.plain[between]) != bare(&gap) {
                licences.push(Licence::Typography);
            }
            licences.extend(is_marked.then_some(Licence::NoteMarks));
        }
    }
    let last = at.last().and_then(|last| trailing(quote, source, *last));
    licences.extend(last.flatten());
    licences.sort_unstable();
    licences.dedup();
    licences
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::desk::verify::tests::source;

    fn found(quote: &str, texts: &[&str]) -> Option<(Vec<usize>, Vec<Licence>)> {
        let source = source(texts);
        let mut readings = Quote::readings(quote).into_iter();
        let (placed, _) = readings.find_map(|quote| place_or_bare(&quote, &source))?;
        Some((placed.at, placed.licences))
    }

    #[test]
    fn quotations_stand_as_quoting_understands_it() {
        use Licence::{Brackets, Case, Ellipsis, FinalPunctuation, Paragraphs, Typography};
        let text = "Police visited the kilns—all of them; “nobody” was there, they said. \
                    The Royal Government’s officials left.";
        for (quote, licences) in [
            ("visited the kilns", vec![]),
            (
                "visited the kilns—all of them; “nobody” was there, they said.",
                vec![],
            ),
            (
                "visited the kilns - all of them; 'nobody' was",
                vec![Typography],
            ),
            ("police visited", vec![Case]),
            ("[p]olice visited", vec![Case, Brackets]),
            ("they said,", vec![FinalPunctuation]),
            ("nobody” was there.", vec![FinalPunctuation]),
            ("Police visited ... them", vec![Ellipsis]),
            ("Police visited … [t]he royal", vec![]),
            ("[The police] visited the kilns", vec![Brackets]),
            ("[Its] officials left", vec![Brackets]),
            ("they said. [They] left", vec![Brackets]),
            ("was there [sic], they", vec![Brackets]),
            ("Government's officials", vec![Typography]),
            ("… the kilns … left.", vec![Ellipsis]),
        ] {
            let found = found(quote, &[text]);
            match quote.contains("royal") {
                true => assert_eq!(found, None, "{quote}"),
                false => assert_eq!(found.map(|f| f.1), Some(licences), "{quote}"),
            }
        }
        let texts = ["One two three.", "Four five six."];
        assert_eq!(
            found("two ... five", &texts).unwrap().1,
            [Ellipsis, Paragraphs]
        );
        assert_eq!(
            found("two three.\u{2029}four", &texts).unwrap().1,
            [Case, Paragraphs]
        );
        assert_eq!(
            found("a … b", &["b a", "c", "b"]),
            None,
            "a passage lies between"
        );
    }

    #[test]
    fn marks_of_notes_make_no_difference_and_hide_no_figure() {
        use Licence::NoteMarks;
        let text = "Police raided 8 kilns.12 Owners of 3 fled, see art.14 of the law.";
        for (quote, licences) in [
            ("raided 8 kilns. Owners of 3", Some(vec![NoteMarks])),
            ("raided 8 kilns.12 Owners of 3", Some(vec![])),
            ("raided 8 kilns.12", Some(vec![])),
            ("raided 8 kilns.", Some(vec![])),
            ("Owners¹² of 3 fled", Some(vec![NoteMarks])),
            ("Owners[7] of 3 fled*, see", Some(vec![NoteMarks])),
            ("raided 8 kilns.14 Owners of 3", None),
            ("raided 84 kilns", None),
            ("raided [84] kilns", None),
            ("raided [8] kilns", Some(vec![Licence::Brackets])),
            ("Owners [7] of 3 fled", Some(vec![NoteMarks])),
            ("raided 8⁴ kilns", None),
            ("raided kilns", None),
            ("Owners of 34 fled", None),
            ("see art.15 of the law", None),
            ("see art. of the law", None),
        ] {
            assert_eq!(found(quote, &[text]).map(|f| f.1), licences, "{quote}");
        }
    }

    #[test]
    fn what_is_not_quoting_does_not_stand() {
        let text = "Police visited the kilns, and 5,000 workers; was nobody there?";
        for quote in [
            "Police visited kilns",
            "police visited The kilns",
            "visited the kilns and 5,000",
            "and 5000 workers",
            "the kilns ... Police",
            "was nobody there!",
            "[a] there",
            "Police … [many words] there … kilns",
        ] {
            let found = found(quote, &[text]);
            assert_eq!(found.is_some(), quote.starts_with("[a]"), "{quote}");
        }
    }

    #[test]
    fn brackets_of_the_source_itself_need_no_licence() {
        let text = "The minister [sic] spoke ... of [the] state";
        assert_eq!(found(text, &[text]).unwrap().1, []);
    }

    #[test]
    fn many_marks_end_soon() {
        let quote = "a ... ".repeat(60) + "b";
        let text = "a ".repeat(400);
        assert_eq!(found(&quote, &[&text]), None);
    }
}
