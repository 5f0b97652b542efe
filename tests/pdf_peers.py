#!/usr/bin/env python3
"""How well others read the same PDFs: pdftotext, PyMuPDF, pdf_oxide and, if a path is given, pincite.

usage: pdf_peers.py [--real FOLDER] [--books FOLDER] [--pincite PATH] [--only NAME,NAME] [--list]

--real: the folder of real files with gold (check.py, pdf.jsonl, repro.jsonl beside the files).
--books: a folder of yearbooks (NAME.pdf beside NAME.json, as `yearbook SEED PAGES NAME.pdf` writes them).
At least one of the two. One Markdown table each. --list: what each peer misses, one line a miss, after the
table. Standard library and the tools; a tool that is not there is left out and named.

A paragraph is a block of the peer: of pdftotext and pdf_oxide what stands between blank lines (and form
feeds), of PyMuPDF a block of get_text("blocks", sort=False), of pincite a passage. A word divided at the end
of a line counts as whole whether its hyphen is dropped or kept. Words kept: of the words that pdftotext reads
(PyMuPDF, for pdftotext), without heads and feet that come back. Garbled: words that no other peer and no other
mode of pdftotext knows. Books: a piece is whole if its letters stand together in one block, marks of notes
aside; alone: no other piece of the flow is whole in its block; in order: the longest run of whole paragraphs and items that ascends; spelled: of the whole paragraphs
with a word or compound divided at the end of a line, those whose words are those of the gold."""
import bisect, collections, json, os, re, shutil, subprocess, sys, tempfile, time

def load(path):
    with open(path, encoding='utf8') as lines: return [json.loads(l) for l in lines if l.strip()]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
PLAIN = str.maketrans({'\u00ad': '', 'ﬁ': 'fi', 'ﬂ': 'fl', 'ﬀ': 'ff', 'ﬃ': 'ffi', 'ﬄ': 'ffl', '’': "'"})
RAISED = str.maketrans('⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉', '01234567890123456789')
def words(text): return WORD.findall(text.translate(PLAIN).lower())
def letters(text): return re.sub(r'[\W_]', '', text.translate(PLAIN).translate(RAISED).lower())
def joined(text, between): return re.sub(r'(\w)[-‐\u00ad]\s*\n\s*(\w)', r'\1%s\2' % between, text)
def flat(text): return re.sub(r'\s+', ' ', text.replace('’', "'")).strip()

# ---- the peers: a path in, blocks out -----------------------------------------------------------------
def split(text): return [b for b in re.split(r'\n[ \t]*\n|\f', text) if b.strip()]

def pdftotext(path, *options):
    return subprocess.run(['pdftotext', *options, path, '-'], capture_output=True).stdout.decode('utf8', 'replace')

def pymupdf_blocks(path):
    import pymupdf
    with pymupdf.open(path) as book:
        return [b[4] for page in book for b in page.get_text('blocks', sort=False) if b[6] == 0 and b[4].strip()]

def oxide(path, method):
    import pdf_oxide
    book = pdf_oxide.PdfDocument(path); count = book.page_count
    return '\n\n'.join(getattr(book, method)(k) for k in range(count() if callable(count) else count))

def oxide_text(path): return split(oxide(path, 'extract_text'))

def oxide_markdown(path):
    blocks = []
    for block in split(oxide(path, 'to_markdown')):
        for part in re.split(r'\n(?=\s*(?:[-*•] |#{1,6} |\|))', block):     # items, headings and rows stand for themselves
            blocks.append(re.sub(r'^\s*(#{1,6}|[-*•]) ', '', part.replace('**', '')).replace('\\', ''))
    return blocks

def pymupdf4llm_markdown(path):
    import pymupdf4llm
    text = pymupdf4llm.to_markdown(path)
    return [re.sub(r'^\s*(#{1,6}|[-*•]) ', '', part.replace('**', '').replace('_', ''))
            for block in split(text) for part in re.split(r'\n(?=\s*(?:[-*•] |#{1,6} |\|))', block)]

def there(name):
    try: __import__(name); return True
    except ImportError: return False

class Peer:
    """A peer that reads a file at a time; what it fails at is empty."""
    def __init__(self, name, read): self.name, self.read, self.seconds, self.failed = name, read, 0.0, []
    def blocks(self, paths):
        found = {}
        for path in paths:
            start = time.time()
            try: found[path] = self.read(path)
            except Exception as error: self.failed.append('%s: %s' % (path, error)); found[path] = []
            self.seconds += time.time() - start
        return found
    def heads(self, path): return []

