// Lucene as a peer of pincite: builds an index of passages (a JSON object a
// line), answers queries (a line of fields each, divided by tabs: join, words,
// country, first year, last year) and tells how long that took.
//
//   Bench build PASSAGES INDEX THREADS
//   Bench time  INDEX QUERIES RUNS            hits, then nanoseconds of each run
//   Bench batch INDEX QUERIES THREADS RUNS    queries a second of each run
//   Bench ask   INDEX QUERY                   the texts of the best passages

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

public final class Bench {
    private static final int HITS = 10;
    private static final double MEMORY_MB = 512;
    /** How long queries are answered before they are timed. */
    private static final long WARM_UP_NS = 2_000_000_000L;

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "build" -> build(Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]));
            case "time" -> time(Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]));
            case "batch" -> batch(Path.of(args[1]), Path.of(args[2]),
                Integer.parseInt(args[3]), Integer.parseInt(args[4]));
            case "ask" -> answer(open(Path.of(args[1])), args[2]).forEach(System.out::println);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void build(Path passages, Path index, int threads) throws Exception {
        var config = new IndexWriterConfig(new StandardAnalyzer()).setRAMBufferSizeMB(MEMORY_MB);
        try (var lines = Files.newBufferedReader(passages);
             var writer = new IndexWriter(FSDirectory.open(index), config)) {
            onThreads(threads, () -> {
                for (String line = next(lines); line != null; line = next(lines)) {
                    writer.addDocument(document(line));
                }
                return null;
            });
            writer.forceMerge(1);
            writer.commit();
        }
    }

    private static String next(BufferedReader lines) throws IOException {
        synchronized (lines) {
            return lines.readLine();
        }
    }

    private static void onThreads(int threads, Callable<Void> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(pool.submit(task));
        }
        for (Future<Void> one : running) {
            one.get();
        }
        pool.shutdown();
    }

    /** A document of {"text":"...","country":"...","year":0}, keys in this order. */
    private static Document document(String line) {
        var json = new Json(line);
        var document = new Document();
        document.add(new TextField("text", json.string(), Field.Store.YES));
        document.add(new StringField("country", json.string(), Field.Store.NO));
        document.add(new IntField("year", json.number(), Field.Store.NO));
        return document;
    }

    private static IndexSearcher open(Path index) throws IOException {
        var searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(index)));
        // Each answer is found anew, as in the other engines.
        searcher.setQueryCache(null);
        return searcher;
    }

    private static List<String> answer(IndexSearcher searcher, String line) throws IOException {
        ScoreDoc[] best = searcher.search(query(line), HITS).scoreDocs;
        StoredFields stored = searcher.storedFields();
        List<String> texts = new ArrayList<>(best.length);
        for (ScoreDoc hit : best) {
            texts.add(stored.document(hit.doc).get("text"));
        }
        return texts;
    }

    private static Query query(String line) {
        String[] fields = line.split("\t", -1);
        String[] words = fields[1].split(" ");
        Query found = switch (fields[0]) {
            case "Phrase" -> new PhraseQuery("text", words);
            case "Any" -> joined(words, Occur.SHOULD);
            default -> words.length == 1 ? term(words[0]) : joined(words, Occur.MUST);
        };
        if (fields[2].isEmpty()) {
            return found;
        }
        int from = Integer.parseInt(fields[3]);
        int to = Integer.parseInt(fields[4]);
        return new BooleanQuery.Builder()
            .add(found, Occur.MUST)
            .add(new TermQuery(new Term("country", fields[2])), Occur.FILTER)
            .add(IntField.newRangeQuery("year", from, to), Occur.FILTER)
            .build();
    }

    private static Query joined(String[] words, Occur occur) {
        var query = new BooleanQuery.Builder();
        for (String word : words) {
            query.add(term(word), occur);
        }
        return query.build();
    }

    private static Query term(String word) {
        return new TermQuery(new Term("text", word));
    }

    private static void time(Path index, Path file, int runs) throws Exception {
        IndexSearcher searcher = open(index);
        List<String> queries = Files.readAllLines(file);
        long start = System.nanoTime();
        do {
            for (String query : queries) {
                answer(searcher, query);
            }
        } while (System.nanoTime() - start < WARM_UP_NS);
        var out = new StringBuilder();
        for (String query : queries) {
            out.append(answer(searcher, query).size());
            for (int run = 0; run < runs; run++) {
                long from = System.nanoTime();
                answer(searcher, query);
                out.append(' ').append(System.nanoTime() - from);
            }
            out.append('\n');
        }
        System.out.print(out);
    }

    private static void batch(Path index, Path file, int threads, int runs) throws Exception {
        IndexSearcher searcher = open(index);
        List<String> queries = Files.readAllLines(file);
        long start = System.nanoTime();
        do {
            share(searcher, queries, threads);
        } while (System.nanoTime() - start < WARM_UP_NS);
        for (int run = 0; run < runs; run++) {
            long from = System.nanoTime();
            share(searcher, queries, threads);
            System.out.println(queries.size() * 1e9 / (System.nanoTime() - from));
        }
    }

    private static void share(IndexSearcher searcher, List<String> queries, int threads)
            throws Exception {
        var next = new AtomicInteger();
        onThreads(threads, () -> {
            for (int i = next.getAndIncrement(); i < queries.size(); i = next.getAndIncrement()) {
                answer(searcher, queries.get(i));
            }
            return null;
        });
    }

    /** Reads the values of a flat JSON object one after the other. */
    private static final class Json {
        private final String line;
        private int at;

        Json(String line) {
            this.line = line;
        }

        String string() {
            at = line.indexOf(':', at) + 2;
            int end = line.indexOf('"', at);
            // Most texts hold no escapes and are taken as they stand.
            int escape = line.indexOf('\\', at);
            if (escape < 0 || escape > end) {
                String value = line.substring(at, end);
                at = end + 1;
                return value;
            }
            var value = new StringBuilder();
            for (; line.charAt(at) != '"'; at++) {
                value.append(line.charAt(at) == '\\' ? escaped() : line.charAt(at));
            }
            at++;
            return value.toString();
        }

        private char escaped() {
            char kind = line.charAt(++at);
            if (kind == 'u') {
                at += 4;
                return (char) Integer.parseInt(line.substring(at - 3, at + 1), 16);
            }
            int known = "nrtbf".indexOf(kind);
            return known < 0 ? kind : "\n\r\t\b\f".charAt(known);
        }

        int number() {
            at = line.indexOf(':', at) + 1;
            int end = at;
            while (Character.isDigit(line.charAt(end))) {
                end++;
            }
            return Integer.parseInt(line.substring(at, end));
        }
    }
}
