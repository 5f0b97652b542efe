//! Names, languages and document numbers as metadata gives them: what a
//! program or a form filled in is none.

/// What stands where no author was named, in lower case.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "anonymous",
    "author",
    "default",
    "editor",
    "guest",
    "root",
    "site admin",
    "staff",
    "super user",
    "superuser",
    "test",
    "unknown",
    "user",
    "webmaster",
    "wordpress",
    "n/a",
    "none",
    "not specified",
    "no author",
    "various",
    "windows user",
    "microsoft office user",
    "owner",
    "home",
    "pc",
    "dell",
    "hp",
    "lenovo",
    "acer",
    "asus",
];

/// What the names of programs hold, in lower case.
const PROGRAMS: &[&str] = &[
    "microsoft",
    "adobe ",
    "acrobat",
    "libreoffice",
    "openoffice",
    "pandoc",
    "calibre",
    "python-docx",
    "drupal",
    "joomla",
    "wordpress",
    "indesign",
    "docx4j",
    "aspose",
    "apache poi",
    "quarkxpress",
];

/// The longest name, in characters.
const LONGEST: usize = 200;

/// The authors among some texts, each once: several may stand between
/// semicolons.
pub(crate) fn authors(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut authors: Vec<String> = Vec::new();
    for text in texts {
        for name in text.split(';').map(str::trim).filter(|name| is_name(name)) {
            if !authors.iter().any(|other| other == name) {
                authors.push(name.to_owned());
            }
        }
    }
    authors
}

/// Whether a text is the name of a person or an institution.
pub(crate) fn is_name(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_address = lower.contains('@')
        || lower.contains("://")
        || lower.starts_with("www.")
        || lower.starts_with('/');
    let is_program = PROGRAMS.iter().any(|program| lower.contains(program));
    text.contains(char::is_alphabetic)
        && text.chars().count() <= LONGEST
        && !is_address
        && !is_program
        && !NOBODY.contains(&lower.as_str())
}

/// Whether a text is the full name of someone and not the login of one:
/// it has several words, or is one in capitals as institutions have.
pub(crate) fn is_full_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    is_name(text) && !has_digit && (words > 1 || text.chars().all(char::is_uppercase))
}

/// A language as BCP 47 tags it: `en_US` to `en-US`; none if it is none.
pub(crate) fn language(text: &str) -> Option<String> {
    let tag = text.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let is_primary =
        matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let are_parts = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let is_none = matches!(first.to_lowercase().as_str(), "und" | "zxx" | "mul" | "xx");
    (is_primary && are_parts && !is_none).then(|| tag.replacen(first, &first.to_lowercase(), 1))
}

/// Whether a text is the number or symbol of a document: short, with digits,
/// and neither an address nor a key that a program made.
pub(crate) fn is_symbol(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let is_key = lower.starts_with("urn:")
        || lower.starts_with("uuid")
        || lower.starts_with("doi:")
        || lower.starts_with("10.")
        || lower.contains("://")
        || lower.contains('@')
        || (lower.len() >= 32
            && lower
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b'-'));
    let is_number = lower.bytes().all(|byte| byte.is_ascii_digit());
    (4..=40).contains(&lower.len())
        && lower.contains(|c: char| c.is_ascii_digit())
        && lower.contains(['-', '/', '.'])
        && lower.contains(char::is_alphabetic)
        && !is_key
        && !is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_programs_fill_in() {
        for (text, name, full) in [
            ("Office of Boats", true, true),
            ("B. Hall", true, true),
            ("UNODC", true, true),
            ("bhall", true, false),
            ("bhall 2", true, false),
            ("admin", false, false),
            ("Microsoft Office User", false, false),
            ("a@b.org", false, false),
            ("https://a.org/b", false, false),
            ("12", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_name(text), is_full_name(text)), (name, full), "{text}");
        }
    }

    #[test]
    fn languages_and_symbols() {
        for (text, want) in [
            ("en_US", Some("en-US")),
            ("EN", Some("en")),
            ("zh-Hant-TW", Some("zh-Hant-TW")),
            ("und", None),
            ("English", None),
            ("", None),
        ] {
            assert_eq!(language(text).as_deref(), want, "{text}");
        }
        for (text, want) in [
            ("A/HRC/44/42", true),
            ("GAO-06-282", true),
            ("urn:uuid:1", false),
            ("https://a.org/1", false),
            ("10.1000/182", false),
            ("9780000000000", false),
            ("x", false),
        ] {
            assert_eq!(is_symbol(text), want, "{text}");
        }
    }
}
