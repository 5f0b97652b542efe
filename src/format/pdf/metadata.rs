//! What a PDF says of itself: its title. Nothing here reads pages.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Stream};

/// The title that the file gives, if it is one for readers.
pub(super) fn title(pdf: &Pdf) -> Option<String> {
    let info = pdf.metadata().title.as_deref().map(decode);
    let titles = [info, packet(pdf).as_deref().and_then(packet_title)];
    titles
        .into_iter()
        .flatten()
        .find_map(|title| meaningful(&title))
}

/// A text string of PDF: UTF-16 or UTF-8 with a mark, else by bytes (the
/// typographic ones as PDF numbers them, the others as Latin 1).
pub(super) fn decode(bytes: &[u8]) -> String {
    const TYPOGRAPHIC: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
    ];
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return String::from_utf8_lossy(rest).into_owned();
    }
    bytes
        .iter()
        .map(|&byte| match byte {
            0x80..=0xA0 => TYPOGRAPHIC[usize::from(byte - 0x80)],
            _ => char::from(byte),
        })
        .collect()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| unit([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
}

/// The metadata packet (XMP) of the file.
fn packet(pdf: &Pdf) -> Option<String> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let stream = catalog.get::<Stream<'_>>(b"Metadata")?;
    let bytes = stream.decoded_data().ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The text of the first `rdf:li` in `dc:title`.
fn packet_title(packet: &str) -> Option<String> {
    let (_, rest) = packet.split_once("<dc:title")?;
    let (inside, _) = rest.split_once("</dc:title>")?;
    let (_, item) = inside.split_once("<rdf:li")?;
    let (_, text) = item.split_once('>')?;
    let (text, _) = text.split_once('<')?;
    let plain = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    Some(plain.iter().fold(text.to_owned(), |text, (name, char)| {
        text.replace(name, char)
    }))
}

/// The title without noise; none where it is what a program makes up.
fn meaningful(title: &str) -> Option<String> {
    const ENDINGS: [&str; 14] = [
        "doc", "docx", "indd", "qxd", "qxp", "pdf", "rtf", "pub", "wpd", "ppt", "pptx", "htm",
        "html", "txt",
    ];
    let title: String = title.chars().filter(|char| !char.is_control()).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = title.to_lowercase();
    let made_up = folded.starts_with("microsoft word")
        || folded.starts_with("untitled")
        || ["document", "title", "slide 1", "print", "layout 1"].contains(&folded.as_str())
        || folded
            .rsplit_once('.')
            .is_some_and(|(_, end)| ENDINGS.contains(&end))
        || folded.contains(['\\', '\u{FFFD}'])
        || (!folded.contains(' ') && folded.contains('_'));
    let letters = title.chars().filter(|char| char.is_alphabetic()).count();
    (!made_up && letters >= 4).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_titles_are_none() {
        for (title, kept) in [
            ("Microsoft Word - report.doc", None),
            ("final_v3.indd", None),
            ("tip_report_2013", None),
            ("  A  Report\u{0} on Work ", Some("A Report on Work")),
            ("Untitled-1", None),
            ("2014", None),
        ] {
            assert_eq!(meaningful(title).as_deref(), kept, "{title}");
        }
    }

    #[test]
    fn strings_are_decoded_by_their_mark() {
        assert_eq!(decode(b"\xFE\xFF\x00A\x20\x19"), "A\u{2019}");
        assert_eq!(decode(b"\xEF\xBB\xBFna\xC3\xAFve"), "naïve");
        assert_eq!(decode(b"na\xEFve \x84 end"), "naïve — end");
    }

    #[test]
    fn a_packet_names_its_title() {
        let packet = "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Work &amp; Rest</rdf:li></rdf:Alt></dc:title>";
        assert_eq!(packet_title(packet).as_deref(), Some("Work & Rest"));
    }
}
