//! A look into old Excel files (`.xls`) before the library reads them: it
//! makes room for every cell between the outermost ones, so that one cell in
//! a far corner would take all memory. Nothing is read here but how far the
//! cells of the sheets reach.

/// The most cells that all sheets may spread over.
const CELLS: u64 = 16 << 20;

/// Ends of chains and free sectors, from here on.
const NO_SECTOR: u32 = 0xFFFF_FFFA;

/// Whether the sheets of a file reach no further than there is room for.
///
/// # Errors
///
/// If they do, or the container is broken.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let books = books(bytes).ok_or("the spreadsheet is broken: no whole container")?;
    for book in books {
        if cells(&book).is_none_or(|cells| cells > CELLS) {
            return Err("the spreadsheet is too large: its cells reach too far".to_owned());
        }
    }
    Ok(())
}

/// The streams of the container that hold a workbook.
fn books(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let shift = u32::from(u16_at(bytes, 30)?);
    if !matches!(shift, 9 | 12) {
        return None;
    }
    let size = 1_usize << shift;
    let sector = |number: u32| {
        let from = (number as usize).checked_add(1)?.checked_mul(size)?;
        bytes.get(from..(from + size).min(bytes.len()))
    };
    let words = |bytes: &[u8]| -> Vec<u32> {
        let words = bytes.chunks_exact(4);
        words.filter_map(|word| u32_at(word, 0)).collect()
    };
    // The list of the sectors of the table begins in the header.
    let mut list = words(bytes.get(76..512)?);
    let mut next = u32_at(bytes, 68)?;
    let mut hops = bytes.len() / size + 1;
    while next < NO_SECTOR && hops > 0 {
        let mut more = words(sector(next)?);
        next = more.pop()?;
        list.extend(more);
        hops -= 1;
    }
    list.truncate(bytes.len() / size + 1);
    let parts = list.into_iter().filter(|number| *number < NO_SECTOR);
    let table: Vec<u32> = parts.filter_map(sector).flat_map(words).collect();
    let stream = |start: u32| {
        let chain = chain(start, &table, bytes.len() / size + 1);
        let sectors: Vec<&[u8]> = chain.into_iter().map_while(sector).collect();
        sectors.concat()
    };
    let folder = stream(u32_at(bytes, 48)?);
    let small = stream(u32_at(&folder, 116)?);
    let small_table = words(&stream(u32_at(bytes, 60)?));
    let named = |entry: &&[u8], name: &str| {
        let name: Vec<u8> = name
            .encode_utf16()
            .chain([0])
            .flat_map(u16::to_le_bytes)
            .collect();
        entry.starts_with(&name)
    };
    let books = folder.chunks_exact(128);
    let books = books.filter(|entry| named(entry, "Workbook") || named(entry, "Book"));
    books
        .map(|entry| {
            let start = u32_at(entry, 116)?;
            if u32_at(entry, 120)? >= u32_at(bytes, 56)? {
                return Some(stream(start));
            }
            let chain = chain(start, &small_table, small.len() / 64 + 1);
            let place = |number: &u32| small.get(*number as usize * 64..*number as usize * 64 + 64);
            let parts: Vec<&[u8]> = chain.iter().map_while(place).collect();
            Some(parts.concat())
        })
        .collect()
}

/// The sectors from one on, as the table chains them; a circle is cut.
fn chain(start: u32, table: &[u32], most: usize) -> Vec<u32> {
    let next = |number: &u32| table.get(*number as usize).copied();
    std::iter::successors(Some(start), next)
        .take_while(|number| *number < NO_SECTOR)
        .take(most)
        .collect()
}

/// Over how many cells the sheets of a workbook spread; none where one lies
/// where no sheet has cells.
fn cells(book: &[u8]) -> Option<u64> {
    let mut total = 0_u64;
    let mut sheet: Option<[u64; 4]> = None;
    let mut rest = book;
    while let (Some(kind), Some(length)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let end = (4 + usize::from(length)).min(rest.len());
        let record = &rest[4..end];
        rest = &rest[end..];
        match kind {
            // A sheet begins or ends.
            0x0809 | 0x000A => total = total.saturating_add(area(sheet.take())),
            // How far the sheet says that it reaches.
            0x0200 => {
                let wide = if length == 14 { 10 } else { 6 };
                let tall = if length == 14 {
                    u32_at(record, 4)
                } else {
                    None
                };
                if u16_at(record, wide).is_some_and(|columns| columns > 256)
                    || tall.is_some_and(|rows| rows > 65_536)
                {
                    return None;
                }
            }
            // Cells, one or many in a row.
            0x0006 | 0x00BD | 0x00BE | 0x00D6 | 0x00FD | 0x0203..=0x0205 | 0x027E => {
                let (Some(row), Some(column)) = (u16_at(record, 0), u16_at(record, 2)) else {
                    continue;
                };
                let last = match kind {
                    0x00BD | 0x00BE => u16_at(record, record.len().saturating_sub(2))?,
                    _ => column,
                };
                if column.max(last) > 255 {
                    return None;
                }
                let (row, column, last) = (row.into(), column.into(), last.into());
                let [top, bottom, left, right] = sheet.unwrap_or([row, row, column, last]);
                sheet = Some([
                    top.min(row),
                    bottom.max(row),
                    left.min(column),
                    right.max(last),
                ]);
            }
            _ => {}
        }
    }
    Some(total.saturating_add(area(sheet)))
}

/// The number of cells between the outermost ones.
fn area(sheet: Option<[u64; 4]>) -> u64 {
    sheet.map_or(0, |[top, bottom, left, right]| {
        (bottom - top + 1) * (right.saturating_sub(left) + 1)
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record of an old Excel file.
    fn record(kind: u16, words: &[u16]) -> Vec<u8> {
        let length = u16::try_from(words.len() * 2).unwrap();
        let words = [kind, length].into_iter().chain(words.iter().copied());
        words.flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn sheets_are_measured_each_by_itself() {
        let begin = record(0x0809, &[0; 8]);
        let near = record(0x027E, &[2, 3, 0, 0, 0]);
        let far = record(0x0203, &[65_535, 255, 0, 0, 0, 0, 0]);
        let many = record(0x00BD, &[4, 1, 0, 0, 0, 5]);
        let outside = record(0x027E, &[0, 256, 0, 0, 0]);
        let claims = record(0x0200, &[0, 0, 0, 0, 0, 300, 0]);
        for (records, wanted) in [
            (vec![&begin, &near], Some(1)),
            (vec![&begin, &near, &many], Some(15)),
            (vec![&begin, &near, &begin, &near], Some(2)),
            (vec![&begin, &near, &far], Some(65_534 * 253)),
            (vec![&begin, &outside], None),
            (vec![&begin, &claims], None),
        ] {
            let book: Vec<u8> = records.into_iter().flatten().copied().collect();
            assert_eq!(cells(&book), wanted);
        }
        assert!(check(b"nothing").is_err());
    }
}
