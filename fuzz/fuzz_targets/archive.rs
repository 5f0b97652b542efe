//! Any bytes are an archive within its limits, or refused with a reason.
//!
//! Run with `cargo +nightly fuzz run archive fuzz/corpus/archive fuzz/seeds/archive`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::format::archive::{ArchiveKind, Limits, members};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        members: 100,
        member_bytes: 1 << 20,
        total_bytes: 4 << 20,
        ..Limits::default()
    };
    for (name, kind) in [
        ("a.zip", ArchiveKind::Zip),
        ("a.tar", ArchiveKind::Tar),
        ("a.tar.gz", ArchiveKind::TarGz),
        ("a.tar.zst", ArchiveKind::TarZst),
        ("a.gz", ArchiveKind::Gz),
        ("a.zst", ArchiveKind::Zst),
    ] {
        let mut size = 0;
        let mut take = |member: pincite::format::archive::Member| {
            assert!(!member.name.starts_with('/') && !member.name.split('/').any(|p| p == ".."));
            size += member.bytes.len();
        };
        let _ = members(bytes, name, kind, &limits, &mut take, &mut |_, _| {});
        assert!(size <= 4 << 20);
    }
});
