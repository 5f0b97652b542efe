//! What became of each paragraph, and how many became what.

/// What became of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It has the same words, after folding, at its place.
    Kept,
    /// It has the same words at its place, behind another printed number.
    Renumbered,
    /// It has similar words at its place.
    Reworded,
    /// It has the same or similar words in another section, or in another order.
    Moved,
    /// It is a whole that stands in parts in the new edition, or one of them.
    Divided,
    /// It is a part of a whole of the new edition, or that whole.
    Joined,
    /// The old edition has nothing like it.
    Added,
    /// The new edition has nothing like it.
    Removed,
}

/// A paragraph of one edition or of both, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// What became of it.
    pub verdict: Verdict,
    /// The paragraph of the old edition, by its place there; none where it was
    /// added.
    pub old: Option<usize>,
    /// The paragraph of the new edition, by its place there; none where it was
    /// removed.
    pub new: Option<usize>,
    /// How similar the two are, from 0 to 1: 1 where they have the same words;
    /// none where there is but one.
    pub similarity: Option<f64>,
    /// How many words stand in both, in order.
    pub common: u64,
    /// For a paragraph of one edition alone: one of the other edition in which
    /// most of its words stand, in order. If it was divided or joined, they are
    /// among what is common.
    pub stands_in: Option<usize>,
}

/// How many rows have each verdict, and how much of the words changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many paragraphs were kept.
    pub kept: u64,
    /// How many have another number alone.
    pub renumbered: u64,
    /// How many were reworded.
    pub reworded: u64,
    /// How many moved.
    pub moved: u64,
    /// How many rows tell parts of paragraphs that were divided.
    pub divided: u64,
    /// How many rows tell parts of paragraphs that were joined.
    pub joined: u64,
    /// How many were added.
    pub added: u64,
    /// How many were removed.
    pub removed: u64,
    /// The words of the old edition.
    pub old_words: u64,
    /// The words of the new edition.
    pub new_words: u64,
    /// How many words stand in both, in paragraphs that are paired, divided or
    /// joined.
    pub common_words: u64,
}

impl Verdict {
    /// All of them, in the order in which they are told.
    pub const ALL: [Verdict; 8] = [
        Verdict::Kept,
        Verdict::Renumbered,
        Verdict::Reworded,
        Verdict::Moved,
        Verdict::Divided,
        Verdict::Joined,
        Verdict::Added,
        Verdict::Removed,
    ];

    /// The name, as `reworded`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Kept => "kept",
            Verdict::Renumbered => "renumbered",
            Verdict::Reworded => "reworded",
            Verdict::Moved => "moved",
            Verdict::Divided => "divided",
            Verdict::Joined => "joined",
            Verdict::Added => "added",
            Verdict::Removed => "removed",
        }
    }
}

impl Verdict {
    /// Those that are told of some comparisons: what seldom is, as a new number or
    /// a division, where it is there.
    pub fn told<'t>(tallies: impl Iterator<Item = &'t Tally> + Clone) -> Vec<Verdict> {
        use Verdict::{Divided, Joined, Renumbered};
        let is_told = |verdict: &Verdict| {
            let is_seldom = matches!(verdict, Renumbered | Divided | Joined);
            !is_seldom || tallies.clone().any(|tally| tally.of(*verdict) > 0)
        };
        Verdict::ALL.into_iter().filter(is_told).collect()
    }
}

impl Row {
    /// Whether its words changed: it was reworded, where it stood or elsewhere.
    pub fn is_reworded(&self) -> bool {
        self.verdict == Verdict::Reworded
            || self.verdict == Verdict::Moved && self.similarity.is_some_and(|s| s < 1.0)
    }
}

impl Tally {
    /// How many rows have a verdict.
    pub fn of(&self, verdict: Verdict) -> u64 {
        match verdict {
            Verdict::Kept => self.kept,
            Verdict::Renumbered => self.renumbered,
            Verdict::Reworded => self.reworded,
            Verdict::Moved => self.moved,
            Verdict::Divided => self.divided,
            Verdict::Joined => self.joined,
            Verdict::Added => self.added,
            Verdict::Removed => self.removed,
        }
    }

    /// The share of the words of both editions that are not kept, from 0 (the
    /// same words) to 1: a word is kept where it stands, in order, in the
    /// paragraph of the other edition that its own is paired with.
    pub fn change(&self) -> f64 {
        match self.old_words + self.new_words {
            0 => 0.0,
            all => all.saturating_sub(2 * self.common_words) as f64 / all as f64,
        }
    }
}

/// Rows counted; the words of each paragraph of the old edition and the new one.
pub(super) fn tally<'r>(rows: impl Iterator<Item = &'r Row>, words: [&[u64]; 2]) -> Tally {
    let mut tally = Tally::default();
    let of = |words: &[u64], at: Option<usize>| at.and_then(|at| words.get(at)).copied();
    for row in rows {
        *match row.verdict {
            Verdict::Kept => &mut tally.kept,
            Verdict::Renumbered => &mut tally.renumbered,
            Verdict::Reworded => &mut tally.reworded,
            Verdict::Moved => &mut tally.moved,
            Verdict::Divided => &mut tally.divided,
            Verdict::Joined => &mut tally.joined,
            Verdict::Added => &mut tally.added,
            Verdict::Removed => &mut tally.removed,
        } += 1;
        tally.old_words += of(words[0], row.old).unwrap_or_default();
        tally.new_words += of(words[1], row.new).unwrap_or_default();
        tally.common_words += row.common;
    }
    tally
}
