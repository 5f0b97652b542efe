//! The file: fonts, pages, page labels, bookmarks and the table of objects.

use super::font::Face;
use std::fmt::Write as _;

/// A page as it is written.
pub(super) struct Sheet {
    pub(super) content: String,
}

/// How the numbers of a range of sheets are told to a reader of the file.
pub(super) struct Labels {
    /// The first sheet of the range, from 0.
    pub(super) from: usize,
    pub(super) roman: bool,
    pub(super) start: usize,
}

/// What is written besides the pages.
pub(super) struct Extras {
    /// The size of a page in points.
    pub(super) size: (f32, f32),
    /// How far the paper goes beyond the page on each side.
    pub(super) bleed: f32,
    pub(super) labels: Vec<Labels>,
    /// The bookmarks: title and sheet, from 0.
    pub(super) outline: Vec<(String, usize)>,
    pub(super) title: Option<String>,
}

const CATALOG: usize = 1;
const PAGES: usize = 2;
const INFO: usize = 3;
const FIRST_FONT: usize = 4;

/// The bytes of the file.
pub(super) fn bytes(sheets: &[Sheet], extras: &Extras) -> Vec<u8> {
    let first_page = FIRST_FONT + Face::ALL.len();
    let first_mark = first_page + 2 * sheets.len();
    let page = |index: usize| first_page + 2 * index;
    let mut objects = vec![
        catalog(extras, first_mark),
        pages(sheets.len(), extras, page),
        info(extras),
    ];
    objects.extend(Face::ALL.map(font));
    let fonts: String = Face::ALL
        .iter()
        .map(|face| {
            format!(
                "/F{} {} 0 R ",
                face.number(),
                FIRST_FONT + face.number() - 1
            )
        })
        .collect();
    for (index, sheet) in sheets.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent {PAGES} 0 R /Resources << /Font << {fonts}>> >> /Contents {} 0 R >>",
            page(index) + 1
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{}\nendstream",
            sheet.content.len(),
            sheet.content
        ));
    }
    objects.extend(outline(extras, first_mark, page));
    assembled(&objects)
}

fn catalog(extras: &Extras, first_mark: usize) -> String {
    let mut text = format!("<< /Type /Catalog /Pages {PAGES} 0 R");
    if !extras.labels.is_empty() {
        text.push_str(" /PageLabels << /Nums [");
        for range in &extras.labels {
            let style = if range.roman { "/r" } else { "/D" };
            let _ = write!(text, "{} << /S {style} /St {} >> ", range.from, range.start);
        }
        text.push_str("] >>");
    }
    if !extras.outline.is_empty() {
        let _ = write!(text, " /Outlines {first_mark} 0 R");
    }
    text + " >>"
}

fn pages(count: usize, extras: &Extras, page: impl Fn(usize) -> usize) -> String {
    let kids: String = (0..count)
        .map(|index| format!("{} 0 R ", page(index)))
        .collect();
    let (width, height) = extras.size;
    let bleed = extras.bleed;
    let crop = if bleed > 0.0 {
        format!("/CropBox [0 0 {width} {height}]")
    } else {
        String::new()
    };
    format!(
        "<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [{} {} {} {}] {crop} >>",
        -bleed,
        -bleed,
        width + bleed,
        height + bleed
    )
}

fn info(extras: &Extras) -> String {
    extras.title.as_ref().map_or("<< >>".to_owned(), |title| {
        format!("<< /Title {} >>", hex(title))
    })
}

fn font(face: Face) -> String {
    let first: u8 = if face.is_text() { 1 } else { 32 };
    let widths: String = (first..=255)
        .map(|code| format!("{} ", face.advance(code)))
        .collect();
    let encoding = if face.is_text() {
        "/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl] >> "
    } else {
        ""
    };
    format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /{} /FirstChar {first} /LastChar 255 {encoding}/Widths [{widths}] >>",
        face.name()
    )
}

fn outline(extras: &Extras, first: usize, page: impl Fn(usize) -> usize) -> Vec<String> {
    let count = extras.outline.len();
    if count == 0 {
        return Vec::new();
    }
    let mut objects = vec![format!(
        "<< /Type /Outlines /First {} 0 R /Last {} 0 R /Count {count} >>",
        first + 1,
        first + count
    )];
    for (index, (title, sheet)) in extras.outline.iter().enumerate() {
        let own = first + 1 + index;
        let before = if index > 0 {
            format!("/Prev {} 0 R ", own - 1)
        } else {
            String::new()
        };
        let after = if index + 1 < count {
            format!("/Next {} 0 R ", own + 1)
        } else {
            String::new()
        };
        objects.push(format!(
            "<< /Title {} /Parent {first} 0 R {before}{after}/Dest [{} 0 R /Fit] >>",
            hex(title),
            page(*sheet)
        ));
    }
    objects
}

/// A text string in UTF-16 as hexadecimal digits.
fn hex(text: &str) -> String {
    let units: String = text
        .encode_utf16()
        .map(|unit| format!("{unit:04X}"))
        .collect();
    format!("<FEFF{units}>")
}

fn assembled(objects: &[String]) -> Vec<u8> {
    let mut text = String::from("%PDF-1.5\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", text.len());
        let _ = write!(text, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = text.len();
    let _ = write!(
        text,
        "{table}trailer\n<< /Size {} /Root {CATALOG} 0 R /Info {INFO} 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    text.into_bytes()
}
