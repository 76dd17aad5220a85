package org.syscope.cli;

import java.io.IOException;
import org.syscope.chisels.ChiselException;
import org.syscope.chisels.ChiselHost;
import org.syscope.filters.field.EventContext;

/** Gives events to chisels. */
final class ChiselSink implements EventSink {

    private final ChiselHost host;
    private final ChiselRun run;
    private final StandardOutput out;
    private final EventLoop.EventTest filter;
    private long time;
    private boolean over;
    private volatile boolean ending;

    /**
     * Gives events to the chisels of a host.
     *
     * @param filter decides about events that are not shown, which some chisels want; null lets all pass
     */
    ChiselSink(ChiselHost host, ChiselRun run, StandardOutput out, EventLoop.EventTest filter) {
        this.host = host;
        this.run = run;
        this.out = out;
        this.filter = filter;
    }

    private ChiselFailedException failed(ChiselException e) {
        over = true;
        return new ChiselFailedException(e);
    }

    /** Tells the scripts that the source is open. */
    void start() throws IOException {
        try {
            host.start();
        } catch (ChiselException e) {
            throw failed(e);
        }
    }

    @Override
    public void accept(EventContext context) throws IOException {
        time = context.event().timestamp();
        run.seen(time);
        try {
            host.event(context, time);
        } catch (ChiselException e) {
            throw failed(e);
        }
    }

    @Override
    public void acceptHidden(EventContext context) throws IOException {
        if (!context.event().stateOnly() && (filter == null || filter.matches(context))) {
            accept(context);
        } else {
            acceptRefused(context);
        }
    }

    @Override
    public void acceptRefused(EventContext context) throws IOException {
        time = context.event().timestamp();
        run.seen(time);
        try {
            host.tick(context, time);
        } catch (ChiselException e) {
            throw failed(e);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Lets time pass while no event comes. */
    void idle(long now) throws IOException {
        time = Math.max(time, now);
        try {
            host.tick(null, time);
        } catch (ChiselException e) {
            throw failed(e);
        }
    }

    /** Ends a script that does not come back from an event; what it does at the end may take its time. Any thread. */
    void interrupt() {
        if (!ending) {
            host.interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        ending = true;
        if (!over) {
            over = true;
            try {
                host.end(time);
            } catch (ChiselException e) {
                throw failed(e);
            }
        }
        host.close();
        out.flush();
    }
}
