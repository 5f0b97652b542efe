//! The encoding that a page names in its head, looked for before it is
//! decoded.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at, as browsers do.
const PROBE: usize = 1_024;

/// The encoding that a `<meta>` in the first 1024 bytes names, if any. A page
/// whose `<meta>` could be read as bytes is not UTF-16, whatever it says; it
/// is taken for UTF-8 then.
pub fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(PROBE).map(|&b| char::from(b)).collect();
    let head = head.to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")?..];
        } else if let Some(meta) = rest.strip_prefix("meta") {
            let attributes = Attributes { rest: meta };
            if let Some(encoding) = named_by(attributes) {
                return Some(encoding);
            }
        }
    }
    None
}

fn named_by(attributes: Attributes<'_>) -> Option<&'static Encoding> {
    let (mut charset, mut content, mut declares) = (None, None, false);
    for (name, value) in attributes {
        match name {
            "charset" => charset = Some(value),
            "content" => content = Some(value),
            "http-equiv" => declares = value == "content-type",
            _ => {}
        }
    }
    let label = match (charset, content) {
        (Some(label), _) => label,
        (None, Some(content)) if declares => of_content_type(content)?,
        _ => return None,
    };
    let encoding = Encoding::for_label(label.as_bytes())?;
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    Some(if wide { UTF_8 } else { encoding })
}

/// The label in `text/html; charset=label`.
fn of_content_type(content: &str) -> Option<&str> {
    let (_, after) = content.split_once("charset")?;
    let label = after.trim_start().strip_prefix('=')?.trim();
    let label = label.trim_start_matches(['"', '\'']);
    label.split(['"', '\'', ';', ' ']).next()
}

/// The attributes of a tag, names and values, up to its `>`.
struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let between = |c: char| c.is_ascii_whitespace() || c == '/';
        let rest = self.rest.trim_start_matches(between);
        if rest.is_empty() || rest.starts_with('>') {
            return None;
        }
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/');
        // A name may begin with `=`, by the standard.
        let from = usize::from(rest.starts_with('='));
        let length = rest[from..].find(ends).map_or(rest.len(), |at| at + from);
        let (name, after) = rest.split_at(length);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote)?,
            None => {
                let ends = |c: char| c.is_ascii_whitespace() || c == '>';
                value.split_at(value.find(ends).unwrap_or(value.len()))
            }
        };
        self.rest = after;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_names_the_encoding() {
        let cases = [
            ("<html><head><meta charset=\"UTF-8\"></head>", Some("UTF-8")),
            ("<META CHARSET = 'iso-8859-1' />", Some("windows-1252")),
            (
                "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">",
                Some("windows-1251"),
            ),
            (
                "<meta content='text/html;charset=koi8-r' http-equiv=content-type>",
                Some("KOI8-R"),
            ),
            ("<meta charset=utf-16>", Some("UTF-8")),
            (
                "<!-- <meta charset=koi8-r> --><meta charset=utf8>",
                Some("UTF-8"),
            ),
            ("<meta name=description content='charset=koi8-r'>", None),
            ("<meta charset=nonsense><meta charset=gbk>", Some("GBK")),
            ("<meta charset=\"utf-8", None),
            ("<p>no head</p>", None),
        ];
        for (text, want) in cases {
            assert_eq!(charset(text.as_bytes()).map(|e| e.name()), want, "{text}");
        }
        let late = " ".repeat(PROBE) + "<meta charset=utf-8>";
        assert_eq!(charset(late.as_bytes()), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_looked_at(
            bytes in proptest::collection::vec(0u8.., 0..80),
            text in "(<meta|<!--|-->|[ =/>\"']|charset|content|\\PC){0,20}",
        ) {
            let _ = (charset(&bytes), charset(text.as_bytes()));
        }
    }
}
