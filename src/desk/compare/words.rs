//! The words of paragraphs as numbers, and how much of two paragraphs is the
//! same.

use rustc_hash::FxHashMap;

use crate::text::{Analysis, Language, fold};

/// What a word weighs in a similarity, and what a function word does. Function
/// words are about half of any English text, and two texts about different things
/// have many of them in one order; yet a text is the same only where they are the
/// same too.
const CONTENT: u32 = 4;
const FUNCTION: u32 = 1;

/// The words of a comparison, each with a number.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: FxHashMap<String, u32>,
    /// What each word weighs, by its number.
    weights: Vec<u32>,
    analysis: Analysis,
}

/// A paragraph as words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Worded {
    /// Its folded words in order, the parts of compounds one by one.
    pub(super) words: Vec<u32>,
    /// The words in order of number.
    sorted: Vec<u32>,
    /// What stands for a text without a word.
    sign: Option<u32>,
    /// What its words weigh in all.
    weight: u32,
}

/// What two paragraphs have in common: the heaviest sequence of words that
/// stands in both in order (the longest common subsequence, weighed).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Common {
    /// What the words weigh.
    pub(super) weight: u32,
    /// How many they are.
    pub(super) words: u32,
}

impl Vocabulary {
    /// The words of a text.
    pub(super) fn words(&mut self, text: &str) -> Worded {
        let mut analysis = std::mem::take(&mut self.analysis);
        analysis.run(text);
        let single = analysis.tokens().iter().filter(|token| token.length == 1);
        let words: Vec<u32> = single
            .map(|token| self.number(analysis.form(token)))
            .collect();
        self.analysis = analysis;
        let sign = words.is_empty().then(|| self.number(&fold(text)));
        let mut sorted = words.clone();
        sorted.sort_unstable();
        Worded {
            weight: words.iter().map(|word| self.weight(*word)).sum(),
            words,
            sorted,
            sign,
        }
    }

    /// What two paragraphs have in common.
    pub(super) fn common(&self, one: &Worded, other: &Worded) -> Common {
        self.common_of(&one.words, &other.words)
    }

    /// What two sequences of words have in common.
    pub(super) fn common_of(&self, one: &[u32], other: &[u32]) -> Common {
        // Weight and number of words in one number, which adds up and compares
        // as the pair does.
        let mut row = vec![0u64; other.len() + 1];
        for word in one {
            let gain = u64::from(self.weight(*word)) << 32 | 1;
            let mut diagonal = 0;
            for (at, theirs) in other.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = match word == theirs {
                    true => diagonal + gain,
                    false => above.max(row[at]),
                };
                diagonal = above;
            }
        }
        let best = row.last().copied().unwrap_or_default();
        Common {
            weight: (best >> 32) as u32,
            words: best as u32,
        }
    }

    /// No less than what two paragraphs have in common weighs: the words of
    /// both in any order.
    pub(super) fn bound(&self, one: &Worded, other: &Worded) -> u32 {
        let (mut a, mut b) = (one.sorted.iter().peekable(), other.sorted.iter().peekable());
        let mut weight = 0;
        while let (Some(mine), Some(theirs)) = (a.peek(), b.peek()) {
            match mine.cmp(theirs) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    weight += self.weight(**mine);
                    a.next();
                    b.next();
                }
            }
        }
        weight
    }

    fn weight(&self, word: u32) -> u32 {
        self.weights.get(word as usize).copied().unwrap_or(CONTENT)
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.weights.len() as u32;
        let is_function = Language::default().is_function_word(word);
        self.weights.push(match is_function {
            true => FUNCTION,
            false => CONTENT,
        });
        self.numbers.insert(word.to_owned(), number);
        number
    }
}

impl Worded {
    /// What tells whether two paragraphs say the same: their words, or their
    /// signs where they have no words.
    pub(super) fn key(&self) -> (&[u32], Option<u32>) {
        (&self.words, self.sign)
    }

    /// What its words weigh in all.
    pub(super) fn weight(&self) -> u32 {
        self.weight
    }

    /// Twice what is common as a share of both paragraphs (the coefficient of
    /// Dice), from 0 to 1.
    pub(super) fn similarity(&self, other: &Worded, common: u32) -> f64 {
        match self.weight + other.weight {
            0 => 0.0,
            both => f64::from(2 * common) / f64::from(both),
        }
    }

    /// What is common as a share of this paragraph, from 0 to 1.
    pub(super) fn share(&self, common: u32) -> f64 {
        match self.weight {
            0 => 0.0,
            all => f64::from(common) / f64::from(all),
        }
    }
}

/// How much so many words of content weigh.
pub(super) const fn of_content(words: u32) -> u32 {
    words * CONTENT
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The heaviest common subsequence, by trying all.
    fn brute(vocabulary: &Vocabulary, one: &[u32], other: &[u32]) -> (u32, u32) {
        let Some((first, rest)) = one.split_first() else {
            return (0, 0);
        };
        let without = brute(vocabulary, rest, other);
        let places = (0..other.len()).filter(|at| other[*at] == *first);
        let with = places.map(|at| {
            let (weight, words) = brute(vocabulary, rest, &other[at + 1..]);
            (weight + vocabulary.weight(*first), words + 1)
        });
        with.fold(without, std::cmp::Ord::max)
    }

    proptest::proptest! {
        #[test]
        fn what_is_common_is_the_heaviest_that_there_is(
            one in "((the|of|kiln|debt|and) ){0,8}", other in "((the|of|kiln|debt|and) ){0,8}",
        ) {
            let mut vocabulary = Vocabulary::default();
            let (a, b) = (vocabulary.words(&one), vocabulary.words(&other));
            let common = vocabulary.common(&a, &b);
            let expected = brute(&vocabulary, &a.words, &b.words);
            proptest::prop_assert_eq!((common.weight, common.words), expected);
            proptest::prop_assert_eq!(common, vocabulary.common(&b, &a));
            proptest::prop_assert!(vocabulary.bound(&a, &b) >= common.weight);
            proptest::prop_assert!(a.similarity(&b, common.weight) <= 1.0);
        }
    }

    #[test]
    fn typography_and_case_make_no_other_words() {
        let mut vocabulary = Vocabulary::default();
        let mut key = |text| {
            let worded = vocabulary.words(text);
            (worded.words, worded.sign)
        };
        assert_eq!(
            key("The NGO’s “plan”, 2019."),
            key("the ngo's \"plan\" 2019")
        );
        assert_eq!(key("* * *"), key("* * *"));
        assert_ne!(key("* * *"), key("---"));
        assert_ne!(key("* * *"), key(""));
    }
}
