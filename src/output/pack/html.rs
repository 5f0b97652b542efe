//! `index.html`: the passages of a pack as one page that needs nothing else. What
//! comes from reports is escaped; only addresses of the web become links.

use super::{CHECK, pieces, summary, title};
use crate::cite::fragment::is_web;
use crate::cite::pincite;
use crate::desk::pack::{Pack, Quote};
use crate::output::facts::facts;
use crate::output::markup::escaped;
use crate::report::Passage;

/// How many passages the contents list without being folded.
const OPEN: usize = 30;

/// The style of the page.
const STYLE: &str = include_str!("style.css");

/// The page of a pack.
pub(super) fn page(pack: &Pack) -> String {
    let title = escaped(&title(pack));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#passages\">To the passages</a>\n\
         <header>\n<h1 dir=\"auto\">{title}</h1>\n<p>{}</p>\n<dl>\n",
        escaped(&summary(pack))
    );
    for (name, fact) in facts(&pack.provenance) {
        let fact = escaped(&fact);
        page.push_str(&format!("<dt>{name}</dt><dd dir=\"auto\">{fact}</dd>\n"));
    }
    page.push_str("</dl>\n</header>\n");
    page.push_str(&contents(pack));
    page.push_str("<main id=\"passages\">\n");
    for (number, quote) in (1..).zip(&pack.quotes) {
        page.push_str(&article(number, quote));
    }
    page.push_str(
        "</main>\n<section aria-labelledby=\"sources\">\n<h2 id=\"sources\">Sources</h2>\n<ul>\n",
    );
    for source in pack.sources() {
        page.push_str(&self::source(source));
    }
    page.push_str(&format!(
        "</ul>\n</section>\n<footer>\n<h2>How to check</h2>\n<p>{}</p>\n</footer>\n</body>\n</html>\n",
        escaped(CHECK)
    ));
    page
}

fn contents(pack: &Pack) -> String {
    let open = match pack.quotes.len() <= OPEN {
        true => " open",
        false => "",
    };
    let mut contents = format!(
        "<nav aria-label=\"Contents\">\n<details{open}>\n<summary>Contents</summary>\n<ol>\n"
    );
    for quote in &pack.quotes {
        let anchor = anchor(&quote.passage);
        let pincite = escaped(&pincite(&quote.passage));
        contents.push_str(&format!("<li><a href=\"#{anchor}\">{pincite}</a></li>\n"));
    }
    contents.push_str("</ol>\n</details>\n</nav>\n");
    contents
}

fn article(number: usize, quote: &Quote) -> String {
    let passage = &quote.passage;
    let anchor = anchor(passage);
    let mut article = format!(
        "<article id=\"{anchor}\">\n<h2><a href=\"#{anchor}\">{number}. {}</a></h2>\n",
        escaped(&pincite(passage))
    );
    let around = |passages: &[Passage]| -> String {
        let texts = passages.iter().map(|p| escaped(&p.text));
        texts
            .map(|text| format!("<p class=\"around\" dir=\"auto\">{text}</p>\n"))
            .collect()
    };
    let text: String = pieces(quote)
        .into_iter()
        .map(|(is_match, piece)| match is_match {
            true => format!("<mark>{}</mark>", escaped(piece)),
            false => escaped(piece),
        })
        .collect();
    article.push_str(&around(&quote.before));
    article.push_str(&format!(
        "<blockquote dir=\"auto\"><p>{text}</p></blockquote>\n"
    ));
    article.push_str(&around(&quote.after));
    article.push_str("<dl>\n");
    let mut fact = |name: &str, value: &str| {
        article.push_str(&format!("<dt>{name}</dt><dd>{value}</dd>\n"));
    };
    fact(
        "id",
        &format!("<code>{}</code>", escaped(&passage.id.to_string())),
    );
    if let (Some(link), Some(url)) = (&quote.link, &passage.report.url) {
        // The address is enough to read; what leads to the sentence goes along.
        let (link, url) = (escaped(link), escaped(url));
        fact(
            "link",
            &format!("<a href=\"{link}\" rel=\"noreferrer\">{url}</a>"),
        );
    }
    fact("hash", &format!("<code>{}</code>", passage.hash()));
    if let Some(note) = &passage.report.note {
        fact("note", &escaped(note));
    }
    if let Some(remark) = passage.remark() {
        fact("remark", &escaped(&remark));
    }
    article.push_str("</dl>\n</article>\n");
    article
}

fn source(passage: &Passage) -> String {
    let report = &passage.report;
    let url = report.url.as_deref().map(|url| match is_web(url) {
        true => format!(", <a href=\"{0}\" rel=\"noreferrer\">{0}</a>", escaped(url)),
        false => format!(", {}", escaped(url)),
    });
    format!(
        "<li dir=\"auto\">{} (<code>{}</code>){}</li>\n",
        escaped(&report.title),
        escaped(&report.path),
        url.unwrap_or_default()
    )
}

/// The name of a passage's place on the page: its id, what cannot stand in a URL
/// percent-encoded.
fn anchor(passage: &Passage) -> String {
    let mut anchor = String::new();
    for byte in passage.id.to_string().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' => {
                anchor.push(char::from(byte));
            }
            _ => anchor.push_str(&format!("%{byte:02X}")),
        }
    }
    anchor
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_stays_text(text in "[a<>&\"'/=!;# -]{0,30}") {
            let page = format!("<!DOCTYPE html><p title=\"{0}\">{0}</p>", escaped(&text));
            let read = scraper::Html::parse_document(&page);
            let all = scraper::Selector::parse("body *").unwrap();
            let found: Vec<_> = read.select(&all).collect();
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].text().collect::<String>(), text.clone());
            prop_assert_eq!(found[0].attr("title"), Some(text.as_str()));
        }
    }
}
