//! Yearbooks: PDFs of an annual volume in columns, set at random with the
//! typography of real ones, and what is to be read in them.
//!
//! A book is drawn from one seed: paper, fonts, columns, and the habits of the
//! program that wrote it. Its text is made up. Nothing here reads a PDF.

mod author;
mod block;
mod book;
mod bound;
mod draft;
mod file;
mod filling;
mod flow;
mod font;
mod footing;
mod front;
mod furniture;
mod gold;
mod habits;
mod ink;
mod kinds;
mod names;
mod notes;
mod parts;
mod plan;
mod producer;
mod prose;
mod random;
mod rich;
mod setting;
mod stretch;
mod style;
mod tables;
mod widths;
mod wordlists;

pub use gold::{Gold, Kind, PageGold, Piece};

/// What a book is to be.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What all else is drawn from.
    pub seed: u64,
    /// The number of sheets; with 8 or more the book has front matter.
    pub pages: usize,
}

/// A book and what it says.
#[derive(Clone, Debug)]
pub struct Yearbook {
    /// The file.
    pub bytes: Vec<u8>,
    /// What is to be read in it.
    pub gold: Gold,
}

/// Makes a book; the same options make the same bytes.
pub fn yearbook(options: &Options) -> Yearbook {
    let (bytes, gold) = book::Maker::new(options.seed, options.pages).made(options.pages);
    Yearbook { bytes, gold }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Options, yearbook};

    #[test]
    fn the_same_seed_makes_the_same_book() {
        let options = Options { seed: 7, pages: 9 };
        assert_eq!(yearbook(&options).bytes, yearbook(&options).bytes);
        let other = Options { seed: 8, ..options };
        assert_ne!(yearbook(&options).bytes, yearbook(&other).bytes);
    }

    #[test]
    fn each_sheet_has_gold() {
        for seed in 0..40 {
            let book = yearbook(&Options { seed, pages: 8 });
            assert_eq!(book.gold.pages.len(), 8);
            let told = |kind| book.gold.flow.iter().any(|piece| piece.kind == kind);
            assert!(told(Kind::Heading) && told(Kind::Paragraph), "seed {seed}");
        }
    }
}
