package org.syscope.chisels.views;

import java.util.List;

/**
 * A column as a view file defines it.
 *
 * @param name the heading; {@code NA} for columns that are not shown
 * @param field where its values come from, with {@code %depth} in it where the view asks for it
 * @param description what it means; empty if the file does not say
 * @param size width in characters; 0 for the rest of the line, -1 where the file gives none
 * @param key whether rows are told apart by it
 * @param groupByKey whether rows are merged by it
 * @param sorting whether the table is sorted by it at first
 * @param tags {@code default} or {@code containers} where it is only shown without or with {@code -pc}
 * @param aggregation of the values of a row
 * @param groupByAggregation of the rows that are merged
 * @param filterField the field that a drill-down filters by; null for {@code field}
 * @param filterInChildOnly whether a drill-down filters by it in the next view only
 */
public record ViewColumn(String name, String field, String description, int size, boolean key, boolean groupByKey,
        boolean sorting, List<String> tags, Aggregation aggregation, Aggregation groupByAggregation, String filterField,
        boolean filterInChildOnly) {

    /** The field at a depth of drill-downs. */
    public String field(int depth) {
        return Depth.in(field.replace(" ", "").replace("\t", ""), depth);
    }

    /** The field that a drill-down at that depth filters by. */
    public String filterField(int depth) {
        return filterField == null ? field(depth) : filterField;
    }

    /** Whether it is for the eyes, not only a key. */
    public boolean shown() {
        return !key && !groupByKey;
    }
}