class Pincite:
    """pincite reads all files at once into an index."""
    def __init__(self, program): self.name, self.program, self.seconds, self.failed, self.titles = 'pincite', program, 0.0, [], {}
    def call(self, *arguments):
        out = subprocess.run([self.program, '--index', self.index, *arguments], capture_output=True).stdout
        try: return json.loads(out)
        except ValueError: return {}
    def blocks(self, paths):
        found = {}; start = time.time()
        with tempfile.TemporaryDirectory(prefix='peers-') as top:
            self.index = os.path.join(top, 'index'); stage = os.path.join(top, 'files'); names = {}
            for n, path in enumerate(paths):
                name = '%04d-%s' % (n, os.path.basename(path)); names[name] = path
                os.makedirs(stage, exist_ok=True); shutil.copy(path, os.path.join(stage, name))
            begin = time.time()
            subprocess.run([self.program, '--index', self.index, 'index', stage], capture_output=True)
            self.seconds += time.time() - begin
            for file in self.call('stats', '--files', '--format', 'json').get('files', []):
                path = names.get(os.path.basename(file['name']))
                if path is None: continue
                passages = [p for r in file.get('reports') or [] for p in self.call('show', r['id'], '--format', 'json').get('passages', [])]
                found[path] = [p['text'] for p in passages]
                self.titles[path] = list(dict.fromkeys(h for p in passages for h in (p.get('title'), p['section'].get('heading'), p['section'].get('subheading')) if h))
        for path in paths:
            if not found.get(path): self.failed.append(path + ': no passages')
            found.setdefault(path, [])
        return found
    def heads(self, path): return self.titles.get(path, [])

def peers(options):
    found, absent = [], []
    if shutil.which('pdftotext'): found.append(Peer('pdftotext', lambda path: split(pdftotext(path))))
    else: absent.append('pdftotext')
    if there('pymupdf'): found.append(Peer('pymupdf', pymupdf_blocks))
    else: absent.append('pymupdf')
    if there('pdf_oxide'): found += [Peer('pdf_oxide text', oxide_text), Peer('pdf_oxide markdown', oxide_markdown)]
    else: absent.append('pdf_oxide')
    if 'pymupdf4llm' in (options.get('--only') or ''):                           # slow: only if it is asked for
        if there('pymupdf4llm'): found.append(Peer('pymupdf4llm', pymupdf4llm_markdown))
        else: absent.append('pymupdf4llm')
    if options.get('--pincite'): found.append(Pincite(options['--pincite']))
    only = options.get('--only')
    return [p for p in found if not only or any(p.name.startswith(name) for name in only.split(','))], absent

# ---- real files ---------------------------------------------------------------------------------------
def whole(piece, tokens):
    """As check.py: the first and the last 8 words at the right distance, give or take marks of notes."""
    first, last, count = piece[0].split(), piece[1].split(), piece[2]
    for i in range(len(tokens) - len(first) + 1):
        if tokens[i] == first[0] and tokens[i:i + len(first)] == first:
            for d in (0, 1, -1, 2, -2):
                end = i + count + d
                if end >= len(last) and tokens[end - len(last):end] == last: return True
    return False

def body(text):
    """Text without lines that come back at the edges of many pages, leaders and lone numbers."""
    pages = text.split('\f'); edges = collections.Counter(); near = []
    key = lambda line: re.sub(r'\d+', '#', re.sub(r'\s+', ' ', line.strip()))
    for page in pages:
        lines = [l for l in page.split('\n') if l.strip()]
        near.append({key(l) for l in lines[:4] + lines[-5:]}); edges.update(near[-1])
    heads = {l for l, c in edges.items() if c >= max(3, len(pages) / 8)}
    keeps = lambda line, close: not (key(line) in heads and key(line) in close) and not re.search(r'(\. ?){6}', line) and not re.fullmatch(r'\s*\d+\s*', line)
    return '\n'.join(l for page, close in zip(pages, near) for l in page.split('\n') if keeps(l, close))

