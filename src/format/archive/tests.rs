//! Archives packed here, and what is read of them.

use std::io::Write;

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::super::package::testing::{hurt, package};
use super::*;

const SMALL: Limits = Limits {
    members: 4,
    member_bytes: 1 << 20,
    total_bytes: 2 << 20,
    ratio: 200,
    depth: 2,
};

/// What is read of an archive: `+name size` of each member taken, `-name:
/// reason` of what is told.
fn read(bytes: &[u8], name: &str, kind: ArchiveKind, limits: &Limits) -> Vec<String> {
    let out = std::cell::RefCell::new(Vec::new());
    let result = members(
        bytes,
        name,
        kind,
        limits,
        &mut |member| {
            out.borrow_mut()
                .push(format!("+{} {}", member.name, member.bytes.len()))
        },
        &mut |name, reason| out.borrow_mut().push(format!("-{name}: {reason}")),
    );
    let mut out = out.into_inner();
    out.extend(result.err());
    out
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        // The writer refuses such names; archives have them all the same.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ::zstd::encode_all(bytes, 3).unwrap()
}

#[test]
fn kinds_are_known_by_magic_then_name() {
    let docx = package(&[("[Content_Types].xml", "")]);
    let epub = package(&[("mimetype", "application/epub+zip")]);
    let zip = package(&[("a.txt", "x")]);
    let tar = tarred(&[("a.txt", b"x")]);
    for (name, bytes, kind) in [
        ("a.zip", zip.clone(), Some(ArchiveKind::Zip)),
        ("a", zip.clone(), Some(ArchiveKind::Zip)),
        ("a.docx", zip, None),
        ("a", docx, None),
        ("a.zip", epub, None),
        ("a", tar.clone(), Some(ArchiveKind::Tar)),
        ("a.tar", vec![], Some(ArchiveKind::Tar)),
        ("A.TGZ", gzipped(&tar), Some(ArchiveKind::TarGz)),
        ("a.txt.gz", gzipped(b"x"), Some(ArchiveKind::Gz)),
        ("a.tar.zst", zstd(&tar), Some(ArchiveKind::TarZst)),
        ("a.zst", zstd(b"x"), Some(ArchiveKind::Zst)),
        ("a.gz", b"plain".to_vec(), None),
    ] {
        assert_eq!(
            ArchiveKind::of(name, &bytes[..bytes.len().min(512)]),
            kind,
            "{name}"
        );
    }
}

#[test]
fn members_come_in_order_under_safe_names() {
    let files: [(&str, &[u8]); 5] = [
        ("a/b.txt", b"12"),
        ("a/.DS_Store", b"x"),
        ("__MACOSX/b", b"x"),
        ("../up.txt", b"123"),
        ("a/b.txt", b"1"),
    ];
    let wanted = [
        "+a/b.txt 2",
        "-up.txt: its path leads out of the archive, read as `up.txt`",
        "+up.txt 3",
        "-a/b-2.txt: second member of this name",
        "+a/b-2.txt 1",
    ];
    let tar = tarred(&files);
    assert_eq!(
        read(&tar, "a.tar", ArchiveKind::Tar, &Limits::default()),
        wanted
    );
    assert_eq!(
        read(
            &gzipped(&tar),
            "a.tgz",
            ArchiveKind::TarGz,
            &Limits::default()
        ),
        wanted
    );
    assert_eq!(
        read(
            &zstd(&tar),
            "a.tar.zst",
            ArchiveKind::TarZst,
            &Limits::default()
        ),
        wanted
    );
    // The writer refuses two of a name: one is renamed in what it wrote. The
    // directory of a zip file hides all but the last.
    let wanted = [
        "+a/b.txt 1",
        wanted[1],
        wanted[2],
        wanted[3],
        "+a/b-2.txt 2",
    ];
    let zip = package(&[
        ("a/b.txt", "12"),
        ("dir/", ""),
        ("../up.txt", "123"),
        ("a/c.txt", "1"),
    ]);
    assert_eq!(
        read(
            &renamed(zip, b"a/c.txt", b"a/b.txt"),
            "a.zip",
            ArchiveKind::Zip,
            &Limits::default()
        ),
        wanted
    );
}

