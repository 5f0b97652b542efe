//! All text of a page as paragraphs, block quotations marked as such, with its
//! notes.
//!
//! A report stands among much that is not its own, and [`read`](super::read)
//! looks for it; a draft is all text, and its quotations may be marked up.

use super::depth;
use super::fold::Folded;
use super::notes::{Mark, Notes};
use super::page::Page;
use crate::format::document::{Document, Line, LineKind, Note, characters};
use crate::format::flow::web_address;

/// Elements whose words are not shown.
const UNSEEN: [&str; 7] = [
    "script", "style", "template", "head", "noscript", "svg", "math",
];

/// Elements whose words are struck out.
const STRUCK: [&str; 3] = ["del", "s", "strike"];
/// What is told of them, as of documents of other formats.
const STRUCK_REMARK: &str = "tracked changes: deletions left out";

/// The text of an HTML page, a line for each paragraph, heading, item or row. A
/// paragraph of a block quotation is a [`LineKind::Quote`]; a quotation in a
/// line (`<q>`) stands between curly quotation marks. The marks of notes are
/// told as [`Document::notes`]. What is struck out is no text.
pub fn read_whole(text: &str) -> Document<'static> {
    let flat = depth::flatten(text);
    let html = scraper::Html::parse_document(&flat.text);
    let page = Page::new(&html);
    let mut writer = Writer {
        page: &page,
        notes: Notes::of(&page),
        document: Document {
            whole: true,
            remarks: flat.remark().into_iter().collect(),
            ..Document::default()
        },
        folded: Folded::default(),
        open: Vec::new(),
        in_quote: false,
    };
    writer.write();
    writer.document
}

struct Writer<'p, 'a> {
    page: &'p Page<'a>,
    notes: Notes<'p, 'a>,
    document: Document<'static>,
    /// The line that is open.
    folded: Folded,
    /// Elements that are open and end something.
    open: Vec<Open>,
    /// Whether the block quotation that is open has a line.
    in_quote: bool,
}

impl Writer<'_, '_> {
    fn write(&mut self) {
        let body = self.page.body();
        let mut at = body.start;
        loop {
            while let Some(left) = self.open.pop_if(|open| open.end <= at || at >= body.end) {
                match left.kind {
                    Kind::Inline => {
                        self.folded.push("”");
                    }
                    Kind::Link => self.link(left.at),
                    kind => self.close(kind == Kind::Quote),
                }
            }
            if at >= body.end {
                break;
            }
            at = self.enter(at);
        }
        self.close(false);
    }

    /// Takes a node; where to go on.
    fn enter(&mut self, at: usize) -> usize {
        let page = self.page;
        let (name, end) = (page.name(at), page.subtree(at).end);
        if STRUCK.contains(&name) {
            self.leave_out_struck();
            return end;
        }
        if UNSEEN.contains(&name) || self.takes_mark(at) {
            return end;
        }
        if let Some(text) = page.raw(at) {
            self.folded.push(text);
        } else if name == "br" {
            self.folded.space();
        } else if name == "q" {
            self.folded.push("“");
            self.open.push(Open {
                at,
                end,
                kind: Kind::Inline,
            });
        } else if name == "a" {
            self.open.push(Open {
                at,
                end,
                kind: Kind::Link,
            });
        } else if name == "cite" && self.names_source(end) {
            self.close(false);
            self.folded.push("— ");
        } else if page.is_block(at) {
            self.close(false);
            self.open_block(at, name, end);
        }
        at + 1
    }

    /// Tells once that what is struck out is left out.
    fn leave_out_struck(&mut self) {
        let remarks = &mut self.document.remarks;
        if !remarks.iter().any(|remark| remark == STRUCK_REMARK) {
            remarks.push(STRUCK_REMARK.to_owned());
        }
    }

    fn open_block(&mut self, at: usize, name: &str, end: usize) {
        let kind = match name {
            "blockquote" => Kind::Quote,
            _ => Kind::Block,
        };
        // A quotation within one is part of it.
        if kind == Kind::Quote && !self.is_in_quote() {
            self.in_quote = false;
        }
        self.open.push(Open { at, end, kind });
    }

