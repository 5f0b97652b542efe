//! A corpus of broken files: each is told with its reason, the build ends, and
//! every good neighbour is found.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use crate::support::{Run, folder, narrative, run, zipped};

/// Noise from a seed: the same bytes on every machine.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..length).map(|_| next()).collect()
}

fn half(bytes: Vec<u8>) -> Vec<u8> {
    bytes[..bytes.len() / 2].to_vec()
}

/// A PDF whose only page draws nothing that is text.
fn scanned() -> Vec<u8> {
    let content = "0 0 612 792 re f";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>".to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    for (number, object) in (1..).zip(&objects) {
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    file += "trailer<</Root 1 0 R/Size 5>>\n%%EOF\n";
    file.into_bytes()
}

const OLE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Thirty broken files, each with a part of what must be said of it.
fn broken() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let docx = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "word/document.xml",
            b"<w:document><w:body><w:p><w:r><w:t>Half",
        ),
    ]);
    let bomb = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("zeros.txt", options).unwrap();
        zip.write_all(&vec![b'0'; 48 << 20]).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let nested = (0..5).fold(narrative(2003, "Chad", "Text."), |inner, at| {
        zipped(&[(["a.zip", "b.zip", "c.zip", "d.zip", "e.zip"][at], &inner)])
    });
    let denied = b"<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1></body></html>";
    let half_page = b"<html><body><h1>Notes</h1><p>Inspectors came.</p><p>They fou";
    let text = narrative(2003, "Mali", "Text.");
    let gz = {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&text).unwrap();
        gz.finish().unwrap()
    };
    let zst = zstd::encode_all(&text[..], 3).unwrap();
    let encrypted = [&OLE[..], &noise(3, 4000)].concat();
    vec![
        ("empty.txt", Vec::new(), "an empty file"),
        ("empty.pdf", Vec::new(), "an empty file"),
        ("blank.txt", b" \n\n \t\n".to_vec(), "no text in it"),
        ("binary.txt", b"\x00\x01\x02".to_vec(), "a binary file"),
        ("noise.pdf", noise(1, 5000), "named `.pdf`, but is none"),
        ("head.pdf", b"%PDF-1.7\n".to_vec(), "truncated"),
        ("half.pdf", half(scanned()), "truncated"),
        ("scanned.pdf", scanned(), "no text"),
        ("noise.docx", noise(2, 5000), "named `.docx`, but is none"),
        ("half.docx", half(docx.clone()), "no whole zip package"),
        ("cut.docx", docx, "breaks off"),
        ("encrypted.docx", encrypted.clone(), "encrypted"),
        ("encrypted.xlsx", encrypted.clone(), "broken"),
        ("old.doc", encrypted, "an old Office file"),
        (
            "empty.odt",
            zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]),
            "is missing",
        ),
        (
            "empty.epub",
            zipped(&[("mimetype", b"application/epub+zip")]),
            "names no contents",
        ),
        (
            "wrong.xlsx",
            zipped(&[
                ("[Content_Types].xml", b"<Types/>"),
                ("xl/workbook.xml", b"<w"),
            ]),
            "broken",
        ),
        ("rich.rtf", b"{\\rtf1 Text.}".to_vec(), "RTF"),
        ("photo.html", b"\x89PNG\r\n\x1a\n".to_vec(), "a picture"),
        ("denied.html", denied.to_vec(), "an error page"),
        ("half.html", half_page.to_vec(), "half downloaded"),
        (
            "none.html",
            b"<html><head></head></html>".to_vec(),
            "no text in its body",
        ),
        ("half.zip", half(zipped(&[("a.txt", &text)])), "ends early"),
        ("bomb.zip", bomb, "looks like a bomb"),
        ("nested.zip", nested, "archives deep"),
        ("half.txt.gz", half(gz), "ends early"),
        ("half.txt.zst", half(zst), "ends early"),
        ("lines.jsonl", b"{\"id\": 1\n[]\n".to_vec(), "no JSON"),
        (
            "no-text.csv",
            b"country,year\nKenya,2019\n".to_vec(),
            "without a column of text",
        ),
        (
            "header.txt",
            b"+++\nyear = 2019\nText.\n".to_vec(),
            "bad header",
        ),
    ]
}

fn neighbours() -> Vec<(String, Vec<u8>)> {
    let countries = pincite::report::Gazetteer::built_in().countries();
    let good = countries
        .iter()
        .filter(|c| !["Chad", "Mali"].contains(&c.name.as_str()));
    good.take(30)
        .map(|c| {
            let text = format!("Inspectors in {} visited brick kilns.", c.name);
            (
                format!("corpus/{}.txt", c.iso3),
                narrative(2019, &c.name, &text),
            )
        })
        .collect()
}

