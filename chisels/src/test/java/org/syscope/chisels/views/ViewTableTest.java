package org.syscope.chisels.views;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.EventSpace;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldFamily;
import org.syscope.filters.field.FieldInfo;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.PrintFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes of values in tables: aggregation, merging, defaults, bounds. */
class ViewTableTest {

    private static final long SECOND = 1_000_000_000;

    /** What the next event's fields are: Long, Double, byte[], or missing. */
    private final Map<String, Object> values = new HashMap<>();
    private final FieldCatalog catalog = new FieldCatalog(List.of(new Family()), new EventSpace(1, 1));

    private final class Family implements FieldFamily {
        private final List<FieldInfo> fields = List.of(
                FieldInfo.of("t.key", FieldType.INT64, PrintFormat.ID, ""),
                FieldInfo.of("t.group", FieldType.CHARBUF, PrintFormat.NA, ""),
                FieldInfo.of("t.number", FieldType.UINT64, PrintFormat.DEC, ""),
                FieldInfo.of("t.signed", FieldType.INT64, PrintFormat.DEC, ""),
                FieldInfo.of("t.real", FieldType.DOUBLE, PrintFormat.NA, ""),
                FieldInfo.of("t.time", FieldType.RELTIME, PrintFormat.DEC, ""),
                FieldInfo.of("t.text", FieldType.CHARBUF, PrintFormat.NA, ""),
                FieldInfo.of("t.port", FieldType.PORT, PrintFormat.DEC, ""));

        @Override
        public String name() {
            return "t";
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public List<FieldInfo> fields() {
            return fields;
        }

        @Override
        public Field create(FieldInfo info, String argument) {
            return new Field() {
                @Override
                public FieldInfo info() {
                    return info;
                }

                @Override
                public String text() {
                    return info.name();
                }

                @Override
                public boolean extract(EventContext context, FieldValue out) {
                    out.clear();
                    switch (values.get(info.name())) {
                        case Long number -> out.setNumber(number);
                        case Double real -> out.setReal(real);
                        case byte[] bytes -> out.setBytes(bytes);
                        case null, default -> {
                            return false;
                        }
                    }
                    return true;
                }
            };
        }
    }

    @BeforeEach
    void keyOfEvents() {
        values.put("t.key", 7L);
    }

    private static ViewColumn column(String field, Aggregation aggregation, Aggregation merged) {
        return new ViewColumn("C", field, "", 8, false, false, false, List.of(), aggregation, merged, null, false);
    }

    private static ViewColumn key(String field, boolean group) {
        return new ViewColumn("NA", field, "", -1, !group, group, false, List.of(), Aggregation.NONE, Aggregation.NONE, null,
                false);
    }

    private ViewTable table(boolean defaults, ViewColumn... columns) throws ViewException {
        return new ViewTable(new ViewDefinition("t", "T", "", List.of(), List.of(), ViewDefinition.Type.TABLE, List.of(), true,
                "", defaults, "", false, true, "", List.of(columns), List.of()), catalog, 0);
    }

    private void add(ViewTable table, String field, Object... all) {
        for (Object value : all) {
            values.put(field, value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value);
            table.add(null, true);
        }
    }

    private String only(ViewTable table) {
        Sample sample = table.sample(2 * SECOND, null);
        assertThat(sample.rows()).hasSize(1);
        return sample.text(sample.rows().getFirst(), 0);
    }

    private String number(Aggregation aggregation, Object... all) throws ViewException {
        ViewTable table = table(true, key("t.key", false), column("t.number", aggregation, Aggregation.NONE));
        add(table, "t.number", all);
        return only(table);
    }

    @Test
    void numbersAreAggregated() throws ViewException {
        assertThat(number(Aggregation.SUM, 3L, 4L, 5L)).isEqualTo("12");
        assertThat(number(Aggregation.AVG, 3L, 4L, 8L)).isEqualTo("5");
        assertThat(number(Aggregation.MIN, 3L, 2L, 8L)).isEqualTo("2");
        assertThat(number(Aggregation.MAX, 3L, 8L, 2L)).isEqualTo("8");
        assertThat(number(Aggregation.NONE, 3L, 8L, 2L)).isEqualTo("3");
        assertThat(number(Aggregation.TIME_AVG, 3L, 4L)).isEqualTo("3.50");
        assertThat(number(Aggregation.MAX, 1L, -1L)).as("unsigned").isEqualTo("-1");
    }

    @Test
    void aMissingValueCountsForNothing() throws ViewException {
        assertThat(number(Aggregation.AVG, 4L, null, 8L, null)).isEqualTo("6");
        assertThat(number(Aggregation.MIN, null, 4L, 8L)).isEqualTo("4");
        assertThat(number(Aggregation.NONE, null, 4L)).isEqualTo("4");
        assertThat(number(Aggregation.SUM, null, null)).isEqualTo("0");
    }

    @Test
    void withoutDefaultsAnEventNeedsAllValues() throws ViewException {
        ViewTable table = table(false, key("t.key", false), column("t.number", Aggregation.SUM, Aggregation.NONE));
        add(table, "t.number", null, 4L, null);
        assertThat(only(table)).isEqualTo("4");
    }

