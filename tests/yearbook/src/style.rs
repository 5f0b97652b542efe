//! How a book is set: its paper, fonts, columns and habits, all drawn from one seed.

use super::font::Face;
use super::habits::{Habits, Order, Placing, Spaces};
use super::prose::Tongue;
use super::random::Random;

/// The three cuts of a typeface.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Family {
    pub(super) plain: Face,
    pub(super) bold: Face,
    pub(super) slanted: Face,
    /// The width of a space in hundredths of the size.
    space: u16,
}

pub(super) const ROMAN: Family = Family {
    plain: Face::Roman,
    bold: Face::RomanBold,
    slanted: Face::RomanItalic,
    space: 250,
};
pub(super) const SANS: Family = Family {
    plain: Face::Sans,
    bold: Face::SansBold,
    slanted: Face::SansItalic,
    space: 278,
};

impl Family {
    /// The width of a space at size 1.
    pub(super) fn space(self) -> f32 {
        f32::from(self.space) / 1_000.0
    }
}

/// Where notes stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Notes {
    Absent,
    /// At the foot of the column.
    Column,
    /// At the foot of the page, over all columns.
    Page,
}

/// Where a chapter opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Opening {
    /// In the column, where the last one ended.
    Column,
    /// Below the last one, over all columns.
    Across,
    /// On a page of its own.
    Page,
}

/// How headings of sections look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Section {
    Bold,
    Capitals,
    SmallCapitals,
    Slanted,
}

/// What stands at the head and the foot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Running {
    /// The country inside, the number outside, at the head.
    Head,
    /// The country outside, the number in the middle of the foot.
    HeadAndFoot,
    /// The title with a year, and the number beside it at the foot.
    YearFoot,
    /// The number beside the title at the head, as in the Federal Register.
    Register,
}

/// What stands at the outer edge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Thumb {
    Absent,
    /// The first letter of the country.
    Letter,
    /// Letters below each other, all that the book has.
    Alphabet,
    /// The name of the country, turned.
    Name,
}

/// How a book is set.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) paper: (f32, f32),
    /// Margins: top, bottom, inner, outer.
    pub(super) margins: [f32; 4],
    pub(super) columns: usize,
    pub(super) gutter: f32,
    pub(super) column_rules: bool,
    /// Whether the lines of columns beside each other stand on one grid.
    pub(super) aligned: bool,
    /// Whether headings stand in a margin beside a single column.
    pub(super) side_heads: bool,
    pub(super) text: Family,
    pub(super) heads: Family,
    pub(super) size: f32,
    pub(super) leading: f32,
    /// How far first lines are set in; 0 where a gap parts paragraphs.
    pub(super) indent: f32,
    pub(super) justified: bool,
    pub(super) hyphens: bool,
    pub(super) ligatures: bool,
    pub(super) tongue: Tongue,
    pub(super) habits: Habits,
    pub(super) notes: Notes,
    /// Whether the number of a note is raised before it, and whether a space parts them.
    pub(super) note_sign: (bool, bool),
    pub(super) openings: [Opening; 3],
    /// The size of a headline.
    pub(super) headline: f32,
    pub(super) deck: bool,
    /// Whether short facts with bold names stand below a headline.
    pub(super) facts: bool,
    /// Whether a chapter begins with a paragraph in larger letters.
    pub(super) standfirst: bool,
    /// Whether a line of small letters stands above a headline.
    pub(super) kicker: bool,
    /// The room after each letter of a headline and of a heading in capitals, as
    /// shares of the size.
    pub(super) tracks: (f32, f32),
    /// The lines of the first letter of a chapter, 0 for none.
    pub(super) drop: usize,
    pub(super) section: Section,
    /// The share of sections whose heading runs in.
    pub(super) run_in: f32,
    pub(super) numbered: bool,
    pub(super) bullet: (Face, char),
    pub(super) running: Running,
    pub(super) thumb: Thumb,
    pub(super) slugs: bool,
    /// How far the paper goes beyond the page, where slugs stand.
    pub(super) bleed: f32,
    /// Whether pages where a chapter opens have no number.
    pub(super) blind_openings: bool,
    /// The number of the first page.
    pub(super) start: usize,
    pub(super) labels: bool,
    pub(super) outline: bool,
    pub(super) title: String,
    pub(super) year: usize,
}

const PAPERS: [(f32, f32); 4] = [
    (612.0, 792.0),
    (595.0, 842.0),
    (504.0, 720.0),
    (540.0, 738.0),
];

