import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.Version;

/**
 * Ranks with Lucene's FrenchAnalyzer and its default BM25, as a line to compare with.
 *
 * <p>Arguments: documents (id, title, text), queries (id, text), both with tabs between and a line each; the
 * folder that the runs are written to, `one-field.tsv` and `two-fields.tsv` (query, document; best first);
 * and how many hits a query. Prints Lucene's version, then for each run its name, p50 and p95 in ms.
 */
public final class Baseline {
  private static final String TITLE = "title";
  private static final String TEXT = "text";
  private static final String BOTH = "both";

  public static void main(String[] args) throws IOException {
    List<String> documents = Files.readAllLines(Path.of(args[0]));
    List<String> queries = Files.readAllLines(Path.of(args[1]));
    Path runs = Path.of(args[2]);
    int size = Integer.parseInt(args[3]);
    System.out.println(Version.LATEST);
    try (Analyzer analyzer = new FrenchAnalyzer();
        ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      index(documents, directory, analyzer);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity());
        rank("one-field", List.of(BOTH), queries, searcher, analyzer, runs, size);
        rank("two-fields", List.of(TITLE, TEXT), queries, searcher, analyzer, runs, size);
      }
    }
  }

  private static void index(List<String> lines, ByteBuffersDirectory directory, Analyzer analyzer)
      throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(new BM25Similarity());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (String line : lines) {
        String[] cells = line.split("\t", -1);
        Document document = new Document();
        document.add(new StoredField("id", cells[0]));
        document.add(new TextField(TITLE, cells[1], Field.Store.NO));
        document.add(new TextField(TEXT, cells[2], Field.Store.NO));
        document.add(new TextField(BOTH, cells[1] + "\n" + cells[2], Field.Store.NO));
        writer.addDocument(document);
      }
    }
  }

  private static void rank(
      String name,
      List<String> fields,
      List<String> queries,
      IndexSearcher searcher,
      Analyzer analyzer,
      Path runs,
      int size)
      throws IOException {
    QueryBuilder builder = new QueryBuilder(analyzer);
    StoredFields stored = searcher.getIndexReader().storedFields();
    double[] times = new double[queries.size()];
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(runs.resolve(name + ".tsv")))) {
      for (int i = 0; i < times.length; i++) {
        String[] cells = queries.get(i).split("\t", -1);
        long start = System.nanoTime();
        for (ScoreDoc hit : searcher.search(anyWord(builder, fields, cells[1]), size).scoreDocs) {
          out.println(cells[0] + "\t" + stored.document(hit.doc).get("id"));
        }
        times[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(times);
    System.out.printf(Locale.ROOT, "%s\t%.3f\t%.3f%n", name, share(times, 0.5), share(times, 0.95));
  }

  private static Query anyWord(QueryBuilder builder, List<String> fields, String words) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String field : fields) {
      Query query = builder.createBooleanQuery(field, words);
      if (query != null) {
        any.add(query, BooleanClause.Occur.SHOULD);
      }
    }
    return any.build();
  }

  private static double share(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
