package org.syscope.chisels.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.syscope.chisels.ChiselException;
import org.syscope.chisels.ChiselPath;
import org.syscope.chisels.ViewScripts;

/** All views there are, by name. */
public final class ViewLibrary {

    /** The view that lists the events of a selection. */
    public static final String DIG = "dig";
    /** The view that shows what a selection reads and writes. */
    public static final String ECHO = "echo";

    private static final String JSON_ONLY = "nocsysdig";
    private static final String USUAL = "procs";

    private final List<ViewDefinition> views;

    /** A library of some views. */
    public ViewLibrary(List<ViewDefinition> views) {
        this.views = views.stream().sorted(Comparator.comparing(ViewDefinition::name)).toList();
    }

    /**
     * Reads the view files of a search path.
     *
     * @param containers whether columns about containers are wanted ({@code -pc})
     * @param problems gets a line for each file that does not load, or defines a view that cannot be
     * @throws ChiselException if a directory cannot be listed
     */
    public static ViewLibrary load(ChiselPath path, boolean containers, Consumer<String> problems) throws ChiselException {
        Map<String, ViewDefinition> found = new LinkedHashMap<>();
        new ViewScripts(path).forEach((location, info) -> {
            try {
                ViewDefinition view = new ViewReader(location).read(info);
                boolean hidden = !view.tags().isEmpty() && view.tags().getFirst().equals("Containers");
                if (!hidden) {
                    found.putIfAbsent(view.id(), view.tagged(containers ? "containers" : "default"));
                }
            } catch (ViewException e) {
                problems.accept(e.getMessage());
            }
        }, problems);
        return new ViewLibrary(new ArrayList<>(found.values()));
    }

    /** All views by name, those for JSON output only included. */
    public List<ViewDefinition> all() {
        return views;
    }

    /**
     * The view of that id.
     *
     * @throws ViewException if there is none
     */
    public ViewDefinition require(String id) throws ViewException {
        for (ViewDefinition view : views) {
            if (view.id().equals(id)) {
                return view;
            }
        }
        throw new ViewException("view " + id + " not found: --list-views lists them, and there are dig and echo");
    }

    /** Whether there is a view of that id. */
    public boolean has(String id) {
        return views.stream().anyMatch(view -> view.id().equals(id));
    }

    /**
     * The views to choose from for a selection by that field, by name; those for JSON output only are left out.
     *
     * @param field empty for no selection
     */
    public List<ViewDefinition> offered(String field) {
        return views.stream().filter(view -> view.appliesTo(field) && !view.tags().contains(JSON_ONLY)).toList();
    }

    /**
     * The view that a session begins with: processes, or the first one that is a root.
     *
     * @throws ViewException if there is none
     */
    public ViewDefinition first() throws ViewException {
        if (has(USUAL)) {
            return require(USUAL);
        }
        return views.stream().filter(ViewDefinition::root).findFirst()
                .orElseThrow(() -> new ViewException("no view has is_root, say which one to begin with: -v"));
    }

    /** What Enter opens on a row of a view: its target, or the first view for its key. */
    public ViewDefinition below(ViewDefinition view, int depth) {
        ViewDefinition target = null;
        for (ViewDefinition candidate : views) {
            if (candidate.id().equals(view.drilldownTarget())) {
                return candidate;
            }
            if (target == null && view.keyColumn() != null && candidate.appliesTo(view.keyColumn().filterField(depth))) {
                target = candidate;
            }
        }
        return target;
    }
}
