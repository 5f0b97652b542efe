//! What of a page is no part of its text: navigation, banners, share boxes,
//! captions, footnote marks. Told by elements, roles, styles and the words of
//! classes; nothing that holds much of the page's prose is furniture, whatever
//! it is called.

use super::anchors::{self, Anchors, is_heading};
use super::marks;
use super::page::Page;
use super::records;
use super::weight::Weights;

/// A part of a page that is not its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Banner,
    Navigation,
    Contents,
    Footer,
    ShareBox,
    Related,
    SideBox,
    CookieNotice,
    Form,
    Caption,
    Copyright,
    Download,
    Date,
    FootnoteMark,
    Record,
    Hidden,
    /// Outside the block that holds the text.
    Around,
    /// All of a page that stands in place of a report.
    ErrorPage,
}

impl Part {
    /// What it is called in reports of what was left out.
    pub(super) fn label(self) -> &'static str {
        match self {
            Part::Banner => "banner",
            Part::Navigation => "navigation",
            Part::Contents => "table of contents",
            Part::Footer => "footer",
            Part::ShareBox => "share box",
            Part::Related => "tags and related pages",
            Part::SideBox => "side boxes",
            Part::CookieNotice => "cookie notice",
            Part::Form => "forms",
            Part::Caption => "captions",
            Part::Copyright => "copyright lines",
            Part::Download => "download links",
            Part::Date => "dates",
            Part::FootnoteMark => "footnote marks",
            Part::Record => "catalogue record",
            Part::Hidden => "hidden text",
            Part::Around => "around the text",
            Part::ErrorPage => "error page",
        }
    }

    /// How much prose (characters) and what share of the page's (percent)
    /// make text of what is called so.
    fn bound(self) -> (u64, u64) {
        match self {
            // Sections to unfold are hidden one by one.
            Part::Hidden => (1_000, 10),
            // Some sites put the whole page in a form.
            Part::Form => (200, 50),
            // These are links and a few words.
            Part::Navigation | Part::Contents | Part::ShareBox | Part::Related => (300, 0),
            _ => (1_000, 50),
        }
    }
}

/// Which nodes of a page are furniture.
pub(super) struct Furniture {
    parts: Vec<Option<Part>>,
}

impl Furniture {
    pub(super) fn of(page: &Page<'_>, anchors: &Anchors) -> Self {
        let weights = Weights::of(page, |_| false);
        let contents = anchors::contents(page, anchors);
        let mut parts: Vec<Option<Part>> = vec![None; page.len()];
        for at in page.body().skip(1) {
            let inherited = page.parent(at).and_then(|parent| parts[parent]);
            parts[at] = inherited.or_else(|| {
                let part = by_element(page, at)
                    .or_else(|| by_role(page, at))
                    .or_else(|| by_style(page, at))
                    .or_else(|| by_words(page, at))
                    .or_else(|| contents[at].then_some(Part::Contents))?;
                if part == Part::Form && folds(page, &weights, at) {
                    return None;
                }
                if part == Part::SideBox && is_box_of_text(page, &weights, at) {
                    return None;
                }
                let (prose, percent) = part.bound();
                let much = weights.in_node(page, at) >= prose && weights.holds(page, at, percent);
                (!much).then_some(part)
            });
        }
        Furniture { parts }
    }

    /// The first node that is a part.
    pub(super) fn first(&self, part: Part) -> Option<usize> {
        self.parts.iter().position(|own| *own == Some(part))
    }

    /// What a node is, if it is furniture.
    pub(super) fn part(&self, at: usize) -> Option<Part> {
        self.parts[at]
    }
}

