package org.syscope.chisels.views;

import java.util.ArrayList;
import java.util.List;

/**
 * A view as its file defines it. The columns are in csysdig's order: key first, then the key that rows are merged by, then
 * the rest as written.
 *
 * @param id what {@code -v} takes
 * @param name for menus
 * @param description what it shows
 * @param tips hints for its use
 * @param tags such as {@code nocsysdig}, for JSON output only
 * @param type table, list or spectrogram
 * @param appliesTo the fields of a selection for which the view is offered; the empty text stands for no selection
 * @param root whether it is one of those that a session may begin with
 * @param filter which events it is about, with {@code %depth} in it where it asks for it; empty for all
 * @param useDefaults whether a missing value becomes 0 or an empty text instead of leaving the event out
 * @param drilldownTarget the view that Enter opens; empty if the file names none
 * @param drilldownIncreaseDepth whether a drill-down goes one level of {@code %depth} deeper
 * @param propagateFilter whether the view's filter stays in force below it
 * @param spectroType csysdig's word for other spectrograms than that of system calls; empty for those
 * @param columns what rows consist of
 * @param actions commands for rows
 */
public record ViewDefinition(String id, String name, String description, List<String> tips, List<String> tags, Type type,
        List<String> appliesTo, boolean root, String filter, boolean useDefaults, String drilldownTarget,
        boolean drilldownIncreaseDepth, boolean propagateFilter, String spectroType, List<ViewColumn> columns,
        List<ViewAction> actions) {

    /** Forms of views. */
    public enum Type {
        /** Rows with a key, gathered over an interval. */
        TABLE,
        /** A row for each event. */
        LIST,
        /** Latencies over time. */
        SPECTROGRAM
    }

    /** Copies the lists. */
    public ViewDefinition {
        tips = List.copyOf(tips);
        tags = List.copyOf(tags);
        appliesTo = List.copyOf(appliesTo);
        columns = List.copyOf(columns);
        actions = List.copyOf(actions);
    }

    /** The same without the columns that are not for this tag, {@code default} or {@code containers}. */
    public ViewDefinition tagged(String tag) {
        List<ViewColumn> kept = new ArrayList<>();
        for (ViewColumn column : columns) {
            if (column.tags().isEmpty() || column.tags().contains(tag)) {
                kept.add(column);
            }
        }
        return new ViewDefinition(id, name, description, tips, tags, type, appliesTo, root, filter, useDefaults, drilldownTarget,
                drilldownIncreaseDepth, propagateFilter, spectroType, kept, actions);
    }

    /** The filter at a depth of drill-downs. */
    public String filter(int depth) {
        return Depth.in(filter, depth);
    }

    /** The column whose value a drill-down filters by; null for lists. */
    public ViewColumn keyColumn() {
        ViewColumn key = null;
        for (ViewColumn column : columns) {
            if (column.groupByKey()) {
                return column;
            }
            if (column.key()) {
                key = column;
            }
        }
        return key;
    }

    /** Whether rows are merged. */
    public boolean groups() {
        return columns.stream().anyMatch(ViewColumn::groupByKey);
    }

    /** The columns for the eyes, in their order. */
    public List<ViewColumn> shownColumns() {
        return columns.stream().filter(ViewColumn::shown).toList();
    }

    /**
     * The column that rows are sorted by at first: its place among the shown ones, from 0; of a list -1, which stays in the
     * order of time, if no column is named.
     */
    public int sortingColumn() {
        List<ViewColumn> shown = shownColumns();
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).sorting()) {
                return i;
            }
        }
        return type == Type.LIST ? -1 : 0;
    }

    /** Whether the view is offered for a selection by that field; null or empty for no selection. */
    public boolean appliesTo(String field) {
        String plain = field == null ? "" : field;
        int bracket = plain.indexOf('[');
        return appliesTo.contains(bracket < 0 ? plain : plain.substring(0, bracket));
    }
}