def real(folder, tools, misses):
    gold = [g for g in load(os.path.join(folder, 'pdf.jsonl')) if g.get('text') is not False and os.path.exists(os.path.join(folder, g['file']))]
    path = lambda g: os.path.join(folder, g['file'])
    modes = {g['file']: [pdftotext(path(g), *o) for o in ((), ('-layout',), ('-raw',))] if shutil.which('pdftotext') else [] for g in gold}
    plain = {}
    if there('pymupdf'):
        import pymupdf
        for g in gold:
            with pymupdf.open(path(g)) as book: plain[g['file']] = '\f'.join(p.get_text() for p in book)
    read = [(t, t.blocks([path(g) for g in gold])) for t in tools]
    vocabulary = {}
    for g in gold:
        for t, blocks in read:
            text = '\n\n'.join(blocks[path(g)])
            vocabulary[t.name, g['file']] = set(words(text)) | set(words(joined(text, ''))) | set(words(joined(text, '-')))
        extra = set()
        for text in modes[g['file']]: extra |= set(words(text)) | set(words(joined(text, '')))
        vocabulary['modes', g['file']] = extra
    cases = [c for c in load(os.path.join(folder, 'repro.jsonl')) if c['file'].endswith('.pdf')] if os.path.exists(os.path.join(folder, 'repro.jsonl')) else []
    rows = []
    for t, blocks in read:
        k = n = kept = want = odd = said = 0
        for g in gold:
            own = blocks[path(g)]
            tokens = [words(joined(b, s)) for b in own for s in ('', '-')]
            for s in g.get('sentences', []):
                n += 1; ok = any(whole(s, x) for x in tokens); k += ok
                if not ok: misses.append('%s: %s: %s ...' % (t.name, g['file'], s[0]))
            if g.get('words', True):
                other = plain.get(g['file']) if t.name == 'pdftotext' else (modes[g['file']] or [None])[0]
                text = '\n'.join(own + t.heads(path(g)))
                mine = [collections.Counter(words(joined(text, s))) for s in ('', '-')]
                if other is not None:
                    for w, c in collections.Counter(words(joined(body(other), '-'))).items():
                        want += c; kept += min(max(m[w] for m in mine), c)
                known = set().union(*(vocabulary[o.name, g['file']] for o, _ in read if o.name.split()[0] != t.name.split()[0]))
                if t.name != 'pdftotext': known |= vocabulary['modes', g['file']]
                known |= {re.sub(r'\d{1,3}$', '', w) for w in known}
                own_words = words(joined('\n\n'.join(own), ''))
                fused = {words(x + y)[0] for x, y in re.findall(r'(\w+)[-‐\u00ad]\s*\n\s*(\w+)', '\n\n'.join(own)) if {*words(x), *words(y)} <= known and words(x + y)}
                said += len(own_words)
                strange = [w for w in own_words if w not in known and w not in fused]
                odd += len(strange)
                if strange: misses.append('%s: %s: garbled: %s' % (t.name, g['file'], ' '.join(strange[:12])))
        held, checks = repro(folder, cases, t, misses)
        rows.append([t.name, '%d of %d' % (k, n), '%.1f %%' % (100 * kept / max(1, want)), '%.2f' % (1000 * odd / max(1, said)), '%d of %d' % (held, checks), '%.1f' % t.seconds])
    return ['peer', 'sentences whole in one paragraph', 'words kept', 'garbled per 1,000', 'checks of the minimal cases', 'seconds'], rows

def repro(folder, cases, tool, misses):
    """The checks of repro.jsonl that ask of paragraphs alone: whole, holds, none."""
    paths = [os.path.join(folder, 'repro', c['file']) for c in cases]
    seconds = tool.seconds; blocks = tool.blocks([p for p in paths if os.path.exists(p)]); tool.seconds = seconds
    held = count = 0
    for c, p in zip(cases, paths):
        forms = [[flat(joined(b, s)) for b in blocks.get(p, [])] for s in ('', '-')]
        for check in c['checks']:
            if check['cmd'] != 'passages': continue
            for key, test in (('whole', lambda f, v: any(b == flat(v) for b in f)), ('holds', lambda f, v: any(flat(v) in b for b in f)),
                              ('none', lambda f, v: not any(re.search(v, b) for b in f))):
                if key in check:
                    count += 1; ok = any(test(f, check[key]) for f in forms); held += ok
                    if not ok: misses.append('%s: %s: %s %s' % (tool.name, c['file'], key, check[key][:60]))
    return held, count

# ---- yearbooks ----------------------------------------------------------------------------------------
def place(piece, all_blocks):
    """Where the letters of a piece stand in one block (`all_blocks`: the letters of all, a NUL between them); a
    mark of a note may stand after any word, and the number of a numbered paragraph may be missing."""
    forms = [piece['text']]
    if 'numbered' in piece['features']: forms.append(re.sub(r'^\d+\. ', '', piece['text']))
    for form in forms:
        at = all_blocks.find(letters(form))
        if at >= 0: return at
    if not piece['marks']: return None
    mark = piece['marks'][0]
    for form in forms:
        text = letters(form); ends = [0]; half = len(text) // 2
        for word in form.split(): ends.append(ends[-1] + len(letters(word)))
        for part, back in ((text[:half], 0), (text[half:], half + 4)):
            at = all_blocks.find(part)
            while at >= 0:
                begin = max(0, at - back); window = all_blocks[begin:begin + len(text) + 8]
                for end in ends:
                    hit = window.find(text[:end] + mark + text[end:])
                    if hit >= 0: return begin + hit
                at = all_blocks.find(part, at + 1)
    return None

