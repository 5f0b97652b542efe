//! Files that are no PDFs, locked, cut short or damaged.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::super::super::document::{Document, Doubts, Line};
use super::super::read;
use super::book::{Book, Leaf, PLAIN};
use super::{LEFT, RIGHT};

fn good() -> Book {
    Book::of([
        Leaf::default().lines(72.0, 100.0, &LEFT),
        Leaf::default().lines(72.0, 100.0, &RIGHT),
    ])
}

#[test]
fn what_is_no_pdf_is_refused() {
    let reason = |bytes: &[u8]| read(bytes).unwrap_err();
    assert_eq!(reason(b""), "the file is empty");
    assert_eq!(
        reason(b"Dear reader, this is a letter."),
        "no PDF: the file does not begin with `%PDF-`"
    );
    assert_eq!(
        reason(b"%PDF-1.7\nand nothing else"),
        "truncated beyond repair: no page can be found"
    );
    assert_eq!(
        reason(b"%PDF-1.7\nand nothing else\n%%EOF"),
        "damaged beyond repair: no page can be found"
    );
}

#[test]
fn locked_files_are_refused() {
    let encrypt = "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF> \
                   /U <FFEEDDCCBBAA99887766554433221100FFEEDDCCBBAA99887766554433221100> >> /ID [<00112233> <00112233>]";
    let locked = Book {
        trailer: encrypt.to_owned(),
        ..good()
    };
    assert_eq!(
        read(&locked.bytes()).unwrap_err(),
        "encrypted: a password is needed to open it"
    );
    let junk = Book {
        trailer: "/Encrypt << /Filter /Own /V 99 >> /ID [<00> <00>]".to_owned(),
        ..good()
    };
    assert!(read(&junk.bytes()).unwrap_err().starts_with("encrypted"));
}

#[test]
fn lines_of_a_garbled_page_carry_its_place_in_the_file() {
    let garbled = LEFT.map(|line| line.replace(['a', 'e', 'i', 'o', 'u'], "x"));
    let garbled = garbled.each_ref().map(String::as_str);
    let twice = Leaf::default()
        .lines(72.0, 100.0, &garbled)
        .lines(72.0, 172.0, &garbled);
    let mut book = good();
    book.leaves.push(twice);
    let document = read(&book.bytes()).unwrap();
    let of = |sheet| Doubts {
        garbled: true,
        ..Doubts::of(sheet)
    };
    let doubts: Vec<_> = document.lines.iter().map(|line| line.doubts).collect();
    let is_garbled = |line: &Line<'_>| line.text.starts_with("Inspxctxrs");
    let at = document.lines.iter().position(is_garbled).unwrap();
    assert!(at > 0 && doubts[..at].iter().all(Option::is_none));
    assert!(doubts[at..].iter().all(|doubts| *doubts == Some(of(3))));
    // What the pages say of themselves crosses to another process.
    let answer = postcard::to_allocvec(&document).unwrap();
    assert_eq!(postcard::from_bytes::<Document<'_>>(&answer), Ok(document));
}

#[test]
fn a_page_whose_content_is_missing_is_named() {
    let mut bytes = good().bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let at = text.find("/Contents ").unwrap() + "/Contents ".len();
    // An object that is not there; the file stays as long as it is.
    let end = at + text[at..].find(' ').unwrap();
    bytes[at..end].fill(b'9');
    let remarks = read(&bytes).unwrap().remarks;
    let damaged = "page 1 cannot be read in full: the file is damaged there";
    assert!(
        remarks.iter().any(|remark| remark == damaged),
        "{remarks:?}"
    );
}

#[test]
fn files_cut_short_give_what_is_left() {
    let bytes = good().bytes();
    let document = read(&bytes[..bytes.len() - 300]).unwrap();
    assert_eq!(
        document.remarks,
        ["the file is cut short: pages may be missing"]
    );
    assert!(document.lines[0].text.starts_with("Inspectors"));
    for end in (0..bytes.len()).step_by(7) {
        // Wherever it is cut, there is a document or a reason.
        if let Err(reason) = read(&bytes[..end]) {
            assert!(!reason.is_empty());
        }
    }
}

#[test]
fn flipped_bytes_cause_no_panic() {
    let bytes = good().bytes();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let mut panics = 0;
    for _ in 0..400 {
        let mut bytes = bytes.clone();
        for _ in 0..=next(12) {
            let at = next(bytes.len());
            bytes[at] = next(256) as u8;
        }
        panics += u32::from(catch_unwind(AssertUnwindSafe(|| drop(read(&bytes)))).is_err());
    }
    assert_eq!(panics, 0);
}

#[test]
fn a_crowded_page_takes_no_quadratic_time() {
    let glyphs = 100_000;
    let row = "ab ".repeat(50);
    let crowded = (0..glyphs / row.len()).fold(Leaf::default(), |leaf, index| {
        leaf.line(
            PLAIN,
            1.0,
            10.0 + (index % 5) as f32 * 100.0,
            10.0 + (index / 5) as f32 * 1.3,
            &row,
        )
    });
    let heaped = (0..1000).fold(Leaf::default(), |leaf, _| {
        leaf.line(PLAIN, 10.0, 72.0, 100.0, &"x".repeat(50))
    });
    let scattered = (0..20_000).fold(Leaf::default(), |leaf, index: u32| {
        let (x, y) = (
            index.wrapping_mul(2_654_435_761) % 600,
            index.wrapping_mul(40_503) % 780,
        );
        leaf.line(PLAIN, 3.0, x as f32, y as f32, "abc")
    });
    for leaf in [crowded, heaped, scattered] {
        let start = Instant::now();
        assert!(read(&Book::of([leaf]).bytes()).is_ok());
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{:?}",
            start.elapsed()
        );
    }
}