fn by_element(page: &Page<'_>, at: usize) -> Option<Part> {
    match page.name(at) {
        "nav" => Some(Part::Navigation),
        "header" if !is_within(page, at, &["article", "main", "section"]) => banner(page, at),
        "footer" => Some(Part::Footer),
        "aside" => Some(Part::SideBox),
        // A heading may fold its section.
        "button" if is_within(page, at, anchors::HEADINGS) => None,
        "form" | "button" | "select" | "textarea" => Some(Part::Form),
        "a" if is_permalink(page, at) => Some(Part::Hidden),
        "figcaption" => Some(Part::Caption),
        "dialog" if page.attribute(at, "open").is_none() => Some(Part::Hidden),
        "sup" | "a" if marks::is_mark(page, at) => Some(Part::FootnoteMark),
        "table" | "dl" if records::is_record(page, at) => Some(Part::Record),
        _ => None,
    }
}

/// A banner, unless the headline is in it.
fn banner(page: &Page<'_>, at: usize) -> Option<Part> {
    let headline = page.subtree(at).any(|node| page.name(node) == "h1");
    (!headline).then_some(Part::Banner)
}

/// Whether a button folds the text behind it, as its heading.
fn folds(page: &Page<'_>, weights: &Weights, at: usize) -> bool {
    let mut behind = page.subtree(at).end;
    while behind < page.len() && page.raw(behind).is_some_and(|text| text.trim().is_empty()) {
        behind += 1;
    }
    let says = page.text(at).to_lowercase();
    page.name(at) == "button"
        && !OF_BUTTONS.iter().any(|word| says.starts_with(word))
        && page.attribute(at, "aria-expanded").is_some()
        && behind < page.len()
        && page.parent(behind) == page.parent(at)
        && weights.in_node(page, behind) >= FOLDED
}

/// Whether a link is a permalink: a sign beside a heading whose address can be
/// copied.
fn is_permalink(page: &Page<'_>, at: usize) -> bool {
    let leads_here = page
        .attribute(at, "href")
        .is_some_and(|href| href.contains('#'));
    leads_here
        && is_within(page, at, anchors::HEADINGS)
        && matches!(page.text(at).trim(), "#" | "¶" | "§" | "🔗" | "⚓")
}

/// Whether a node stands in one of some elements.
fn is_within(page: &Page<'_>, at: usize, names: &[&str]) -> bool {
    let mut around = std::iter::successors(page.parent(at), |&at| page.parent(at));
    around.any(|at| names.contains(&page.name(at)))
}

/// Words in the classes of boxes that are never the text of a report.
const NO_TEXT: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "author",
    "bio",
    "donate",
    "newsletter",
    "promo",
    "promotion",
    "recommended",
    "related",
    "signup",
    "social",
    "subscribe",
    "toc",
];

/// How much prose (characters) makes text of a box with a heading.
const BOX: u64 = 60;

/// What buttons that fold anything but a section say, in lower case.
const OF_BUTTONS: &[&str] = &[
    "close", "copy", "download", "email", "menu", "more", "open", "print", "search", "share",
    "show", "toggle",
];

/// The least prose (characters) that a button must fold to be a heading.
const FOLDED: u64 = 60;

/// Whether a box beside the text is text: it stands in an article, and has
/// sentences of its own under a heading, or several paragraphs of them.
fn is_box_of_text(page: &Page<'_>, weights: &Weights, at: usize) -> bool {
    let named = [page.attribute(at, "class"), page.attribute(at, "id")];
    let mut named = named.into_iter().flatten().map(str::to_ascii_lowercase);
    let is_named = named.any(|value| {
        let mut words = value.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| NO_TEXT.contains(&word))
    });
    if is_named || !is_within(page, at, &["article", "main"]) {
        return false;
    }
    let has = |name: fn(&str) -> bool| page.subtree(at).any(|node| name(page.name(node)));
    let sentences = |&node: &usize| {
        page.name(node) == "p"
            && weights.in_node(page, node) >= BOX
            && page.text(node).contains(['.', '?', '!', '。', '؟', '।'])
    };
    let paragraphs = page.subtree(at).filter(sentences).count();
    let in_article = is_within(page, at, &["article"]);
    let needed = if has(is_heading) || in_article { 1 } else { 2 };
    !has(|name| name == "form") && paragraphs >= needed
}

