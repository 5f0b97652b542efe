//! Words that the page broke.

use super::super::mend::{Mended, Vocabulary};

#[test]
fn line_ends_are_joined_as_the_document_writes_the_word() {
    let lines = [
        "the government paid, and a non-profit helped",
        "prosecutors read anti-slavery laws of the government",
    ];
    let vocabulary = Vocabulary::of(lines.into_iter());
    for (text, line, joined) in [
        ("The govern-", "ment said so", "The government said so"),
        ("a non-", "profit group", "a non-profit group"),
        ("an un\u{AD}", "known word", "an unknown word"),
        ("short-", "and long-term", "short- and long-term"),
        ("some anti-", "slavery law", "some anti-slavery law"),
        ("an NGO-", "Managed house", "an NGO-Managed house"),
        ("a prosecu-", "tor", "a prosecutor"),
        ("a retri-", "bution", "a retribution"),
        ("a well-", "known judge", "a well-known judge"),
        (
            "had an under-",
            "standing that",
            "had an understanding that",
        ),
        ("in the Kirgi-", "zstan of", "in the Kirgizstan of"),
        ("anti-traf-", "ficking laws", "anti-trafficking laws"),
        ("10-", "year-old boys", "10-year-old boys"),
        ("a plain", "line", "a plain line"),
        ("1990 -", "2000", "1990 - 2000"),
    ] {
        let mut whole = text.to_owned();
        vocabulary.append(&mut whole, line, &mut Mended::default());
        assert_eq!(whole, joined);
    }
}

#[test]
fn broken_words_are_mended_where_the_document_has_them() {
    let vocabulary =
        Vocabulary::of(["trafficking fishing special cases off icers officers serbia"].into_iter());
    for (broken, mended) in [
        (
            "traffi cking in the fi shing fleet",
            "trafficking in the fishing fleet",
        ),
        ("he went off icers", "he went off icers"),
        (
            "anti- corruption short- and long-term",
            "anti-corruption short- and long-term",
        ),
        ("S E R B I A", "SERBIA"),
        ("S P E C I A L C A S E S", "SPECIAL CASES"),
        ("plan A B C", "plan A B C"),
        ("co\u{AD}operate", "cooperate"),
    ] {
        assert_eq!(vocabulary.mend(broken, &mut Mended::default()), mended);
    }
}