fn index_all(folder: &Path) -> Run {
    run(folder, &["index"])
}

#[test]
fn thirty_broken_files_stop_nothing() {
    let broken = broken();
    let good = neighbours();
    assert_eq!((broken.len(), good.len()), (30, 30));
    let names: Vec<String> = broken
        .iter()
        .map(|(name, ..)| format!("corpus/{name}"))
        .collect();
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    for (name, (_, bytes, _)) in names.iter().zip(&broken) {
        files.push((name, bytes));
    }
    files.extend(
        good.iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
    );
    let folder = folder(&files);
    let built = index_all(folder.path());
    assert_eq!(built.status, 4, "{}{}", built.stdout, built.stderr);
    assert_eq!(built.stderr, "");

    let told = run(folder.path(), &["stats", "--files", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told.stdout).unwrap();
    let mut notices: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in told["files"].as_array().unwrap() {
        let of_file = notices
            .entry(file["input"].as_str().unwrap().to_owned())
            .or_default();
        for notice in file["notices"].as_array().unwrap() {
            of_file.push(notice["message"].as_str().unwrap().to_owned());
        }
    }
    let untold: Vec<String> = broken
        .iter()
        .map(|(name, _, reason)| (name, reason, &notices[*name]))
        .filter(|(_, reason, told)| !told.iter().any(|n| n.contains(*reason)))
        .map(|(name, reason, told)| format!("{name}: {reason}: {told:?}"))
        .collect();
    assert_eq!(untold, [""; 0]);
    let found = run(
        folder.path(),
        &[
            "search",
            "\"brick kilns\"",
            "--format",
            "jsonl",
            "-n",
            "100",
        ],
    );
    assert_eq!(found.stdout.lines().count(), 30);
    // All of it again, and nothing has changed.
    let again = index_all(folder.path());
    assert_eq!(again.status, 4);
    assert!(again.stdout.contains("; 0 files read"), "{}", again.stdout);
}

#[cfg(unix)]
#[test]
fn names_in_other_encodings_are_told_as_they_can_be() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&[]);
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    for name in [
        &b"caf\xe9.txt"[..],
        b"tab\there.txt",
        "Türkiye – 2019.txt".as_bytes(),
    ] {
        let path = corpus.join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(path, "Of kilns.\n").unwrap();
    }
    let built = index_all(folder.path());
    assert_eq!(built.status, 0, "{}", built.stdout);
    assert!(built.stdout.contains("caf\u{fffd}.txt"), "{}", built.stdout);
    assert!(
        built.stdout.contains("tab\u{fffd}here.txt"),
        "{}",
        built.stdout
    );
    let found = run(folder.path(), &["search", "kilns", "--format", "jsonl"]);
    assert_eq!(found.stdout.lines().count(), 3);
    assert!(index_all(folder.path()).stdout.contains("; 0 files read"));
}

#[test]
fn a_folder_that_changes_during_the_build_is_read_as_far_as_it_is_there() {
    let good = neighbours();
    let files: Vec<(&str, &[u8])> = good
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let folder = folder(&files);
    std::thread::scope(|scope| {
        let changing = scope.spawn(|| {
            for round in 0..200 {
                let path = folder.path().join(format!("corpus/x{}.txt", round % 7));
                match round % 2 {
                    0 => std::fs::write(&path, narrative(2003, "Chad", "Text.")).unwrap(),
                    _ => {
                        // It may not be there yet.
                        let _ = std::fs::remove_file(&path);
                    }
                }
            }
        });
        for _ in 0..5 {
            let built = index_all(folder.path());
            assert!([0, 4].contains(&built.status), "{}", built.stderr);
            let found = run(
                folder.path(),
                &["search", "\"brick kilns\"", "--format", "jsonl", "-n", "99"],
            );
            assert_eq!(found.stdout.lines().count(), 30);
        }
        changing.join().unwrap();
    });
}

#[cfg(unix)]
#[test]
fn a_gigantic_file_is_told_and_not_read() {
    let folder = folder(&[("corpus/good.txt", &narrative(2003, "Chad", "Of kilns."))]);
    // A sparse file: large, and on no disk.
    let gigantic = std::fs::File::create(folder.path().join("corpus/gigantic.txt")).unwrap();
    gigantic.set_len(3 << 30).unwrap();
    for _ in 0..2 {
        let built = index_all(folder.path());
        assert_eq!(built.status, 4);
        let told = "gigantic.txt: 3072 MB: files of more than 1024 MB are not read";
        assert!(built.stdout.contains(told), "{}", built.stdout);
    }
    assert_eq!(run(folder.path(), &["search", "kilns"]).status, 0);
}
