//! One report in every format gives the same passages; archives, tables, and
//! files that are not what they are named.

use std::io::Write;

use crate::support::{Run, folder, run, zipped};

const TITLE: &str = "2021 Trafficking in Persons Report: Kenya";
const LEAD: &str = "Traffickers exploit children in brick kilns near the border.";
const ITEMS: [&str; 2] = ["Train labor inspectors.", "Fund shelters for men."];
const TEXT: &str = "Courts convicted three traffickers in the reporting period.";

/// The report as lines: a kind each, `h`, `p` or `i`, and a text.
fn lines() -> Vec<(char, &'static str)> {
    vec![
        ('h', TITLE),
        ('p', "KENYA: Tier 2"),
        ('p', LEAD),
        ('h', "PRIORITIZED RECOMMENDATIONS:"),
        ('i', ITEMS[0]),
        ('i', ITEMS[1]),
        ('h', "PROSECUTION"),
        ('p', TEXT),
    ]
}

fn text() -> Vec<u8> {
    let lines = lines();
    let lines = lines.iter().map(|(kind, text)| match kind {
        'i' => format!("• {text}\n\n"),
        _ => format!("{text}\n\n"),
    });
    lines.collect::<String>().into_bytes()
}

fn markdown() -> Vec<u8> {
    let lines = lines();
    let lines = lines.iter().map(|(kind, text)| match kind {
        'h' => format!("# {text}\n\n"),
        'i' => format!("- {text}\n\n"),
        _ => format!("{text}\n\n"),
    });
    lines.collect::<String>().into_bytes()
}

fn html() -> String {
    let lines = lines();
    let lines = lines.iter().map(|(kind, text)| match kind {
        'h' => format!("<h2>{text}</h2>\n"),
        'i' => format!("<ul><li>{text}</li></ul>\n"),
        _ => format!("<p>{text}</p>\n"),
    });
    let body: String = lines.collect();
    format!(
        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>{TITLE}</title></head>\
         <body>{body}</body></html>"
    )
}

fn docx() -> Vec<u8> {
    let lines = lines();
    let lines = lines.iter().map(|(kind, text)| {
        let style = match kind {
            'h' => "<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>",
            'i' => "<w:pPr><w:pStyle w:val=\"ListBullet\"/></w:pPr>",
            _ => "",
        };
        format!("<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>")
    });
    let body: String = lines.collect();
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!("<w:document xmlns:w=\"{word}\"><w:body>{body}</w:body></w:document>");
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

fn odt() -> Vec<u8> {
    let lines = lines();
    let lines = lines.iter().map(|(kind, text)| match kind {
        'h' => format!("<text:h text:outline-level=\"1\">{text}</text:h>"),
        'i' => format!(
            "<text:list><text:list-item><text:p>{text}</text:p></text:list-item></text:list>"
        ),
        _ => format!("<text:p>{text}</text:p>"),
    });
    let body: String = lines.collect();
    let urn = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office=\"{urn}:office:1.0\" xmlns:text=\"{urn}:text:1.0\">\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ])
}

fn epub() -> Vec<u8> {
    let container = "<container><rootfiles><rootfile full-path=\"book.opf\" \
        media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let contents = "<package><manifest><item id=\"a\" href=\"a.xhtml\" \
        media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>";
    zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("book.opf", contents.as_bytes()),
        ("a.xhtml", html().as_bytes()),
    ])
}

