//! Bytes to text: UTF-8 with or without a mark, UTF-16 with one, and older
//! encodings by detection.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// A decoded text and what there is to say about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark, every line end a `\n`.
    pub text: String,
    /// The name of the encoding, as `UTF-8`.
    pub encoding: &'static str,
    /// What was guessed or lost, if anything.
    pub remark: Option<String>,
}

/// How many bytes are looked at to tell a binary file.
const BINARY_PROBE: usize = 8192;

/// Decodes the bytes of a file.
///
/// # Errors
/// A reason, in words, why the bytes are no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    decode_declared(bytes, None)
}

/// Decodes the bytes of a file that names its encoding itself; it is believed
/// where the bytes do not say better.
///
/// # Errors
/// A reason, in words, why the bytes are no text.
pub fn decode_declared(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
) -> Result<Decoded, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let remark = (encoding != UTF_8).then(|| format!("read as {}", encoding.name()));
        return Ok(decode_as(encoding, &bytes[mark..], remark));
    }
    if bytes[..bytes.len().min(BINARY_PROBE)].contains(&0) {
        return Err("a binary file".to_owned());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(plain(text, UTF_8, None)),
        // The last character is cut in the middle; all before it is fine.
        Err(e) if e.error_len().is_none() => {
            let (good, cut) = bytes.split_at(e.valid_up_to());
            let remark = format!(
                "ends in the middle of a character; the last {} left out",
                count(cut.len(), "byte")
            );
            Ok(plain(&String::from_utf8_lossy(good), UTF_8, Some(remark)))
        }
        Err(_) if is_spoiled_utf8(bytes) => Ok(decode_as(UTF_8, bytes, None)),
        Err(_) if declared.is_some_and(|encoding| encoding != UTF_8) => {
            Ok(decode_as(declared.unwrap_or(UTF_8), bytes, None))
        }
        Err(_) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            let guess = detector.guess(None, Utf8Detection::Allow);
            let encoding = match is_of_another_script(guess, bytes) {
                true => WINDOWS_1252,
                false => guess,
            };
            let remark = format!("read as {}", encoding.name());
            Ok(decode_as(encoding, bytes, Some(remark)))
        }
    }
}

/// Whether bytes are UTF-8 but for a few: a text in an older encoding has next
/// to no letter outside ASCII that is UTF-8 by chance.
fn is_spoiled_utf8(bytes: &[u8]) -> bool {
    let (mut fine, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        fine += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    fine > 2 * bad
}

/// Whether a guess turns the signs of a text in Latin script into stray letters
/// of another script: `§` into `ї`.
fn is_of_another_script(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let latin = text.bytes().filter(u8::is_ascii_alphabetic).count();
    // Past the accented Latin letters.
    let is_other = |c: char| c >= '\u{370}' && c.is_alphabetic();
    let other = text.chars().filter(|c| is_other(*c)).count();
    let mut words = text.split(|c| !is_other(c));
    let has_word = words.any(|word| word.chars().nth(2).is_some());
    other > 0 && latin > 50 * other && !has_word
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], remark: Option<String>) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    let lost = text.matches('\u{fffd}').count();
    let remark = match (remark, lossy) {
        (remark, false) => remark,
        (remark, true) => Some(format!(
            "{}; {} could not be decoded",
            remark.unwrap_or_else(|| format!("read as {}", encoding.name())),
            count(lost, "character")
        )),
    };
    plain(&text, encoding, remark)
}

fn plain(text: &str, encoding: &'static Encoding, remark: Option<String>) -> Decoded {
    // A carriage return alone ends a line too: files of old Macintoshes.
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    };
    Decoded {
        text,
        encoding: encoding.name(),
        remark,
    }
}

fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<String>) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.remark)
    }

    #[test]
    fn signs_in_a_latin_text_are_not_letters_of_another_script() {
        let law = "The court found a breach of Article 5 \u{a7} 1 and of Article 6 \u{a7} 3. ";
        let (bytes, ..) = WINDOWS_1252.encode(law);
        assert_eq!(text(&bytes.repeat(20)).0, law.repeat(20));
        let name = "The name of the office is \u{411}\u{44e}\u{440}\u{43e} in the report. ";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(name);
        let (read, _) =
            text(&[&*bytes, &b"All else is in Latin letters here. ".repeat(9)].concat());
        assert!(!read.contains('\u{c1}'), "{read}");
    }

    #[test]
    fn marks_line_ends_and_encodings() {
        assert_eq!(text(b"\xef\xbb\xbfa\r\nb\rc\n"), ("a\nb\nc\n".into(), None));
        let (wide, remark) = text(b"\xff\xfea\0\xe9\0");
        assert_eq!(
            (wide.as_str(), remark.as_deref()),
            ("aé", Some("read as UTF-16LE"))
        );
        let (spoiled, remark) =
            text(b"T\xc3\xbcrkiye\xe2\x80\x99s \xe2\x80\x9ckilns\xe2\x80\x9d \xff");
        assert_eq!(spoiled, "Türkiye’s “kilns” \u{fffd}");
        assert_eq!(
            remark.as_deref(),
            Some("read as UTF-8; 1 character could not be decoded")
        );
        let (latin, remark) = text(
            "Türkiye’s “kilns” – café"
                .to_owned()
                .chars()
                .map(|c| match c {
                    'ü' => 0xfc,
                    '’' => 0x92,
                    '“' => 0x93,
                    '”' => 0x94,
                    '–' => 0x96,
                    'é' => 0xe9,
                    c => c as u8,
                })
                .collect::<Vec<u8>>()
                .as_slice(),
        );
        assert_eq!(latin, "Türkiye’s “kilns” – café");
        assert_eq!(remark.as_deref(), Some("read as windows-1252"));
    }

    #[test]
    fn a_file_cut_in_a_character_keeps_the_rest() {
        let whole = "brick kilns in Türkiye’".as_bytes();
        let (kept, remark) = text(&whole[..whole.len() - 1]);
        assert_eq!(kept, "brick kilns in Türkiye");
        assert!(remark.unwrap().contains("middle of a character"));
    }

    #[test]
    fn binary_is_refused() {
        assert_eq!(decode(b"%PDF\0\x01").unwrap_err(), "a binary file");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(0u8.., 0..80)) {
            if let Ok(decoded) = decode(&bytes) {
                proptest::prop_assert!(!decoded.text.contains('\r'));
            }
        }
    }
}
