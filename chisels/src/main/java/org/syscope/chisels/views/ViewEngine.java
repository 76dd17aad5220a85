package org.syscope.chisels.views;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.eval.FilterCompiler;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.text.BufferFormat;

/**
 * Views at work: takes events in on one thread, and on the same thread does what front ends ask for.
 *
 * <pre>
 *   front end ── open, drillDown, sort ──► queue ─┐
 *                                                 ▼
 *   source ── clock, event ─────────────► thread of the events ──► Shown ──► front end
 * </pre>
 */
public final class ViewEngine implements ViewRun {

    /** How often a picture is renewed while nothing ends an interval, ns of wall time. */
    private static final long REFRESH = 250_000_000;
    private static final int SPECTROGRAM_PART = 4;
    /** What a filter names that is about calls in flight. */
    private static final String CALLS = "thread.call";
    /** What csysdig's JSON has in the place of a value. */
    private static final String MARK = "@#$f1CA^&;";

    /**
     * What a run begins with.
     *
     * @param filter of the command line; empty for none
     * @param containers whether lines tell of containers ({@code -pc})
     * @param intervalNanos length of an interval, ns of the events' time
     * @param live whether events come from this machine
     * @param sourceWords the words of the command line that say where events come from, as {@code -r FILE}
     */
    public record Options(String filter, boolean containers, long intervalNanos, boolean live, List<String> sourceWords) {
    }

    /** The one that feeds the engine. */
    public interface Feed {
        /** Has {@link ViewEngine#poll()} called soon; may be called by any thread. */
        void wake();

        /** Ends the run; may be called by any thread. */
        void quit();

        /** How much of the file was read, 0 to 100; 100 live. */
        double progress();

        /** How many events were lost. */
        long lost();

        /** Finds out which calls threads are in now, where that can be asked; by the thread of the events. */
        void lookAtCalls();

        /** Whether a process is one of those that are looked at; by the thread of the events. */
        default boolean concerns(long pid) {
            return true;
        }

        /**
         * Writes a capture, see {@link ViewRun#save}.
         *
         * @param filter of the events to write; empty for all
         */
        void save(Path file, String filter) throws IOException;
    }

    private final ViewLibrary library;
    private final Function<BufferFormat, FieldCatalog> catalogs;
    private final SystemState state;
    private final Options options;
    private final Feed feed;
    private final ThreadContext threads;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Deque<Place> above = new ArrayDeque<>();
    private volatile Shown shown;
    private volatile Runnable change = () -> {
    };
    private volatile boolean over;
    private volatile boolean higher;
    private Consumer<Sample> intervals = sample -> {
    };
    private Consumer<EventContext> listener;

    private Place place;
    private BufferFormat buffers = BufferFormat.NORMAL;
    private FieldCatalog catalog;
    private Gatherer gatherer;
    private Filter filter;
    private String filterText = "";
    private Sample full;
    private boolean whole;
    private boolean paused;
    private boolean restart;
    private boolean ended;
    private String notice = "";
    private long pictures;
    private long events;
    private long matched;
    private long intervalStart;
    private long intervalEnd;
    private long first;
    private long last;
    private long now;
    private long from;
    private long to;
    private double speed;
    private long refreshed;

    /**
     * An engine without an open view.
     *
     * @param catalogs makes the fields for a form of buffers; a new catalog with each call
     * @param state that the source keeps
     */
    public ViewEngine(ViewLibrary library, Function<BufferFormat, FieldCatalog> catalogs, SystemState state, Options options,
            Feed feed) {
        this.library = library;
        this.catalogs = catalogs;
        this.state = state;
        this.options = options;
        this.feed = feed;
        this.threads = new ThreadContext(state);
    }

    // ---- the thread of the events

    /**
     * Opens the first view; before any event, by the thread that then makes the thread of the events.
     *
     * @param id a view, {@link ViewLibrary#DIG} or {@link ViewLibrary#ECHO}; null for the usual one
     * @param sortColumn to sort by instead of the view's own, from 0; -1 for that
     * @throws ViewException if there is no such view, or it asks for what there is not
     * @throws FilterException if the filter of the command line is wrong
     */
    public void begin(String id, int sortColumn, BufferFormat format) throws ViewException, FilterException {
        buffers = format;
        if (!options.filter().isBlank()) {
            new FilterCompiler(catalogs.apply(format)).compile(options.filter());
        }
        Place start = new Place(null, null, List.of(), 0, -1, false, "", null, false);
        Place opened = id == null ? at(start, library.first()) : named(start, id);
        if (sortColumn >= 0 && opened.view() != null) {
            int columns = opened.view().shownColumns().size();
            if (sortColumn >= columns) {
                throw new ViewException("invalid table sorting column " + (sortColumn + 1) + ": view " + opened.view().id()
                        + " has " + columns);
            }
            opened = opened.sorted(sortColumn, !numeric(opened, sortColumn));
        }
        enter(opened);
        publish();
    }

