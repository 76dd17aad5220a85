package org.syscope.chisels.views;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the user is: what back goes to.
 *
 * @param view that is open; null for event lines and I/O
 * @param special {@link ViewLibrary#DIG} or {@link ViewLibrary#ECHO} where no view is open; null where one is
 * @param path the steps down to here, oldest first
 * @param depth of drill-downs, for views that ask for it
 * @param sortColumn of the shown ones, from 0; -1 for the order of time
 * @param ascending which way
 * @param rowFilter the text that rows must have; empty for none
 * @param ownFilter the filter in the place of all others; null if there is none
 * @param latency whether event lines begin with the latency
 */
record Place(ViewDefinition view, String special, List<Selection> path, int depth, int sortColumn, boolean ascending,
        String rowFilter, String ownFilter, boolean latency) {

    /** A view as it is opened, of the same selection. */
    Place with(ViewDefinition other, String otherSpecial, int column, boolean upwards) {
        return new Place(other, otherSpecial, path, depth, column, upwards, "", null, false);
    }

    /** One step further down. */
    Place down(Selection step, int newDepth) {
        List<Selection> longer = new ArrayList<>(path);
        longer.add(step);
        return new Place(view, special, List.copyOf(longer), newDepth, sortColumn, ascending, "", null, latency);
    }

    Place sorted(int column, boolean upwards) {
        return new Place(view, special, path, depth, column, upwards, rowFilter, ownFilter, latency);
    }

    Place rowFilter(String text) {
        return new Place(view, special, path, depth, sortColumn, ascending, text, ownFilter, latency);
    }

    Place ownFilter(String filter) {
        return new Place(view, special, path, depth, sortColumn, ascending, rowFilter, filter, latency);
    }

    Place latency(boolean shown) {
        return new Place(view, special, path, depth, sortColumn, ascending, rowFilter, ownFilter, shown);
    }

    /**
     * The filter that events have to pass.
     *
     * @param given of the command line; empty for none
     * @param withView whether the open view's own is part of it
     */
    String filter(String given, boolean withView) {
        if (ownFilter != null) {
            return ownFilter;
        }
        String all = combined(given, selections());
        return withView && view != null ? combined(all, view.filter(depth)) : all;
    }

    private String selections() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            String step = path.get(i).filter(i == path.size() - 1);
            if (!step.isEmpty()) {
                text.append(text.isEmpty() ? "" : " and ").append(path.size() > 1 ? "(" + step + ")" : step);
            }
        }
        return text.toString();
    }

    static String combined(String a, String b) {
        return a.isBlank() ? b : b.isBlank() ? a : "(" + a + ") and (" + b + ")";
    }
}
