package org.syscope.chisels;

import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldException;

/**
 * A chisel in a run: its script, the filter, printer, interval and counters that the script asked for, and the event it
 * is looking at.
 */
final class RunningChisel {
    private static final long SECOND = 1_000_000_000L;

    private final CaptureSession session;
    private final List<Counter> counters = new ArrayList<>();
    private final List<FieldReader> readers = new ArrayList<>();
    private FieldCatalog catalog;
    private String filterText;
    private String format;
    private boolean stock;
    private LoadedScript script;
    private LuaValue onEvent;
    private LuaValue onInterval;
    private CaptureSession.EventTest filter;
    private CaptureSession.EventPrinter printer;
    private long interval;
    private boolean precise;
    private long sampleTime;
    private long intervalTime;
    private long firstTime;
    private EventContext context;
    private long timestamp;
    private String successor;
    private List<String> successorArguments;

    RunningChisel(CaptureSession session) {
        this.session = session;
    }

    // ---- what scripts ask for

    /** Wants to see only events for which the filter holds. */
    void filter(String expression) throws ChiselException {
        filter = session.filter(expression);
        filterText = expression;
    }

    /** Wants a line printed for each event for which {@code on_event} gives true. */
    void printer(String outputFormat) throws ChiselException {
        printer = session.printer(outputFormat);
        format = outputFormat;
    }

    /** Wants to ask for a field. */
    FieldReader reader(String name) throws FieldException {
        FieldReader reader = new FieldReader(session.fields().resolve(name));
        readers.add(reader);
        return reader;
    }

    /** Wants {@code on_interval} whenever the time passes a multiple of so many ns; 0 for never. */
    void interval(long nanoseconds, boolean everyOne) {
        interval = nanoseconds;
        precise = everyOne;
    }

    void counter(Counter counter) {
        counters.add(counter);
    }

    /** Wants to be replaced by another chisel. */
    void replaceBy(String name, List<String> arguments) {
        successor = name;
        successorArguments = arguments;
    }

    /** The event that the script may ask about; null outside of callbacks that have one. */
    EventContext context() {
        return context;
    }

    /** Time of that event, ns since the epoch. */
    long timestamp() {
        return timestamp;
    }

    // ---- what the host does

    /**
     * Loads a script, gives it its arguments and initialises it; the same again for the chisel it replaces itself by.
     *
     * @param arguments all of them in one text; null for none
     */
    void load(ChiselPath path, Script first, String arguments) throws ChiselException {
        ChiselLibrary library = new ChiselLibrary(path);
        Script next = first;
        List<String> words = null;
        for (int depth = 0; next != null; depth++) {
            if (depth > 8) {
                throw ChiselException.failure("chisel " + first.name() + ": too many chisels replace themselves in turn");
            }
            successor = null;
            stock = next.stock();
            catalog = session.fields();
            script = LoadedScript.load(next, path, session.out(),
                    globals -> new ScriptInterfaces(this, session).install(globals));
            ChiselInfo info = script.info();
            initialise(info, words == null ? ArgumentText.split(info, arguments) : words);
            next = successor == null ? null : library.require(successor);
            words = successorArguments;
        }
        onEvent = script.callback("on_event");
        onInterval = script.callback("on_interval");
    }

    private void initialise(ChiselInfo info, List<String> words) throws ChiselException {
        LuaValue onSetArgument = script.callback("on_set_arg");
        if (words.size() > info.arguments().size()) {
            throw ChiselException.usage("too many parameters for chisel " + info.name() + ", " + info.requiredArguments()
                    + " required, " + words.size() + " given");
        }
        if (!words.isEmpty() && onSetArgument == null) {
            throw ChiselException.failure("chisel " + info.name() + " takes arguments but has no on_set_arg function");
        }
        for (int i = 0; i < words.size(); i++) {
            String name = info.arguments().get(i).name();
            LuaValue result = script.call(onSetArgument, "on_set_arg",
                    LuaValue.varargsOf(LuaValue.valueOf(name), LuaValue.valueOf(words.get(i)))).arg1();
            if (!result.isboolean()) {
                throw ChiselException.failure("chisel " + info.name() + ": on_set_arg() returned no boolean");
            }
            if (!result.toboolean()) {
                throw ChiselException.usage("chisel " + info.name() + " refuses the value " + words.get(i)
                        + " of its argument " + name);
            }
        }
        LuaValue onInit = script.callback("on_init");
        if (onInit != null) {
            LuaValue result = script.call(onInit, "on_init");
            if (successor == null && !result.isboolean()) {
                throw ChiselException.failure("chisel " + info.name() + ": on_init() returned no boolean");
            }
            if (successor == null && !result.toboolean()) {
                throw ChiselException.failure("init() for chisel " + info.name() + " failed");
            }
        }
    }