def ascending(places):
    """How many of the places ascend at most."""
    ends = []
    for p in places:
        i = bisect.bisect_left(ends, p)
        if i == len(ends): ends.append(p)
        else: ends[i] = p
    return len(ends)

def books(folder, tools, misses):
    names = sorted(f for f in os.listdir(folder) if f.endswith('.pdf') and os.path.exists(os.path.join(folder, f[:-3] + 'json')))
    paths = [os.path.join(folder, f) for f in names]
    rows = []; by = collections.defaultdict(lambda: [0, 0])
    for t in tools:
        start = t.seconds; blocks = t.blocks(paths)
        k = n = single = singles = order = heads = headings = right = divided = lone = beside = besides = pages = 0
        for p in paths:
            gold = json.load(open(p[:-3] + 'json', encoding='utf8')); pages += len(gold['pages'])
            own = blocks[p]; compact = '\0'.join(letters(b) for b in own); places = []
            exact = {letters(b) for b in own} | {letters(h) for h in t.heads(p)}
            spelled = '\n'.join(' '.join(words(joined(b, s))) for b in own for s in ('', '-'))
            for piece in gold['flow']:
                text = letters(piece['text'])
                if piece['kind'] == 'Heading':
                    headings += 1; heads += text in exact; continue
                n += 1; at = place(piece, compact); k += at is not None
                carried = 'carried-over' in piece['features']; singles += not carried
                if at is None: misses.append('%s: %s sheet %d: %s: %s' % (t.name, os.path.basename(p), piece['sheet'], ' '.join(piece['features']), piece['text'][:60]))
                else:
                    places.append(at); single += not carried
                    if not piece['marks'] and {'hyphenated', 'own-hyphen-broken'} & set(piece['features']):
                        divided += 1
                        bare = re.sub(r'^\d+\. ', '', piece['text']) if 'numbered' in piece['features'] else piece['text']
                        right += ' '.join(words(bare)) in spelled
                for feature in piece['features'] or ['plain']:
                    by[t.name, feature][0] += at is not None; by[t.name, feature][1] += 1
            order += ascending(places)
            ends = [i for i, c in enumerate(compact) if c == '\0']
            held = collections.Counter(bisect.bisect_left(ends, at) for at in places)
            lone += sum(c for c in held.values() if c == 1)
            for piece in gold['beside']:
                besides += 1; ok = place(piece, compact) is not None; beside += ok
                by[t.name, 'beside: ' + piece['kind']][0] += ok; by[t.name, 'beside: ' + piece['kind']][1] += 1
        rows.append([t.name, share(k, n), share(single, singles), share(order, n), share(lone, n), share(heads, headings), share(right, divided), share(beside, besides), '%.1f' % (t.seconds - start)])
    features = sorted({f for _, f in by})
    table = [[f] + [share(*by[t.name, f]) for t in tools] for f in features]
    return pages, ['peer', 'paragraphs and items whole', 'of those in one column', 'whole and in order', 'whole and alone', 'headings alone', 'spelled', 'beside whole', 'seconds'], rows, ['feature'] + [t.name for t in tools], table

def share(k, n): return '%d of %d (%.1f %%)' % (k, n, 100 * k / n) if n else '–'

def table(head, rows):
    print('| ' + ' | '.join(head) + ' |'); print('|' + '---|' * len(head))
    for row in rows: print('| ' + ' | '.join(row) + ' |')
    print()

def main():
    options = {}; arguments = iter(sys.argv[1:])
    for a in arguments:
        if a in ('--real', '--books', '--pincite', '--only'): options[a] = next(arguments, None)
        elif a == '--list': options[a] = True
        else: print(__doc__); return 2
    if not options.get('--real') and not options.get('--books'): print(__doc__); return 2
    tools, absent = peers(options); misses = []
    if absent: print('not there: ' + ', '.join(absent) + '\n')
    if options.get('--real'): table(*real(options['--real'], tools, misses))
    if options.get('--books'):
        pages, head, rows, head2, rows2 = books(options['--books'], tools, misses)
        print('%d pages\n' % pages); table(head, rows); table(head2, rows2)
    for t in tools:
        for f in t.failed: print('failed: %s: %s' % (t.name, f))
    if '--list' in options:
        for m in misses: print(m)
    return 0

if __name__ == '__main__': sys.exit(main())