/// The bytes with one name in the place of another of the same length.
fn renamed(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
    }
    bytes
}

#[test]
fn single_files_lose_their_end() {
    let limits = Limits::default();
    assert_eq!(
        read(&gzipped(b"abc"), "x/a.csv.gz", ArchiveKind::Gz, &limits),
        ["+a.csv 3"]
    );
    assert_eq!(
        read(&zstd(b"abc"), "a.csv.zst", ArchiveKind::Zst, &limits),
        ["+a.csv 3"]
    );
    let twice = [gzipped(b"abc"), gzipped(b"def")].concat();
    assert_eq!(read(&twice, "a.gz", ArchiveKind::Gz, &limits), ["+a 6"]);
}

#[test]
fn links_and_locked_members_are_told() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    builder
        .append_link(&mut header, "link", "/etc/passwd")
        .unwrap();
    header.set_entry_type(tar::EntryType::Char);
    builder
        .append_data(&mut header, "device", &b""[..])
        .unwrap();
    let long = "d/".repeat(100) + "x.txt";
    header.set_entry_type(tar::EntryType::Regular);
    builder.append_data(&mut header, &long, &b""[..]).unwrap();
    let tar = builder.into_inner().unwrap();
    let wanted = [
        "-link: a link, left out",
        "-device: no file, left out",
        &format!("+{long} 0"),
    ];
    assert_eq!(read(&tar, "a.tar", ArchiveKind::Tar, &SMALL), wanted);

    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .add_symlink("link", "/etc/passwd", SimpleFileOptions::default())
        .unwrap();
    writer
        .start_file("locked", SimpleFileOptions::default())
        .unwrap();
    let mut zip = writer.finish().unwrap().into_inner();
    // The flag of encryption, in the directory entry of the last member.
    let entry = zip.windows(4).rposition(|it| it == b"PK\x01\x02").unwrap();
    zip[entry + 8] |= 1;
    assert_eq!(
        read(&zip, "a.zip", ArchiveKind::Zip, &SMALL),
        ["-link: a link, left out", "-locked: encrypted"]
    );
}

#[test]
fn bombs_meet_their_limit() {
    let zeros = vec![0; 100 << 20];
    let text = String::from_utf8(zeros.clone()).unwrap();
    let grows = "grows to more than 200 times its size: looks like a bomb";
    let zip = package(&[("bomb", &text), ("good", "x")]);
    let wanted = [format!("-bomb: {grows}"), "+good 1".to_owned()];
    assert_eq!(
        read(&zip, "a.zip", ArchiveKind::Zip, &Limits::default()),
        wanted
    );
    let nested = package(&[("inner.zip", "x"), ("good", "x")]);
    assert_eq!(
        read(&nested, "a.zip", ArchiveKind::Zip, &SMALL),
        ["+inner.zip 1", "+good 1"]
    );
    assert_eq!(
        read(
            &gzipped(&zeros),
            "bomb.gz",
            ArchiveKind::Gz,
            &Limits::default()
        ),
        [wanted[0].clone()]
    );
    assert_eq!(
        read(
            &zstd(&zeros),
            "bomb.zst",
            ArchiveKind::Zst,
            &Limits::default()
        ),
        [wanted[0].clone()]
    );
    let tar = tarred(&[("bomb", &zeros), ("after", b"x")]);
    assert_eq!(
        read(
            &gzipped(&tar),
            "a.tgz",
            ArchiveKind::TarGz,
            &Limits::default()
        ),
        [wanted[0].clone()]
    );
    assert_eq!(
        read(
            &zstd(&tar),
            "a.tar.zst",
            ArchiveKind::TarZst,
            &Limits::default()
        ),
        [wanted[0].clone()]
    );
    let hidden = gzipped(&tarred(&[(".bomb", &zeros), ("after", b"x")]));
    assert_eq!(
        read(&hidden, "a.tgz", ArchiveKind::TarGz, &Limits::default()),
        [format!("-: {grows}")]
    );
}