    boolean needsOnlyFiltered() {
        return stock && filter != null;
    }

    /** Tells the script that the source is open. */
    void start() throws ChiselException {
        if (session.fields() != catalog) {
            rebind(session.fields());
        }
        LuaValue onStart = script.callback("on_capture_start");
        if (onStart != null && !script.call(onStart, "on_capture_start").toboolean()) {
            throw ChiselException.failure("chisel " + script.name() + ": on_capture_start() failed");
        }
    }

    /** A script that changed how buffers look, after it had asked for fields, finds them in a new catalog. */
    private void rebind(FieldCatalog fields) throws ChiselException {
        try {
            for (FieldReader reader : readers) {
                reader.bind(fields.resolve(reader.field().text()));
            }
            for (Counter counter : counters) {
                List<Field> same = new ArrayList<>();
                for (Field field : counter.fields()) {
                    same.add(fields.resolve(field.text()));
                }
                counter.bind(same);
            }
        } catch (FieldException e) {
            throw ChiselException.failure("chisel " + script.name() + ": " + e.getMessage());
        }
        if (filterText != null) {
            filter(filterText);
        }
        if (format != null) {
            printer(format);
        }
        catalog = fields;
    }

    /** Runs the script on an event. */
    void event(EventContext event, long time) throws ChiselException {
        context = event;
        timestamp = time;
        pass(time);
        if (filter == null || filter.test(event)) {
            for (int i = 0; i < counters.size(); i++) {
                counters.get(i).add(event);
            }
            boolean shown = onEvent == null || script.call(onEvent, "on_event").toboolean();
            if (shown && printer != null) {
                printer.print(event);
            }
        }
        context = null;
    }

    /** Lets time pass at an event that the script does not see, or without one. */
    void tick(EventContext event, long time) throws ChiselException {
        if (event == null && (!stock || time <= sampleTime + interval)) {
            return;
        }
        context = event;
        timestamp = time;
        pass(time);
        context = null;
    }

    /** Calls the script's interval function if the time has come for it. */
    private void pass(long time) throws ChiselException {
        if (firstTime == 0) {
            firstTime = time;
        }
        if (interval == 0) {
            return;
        }
        if (sampleTime == 0) {
            sampleTime = precise ? time : time - time % interval;
        } else if (precise) {
            while (time - sampleTime >= interval) {
                interval(sampleTime, interval);
                sampleTime += interval;
            }
        } else if (time - time % interval != sampleTime) {
            sampleTime = time - time % interval;
            long delta = intervalTime == 0 ? 0 : time - intervalTime;
            intervalTime = time;
            interval(time, delta);
        }
    }

    private void interval(long time, long delta) throws ChiselException {
        if (onInterval == null) {
            return;
        }
        if (!script.call(onInterval, "on_interval", times(time, delta)).arg1().toboolean()) {
            throw ChiselException.failure("execution terminated by the " + script.name() + " chisel");
        }
    }

    /** Tells the script that there will be no more events. */
    void end(long time) throws ChiselException {
        LuaValue onEnd = script.callback("on_capture_end");
        if (onEnd != null) {
            script.call(onEnd, "on_capture_end", times(time, firstTime == 0 ? 0 : time - firstTime));
        }
    }

    private static Varargs times(long time, long delta) {
        return LuaValue.varargsOf(LuaValue.valueOf((double) Long.divideUnsigned(time, SECOND)),
                LuaValue.valueOf((double) Long.remainderUnsigned(time, SECOND)), LuaValue.valueOf((double) delta));
    }

    void interrupt() {
        if (script != null) {
            script.engine().interrupt();
        }
    }
}
