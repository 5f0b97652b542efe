//! Whether one text says again what another says: word for word, or reworded.

use rustc_hash::FxHashSet;

use super::Analysis;
use super::shingles::{resemblance, shingle_hashes, word_hash};

/// The least resemblance at which a text is a rewording of another.
///
/// Chosen on statements of the UN General Debate, 1970 to 1999, by one country
/// in different years: of seven pairs from all over the band of 0.25 to 0.3 all
/// said the same thing again in part; of seven below it, some shared no more than
/// a set phrase or a quotation.
pub const REWORDED: f64 = 0.25;

/// What is compared of a text: its folded words, as hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    words: Vec<u64>,
    shingles: FxHashSet<u64>,
}

/// How a text says again what another says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Likeness {
    /// In the same words, whatever their case, diacritics and punctuation.
    Same,
    /// In other words, with this resemblance: [`REWORDED`] or more.
    Reworded(f64),
}

impl Wording {
    /// The wording of a text.
    pub fn of(text: &str) -> Self {
        let analysis = Analysis::of(text);
        let words = analysis.tokens().iter().filter(|token| token.length == 1);
        let words: Vec<u64> = words.map(|token| word_hash(analysis.form(token))).collect();
        Wording {
            shingles: shingle_hashes(words.iter().copied()).collect(),
            words,
        }
    }

    /// The hashes of its shingles, in no order.
    pub fn shingles(&self) -> impl Iterator<Item = u64> {
        self.shingles.iter().copied()
    }

    /// The [resemblance] of two texts, from 0 to 1.
    pub fn resemblance(&self, other: &Wording) -> f64 {
        resemblance(&self.shingles, &other.shingles)
    }

    /// How this text says again what another says; none where it does not. The
    /// answer is the same the other way round.
    ///
    /// ```
    /// use pincite::text::likeness::{Likeness, Wording};
    /// let one = Wording::of("The police raided “three” brick kilns in May.");
    /// let same = Wording::of("the police raided three brick kilns in may");
    /// let other = Wording::of("The police raided three brick kilns in June.");
    /// assert_eq!(one.likeness(&same), Some(Likeness::Same));
    /// assert_eq!(one.likeness(&other), Some(Likeness::Reworded(0.6)));
    /// assert_eq!(one.likeness(&Wording::of("Nothing was done.")), None);
    /// ```
    pub fn likeness(&self, other: &Wording) -> Option<Likeness> {
        if self.words.is_empty() || other.words.is_empty() {
            return None;
        }
        if self.words == other.words {
            return Some(Likeness::Same);
        }
        // What is much longer resembles too little, whatever it says.
        let (one, two) = (self.shingles.len(), other.shingles.len());
        if (one.min(two) as f64) < REWORDED * one.max(two) as f64 {
            return None;
        }
        let resemblance = self.resemblance(other);
        (resemblance >= REWORDED).then_some(Likeness::Reworded(resemblance))
    }
}

impl Likeness {
    /// The resemblance: 1 for the same words.
    pub fn resemblance(self) -> f64 {
        match self {
            Likeness::Same => 1.0,
            Likeness::Reworded(resemblance) => resemblance,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_and_empty_ones() {
        for (one, other, expected) in [
            ("", "", None),
            ("—", "…", None),
            ("Thank you.", "thank you", Some(Likeness::Same)),
            ("Thank you.", "Thank you all.", None),
        ] {
            let (one, other) = (Wording::of(one), Wording::of(other));
            assert_eq!(one.likeness(&other), expected);
        }
    }

    #[test]
    fn the_same_shingles_in_another_order_are_no_same_words() {
        let one = Wording::of("a b a b a b a b a b a");
        let other = Wording::of("b a b a b a b a b a b");
        assert_eq!(one.likeness(&other), Some(Likeness::Reworded(1.0)));
    }

    proptest::proptest! {
        #[test]
        fn likeness_goes_both_ways_and_the_short_way_out_is_right(
            one in "([a-c] ){0,12}", other in "([a-c] ){0,12}",
        ) {
            let (one, other) = (Wording::of(&one), Wording::of(&other));
            proptest::prop_assert_eq!(one.likeness(&other), other.likeness(&one));
            let expected = match one.words == other.words {
                true => (!one.words.is_empty()).then_some(1.0),
                false => Some(one.resemblance(&other)).filter(|r| *r >= REWORDED),
            };
            proptest::prop_assert_eq!(one.likeness(&other).map(Likeness::resemblance), expected);
        }
    }
}
