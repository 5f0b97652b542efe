//! PDFs written by hand for the tests: pages of Courier, whose characters are
//! all six tenths of the size wide.

use std::fmt::Write as _;

/// The fonts of a book, as its content names them.
pub(super) const PLAIN: &str = "F1";
pub(super) const BOLD: &str = "F2";
/// A font whose glyphs have no Unicode.
pub(super) const NAMELESS: &str = "F3";

/// A page of 612 by 792 points as it is written.
#[derive(Default, Clone)]
pub(super) struct Leaf {
    content: Vec<u8>,
}

impl Leaf {
    /// Puts a line with its left end and baseline, in points from the top left.
    pub(super) fn line(self, font: &str, size: f32, left: f32, top: f32, text: &str) -> Self {
        self.turned(font, size, [1, 0, 0, 1], (left, top), text)
    }

    /// Puts a line in the direction of a matrix.
    pub(super) fn turned(
        mut self,
        font: &str,
        size: f32,
        matrix: [i32; 4],
        at: (f32, f32),
        text: &str,
    ) -> Self {
        let [a, b, c, d] = matrix;
        let start = format!(
            "BT /{font} {size} Tf {a} {b} {c} {d} {} {} Tm (",
            at.0,
            792.0 - at.1
        );
        self.content.extend(start.bytes());
        self.content.extend(encoded(text));
        self.content.extend(b") Tj ET\n");
        self
    }

    /// Puts lines of body text below each other, 12 points apart.
    pub(super) fn lines(self, left: f32, top: f32, lines: &[&str]) -> Self {
        let below = |index: usize| top + 12.0 * index as f32;
        lines.iter().enumerate().fold(self, |leaf, (index, line)| {
            leaf.line(PLAIN, 10.0, left, below(index), line)
        })
    }

    /// Puts operators as they are.
    pub(super) fn raw(mut self, operators: &str) -> Self {
        self.content.extend(operators.bytes());
        self
    }
}

/// A file of pages, and what else its trailer and information say.
#[derive(Default, Clone)]
pub(super) struct Book {
    pub(super) leaves: Vec<Leaf>,
    pub(super) title: Option<String>,
    /// Entries for the trailer.
    pub(super) trailer: String,
}

impl Book {
    pub(super) fn of(leaves: impl IntoIterator<Item = Leaf>) -> Self {
        Self {
            leaves: leaves.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The bytes of the file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let font = |name: &str| {
            format!(
                "<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            )
        };
        let pages: String = (0..self.leaves.len())
            .map(|index| format!("{} 0 R ", 7 + 2 * index))
            .collect();
        let nameless = (65..=90)
            .map(|code| format!("/q{code}x "))
            .collect::<String>();
        let mut objects: Vec<Vec<u8>> = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids [{pages}] /Count {} /MediaBox [0 0 612 792] >>", self.leaves.len()),
            font("Courier"),
            font("Courier-Bold"),
            format!(
                "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 65 /LastChar 90 /Widths [{}] \
                 /Encoding << /Type /Encoding /Differences [65 {nameless}] >> >>",
                "600 ".repeat(26)
            ),
            self.title.as_ref().map_or("<< >>".to_owned(), |title| format!("<< /Title ({title}) >>")),
        ]
        .map(String::into_bytes)
        .into();
        for (index, leaf) in self.leaves.iter().enumerate() {
            let fonts = "/Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >>";
            objects.push(
                format!(
                    "<< /Type /Page /Parent 2 0 R /Resources << {fonts} >> /Contents {} 0 R >>",
                    8 + 2 * index
                )
                .into_bytes(),
            );
            let mut stream = format!("<< /Length {} >>\nstream\n", leaf.content.len()).into_bytes();
            stream.extend(&leaf.content);
            stream.extend(b"\nendstream");
            objects.push(stream);
        }
        self.assembled(&objects)
    }

    fn assembled(&self, objects: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = b"%PDF-1.4\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (index, object) in objects.iter().enumerate() {
            let _ = writeln!(table, "{:010} 00000 n ", bytes.len());
            bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
            bytes.extend(object);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        let trailer = format!(
            "trailer\n<< /Size {} /Root 1 0 R /Info 6 0 R {} >>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1,
            self.trailer
        );
        bytes.extend(table.bytes().chain(trailer.bytes()));
        bytes
    }
}

/// The text as bytes of a string in the encoding of Windows.
fn encoded(text: &str) -> Vec<u8> {
    let byte = |char: char| match char {
        '•' => vec![0x95],
        '–' => vec![0x96],
        '’' => vec![0x92],
        '(' | ')' | '\\' => vec![b'\\', char as u8],
        _ => vec![u8::try_from(char).unwrap_or(b'?')],
    };
    text.chars().flat_map(byte).collect()
}