/// A PDF of one page, a paragraph a line in Courier, headings larger.
fn pdf() -> Vec<u8> {
    let mut content = String::new();
    let mut height = 740;
    for (kind, text) in lines() {
        let (size, font, sign) = match kind {
            'h' => (14, "F2", ""),
            'i' => (10, "F1", "\\225 "),
            _ => (10, "F1", ""),
        };
        content += &format!("BT /{font} {size} Tf 60 {height} Td ({sign}{text}) Tj ET\n");
        height -= 40;
    }
    let font = |name: &str| {
        format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>")
    };
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R\
         /Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        font("Courier"),
        font("Courier-Bold"),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    let count = objects.len() + 1;
    file += &format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer<</Root 1 0 R/Size {count}>>\n\
         startxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

/// Id and text of every passage of an index of these files.
fn passages(files: &[(&str, &[u8])]) -> (Run, Vec<(String, String)>) {
    let folder = folder(files);
    let built = run(folder.path(), &["index"]);
    let args = ["search", "kilns OR inspectors OR shelters OR courts"];
    let found = run(
        folder.path(),
        &[
            &args[..],
            &["--sort", "position", "--format", "jsonl", "-n", "100"],
        ]
        .concat(),
    );
    let lines = found.stdout.lines();
    let passages = lines.map(|line| {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| hit[key].as_str().unwrap().to_owned();
        (text("id"), text("text"))
    });
    (built, passages.collect())
}

fn expected() -> Vec<(String, String)> {
    [
        ("overview:1", LEAD),
        ("recommendations:1", ITEMS[0]),
        ("recommendations:2", ITEMS[1]),
        ("prosecution:1", TEXT),
    ]
    .iter()
    .map(|(id, text)| (format!("tip-2021-ken:{id}"), (*text).to_owned()))
    .collect()
}

#[test]
fn every_format_gives_the_same_passages() {
    for (name, bytes) in [
        ("corpus/a.txt", text()),
        ("corpus/a.md", markdown()),
        ("corpus/a.html", html().into_bytes()),
        ("corpus/a.docx", docx()),
        ("corpus/a.odt", odt()),
        ("corpus/a.epub", epub()),
        ("corpus/a.pdf", pdf()),
        (
            "corpus/a.txt.zst",
            zstd::encode_all(&text()[..], 3).unwrap(),
        ),
        ("corpus/a.zip", zipped(&[("deep/a.docx", &docx())])),
        (
            "corpus/a.zip",
            zipped(&[("b.zip", &zipped(&[("a.pdf", &pdf())]))]),
        ),
    ] {
        let (built, found) = passages(&[(name, &bytes)]);
        assert_eq!(found, expected(), "{name}: {}", built.stdout);
        assert_eq!(built.status, 0, "{name}: {}", built.stdout);
    }
}

#[test]
fn a_file_named_wrongly_is_read_as_what_it_holds_and_told() {
    let (built, found) = passages(&[("corpus/a.txt", &pdf())]);
    assert_eq!(found, expected());
    assert!(
        built.stdout.contains("a.txt: named `.txt`, but holds pdf"),
        "{}",
        built.stdout
    );
    let (built, found) = passages(&[("corpus/a.pdf", &html().into_bytes())]);
    assert_eq!(found, expected());
    assert!(
        built.stdout.contains("a.pdf: named `.pdf`, but holds html"),
        "{}",
        built.stdout
    );
}

#[test]
fn pages_of_a_pdf_are_in_its_citations() {
    let folder = folder(&[("corpus/a.pdf", &pdf())]);
    assert_eq!(run(folder.path(), &["index"]).status, 0);
    let cited = run(folder.path(), &["cite", "tip-2021-ken:prosecution:1"]);
    assert_eq!(
        cited.stdout,
        format!("{TITLE}, Prosecution, para. 1, p. 1\n")
    );
}

#[test]
fn the_rows_of_a_table_are_records() {
    let table = "id,country,year,text\nx1,Kenya,2019,\"Brick kilns, near the border.\"\n,Nepal,2020,Inspectors came.\n";
    let (built, found) = passages(&[("corpus/notes.csv", table.as_bytes())]);
    let expected = [
        ("doc-notes.3:text:1", "Inspectors came."),
        ("doc-x1:text:1", "Brick kilns, near the border."),
    ];
    let found: Vec<_> = found
        .iter()
        .map(|(i, t)| (i.as_str(), t.as_str()))
        .collect();
    assert_eq!(found, expected, "{}", built.stdout);
}

#[test]
fn a_bomb_is_told_and_its_neighbours_are_read() {
    let zeros = vec![b'a'; 64 << 20];
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    bomb.start_file("a.txt", options).unwrap();
    bomb.write_all(&zeros).unwrap();
    bomb.start_file("b.txt", options).unwrap();
    bomb.write_all(&text()).unwrap();
    let bomb = bomb.finish().unwrap().into_inner();
    let (built, found) = passages(&[("corpus/bomb.zip", &bomb)]);
    assert_eq!(built.status, 4);
    assert!(
        built
            .stdout
            .contains("bomb.zip/a.txt: grows to more than 200 times"),
        "{}",
        built.stdout
    );
    assert_eq!(found, expected());
}

#[test]
fn every_file_is_accounted_for() {
    let zip = zipped(&[("deep/a.docx", &docx()), ("b.txt", b"\0")]);
    let folder = folder(&[("corpus/a.html", html().as_bytes()), ("corpus/z.zip", &zip)]);
    run(folder.path(), &["index"]);
    let told = run(folder.path(), &["stats", "--files", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told.stdout).unwrap();
    let files = told["files"].as_array().unwrap();
    let of = |name: &str| files.iter().find(|f| f["name"] == name).unwrap();
    let html = of("a.html");
    assert_eq!(
        (&html["format"], &html["profile"]),
        (&"html".into(), &"tip".into())
    );
    assert_eq!(html["reports"][0]["tier_source"], "heading");
    assert_eq!(html["reports"][0]["passages"], 4);
    let texts = [LEAD, ITEMS[0], ITEMS[1], TEXT];
    assert_eq!(html["in_passages"], texts.concat().replace(' ', "").len());
    assert_eq!(of("z.zip/deep/a.docx")["reports"][0]["left_out"], true);
    assert_eq!(of("z.zip/deep/a.docx")["input"], "z.zip");
    assert_eq!(of("z.zip/b.txt")["notices"][0]["kind"], "skipped");
    assert_eq!(of("z.zip")["format"], "zip");
    assert_eq!(files.len(), 4);
}
