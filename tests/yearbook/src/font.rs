//! The fonts of a yearbook: standard ones by name, with their true widths.

use super::widths;

/// The codes of the two ligatures that some books set, and their characters.
const LIGATURES: [(u8, char); 2] = [(1, '\u{fb01}'), (2, '\u{fb02}')];

/// A font.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Face {
    Roman,
    RomanBold,
    RomanItalic,
    Sans,
    SansBold,
    SansItalic,
    Symbol,
    Dingbats,
}

impl Face {
    /// All fonts in the order of their objects.
    pub(super) const ALL: [Self; 8] = [
        Self::Roman,
        Self::RomanBold,
        Self::RomanItalic,
        Self::Sans,
        Self::SansBold,
        Self::SansItalic,
        Self::Symbol,
        Self::Dingbats,
    ];

    /// The name in the file.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Roman => "Times-Roman",
            Self::RomanBold => "Times-Bold",
            Self::RomanItalic => "Times-Italic",
            Self::Sans => "Helvetica",
            Self::SansBold => "Helvetica-Bold",
            Self::SansItalic => "Helvetica-Oblique",
            Self::Symbol => "Symbol",
            Self::Dingbats => "ZapfDingbats",
        }
    }

    /// The number of the font among the resources of a page.
    pub(super) fn number(self) -> usize {
        self as usize + 1
    }

    /// Whether its codes are characters of the encoding of Windows.
    pub(super) fn is_text(self) -> bool {
        !matches!(self, Self::Symbol | Self::Dingbats)
    }

    /// The advance width of a code in thousandths of the size.
    pub(super) fn advance(self, code: u8) -> u16 {
        if code < widths::FIRST {
            return match self {
                Self::SansBold => 611,
                Self::RomanItalic | Self::Sans | Self::SansItalic => 500,
                _ => 556,
            };
        }
        let table = match self {
            Self::Roman => &widths::ROMAN,
            Self::RomanBold => &widths::ROMAN_BOLD,
            Self::RomanItalic => &widths::ROMAN_ITALIC,
            Self::Sans => &widths::SANS,
            Self::SansBold => &widths::SANS_BOLD,
            Self::SansItalic => &widths::SANS_ITALIC,
            Self::Symbol => &widths::SYMBOL,
            Self::Dingbats => &widths::DINGBATS,
        };
        table[usize::from(code - widths::FIRST)]
    }

    /// The width of a text at size 1.
    pub(super) fn width(self, text: &str) -> f32 {
        let thousandths: u32 = codes(text)
            .iter()
            .map(|&code| u32::from(self.advance(code)))
            .sum();
        thousandths as f32 / 1_000.0
    }

    /// The height of its capitals at size 1.
    pub(super) fn capital(self) -> f32 {
        match self {
            Self::Sans | Self::SansBold | Self::SansItalic => 0.72,
            _ => 0.66,
        }
    }
}

/// The codes of a text in the encoding of Windows; for the fonts of signs the
/// characters are their codes.
pub(super) fn codes(text: &str) -> Vec<u8> {
    text.chars().map(code).collect()
}

fn code(char: char) -> u8 {
    if let Some((code, _)) = LIGATURES.iter().find(|(_, ligature)| *ligature == char) {
        return *code;
    }
    match char {
        '€' => 0x80,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'Š' => 0x8a,
        'Ž' => 0x8e,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        'š' => 0x9a,
        'ž' => 0x9e,
        _ => u8::try_from(char).unwrap_or(b'?'),
    }
}
