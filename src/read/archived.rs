//! The files in an archive, each read as if it were in a folder of its name.

use super::Notice;
use super::file::{FileReading, Given, Reader};
use crate::format::archive::{self, ArchiveKind, Limits, Member};
use crate::report::slug;

impl Reader<'_, '_> {
    /// Reads the files in an archive. All archives of one input file share what
    /// they may hold.
    pub(super) fn archive(
        &mut self,
        given: &Given<'_>,
        kind: ArchiveKind,
        reading: &mut FileReading,
    ) -> Result<(), String> {
        if given.depth > self.left.depth {
            let depth = self.left.depth;
            return Err(format!("more than {depth} archives deep, left out"));
        }
        let limits = self.left;
        let within = |name: &str| match name.is_empty() {
            true => given.name.to_owned(),
            false => format!("{}/{name}", given.name),
        };
        let mut told = Vec::new();
        let mut members = 0u64;
        archive::members(
            given.bytes,
            given.name,
            kind,
            &limits,
            &mut |member| {
                members += 1;
                self.member(given, &within(&member.name), &member);
            },
            &mut |name, reason| told.push(Notice::skipped(&within(name), reason)),
        )?;
        if members == 0 && told.is_empty() {
            return Err("an archive without files".to_owned());
        }
        reading.notices.extend(told);
        Ok(())
    }

    fn member(&mut self, archive: &Given<'_>, name: &str, member: &Member) {
        self.left = Limits {
            members: self.left.members.saturating_sub(1),
            total_bytes: self
                .left
                .total_bytes
                .saturating_sub(member.bytes.len() as u64),
            ..self.left
        };
        let stem = member.name.rsplit_once('.');
        let stem = stem.map_or(member.name.as_str(), |(stem, _)| stem);
        let record_id = self.free_id(format!("{}.{}", archive.record_id, slug(stem)));
        // A row of its own goes before that of the archive.
        let own = self.rows_within.get(name).cloned();
        self.members.insert(name.to_owned());
        let metadata = own.unwrap_or_default().or(archive.metadata.clone());
        self.read(&Given {
            name,
            record_id: &record_id,
            metadata: &metadata,
            bytes: &member.bytes,
            depth: archive.depth + 1,
        });
    }
}
