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
    /** What a filter names that is about calls in flight. */
    private static final String CALLS = "thread.call";

    private final ViewLibrary library;
    private final Function<BufferFormat, FieldCatalog> catalogs;
    private final SystemState state;
    private final ViewOptions options;
    private final EventFeed feed;
    private final ThreadContext threads;
    private final Ways ways;
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
    public ViewEngine(ViewLibrary library, Function<BufferFormat, FieldCatalog> catalogs, SystemState state, ViewOptions options,
            EventFeed feed) {
        this.library = library;
        this.catalogs = catalogs;
        this.state = state;
        this.options = options;
        this.feed = feed;
        this.threads = new ThreadContext(state);
        this.ways = new Ways(library, catalogs, options);
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
        Place opened = id == null ? ways.at(start, library.first(), buffers) : ways.named(start, id, buffers);
        if (sortColumn >= 0 && opened.view() != null) {
            int columns = opened.view().shownColumns().size();
            if (sortColumn >= columns) {
                throw new ViewException("invalid table sorting column " + (sortColumn + 1) + ": view " + opened.view().id()
                        + " has " + columns);
            }
            opened = opened.sorted(sortColumn, !ways.numeric(opened, sortColumn, buffers));
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

    /** The filters for a row of the open view; by the thread of the events. */
    public RowFilters rowFilters() {
        return ways.rowFilters(place, filterText);
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

    /** Opens a view; if that fails, everything stays as it was. */
    private void enter(Place next) throws ViewException, FilterException {
        FieldCatalog fields = catalogs.apply(buffers);
        String text = next.filter(options.filter(), true);
        Filter compiled = text.isBlank() ? null : new FilterCompiler(fields).compile(text);
        Gatherer opened = ways.gatherer(next, fields);
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
                go(ways.named(place, view, buffers));
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
            go(ways.named(ways.below(place, row, catalog), target, buffers));
        } catch (ViewException e) {
            notice = e.getMessage();
        }
    }

    @Override
    public void drillDown(SpectrogramArea area) {
        later(() -> {
            if (place.view() != null) {
                go(Ways.calls(place, area));
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
            boolean text = place.view() != null && column >= 0 && !ways.numeric(place, column, buffers);
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