    /// Whether an element that ends at a node is the last in a block quotation,
    /// and no dash leads to it: it names the source then.
    fn names_source(&self, end: usize) -> bool {
        let mut quotes = self.open.iter().filter(|open| open.kind == Kind::Quote);
        let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '―');
        let before = self.folded.as_str().trim();
        let is_blank = |at| self.page.raw(at).is_none_or(|text| text.trim().is_empty());
        quotes
            .next()
            .is_some_and(|quote| (end..quote.end).all(is_blank))
            && !before.starts_with(is_dash)
            && !before.ends_with(is_dash)
    }

    fn is_in_quote(&self) -> bool {
        self.open.iter().any(|open| open.kind == Kind::Quote)
    }

    /// Takes the mark of a note; whether there is one. A mark that a line begins
    /// with is that of the note itself.
    fn takes_mark(&mut self, at: usize) -> bool {
        if self.folded.is_empty() {
            return false;
        }
        match self.notes.mark(at) {
            Some(Mark::Linked { mark, text }) => self.note(mark, text),
            Some(Mark::Raised(mark)) => {
                self.folded.push(&mark);
            }
            None => return false,
        }
        true
    }

    /// Takes a link as a note that says where it leads.
    fn link(&mut self, at: usize) {
        let target = self.page.attribute(at, "href").map(str::to_owned);
        if let Some(text) = web_address(target).filter(|_| !self.folded.is_empty()) {
            self.note(String::new(), text);
        }
    }

    /// Adds a note that is called at the end of what the open line holds.
    fn note(&mut self, mark: String, text: String) {
        self.document.notes.push(Note {
            line: self.document.lines.len() as u64 + 1,
            before: characters(self.folded.as_str()),
            mark,
            text,
        });
    }

    /// Ends the line that is open.
    fn close(&mut self, is_quote: bool) {
        let text = std::mem::take(&mut self.folded).into_text();
        if text.is_empty() {
            return;
        }
        let is_quote = is_quote || self.is_in_quote();
        let number = self.document.lines.len() as u64 + 1;
        if is_quote && !std::mem::replace(&mut self.in_quote, true) {
            self.document.quotes.push(number);
        }
        self.document.lines.push(Line {
            kind: match is_quote {
                true => LineKind::Quote,
                false => LineKind::Text,
            },
            ..Line::text(number, text)
        });
    }
}

struct Open {
    at: usize,
    end: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Block,
    Quote,
    Inline,
    Link,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_quotations_are_told_apart() {
        let page = "<nav>Menu</nav><p>One <q>two</q>.<blockquote><p>Three<p>four</blockquote>five";
        let document = read_whole(page);
        let told: Vec<(&str, LineKind)> =
            document.lines.iter().map(|l| (&*l.text, l.kind)).collect();
        assert_eq!(
            told,
            [
                ("Menu", LineKind::Text),
                ("One “two”.", LineKind::Text),
                ("Three", LineKind::Quote),
                ("four", LineKind::Quote),
                ("five", LineKind::Text),
            ]
        );
    }

    #[test]
    fn what_is_struck_out_is_left_out_and_told_once() {
        let page = "<p>No <del>one <b>was</b></del><ins>man is</ins> <s>ever</s> \
                    <strike>once</strike> here.<p>So.";
        let document = read_whole(page);
        let told: Vec<&str> = document.lines.iter().map(|l| &*l.text).collect();
        assert_eq!(told, ["No man is here.", "So."]);
        assert_eq!(document.remarks, ["tracked changes: deletions left out"]);
        assert!(read_whole("<p>So.").remarks.is_empty());
    }

    #[test]
    fn neighbouring_quotations_are_two() {
        let one = "<blockquote>One<p>two</blockquote>";
        for (page, begin) in [
            (one.to_owned(), vec![1]),
            (one.repeat(2), vec![1, 3]),
            (format!("{one}<p>three<p>{one}"), vec![1, 4]),
            (format!("<blockquote>{one}{one}</blockquote>"), vec![1]),
            (format!("<blockquote> </blockquote>{one}"), vec![1]),
        ] {
            assert_eq!(read_whole(&page).quotes, begin, "{page}");
        }
    }

    #[test]
    fn marks_of_notes_are_told_and_are_no_text() {
        let page = "<p>The law <q>of 2019<sup><a href='#n'>1</a></sup></q> holds<sup>2</sup> to \
                    10 km<sup>2</sup>.<p id='n'><a href='#r'>1</a> See it.";
        let document = read_whole(page);
        let told: Vec<&str> = document.lines.iter().map(|l| &*l.text).collect();
        assert_eq!(told, ["The law “of 2019” holds² to 10 km2.", "1 See it."]);
        let note = &document.notes[0];
        assert_eq!((note.line, note.before), (1, 13));
        assert_eq!((&*note.mark, &*note.text), ("1", "See it."));
        assert_eq!(document.notes.len(), 1);
    }

    #[test]
    fn a_link_to_the_web_is_a_note_without_a_mark() {
        let page = "<p><q>Two <b>three</b></q> (<a href='https://example.org/a'>Report</a>), \
                    <a href='#b'>four</a>.";
        let document = read_whole(page);
        assert_eq!(document.lines[0].text, "“Two three” (Report), four.");
        let [note] = document.notes.as_slice() else {
            panic!("{:?}", document.notes)
        };
        assert_eq!((&*note.mark, &*note.text), ("", "https://example.org/a"));
        assert_eq!((note.line, note.before), (1, 17));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_page(text in "[\\PC<>/]{0,80}|(<(q|p|/q|/p|b|blockquote)>|a ){0,30}") {
            let _ = read_whole(&text);
        }
    }
}