impl Style {
    /// A style at random.
    pub(super) fn drawn(random: &mut Random) -> Self {
        let paper = random.pick(&PAPERS);
        let columns = random.pick(&[2, 2, 2, 2, 2, 2, 3, 3, 1]);
        let columns = if columns == 3 && paper.0 < 590.0 {
            2
        } else {
            columns
        };
        let side_heads = columns == 1 && random.chance(0.7);
        let text = if random.chance(0.7) { ROMAN } else { SANS };
        let heads = if random.chance(0.5) { SANS } else { text };
        let size = if columns == 3 {
            random.real(8.0, 9.0)
        } else {
            random.real(8.5, 10.5)
        };
        let leading = (size * random.real(1.1, 1.35) * 10.0).round() / 10.0;
        let justified = random.chance(0.8);
        let year = random.between(2004, 2024);
        Self {
            paper,
            margins: [
                random.real(54.0, 72.0),
                random.real(50.0, 66.0),
                random.real(42.0, 60.0),
                random.real(42.0, 60.0),
            ],
            columns,
            gutter: if random.chance(0.5) {
                random.real(10.0, 12.0)
            } else {
                random.real(13.0, 24.0)
            },
            column_rules: random.chance(0.25),
            aligned: random.chance(0.5),
            side_heads,
            text,
            heads,
            size,
            leading,
            indent: if random.chance(0.6) {
                random.real(8.0, 16.0)
            } else {
                0.0
            },
            justified,
            hyphens: justified || random.chance(0.4),
            ligatures: random.chance(0.3),
            tongue: Tongue {
                curly: random.chance(0.8),
                science: random.chance(0.3),
                italics: random.chance(0.5),
            },
            habits: habits(random),
            notes: random.pick(&[
                Notes::Absent,
                Notes::Column,
                Notes::Column,
                Notes::Page,
                Notes::Page,
            ]),
            note_sign: (random.chance(0.75), random.chance(0.5)),
            openings: openings(random),
            headline: random.real(20.0, 30.0),
            deck: random.chance(0.45),
            facts: random.chance(0.2),
            standfirst: random.chance(0.15),
            kicker: random.chance(0.15),
            tracks: (
                random.pick(&[0.0, 0.0, -0.02, 0.03]),
                random.pick(&[0.0, 0.06, 0.12]),
            ),
            drop: random.pick(&[0, 2, 2, 3, 3]),
            section: random.pick(&[
                Section::Bold,
                Section::Bold,
                Section::Capitals,
                Section::SmallCapitals,
                Section::Slanted,
            ]),
            run_in: random.pick(&[0.0, 0.3, 0.8]),
            numbered: random.chance(0.15),
            bullet: random.pick(&[
                (Face::Symbol, '\u{b7}'),
                (Face::Symbol, '\u{b7}'),
                (Face::Dingbats, 'n'),
                (Face::Dingbats, 'l'),
                (text.plain, '•'),
                (text.plain, '–'),
            ]),
            running: random.pick(&[
                Running::Head,
                Running::Head,
                Running::HeadAndFoot,
                Running::YearFoot,
                Running::Register,
            ]),
            thumb: random.pick(&[
                Thumb::Absent,
                Thumb::Letter,
                Thumb::Letter,
                Thumb::Alphabet,
                Thumb::Name,
            ]),
            slugs: random.chance(0.25),
            bleed: random.pick(&[0.0, 30.0]),
            blind_openings: random.chance(0.4),
            start: random.pick(&[1, 1, 51, 17, 203, 47_698]),
            labels: random.chance(0.5),
            outline: random.chance(0.5),
            title: random.pick(&TITLES).replace('@', &year.to_string()),
            year,
        }
    }

    /// The style in words, for those who look for what went wrong.
    pub(super) fn told(&self) -> String {
        format!(
            "columns {} gutter {} rules {} aligned {} side {} text {:?} {}/{} indent {} justified {} hyphens {} ligatures {} \
             {:?} notes {:?} openings {:?} headline {} drop {} section {:?} run-in {} numbered {} running {:?} thumb {:?} slugs {}",
            self.columns,
            self.gutter,
            self.column_rules,
            self.aligned,
            self.side_heads,
            self.text.plain,
            self.size,
            self.leading,
            self.indent,
            self.justified,
            self.hyphens,
            self.ligatures,
            self.habits,
            self.notes,
            self.openings,
            self.headline,
            self.drop,
            self.section,
            self.run_in,
            self.numbered,
            self.running,
            self.thumb,
            self.slugs
        )
    }
}

const TITLES: [&str; 5] = [
    "Annual Survey of Justice @",
    "World Labour Review @",
    "The State of the Courts @",
    "Country Reports on Forced Labour",
    "Yearbook of Rights and Remedies @",
];

fn habits(random: &mut Random) -> Habits {
    Habits {
        spaces: random.pick(&[
            Spaces::WordSpacing,
            Spaces::WordSpacing,
            Spaces::Kerned,
            Spaces::Kerned,
            Spaces::Gaps,
            Spaces::Gaps,
            Spaces::Placed,
            Spaces::Letters,
        ]),
        placing: random.pick(&[
            Placing::Matrix,
            Placing::Scaled,
            Placing::Step,
            Placing::Next,
        ]),
        order: random.pick(&[
            Order::Reading,
            Order::Reading,
            Order::Reading,
            Order::Backward,
            Order::Random,
        ]),
        text_rise: random.chance(0.5),
        whole_blocks: random.chance(0.7),
        trailing: random.chance(0.3),
        soft_hyphens: random.chance(0.12),
    }
}

fn openings(random: &mut Random) -> [Opening; 3] {
    let first = random.pick(&[Opening::Column, Opening::Across, Opening::Page]);
    let second = random.pick(&[Opening::Column, Opening::Across, Opening::Page]);
    [first, first, second]
}