    /** Has an action run on the thread of the events when an interval is over, and at the end of a file, with its rows. */
    public void onInterval(Consumer<Sample> action) {
        intervals = action;
    }

    /** Has events that pass the filter given to an action, on the thread of the events, instead of being gathered. */
    public void onEvent(Consumer<EventContext> action) {
        listener = action;
    }

    /** The format of the lines of events. */
    public static String digFormat(boolean containers) {
        return DigGatherer.format(containers, false);
    }

    /** How much of the file was read, 0 to 100; 100 live. */
    public double progress() {
        return feed.progress();
    }

    /**
     * The filters for a row of the open view, with a mark in the place of the row's value, as csysdig's JSON has them.
     *
     * @param selection without that of the next view
     * @param whole with it
     */
    public record Template(String selection, String whole) {
    }

    /** The filters for a row of the open view; by the thread of the events. */
    public Template template() {
        ViewDefinition view = place.view();
        ViewDefinition below = library.below(view, place.depth());
        if (below == null) {
            return new Template(place.filter(options.filter(), false), filterText);
        }
        int depth = place.depth() + (view.drilldownIncreaseDepth() ? 1 : 0);
        ViewColumn key = view.keyColumn();
        Selection step = new Selection(view.name(), view.propagateFilter() ? view.filter(depth) : "",
                key.filterField(place.depth()), "", key.filterField(place.depth()) + "=\"" + MARK + "\"",
                key.filterInChildOnly());
        Place next = place.down(step, depth).with(below, null, 0, false);
        return new Template(next.filter(options.filter(), false), next.filter(options.filter(), true));
    }

    /**
     * Tells the time of the next event, before the state takes it in, or of now if none comes.
     *
     * @param time ns since the epoch
     */
    public void clock(long time) {
        now = time;
        if (first == 0) {
            first = time;
        }
        last = Math.max(last, time);
        if (intervalEnd == 0) {
            beginInterval(time);
        } else if (sampling() && time >= intervalEnd) {
            endInterval();
            beginInterval(time);
        }
    }

    private boolean sampling() {
        return options.live() || speed > 0;
    }

    /** Intervals of a live trace begin with it: a short command is seen whole. A file's end at whole seconds, as in csysdig. */
    private void beginInterval(long time) {
        long length = options.intervalNanos();
        intervalStart = time;
        intervalEnd = time - (time - (options.live() ? first : 0)) % length + length;
    }

    private void endInterval() {
        addThreads();
        long nanos = Math.min(options.intervalNanos(), Math.max(1, intervalEnd - intervalStart));
        Sample sample = gatherer.sample(nanos);
        gatherer.endInterval(sample, place.sortColumn());
        whole = true;
        if (!paused) {
            full = sample;
        }
        intervals.accept(arranged(sample));
        publish();
    }

    /** Takes in an event; the state has taken it in. */
    public void event(EventContext context) {
        events++;
        if (filter != null && !filter.matches(context)) {
            return;
        }
        if (listener != null) {
            listener.accept(context);
            matched++;
        } else if (gatherer.add(context, true)) {
            matched++;
        }
    }

    /** Takes in an event that is not shown: an account of a thread. */
    public void account(EventContext context) {
        if (filter == null || filter.matches(context)) {
            gatherer.add(context, false);
        }
    }

    private void addThreads() {
        if (!gatherer.wantsThreads()) {
            return;
        }
        if (filterText.contains(CALLS)) {
            feed.lookAtCalls();
        }
        state.threads().forEach((tid, thread) -> {
            if (thread.isDead() || !feed.concerns(thread.pid)) {
                return;
            }
            threads.point(thread, Math.max(now, last), first);
            if (filter == null || filter.matches(threads)) {
                gatherer.add(threads, false);
            }
        });
    }

