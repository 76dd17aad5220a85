package org.syscope.capture.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.syscope.capture.bpf.BpfException;
import org.syscope.capture.bpf.BpfMap;

/**
 * The processes that are traced where not all are, with their descendants: the map "traced" of the eBPF drivers, tgid to
 * u32. The programs add children and take out who has ended. A map that the kernel refuses to read or change although it is
 * loaded, and has room, is a fault of this program: IllegalStateException.
 */
final class TracedSet {

    private final BpfMap map;
    private final TracedHints hints;

    /** A set that the programs always ask. */
    TracedSet(BpfMap map) {
        this(map, null);
    }

    /** A set of which the programs take hints first. */
    TracedSet(BpfMap map, TracedHints hints) {
        this.map = map;
        this.hints = hints;
    }

    /**
     * Adds a process.
     *
     * @throws DriverException if the set is full
     */
    void add(int pid) throws DriverException {
        if (hints != null) {
            hints.adding(pid);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_INT, pid);
            map.update(key, arena.allocateFrom(ValueLayout.JAVA_INT, 1), BpfMap.ANY);
        } catch (BpfException refused) {
            throw new DriverException("process " + pid + " cannot be traced, as " + map.maxEntries() + " are: "
                    + refused.getMessage(), "trace fewer processes, or the whole machine with a filter by proc.apid", "",
                    refused);
        }
    }

    /** Takes a process out, if it is in. */
    void remove(int pid) {
        if (hints != null) {
            hints.removing(pid);
        }
        try (Arena arena = Arena.ofConfined()) {
            map.delete(arena.allocateFrom(ValueLayout.JAVA_INT, pid));
        } catch (BpfException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
    }

    /** Whether a process is in. */
    boolean contains(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            return map.lookup(arena.allocateFrom(ValueLayout.JAVA_INT, pid), arena.allocate(Integer.BYTES));
        } catch (BpfException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
    }

    /** Whether any process is in. */
    boolean hasAny() {
        try (Arena arena = Arena.ofConfined()) {
            return map.nextKey(null, arena.allocate(ValueLayout.JAVA_INT));
        } catch (BpfException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
    }
}
