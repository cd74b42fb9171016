import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/** Searches an index of analysed terms with facets over all matches, as the demos of Lucene do it. */
public final class Facets implements AutoCloseable {
  private static final int HITS = 10;
  private static final int VALUES = 20;
  private static final int MONTHS = 10_000;
  private static final int EXPANSIONS = 100_000;
  private static final double BUFFER = 512;
  private static final int LONGEST = 30_000;
  private static final String[] DIMENSIONS = {"tag", "person", "month"};
  private static final Sort NEWEST = new Sort(new SortField("published", SortField.Type.LONG, true));

  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final SortedSetDocValuesReaderState[] states = new SortedSetDocValuesReaderState[DIMENSIONS.length];

  public Facets(String folder) throws IOException {
    reader = DirectoryReader.open(FSDirectory.open(Path.of(folder)));
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    IndexSearcher.setMaxClauseCount(EXPANSIONS);
    for (int i = 0; i < states.length; i++) {
      states[i] = new DefaultSortedSetDocValuesReaderState(reader, "$" + DIMENSIONS[i], config());
    }
  }

  /** Returns titles, total, tags, persons and months, parted by U+001E; within each by U+001F. */
  public String ask(String kind, String terms, int edits, int first, int last) throws IOException {
    Query query = query(kind, terms, edits);
    if (first > 0) {
      BooleanQuery.Builder narrowed = new BooleanQuery.Builder();
      narrowed.add(query, Occur.MUST);
      narrowed.add(IntField.newRangeQuery("day", first, last), Occur.FILTER);
      query = narrowed.build();
    }
    FacetsCollectorManager manager = new FacetsCollectorManager();
    FacetsCollectorManager.FacetsResult found =
        kind.equals("everything")
            ? FacetsCollectorManager.search(searcher, query, HITS, NEWEST, manager)
            : FacetsCollectorManager.search(searcher, query, HITS, manager);
    FacetsCollector matches = found.facetsCollector();
    long total = matches.getMatchingDocs().stream().mapToLong(segment -> segment.totalHits()).sum();
    StringBuilder answer = new StringBuilder();
    StoredFields stored = reader.storedFields();
    List<String> titles = new ArrayList<>();
    for (ScoreDoc hit : found.topDocs().scoreDocs) {
      titles.add(stored.document(hit.doc, Set.of("title")).get("title"));
    }
    answer.append(String.join("\u001f", titles)).append('\u001e').append(total);
    for (int i = 0; i < DIMENSIONS.length; i++) {
      answer.append('\u001e');
      if (total > 0) {
        append(answer, states[i], matches, DIMENSIONS[i]);
      }
    }
    return answer.toString();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static void append(
      StringBuilder answer, SortedSetDocValuesReaderState state, FacetsCollector matches, String dimension)
      throws IOException {
    FacetResult counted =
        new SortedSetDocValuesFacetCounts(state, matches)
            .getTopChildren(dimension.equals("month") ? MONTHS : VALUES, dimension);
    if (counted == null) {
      return;
    }
    String separator = "";
    for (LabelAndValue value : counted.labelValues) {
      answer.append(separator).append(value.label).append('\u001f').append(value.value.intValue());
      separator = "\u001f";
    }
  }

  private static Query query(String kind, String text, int edits) {
    Term term = new Term("text", text);
    switch (kind) {
      case "term":
        return new TermQuery(term);
      case "prefix":
        return new PrefixQuery(term);
      case "fuzzy":
        return new FuzzyQuery(term, edits, 0, EXPANSIONS, true, MultiTermQuery.CONSTANT_SCORE_REWRITE);
      case "phrase":
        return new PhraseQuery("text", text.split(" "));
      case "everything":
        return new MatchAllDocsQuery();
      default:
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        for (String word : text.split(" ")) {
          words.add(new TermQuery(new Term("text", word)), kind.equals("and") ? Occur.MUST : Occur.SHOULD);
        }
        return words.build();
    }
  }

  private static FacetsConfig config() {
    FacetsConfig config = new FacetsConfig();
    for (String dimension : DIMENSIONS) {
      config.setIndexFieldName(dimension, "$" + dimension);
      config.setMultiValued(dimension, !dimension.equals("month"));
    }
    return config;
  }

  /** Adds articles to a new index. */
  public static final class Adder implements AutoCloseable {
    private final IndexWriter writer;
    private final FacetsConfig config = config();

    public Adder(String folder) throws IOException {
      IndexWriterConfig settings = new IndexWriterConfig(new WhitespaceAnalyzer(LONGEST));
      writer = new IndexWriter(FSDirectory.open(Path.of(folder)), settings.setRAMBufferSizeMB(BUFFER));
    }

    public void add(String title, String text, String tags, String persons, String month, int day, long published)
        throws IOException {
      Document document = new Document();
      document.add(new StoredField("title", title));
      document.add(new TextField("text", text, Field.Store.NO));
      document.add(new IntField("day", day, Field.Store.NO));
      document.add(new NumericDocValuesField("published", published));
      document.add(new SortedSetDocValuesFacetField("month", month));
      addValues(document, "tag", tags);
      addValues(document, "person", persons);
      writer.addDocument(config.build(document));
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }

    private static void addValues(Document document, String dimension, String values) {
      if (!values.isEmpty()) {
        for (String value : values.split("\t")) {
          document.add(new SortedSetDocValuesFacetField(dimension, value));
        }
      }
    }
  }
}