    /**
     * Does what front ends asked for, and renews the picture now and then. To be called often: every few hundred events and
     * when nothing comes.
     *
     * @return whether the source has to be read again, from {@link #from()} on
     */
    public boolean poll() {
        boolean changed = false;
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
            changed = true;
        }
        long time = System.nanoTime();
        if (!restart && (changed || time - refreshed > REFRESH && !ended)) {
            if (!whole && !paused && !restart) {
                full = partial();
            }
            publish();
        }
        return restart;
    }

    /** The rows of an interval that is not over, or of a file that is still read. */
    private Sample partial() {
        if (options.live()) {
            addThreads();
        }
        return gatherer.sample(covered());
    }

    private long covered() {
        return Math.max(1, sampling() ? now - intervalStart : last() - first());
    }

    private long first() {
        return from > 0 ? Math.max(from, first) : first;
    }

    private long last() {
        return to > 0 ? Math.min(to, now) : now;
    }

    /** Tells that the source is read again now, as {@link #poll()} asked for. */
    public void restarted() {
        restart = false;
        ended = false;
        events = 0;
        matched = 0;
        intervalEnd = 0;
        now = from;
    }

    /** Tells that the file is read to its end, or to that of the interval. */
    public void finished() {
        ended = true;
        if (!sampling() || full == null) {
            addThreads();
            full = gatherer.sample(covered());
            intervals.accept(arranged(full));
        } else if (now > intervalStart) {
            endInterval();
        }
        whole = true;
        publish();
    }

    /** Tells the user something, as that the file is cut off; empty for nothing. */
    public void notice(String text) {
        commands.add(() -> notice = text);
        feed.wake();
    }

    /** Tells what time the capture covers, ns since the epoch, where that is known before it is read. */
    public void span(long begin, long end) {
        first = begin;
        last = end;
    }

    /** The run is over: nothing more comes. */
    public void close() {
        over = true;
        change.run();
    }

    /** Where reading begins, ns since the epoch; 0 for the start. */
    public long from() {
        return from;
    }

    /** Where reading ends, ns since the epoch, included; 0 for the end. */
    public long to() {
        return to;
    }

    /** How much faster than it was recorded the capture is played; 0 for as fast as it can be read. */
    public double speed() {
        return speed;
    }

    // ---- pictures

    private void publish() {
        refreshed = System.nanoTime();
        Sample sample = arranged(full == null ? gatherer.sample(1) : full);
        boolean held = paused && shown != null;
        pictures++;
        shown = new Shown(pictures, place.view(), place.special(), place.path(), filterText, sample, place.sortColumn(),
                place.ascending(), place.rowFilter(), place.ownFilter(), held ? shown.spectrogram() : gatherer.spectrogram(),
                held ? shown.lines() : gatherer.lines(place.rowFilter()), paused,
                new Shown.Time(options.live(), events, matched, feed.lost(), feed.progress(), ended, first, last, now, from, to,
                        speed), notice);
        change.run();
    }

    private Sample arranged(Sample sample) {
        return sample.matching(place.rowFilter()).sorted(place.sortColumn(), place.ascending());
    }

    // ---- places

    private Place at(Place before, ViewDefinition view) {
        int column = view.sortingColumn();
        Place next = before.with(view, null, column, false);
        return column < 0 ? next : next.sorted(column, !numeric(next, column));
    }

    private boolean numeric(Place at, int column) {
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

    private Place named(Place before, String id) throws ViewException {
        return id.equals(ViewLibrary.DIG) || id.equals(ViewLibrary.ECHO) ? before.with(null, id, -1, true)
                : at(before, library.require(id));
    }

    /** Opens a view; if that fails, everything stays as it was. */
    private void enter(Place next) throws ViewException, FilterException {
        FieldCatalog fields = catalogs.apply(buffers);
        String text = next.filter(options.filter(), true);
        Filter compiled = text.isBlank() ? null : new FilterCompiler(fields).compile(text);
        Gatherer opened = gatherer(next, fields);
        place = next;
        catalog = fields;
        filter = compiled;
        filterText = text;
        gatherer = opened;
        full = null;
        whole = false;
        intervalEnd = 0;
        matched = 0;
        paused = false;
        restart = !options.live();
    }

    private Gatherer gatherer(Place next, FieldCatalog fields) throws ViewException {
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

    /** Goes on to a place, from which back leads here. */
    private void go(Place next) {
        Place here = place;
        if (tryEnter(next)) {
            above.push(here);
            higher = true;
        }
    }

    private boolean tryEnter(Place next) {
        try {
            enter(next);
            notice = "";
            return true;
        } catch (ViewException | FilterException e) {
            notice = e.getMessage();
        }
        return false;
    }

    private void later(Runnable command) {
        commands.add(command);
        feed.wake();
    }

    // ---- front ends

    @Override
    public ViewLibrary library() {
        return library;
    }

    @Override
    public Shown shown() {
        return shown;
    }

    @Override
    public void onChange(Runnable action) {
        change = action;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public void quit() {
        feed.quit();
    }

    @Override
    public void open(String view) throws ViewException {
        if (!view.equals(ViewLibrary.DIG) && !view.equals(ViewLibrary.ECHO)) {
            library.require(view);
        }
        later(() -> {
            try {
                go(named(place, view));
            } catch (ViewException e) {
                notice = e.getMessage();
            }
        });
    }

    @Override
    public void drillDown(SampleRow row, String view) throws ViewException {
        Shown now = shown;
        if (now.view() == null) {
            throw new ViewException("there is nothing below " + now.viewId());
        }
        if (row != null && now.view().keyColumn() == null) {
            throw new ViewException("the rows of a list have no key to go down by");
        }
        String target = view;
        if (target == null) {
            ViewDefinition below = library.below(now.view(), 0);
            if (below == null) {
                throw new ViewException("no view fits below " + now.view().id());
            }
            target = below.id();
        } else if (!target.equals(ViewLibrary.DIG) && !target.equals(ViewLibrary.ECHO)) {
            library.require(target);
        }
        String chosen = target;
        ViewDefinition left = now.view();
        later(() -> descend(left, row, chosen));
    }

    private void descend(ViewDefinition left, SampleRow row, String target) {
        if (place.view() != left) {
            return;
        }
        try {
            int depth = place.depth() + (left.drilldownIncreaseDepth() ? 1 : 0);
            Place below = place.down(step(left, row, place.depth(), depth), depth);
            go(named(below, target));
        } catch (ViewException e) {
            notice = e.getMessage();
        }
    }

    private Selection step(ViewDefinition left, SampleRow row, int depth, int newDepth) throws ViewException {
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

    @Override
    public void drillDown(SpectrogramArea area) {
        later(() -> {
            if (place.view() != null) {
                Selection step = new Selection(place.view().name(), place.view().filter(place.depth()), "",
                        CellText.duration(area.low()) + " to " + CellText.duration(area.high()), area.filter(), false);
                Place below = place.down(step, place.depth());
                go(below.with(null, ViewLibrary.DIG, -1, true).latency(true));
            }
        });
    }

    @Override
    public boolean back() {
        boolean possible = higher;
        later(() -> {
            Place before = above.poll();
            higher = !above.isEmpty();
            if (before != null) {
                tryEnter(before);
            }
        });
        return possible;
    }

    @Override
    public List<Selection> path() {
        return shown.path();
    }

    @Override
    public void sort(int column) {
        later(() -> {
            boolean same = column == place.sortColumn();
            boolean text = place.view() != null && column >= 0 && !numeric(place, column);
            place = place.sorted(column, same ? !place.ascending() : text);
            if (!same) {
                gatherer.forgetHistory();
            }
        });
    }

    @Override
    public void rowFilter(String text) {
        later(() -> place = place.rowFilter(text));
    }

    @Override
    public void eventFilter(String text) throws FilterException {
        if (!text.isBlank()) {
            new FilterCompiler(catalogs.apply(BufferFormat.NORMAL)).compile(text);
        }
        later(() -> tryEnter(place.ownFilter(text.isBlank() ? null : text)));
    }

    @Override
    public void pause(boolean hold) {
        later(() -> {
            paused = hold;
            if (!hold && !whole) {
                full = null;
            }
        });
    }

    @Override
    public void clear() {
        later(() -> {
            gatherer.clear();
            full = null;
        });
    }

    @Override
    public void bufferFormat(BufferFormat format) {
        later(() -> {
            buffers = format;
            tryEnter(place);
        });
    }

    @Override
    public void interval(long begin, long end) {
        later(() -> {
            from = begin;
            to = end;
            speed = 0;
            readAgain();
        });
    }

    @Override
    public void play(long begin, double times) {
        later(() -> {
            from = begin;
            to = 0;
            speed = times;
            readAgain();
        });
    }

    private void readAgain() {
        if (!options.live()) {
            gatherer.clear();
            full = null;
            whole = false;
            paused = false;
            restart = true;
        }
    }

    @Override
    public String commandLine() {
        return new CommandLineText(options, shown).text();
    }

    @Override
    public void save(Path file) throws IOException {
        feed.save(file, shown.filter());
    }

    @Override
    public String command(ViewAction action, SampleRow row) {
        Shown now = shown;
        return ShellText.command(action.command(), field -> {
            List<SampleColumn> columns = now.sample().columns();
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).field().equals(field)) {
                    return now.sample().plain(row, i);
                }
            }
            ViewColumn key = now.view() == null ? null : now.view().keyColumn();
            return key != null && key.field(0).equals(field) ? row.key() : null;
        });
    }
}
