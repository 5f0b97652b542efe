//! From the pages of a file to the pieces of their rows. Pages are read side by
//! side; what is kept of a page are its words, and of all pages what the print of
//! the body looks like.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use super::body::{Body, Census};
use super::glyphs::Reader;
use super::leaf::Leaf;
use super::segments::{self, Piece};
use super::structure::Structure;

/// How many pages one reader reads: each has the fonts of the file to itself.
const SHARE: usize = 64;

/// The most readers of one file: memory is limited for all of them.
const MOST_READERS: usize = 8;

/// The stack (bytes) of a reader: forms may lie in each other.
const STACK: usize = 8 << 20;

/// What all pages show.
#[derive(Default)]
pub(super) struct Intake {
    pub(super) leaves: Vec<Leaf>,
    /// The pieces of the rows of each page.
    pub(super) pieces: Vec<Vec<Piece>>,
    pub(super) body: Body,
}

impl Intake {
    /// Reads all pages.
    pub(super) fn of(pdf: &Pdf, structure: &Structure) -> Self {
        let pages = pdf.pages();
        let read =
            |(number, pages): (usize, &[Page<'_>])| Share::of(pages, number * SHARE, structure);
        let threads = pages.len().div_ceil(SHARE).min(MOST_READERS);
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .stack_size(STACK);
        let pool = (threads > 1).then(|| pool.build().ok()).flatten();
        let shares: Vec<Share> = match pool {
            Some(pool) => pool.install(|| pages.par_chunks(SHARE).enumerate().map(read).collect()),
            // One share, or no threads to be had.
            None => pages.chunks(SHARE).enumerate().map(read).collect(),
        };
        let mut intake = Self::default();
        let mut census = Census::default();
        for share in shares {
            intake.leaves.extend(share.leaves);
            intake.pieces.extend(share.pieces);
            census.add(share.census);
        }
        intake.body = census.body();
        intake
    }
}

/// What some pages in a row show.
#[derive(Default)]
struct Share {
    leaves: Vec<Leaf>,
    pieces: Vec<Vec<Piece>>,
    census: Census,
}

impl Share {
    /// Of pages of which the first has the place `first`.
    fn of(pages: &[Page<'_>], first: usize, structure: &Structure) -> Self {
        let mut reader = Reader::new();
        let mut share = Self::default();
        for (place, page) in (first..).zip(pages) {
            let (leaf, mut glyphs) = reader.read(page);
            for glyph in glyphs.iter_mut().filter(|glyph| glyph.paragraph > 0) {
                glyph.paragraph = structure.paragraph(place, glyph.paragraph - 1);
            }
            if leaf.is_broken() {
                glyphs.clear();
            }
            share.census.count(&glyphs);
            share.pieces.push(segments::pieces(&glyphs));
            share.leaves.push(leaf);
        }
        share
    }
}
