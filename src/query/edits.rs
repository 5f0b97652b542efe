//! An automaton that accepts the words within some edits of a word.
//!
//! An edit adds, leaves out or changes a letter, or swaps two neighbours
//! (optimal string alignment, Damerau 1964). A state is the row of the
//! dynamic program for the letters read so far, so that nothing has to be
//! prepared and a stream through a dictionary stops where no word can follow.

use tantivy_fst::Automaton;

/// The longest word, in letters.
pub(super) const MAX_LETTERS: usize = 62;

/// Accepts the words within some edits of a word.
pub(super) struct Edits {
    word: Vec<char>,
    most: u8,
}

impl Edits {
    /// The automaton of a word of at most [`MAX_LETTERS`] letters.
    pub(super) fn new(word: &str, most: u8) -> Option<Self> {
        let word: Vec<char> = word.chars().collect();
        (word.len() <= MAX_LETTERS).then_some(Edits { word, most })
    }

    fn least(&self, row: &Row) -> u8 {
        row[..=self.word.len()]
            .iter()
            .copied()
            .min()
            .unwrap_or(u8::MAX)
    }
}

/// For each number of letters of the word the edits to the letters read.
type Row = [u8; MAX_LETTERS + 2];

#[derive(Clone)]
pub(super) struct State {
    row: Row,
    /// The row before it.
    before: Row,
    /// The letter read last.
    last: Option<char>,
    /// Bytes of a letter that is not complete.
    bytes: [u8; 4],
    held: u8,
    needed: u8,
}

impl Automaton for Edits {
    type State = State;

    fn start(&self) -> State {
        let mut row = [u8::MAX; MAX_LETTERS + 2];
        for (i, cell) in row.iter_mut().enumerate().take(self.word.len() + 1) {
            // Words are shorter than a byte counts.
            *cell = i as u8;
        }
        State {
            row,
            before: [u8::MAX; MAX_LETTERS + 2],
            last: None,
            bytes: [0; 4],
            held: 0,
            needed: 0,
        }
    }

    fn is_match(&self, state: &State) -> bool {
        state.needed == 0 && state.row[self.word.len()] <= self.most
    }

    fn can_match(&self, state: &State) -> bool {
        // A swap may come back to the row before.
        self.least(&state.row) <= self.most || self.least(&state.before) < self.most
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let mut next = state.clone();
        if next.needed == 0 {
            next.held = 0;
            next.needed = match byte {
                0..0x80 => 1,
                0x80..0xe0 => 2,
                0xe0..0xf0 => 3,
                0xf0.. => 4,
            };
        }
        next.bytes[next.held as usize] = byte;
        next.held += 1;
        if next.held < next.needed {
            return next;
        }
        next.needed = 0;
        let letter = std::str::from_utf8(&next.bytes[..next.held as usize]);
        // The terms of the index are UTF-8.
        let letter = letter.ok().and_then(|text| text.chars().next());
        next.before = state.row;
        next.row[0] = state.row[0].saturating_add(1);
        for i in 1..=self.word.len() {
            let same = Some(self.word[i - 1]) == letter;
            let mut least = state.row[i - 1].saturating_add(u8::from(!same));
            least = least.min(state.row[i].saturating_add(1));
            least = least.min(next.row[i - 1].saturating_add(1));
            let swapped =
                i > 1 && Some(self.word[i - 2]) == letter && Some(self.word[i - 1]) == state.last;
            if swapped && state.last.is_some() {
                least = least.min(state.before[i - 2].saturating_add(1));
            }
            next.row[i] = least;
        }
        next.last = letter;
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(word: &str, most: u8, other: &str) -> bool {
        let edits = Edits::new(word, most).unwrap();
        let mut state = edits.start();
        for byte in other.bytes() {
            if !edits.can_match(&state) {
                return false;
            }
            state = edits.accept(&state, byte);
        }
        edits.is_match(&state)
    }

    proptest::proptest! {
        #[test]
        fn accepts_what_is_within_the_edits(
            word in "[abé]{1,6}", other in "[abé]{0,7}", most in 1u8..3
        ) {
            let within = strsim::osa_distance(&word, &other) <= usize::from(most);
            proptest::prop_assert_eq!(accepts(&word, most, &other), within);
        }
    }
}
