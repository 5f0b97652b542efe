//! Shingles: runs of words by which texts are found to be alike.
//!
//! The resemblance of two texts is the share of shingles that both have among
//! those that either has (Broder, "On the resemblance and containment of
//! documents", 1997).

use rustc_hash::FxHashSet;

use super::Analysis;

/// How many words a shingle has. A shorter text is one shingle.
pub const LENGTH: usize = 5;

/// The hash of a folded word (FNV-1a), the same on every machine.
pub fn word_hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The hashes of the shingles of a text, by the hashes of its words
/// ([`word_hash`]) in order.
pub fn shingle_hashes(words: impl Iterator<Item = u64>) -> impl Iterator<Item = u64> {
    let mut words = words.fuse();
    let mut last = [0u64; LENGTH];
    let mut read = 0;
    std::iter::from_fn(move || {
        loop {
            match words.next() {
                Some(word) => {
                    last[read % LENGTH] = word;
                    read += 1;
                    if read >= LENGTH {
                        return Some(hash_of((0..LENGTH).map(|i| last[(read + i) % LENGTH])));
                    }
                }
                // A text shorter than a shingle.
                None if (1..LENGTH).contains(&read) => {
                    let whole = hash_of(last[..read].iter().copied());
                    read = LENGTH;
                    return Some(whole);
                }
                None => return None,
            }
        }
    })
}

/// The shingles of a text.
///
/// ```
/// use pincite::text::shingles::{resemblance, shingles};
/// let one = shingles("The police raided three brick kilns in May.");
/// let two = shingles("The police raided three brick kilns in June.");
/// assert_eq!(resemblance(&one, &two), 0.6);
/// ```
pub fn shingles(text: &str) -> FxHashSet<u64> {
    let analysis = Analysis::of(text);
    let words = analysis.tokens().iter().filter(|token| token.length == 1);
    shingle_hashes(words.map(|token| word_hash(analysis.form(token)))).collect()
}

/// The resemblance of two texts, from 0 to 1; 0 where neither has a word.
pub fn resemblance(one: &FxHashSet<u64>, other: &FxHashSet<u64>) -> f64 {
    let both = one.intersection(other).count();
    match one.len() + other.len() - both {
        0 => 0.0,
        either => both as f64 / either as f64,
    }
}

fn hash_of(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0, |hash: u64, word| mix(hash.rotate_left(5) ^ word))
}

/// Spreads the bits of a hash (the finalizer of SplitMix64).
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn shingles_are_the_windows_of_a_text(words in proptest::collection::vec("[a-c]{1,2}", 0..30)) {
            let text = words.join(" ");
            let windows: std::collections::HashSet<&[String]> = match words.len() {
                0 => Default::default(),
                1..LENGTH => [&words[..]].into(),
                _ => words.windows(LENGTH).collect(),
            };
            proptest::prop_assert_eq!(shingles(&text).len(), windows.len());
        }
    }

    #[test]
    fn equal_words_resemble_wholly_and_others_not() {
        let text = "Police “raided” three kilns; none was closed.";
        let plain = "police raided THREE kilns none was closed";
        assert_eq!(resemblance(&shingles(text), &shingles(plain)), 1.0);
        assert_eq!(resemblance(&shingles(text), &shingles("Two words")), 0.0);
        assert_eq!(resemblance(&shingles(""), &shingles("")), 0.0);
    }
}
