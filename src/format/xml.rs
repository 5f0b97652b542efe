//! A forgiving walk over the XML of office files and books: elements by
//! their local names, text with its references resolved. Nothing is expanded
//! and nothing recurses, so neither entity bombs nor deep nesting hurt.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

/// A piece of an XML file.
pub(crate) enum Node<'a> {
    /// An element begins; an empty one begins and ends.
    Open(Tag<'a>),
    /// An element ends.
    Close(&'a str),
    /// Text between tags.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(crate) struct Tag<'a> {
    start: &'a BytesStart<'a>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// Whether the name has this prefix.
    pub(crate) fn is_of(&self, prefix: &str) -> bool {
        let own = self.start.name().into_inner().split_once(':');
        own.is_some_and(|(own, _)| own == prefix)
    }

    /// The value of an attribute, by its name without prefix.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.find(|key| key.local_name().into_inner() == name)
    }

    /// The value of an attribute, by its name with the usual prefix.
    pub(crate) fn full(&self, name: &str) -> Option<String> {
        self.find(|key| key.into_inner() == name)
    }

    fn find(&self, is_wanted: impl Fn(QName<'_>) -> bool) -> Option<String> {
        self.start
            .attributes()
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|attribute| is_wanted(attribute.key))
            .map(|attribute| match unescape(&attribute.value) {
                Ok(value) => value.into_owned(),
                Err(_) => attribute.value.into_owned(),
            })
    }
}

/// Gives each piece of `text` to `take` in order. Answers why the walk ended
/// before the text did, if so.
pub(crate) fn walk(text: &str, mut take: impl FnMut(Node<'_>)) -> Option<String> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut depth = 0_u64;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                take(Node::Open(Tag { start: &start }));
            }
            Ok(Event::Empty(start)) => {
                take(Node::Open(Tag { start: &start }));
                take(Node::Close(start.local_name().into_inner()));
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                take(Node::Close(end.local_name().into_inner()));
            }
            Ok(Event::Text(text)) => take(Node::Text(text.xml10_content())),
            Ok(Event::CData(text)) => take(Node::Text(text.xml10_content())),
            Ok(Event::GeneralRef(name)) => {
                let text = match name.resolve_char_ref() {
                    Ok(Some(letter)) => Cow::Owned(letter.to_string()),
                    _ => Cow::Borrowed(resolve_xml_entity(&name).unwrap_or_default()),
                };
                take(Node::Text(text));
            }
            Ok(Event::Eof) if depth > 0 => return Some("ends early".to_owned()),
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

/// The text of the first element of each name, in the order of the names;
/// white space at its ends is cut, an empty text is none.
pub(crate) fn first_texts<const N: usize>(text: &str, names: [&str; N]) -> [Option<String>; N] {
    let mut found = [const { None::<String> }; N];
    let mut open: Option<usize> = None;
    walk(text, |node| match node {
        Node::Open(tag) => {
            let place = names.iter().position(|name| *name == tag.name());
            open = place.filter(|&place| found[place].is_none());
            if let Some(place) = open {
                found[place] = Some(String::new());
            }
        }
        Node::Close(_) => open = None,
        Node::Text(text) => {
            if let Some(text_so_far) = open.and_then(|place| found[place].as_mut()) {
                text_so_far.push_str(&text);
            }
        }
    });
    found.map(|text| Some(text?.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// The texts of all elements of a name, each with the attribute `event`;
/// empty ones are none.
pub(crate) fn all_texts(text: &str, name: &str) -> Vec<(Option<String>, String)> {
    let mut found: Vec<(Option<String>, String)> = Vec::new();
    let mut is_open = false;
    walk(text, |node| match node {
        Node::Open(tag) => {
            is_open = tag.name() == name;
            if is_open {
                found.push((tag.get("event"), String::new()));
            }
        }
        Node::Close(_) => is_open = false,
        Node::Text(text) => {
            if let Some((_, so_far)) = found.last_mut().filter(|_| is_open) {
                so_far.push_str(&text);
            }
        }
    });
    let trimmed = found
        .into_iter()
        .map(|(event, text)| (event, text.trim().to_owned()));
    trimmed.filter(|(_, text)| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (String, Option<String>) {
        let mut out = String::new();
        let end = walk(text, |node| match node {
            Node::Open(tag) => {
                out += &format!("<{} {}>", tag.name(), tag.get("v").unwrap_or_default());
            }
            Node::Close(name) => out += &format!("</{name}>"),
            Node::Text(text) => out += &text,
        });
        (out, end)
    }

    #[test]
    fn pieces_are_plain() {
        assert_eq!(
            told("<w:a w:v='&lt;1'>x &amp; &#233;<b/><![CDATA[<z>]]></w:a>"),
            ("<a <1>x & é<b ></b><z></a>".to_owned(), None)
        );
    }

    #[test]
    fn what_breaks_off_is_kept_and_told() {
        assert_eq!(
            told("<a>x<b>y"),
            ("<a >x<b >y".to_owned(), Some("ends early".to_owned()))
        );
        assert!(told("<a>x</a").1.is_some());
    }

    #[test]
    fn entity_bombs_and_deep_nests_are_harmless() {
        let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxx'><!ENTITY y '&x;&x;&x;'>]><a>1&y;2</a>";
        assert_eq!(told(bomb), ("<a >12</a>".to_owned(), None));
        let deep = "<a>".repeat(200_000) + &"</a>".repeat(200_000);
        assert_eq!(told(&deep).1, None);
    }

    #[test]
    fn first_texts_are_trimmed() {
        let text = "<m><dc:title> A &amp; B </dc:title><title>C</title><x/></m>";
        assert_eq!(
            first_texts(text, ["title", "x", "y"]),
            [Some("A & B".to_owned()), None, None]
        );
    }
}
