//! The habits of the programs that write PDFs.

/// How spaces are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Spaces {
    /// As characters, and what justifies a line as word spacing.
    WordSpacing,
    /// As characters with kerning numbers beside them.
    Kerned,
    /// As kerning numbers alone.
    Gaps,
    /// As kerning numbers alone, with one beside each letter.
    Letters,
    /// Each word is placed on its own.
    Placed,
}

/// How lines are placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Placing {
    /// Each by a matrix.
    Matrix,
    /// Each by a matrix that holds the size too.
    Scaled,
    /// From the line before.
    Step,
    /// By `'` and `T*` where the lines stand below each other.
    Next,
}

/// The order in which the groups of a page are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
    Reading,
    Backward,
    Random,
}

/// The habits of a program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habits {
    pub(super) spaces: Spaces,
    pub(super) placing: Placing,
    pub(super) order: Order,
    /// Raised letters by `Ts`, otherwise by a move.
    pub(super) text_rise: bool,
    /// All lines of a group in one text object.
    pub(super) whole_blocks: bool,
    /// A space at the end of each line that does not divide a word.
    pub(super) trailing: bool,
    /// Divided words end in a soft hyphen.
    pub(super) soft_hyphens: bool,
}
