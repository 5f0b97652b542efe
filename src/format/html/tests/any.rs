//! Any text is read, and no word of a report is lost.

use proptest::prelude::*;

use super::super::read;
use super::shown;

#[test]
fn deep_nesting_is_read() {
    for open in [
        "<div>",
        "<span>",
        "<ul><li>",
        "<table><tr><td>",
        "<b>",
        "<blockquote><h2>",
    ] {
        let document = read(&(open.repeat(100_000) + "deep"));
        assert_eq!(document.lines.len(), 1, "{open}");
        assert_eq!(document.lines[0].text, "deep", "{open}");
    }
    let closed = "<div>".repeat(100_000) + "deep" + &"</div>".repeat(100_000) + "after";
    let document = read(&closed);
    assert_eq!(shown(&document), ["deep", "after"]);
    assert!(document.remarks[0].contains("nested more than"));
}

/// A piece of a report: its markup, with `@` for each word.
fn piece() -> impl Strategy<Value = String> {
    let word = "(@|@ @|@ <b>@</b> @|<i>@ @</i>|<a href=x>@</a>|@<br>@|<b>@</b>|@<br><br>@)";
    let leaf = prop_oneof![
        word.prop_map(|w| format!("<p>{w}</p>")),
        word.prop_map(|w| format!("<h2>{w}</h2>")),
        word.prop_map(|w| format!("<div>{w}</div>")),
        word.prop_map(|w| format!("{w} ")),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let inner = prop::collection::vec(inner, 1..4);
        prop_oneof![
            inner
                .clone()
                .prop_map(|p| format!("<div>{}</div>", p.concat())),
            inner
                .clone()
                .prop_map(|p| format!("<ul><li>{}</ul>", p.join("</li><li>"))),
            inner
                .clone()
                .prop_map(|p| format!("<table><tr><td>{}</table>", p.join("<td>"))),
            inner.clone().prop_map(|p| format!(
                "<table border=1><tr><th>{}</table>",
                p.join("<tr><td>@<td>")
            )),
            inner.prop_map(|p| format!("<blockquote>{}</blockquote>", p.concat())),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[\\PC\\n<>/&;\"'= -]{0,120}") {
        let _ = read(&text);
    }

    #[test]
    fn any_tags_are_read(text in "(<(/)?(div|p|ul|li|table|tr|td|th|h1|b|sup|a|pre|form|nav|main|article|body|html|head|title|script|svg|template|select|br|frameset)( href='#a'| hidden| class=share| id=centerblock)?>|a|[.] |&nbsp;|<!--|-->|<){0,40}") {
        let document = read(&text);
        prop_assert!(document.lines.iter().all(|line| !line.text.trim().is_empty()));
    }

    #[test]
    fn what_is_not_in_a_line_is_counted(parts in prop::collection::vec((0..12usize, piece()), 1..8)) {
        const AROUND: [(&str, &str); 12] = [
            ("<article>", "</article>"), ("<aside>", "</aside>"), ("<header>", "</header>"),
            ("<nav>", "</nav>"), ("<ol start=3><li>", "</ol>"), ("<p>© 2020 ", "</p>"),
            ("<ul><li><a href='#a'>", "</a><li><a href='#b'>Word</a></ul>"), ("<section>", "</section>"),
            ("<p><a href=a.pdf>Download ", "</a></p>"), ("<h2>Contents</h2><p>", "</p>"),
            ("<div class=share>", "</div>"), ("", ""),
        ];
        let parts = parts.iter().map(|(at, piece)| format!("{}{piece}{}", AROUND[*at].0, AROUND[*at].1));
        let text = parts.collect::<String>().replace('@', "word");
        let html = scraper::Html::parse_document(&text);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count() as u64;
        let all: u64 = html.root_element().text().map(letters).sum();
        let document = read(&text);
        let kept: u64 = document.lines.iter().map(|line| letters(&line.text)).sum();
        let dropped: u64 = document.dropped.iter().map(|dropped| dropped.characters).sum();
        // What is dropped is counted with its signs and spaces.
        prop_assert!(kept <= all && all - kept <= dropped, "{} of {}, {}: {}", kept, all, dropped, text);
    }

    #[test]
    fn no_word_is_lost(pieces in prop::collection::vec(piece(), 1..6)) {
        let mut count = 0;
        let mut text = String::new();
        for c in pieces.concat().chars() {
            if c == '@' {
                text.push_str(&format!("w{count}"));
                count += 1;
            } else {
                text.push(c);
            }
        }
        let page = format!("<nav>menu</nav><main>{text}</main><footer>foot</footer>");
        let lines = read(&page).lines;
        let words = lines.iter().flat_map(|line| line.text.split([' ', '|'])).filter(|w| !w.is_empty());
        // Words that stand side by side without a space are one in the text.
        let joined: String = words.collect();
        let want: String = (0..count).map(|n| format!("w{n}")).collect();
        prop_assert_eq!(joined, want, "{}", page);
    }
}
