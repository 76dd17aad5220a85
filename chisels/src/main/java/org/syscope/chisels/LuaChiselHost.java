package org.syscope.chisels;

import java.util.ArrayList;
import java.util.List;
import org.syscope.filters.field.EventContext;

/** Runs chisels written in Lua, each in an interpreter of its own. */
public final class LuaChiselHost implements ChiselHost {
    private final ChiselPath path;
    private final CaptureSession session;
    private final List<RunningChisel> chisels = new ArrayList<>();
    private volatile RunningChisel[] running = new RunningChisel[0];
    private volatile boolean interrupted;

    /**
     * A host without chisels.
     *
     * @param path where scripts are found
     * @param session the run they are part of
     */
    public LuaChiselHost(ChiselPath path, CaptureSession session) {
        this.path = path;
        this.session = session;
    }

    @Override
    public void add(String name, String arguments) throws ChiselException {
        Script script = new ChiselLibrary(path).require(name);
        RunningChisel chisel = new RunningChisel(session);
        chisels.add(chisel);
        running = chisels.toArray(RunningChisel[]::new);
        chisel.load(path, script, arguments);
        if (interrupted) {
            chisel.interrupt();
        }
    }

    @Override
    public boolean isEmpty() {
        return chisels.isEmpty();
    }

    @Override
    public boolean needsOnlyFiltered() {
        return !chisels.isEmpty() && chisels.stream().allMatch(RunningChisel::needsOnlyFiltered);
    }

    @Override
    public void start() throws ChiselException {
        for (RunningChisel chisel : running) {
            chisel.start();
        }
    }

    @Override
    public void event(EventContext context, long timestamp) throws ChiselException {
        for (RunningChisel chisel : running) {
            chisel.event(context, timestamp);
        }
    }

    @Override
    public void tick(EventContext context, long timestamp) throws ChiselException {
        for (RunningChisel chisel : running) {
            chisel.tick(context, timestamp);
        }
    }

    @Override
    public void end(long timestamp) throws ChiselException {
        for (RunningChisel chisel : running) {
            chisel.end(timestamp);
        }
    }

    @Override
    public void interrupt() {
        interrupted = true;
        for (RunningChisel chisel : running) {
            chisel.interrupt();
        }
    }

    @Override
    public void close() {
        chisels.clear();
        running = new RunningChisel[0];
    }
}