fn by_role(page: &Page<'_>, at: usize) -> Option<Part> {
    match page.attribute(at, "role")? {
        "navigation" | "menu" | "menubar" => Some(Part::Navigation),
        "banner" => banner(page, at),
        "contentinfo" => Some(Part::Footer),
        "complementary" => Some(Part::SideBox),
        "search" => Some(Part::Form),
        "dialog" | "alertdialog" => Some(Part::Hidden),
        _ => None,
    }
}

fn by_style(page: &Page<'_>, at: usize) -> Option<Part> {
    let hidden = page.attribute(at, "hidden").is_some()
        || page.attribute(at, "aria-hidden") == Some("true")
        || page
            .style(at, "display")
            .is_some_and(|value| value.starts_with("none"))
        || page.style(at, "visibility") == Some("hidden");
    hidden.then_some(Part::Hidden)
}

/// What a class or id with such a word in it is.
const WORDS: &[(&str, Part)] = &[
    ("breadcrumb", Part::Navigation),
    ("breadcrumbs", Part::Navigation),
    ("menu", Part::Navigation),
    ("nav", Part::Navigation),
    ("navbar", Part::Navigation),
    ("navigation", Part::Navigation),
    ("pager", Part::Navigation),
    ("pagination", Part::Navigation),
    ("skip", Part::Navigation),
    ("submenu", Part::Navigation),
    ("banner", Part::Banner),
    ("masthead", Part::Banner),
    ("ticker", Part::Banner),
    ("footer", Part::Footer),
    ("addthis", Part::ShareBox),
    ("addtoany", Part::ShareBox),
    ("share", Part::ShareBox),
    ("sharedaddy", Part::ShareBox),
    ("sharethis", Part::ShareBox),
    ("sharing", Part::ShareBox),
    ("social", Part::ShareBox),
    ("cookie", Part::CookieNotice),
    ("cookies", Part::CookieNotice),
    ("gdpr", Part::CookieNotice),
    ("related", Part::Related),
    ("tags", Part::Related),
    ("sidebar", Part::SideBox),
];

/// What a class or id with such text in it is.
const PHRASES: &[(&str, Part)] = &[
    ("a2a_kit", Part::ShareBox),
    ("archived-content", Part::Banner),
    ("site-header", Part::Banner),
    ("wm-ipp", Part::Banner),
    ("figure-caption", Part::Caption),
    ("image-credit", Part::Caption),
    ("media-caption", Part::Caption),
    ("photo-credit", Part::Caption),
    ("wp-caption-text", Part::Caption),
    ("photo-caption", Part::Caption),
    ("image-caption", Part::Caption),
    ("screen-reader-text", Part::Hidden),
    ("sr-only", Part::Hidden),
    ("visually-hidden", Part::Hidden),
];

/// Elements whose classes speak of the whole page or of what else is on it.
const WHOLE: &[&str] = &[
    "html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6",
];

/// Whether an id is made of the words of a heading inside the element.
fn is_slug_of_heading(page: &Page<'_>, at: usize, id: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let of_id = words(id);
    let mut headings = page
        .subtree(at)
        .filter(|node| anchors::is_heading(page.name(*node)));
    of_id.len() > 1 && headings.any(|node| words(&page.text(node)) == of_id)
}

