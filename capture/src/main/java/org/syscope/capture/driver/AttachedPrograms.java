package org.syscope.capture.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.syscope.capture.bpf.BpfException;
import org.syscope.capture.bpf.BpfLink;
import org.syscope.capture.bpf.BpfObject;
import org.syscope.capture.bpf.LoadedObject;
import org.syscope.capture.bpf.ProgramSpec;

/**
 * An eBPF driver's programs where they work: those that others leave for in their tables, the rest at their tracepoints. What the
 * kernel refuses, or has no tracepoint for, is left out and named; without the essential ones there is no trace.
 */
final class AttachedPrograms implements AutoCloseable {

    /**
     * What a driver knows of its programs by their names.
     *
     * @param table the map with the table of tail calls that a program belongs into; null if it is attached to a tracepoint
     * @param slot its slot there
     * @param replaced whether nothing is lost without a program, given all that were refused
     * @param lossLine what is lost without it and why, one line
     */
    record Names(Function<String, String> table, ToIntFunction<String> slot, BiPredicate<String, Set<String>> replaced,
            BiFunction<String, BpfException, String> lossLine) {
    }

    private final Names names;
    private final List<BpfLink> links = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    AttachedPrograms(Names names) {
        this.names = names;
    }

    /**
     * Puts the programs to work.
     *
     * @throws BpfException if an essential one was refused, or has nowhere to be attached
     */
    void attach(BpfObject object, LoadedObject loaded) throws BpfException {
        Map<String, BpfException> refused = loaded.refused();
        for (Map.Entry<String, BpfException> one : refused.entrySet()) {
            if (UniversalPrograms.ESSENTIAL.contains(one.getKey())) {
                throw one.getValue();
            }
            if (!names.replaced().test(one.getKey(), refused.keySet())) {
                leaveOut(names.lossLine().apply(one.getKey(), one.getValue()));
            }
        }
        for (String name : loaded.programs().keySet()) {
            String table = names.table().apply(name);
            if (table != null) {
                loaded.map(table).put(names.slot().applyAsInt(name), loaded.program(name).fd());
            }
        }
        for (ProgramSpec program : object.programs()) {
            String name = program.name();
            if (program.wanted() && names.table().apply(name) == null && !refused.containsKey(name)) {
                try {
                    links.add(loaded.attach(name));
                } catch (BpfException absent) {
                    if (UniversalPrograms.ESSENTIAL.contains(name)) {
                        throw absent;
                    }
                    leaveOut(names.lossLine().apply(name, absent));
                }
            }
        }
    }

    /** Adds a line about something else that cannot be had. */
    void leaveOut(String line) {
        leftOut.add(line);
    }

    /** What is missing, a line each; see {@link Driver#leftOut()}. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** Detaches all programs; from then on nothing is written. */
    @Override
    public void close() {
        links.forEach(BpfLink::close);
        links.clear();
    }
}