#[test]
fn sizes_and_numbers_are_limited() {
    let large = vec![b'x'; 1_500_000];
    let small = vec![b'x'; 900_000];
    let too_large = "-large: more than 1 MB uncompressed, member left out";
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let zip = package(&[("large", &text(&large)), ("a", "x")]);
    assert_eq!(
        read(&zip, "a.zip", ArchiveKind::Zip, &SMALL),
        [too_large, "+a 1"]
    );
    let tar = tarred(&[("large", &large), ("a", b"x")]);
    assert_eq!(
        read(&tar, "a.tar", ArchiveKind::Tar, &SMALL),
        [too_large, "+a 1"]
    );
    let tar = tarred(&[("a", &small), ("b", &small), ("c", &small), ("d", b"x")]);
    let full = "-c: more than 2 MB uncompressed in all, the rest left out";
    assert_eq!(
        read(&tar, "a.tar", ArchiveKind::Tar, &SMALL),
        ["+a 900000", "+b 900000", full]
    );
    let zip = package(&[
        ("1", ""),
        ("2", ""),
        ("3", ""),
        ("4", ""),
        ("5", ""),
        ("6", ""),
    ]);
    let told = read(&zip, "a.zip", ArchiveKind::Zip, &SMALL);
    assert_eq!(
        told[3..],
        ["+4 0", "-: more than 4 members, the rest left out"]
    );
}

#[test]
fn what_came_before_a_cut_stays_good() {
    let step = |state: &u64| {
        Some(
            state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1),
        )
    };
    let noise = std::iter::successors(Some(7_u64), step).map(|state| (state >> 40) as u8);
    let noise: Vec<u8> = noise.take(5000).collect();
    let tar = tarred(&[("a", b"x"), ("b", &noise)]);
    let told = read(&tar[..4000], "a.tar", ArchiveKind::Tar, &SMALL);
    assert_eq!(told[0], "+a 1");
    assert!(
        told[1].starts_with("-b: ends early: ") && told.len() == 2,
        "{told:?}"
    );
    for (bytes, kind) in [
        (gzipped(&tar), ArchiveKind::TarGz),
        (zstd(&tar), ArchiveKind::TarZst),
    ] {
        let told = read(&bytes[..bytes.len() - 200], "a", kind, &SMALL);
        assert_eq!(
            told.last().map(|it| it.contains("ends early: ")),
            Some(true),
            "{told:?}"
        );
    }
    let letters: String = noise
        .iter()
        .map(|byte| char::from(byte % 90 + 32))
        .collect();
    let zip = package(&[("a", "x"), ("b", &letters)]);
    let told = read(&zip[..2000], "a.zip", ArchiveKind::Zip, &SMALL);
    assert_eq!(
        told[..2],
        ["-: ends early: its directory is missing", "+a 1"]
    );
    assert!(
        told[2].starts_with("-b: ends early: ") && told.len() == 3,
        "{told:?}"
    );
    assert!(read(b"no zip", "a.zip", ArchiveKind::Zip, &SMALL)[0].starts_with("cannot be read: "));
}

const KINDS: [ArchiveKind; 6] = [
    ArchiveKind::Zip,
    ArchiveKind::Tar,
    ArchiveKind::TarGz,
    ArchiveKind::TarZst,
    ArchiveKind::Gz,
    ArchiveKind::Zst,
];

#[test]
fn hurt_archives_do_no_harm() {
    let tar = tarred(&[("a", b"some text"), ("b", b"more text")]);
    let zip = package(&[("a", "some text"), ("b", "more text")]);
    for bytes in [gzipped(&tar), zstd(&tar), tar, zip] {
        for bytes in hurt(&bytes) {
            for kind in KINDS {
                read(&bytes, "a", kind, &SMALL);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes(bytes in any::<Vec<u8>>(), name in ".{0,10}", head in 0..4_usize) {
        let head = [&b""[..], b"PK\x03\x04", b"\x1F\x8B\x08\0", b"\x28\xB5\x2F\xFD"][head];
        let bytes = [head, &bytes].concat();
        let _ = ArchiveKind::of(&name, &bytes);
        for kind in KINDS {
            read(&bytes, &name, kind, &SMALL);
        }
    }
}