    @Test
    void someValuesHaveNoDefault() throws ViewException {
        ViewTable table = table(true, key("t.key", false), column("t.port", Aggregation.NONE, Aggregation.NONE));
        add(table, "t.port", (Object) null);
        assertThat(table.size()).isZero();
        ViewTable ids = table(true, key("t.key", false), column("t.key", Aggregation.NONE, Aggregation.NONE));
        values.remove("t.key");
        assertThat(ids.add(null, true)).isFalse();
    }

    @Test
    void percentilesAreExactToAnEighth() throws ViewException {
        Object[] all = new Object[1000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (long) i * 1000;
        }
        for (Aggregation aggregation : List.of(Aggregation.P50, Aggregation.P99)) {
            ViewTable table = table(true, key("t.key", false), column("t.time", aggregation, Aggregation.NONE));
            add(table, "t.time", all);
            Sample sample = table.sample(SECOND, null);
            double exact = aggregation == Aggregation.P50 ? 500_000 : 990_000;
            assertThat(sample.number(sample.rows().getFirst(), 0)).isBetween(exact * 7 / 8, exact * 9 / 8);
        }
        ViewTable one = table(true, key("t.key", false), column("t.time", Aggregation.P99, Aggregation.NONE));
        add(one, "t.time", 1_000L);
        assertThat(only(one)).isEqualTo("1.00us");
    }

    @Test
    void theLastTextWinsWhereTheMaximumIsAskedFor() throws ViewException {
        ViewTable last = table(true, key("t.key", false), column("t.text", Aggregation.MAX, Aggregation.NONE));
        add(last, "t.text", "b", "a", null);
        assertThat(only(last)).isEqualTo("a");
        ViewTable first = table(true, key("t.key", false), column("t.text", Aggregation.NONE, Aggregation.NONE));
        add(first, "t.text", null, "b", "a");
        assertThat(only(first)).isEqualTo("b");
    }

    @Test
    void rowsAreMergedByTheirGroup() throws ViewException {
        ViewTable table = table(true, key("t.key", false), key("t.group", true),
                column("t.real", Aggregation.AVG, Aggregation.SUM), column("t.number", Aggregation.MAX, Aggregation.MAX),
                column("t.number", Aggregation.SUM, Aggregation.SUM));
        values.put("t.group", "p".getBytes(StandardCharsets.UTF_8));
        for (long tid = 1; tid <= 2; tid++) {
            values.put("t.key", tid);
            for (int i = 1; i <= 2; i++) {
                values.put("t.real", 10.0 * tid * i);
                values.put("t.number", tid * 100 + i);
                table.add(null, true);
            }
        }
        Sample sample = table.sample(SECOND, null);
        assertThat(sample.rows()).hasSize(1);
        SampleRow row = sample.rows().getFirst();
        assertThat(row.key()).isEqualTo("p");
        assertThat(sample.text(row, 0)).as("15 and 30 on average").isEqualTo("45.00");
        assertThat(sample.text(row, 1)).isEqualTo("202");
        assertThat(sample.text(row, 2)).isEqualTo("606");
    }

    @Test
    void rowsAreSortedAndSearched() throws ViewException {
        ViewTable table = table(true, key("t.key", false), column("t.number", Aggregation.SUM, Aggregation.NONE),
                column("t.text", Aggregation.NONE, Aggregation.NONE));
        String[] names = {"Beta", "alpha", "gamma"};
        for (int i = 0; i < names.length; i++) {
            values.put("t.key", (long) i);
            values.put("t.text", names[i].getBytes(StandardCharsets.UTF_8));
            values.put("t.number", (long) (i * 7 % 3));
            table.add(null, true);
        }
        Sample sample = table.sample(SECOND, null);
        assertThat(sample.sorted(0, false).rows()).extracting(SampleRow::key).containsExactly("2", "1", "0");
        assertThat(sample.sorted(1, true).rows()).extracting(SampleRow::key).containsExactly("0", "1", "2");
        assertThat(sample.matching("ET").rows()).extracting(SampleRow::key).containsExactly("0");
    }

    @Test
    void fiveMillionEventsNeitherGrowTheTableNorAllocate() throws ViewException {
        ViewTable table = table(true, key("t.key", false), column("t.number", Aggregation.SUM, Aggregation.NONE),
                column("t.time", Aggregation.P99, Aggregation.NONE), column("t.text", Aggregation.MAX, Aggregation.NONE));
        byte[][] names = new byte[16][];
        for (int i = 0; i < names.length; i++) {
            names[i] = ("name " + i).getBytes(StandardCharsets.UTF_8);
        }
        Long[] keys = new Long[4 * ViewTable.MAX_ROWS];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) i;
        }
        values.put("t.number", 1L);
        values.put("t.time", 1000L);
        feed(table, keys, names, keys.length);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        feed(table, keys, names, 5_000_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("bytes").isLessThan(5_000_000);
        assertThat(table.size()).isEqualTo(ViewTable.MAX_ROWS);
        assertThat(table.sample(SECOND, null).refused()).isGreaterThan(3_000_000);
    }

    private void feed(ViewTable table, Long[] keys, byte[][] names, int events) {
        for (int i = 0; i < events; i++) {
            values.put("t.key", keys[i % keys.length]);
            values.put("t.text", names[i / 3 % names.length]);
            table.add(null, true);
        }
    }
}
