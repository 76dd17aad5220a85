package org.syscope.chisels.views;

import java.util.List;
import java.util.function.Function;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.text.BufferFormat;

/** Where one gets to from a place: the view that is opened there, what a row of it stands for, and what gathers its rows. */
final class Ways {

    private static final int SPECTROGRAM_PART = 4;
    /** What csysdig's JSON has in the place of a value. */
    private static final String MARK = "@#$f1CA^&;";

    private final ViewLibrary library;
    private final Function<BufferFormat, FieldCatalog> catalogs;
    private final ViewOptions options;

    /** Ways between the views of a library. */
    Ways(ViewLibrary library, Function<BufferFormat, FieldCatalog> catalogs, ViewOptions options) {
        this.library = library;
        this.catalogs = catalogs;
        this.options = options;
    }

    /** The same selection in a view, sorted as the view wants it. */
    Place at(Place before, ViewDefinition view, BufferFormat buffers) {
        int column = view.sortingColumn();
        Place next = before.with(view, null, column, false);
        return column < 0 ? next : next.sorted(column, !numeric(next, column, buffers));
    }

    /** Whether a column has numbers, or is none. */
    boolean numeric(Place at, int column, BufferFormat buffers) {
        List<ViewColumn> columns = at.view().shownColumns();
        if (column >= columns.size()) {
            return true;
        }
        try {
            return new TableColumn(at.view(), columns.get(column), catalogs.apply(buffers), at.depth()).description().isNumeric();
        } catch (ViewException e) {
            return true;
        }
    }

    /**
     * The same selection in the view of that name.
     *
     * @throws ViewException if there is no such view
     */
    Place named(Place before, String id, BufferFormat buffers) throws ViewException {
        return id.equals(ViewLibrary.DIG) || id.equals(ViewLibrary.ECHO) ? before.with(null, id, -1, true)
                : at(before, library.require(id), buffers);
    }

    /**
     * What a row of a place stands for, still in the same view.
     *
     * @param row null for all rows together
     * @throws ViewException if the view's key is no field
     */
    Place below(Place place, SampleRow row, FieldCatalog catalog) throws ViewException {
        int depth = place.depth() + (place.view().drilldownIncreaseDepth() ? 1 : 0);
        return place.down(step(place.view(), row, place.depth(), depth, catalog), depth);
    }

    private static Selection step(ViewDefinition left, SampleRow row, int depth, int newDepth, FieldCatalog catalog)
            throws ViewException {
        if (row == null) {
            return Selection.whole(left, newDepth);
        }
        ViewColumn key = left.keyColumn();
        String field = key.filterField(depth);
        SampleColumn column = new TableColumn(left, key, catalog, depth).description();
        String condition = row.keyBytes() == null ? "not " + field + " exists"
                : field + "=" + (column.isText() && !CellText.isAddress(column.type()) ? Selection.quoted(row.keyBytes())
                        : row.key());
        return new Selection(left.name(), left.propagateFilter() ? left.filter(newDepth) : "", field, row.key(), condition,
                key.filterInChildOnly());
    }

    /** The calls of an area of a spectrogram. */
    static Place calls(Place place, SpectrogramArea area) {
        Selection step = new Selection(place.view().name(), place.view().filter(place.depth()), "",
                CellText.duration(area.low()) + " to " + CellText.duration(area.high()), area.filter(), false);
        return place.down(step, place.depth()).with(null, ViewLibrary.DIG, -1, true).latency(true);
    }

    /**
     * The filters for any row of a place.
     *
     * @param here the filter of the place itself
     */
    RowFilters rowFilters(Place place, String here) {
        ViewDefinition view = place.view();
        ViewDefinition below = library.below(view, place.depth());
        if (below == null) {
            return new RowFilters(place.filter(options.filter(), false), here);
        }
        int depth = place.depth() + (view.drilldownIncreaseDepth() ? 1 : 0);
        ViewColumn key = view.keyColumn();
        Selection step = new Selection(view.name(), view.propagateFilter() ? view.filter(depth) : "",
                key.filterField(place.depth()), "", key.filterField(place.depth()) + "=\"" + MARK + "\"",
                key.filterInChildOnly());
        Place next = place.down(step, depth).with(below, null, 0, false);
        return new RowFilters(next.filter(options.filter(), false), next.filter(options.filter(), true));
    }

    /**
     * What gathers the rows, lines or picture of a place.
     *
     * @throws ViewException if a column asks for what there is not
     */
    Gatherer gatherer(Place next, FieldCatalog fields) throws ViewException {
        if (next.view() == null) {
            return next.special().equals(ViewLibrary.DIG) ? new DigGatherer(fields, options.containers(), next.latency())
                    : new EchoGatherer(fields, options.containers());
        }
        return switch (next.view().type()) {
            case TABLE -> new TableGatherer(next.view(), fields, next.depth());
            case LIST -> new ListGatherer(next.view(), fields, next.depth());
            case SPECTROGRAM -> new SpectrogramGatherer(next.view(), fields, next.depth(),
                    options.intervalNanos() / SPECTROGRAM_PART);
        };
    }
}