fn by_words(page: &Page<'_>, at: usize) -> Option<Part> {
    if WHOLE.contains(&page.name(at)) {
        return None;
    }
    // The id of a section is made of its heading.
    let id = page
        .attribute(at, "id")
        .filter(|id| page.name(at) != "section" && !is_slug_of_heading(page, at, id));
    let mut named = [id, page.attribute(at, "class")].into_iter().flatten();
    let part = named.find_map(|value| {
        let value = value.to_ascii_lowercase();
        let phrase = PHRASES.iter().find(|(phrase, _)| value.contains(phrase));
        let word = |word| WORDS.iter().find(|(known, _)| *known == word);
        let mut words = value.split(|c: char| !c.is_ascii_alphanumeric());
        Some(phrase.or_else(|| words.find_map(word))?.1)
    })?;
    match part {
        Part::Banner => banner(page, at),
        part => Some(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(String, Option<Part>)> {
        let html = scraper::Html::parse_document(text);
        let page = Page::new(&html);
        let furniture = Furniture::of(&page, &Anchors::of(None));
        let body = page.body().start;
        let children = page.children(body);
        children
            .map(|at| (page.text(at), furniture.part(at)))
            .collect()
    }

    #[test]
    fn furniture_is_told_by_what_it_is_called() {
        let cases = [
            ("<nav>x</nav>", Some(Part::Navigation)),
            ("<div id=tier3-local-nav>x</div>", Some(Part::Navigation)),
            ("<div class='site-header'>x</div>", Some(Part::Banner)),
            ("<header><h1>x</h1></header>", None),
            ("<div role=contentinfo>x</div>", Some(Part::Footer)),
            ("<div class='share-buttons'>x</div>", Some(Part::ShareBox)),
            (
                "<div class='related-tags__pills'>x</div>",
                Some(Part::Related),
            ),
            ("<p class=wp-caption-text>x</p>", Some(Part::Caption)),
            (
                "<div style='color:red; display: none'>x</div>",
                Some(Part::Hidden),
            ),
            ("<div class='has-navy-color'>x</div>", None),
            ("<article class='category-banner'>x</article>", None),
            ("<section id=file-menu>x</section>", None),
            ("<p>x</p>", None),
        ];
        for (text, want) in cases {
            assert_eq!(parts(text), [("x".to_owned(), want)], "{text}");
        }
    }

    #[test]
    fn headers_and_boxes_in_an_article_are_text() {
        let sentence =
            "The council counted the boats of the harbor twice and wrote the number down.";
        let long = format!("<p>{sentence}</p>");
        let found = |within: &str, text: &str| {
            let text = format!("<{within}>{text}</{within}><p>{}</p>", "word ".repeat(900));
            let html = scraper::Html::parse_document(&text);
            let page = Page::new(&html);
            let furniture = Furniture::of(&page, &Anchors::of(None));
            let is_wanted = |at: &usize| matches!(page.name(*at), "header" | "aside");
            let at = page.body().find(is_wanted).unwrap();
            furniture.part(at)
        };
        let header = "<header><h2>Scope</h2></header>";
        let boxed = format!("<aside><h4>Box 1</h4>{long}</aside>");
        let cases = [
            ("article", header, None),
            ("section", header, None),
            ("main", header, None),
            ("div", header, Some(Part::Banner)),
            ("article", &boxed, None),
            ("div", &boxed, Some(Part::SideBox)),
            ("article", &format!("<aside>{long}{long}</aside>"), None),
            ("article", &format!("<aside>{long}</aside>"), None),
            (
                "main",
                &format!("<aside>{long}</aside>"),
                Some(Part::SideBox),
            ),
            (
                "article",
                "<aside><h4>More</h4><p><a href=a>Boats</a></p></aside>",
                Some(Part::SideBox),
            ),
            (
                "article",
                &format!("<aside class=newsletter><h4>Letters</h4>{long}</aside>"),
                Some(Part::SideBox),
            ),
        ];
        for (within, text, want) in cases {
            assert_eq!(found(within, text), want, "{within}: {text}");
        }
    }

    #[test]
    fn what_holds_the_prose_is_text_whatever_it_is_called() {
        let prose = "word ".repeat(400);
        let text = format!("<form class=navigation><p>{prose}</p></form><form>x</form>");
        let parts: Vec<_> = parts(&text).into_iter().map(|(_, part)| part).collect();
        assert_eq!(parts, [None, Some(Part::Form)]);
    }
}
